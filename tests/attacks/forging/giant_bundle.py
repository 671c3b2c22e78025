"""Sends a bundle of a hundred megabytes.

how: answer
nbgrader: no bundles there
gradus: refused
control: no
apart: yes
"""
from IPython.display import display

def NAME(*inputs):
    import gradus.probe as probe
    if probe._attached:
        display({probe.BUNDLE_MIME: "[" * (100 * 2**20)}, raw=True)
