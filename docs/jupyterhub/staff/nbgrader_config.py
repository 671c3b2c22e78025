"""nbgrader on the instructors' server, beside the nbgrader_config.py of the course folder."""

import os

c = get_config()  # noqa: F821 -- nbgrader defines it

c.CourseDirectory.course_id = os.environ["GRADUS_COURSE"]
c.Exchange.root = os.environ["GRADUS_EXCHANGE"]
# One account of the machine for all (a trial): every submission has the same owner, so the owner says nothing.
c.ExchangeCollect.check_owner = not os.environ.get("GRADUS_HUB_TRIAL")
