"""JupyterHub for a course: students with the students' package, one formgrader for all instructors.

docs/jupyterhub.md explains it; tests/week/test_jupyterhub.py starts it. Names and places are at the top.
"""

import os
import sys
from pathlib import Path

c = get_config()  # noqa: F821 -- JupyterHub defines it

HERE = Path(__file__).parent
COURSE = "gradus"
PLACE = Path(os.environ.get("GRADUS_HUB", "/srv/gradus"))  # holds exchange/, course/, students/ and hub/
INSTRUCTORS = os.environ.get("GRADUS_INSTRUCTORS", "").split()
IS_TRIAL = bool(os.environ.get("GRADUS_HUB_TRIAL"))  # no passwords, no accounts of the machine: to try it out
FORMGRADER = os.environ.get("GRADUS_FORMGRADER", "http://127.0.0.1:9999")

# Students' servers run in an environment that holds the students' package and no answer key.
c.Spawner.cmd = [str(PLACE / "students" / "bin" / "python"), "-m", "jupyterhub.singleuser"]
c.Spawner.default_url = "/lab"
c.Spawner.http_timeout = c.Spawner.start_timeout = 120
c.Spawner.environment = {
    "JUPYTER_CONFIG_PATH": str(HERE / "students"),
    "GRADUS_EXCHANGE": str(PLACE / "exchange"),
    "GRADUS_COURSE": COURSE,
}

# The formgrader is a service on the course folder, in the staff's environment, for one group.
service = {
    "name": COURSE,
    "url": FORMGRADER,
    "command": [sys.executable, "-m", "jupyterhub.singleuser", "--ServerApp.default_url=/formgrader"],
    "cwd": str(PLACE / "course"),
    "environment": {
        "JUPYTER_CONFIG_PATH": str(HERE / "staff"),
        "GRADUS_EXCHANGE": str(PLACE / "exchange"),
        "GRADUS_COURSE": COURSE,
        "GRADUS_HUB_TRIAL": "1" if IS_TRIAL else "",
    },
    "oauth_no_confirm": True,
}
c.JupyterHub.load_groups = {f"formgrade-{COURSE}": {"users": INSTRUCTORS}}
c.JupyterHub.load_roles = [
    {
        "name": f"instructors-of-{COURSE}",
        "groups": [f"formgrade-{COURSE}"],
        "scopes": [f"access:services!service={COURSE}"],
    }
]

# What the hub itself keeps.
c.JupyterHub.db_url = f"sqlite:///{PLACE / 'hub' / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(PLACE / "hub" / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(PLACE / "hub" / "proxy.pid")

if IS_TRIAL:
    c.JupyterHub.authenticator_class = "dummy"
    c.JupyterHub.spawner_class = "simple"
    c.SimpleLocalProcessSpawner.home_dir_template = str(PLACE / "homes" / "{username}")
    c.Authenticator.allow_all = True
    if os.getuid() == 0:  # in a container, say
        c.Spawner.args = ["--allow-root"]
        service["command"].append("--allow-root")
else:
    # Accounts of the machine (PAM). Any other authenticator will do, and any spawner that runs each user's server
    # under an account or in a container of its own.
    c.Authenticator.allow_all = True
    service["user"] = "gradus-staff"  # owns the course folder; nobody else may read it
c.JupyterHub.services = [service]
