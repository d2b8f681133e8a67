"""Ways through a docutils tree, and small changes to it."""

from collections.abc import Iterable, Iterator

from docutils import nodes


def ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield what a node stands in, from the inside out."""
    while node.parent is not None:
        yield node.parent
        node = node.parent


def elements(tree: nodes.Element, *classes: type[nodes.Node]) -> list[nodes.Element]:
    """Return the elements of some classes, in order, before the tree is changed."""
    return [node for node in tree.findall(nodes.Element) if isinstance(node, classes)]


def put_after(node: nodes.Element, made: nodes.Node) -> None:
    """Insert a node behind another."""
    node.parent.insert(node.parent.index(node) + 1, made)


def parted(separator: str, pieces: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Return nodes with a separator between each two."""
    return [node for piece in pieces for node in (nodes.Text(separator), piece)][1:]
