"""What the edition's nodes look like in HTML.

The ePub has a translator of its own: handlers given with ``add_node(html=...)`` would be forced upon it.
"""

from collections import Counter
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from variorum.nodes import apparatus_entry

LONG = 420
"""Characters: a longer note is folded in the margin."""

KINDS = {
    "scan": "an error of scanning",
    "print": "an error of printing",
    "supplied": "words supplied",
    "doubtful": "doubtful",
    "break": "a word broken at the end of a line",
}
"""The classes of departure, in the order of their boxes, and what a reader is told."""


def _signed(node: nodes.Element) -> str:
    """Return a note's sign as it stands in the text: ``7`` the editors', ``[7]`` the source's."""
    sign = node["sign"]
    return escape(sign if node["series"] == "editors" else node.get("printed") or f"[{sign}]")


def _bare(signed: str) -> str:
    """Return a class for a sign that is a figure or letter by itself: the style sheet gives the source's a bracket."""
    return " bare" if signed.isalnum() else ""


def _named(node: nodes.Element) -> str:
    """Return what a screen reader calls a note."""
    return ("Note " if node["series"] == "editors" else "The source’s note ") + _signed(node)


def _anchor(node: nodes.Element) -> str:
    """Return the id a locator points to: the paragraph's own, before any a section or a link gave it."""
    ids = node.parent["ids"] or node.parent.parent["ids"]
    return str(next((i for i in ids if i.startswith("p") and i[1:2].isdigit()), ids[0]))


def _apart(lemma: str, reading: str) -> str:
    """Return the witness's words so that they touch no word beside them, where the edition's mark or nothing stands."""
    before = " " if reading[:1].isalnum() and not lemma[:1].isalnum() else ""
    after = " " if reading[-1:].isalnum() and not lemma[-1:].isalnum() else ""
    return f"{before}{reading}{after}" or " "


