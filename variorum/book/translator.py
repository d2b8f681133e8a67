"""The book: what the edition's nodes look like in LaTeX.

The tree is made ready for the printed page in `layout`; the look of every command is in `tex/edition.sty`.
"""

from collections.abc import Callable

from docutils import nodes as base
from sphinx.application import Sphinx
from sphinx.util.nodes import traverse_parent
from sphinx.writers.latex import LaTeXTranslator

from variorum import nodes
from variorum.book import layout, proof
from variorum.i18n import _
from variorum.links import shown

#: Ligatures that Unicode has as characters: the face has them as glyphs, and sets them for the letters.
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬆ": "st"})
Writer = Callable[[LaTeXTranslator, base.Element], str]
"""Returns the LaTeX of a node."""
Visitor = Callable[[LaTeXTranslator, base.Element], None]


def command(name: str, *arguments: str) -> str:
    """Return a LaTeX command with its arguments, which are LaTeX already."""
    return f"\\{name}" + "".join(f"{{{argument}}}" for argument in arguments)


def label(self: LaTeXTranslator, node_id: str) -> str:
    """Return the name of an id of the document being written, as Sphinx's own labels have it; no name of no id."""
    return self.idescape(f"{self.curfilestack[-1]}:{node_id}") if node_id else ""


def first_id(self: LaTeXTranslator, node: base.Element) -> str:
    """Return the label of a node's own first id, empty where it has none."""
    return label(self, next(iter(node.get("ids", ())), ""))


def target(self: LaTeXTranslator, node: base.Element) -> str:
    """Return the label that ``refid`` or ``refuri`` of a node points to, empty where it has neither."""
    document, mark, anchor = str(node.get("refuri", "")).partition("#")
    if node.get("refid") or (mark and not document):
        return label(self, node.get("refid") or anchor)
    return self.idescape(f"{document[1:]}:{anchor}") if mark else ""


def place_shown(self: LaTeXTranslator, node: base.Element) -> str:
    """Return the locator of a node as it is printed."""
    return self.encode(shown(node["place"], self.config))


def locator(self: LaTeXTranslator, node: base.Element) -> str:
    r"""Set the locator in the outer margin; its names are the paragraph's ids and ``C.1.12``."""
    ids = next((block["ids"] for block in traverse_parent(node, base.paragraph)), ())
    names = "".join(self.hypertarget(node_id, anchor=False) for node_id in ids)
    return command("EdLocator", node["siglum"], node["place"], place_shown(self, node)) + f"{names}%\n"


def pagebreak(self: LaTeXTranslator, node: base.Element) -> str:
    """Mark where a page of the source begins; a page that was inferred stands in brackets."""
    number = self.encode(str(node["page"]))
    return command("EdPageBreak", f"[{number}]" if node.get("inferred") else number, first_id(self, node))


def call(self: LaTeXTranslator, node: base.Element) -> str:
    """Set a call: a superior figure for the editors, the source's own sign in brackets."""
    name = "EdCall" if node["series"] == "editors" else "EdSourceCall"
    parted = command("EdBetweenCalls", "") if node.get("beside") else ""
    return parted + command(name, self.encode(node["sign"]), target(self, node), first_id(self, node))


def reading(self: LaTeXTranslator, node: base.Element) -> tuple[str, str]:
    """Return the lemma of a variant and what an apparatus says of it."""
    if node["lemma"] == node["reading"]:
        says = command("EdSays", "sic")
    else:
        says = self.encode(node["shown_reading"].translate(LIGATURES)) or command("EdSays", _("om."))
    return self.encode(node["shown"].translate(LIGATURES)), says


def remark(self: LaTeXTranslator, node: base.Element, kind: str, *, certainty: bool) -> str:
    """Return the editors' reason for a variant, after its class and certainty."""
    certain = _("{} certainty").format(node["certainty"]) if certainty and node.get("certainty") else ""
    text = "; ".join(part for part in (kind, certain, self.encode(node["reason"])) if part)
    return command("EdRemark", text) if text else ""


def foot_reading(self: LaTeXTranslator, node: base.Element) -> str:
    """Set a reading at the page foot, keyed to locator and lemma."""
    shown, says = reading(self, node)
    reason = remark(self, node, "", certainty=node["kind"] == "doubtful")
    return command("EdReading", place_shown(self, node), shown, says + reason)


