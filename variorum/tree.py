"""Ways through a docutils tree, and small changes to it."""

from collections.abc import Iterator
from typing import Any

from docutils import nodes


def ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield what a node stands in, from the inside out."""
    while node.parent is not None:
        yield node.parent
        node = node.parent


def elements(tree: nodes.Element, *classes: type[nodes.Node]) -> list[Any]:
    """Return the nodes of some classes, in order, before the tree is changed."""
    return [node for node in tree.findall() if isinstance(node, classes)]


def put_after(node: nodes.Element, made: nodes.Node) -> None:
    """Insert a node behind another."""
    node.parent.insert(node.parent.index(node) + 1, made)
