"""What a page of HTML or XHTML says of a text: its characters, by locator, without what the edition itself puts in."""

from collections.abc import Collection, Mapping
from html.parser import HTMLParser

from variorum.writing.proof import Written

#: Classes of the elements that are the editors', with all they hold: addresses, signs of notes, the notes, readings of
#: the witness, links of headings, numbers of lines, bylines and contents.
OURS = frozenset(
    (
        *("locator", "pagebreak", "line-number", "call", "sign", "back", "annotations", "reading", "mark"),
        *("headerlink", "byline", "editorial", "toctree-wrapper", "bracket", "draft"),
    )
)
#: Elements that bring no sign of their own. Any other might: a number, a marker, a quotation mark, a control.
PLAIN = frozenset(
    (
        *("article", "main", "body", "section", "div", "header", "aside", "figure", "figcaption", "blockquote"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "li", "dl", "dt", "dd", "hr", "br", "img"),
        *("table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td"),
        *("a", "span", "em", "strong", "sub", "sup", "code"),
    )
)
#: Attributes that are shown or spoken.
SPOKEN = ("alt", "title", "aria-label", "aria-description", "placeholder", "label", "value", "start")
#: Classes of our elements within a text that may have such attributes: links to registers and parallels, notes,
#: readings.
SPEAKING = frozenset(("mention", "annotation", "variant", "parallel"))
VOID = frozenset(("br", "hr", "img", "col", "input", "meta", "link", "wbr"))


class Page(HTMLParser):
    """Reads a page into `Written`; ``root`` is the element that holds the document."""

    def __init__(self, root: str, places: Mapping[str, str]) -> None:
        """Prepare to read; ``places`` gives the locator of each anchor (``p1-12`` -> ``1.12``)."""
        super().__init__(convert_charrefs=True)
        self.root, self.places = root, places
        self.written = Written()
        self.open: list[str] = []
        """The elements that are open, from the root on."""
        self.ours_from = 0
        """How many elements were open when one of the editors' was opened; 0: none is."""
        self.block = ("", 0)
        """The locator of the block that is open, empty for none, and how many elements are open with it."""
        self.last_place = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        if not self.open and tag != self.root:
            return
        attributes = {name: value or "" for name, value in attrs}
        classes = attributes.get("class", "").split()
        if tag not in VOID:
            self.open.append(tag)
        if self.ours_from:
            return
        if not OURS.isdisjoint(classes) and tag not in VOID:
            self.ours_from = len(self.open)
            return
        place = self.places.get(attributes.get("id", ""))
        if place:
            self.block, self.last_place = (place, len(self.open)), place
            self.written.add(place, "")
        if tag not in PLAIN:
            self._say(f"<{tag}>")
        self._speak(tag, classes, attributes)

    def _speak(self, tag: str, classes: Collection[str], attributes: Mapping[str, str]) -> None:
        """Note what attributes of an element show or say. The alternative text of a picture in a figure is ours."""
        for name in SPOKEN:
            is_ours = not SPEAKING.isdisjoint(classes) or (tag == "img" and name == "alt" and "figure" in self.open)
            if attributes.get(name) and not is_ours:
                self._say(f" {attributes[name]} ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open and close an element of XHTML; HTML's void elements are never closed."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if not self.open or tag in VOID:
            return
        if len(self.open) == self.ours_from:
            self.ours_from = 0
        if len(self.open) == self.block[1]:
            self.block = ("", 0)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        """Take the characters that are not the editors'."""
        if self.open and not self.ours_from:
            self._say(data)

    def _say(self, characters: str) -> None:
        """Add characters to the block that is open, or to what stands beside."""
        place, _ = self.block
        if place:
            self.written.add(place, characters)
        else:
            self.written.add_beside(self.last_place, characters)


def read_page(text: str, root: str, places: Mapping[str, str]) -> Written:
    """Return what a page says of a document, as `Page` reads it."""
    page = Page(root, places)
    page.feed(text)
    page.close()
    return page.written
