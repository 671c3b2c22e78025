"""Shows JavaScript.

how: page
nbgrader: runs
gradus: left out
"""
from IPython.display import Javascript, display
display(Javascript("window.hacked = 'javascript'"))
