"""The tree made ready for the printed page: one post-transform for the LaTeX builder alone, step by step.

TeX silently loses what is sent to the page foot from within a box (a heading, a term, a table, another note): so notes
and readings first become nodes of their own, beside their calls, and then leave every box they stand in.
"""

import re
import unicodedata
from functools import partial
from urllib.parse import unquote

from docutils import nodes as base
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import texescape
from sphinx.util.nodes import traverse_parent

from variorum import nodes
from variorum.book import ends, languages, openings, tables
from variorum.config import shown_in
from variorum.doctree import elements, put_after

#: Classes of lists and paragraphs that have a LaTeX environment, ``sphinxclassed-ed-`` and this.
STYLED = {name: name for name in ("theses", "verse", "register", "bibliography", "general-index", "letter")}
STYLED |= dict.fromkeys(("cited", "mentions", "facts"), "small") | {"called": "called"}


class foot_note(base.Inline, base.Element):
    """A note of the editors beside its first call: ``sign``, ``ids``, ``backref`` (id of the call), body elements."""


class foot_reading(base.Inline, base.Element):
    """A reading for the page foot, beside its lemma: attributes as ``variant``, no children."""


class hoisted(base.General, base.Element):
    """Notes and readings that left a box and found no paragraph to stand in."""


class destination(base.Inline, base.Element):
    """The locator of a heading or a term, as a name: ``siglum``, ``place``, ``ids``."""


class own(base.Inline, base.Element):
    """Words of the editors' own within a text, marked so that they are not taken for the source's."""


FOOT = (foot_note, foot_reading)
HEADS = (base.title, base.term, base.caption)
FRAMES = (base.Admonition, base.figure, base.line_block, base.reference, base.sidebar, base.table, base.topic)
BOXES = (*FOOT, *HEADS, *FRAMES)
ITEMS = (base.definition, base.definition_list_item, base.list_item, nodes.annotation)
BLOCKS = (*ITEMS, base.block_quote, base.container, base.document, base.section, addnodes.start_of_file)


class PreparePage(SphinxPostTransform):
    """Make the joined tree ready for the page.

    Priority 715: after references and mentions are resolved, registers and indexes filled; no other transform of the
    LaTeX builder comes between the first step and the last.
    """

    default_priority = 715
    formats = ("latex",)

    def run(self, **_: object) -> None:
        """Go step by step; each step needs those before it."""
        for step in (
            adopt_pieces,
            mark_own_words,
            join_notes,
            leave_boxes,
            mark_locators,
            style_lists,
            tables.set_widths,
            ends.keep_last_rows,
            guide_readers,
            break_addresses,
            send_to_pictures,
            partial(ends.keep_ends, boxes=BOXES),
            name_heads,
            languages.speak_languages,
            openings.break_titles,
            openings.head_pages,
            openings.open_pieces,
            openings.open_texts,
            openings.open_parts,
        ):
            step(self.document)


def adopt_pieces(document: base.document) -> None:
    """Make each document of the joined tree the parent of its own top blocks, which Sphinx forgets to do."""
    for start in elements(document, addnodes.start_of_file):
        for child in start.children:
            child.parent = start


def mark_own_words(document: base.document) -> None:
    """Mark the words of whatever carries the class ``editorial``."""
    for block in elements(document, base.TextElement):
        above = traverse_parent(block.parent, base.TextElement)
        is_outermost = next(iter(above), None) is None
        if is_outermost and _is_own(block):
            block[:] = [own("", *block.children)]


def _is_own(block: base.Element) -> bool:
    """Tell whether a block carries the class ``editorial``, or stands in its own document in what does."""
    for parent in traverse_parent(block):
        if isinstance(parent, addnodes.start_of_file):
            return False
        if "editorial" in parent.get("classes", ()):
            return True
    return False


def docname(node: base.Element) -> str:
    """Return the name of the document that a node of the joined tree came from."""
    return str(next(iter(traverse_parent(node, (addnodes.start_of_file, base.document))))["docname"])


