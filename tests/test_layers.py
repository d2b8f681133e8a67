"""The package's folders are its layers: a folder imports only from those above it, and no format from another."""

import ast
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "variorum"
#: From the bottom up. The modules that lie in no folder are the layer “”.
LAYERS = ("text", "", "reading", "registers", "citations", "quotations", "whole", "writing", "pictures")
FORMATS = ("web", "book", "epub", "tei")
#: The site offers all formats, and what the command line does may use all of them.
SITE, COMMANDS = "site", "commands"
BELOW = {**dict.fromkeys(FORMATS, LAYERS), SITE: (*LAYERS, *FORMATS), COMMANDS: (*LAYERS, *FORMATS, SITE)}
#: Modules without a folder that the pure layer may use: they know no Sphinx either.
PURE = {"variorum.problems"}


def modules() -> Iterator[tuple[str, Path]]:
    """Yield each module with the layer it belongs to."""
    for path in sorted(FOLDER.rglob("*.py")):
        folder = path.parent.relative_to(FOLDER).as_posix()
        if "starter" in path.parts:
            continue  # no code of the package: what a new edition begins with
        if path.parent != FOLDER or path.name not in {"__init__.py", "__main__.py"}:
            yield folder.removeprefix(".").partition("/")[0], path


def imported(path: Path) -> set[str]:
    """Return every module that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer_of(module: str) -> str:
    """Return the layer of one of our modules."""
    folder = module.split(".")[1]
    return folder if (FOLDER / folder).is_dir() else ""


def test_every_folder_is_a_layer_or_a_format() -> None:
    folders = {layer for layer, _ in modules()}
    assert folders == {*LAYERS, *FORMATS, SITE, COMMANDS}


def test_imports_go_down() -> None:
    upward = []
    for layer, path in modules():
        below = BELOW.get(layer) or LAYERS[: LAYERS.index(layer)]
        for module in imported(path):
            if not module.startswith("variorum.") or (layer == "text" and module.startswith(tuple(PURE))):
                continue
            if layer_of(module) not in {*below, layer}:
                upward.append(f"{path.relative_to(FOLDER)} imports {module}")
    assert upward == []


def test_the_pure_layer_knows_no_sphinx() -> None:
    foreign = {"docutils", "sphinx", "myst_parser"}
    pure = [path for layer, path in modules() if layer == "text"] + [FOLDER / "problems.py"]
    knowing = {path.name for path in pure if foreign & {module.partition(".")[0] for module in imported(path)}}
    assert knowing == set()
