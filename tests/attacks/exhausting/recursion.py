"""Recurses without end in C.

how: alone
nbgrader: the rest of the notebook is lost
gradus: costs itself
sentence: kernel died|^$|recursion|ran for longer
"""
import sys
sys.setrecursionlimit(10**9)
deep = []
for _ in range(10**6):
    deep = [deep]
text = repr(deep)
