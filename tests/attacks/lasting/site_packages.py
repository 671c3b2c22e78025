"""Changes a module that the next submission imports.

how: cell
nbgrader: changed
gradus: read-only
"""
import os, nbformat
harm = os.access(os.path.dirname(nbformat.__file__), os.W_OK)  # to ask is enough to see
