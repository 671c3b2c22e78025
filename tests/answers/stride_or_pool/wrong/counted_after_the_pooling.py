"""Takes the sizes after the pooling.

D-count: The pooled convolutions are counted after their pooling
"""
# %% D-count-answer
multiply_adds = {"pooled": [78400, 627200, 15680], "strided": [78400, 627200, 15680]}