def join_notes(document: base.document) -> None:
    """Put each note of the editors beside its first call, each printed reading beside its lemma.

    Supplied words are opened and closed.
    """
    notes = {}
    printed = shown_in(document.settings.env.config, "page")
    for block in elements(document, nodes.annotations):
        notes.update({(docname(block), note["ids"][0]): note for note in elements(block, nodes.annotation)})
        block.parent.remove(block)
    calls = elements(document, nodes.call)
    while calls:
        call = calls.pop(0)
        if note := notes.pop((docname(call), call.get("refid")), None):
            back = call["ids"][0] if call["ids"] else ""
            foot = foot_note("", *note.children, sign=note["sign"], ids=note["ids"], backref=back)
            put_after(call, foot)
            calls[:0] = elements(foot, nodes.call)  # a note may call another
    for variant in elements(document, nodes.variant):
        if variant["kind"] == "supplied":
            pieces = _pieces(variant)
            variant["opens"], variant["closes"] = variant is pieces[0], variant is pieces[-1]
        if variant["first"] and variant["kind"] in printed:
            attributes = {key: value for key, value in variant.attributes.items() if key not in {"ids", "classes"}}
            put_after(variant, foot_reading("", **attributes))


def _pieces(variant: base.Element) -> list[base.Element]:
    """Return the nodes that one departure makes where its lemma crosses emphasis."""
    *_, block = traverse_parent(variant.parent, base.TextElement)
    return [piece for piece in elements(block, nodes.variant) if piece["at"] == variant["at"]]


def leave_boxes(document: base.document) -> None:
    """Move notes and readings out of boxes: behind them in the line, to the next paragraph, or by themselves."""
    for foot in elements(document, *FOOT):
        if boxes := list(traverse_parent(foot.parent, BOXES)):
            foot.parent.remove(foot)
            foot["left-box"] = True
            _land(foot, boxes[-1])


def _land(foot: base.Element, box: base.Element) -> None:
    """Put a note or reading behind a box."""
    if isinstance(box.parent, (base.TextElement, *FOOT)):
        _queue(box.parent, box.parent.index(box) + 1, foot)
        return
    while not isinstance(box.parent, BLOCKS):
        box = box.parent
    behind = place = box.parent.index(box) + 1
    siblings = [*box.parent.children, base.comment()]
    while isinstance(siblings[place], (base.term, base.classifier, base.target)):
        place += 1
    after = siblings[place]
    if isinstance(after, base.definition) and after.children:
        after = after[0]
    next_to_box = siblings[behind]
    if isinstance(after, base.paragraph):
        _queue(after, int(bool(after.children) and isinstance(after[0], nodes.locator)), foot)
    elif isinstance(next_to_box, hoisted):
        next_to_box.append(foot)
    else:
        # before any target: Sphinx wants to see the section that a target belongs to next to it
        box.parent.insert(behind, hoisted("", foot))


def _queue(parent: base.Element, place: int, foot: base.Element) -> None:
    """Insert a note or reading behind those that came here before it."""
    for sibling in parent.children[place:]:
        if not (isinstance(sibling, FOOT) and sibling.get("left-box")):
            break
        place += 1
    parent.insert(place, foot)


def mark_locators(document: base.document) -> None:
    """Give links to passages the figures of locators: Sphinx writes the classes of spans, and none of links."""
    for link in elements(document, base.reference):
        if "loc" in link["classes"]:
            link[:] = [base.inline("", "", *link.children, classes=["loc"])]


def style_lists(document: base.document) -> None:
    """Give lists and paragraphs of our classes a LaTeX environment, and hang the typed numbers of theses.

    Each comes into a container of its class: Sphinx writes that as an environment.
    """
    for block in elements(document, base.bullet_list, base.definition_list, base.paragraph):
        for item in elements(block, base.list_item) if "theses" in block["classes"] else ():
            _hang(item)
        for name in STYLED.keys() & block["classes"]:
            wrapper = base.container("", classes=[f"ed-{STYLED[name]}"])
            block.parent.replace(block, wrapper)
            wrapper.append(block)


