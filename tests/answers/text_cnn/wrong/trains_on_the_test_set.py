"""Unpacks the data in the wrong order, so that training and testing are on the test questions.

D: The models are trained on the test questions
"""
# %% D-answer
def experiment(make_model, data, strides, seeds, epochs):
    X_test, y_test, X, y = data
    return {s: train_ensemble(lambda s=s: make_model(s), X, y, seeds, test=(X, y), epochs=epochs) for s in strides}
