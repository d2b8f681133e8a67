"""The book: what the edition's nodes look like in LaTeX.

The tree is made ready for the printed page in `layout`; the look of every command is in `tex/edition.sty`.
"""

from collections.abc import Callable

from docutils import nodes as base
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.latex import LaTeXBuilder
from sphinx.util.nodes import inline_all_toctrees, traverse_parent
from sphinx.writers.latex import LaTeXTranslator

from variorum import nodes
from variorum.book import layout
from variorum.doctree import elements
from variorum.whole.written import WholeBook

Writer = Callable[[LaTeXTranslator, base.Element], str]
"""Returns the LaTeX of a node."""
WORKS_CITED = ("/bibliography", "/literature")
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


def locator(self: LaTeXTranslator, node: base.Element) -> str:
    r"""Set the locator in the outer margin; its names are the paragraph's ids and ``C.1.12``."""
    ids = next((block["ids"] for block in traverse_parent(node, base.paragraph)), ())
    names = "".join(self.hypertarget(node_id, anchor=False) for node_id in ids)
    return command("EdLocator", node["siglum"], node["place"]) + f"{names}%\n"


def pagebreak(self: LaTeXTranslator, node: base.Element) -> str:
    """Mark where a page of the source begins; a page that was inferred stands in brackets."""
    number = self.encode(str(node["page"]))
    return command("EdPageBreak", f"[{number}]" if node.get("inferred") else number, first_id(self, node))


def call(self: LaTeXTranslator, node: base.Element) -> str:
    """Set a call: a superior figure for the editors, the source's own sign in brackets."""
    name = "EdCall" if node["series"] == "editors" else "EdSourceCall"
    return command(name, self.encode(node["sign"]), target(self, node), first_id(self, node))


def reading(self: LaTeXTranslator, node: base.Element) -> tuple[str, str]:
    """Return the lemma of a variant and what an apparatus says of it."""
    if node["lemma"] == node["reading"]:
        says = command("EdSays", "sic")
    else:
        says = self.encode(node["shown_reading"]) or command("EdSays", "om.")
    return self.encode(node["shown"]), says


def remark(self: LaTeXTranslator, node: base.Element, kind: str, *, certainty: bool) -> str:
    """Return the editors' reason for a variant, after its class and certainty."""
    certain = f"{node['certainty']} certainty" if certainty and node.get("certainty") else ""
    text = "; ".join(part for part in (kind, certain, self.encode(node["reason"])) if part)
    return command("EdRemark", text) if text else ""


def foot_reading(self: LaTeXTranslator, node: base.Element) -> str:
    """Set a reading at the page foot, keyed to locator and lemma."""
    shown, says = reading(self, node)
    reason = remark(self, node, "", certainty=node["kind"] == "doubtful")
    return command("EdReading", node["place"], shown, says + reason)


def apparatus_entry(self: LaTeXTranslator, node: base.Element) -> str:
    """Set one row of the whole apparatus; most are errors of the scan, and the list says so once."""
    shown, says = reading(self, node)
    reason = remark(self, node, "" if node["kind"] == "scan" else node["kind"], certainty=True)
    return command("EdEntry", node["place"], target(self, node), shown, says + reason) + "\n"


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


class BookBuilder(WholeBook, LaTeXBuilder):
    """Writes the book, if it has changed."""

    name = "latex"


class TextsBuilder(BookBuilder):
    """Writes a book of each text by itself: introduction, text, apparatus, and the works that they cite."""

    name = "texts"

    def init_document_data(self) -> None:
        """List the texts."""
        self.document_data = [
            (name, f"{meta['witness']}.tex", meta["title"], meta["author"], "manual", False)
            for name, meta in sorted(self.env.metadata.items())
            if "copy-text" in meta  # a piece of a text has none
        ]

    def assemble_doctree(self, indexfile: str, toctree_only: bool, appendices: list[str]) -> base.document:  # noqa: ARG002, FBT001 - Sphinx's
        """Return the whole edition's index, with the pages of one text and the bibliography only."""
        root, name = self.config.root_doc, indexfile.rpartition("/")[2]
        tree = self.env.get_doctree(root)
        tree["docname"] = root
        for toctree in elements(tree, addnodes.toctree):
            wanted = [page for page in toctree["includefiles"] if page.endswith((f"/{name}", *WORKS_CITED))]
            toctree["includefiles"] = wanted
        self.docnames = {root}
        book = inline_all_toctrees(self, self.docnames, root, tree, str, [root])
        self.env.resolve_references(book, root, self)
        whole = command("EdSingle", self.config.project, self.config.author, self.env.metadata[indexfile]["siglum"])
        self.context["preamble"] = self.config.latex_elements["preamble"] + whole
        return book


def setup(app: Sphinx) -> None:
    """Teach the LaTeX builder the edition's nodes, and a second builder to write the texts one by one."""
    app.add_builder(BookBuilder, override=True)
    app.add_builder(TextsBuilder)
    for node, latex in LEAVES.items():
        app.add_node(node, override=True, latex=(writes(latex, leaf=True), None))
    for node, (opens, closes) in BRANCHES.items():
        app.add_node(node, override=True, latex=(writes(opens), writes(closes)))
    app.add_post_transform(layout.PreparePage)
