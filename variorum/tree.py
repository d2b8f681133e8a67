"""Ways through a docutils tree, and small changes to it."""

from typing import Any

from docutils import nodes


def elements(tree: nodes.Node, *classes: type[nodes.Node]) -> list[Any]:
    """Return the nodes of some classes, in order, before the tree is changed."""
    return [node for node in tree.findall() if isinstance(node, classes)]


def put_after(node: nodes.Element, made: nodes.Node) -> None:
    """Insert a node behind another."""
    node.parent.insert(node.parent.index(node) + 1, made)
