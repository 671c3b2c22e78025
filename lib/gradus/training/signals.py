"""Convolution, max pooling and linear layers over one-dimensional signals, as a stack of models does them quickly.

Three things are slow on a CPU where the text models of the course spend their time: `max_pool1d` with a gradient
records the place of every maximum, one at a time; `vmap` makes a grouped convolution of `conv1d`; and the weight
gradient of a stacked linear layer comes out of a product in an unlucky order. Inside `with FastSignals():` all three
are replaced; the results are equal but for rounding.
"""

import torch
from torch import Tensor
from torch.nn import functional
from torch.overrides import TorchFunctionMode

__all__ = ["FastSignals", "conv1d", "linear", "max_pool1d"]

_FEW_WINDOWS = 32_000  # up to so many a model and batch, PyTorch's own pooling is as quick
_ROWS_AT_ONCE = 64  # of the pooling gradient: what it needs at once then stays in the cache


class FastSignals(TorchFunctionMode):
    """Within it, `conv1d`, `max_pool1d` and `linear` are this module's where the arguments allow."""

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        replacement = _REPLACEMENTS.get(func)
        if replacement is not None:
            result = replacement(*args, **kwargs)
            if result is not NotImplemented:
                return result
        return func(*args, **kwargs)


def conv1d(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """`torch.nn.functional.conv1d` as one matrix product a signal; NotImplemented for groups and named paddings.

    x  (batch, channels_in, length)    weight  (channels_out, channels_in, kernel)    bias  (channels_out,) or None
    """
    if groups != 1 or isinstance(padding, str) or x.dim() != 3 or not _is_fast(x):
        return NotImplemented
    stride, padding, dilation = _int(stride), _int(padding), _int(dilation)
    channels_out, channels_in, kernel = weight.shape
    length = (x.shape[2] + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1
    if length < 1 or channels_in != x.shape[1]:
        return NotImplemented  # PyTorch's own message says what is wrong
    padded = functional.pad(x, (padding, padding)) if padding else x
    span = (length - 1) * stride + 1
    columns = [padded[:, :, j * dilation : j * dilation + span : stride] for j in range(kernel)]
    rows = weight.transpose(1, 2).reshape(channels_out, kernel * channels_in)
    if bias is not None:  # one more column of ones: its gradient then comes out of the same product
        columns.append(torch.ones_like(columns[0][:, :1]))
        rows = torch.cat([rows, bias[:, None]], 1)
    return torch.matmul(rows, torch.cat(columns, 1))


def max_pool1d(x, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    """`torch.nn.functional.max_pool1d` with a quick gradient; NotImplemented for few windows and rare options.

    x  (batch, channels, length)    Where a window has several maxima the gradient goes to the first, as in PyTorch.
    """
    stride = kernel_size if stride is None or stride == [] else stride
    if return_indices or ceil_mode or _int(dilation) != 1 or x.dim() != 3 or not _is_fast(x):
        return NotImplemented
    kernel, stride, padding = _int(kernel_size), _int(stride), _int(padding)
    if x.numel() // stride < _FEW_WINDOWS:
        return NotImplemented
    return _MaxPool1d.apply(x, kernel, stride, padding)


class _MaxPool1d(torch.autograd.Function):
    @staticmethod
    def forward(x, kernel, stride, padding):
        pooled = functional.max_pool1d(x.flatten(0, -3), kernel, stride, padding)
        return pooled.view(*x.shape[:-1], pooled.shape[-1])

    @staticmethod
    def setup_context(ctx, inputs, output):
        x, *ctx.window = inputs
        ctx.save_for_backward(x, output)

    @staticmethod
    def vmap(info, in_dims, x, kernel, stride, padding):
        return _MaxPool1d.apply(x.movedim(in_dims[0], 0), kernel, stride, padding), 0

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx, grad):
        x, pooled = ctx.saved_tensors
        grad_x = torch.zeros_like(x, memory_format=torch.contiguous_format)
        parts = (t.reshape(-1, *t.shape[-2:]).split(_ROWS_AT_ONCE) for t in (grad, x, pooled, grad_x))
        scratch = torch.empty(2, min(_ROWS_AT_ONCE, grad_x.shape[:-2].numel()), *pooled.shape[-2:], dtype=x.dtype)
        for rows in zip(*parts, strict=True):
            _pool_gradient(*rows, *ctx.window, *scratch[:, : len(rows[0])])
        return grad_x, None, None, None


def _pool_gradient(grad, x, pooled, grad_x, kernel, stride, padding, remaining, is_maximum):
    """Add to grad_x what the windows hand down: offset by offset, each window's gradient goes to its first maximum.

    The last two arguments are scratch space of grad's shape (fresh memory costs more here than the arithmetic);
    `is_maximum` holds 0.0 and 1.0, because the comparisons that give booleans are not vectorised.
    """
    length, windows = x.shape[-1], pooled.shape[-1]
    remaining.copy_(grad)
    for offset in range(kernel):
        first = max(0, -((offset - padding) // stride))  # first window whose entry at this offset is inside x
        last = min(windows - 1, (length - 1 - offset + padding) // stride)
        if last < first:
            continue
        here = slice(first * stride + offset - padding, last * stride + offset - padding + 1, stride)
        left, hit = remaining[..., first : last + 1], is_maximum[..., first : last + 1]
        torch.eq(x[..., here], pooled[..., first : last + 1], out=hit)
        grad_x[..., here].addcmul_(hit, left)
        if offset < kernel - 1:
            left.addcmul_(hit, left, value=-1)


def linear(x, weight, bias=None):
    """`torch.nn.functional.linear` whose weight gradient is one product in the quick order, also in a stack of models.

    x  (batch, features_in)    weight  (features_out, features_in)    bias  (features_out,) or None
    """
    if x.dim() != 2 or x.shape[1] != weight.shape[1] or not _is_fast(x):
        return NotImplemented
    scores = _MatrixProduct.apply(x, weight)
    return scores if bias is None else scores + bias


class _MatrixProduct(torch.autograd.Function):
    """x @ weight^T of one model (two dimensions) or of a stack of models (three)."""

    @staticmethod
    def forward(x, weight):
        return torch.matmul(x, weight.mT)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def vmap(info, in_dims, x, weight):
        x, weight = (
            t.movedim(dim, 0) if dim is not None else t.expand(info.batch_size, *t.shape)
            for t, dim in zip((x, weight), in_dims, strict=True)
        )
        return _MatrixProduct.apply(x, weight), 0

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx, grad):
        x, weight = ctx.saved_tensors
        needs_x, needs_weight = ctx.needs_input_grad
        return grad @ weight if needs_x else None, grad.mT @ x if needs_weight else None


_REPLACEMENTS = {
    functional.conv1d: conv1d,
    functional.linear: linear,
    functional.max_pool1d: max_pool1d,
    torch.max_pool1d: max_pool1d,
}


def _is_fast(x: Tensor) -> bool:
    return x.device.type == "cpu" and x.dtype in (torch.float32, torch.float64)


def _int(value) -> int:
    return value[0] if isinstance(value, (tuple, list)) else value
