"""Change the package in small ways, one at a time, and see whether the quick tests notice.

    python tests/mutate.py [--changes 200] [--seed COMMIT] [--only text] [--workers 2] [--minutes 600]

Each change turns one comparison, constant, operator or branch of ``variorum/`` into another, drawn by a seed that is
the hash of the commit unless told otherwise. For each, those quick tests are run that run the changed line when
nothing is changed. The drawing of the pictures is left out: its output is looked at, not asserted.
"""

import argparse
import ast
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import Queue
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "variorum"
OUTSIDE = ("pictures/drawing.py", "pictures/vectors.py", "pictures/diagrams.py", "starter/")
COPIES = ROOT / "_build/mutated"
"""Where the trees stand that are changed, one a worker: never that of the editors."""
TESTS = 25
"""So many tests of those that run a changed line are run, drawn from all: a line that each build runs has hundreds."""
COVERAGE = ROOT / "_build/mutation-coverage.json"
SWAPS: dict[type, type] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}


class Change:
    """One change of one node."""

    def __init__(self, path: Path, tree: ast.Module, node: ast.AST, what: str) -> None:
        """Remember where it is."""
        self.path, self.tree, self.node, self.what = path, tree, node, what

    @property
    def line(self) -> int:
        """Return its line, from 1."""
        return int(getattr(self.node, "lineno", 0))

    def __str__(self) -> str:
        """Return file, line and what is changed."""
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.what}"

    def changed(self) -> str:
        """Return the source of the file with the change."""
        node = self.node
        if isinstance(node, ast.Compare):
            old, node.ops[0] = node.ops[0], SWAPS[type(node.ops[0])]()
            source = ast.unparse(self.tree)
            node.ops[0] = old
        elif isinstance(node, (ast.BoolOp, ast.BinOp)):
            old, node.op = node.op, SWAPS[type(node.op)]()
            source = ast.unparse(self.tree)
            node.op = old
        elif isinstance(node, ast.Constant):
            old, node.value = node.value, other(node.value)
            source = ast.unparse(self.tree)
            node.value = old
        else:
            assert isinstance(node, (ast.If, ast.IfExp))
            old, node.test = node.test, ast.UnaryOp(ast.Not(), node.test)
            source = ast.unparse(ast.fix_missing_locations(self.tree))
            node.test = old
        return source


def other(value: object) -> object:
    """Return another constant of the same kind."""
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"{value}x"


