"""What the edition's nodes look like in HTML.

The ePub has a translator of its own: handlers given with ``add_node(html=...)`` would be forced upon it.
"""

from pathlib import Path
from typing import Any

import jinja2
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

LOADER = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
TEMPLATES = jinja2.Environment(loader=LOADER, autoescape=jinja2.select_autoescape(), trim_blocks=True)
TEMPLATES.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
MACROS: Any = TEMPLATES.get_template("nodes.html").module
"""What the nodes look like: a macro of the name of each."""


class EditionTranslator(HTML5Translator):
    """Writes the pages of the web edition."""

    def visit_open(self, node: nodes.Element) -> None:
        """Write what comes before a node's children."""
        self.body.append(str(getattr(MACROS, type(node).__name__)(node)))

    def visit_leaf(self, node: nodes.Element) -> None:
        """Write a node that is all one piece."""
        self.visit_open(node)
        raise nodes.SkipNode

    visit_annotation = visit_annotations = visit_variant = visit_open
    visit_locator = visit_locator_end = visit_pagebreak = visit_call = visit_apparatus_list = visit_leaf

    def depart_variant(self, node: nodes.Element) -> None:
        """Close the edition's words and write the witness's."""
        self.body.append(str(MACROS.variant_end(node)))

    def depart_annotation(self, _node: nodes.Element) -> None:
        """Close a note."""
        self.body.append("</aside>\n")

    def depart_annotations(self, _node: nodes.Element) -> None:
        """Close the editors' notes of a page."""
        self.body.append("</section>\n")

    def visit_citation(self, node: nodes.citation) -> None:
        """Write a bibliography entry as an item of the list: docutils' role for it has been withdrawn by the W3C."""
        super().visit_citation(node)
        self.body[-1] = self.body[-1].replace("doc-biblioentry", "listitem")

    def depart_colspec(self, _node: nodes.Element) -> None:
        """Write no widths: they would be inline styles, which the page's policy forbids."""

    def visit_title(self, node: nodes.title) -> None:
        """Give the caption of a table of contents the level that its role asks for."""
        super().visit_title(node)
        self.body[-2:] = [part.replace('role="heading"', 'role="heading" aria-level="2"') for part in self.body[-2:]]

    def add_permalink_ref(self, node: nodes.Element, title: str) -> None:
        """Write a heading's link for the mouse only, so that it is no part of the heading's name."""
        if node["ids"] and self.config.html_permalinks and self.builder.add_permalinks:
            hidden = f'aria-hidden="true" tabindex="-1" title="{title}"'
            self.body.append(f'<a class="headerlink" href="#{node["ids"][0]}" {hidden}>¶</a>')


def setup(app: Sphinx) -> None:
    """Make the HTML builder write our nodes."""
    app.set_translator("html", EditionTranslator)
