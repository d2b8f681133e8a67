"""A module imports only modules of lower rank: DESIGN's layers, read off the syntax trees."""

import ast
import io
import tokenize
from pathlib import Path

RANKS = (
    ("tokens", "problems"),
    ("witness", "registers", "vectors"),
    ("collation", "drawing"),
    ("apparatus", "diagrams"),
    ("nodes", "tree"),
    ("domain", "bibliography"),
    ("number",),
    ("notes", "collate", "cite", "ledger", "mentions", "lists"),
    ("fill",),
    ("pictures",),
    ("html", "page", "epub_pages"),
    ("book", "web", "search"),
    ("latex", "epub"),
    ("extension", "downloads"),
)
PURE = {name for rank in RANKS[:4] for name in rank}
FOLDER = Path(__file__).parent.parent / "variorum"


def imported(path: Path) -> set[str]:
    """Return every module that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            ours = {f"variorum.{alias.name}" for alias in node.names}
            found |= ours if node.module == "variorum" else {node.module}
    return found


def test_every_module_has_a_rank() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} == {"__init__", *(name for rank in RANKS for name in rank)}


def test_imports_go_down() -> None:
    rank_of = {name: number for number, rank in enumerate(RANKS) for name in rank}
    upward = [
        f"{name} imports {other}"
        for name, rank in rank_of.items()
        for package, _, other in (module.partition(".") for module in imported(FOLDER / f"{name}.py"))
        if package == "variorum" and rank_of[other] >= rank
    ]
    assert upward == []


def test_pure_modules_know_no_sphinx() -> None:
    foreign = {"docutils", "sphinx", "myst_parser"}
    packages = {name: {module.partition(".")[0] for module in imported(FOLDER / f"{name}.py")} for name in PURE}
    assert {name: found & foreign for name, found in packages.items() if found & foreign} == {}


def code_lines(path: Path) -> int:
    """Return how many lines carry code: neither blank, nor comment, nor docstring."""
    source = path.read_text(encoding="utf-8")
    docstrings = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or 0) + 1)
    }
    skipped = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    code = {
        line
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type not in skipped
        for line in range(token.start[0], token.end[0] + 1)
    }
    return len(code - docstrings)


def test_modules_are_small() -> None:
    lengths = {path.stem: len(path.read_text(encoding="utf-8").splitlines()) for path in FOLDER.glob("*.py")}
    assert {name: length for name, length in lengths.items() if length > 300} == {}
    drawing = {"vectors", "drawing", "diagrams", "pictures"}
    assert sum(code_lines(path) for path in FOLDER.glob("*.py") if path.stem not in drawing) <= 2500
