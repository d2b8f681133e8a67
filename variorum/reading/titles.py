"""What the tables of contents repeat of a title: its words, without calls, page breaks and readings."""

from docutils import nodes
from sphinx.application import Sphinx

from variorum.doctree import elements
from variorum.nodes import call, locator, locator_end, pagebreak, variant


def clean_titles(app: Sphinx, doctree: nodes.document) -> None:  # noqa: ARG001
    """Take calls, page breaks and readings out of the titles that tables of contents repeat.

    Runs at priority 600: after Sphinx's collectors (500).
    """
    env = app.env
    for tree in (env.titles[env.docname], env.longtitles[env.docname], env.tocs[env.docname]):
        for node in elements(tree, call, locator, locator_end, pagebreak, variant):
            node.parent.replace(node, node.children if isinstance(node, variant) else [])
