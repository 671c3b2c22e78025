"""Numbers from a SymPy expression: what a formula of a student's gives at some points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = ["numbers_at"]

_DIGITS = 30


def numbers_at(expression: Any, points: Iterable[float], symbol: str = "x") -> list[Any]:
    """The values of an expression in one symbol at some points: floats, or complex numbers where they are not real.

    Any symbol of that name will do, whatever SymPy assumes of it. Raises ValueError, with what was found, where it is
    no expression, holds another symbol, or gives no number.
    """
    import sympy

    if isinstance(expression, sympy.Lambda) and len(expression.variables) == 1:
        expression = expression(sympy.Symbol(symbol))
    if isinstance(expression, int | float) and not isinstance(expression, bool):
        expression = sympy.sympify(expression)
    if not isinstance(expression, sympy.Expr):
        hint = "; assign the formula itself, not a function" if callable(expression) else ""
        raise ValueError(f"expected a SymPy expression in {symbol}, got {type(expression).__name__}{hint}")
    expression = expression.doit()
    symbols = expression.free_symbols
    if others := sorted({one.name for one in symbols} - {symbol}):
        raise ValueError(
            f"the expression holds {', '.join(others)}; {symbol} is the only symbol allowed, so write out what they "
            "stand for"
        )
    return [_number(expression, dict.fromkeys(symbols, sympy.Float(float(point), _DIGITS))) for point in points]


def _number(expression: Any, values: dict[Any, Any]) -> float | complex:
    found = expression.evalf(_DIGITS, subs=values) if values else expression.evalf(_DIGITS)
    try:
        number = complex(found)
    except (TypeError, ValueError):
        raise ValueError("the expression has no number as its value at some point with y > 0") from None
    return number.real if abs(number.imag) <= 1e-12 * abs(number) else number