def changes(path: Path) -> Iterator[Change]:
    """Yield every change that a file admits; docstrings and annotations are none of its meaning."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = without_meaning(tree)
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
            yield Change(path, tree, node, f"{type(node.ops[0]).__name__} in “{ast.unparse(node)}”")
        elif isinstance(node, (ast.BoolOp, ast.BinOp)) and type(node.op) in SWAPS:
            yield Change(path, tree, node, f"{type(node.op).__name__} in “{ast.unparse(node)}”")
        elif isinstance(node, ast.Constant) and isinstance(node.value, (bool, int, str)):
            yield Change(path, tree, node, f"constant {node.value!r}")
        elif isinstance(node, (ast.If, ast.IfExp)):
            yield Change(path, tree, node, f"branch on “{ast.unparse(node.test)}”")


def without_meaning(tree: ast.Module) -> set[ast.AST]:
    """Return the nodes of docstrings, annotations and the plain parts of f-strings."""
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.AnnAssign, ast.arg)) and node.annotation:
            skipped |= set(ast.walk(node.annotation))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.returns:
            skipped |= set(ast.walk(node.returns))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(node.value)
        if isinstance(node, ast.JoinedStr):
            skipped |= {part for part in node.values if isinstance(part, ast.Constant)}
    return skipped


def drawn(count: int, seed: str, only: str) -> list[Change]:
    """Draw some changes of the package, or of one folder in it."""
    found = []
    for path in sorted((PACKAGE / only).rglob("*.py")):
        if not str(path.relative_to(PACKAGE)).startswith(OUTSIDE):
            found += changes(path)
    return random.Random(seed).sample(found, min(count, len(found)))


def tests_by_line() -> dict[str, dict[str, list[str]]]:
    """Return for each file and line the quick tests that run it, by `coverage` with a context a test."""
    if not COVERAGE.exists():
        data = ROOT / "_build/mutation.coverage"
        environment = {**os.environ, "COVERAGE_FILE": str(data)}
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-m", "not edition", "-p", "no:cacheprovider"]
        coverage = ["--cov=variorum", "--cov-context=test", "--cov-report="]
        subprocess.run([*command, *coverage], cwd=ROOT, env=environment, check=False)
        report = [sys.executable, "-m", "coverage", "json", "--show-contexts", "-q", "-o", str(COVERAGE)]
        subprocess.run(report, cwd=ROOT, env=environment, check=True)
    files = json.loads(COVERAGE.read_text(encoding="utf-8"))["files"]
    return {name: said.get("contexts", {}) for name, said in files.items()}


def is_noticed(change: Change, tests: list[str], copy: Path) -> bool:
    """Tell whether one of the tests fails with the change, which is made in a copy of the tree."""
    path = copy / change.path.relative_to(ROOT)
    source = path.read_text(encoding="utf-8")
    try:
        path.write_text(change.changed(), encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
        run = subprocess.run(command, cwd=copy, capture_output=True, check=False, timeout=600)
    except subprocess.TimeoutExpired:
        return True
    finally:
        path.write_text(source, encoding="utf-8")
    return run.returncode != 0


def copied(number: int) -> Path:
    """Make the tree of a worker."""
    copy = COPIES / str(number)
    shutil.rmtree(copy, ignore_errors=True)
    hidden = shutil.ignore_patterns("_build", ".git", ".venv", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, copy, ignore=hidden)
    (copy / ".venv").symlink_to(ROOT / ".venv")
    return copy


class Trial(NamedTuple):
    """What became of a change."""

    change: Change
    tests: int
    """How many tests were run."""
    noticed: bool
    seconds: float

    def __str__(self) -> str:
        """Return the change, and how it ended."""
        end = "killed" if self.noticed else "SURVIVES" if self.tests else "SURVIVES (no quick test runs the line)"
        return f"{end} {self.change} ({self.tests} tests, {self.seconds:.0f} s)"


def tried(change: Change, by_line: dict[str, dict[str, list[str]]], copies: Queue[Path], seed: str) -> Trial:
    """Make one change in a tree that is free, and run the tests that run its line."""
    contexts = by_line.get(str(change.path.relative_to(ROOT)), {}).get(str(change.line), [])
    tests = sorted({context.partition("|")[0] for context in contexts if context})
    tests = sorted(random.Random(f"{seed}{change}").sample(tests, min(TESTS, len(tests))))
    copy = copies.get()
    begun = time.monotonic()
    noticed = bool(tests) and is_noticed(change, tests, copy)
    copies.put(copy)
    return Trial(change, len(tests), noticed, time.monotonic() - begun)


def say(words: str) -> None:
    """Tell how far the run is."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> None:
    """Draw, change, test, and list what nobody noticed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--changes", type=int, default=200)
    parser.add_argument("--seed", default="")
    parser.add_argument("--only", default="", help="a folder of the package: text, registers, …")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=600, help="no change is begun after so many")
    parser.add_argument("--out", type=Path, default=ROOT / "_build/mutation.txt")
    said = parser.parse_args()
    head = ["git", "rev-parse", "HEAD"]
    seed = said.seed or subprocess.run(head, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    by_line = tests_by_line()
    copies: Queue[Path] = Queue()
    for number in range(said.workers):
        copies.put(copied(number))
    chosen = drawn(said.changes, seed, said.only)
    end = time.monotonic() + 60 * said.minutes
    trials: list[Trial] = []
    with ThreadPoolExecutor(said.workers) as pool:
        waiting = [
            pool.submit(lambda one=one: tried(one, by_line, copies, seed) if time.monotonic() < end else None)
            for one in chosen
        ]
        for done in as_completed(waiting):
            if trial := done.result():
                trials.append(trial)
                say(f"{len(trials)} {trial}")
    killed = sum(trial.noticed for trial in trials)
    each = sum(trial.seconds for trial in trials) / max(1, len(trials))
    summary = f"seed {seed}: {killed} of {len(trials)} changes killed, {100 * killed / max(1, len(trials)):.0f} %"
    summary += f"; {len(chosen)} were drawn; {each:.0f} s a change"
    said.out.parent.mkdir(exist_ok=True)
    survivors = [str(trial) for trial in trials if not trial.noticed]
    said.out.write_text("\n".join([summary, *survivors]) + "\n", encoding="utf-8")
    say(summary)


if __name__ == "__main__":
    main()
