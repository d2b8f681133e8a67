"""The words of a text as its TEI has them: the edition's, and those of its witness."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from variorum.text.tokens import tokens

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def blocks(root: ET.Element) -> Iterator[tuple[ET.Element, str]]:
    """Yield each block of the text with the sign of a note that its first paragraph begins with."""
    siglum = root.get(XML_ID)
    body = root.find(f"{TEI}text/{TEI}body")
    parents = {child: parent for parent in body.iter() for child in parent}
    for node in body.iter():
        if re.fullmatch(rf"{siglum}\.\d+\..+", node.get(XML_ID, "")):
            label = parents[node].find(f"{TEI}label") if parents[node].tag == f"{TEI}note" else None
            opens = label is not None and list(parents[node])[1] is node
            yield node, label.text if opens else ""


def runs(node: ET.Element, wanted: str) -> Iterator[str]:
    """Yield the words of a node in runs, between which no token goes on; ``wanted`` is ``lem`` or ``rdg``."""
    run = node.text or ""
    for child in node:
        name = child.tag.removeprefix(TEI)
        if name == "app":
            yield run
            part = child.find(f"{TEI}{wanted}")
            yield from runs(part, wanted)
            run = ""
        elif name == "ref" and child.get("type") == "source":
            yield from (run, child.text or "")
            run = ""
        elif name not in {"note", "ptr", "pb"}:
            inner = list(runs(child, wanted))
            inner[0] = run + inner[0]
            yield from inner[:-1]
            run = inner[-1]
        run += child.tail or ""
    yield run


def compared(root: ET.Element, wanted: str) -> list[tuple[str, bool]]:
    """Return the tokens of a text as they are compared, each with a flag: whether it stands in a heading."""
    found = []
    for node, label in blocks(root):
        heading = node.tag == f"{TEI}head"
        for run in (label, *runs(node, wanted)):
            for token in tokens(run):
                at_edge = token.start == 0 or token.end == len(run)
                hyphen = token.written == "-" and at_edge  # a dash is written as one where a run begins or ends with it
                found.append(("-" if hyphen else token.compared, heading))
    return found
