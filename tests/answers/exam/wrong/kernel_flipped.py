"""As in mathematics.

10b: The kernel is flipped
"""
# %% 10b-answer
k, padded = np.array(numbers.kernel)[::-1, ::-1], np.pad(numbers.image, 1)
output = [[int((padded[i : i + 2, j : j + 2] * k).sum()) for j in range(4)] for i in range(4)]
