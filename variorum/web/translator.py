"""What the edition's nodes look like in HTML.

The ePub has a translator of its own: handlers given with ``add_node(html=...)`` would be forced upon it.
"""

import re
from pathlib import Path
from typing import Any

import jinja2
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.nodes import traverse_parent
from sphinx.writers.html5 import HTML5Translator

from variorum import nodes as edition_nodes
from variorum.config import classes
from variorum.domain import edition
from variorum.i18n import translate
from variorum.web.letters import letters_of_bibliography, letters_of_index, letters_of_register
from variorum.writing.language import with_direction

LOADER = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
TEMPLATES = jinja2.Environment(loader=LOADER, autoescape=jinja2.select_autoescape(), trim_blocks=True)
translate(TEMPLATES)
TEMPLATES.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
TEMPLATES.filters["bibtex"] = lambda words: re.sub(r"([&%#_$])", r"\\\1", words)


class EditionTranslator(HTML5Translator):
    """Writes the pages of the web edition."""

    def starttag(self, *args: Any, **attributes: Any) -> str:
        """Return a start tag; words of a language that runs the other way say so."""
        return with_direction(super().starttag(*args, **attributes), self.config.language)

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
    visit_locator = visit_locator_end = visit_line_break = visit_call = visit_leaf
    visit_apparatus_list = visit_parallel = visit_leaf

    def visit_pagebreak(self, node: nodes.Element) -> None:
        """Write where a page of the source begins; one that begins in a heading stands before it."""
        if not any(traverse_parent(node, nodes.title)):
            self.visit_open(node)
        raise nodes.SkipNode

    def depart_variant(self, node: nodes.Element) -> None:
        """Close the edition's words and write the witness's."""
        self.body.append(self.piece("variant_end", node))

    def depart_verse_line(self, node: nodes.Element) -> None:
        """Close a line of verse; where no style sheet is at work, a break parts it from the next."""
        is_last = node.next_node(type(node), descend=False, siblings=True) is None
        self.body.append("</span>" if is_last else "</span><br>")

    def depart_annotation(self, node: nodes.Element) -> None:
        """Close a note."""
        here = edition(self.builder.env).documents[self.builder.current_docname]
        for called in here.calls:
            if called.anchor in node["backrefs"] and here.siglum:
                node.setdefault("called_at", f"{here.siglum} {called.place}")
        self.body.append(self.piece("annotation_end", node))

    def depart_annotations(self, _node: nodes.Element) -> None:
        """Close the editors' notes of a page."""
        self.body.append("</section>\n")

    def visit_citation(self, node: nodes.citation) -> None:
        """Write a bibliography entry as an item of the list: docutils' role for it has been withdrawn by the W3C."""
        super().visit_citation(node)
        self.body[-1] = self.body[-1].replace("doc-biblioentry", "listitem")

    def visit_definition_list(self, node: nodes.definition_list) -> None:
        """Write a list of terms; before a register, the ways to its letters or years."""
        if "register" in node["classes"]:
            self._write_letters(letters_of_register(node, self.builder.env))
        super().visit_definition_list(node)

    def visit_bullet_list(self, node: nodes.bullet_list) -> None:
        """Write a list; before a bibliography and an index, the ways to their letters."""
        if "bibliography" in node["classes"]:
            self._write_letters(letters_of_bibliography(node))
        elif "general-index" in node["classes"]:
            self._write_letters(letters_of_index(node))
        super().visit_bullet_list(node)

    def _write_letters(self, letters: dict[str, str]) -> None:
        if len(letters) > 1:
            self.body.append(str(self.builder.macros.letters(letters)))  # type: ignore[attr-defined]

    def depart_term(self, node: nodes.Element) -> None:
        """Write a term's link, by which it is cited; in an edited text it has its locator."""
        if "place" not in node:
            self.add_permalink_ref(node, "")
        super().depart_term(node)

    def visit_reference(self, node: nodes.Element) -> None:
        """Write a link; what it leads to is told by a card, which keys and fingers open too, and not by a title."""
        node.attributes.pop("reftitle", None)
        super().visit_reference(node)

    # A narrow window shows the rows of a table as blocks, in which each cell has the head of its column.

    def visit_table(self, node: nodes.table) -> None:
        """Write a table, and keep the words of its head for the cells."""
        cells = [cell for head in node.findall(nodes.thead) for cell in head.findall(nodes.entry)]
        heads = [" ".join(cell.astext().split()) for cell in cells]
        self.heads = heads if "matrix" not in node["classes"] else []
        super().visit_table(node)

    def visit_entry(self, node: nodes.entry) -> None:
        """Write a cell."""
        column: int = getattr(node.parent, "column")  # noqa: B009 - docutils keeps it on the row
        super().visit_entry(node)
        said = self.body[-1]
        if isinstance(node.parent.parent, nodes.thead):
            self.body[-1] = said.replace("<th", '<th scope="col"', 1)
        elif said.startswith("<th"):
            self.body[-1] = said.replace("<th", '<th scope="row"', 1)
        elif column and column < len(self.heads) and self.heads[column]:
            label = self.attval(self.heads[column])
            self.body[-1] = said.replace("<td", f'<td data-head="{label}"', 1)

    def depart_colspec(self, _node: nodes.Element) -> None:
        """Write no widths: they would be inline styles, which the page's policy forbids."""

    def visit_title(self, node: nodes.title) -> None:
        """Keep page breaks out of a heading's name; give the caption of a contents the level that its role asks for."""
        for pagebreak in node.findall(edition_nodes.pagebreak):
            self.body.append(self.piece("pagebreak", pagebreak))
        super().visit_title(node)
        self.body[-2:] = [part.replace('role="heading"', 'role="heading" aria-level="2"') for part in self.body[-2:]]

    def add_permalink_ref(self, node: nodes.Element, title: str) -> None:  # noqa: ARG002 - Sphinx hands it over
        """Write a heading's link for the mouse only, so that it is no part of the heading's name."""
        if node["ids"] and self.config.html_permalinks and self.builder.add_permalinks:
            hidden = 'aria-hidden="true" tabindex="-1"'
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
