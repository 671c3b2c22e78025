"""Writes extra credit straight into the gradebook.

how: cell
nbgrader: written, and not flagged
gradus: no such file
"""
import sqlite3
with sqlite3.connect(f"file:{COURSE}/gradebook.db?mode=rw", uri=True) as book:
    harm = book.execute("update student set first_name = 'rich' where id = 'bob'").rowcount == 1
