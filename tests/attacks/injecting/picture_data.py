"""Hides HTML in the data and the size of a picture.

how: page
nbgrader: runs
gradus: no picture
"""
from IPython.display import display
display({"image/png": "x\"><script>window.hacked = 'data'</script>"}, raw=True)
display({"image/png": "AAAA"}, raw=True, metadata={"image/png": {"width": "1 onerror=window.hacked='size' "}})
