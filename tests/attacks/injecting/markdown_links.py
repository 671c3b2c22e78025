"""Writes links that are programs.

how: text
nbgrader: runs at a click
gradus: shown as text
"""
TEXT = '[my work](javascript:window.hacked=\'a\') <a href="javascript:window.hacked=\'b\'">x</a>\n\n[y](&#106;avascript:window.hacked=\'c\')'
