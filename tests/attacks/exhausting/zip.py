"""A zip archive under the name of a notebook, which unpacks to much more.

how: file
nbgrader: an error
gradus: said
sentence: could not be read
"""
import io, zipfile

def tamper(text):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("notebook.ipynb", bytes(20 * 2**20))
    return packed.getvalue()