def apparatus_entry(self: LaTeXTranslator, node: base.Element) -> str:
    """Set one row of the whole apparatus; most are errors of the scan, and the list says so once."""
    shown, says = reading(self, node)
    reason = remark(self, node, "" if node["kind"] == "scan" else node["kind"], certainty=True)
    return command("EdEntry", place_shown(self, node), target(self, node), shown, says + reason) + "\n"


def destination(self: LaTeXTranslator, node: base.Element) -> str:
    r"""Name a heading or a term by its locator, ``C.1.0``, and by its own ids."""
    return command("EdDestination", f"{node['siglum']}.{node['place']}", first_id(self, node))


def open_variant(self: LaTeXTranslator, node: base.Element) -> str:
    """Name the place and open the angle bracket of supplied words."""
    name = command("EdAnchor", first_id(self, node)) if node.get("ids") else ""
    return name + (command("EdSuppliedOpen", "") if node.get("opens") else "")


def close_variant(_self: LaTeXTranslator, node: base.Element) -> str:
    """Close the angle bracket of supplied words."""
    return command("EdSuppliedClose", "") if node.get("closes") else ""


def open_foot_note(self: LaTeXTranslator, node: base.Element) -> str:
    """Open a note of the editors at the page foot."""
    back = label(self, node.get("backref", ""))
    return command("EdFootNote", self.encode(node["sign"]), first_id(self, node), back) + "{"


def open_annotation(self: LaTeXTranslator, node: base.Element) -> str:
    """Open a note of the source, in its place: small, with its sign, which leads back to the call."""
    back = label(self, next(iter(node.get("backrefs", ())), ""))
    return f"\n{command('begin', 'EdSourceNote', self.encode(node['sign']), first_id(self, node), back)}\n"


def open_verse_line(_self: LaTeXTranslator, node: base.Element) -> str:
    """Begin a line of verse: how many steps it is set in, and its number where one is printed."""
    return command("EdVerseLine", str(node["indent"]), str(node["number"] or ""))


#: Nodes without children of their own.
LEAVES: dict[type[base.Element], Writer | str] = {
    nodes.locator: locator,
    nodes.locator_end: command("EdLocatorEnd", ""),  # tells the running head that no paragraph is open
    nodes.line_break: r"\\{}",  # or a bracket that follows would be taken for its argument
    nodes.pagebreak: pagebreak,
    nodes.call: call,
    nodes.apparatus_entry: apparatus_entry,
    layout.foot_reading: foot_reading,
    layout.destination: destination,
}
#: Nodes with children: what stands before and after them.
BRANCHES: dict[type[base.Element], tuple[Writer | str, Writer | str]] = {
    nodes.variant: (open_variant, close_variant),
    layout.own: ("\\EdOwn{", "}"),
    nodes.verse_line: (open_verse_line, "\\par"),
    nodes.annotation: (open_annotation, "\n\\end{EdSourceNote}\n"),
    nodes.apparatus_list: ("\n\\begin{EdApparatus}\n", "\n\\end{EdApparatus}\n"),
    layout.foot_note: (open_foot_note, "}"),
    layout.hoisted: ("\n\\EdHoisted{%\n", "}"),
    base.attribution: ("\n\\EdAttribution{", "}"),  # Sphinx's dash is three hyphens in this face
    base.superscript: ("\\textsuperscript{", "}"),  # Sphinx's own is mathematics and brings in another face
    base.subscript: ("\\textsubscript{", "}"),
}


def writes(latex: Writer | str, *, leaf: bool = False) -> Visitor:
    """Return the visitor that writes some LaTeX of a node; the children of a leaf are not looked for."""

    def visit(self: LaTeXTranslator, node: base.Element) -> None:
        self.body.append(latex if isinstance(latex, str) else latex(self, node))
        if leaf:
            raise base.SkipNode

    return visit


def setup(app: Sphinx) -> None:
    """Teach the LaTeX builders the edition's nodes."""
    for node, latex in LEAVES.items():
        app.add_node(node, override=True, latex=(writes(latex, leaf=True), None))
    for node, (opens, closes) in BRANCHES.items():
        app.add_node(node, override=True, latex=(writes(opens), writes(closes)))
    app.add_post_transform(layout.PreparePage)
    app.connect("build-finished", proof.check_books, priority=100)
