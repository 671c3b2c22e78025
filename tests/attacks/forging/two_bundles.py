"""Sends two bundles, in the hope that the better one counts.

how: answer
nbgrader: no bundles there
gradus: neither counts
control: no
"""
import json
from IPython.display import display

def NAME(*inputs):
    import gradus.probe as probe
    if probe._attached:
        display({probe.BUNDLE_MIME: json.dumps({"nonce": probe._attached["nonce"], "observations": []})}, raw=True)
