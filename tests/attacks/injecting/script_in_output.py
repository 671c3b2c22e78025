"""Shows HTML with a script.

how: page
nbgrader: runs in the feedback page and the formgrader
gradus: removed
"""
from IPython.display import HTML, display
display(HTML("<script>window.hacked = 'script'</script><img src=x onerror=\"window.hacked = 'handler'\">"))
