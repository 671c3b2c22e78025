"""Two calls of sgd_pass: the second network is trained, not averaged.

C1: The averaged network is asked for scores, too
"""
# %% C1-answer
def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    sgd_pass(model, X, y, learning_rate, batch_size, rng)
    sgd_pass(averaged, X, y, gamma * learning_rate, batch_size, rng)
