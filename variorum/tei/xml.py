"""Elements of TEI, made so that no white space comes into mixed content."""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from docutils import nodes
from pybtex.richtext import HRef, String, Tag, Text

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
ET.register_namespace("", TEI)

Content = str | ET.Element


def element(name: str, *content: Content, **attributes: str) -> ET.Element:
    """Return an element of TEI; empty attributes are left out, ``xml_id`` stands for ``xml:id``, and so on.

    A keyword that Python keeps for itself has a line behind it: ``class_``.
    """
    made = ET.Element(f"{{{TEI}}}{name}")
    for key, value in attributes.items():
        if value:
            plain = key.rstrip("_")
            made.set(f"{{{XML}}}{plain[4:]}" if plain.startswith("xml_") else plain, value)
    append(made, content)
    return made


def append(parent: ET.Element, content: Iterable[Content]) -> None:
    """Put words and elements behind what a parent has."""
    for part in content:
        if isinstance(part, ET.Element):
            parent.append(part)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + part
        else:
            parent.text = (parent.text or "") + part


def from_rich(text: Text) -> list[Content]:
    """Return formatted words of the bibliography: emphasis and links."""
    made: list[Content] = []
    for part in text.parts:
        if isinstance(part, String):
            made.append(str(part))
        elif isinstance(part, Tag):
            made.append(element("hi", *from_rich(part), rend="italic" if part.name == "em" else "bold"))
        elif isinstance(part, HRef):
            made.append(element("ref", *from_rich(part), target=part.url))
        else:
            made += from_rich(part)
    return made


def written(root: ET.Element) -> bytes:
    """Return a document as it is written to its file."""
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def identifier(siglum: str, place: str) -> str:
    """Return the ``xml:id`` of a locator: ``K.3.14``."""
    return f"{siglum}.{place}"


def classes_of(node: nodes.Element, known: Iterable[str]) -> str:
    """Return those classes of a node that say something of its look, as ``rend`` has them."""
    return " ".join(name for name in node["classes"] if name in set(known))
