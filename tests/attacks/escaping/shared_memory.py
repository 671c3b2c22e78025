"""Keeps memory in shared, anonymous mappings.

how: cell
nbgrader: kept
gradus: not permitted
"""
import mmap
mmap.mmap(-1, 2**20)
harm = True
