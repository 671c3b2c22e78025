"""Ten times the same seed: the error bars will be zero.

D: All models have the same seed
"""
# %% D-answer
def experiment(make_model, data, strides, seeds, epochs):
    X, y, X_test, y_test = data
    results = {}
    for stride in strides:
        same = [seeds[0] for _ in seeds]
        results[stride] = train_ensemble(lambda: make_model(stride), X, y, same, test=(X_test, y_test), epochs=epochs)
    return results
