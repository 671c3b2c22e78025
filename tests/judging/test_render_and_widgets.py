"""Checks and explorers stand on one page: neither may wear the other's clothes."""

import re

from gradus.render import CheckRow, check_html
from gradus.widgets.module import stylesheet


def test_the_stylesheet_of_the_explorers_does_not_reach_the_boxes_of_checks():
    html = check_html("A", "title", [CheckRow("criterion", False, "x = 1", "2", "3", "sentence", "hint")])
    worn = {name for names in re.findall(r'class="([^"]*)"', html) for name in names.split()}
    assert worn
    assert worn.isdisjoint(re.findall(r"\.([a-zA-Z][\w-]*)", stylesheet()))
