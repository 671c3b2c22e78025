"""Crashes the interpreter.

how: alone
nbgrader: the rest of the notebook is lost
gradus: costs itself
sentence: ended by SIGSEGV
"""
import ctypes
ctypes.string_at(0)
