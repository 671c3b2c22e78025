"""Formulas leave a kernel as numbers only."""

import pytest
import sympy

from gradus.symbols import numbers_at

x = sympy.Symbol("x")


@pytest.mark.parametrize(
    "formula",
    [
        x**2,
        sympy.Symbol("x", positive=True) ** 2,
        sympy.Lambda(x, x**2),
        sympy.Derivative(x**3 / 3, x),
        sympy.expand(x * x),
    ],
)
def test_every_way_to_write_a_square_gives_the_same_numbers(formula):
    assert numbers_at(formula, [0.5, 3.0]) == pytest.approx([0.25, 9.0])


def test_a_constant_is_a_formula_too():
    assert numbers_at(9.2485, [0.0, 1.0]) == pytest.approx([9.2485, 9.2485])


def test_what_is_not_real_comes_back_complex():
    assert numbers_at(sympy.sqrt(x), [-4.0]) == [pytest.approx(2j)]


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (sympy.Symbol("y") * x, "holds y; x is the only symbol allowed"),
        ("x**2", "expected a SymPy expression in x, got str"),
        (lambda x: x**2, "assign the formula itself, not a function"),
        (True, "got bool"),
        (None, "got NoneType"),
    ],
)
def test_anything_else_is_refused_with_what_it_is(formula, words):
    with pytest.raises(ValueError, match=words):
        numbers_at(formula, [1.0])
