"""Shows a drawing with a script in it.

how: page
nbgrader: runs
gradus: shown as a picture, in which nothing runs
"""
from IPython.display import SVG, display
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload=\"window.hacked = 'svg'\">"
            "<script>window.hacked = 'svg'</script></svg>"))
