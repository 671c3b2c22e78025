"""Pictures of graphs: everything is drawn, nothing overlaps, both themes can be read."""

import re
import xml.etree.ElementTree as ET

import pytest

from gradus.graphs import GraphPicture, Node, graph_of
from gradus.layout import lay_out
from gradus.tape import Tensor
from gradus.tape.lesson import network_picture, polynomial_picture

SVG = "{http://www.w3.org/2000/svg}"


def _texts(picture):
    return [text.text for text in ET.fromstring(picture.svg()).iter(f"{SVG}text")]


def test_every_node_and_every_arrow_is_drawn():
    drawing = ET.fromstring(polynomial_picture().svg())
    assert len(list(drawing.iter(f"{SVG}g"))) == 8
    assert len([path for path in drawing.iter(f"{SVG}path") if path.get("marker-end")]) == 9


def test_blanks_are_filled_with_what_the_student_says():
    assert _texts(polynomial_picture()).count("?") == 5
    assert "square" in _texts(polynomial_picture({"c": "square"}))


def test_a_node_that_is_used_twice_gets_two_arrows():
    a = Tensor(1.0, name="a")
    drawing = ET.fromstring(graph_of((a + a).named("b")).svg())
    paths = [path.get("d") for path in drawing.iter(f"{SVG}path") if path.get("marker-end")]
    assert len(set(paths)) == 2


def test_no_two_boxes_overlap():
    for picture in (polynomial_picture(), network_picture()):
        boxes = [
            tuple(float(rect.get(side)) for side in ("x", "y", "width", "height"))
            for group in ET.fromstring(picture.svg()).iter(f"{SVG}g")
            for rect in group.iter(f"{SVG}rect")
        ]
        for i, (x, y, width, height) in enumerate(boxes):
            for other_x, other_y, other_width, other_height in boxes[:i]:
                apart = x >= other_x + other_width or other_x >= x + width
                assert apart or y >= other_y + other_height or other_y >= y + height


def test_every_arrow_points_to_the_right():
    layout = lay_out({"a": (), "b": ("a",), "c": ("a", "b"), "d": ("a", "c")}, ["d", "c", "b", "a"])
    columns = {name: place[0] for name, place in layout.places.items()}
    assert columns["a"] < columns["b"] < columns["c"] < columns["d"]
    assert len(layout.routes["a", "d"]) == 2


def test_the_colours_come_from_the_theme_with_a_light_page_as_fallback():
    svg = network_picture().svg()
    assert "var(--jp-layout-color1,#ffffff)" in svg
    assert "var(--jp-content-font-color1,#1f2328)" in svg
    assert not re.search(r"<(script|style)", svg)


def test_names_are_escaped_and_the_picture_can_be_read_aloud():
    picture = GraphPicture([Node("<a>"), Node("b", "exp", ("<a>",))])
    assert "<a>" not in picture.svg()
    assert ET.fromstring(picture.svg()).find(f"{SVG}title").text.endswith("Graph: inputs <a>; b = exp (<a>)")


def test_notes_stand_below_nodes():
    assert "fires 2×" in _texts(network_picture().with_notes({"v4": "fires 2×"}))
    with pytest.raises(ValueError, match="no node 'v9'"):
        network_picture().with_notes({"v9": "?"})


@pytest.mark.parametrize(
    ("nodes", "words"),
    [
        ([Node("a"), Node("a")], "'a' is there twice"),
        ([Node("b", "exp", ("a",))], "no node 'a'"),
        ([Node("a", "exp", ("b",)), Node("b", "exp", ("a",))], "in a circle"),
        ([], "expected from 1 to 60"),
    ],
)
def test_a_graph_that_makes_no_sense_is_refused(nodes, words):
    with pytest.raises(ValueError, match=words):
        GraphPicture(nodes)
