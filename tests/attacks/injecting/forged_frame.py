"""Shows a frame like those of the course's explorers, with a script of its own.

how: page
nbgrader: runs, and reaches the page
gradus: not one of the course's: emptied
"""
from IPython.display import HTML, display
display(HTML("<iframe title='Soft threshold explorer' srcdoc=\"<script>window.parent.hacked = 'frame';"
             "window.top.hacked = 'frame'</script>\"></iframe>"))
