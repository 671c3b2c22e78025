"""nbgrader on the students' servers: which course, where the exchange is, and who I am."""

import os

c = get_config()  # noqa: F821 -- nbgrader defines it

c.CourseDirectory.course_id = os.environ["GRADUS_COURSE"]
c.Exchange.root = os.environ["GRADUS_EXCHANGE"]
c.CourseDirectory.student_id = os.environ["JUPYTERHUB_USER"]
c.ExchangeSubmit.strict = True  # a renamed notebook is noticed before it is handed in
