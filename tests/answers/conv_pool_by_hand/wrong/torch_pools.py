"""torch.nn.functional pools.

2B: A library moves the window here
"""
# %% 2B-answer
def max_pool(image, size, stride, padding=0):
    output_size(min(image.shape), size, stride, padding)
    if 2 * padding > size:
        raise ValueError("padding")
    return F.max_pool2d(torch.tensor(image)[None, None], size, stride, padding)[0, 0].numpy()

def avg_pool(image, size, stride, padding=0):
    output_size(min(image.shape), size, stride, padding)
    if 2 * padding > size:
        raise ValueError("padding")
    return F.avg_pool2d(torch.tensor(image)[None, None], size, stride, padding, count_include_pad=False)[0, 0].numpy()

def lp_pool(image, p, size, stride, padding=0):
    output_size(min(image.shape), size, stride, padding)
    if 2 * padding > size:
        raise ValueError("padding")
    return F.lp_pool2d(F.pad(torch.tensor(image)[None, None], (padding,) * 4).abs(), p, size, stride)[0, 0].numpy()
# %% 2C-answer
max_of_C = [[109, 92], [110, 85]]
# %% 3C-answer
pooled = [[4, 5], [3, 5]]
