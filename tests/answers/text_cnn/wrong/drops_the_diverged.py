"""Keeps only the models that did not diverge, without a word.

D: Models that diverged are thrown away without a word
"""
# %% D-answer
def experiment(make_model, data, strides, seeds, epochs):
    X, y, X_test, y_test = data
    results = {}
    for stride in strides:
        models = train_ensemble(lambda: make_model(stride), X, y, seeds, test=(X_test, y_test), epochs=epochs)
        results[stride] = [m for m in models if m.diverged_at is None]
    return results
