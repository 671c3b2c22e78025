"""Leaves out what takes a second to import and is not used. Import this module before nbgrader or nbformat."""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
"""jsonschema would check web addresses with it, if it is there; importing it compiles a grammar, for 1.2 s. Notebooks'
schemas have no web addresses."""
