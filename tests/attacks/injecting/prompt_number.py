"""Sends a result whose number is HTML.

how: page
nbgrader: runs
gradus: no number
"""
shell = get_ipython()
shell.kernel.session.send(
    shell.kernel.iopub_socket, "execute_result", parent=shell.kernel.get_parent("shell"), ident=b"x",
    content={"data": {"text/plain": "1"}, "metadata": {}, "execution_count": "<script>window.hacked = 'count'</script>"},
)
