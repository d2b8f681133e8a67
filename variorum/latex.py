"""The book: what the edition's nodes look like in LaTeX.

The tree is made ready for the printed page in `page`; the look of every command is in `_latex/edition.sty`.
"""

from docutils import nodes as base
from sphinx.application import Sphinx
from sphinx.writers.latex import LaTeXTranslator

from variorum import nodes, page

SHOWN_WITHOUT = "om."
SHOWN_STET = "sic"


def label(self: LaTeXTranslator, node_id: str) -> str:
    """Return the name of an id of the document being written, as Sphinx's own labels have it."""
    return self.idescape(f"{self.curfilestack[-1]}:{node_id}")


def target(self: LaTeXTranslator, node: base.Element) -> str:
    """Return the label that ``refid`` or ``refuri`` of a node points to, empty where it has neither."""
    if node.get("refid"):
        return label(self, node["refid"])
    uri = str(node.get("refuri", ""))
    if uri.startswith("#"):
        return label(self, uri[1:])
    return self.idescape(uri[1:].replace("#", ":")) if "#" in uri else ""


def first_id(self: LaTeXTranslator, node: base.Element) -> str:
    """Return the label of a node's own first id, empty where it has none."""
    return label(self, node["ids"][0]) if node.get("ids") else ""


def command(self: LaTeXTranslator, name: str, *arguments: str) -> None:
    """Write a LaTeX command with its arguments, which are LaTeX already."""
    self.body.append(f"\\{name}" + "".join(f"{{{argument}}}" for argument in arguments))


def depart_nothing(_self: LaTeXTranslator, _node: base.Element) -> None:
    """Close a node that has nothing to close."""


def depart_brace(self: LaTeXTranslator, _node: base.Element) -> None:
    """Close the last argument of a command."""
    self.body.append("}")


def visit_locator(self: LaTeXTranslator, node: base.Element) -> None:
    r"""Set the locator in the outer margin; its names are the paragraph's ids and ``C.1.12``."""
    command(self, "EdLocator", node["siglum"], node["place"])
    if isinstance(node.parent, base.paragraph):
        self.body.extend(self.hypertarget(node_id, anchor=False) for node_id in node.parent["ids"])
    self.body.append("%\n")


def visit_locator_end(self: LaTeXTranslator, _node: base.Element) -> None:
    """Tell the running head that no paragraph is open."""
    command(self, "EdLocatorEnd", "")


def visit_pagebreak(self: LaTeXTranslator, node: base.Element) -> None:
    """Mark where a page of the source begins; a page that was inferred stands in brackets."""
    page_number = self.encode(str(node["page"]))
    command(self, "EdPageBreak", f"[{page_number}]" if node.get("inferred") else page_number, first_id(self, node))


def visit_variant(self: LaTeXTranslator, node: base.Element) -> None:
    """Name the place and open the angle bracket of supplied words."""
    if node.get("ids"):
        command(self, "EdAnchor", first_id(self, node))
    if node.get("opens"):
        command(self, "EdSuppliedOpen", "")


def depart_variant(self: LaTeXTranslator, node: base.Element) -> None:
    """Close the angle bracket of supplied words."""
    if node.get("closes"):
        command(self, "EdSuppliedClose", "")


def visit_call(self: LaTeXTranslator, node: base.Element) -> None:
    """Set a call: a superior figure for the editors, the source's own sign in brackets."""
    name = "EdCall" if node["series"] == "editors" else "EdSourceCall"
    command(self, name, self.encode(node["sign"]), target(self, node), first_id(self, node))
    raise base.SkipNode


def visit_foot_note(self: LaTeXTranslator, node: base.Element) -> None:
    """Open a note of the editors at the page foot."""
    back = label(self, node["backref"]) if node.get("backref") else ""
    command(self, "EdFootNote", self.encode(node["sign"]), first_id(self, node), back)
    self.body.append("{")


def reading(self: LaTeXTranslator, node: base.Element) -> tuple[str, str]:
    """Return the lemma of a variant and what an apparatus says of it."""
    lemma, witness = node["lemma"], node["reading"]
    shown = self.encode(node["shown"])
    if lemma == witness:
        return shown, f"\\EdSays{{{SHOWN_STET}}}"
    return shown, self.encode(node["shown_reading"]) if witness else f"\\EdSays{{{SHOWN_WITHOUT}}}"


