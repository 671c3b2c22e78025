"""Formulas become MathML: all of the course's, harmlessly those of anybody else, and the others stay readable."""

import re

import nbformat
import pytest

from gradus_staff.feedback.mathml import latex_output, mathml
from gradus_staff.feedback.words import markdown_html


def _texts(root):
    for path in sorted(root.glob("source/*/*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                yield path.stem, cell.source


def test_every_formula_of_the_course_is_shown_as_a_formula(root):
    count = 0
    for name, text in _texts(root):
        page = markdown_html(text)
        count += page.count("<math")
        assert 'class="tex"' not in page, f"{name}: {re.findall('class=.tex.><code>(.*?)</code>', page)}"
        assert not re.search(r"<m[a-z]+[^>]*>\\", page), f"{name}: a command is left in {text[:200]}"
    assert count > 400


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\text{&lt;script&gt;alert(1)&lt;/script&gt;}",
        r"<img src=x onerror=alert(1)>",
        r"\text{&#60;script&#62;}",
        r"\unknown{<b>}",
        r"\href{javascript:alert(1)}{x}",
        r'\color{red" onclick="alert(1)}{x}',
        r'\hspace{1em" onclick="alert(1)}x',
    ],
)
def test_no_tag_of_a_formula_becomes_a_tag_of_the_page(tex):
    """The converter's own text would hold <script> here: it undoes the escaping of what it writes."""
    page = mathml(tex)
    tags = set(re.findall(r"<([a-z]+)", page))
    assert tags <= {"math", "mrow", "mi", "mo", "mn", "mtext", "mstyle", "mspace", "span", "code"}
    assert set(re.findall(r'<[^>]* ([a-z]+)="', page)) <= {"display", "stretchy", "class", "width", "form", "style"}
    assert "javascript" not in page


@pytest.mark.parametrize("tex", [r"\begin{", r"\frac", "{" * 3000, r"\nosuchcommand{x}", "x" * 9000])
def test_what_is_no_formula_stays_as_it_was_written(tex):
    assert 'class="tex"' in mathml(tex)


def test_macros_that_would_grow_without_end_are_not_expanded():
    tex = r"\newcommand{\x}[1]{#1#1}" + r"\x{" * 30 + "a" + "}" * 30
    assert 'class="tex"' in mathml(tex)


def test_a_sign_stands_close_to_its_number():
    assert mathml("y = -3").count('form="prefix"') == 1
    assert mathml("(-3)").count('form="prefix"') == 1
    assert mathml("5 - 3").count('form="prefix"') == 0
    assert mathml("f(x) - 3").count('form="prefix"') == 0


def test_sympys_outputs_are_formulas():
    assert latex_output(r"$\displaystyle x^{2}$").startswith('<math display="inline">')
    assert latex_output(r"\begin{pmatrix} 1 & 2 \end{pmatrix}").startswith('<math display="block">')
    assert latex_output("a < b") == "a &lt; b"


def test_a_picture_beside_the_notebook_comes_into_the_page_and_others_do_not(tmp_path):
    folder, outside = tmp_path / "notebook", tmp_path / "secret.png"
    folder.mkdir()
    for path in (folder / "seen.png", outside):
        path.write_bytes(b"\x89PNG")
    (folder / "link.png").symlink_to(outside)
    (folder / "data.db").write_bytes(b"key")
    assert "data:image/png;base64,iVBORw==" in markdown_html("![one](seen.png)", folder=folder)
    for name in ("../secret.png", "link.png", "data.db", str(outside)):
        assert "base64" not in markdown_html(f"![one]({name})", folder=folder)


def test_a_text_that_cannot_be_rendered_is_shown_as_text():
    assert markdown_html("![x](attachment:gone.png) <b>").startswith("<pre>")
