"""A new assignment: a small one that works, for its author to change piece by piece."""

from gradus_staff.skeleton.writing import Plan, plan

__all__ = ["Plan", "plan"]
