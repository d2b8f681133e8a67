"""The body of a text in TEI: the tree of a document, node by node.

A locator becomes the ``xml:id`` of its block, a departure an ``app`` (TEI P5, 12: parallel segmentation), a call a
``ref`` (the source's, whose sign is part of the text) or a ``ptr`` (the editors'), a page of the source a ``pb``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from docutils import nodes

from variorum import nodes as ours
from variorum.tei.xml import Content, classes_of, element, identifier

#: Classes that say what a block is, and stand in ``rend``.
SPEAKING = ("signature", "byline", "caption", "letter", "theses", "verse", "supplied")
#: Nodes that bring nothing into the text: what the editors and the build put beside it.
SILENT = (
    nodes.comment,
    nodes.docinfo,
    nodes.field_list,
    nodes.substitution_definition,
    nodes.target,
    nodes.colspec,
    ours.locator,
    ours.locator_end,
    ours.annotations,
)
#: Nodes that become one element of TEI with their children in it.
SIMPLE: dict[type[nodes.Node], str] = {
    nodes.block_quote: "quote",
    nodes.bullet_list: "list",
    nodes.enumerated_list: "list",
    nodes.list_item: "item",
    nodes.definition: "item",
    nodes.table: "table",
    nodes.row: "row",
    nodes.entry: "cell",
    nodes.figure: "figure",
    nodes.caption: "p",
    nodes.attribution: "bibl",
    nodes.line_block: "lg",
    nodes.line: "l",
    nodes.paragraph: "p",
    nodes.title: "head",
    nodes.term: "label",
    nodes.section: "div",
}
#: Nodes that change the look of words.
LOOKS: dict[type[nodes.Node], str] = {
    nodes.emphasis: "italic",
    nodes.strong: "bold",
    nodes.superscript: "superscript",
    nodes.subscript: "subscript",
    nodes.literal: "monospace",
    nodes.title_reference: "italic",
}
#: Nodes of which TEI needs nothing but their children.
PASSED = (
    nodes.tgroup,
    nodes.thead,
    nodes.tbody,
    nodes.compound,
    nodes.container,
    nodes.definition_list_item,
    nodes.abbreviation,
    nodes.legend,
)


class NoTeiError(Exception):
    """A node that has no place in TEI yet."""

    def __init__(self, node: nodes.Element) -> None:
        """Keep the node, whose place in its file the message gives."""
        super().__init__(f"“{node.tagname}” cannot be written in TEI")
        self.node = node


@dataclass
class BodyWriter:
    """Writes the documents of one text."""

    siglum: str
    witness: str
    """``xml:id`` of the witness in the header."""
    target_of: Callable[[str], str]
    """Returns what a ``target`` says for an address within the edition; nothing where TEI holds no such place."""
    document: int = 0
    """Number of the document within its text: ids of notes begin with it."""

    def body_of(self, tree: nodes.document) -> list[ET.Element]:
        """Return the divisions of a document."""
        return [part for part in self.content(tree) if isinstance(part, ET.Element)]

    def notes_of(self, tree: nodes.document) -> list[ET.Element]:
        """Return the editors' notes of a document."""
        return [self._note(note) for note in tree.findall(ours.annotation) if note["series"] == "editors"]

    def content(self, node: nodes.Element) -> list[Content]:
        """Return what the children of a node become."""
        made: list[Content] = []
        for child in node.children:
            made += self.one(child)
        return made

    def one(self, node: nodes.Node) -> list[Content]:
        """Return what a node becomes; raise NoTeiError where there is no way to write it."""
        if isinstance(node, nodes.Text):
            return [str(node)]
        if isinstance(node, SILENT) or not isinstance(node, nodes.Element) or "toctree-wrapper" in node["classes"]:
            return []
        special: dict[type[nodes.Node], Callable[[nodes.Element], list[Content]]] = {
            ours.variant: self._variant,
            ours.call: self._call,
            ours.pagebreak: self._pagebreak,
            ours.verse_line: self._line,
            ours.line_break: lambda _node: [element("lb")],
            ours.annotation: lambda note: [self._note(note)],
            nodes.reference: self._reference,
            nodes.inline: self._inline,
            nodes.definition_list: lambda node: [element("list", *self.content(node), type="gloss")],
            nodes.transition: lambda _node: [element("milestone", unit="section", rend="rule")],
            nodes.image: self._image,
            nodes.admonition: lambda node: [element("floatingText", element("body", *self.content(node)), type="box")],
        }
        for kind, write in special.items():
            if isinstance(node, kind):
                return write(node)
        for kind, look in LOOKS.items():
            if isinstance(node, kind):
                return [element("hi", *self.content(node), rend=look)]
        if isinstance(node, PASSED):
            return self.content(node)
        name = SIMPLE.get(type(node))
        if isinstance(node, nodes.paragraph) and "verse" in node["classes"]:
            name = "lg"
        if name is None:
            raise NoTeiError(node)
        return [element(name, *self.content(node), **self._attributes(node))]

    def _attributes(self, node: nodes.Element) -> dict[str, str]:
        attributes = {"rend": classes_of(node, SPEAKING)}
        if "place" in node and "siglum" in node:
            attributes |= {"xml_id": identifier(node["siglum"], node["place"]), "n": node["place"]}
        if isinstance(node, (nodes.bullet_list, nodes.enumerated_list)):
            attributes["rend"] = classes_of(node, SPEAKING) or "bulleted"
        if "language" in node:
            attributes["xml_lang"] = node["language"]
        return attributes

    def _variant(self, node: nodes.Element) -> list[Content]:
        """Return a departure. Where the lemma crosses emphasis, the first part alone has the whole reading."""
        lemma = element("lem", *self.content(node), resp="#editors", cert=node["certainty"] if node["first"] else "")
        reading = element("rdg", node["reading"] if node["first"] else "", wit=f"#{self.witness}")
        parts: list[Content] = [lemma, reading]
        if node["first"] and node["reason"]:
            parts.append(element("note", node["reason"], type="reason", resp="#editors"))
        if node["first"]:
            return [element("app", *parts, ana=f"#class-{node['kind']}", n=node["at"])]
        return [element("app", *parts, ana=f"#class-{node['kind']}", type="continued")]

    def _call(self, node: nodes.Element) -> list[Content]:
        if node["series"] == "editors":
            target = f"#{self._id_of(node['refid'])}" if node.get("refid") else ""
            return [element("ptr", type="editors", target=target, xml_id=self._id_of(node["ids"][0]), n=node["sign"])]
        target = f"#{self._id_of(node['refid'])}" if node.get("refid") else ""
        if not target and node.get("refuri"):
            target = self.target_of(node["refuri"])
        return [element("ref", node["printed"], type="source", target=target, n=node["sign"])]

    def _line(self, node: nodes.Element) -> list[Content]:
        """Return a line of verse; ``rend`` says how many steps it is set in."""
        rend = f"indent-{node['indent']}" if node["indent"] else ""
        number = str(node["number"]) if node["number"] else ""
        return [element("l", *self.content(node), rend=rend, n=number)]

    def _pagebreak(self, node: nodes.Element) -> list[Content]:
        return [element("pb", n=str(node["page"]), edRef=f"#{self.witness}", cert="low" if node["inferred"] else "")]

    def _note(self, node: nodes.Element) -> ET.Element:
        """Return a note; the sign of the source's, which its witness prints, is its label."""
        content = self.content(node)
        if node["series"] == "source" and node.get("printed"):
            content.insert(0, element("label", node["printed"]))
        identity = self._id_of(node["ids"][0]) if node["ids"] else ""
        resp = "#editors" if node["series"] == "editors" else ""
        return element("note", *content, type=node["series"], xml_id=identity, n=node["sign"], resp=resp)

    def _reference(self, node: nodes.Element) -> list[Content]:
        address = node.get("refuri") or f"#{node.get('refid', '')}"
        if "mention" in node["classes"]:
            return [element("name", *self.content(node), ref=self.target_of(address))]
        target = self.target_of(address)
        return [element("ref", *self.content(node), target=target)] if target else self.content(node)

    def _inline(self, node: nodes.Element) -> list[Content]:
        """Return words; in the place of those that are withheld, how many they are."""
        if "withheld" in node["classes"]:
            return [element("gap", reason="withheld", unit="word", quantity=str(node["count"]))]
        return self.content(node)

    def _image(self, node: nodes.Element) -> list[Content]:
        """Return a picture with its description; one without words of the text beside it is a figure by itself."""
        picture: list[Content] = [element("graphic", url=node["uri"])]
        if node.get("alt"):
            picture.append(element("figDesc", node["alt"]))
        return picture if isinstance(node.parent, nodes.figure) else [element("figure", *picture)]

    def _id_of(self, anchor: str) -> str:
        """Return the ``xml:id`` of a note or call, which is one in all documents of the text."""
        return f"{self.siglum}-{self.document}-{anchor}"