def _hang(item: base.Element) -> None:
    """Take the number at the head of a thesis out of its text, so that it can be hung."""
    text = next((text for text in item.findall(base.Text) if text.strip()), base.Text(""))
    match = re.match(r"\s*(•|\(?\w{1,3}[.)]+)\s+", text)
    if match and isinstance(text.parent, base.paragraph):
        text.parent.replace(text, [base.inline("", match[1], classes=["ed-number"]), base.Text(text[match.end() :])])


def guide_readers(document: base.document) -> None:
    """Give each headword of a register a guide word for the page's head: what stands before a comma or colon in it."""
    for register in elements(document, base.definition_list):
        for term in elements(register, base.term) if "register" in register["classes"] else ():
            words = next(term.findall(base.Text), base.Text("")).astext()
            dated, colon, _headword = words.partition(": ")
            guide = dated if colon else words.partition(", ")[0]
            term.insert(0, _raw(rf"\EdGuide{{{texescape.escape(guide, 'lualatex')}}}"))


def break_addresses(document: base.document) -> None:
    """Let addresses break behind their marks, and nowhere else: those in words, and the words of links to the web."""
    for link in elements(document, base.reference):
        words = link.astext()
        if "/" in words and link.get("refuri", "").endswith(words) and not words.startswith("http"):
            link[:] = [_address(_legible(words))]
    for text in elements(document, base.Text):
        parts = re.split(r"(https?://\S+)", text)
        if len(parts) > 1:
            made = [_address(words) if number % 2 else base.Text(words) for number, words in enumerate(parts)]
            text.parent.replace(text, made)


def _legible(address: str) -> str:
    """Return an address with its Cyrillic letters, where it has them as codes of its bytes."""
    read = unquote(address)
    letters = {unicodedata.name(char, "").partition(" ")[0] for char in read if not char.isascii()}
    return read if letters <= {"CYRILLIC"} and " " not in read else address


def _address(words: str) -> base.inline:
    pieces = re.findall(r"[^\W_]{1,16}[\W_]*|[\W_]+", words)
    marked = [node for piece in pieces for node in (_raw(r"\allowbreak{}"), base.Text(piece))]
    return base.inline("", "", *marked[1:], classes=["ed-address"])


def _keep_in_place(figure: base.Element) -> None:
    """Let a picture that is part of a text stand where it stands: its words are blocks, and nothing counts it."""
    parts = [part for child in figure.children for part in (child.children if _is_legend(child) else [child])]
    figure.parent.replace(figure, base.container("", *parts, classes=["ed-picture"]))


def _is_legend(node: base.Node) -> bool:
    return isinstance(node, base.legend)


def send_to_pictures(document: base.document) -> None:
    """Send the reader from a heading to its picture, where nothing else tells what is below: it may float away."""
    for figure in elements(document, base.figure):
        if not elements(figure, base.caption):
            _keep_in_place(figure)
        elif isinstance(figure.parent[figure.parent.index(figure) - 1], base.title):
            place = f"{docname(figure)}:{figure['ids'][0]}"
            figure.parent.insert(1, base.paragraph("", "", _raw(rf"\EdSeePicture{{{place}}}")))


def name_heads(document: base.document) -> None:
    """Name headings and terms by their locators, when the blocks behind titles have been looked at."""
    for head in elements(document, base.title, base.term):
        if "place" in head:
            # Sphinx writes the other ids of a term, and none of a title
            ids = [head["ids"].pop()] if isinstance(head, base.term) else head["ids"]
            head.insert(0, destination("", siglum=head["siglum"], place=head["place"], ids=ids))


def _raw(latex: str) -> base.raw:
    return base.raw("", latex, format="latex")
