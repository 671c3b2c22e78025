"""Floods the grader with bundles under guessed nonces.

how: answer
nbgrader: no bundles there
gradus: none belongs
control: no
"""
import json, secrets
from IPython.display import display

def NAME(*inputs):
    import gradus.probe as probe
    for _ in range(3):
        bundle = {"nonce": secrets.token_hex(16), "question": "A", "seconds": 0, "observations": []}
        display({probe.BUNDLE_MIME: json.dumps(bundle)}, raw=True)
