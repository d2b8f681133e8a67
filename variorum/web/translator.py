"""What the edition's nodes look like in HTML.

The ePub has a translator of its own: handlers given with ``add_node(html=...)`` would be forced upon it.
"""

from pathlib import Path

import jinja2
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.writers.html5 import HTML5Translator

from variorum.config import classes
from variorum.i18n import translate

LOADER = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
TEMPLATES = jinja2.Environment(loader=LOADER, autoescape=jinja2.select_autoescape(), trim_blocks=True)
translate(TEMPLATES)
TEMPLATES.policies["json.dumps_kwargs"] = {"ensure_ascii": False}


class EditionTranslator(HTML5Translator):
    """Writes the pages of the web edition."""

    def piece(self, name: str, node: nodes.Element) -> str:
        """Return what the macro ``name`` of ``templates/nodes.html`` makes of a node."""
        return str(getattr(self.builder.macros, name)(node))  # type: ignore[attr-defined]

    def visit_open(self, node: nodes.Element) -> None:
        """Write what comes before a node's children."""
        self.body.append(self.piece(type(node).__name__, node))

    def visit_leaf(self, node: nodes.Element) -> None:
        """Write a node that is all one piece."""
        self.visit_open(node)
        raise nodes.SkipNode

    visit_annotation = visit_annotations = visit_variant = visit_verse_line = visit_open
    visit_locator = visit_locator_end = visit_line_break = visit_pagebreak = visit_call = visit_apparatus_list = (
        visit_leaf
    )

    def depart_variant(self, node: nodes.Element) -> None:
        """Close the edition's words and write the witness's."""
        self.body.append(self.piece("variant_end", node))

    def depart_verse_line(self, node: nodes.Element) -> None:
        """Close a line of verse; where no style sheet is at work, a break parts it from the next."""
        is_last = node.next_node(type(node), descend=False, siblings=True) is None
        self.body.append("</span>" if is_last else "</span><br>")

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


def name_classes(_app: Sphinx, config: Config) -> None:
    """Tell the style sheet of the list of an apparatus which classes there are (event config-inited)."""
    config.html_context = {**config.html_context, "departure_classes": tuple(classes(config))}


def prepare_macros(app: Sphinx) -> None:
    """Give the builder what the nodes look like: a macro of the name of each (event builder-inited)."""
    if app.builder.name == "html":
        said = {"departure_classes": classes(app.config)}
        app.builder.macros = TEMPLATES.get_template("nodes.html").make_module(said)  # type: ignore[attr-defined]


def setup(app: Sphinx) -> None:
    """Make the HTML builder write our nodes."""
    app.connect("config-inited", name_classes)
    app.connect("builder-inited", prepare_macros)
    app.set_translator("html", EditionTranslator)
