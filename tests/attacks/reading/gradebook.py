"""Opens the gradebook.

how: cell
nbgrader: everybody's grades
gradus: no such file
"""
import sqlite3
harm = bool(sqlite3.connect(f"file:{COURSE}/gradebook.db?mode=ro", uri=True).execute("select * from student").fetchall())
