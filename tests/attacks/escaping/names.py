"""Submits files with names of newlines, HTML and other students' folders.

how: folder
nbgrader: copied
gradus: what cannot be printed is left where it is
"""
def plant(folder, course):
    for name in ("line\nbreak.txt", "<img src=x onerror=alert(1)>.txt", "..%2f..%2fgradebook.db", "-rf", "a;b$(c).txt"):
        (folder / name).write_text("x")
