"""What the edition knows of itself: blocks, departures, notes and citations, document by document."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple, cast

from docutils import nodes
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.nodes import traverse_parent

from variorum.problems import Problem
from variorum.text.alignment import Block
from variorum.text.departures import Row

logger = logging.getLogger(__name__)


class Citing(NamedTuple):
    """A passage that cites an entry of references.bib."""

    key: str
    label: str
    """``A 1.12 n. 4``, or the title of a page."""
    anchor: str


class Called(NamedTuple):
    """A call of a source's note, or an editors' note, for those who link back to it."""

    series: str
    sign: str
    anchor: str
    """Id of the call."""
    place: str
    """Locator of the paragraph it stands in, without siglum."""


@dataclass
class Document:
    """What one document contributes. Offsets and lines as in the classes named."""

    siglum: str = ""
    witness: str = ""
    order: int = -1
    """Which of the witness's documents this is, from 0, in the order of its map; -1: it has no line of the witness."""
    blocks: list[Block] = field(default_factory=list)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Locator -> (anchor, place in the witness of its first token)."""
    rows: list[tuple[int, Row]] = field(default_factory=list)
    """Computed departures, each with the text's line."""
    variants: list[dict[str, Any]] = field(default_factory=list)
    """Attributes of each declared departure's first node, as nodes.variant describes them."""
    length: int = 0
    """Words of the text: tokens that begin with a letter or figure."""
    words: dict[str, str] = field(default_factory=dict)
    """Locator -> its whole text, editors' calls aside, as the mentions are sought in it."""
    calls: list[Called] = field(default_factory=list)
    note_targets: dict[str, str] = field(default_factory=dict)
    """Sign of a source's note that is a section of its own -> anchor of the section."""
    citing: list[Citing] = field(default_factory=list)
    links: list[tuple[str, str, int]] = field(default_factory=list)
    """Links to passages: ``A 3.14``, and the file and line that it stands in."""
    unread: bool = False
    """Whether the witness could not be read: then nothing that depends on the collation is reported."""
    lists: bool = False
    """Whether the document prints lists that are derived from others."""
    problems: list[Problem] = field(default_factory=list)


class EditionDomain(Domain):
    """The store. One record a document, so that clearing and merging are one line each."""

    name = "variorum"
    label = "Edition"
    data_version = 2
    initial_data: ClassVar[dict[str, Any]] = {"documents": {}, "derived": {}, "sources": {}}

    @property
    def documents(self) -> dict[str, Document]:
        """Return the record of each document, by name."""
        return cast("dict[str, Document]", self.data["documents"])

    def here(self) -> Document:
        """Return the record of the document that is being read."""
        return self.documents.setdefault(self.env.docname, Document())

    def is_text_here(self) -> bool:
        """Tell whether the document that is being read is an edited text."""
        return bool(self.env.docname.startswith(f"{self.env.config.variorum_folders.get('texts', 'texts')}/"))

    def note_link(self, node: nodes.Element) -> None:
        """Note a link to a passage, to be checked when all texts are read."""
        self.here().links.append((node["reftarget"], *self._place_of(node)))

    def _place_of(self, node: nodes.Element) -> tuple[str, int]:
        """Return the file and line of a node of the document that is being read."""
        path = (node.source or str(self.env.doc2path(self.env.docname))).removeprefix(f"{self.env.srcdir}/")
        return path, next((parent.line for parent in traverse_parent(node) if parent.line), 1)

    def report(self, node: nodes.Element, kind: str, what: str, remedy: str) -> None:
        """Note a problem at a node of the document that is being read."""
        path, line = self._place_of(node)
        self.here().problems.append(Problem(path, line, kind, what, remedy))

    def report_line(self, line: int, kind: str, what: str, remedy: str) -> None:
        """Note a problem at a line of the document that is being read."""
        path = str(self.env.doc2path(self.env.docname, base=False))
        self.here().problems.append(Problem(path, line, kind, what, remedy))

    def texts(self, siglum: str = "") -> Iterator[tuple[str, Document]]:
        """Yield the edited texts, or the documents of one: by name of witness, each in the order of its map."""
        texts = [(name, doc) for name, doc in self.documents.items() if doc.siglum and siglum in {"", doc.siglum}]
        yield from sorted(texts, key=lambda pair: (pair[1].witness, pair[1].order, pair[0]))

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        self.documents.pop(docname, None)
        self.data["sources"].pop(docname, None)

    def merge_domaindata(self, docnames: set[str], otherdata: dict[str, Any]) -> None:  # type: ignore[override]
        """Take over the documents that another process has read."""
        self.documents.update({name: doc for name, doc in otherdata["documents"].items() if name in docnames})

    def find(self, siglum: str, place: str) -> tuple[str, str] | None:
        """Return the document and anchor of a locator."""
        return next(((name, doc.places[place][0]) for name, doc in self.texts(siglum) if place in doc.places), None)

    def note_section(self, siglum: str, sign: str) -> tuple[str, str] | None:
        """Return the document and anchor of a source's note that is a section of its own."""
        texts = self.texts(siglum)
        return next(((name, doc.note_targets[sign]) for name, doc in texts if sign in doc.note_targets), None)

    def resolve_any_xref(self, *_: Any) -> list[tuple[str, nodes.reference]]:
        """Return nothing: a locator is never meant by a link that does not name it."""
        return []


def edition(env: BuildEnvironment) -> EditionDomain:
    """Return the store of the edition."""
    return cast("EditionDomain", env.domains[EditionDomain.name])
