"""Changes the data set, or its cache, for everybody.

how: cell
nbgrader: changed
gradus: read-only
"""
import os
folders = [os.environ.get(name, "") for name in ("GRADUS_DATA", "GRADUS_CACHE")]
folders = [folder for folder in folders if folder] or [DATA]
harm = False
for folder in folders:
    try:
        open(os.path.join(folder, "written-by-a-student"), "w").close()
        os.remove(os.path.join(folder, "written-by-a-student"))
        harm = True
    except OSError:
        pass
