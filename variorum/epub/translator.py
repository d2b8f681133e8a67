"""What a document looks like in the ePub: the translator, and the transform that takes web furniture out."""

import re
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from variorum.config import shown_in
from variorum.doctree import elements
from variorum.epub.tables import list_rows
from variorum.nodes import annotation, call, pagebreak, variant
from variorum.writing.language import with_direction


class EpubTranslator(HTML5Translator):
    """Write a document as XHTML for reading systems."""

    def starttag(self, *args: Any, **attributes: Any) -> str:
        """Return a start tag; a language is also said in XML's way, which some reading systems alone know."""
        tag = with_direction(super().starttag(*args, **attributes), self.config.language)
        return re.sub(r' lang="([^"]*)"', r' lang="\1" xml:lang="\1"', tag, count=1)

    def visit_document(self, node: nodes.document) -> None:
        """Find the last part of each variant: there its closing bracket stands."""
        super().visit_document(node)
        self.shown = shown_in(self.config, "page")
        self.last_parts = {part["at"]: part for part in node.findall(variant)}

    def visit_section(self, node: nodes.section) -> None:
        """Tell of the outermost section what it is in the book."""
        self.section_level += 1
        builder: Any = self.builder
        attributes = builder.division_attributes(builder.current_docname) if self.section_level == 1 else {}
        self.body.append(self.starttag(node, "section", **attributes))

    def visit_compound(self, node: nodes.compound) -> None:
        """Leave out lists of the documents below one: the book has its contents."""
        if "toctree-wrapper" in node["classes"]:
            raise nodes.SkipNode
        super().visit_compound(node)

    def piece(self, name: str, node: nodes.Element, *values: str) -> str:
        """Return what the macro ``name`` of ``templates/nodes.xhtml.jinja`` makes of a node."""
        return str(getattr(self.builder.macros, name)(node, *values))  # type: ignore[attr-defined]

    def visit_leaf(self, node: nodes.Element) -> None:
        """Write a node that is all one piece."""
        self.body.append(self.piece(type(node).__name__, node))
        raise nodes.SkipNode

    visit_locator = visit_locator_end = visit_line_break = visit_pagebreak = visit_call = visit_apparatus_list = (
        visit_leaf
    )

    # -- verse

    def visit_verse_line(self, node: nodes.Element) -> None:
        """Open a line of verse, which the style sheet sets in."""
        self.body.append(self.piece("verse_line", node))

    def depart_verse_line(self, node: nodes.Element) -> None:
        """Close a line of verse; where no style sheet is at work, a break parts it from the next."""
        is_last = node.next_node(type(node), descend=False, siblings=True) is None
        self.body.append("</span>" if is_last else "</span><br/>")

    # -- notes

    def visit_annotations(self, node: nodes.Element) -> None:
        """Open the editors' notes: a section that can be read in sequence, whose notes also open as pop-ups."""
        self.body.append(self.piece("annotations", node))

    def depart_annotations(self, _node: nodes.Element) -> None:
        """Close the editors' notes."""
        self.body.append("</section>\n")

    def visit_annotation(self, node: nodes.Element) -> None:
        """Open a note, which begins with its sign, the way back to its call."""
        self.body.append(self.piece("annotation", node))
        if not isinstance(node.next_node(descend=True), nodes.paragraph):
            self.body.append(f"<p>{self.piece('way_back', node)}</p>\n")

    def depart_annotation(self, _node: nodes.Element) -> None:
        """Close a note."""
        self.body.append("</div>\n")

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        """Begin the first paragraph of a note with its sign."""
        super().visit_paragraph(node)
        if isinstance(node.parent, annotation) and node.parent.index(node) == 0:
            self.body.append(self.piece("way_back", node.parent))

    # -- the apparatus

    def visit_variant(self, node: nodes.Element) -> None:
        """Link a departure that concerns the reader to its entry in the apparatus; other departures are plain text."""
        opens = closes = ""
        if node["kind"] in self.shown and node["first"]:
            uri = self.builder.entry_uri(node["ids"][0])  # type: ignore[attr-defined]
            # links cannot stand in links, and an omission has no words: then a mark after the place is the link
            if uri and (not node.children or any(node.findall(call))):
                opens = self.starttag(node, "span", "", CLASS="variant")
                closes = f"{self.piece('mark', node, uri)}</span>"
            elif uri:
                opens, closes = self.starttag(node, "a", "", CLASS=f"variant {node['kind']}", href=uri), "</a>"
        is_supplied = node["kind"] == "supplied" and node["first"]
        self.body.append(f'{opens}<span class="bracket">⟨</span>' if is_supplied else opens)
        self.context.append(closes)

    def depart_variant(self, node: nodes.Element) -> None:
        """Close a departure; words that the editors supplied end with a bracket."""
        if node["kind"] == "supplied" and self.last_parts[node["at"]] is node:
            self.body.append('<span class="bracket">⟩</span>')
        self.body.append(self.context.pop())

    # -- registers and links

    def visit_definition_list_item(self, node: nodes.Element) -> None:
        """Open an entry of a register: headword and text in one element, so that a pop-up shows both."""
        self.body.append(self.starttag(node, "div") if node["ids"] else "")

    def depart_definition_list_item(self, node: nodes.Element) -> None:
        """Close an entry of a register."""
        self.body.append("</div>\n" if node["ids"] else "")

    def visit_reference(self, node: nodes.Element) -> None:
        """Write a link with its address alone: titles would be read aloud, and Sphinx's classes are for the web."""
        node["classes"] = [name for name in node["classes"] if name == "mention"]
        self.body.append(self.starttag(node, "a", "", href=node.get("refuri") or f"#{node['refid']}"))


class PlainPages(SphinxPostTransform):
    """Free headings of page breaks, list the rows of wide tables, and unlink what is touched by mistake.

    Of the mentions only the first of a person or body in each section stays a link: on a small screen a touch turns
    the page, and the index has them all. Links in and around a variant that is itself a link are undone. The id of
    a register's headword moves to its entry, the whole of which a pop-up then shows.

    Priority 190: after references and mentions are links. (Widgets stand on the web's front page alone.)
    """

    default_priority = 190
    builders = ("epub",)

    def run(self, **_kwargs: object) -> None:
        """Change the tree."""
        for title in self.document.findall(nodes.title):
            for page in elements(title, pagebreak):
                page.parent.remove(page)
                title.parent.insert(title.parent.index(title), page)
        for term in self.document.findall(nodes.term):
            if "register" in term.parent.parent["classes"]:
                term.parent["ids"], term["ids"] = term["ids"], []
        for section in self.document.findall(nodes.section):
            unlink_repeated(section)
        list_rows(self.document)
        shown = shown_in(self.config, "page")
        for node in elements(self.document, variant):
            around = [node.parent] if isinstance(node.parent, nodes.reference) else []
            for link in [*around, *elements(node, nodes.reference)] if node["kind"] in shown else ():
                dissolve(link)


def dissolve(node: nodes.Element) -> None:
    """Put a node's children in its place."""
    node.parent.replace(node, node.children)


def unlink_repeated(section: nodes.section) -> None:
    """Undo the links of all but the first mention of an entry in a section, subsections aside."""
    seen = set()
    blocks = [block for block in section.children if not isinstance(block, nodes.section)]
    for link in [link for block in blocks for link in elements(block, nodes.reference) if "mention" in link["classes"]]:
        if link["refuri"] in seen:
            dissolve(link)
        seen.add(link["refuri"])
