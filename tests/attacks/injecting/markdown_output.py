"""Shows Markdown with HTML in it.

how: page
nbgrader: runs
gradus: HTML is shown as text
"""
from IPython.display import Markdown, display
display(Markdown("<script>window.hacked = 'markdown'</script> <b onmouseover=\"window.hacked = 'hover'\">x</b>"))
