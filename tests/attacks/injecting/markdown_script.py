"""Writes scripts and handlers into a Markdown answer.

how: text
nbgrader: runs
gradus: HTML is shown as text
"""
TEXT = 'My answer <script>window.hacked = \'text\'</script> <img src=x onerror="window.hacked = \'image\'">\n\n<iframe srcdoc="<script>top.hacked=\'f\'</script>"></iframe>'