def remark(self: LaTeXTranslator, node: base.Element, *words: str) -> str:
    """Return the editors' reason for a variant, after some words of classification."""
    parts = [*words, self.encode(node["reason"])]
    text = "; ".join(part for part in parts if part)
    return f"\\EdRemark{{{text}}}" if text else ""


def visit_foot_reading(self: LaTeXTranslator, node: base.Element) -> None:
    """Set a reading at the page foot, keyed to locator and lemma."""
    shown, says = reading(self, node)
    words = [node["certainty"] + " certainty"] if node["kind"] == "doubtful" and node.get("certainty") else []
    command(self, "EdReading", node["place"], shown, says + remark(self, node, *words))
    raise base.SkipNode


def visit_apparatus_list(self: LaTeXTranslator, _node: base.Element) -> None:
    """Open the whole apparatus of a text: small, run in, in columns."""
    self.body.append("\n\\begin{EdApparatus}\n")


def depart_apparatus_list(self: LaTeXTranslator, _node: base.Element) -> None:
    """Close the whole apparatus of a text."""
    self.body.append("\n\\end{EdApparatus}\n")


def visit_apparatus_entry(self: LaTeXTranslator, node: base.Element) -> None:
    """Set one row of the whole apparatus."""
    shown, says = reading(self, node)
    # most are errors of the scan, and the list says so once
    kind = "" if node["kind"] == "scan" else node["kind"]
    words = [kind, f"{node['certainty']} certainty" if node.get("certainty") else ""]
    command(self, "EdEntry", node["place"], target(self, node), shown, says + remark(self, node, *words))
    self.body.append("\n")
    raise base.SkipNode


def visit_annotation(self: LaTeXTranslator, node: base.Element) -> None:
    """Open a note of the source, in its place: small, with its sign, which leads back to the call."""
    back = label(self, node["backrefs"][0]) if node.get("backrefs") else ""
    self.body.append("\n")
    command(self, "begin", "EdSourceNote")
    self.body.append(f"{{{self.encode(node['sign'])}}}{{{first_id(self, node)}}}{{{back}}}\n")


def depart_annotation(self: LaTeXTranslator, _node: base.Element) -> None:
    """Close a note of the source."""
    self.body.append("\n\\end{EdSourceNote}\n")


def visit_hoisted(self: LaTeXTranslator, _node: base.Element) -> None:
    """Open what had to leave a box and found no paragraph to stand in."""
    self.body.append("\n\\EdHoisted{%\n")


def visit_destination(self: LaTeXTranslator, node: base.Element) -> None:
    r"""Name a heading or a term by its locator, ``C.1.0``, and by its own ids."""
    command(self, "EdDestination", f"{node['siglum']}.{node['place']}", first_id(self, node))


def visit_superscript(self: LaTeXTranslator, _node: base.Element) -> None:
    """Open superior letters; Sphinx's own are mathematics and bring in another face."""
    self.body.append("\\textsuperscript{")


def visit_subscript(self: LaTeXTranslator, _node: base.Element) -> None:
    """Open inferior letters, likewise."""
    self.body.append("\\textsubscript{")


def visit_attribution(self: LaTeXTranslator, _node: base.Element) -> None:
    """Open the name under a quotation; Sphinx's dash is three hyphens in this face."""
    self.body.append("\n\\EdAttribution{")


VISITORS = {
    nodes.locator: (visit_locator, depart_nothing),
    nodes.locator_end: (visit_locator_end, depart_nothing),
    nodes.pagebreak: (visit_pagebreak, depart_nothing),
    nodes.variant: (visit_variant, depart_variant),
    nodes.call: (visit_call, depart_nothing),
    nodes.annotation: (visit_annotation, depart_annotation),
    nodes.apparatus_list: (visit_apparatus_list, depart_apparatus_list),
    nodes.apparatus_entry: (visit_apparatus_entry, depart_nothing),
    page.foot_note: (visit_foot_note, depart_brace),
    page.foot_reading: (visit_foot_reading, depart_nothing),
    page.hoisted: (visit_hoisted, depart_brace),
    page.destination: (visit_destination, depart_nothing),
    base.attribution: (visit_attribution, depart_brace),
    base.superscript: (visit_superscript, depart_brace),
    base.subscript: (visit_subscript, depart_brace),
}


def setup_latex(app: Sphinx) -> None:
    """Teach the LaTeX builder the edition's nodes."""
    for node, visitors in VISITORS.items():
        app.add_node(node, override=True, latex=visitors)
    page.setup_page(app)