class EditionTranslator(HTML5Translator):
    """Writes the pages of the web edition."""

    def visit_locator(self, node: nodes.Element) -> None:
        """Write the paragraph's number: a link, out of the tab order (hundreds of them) and of what is copied."""
        place = escape(node["place"])
        name = f"{escape(node['siglum'])} {place}"
        self.body.append(
            f'<a class="locator" href="#{_anchor(node)}" tabindex="-1" data-locator="{name}" '
            f'aria-label="{name}, cite">{place}</a>'
        )
        raise nodes.SkipNode

    def visit_locator_end(self, _node: nodes.Element) -> None:
        """Write nothing: it serves running heads on paper."""
        raise nodes.SkipNode

    def visit_pagebreak(self, node: nodes.Element) -> None:
        """Write where a page of the source begins; a number that was counted, not seen, stands in brackets."""
        page = escape(str(node["page"]))
        anchor = f' id="{node["ids"][0]}"' if node["ids"] else ""
        name = f"page {page} of {escape(node['source'])}" + (" (inferred)" if node["inferred"] else "")
        page = f"[{page}]" if node["inferred"] else page
        self.body.append(
            f'<span class="pagebreak"{anchor} role="doc-pagebreak" aria-label="{name}" title="{name}">{page}</span>'
        )
        raise nodes.SkipNode

    def visit_variant(self, node: nodes.Element) -> None:
        """Write the edition's words, the witness's beside them unseen; what is known of the place as data."""
        atts: dict[str, Any] = {"class": f"variant {node['kind']}"}
        if node["first"]:
            certainty = node.get("certainty") and f"certainty {node['certainty']}"
            atts["data-why"] = "; ".join(filter(None, (KINDS[node["kind"]], certainty, node.get("reason"))))
            atts["data-shown"] = node.get("shown_reading") or node["reading"]
        self.body.append(self.starttag(node, "span", "", **atts))
        self.body.append('<span class="lemma">' if node.children else "")

    def depart_variant(self, node: nodes.Element) -> None:
        """Close the edition's words and write the witness's."""
        self.body.append("</span>" if node.children else "")
        if node["first"]:
            self.body.append(f'<span class="reading" hidden>{_apart(node["lemma"], escape(node["reading"]))}</span>')
        self.body.append("</span>")

    def visit_call(self, node: nodes.Element) -> None:
        """Write a note's call; one whose note the witness has lost is no link."""
        signed, tag = _signed(node), "sup" if node["series"] == "editors" else "span"
        if node.get("refid") or node.get("refuri"):
            href = node["refuri"] if node.get("refuri") else f"#{node['refid']}"
            inner = (
                f'<a id="{node["ids"][0]}" href="{escape(href)}" role="doc-noteref" '
                f'aria-label="{_named(node)}">{signed}</a>'
            )
        else:
            inner = f'<span class="orphan" id="{node["ids"][0]}" title="the witness has lost this note">{signed}</span>'
        self.body.append(f'<{tag} class="call {node["series"]}{_bare(signed)}">{inner}</{tag}>')
        raise nodes.SkipNode

    def visit_annotation(self, node: nodes.Element) -> None:
        """Write a note: where it stands without script; the script sets it in the margin or opens it as a popover."""
        long = " long" if len(node.astext()) > LONG else ""
        self.body.append(
            f'<aside id="{node["ids"][0]}" class="annotation {node["series"]}{_bare(_signed(node))}{long}" '
            f'role="doc-footnote" tabindex="-1" popover aria-label="{_named(node)}">'
        )
        signed = _signed(node)
        for number, back in enumerate(node["backrefs"]):
            shown = signed if number == 0 else "↑" + "abcdefghijklmnopqrstuvwxyz"[number % 26]
            self.body.append(
                f'<a class="{"back" if number else "sign"}" href="#{back}" role="doc-backlink" '
                f'aria-label="{shown}, back to the text">{shown}</a>'
            )
        if not node["backrefs"]:
            self.body.append(f'<span class="sign">{signed}</span>')

    def depart_annotation(self, _node: nodes.Element) -> None:
        """Close a note."""
        self.body.append("</aside>\n")

    def visit_annotations(self, _node: nodes.Element) -> None:
        """Open the editors' notes of a page."""
        self.body.append('<section class="annotations" aria-labelledby="editors-notes">')
        self.body.append('<h2 id="editors-notes">Editors’ notes</h2>\n')

    def depart_annotations(self, _node: nodes.Element) -> None:
        """Close the editors' notes of a page."""
        self.body.append("</section>\n")

    def visit_apparatus_list(self, node: nodes.Element) -> None:
        """Write the apparatus as a table; the boxes filter it by class with the style sheet alone."""
        count = Counter(entry["kind"] for entry in node.findall(apparatus_entry))
        boxes = "".join(
            f'<label><input type="checkbox" id="show-{kind}" checked> {kind} <small>{count[kind]}</small></label>'
            for kind in KINDS
            if count[kind]
        )
        self.body.append(
            f'<div class="filters" role="group" aria-label="Classes shown">{boxes}</div>\n<table class="apparatus">'
            "<thead><tr><th>Place</th><th>Edition</th><th>Witness</th><th>Class and reason</th></tr></thead><tbody>\n"
        )

    def depart_apparatus_list(self, _node: nodes.Element) -> None:
        """Close the table."""
        self.body.append("</tbody></table>\n")

    def visit_apparatus_entry(self, node: nodes.Element) -> None:
        """Write one row of the apparatus."""
        why = node["kind"] + (f", certainty {escape(node['certainty'])}" if node.get("certainty") else "")
        reason = f": {escape(node['reason'])}" if node.get("reason") else ""
        self.body.append(
            f'<tr class="{node["kind"]}"><td><a href="{escape(node["refuri"])}">{escape(node["siglum"])} '
            f"{escape(node['place'])}</a></td><td>{escape(node.get('shown') or node['lemma']) or '<i>nothing</i>'}</td>"
            f"<td>{escape(node.get('shown_reading') or node['reading']) or '<i>nothing</i>'}</td>"
            f"<td>{why}{reason}</td></tr>\n"
        )
        raise nodes.SkipNode

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
            self.body.append(
                f'<a class="headerlink" href="#{node["ids"][0]}" aria-hidden="true" tabindex="-1" title="{title}">¶</a>'
            )


def setup_html(app: Sphinx) -> None:
    """Make the HTML builder write our nodes."""
    app.set_translator("html", EditionTranslator)
