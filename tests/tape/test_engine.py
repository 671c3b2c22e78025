"""The engine: what it computes, what it remembers, and what it says about input that makes no sense."""

import subprocess
import sys

import numpy as np
import pytest

from gradus import tape
from gradus.tape import Tensor, TensorOp, adjoints, backward, grad, rules


@pytest.fixture
def doubled():
    """a = 1, b = a + a, c = b + b, with the rules that this graph needs."""
    a = Tensor(1.0, name="a")
    b = a + a
    c = b + b
    own = tape.Rules({tape.EwiseAdd: lambda op, out_grad, node: (out_grad, out_grad)}, lambda node: [a, b, c])
    with rules.replaced_by(own):
        yield a, b, c


def test_the_library_hands_out_no_rule():
    """In a process of its own: notebooks that other tests run fill the rules of this one."""
    program = "from gradus.tape import rules; print(rules.gradients, rules.order)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "{} None"


def test_a_gradient_without_a_rule_says_which_one_is_missing():
    node = Tensor([1.0]) * 2.0
    with rules.replaced_by(tape.Rules()), pytest.raises(NotImplementedError, match=r"EwiseMul.*rules\.gradient"):
        node.op.gradient(Tensor([1.0]), node)


def test_a_node_that_is_used_twice_collects_both_shares(doubled):
    a, _, c = doubled
    assert adjoints(c)[a].values == 4.0


def test_backward_adds_to_grad_as_pytorch_does(doubled):
    a, _, c = doubled
    backward(c)
    backward(c)
    assert a.grad.values == 8.0


def test_a_tensor_that_the_output_does_not_depend_on_gets_zeros(doubled):
    _, _, c = doubled
    assert grad(c, Tensor([1.0, 2.0])).values.tolist() == [0.0, 0.0]


def test_shapes_that_differ_are_stretched_by_an_operation_of_their_own():
    total = Tensor(np.ones((2, 1))) + Tensor(np.ones(3))
    assert [type(one.op) for one in total.inputs] == [tape.BroadcastTo, tape.BroadcastTo]
    assert (Tensor([1.0]) + Tensor([2.0])).inputs[0].op is None


def test_an_array_times_a_tensor_is_a_tensor():
    assert isinstance(np.ones(2) * Tensor([1.0, 2.0]), Tensor)
    assert isinstance(np.ones((2, 2)) @ Tensor(np.ones((2, 1))), Tensor)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: tape.EwiseAdd()(np.ones(2), np.ones(3)), r"\(2,\) and \(3,\)"),
        (lambda: Tensor(np.ones(2)) * np.ones(3), "cannot be broadcast"),
        (lambda: tape.MatMul()(np.ones(3), np.ones((3, 1))), r"\(3,\) and \(3, 1\), expected"),
        (lambda: Tensor(np.ones((2, 3))).sum(2), r"axes \(2,\), expected from -2 to 1"),
        (lambda: Tensor(np.ones(3)).reshape(2, 2), r"3 entries .* do not fill \(2, 2\)"),
        (lambda: Tensor(np.ones(3)).broadcast_to((2,)), "only 1s stretch"),
        (lambda: Tensor(np.ones((2, 2))).transpose(0, 5), r"axes \(0, 5\), expected from -2 to 1"),
        (lambda: tape.Transpose((0, 1, 2)), "expected two"),
        (lambda: Tensor([0.0]).log(), "greater than 0"),
        (lambda: Tensor([0.0, 1.0]) ** -1, "no entry may be 0"),
        (lambda: Tensor([1.0]) ** "2", "exponent = '2', expected a number"),
        (lambda: rules.gradient("MatMul"), "no operation of the engine"),
    ],
)
def test_bad_input_is_said_with_its_value_and_what_is_allowed(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_a_backward_pass_needs_a_number_or_an_upstream_gradient(doubled):
    with pytest.raises(ValueError, match=r"shape \(2,\)"):
        adjoints(Tensor([1.0, 2.0]))
    with pytest.raises(ValueError, match=r"out_grad has shape \(3,\)"):
        adjoints(Tensor([1.0, 2.0]), np.ones(3))


def test_a_gradient_of_the_wrong_shape_is_refused_with_both_shapes():
    class Wrong(TensorOp):
        def compute(self, a):
            return a.sum()

        def gradient(self, out_grad, node):
            return out_grad

    x = Tensor([1.0, 2.0])
    y = Wrong()(x)
    with (
        rules.replaced_by(tape.Rules(order=lambda node: [x, y])),
        pytest.raises(ValueError, match=r"\[\(\)\].*\[\(2,\)\]"),
    ):
        adjoints(y)


def test_an_order_in_which_a_node_comes_too_early_is_said(doubled):
    a, b, c = doubled
    early = tape.Rules(rules.gradients, lambda node: [a, c, node, b])
    with rules.replaced_by(early), pytest.raises(ValueError, match="none has arrived"):
        adjoints(c + c)


def test_other_rules_hold_for_a_while_only():
    before = rules.gradients, rules.order
    with pytest.raises(RuntimeError), rules.replaced_by(tape.Rules(order=list)):
        raise RuntimeError
    assert (rules.gradients, rules.order) == before
