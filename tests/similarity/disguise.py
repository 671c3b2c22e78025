"""What somebody does who copies and does not want it to show."""

import ast
import builtins

from gradus_staff.answers import corpus_folder, read_answer, with_solutions_removed
from gradus_staff.notebook_text import read_text
from gradus_staff.similarity.matching import Work, piece
from gradus_staff.similarity.reading import given_hashes
from gradus_staff.similarity.tokens import code_tokens


class _Renamed(ast.NodeTransformer):
    """Every name that the code itself binds gets another one; library and builtin names stay."""

    def __init__(self, tree):
        bound = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        bound |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
        bound |= {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
        own = sorted(name for name in bound - set(dir(builtins)) if not name.startswith("__"))
        self.names = {name: f"thing_{number}" for number, name in enumerate(own)}

    def visit_Name(self, node):
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node):
        node.arg = self.names.get(node.arg, node.arg)
        return node

    def visit_FunctionDef(self, node):
        node.name = self.names.get(node.name, node.name)
        return self.generic_visit(node)

    def visit_ClassDef(self, node):
        node.name = self.names.get(node.name, node.name)
        return self.generic_visit(node)


def disguised(source):
    """Other names, other layout, definitions in another order, comments of one's own, other words in texts."""
    tree = ast.parse(source)
    tree = _Renamed(tree).visit(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = f"In my words: {len(node.value)}"
    definitions = [node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    tree.body = [*reversed(definitions), *(node for node in tree.body if node not in definitions)]
    text = ast.unparse(ast.fix_missing_locations(tree))
    lines = [
        f"{line}    # mine" if line.strip() and number % 3 == 0 else line
        for number, line in enumerate(text.split("\n"))
    ]
    return "# I wrote this all by myself.\nimport math\n\n" + "\n".join(lines).replace("    ", "\t")


def work(student, cells):
    """cells  grade id -> source"""
    return Work(student, [piece(name, source, code_tokens(source)) for name, source in cells.items()])


def right_answers(assignment):
    """The right answers of the corpus, with just the cells that each of them fills."""
    return {
        path.stem: read_answer(path).cells for path in sorted((corpus_folder() / assignment / "right").glob("*.py"))
    }


def blank(assignment):
    """The notebook that everybody was given."""
    notebook = with_solutions_removed(read_text(assignment))
    for cell in notebook.cells:
        cell.source = cell.source.split("### BEGIN HIDDEN TESTS")[0]
    return notebook


def given(assignment):
    """The runs of tokens in it."""
    return given_hashes([blank(assignment)])
