"""Makes all factories first: every one of them sees the last stride.

D: -
"""
# %% D-answer
def experiment(make_model, data, strides, seeds, epochs):
    X, y, X_test, y_test = data
    factories = {stride: (lambda: make_model(strides[-1])) for stride in strides}
    return {s: train_ensemble(f, X, y, seeds, test=(X_test, y_test), epochs=epochs) for s, f in factories.items()}
