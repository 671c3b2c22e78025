"""Rounds the size, counts the padding once, and forgets the channels.

B: -
B-sizes: The channels are forgotten
"""
# %% B-answer
def output_size(size, kernel, stride=1, padding=0):
    return round((size + padding - kernel) / stride) + 1

# %% B-sizes-answer
sizes = [28, 14, 14, 7, 7 * 7]
