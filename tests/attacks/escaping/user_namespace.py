"""Makes a user namespace to become root in.

how: cell
nbgrader: made
gradus: not permitted
"""
import subprocess
harm = subprocess.run(["unshare", "-Ur", "true"], capture_output=True).returncode == 0
