"""The messages of the package, read from its code, so that the reference lists every one and none that is gone.

A message is made in one of two ways: a call that is given what is wrong and what to do as its last two arguments
(`MAKERS`), or a tuple that ends with the two, which a function yields for its caller to report.
What is filled in when the message is told stands here as “…”.
"""

import ast
import inspect
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import variorum

PACKAGE = Path(inspect.getfile(variorum)).parent
MAKERS = frozenset({"Problem", "Fault", "report", "report_line", "add", "_problem"})
FILLED_IN = "…"
YIELDS_PROBLEMS = re.compile(r"tuple\[.+, str, str\]|\[Fault\]")
"""What a function returns that leaves the reporting to its caller: a place, what is wrong, what to do."""


class Message(NamedTuple):
    """One message; “…” stands for words that are filled in."""

    room: str
    """The folder of the package that tells it; empty for the package itself."""
    what: str
    remedy: str

    def pattern(self) -> re.Pattern[str]:
        """Return what matches this message as an editor reads it, without file and line."""
        words = (".*?".join(map(re.escape, part.split(FILLED_IN))) for part in (self.what, self.remedy))
        return re.compile("; ".join(words), re.DOTALL)


def messages() -> list[Message]:
    """Return every message of the package, in the order of its folders and words."""
    return sorted({message for path in PACKAGE.rglob("*.py") for message in Module(path).messages()})


class Module:
    """A module of the package, and the words that its names stand for."""

    def __init__(self, path: Path) -> None:
        """Read the module."""
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.room = path.relative_to(PACKAGE).parent.as_posix().removeprefix(".")
        self.functions = [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)]
        self.above: dict[ast.AST, tuple[ast.AST, str]] = {
            child: (node, field) for node in ast.walk(self.tree) for field, child in _children(node)
        }
        """For each node, the one that it is part of, and which part."""
        self._open: set[ast.AST] = set()

    def messages(self) -> Iterator[Message]:
        """Yield the messages that the module makes."""
        for node in ast.walk(self.tree):
            for what, remedy in self._pairs(node):
                if what.strip(FILLED_IN):
                    yield Message(self.room, what, remedy)

    def _pairs(self, node: ast.AST) -> Iterator[tuple[str, str]]:
        """Yield what is wrong and what to do, where a node says so."""
        if isinstance(node, ast.Call) and _name(node.func) in MAKERS:
            arguments = node.args[-2:]
        elif isinstance(node, ast.Tuple) and self._is_yielded_problem(node):
            arguments = node.elts[-2:]
        else:
            return
        if len(arguments) == 2:  # noqa: PLR2004 - what is wrong, and what to do
            yield from itertools.product(*map(self.words, arguments))

    def _is_yielded_problem(self, node: ast.AST) -> bool:
        function = self._function_of(node)
        returned = function.returns if isinstance(function, ast.FunctionDef) else None
        return returned is not None and YIELDS_PROBLEMS.search(ast.unparse(returned)) is not None

    def words(self, node: ast.expr) -> list[str]:  # noqa: PLR0911 - a return for each kind of expression
        """Return each of the words that an expression can stand for."""
        match node:
            case ast.Constant(value=str(value)):
                return [value]
            case ast.JoinedStr(values=parts):
                return self._joined(parts)
            case ast.FormattedValue(value=value) if isinstance(value, ast.Name):
                return self.words(value)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._joined([left, right])
            case ast.IfExp(body=body, orelse=orelse):
                return [*self.words(body), *self.words(orelse)]
            case ast.Dict(values=values):
                return [words for value in values for words in self.words(value)]
            case ast.Name():
                return self._named(node)
            case ast.Call(func=ast.Attribute(value=table, attr="get"), args=[_, default]):
                return [*self.words(table), *self.words(default)]
            case ast.Call(func=ast.Name(id=name)):
                return self._returned(name)
        return [FILLED_IN]

    def _joined(self, parts: list[ast.expr]) -> list[str]:
        return ["".join(found) for found in itertools.product(*map(self.words, parts))]

    def _named(self, name: ast.Name) -> list[str]:
        """Return the words that a name can stand for at its place."""
        values = self._values(name)
        if not values or any(value in self._open for value in values):  # a name that is made longer by itself
            return [FILLED_IN]
        self._open.update(values)
        found = [words for value in values for words in self.words(value)]
        self._open.difference_update(values)
        return found

    def _values(self, name: ast.Name) -> list[ast.expr]:
        """Return what can have been assigned to a name where it is used: in its function, or else in the module."""
        within = self._blocks_of(name)
        found = []
        for assignment, value in reversed(_assignments(name.id, self._function_of(name))):
            if assignment.lineno >= name.lineno or self._excludes(assignment, within):
                continue
            found.append(value)
            if self.above[assignment] in within:  # nothing before it can still count
                return found
        return found or [value for _, value in _assignments(name.id, self.tree) if name.id.strip("_").isupper()]

    def _blocks_of(self, node: ast.AST) -> list[tuple[ast.AST, str]]:
        """Return the blocks in which a node stands, from the innermost."""
        blocks = []
        while node in self.above:
            blocks.append(self.above[node])
            node = self.above[node][0]
        return blocks

    def _excludes(self, assignment: ast.AST, within: list[tuple[ast.AST, str]]) -> bool:
        """Tell whether an assignment stands in the other branch of a condition."""
        branches = {node: field for node, field in within if isinstance(node, ast.If)}
        return any(branches.get(node, field) != field for node, field in self._blocks_of(assignment))

    def _function_of(self, node: ast.AST) -> ast.AST:
        """Return the function in which a node stands, or the module."""
        around = (block for block, _ in self._blocks_of(node) if isinstance(block, ast.FunctionDef))
        return next(around, self.tree)

    def _returned(self, name: str) -> list[str]:
        """Return the words that a function of the module returns."""
        functions = [function for function in self.functions if function.name == name]
        returned = [node.value for function in functions for node in ast.walk(function) if isinstance(node, ast.Return)]
        return [words for value in returned if value for words in self.words(value)] or [FILLED_IN]


def _children(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield the parts of a node, each with the name of the field it stands in."""
    for field, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield field, child


def _assignments(name: str, scope: ast.AST) -> list[tuple[ast.stmt, ast.expr]]:
    """Return each assignment to a name in a function, or at the outermost level of a module, with its value."""
    nodes = scope.body if isinstance(scope, ast.Module) else ast.walk(scope)
    found = []
    for node in nodes:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
            found += [(node, node.value) for target in targets if isinstance(target, ast.Name) and target.id == name]
    return sorted(found, key=lambda one: one[0].lineno)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
