"""Directives that make the reference from the code's own table and docstrings."""

from docutils import nodes
from docutils.parsers.rst import directives, roles
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from variorum.config import VALUES


class ValuesDirective(SphinxDirective):
    """``{variorum-values}`` prints every configuration value with its default and meaning."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list."""
        items = []
        for value in sorted(VALUES, key=lambda value: value.name):
            term = nodes.term("", "", nodes.literal("", value.name), nodes.Text(f" (default: {value.default!r})"))
            meaning = nodes.definition("", nodes.paragraph("", value.meaning))
            items.append(nodes.definition_list_item("", term, meaning))
        return [nodes.definition_list("", *items)]


class MarkupDirective(SphinxDirective):
    """``{variorum-markup}`` prints the first paragraph of the docstring of each directive and role of the package."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list."""
        found = {name: type(one) if not isinstance(one, type) else one for name, one in _registered()}
        items = []
        for name, one in sorted(found.items()):
            told = " ".join((one.__doc__ or "").partition("\n\n")[0].split())
            term = nodes.term("", "", nodes.literal("", f"{{{name}}}"))
            items.append(nodes.definition_list_item("", term, nodes.definition("", *self._parsed(told))))
        return [nodes.definition_list("", *items)]

    def _parsed(self, told: str) -> list[nodes.Node]:
        return self.parse_text_to_nodes(told)


def _registered() -> list[tuple[str, object]]:
    known = [*directives._directives.items(), *roles._roles.items()]  # noqa: SLF001 - docutils has no other list
    return [(name, one) for name, one in known if _module(one).startswith("variorum")]


def _module(one: object) -> str:
    return one.__module__ if isinstance(one, type) else type(one).__module__


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("variorum-values", ValuesDirective)
    app.add_directive("variorum-markup", MarkupDirective)
