"""Looks for the staff's package beside the module that it was given.

how: cell
nbgrader: found
gradus: only the students' library lies there
"""
import pathlib, gradus
package = pathlib.Path(gradus.__file__).parent.parent
places = [package, pathlib.Path(KEY)]
harm = any((place / ("gradus_" + "staff")).exists() for place in places)
