"""Sends outputs that are no outputs, to stop the class.

how: page
nbgrader: an error, and the submission is not graded
gradus: left out
"""
shell = get_ipython()
for content in ({"name": ["x"], "text": {"a": 1}}, {"name": "stdout"}, {"text": None}):
    shell.kernel.session.send(shell.kernel.iopub_socket, "stream", parent=shell.kernel.get_parent("shell"), ident=b"x",
                              content=content)
shell.kernel.session.send(shell.kernel.iopub_socket, "display_data", parent=shell.kernel.get_parent("shell"), ident=b"x",
                          content={"data": {"text/plain": {"a": [1]}}, "metadata": "none"})
