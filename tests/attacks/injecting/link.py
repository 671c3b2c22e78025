"""Shows a link that is a program.

how: page
nbgrader: runs at a click
gradus: no link
"""
from IPython.display import HTML, Latex, display
display(HTML("<a id='trap' href=\"javascript:window.hacked = 'link'\">your feedback</a>"))
display(Latex(r"$\href{javascript:window.hacked='tex'}{x}$"))
