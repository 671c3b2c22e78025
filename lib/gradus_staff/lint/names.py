"""Which names a cell gives, and which it uses."""

from __future__ import annotations

import ast

__all__ = ["given", "used"]


def _tree(source: str) -> ast.Module:
    lines = ["" if line.lstrip().startswith(("%", "!")) else line for line in source.split("\n")]
    try:
        return ast.parse("\n".join(lines))
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def given(source: str) -> set[str]:
    """Names that are there after the cell has run: functions, classes, variables; not imports."""
    names: set[str] = set()
    for statement in _tree(source).body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(statement.name)
            names.update(_roots(statement.decorator_list))  # it may register the function there
            continue
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            names.update(_roots([statement.value]))  # a method may change its object
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
            elif isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Store):
                names.update(part.id for part in ast.walk(node) if isinstance(part, ast.Name))
    return names


def _roots(calls: list[ast.expr]) -> set[str]:
    """x of x.f(...), for calls and plain names behind dots."""
    roots = set()
    for node in calls:
        target = node.func if isinstance(node, ast.Call) else node
        while isinstance(target, ast.Attribute):
            target = target.value
            if isinstance(target, ast.Name):
                roots.add(target.id)
    return roots


def used(source: str) -> set[str]:
    """Names that the cell reads anywhere."""
    nodes = ast.walk(_tree(source))
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
