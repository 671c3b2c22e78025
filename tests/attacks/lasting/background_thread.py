"""Leaves a thread behind that changes answers of later cells.

how: cell
nbgrader: runs on to the end of the notebook
gradus: runs on to the end of the notebook, and can change its own answers only
control: no
"""
import threading, time
threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
harm = "left running"
