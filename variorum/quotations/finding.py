"""The shared words of the whole edition: found when all texts are read, and held against what is declared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from variorum.config import folders
from variorum.domain import EditionDomain, edition
from variorum.problems import EditionError, Problem
from variorum.quotations.declared import NAME, Entry, missing_passage, read_quotations
from variorum.quotations.matching import Passage, Stretch, shared
from variorum.text.alignment import Block
from variorum.text.folders import Folders

#: So many words of a find a message quotes.
QUOTED = 8


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text that shares its words with another."""

    locator: str
    """``A 3.14``"""
    words: str
    """Its words, as the edition has them, without the signs of the source's notes."""


@dataclass(frozen=True, slots=True)
class Quotations:
    """What the edition knows of shared words."""

    entries: dict[str, Entry]
    """Key -> entry, in the order of the file."""
    compared: dict[str, list[tuple[Place, Place]]]
    """Key -> pairs of places that share their words; of a quotation the first place is the one that is quoted."""
    marks: dict[str, list[tuple[str, str]]]
    """Locator -> what a mark beside the passage tells: anchor on the page of quotations, locators of the others."""
    problems: list[Problem]


def find_quotations(_app: Sphinx, env: BuildEnvironment) -> None:
    """Find the shared words of all texts (event env-updated, after the mentions, which begin what is derived)."""
    domain, where = edition(env), folders(env)
    problems: list[Problem] = []
    try:
        entries = read_quotations(where)
    except EditionError as error:
        entries = []
        problems += error.problems
    passages = tuple(_passage(doc.siglum, block) for _name, doc in domain.texts() for block in doc.blocks)
    pairs = [(_place(passages, match.first), _place(passages, match.second)) for match in shared(passages)]
    compared, undeclared = _sorted(entries, pairs)
    if not problems:
        problems += [*_undeclared(undeclared, domain, where), *_lost(entries, compared, where)]
        if entries and where.page(NAME) not in env.found_docs:
            what = f"what is declared here is printed on no page; links lead to {where.page(NAME)}.md"
            problems.append(Problem(where.data(NAME), 0, "quotation", what, "write the page, with {quotations}"))
    by_key = {entry.key: entry for entry in entries}
    domain.data["derived"][NAME] = Quotations(by_key, compared, _marks(by_key, compared), problems)


def _passage(siglum: str, block: Block) -> Passage:
    """Return a block as a passage; the signs that call the source's notes are no words of it."""
    words = block.text
    for start, end in reversed(block.calls):
        words = words[:start] + words[end:]
    return Passage(siglum, block.place, words)


def _place(passages: Sequence[Passage], stretch: Stretch) -> Place:
    passage = passages[stretch.passage]
    return Place(f"{passage.siglum} {passage.place}", " ".join(passage.text[stretch.start : stretch.end].split()))


Pairs = list[tuple[Place, Place]]


def _sorted(entries: Sequence[Entry], pairs: Pairs) -> tuple[dict[str, Pairs], Pairs]:
    """Return the pairs of each entry, and those of none."""
    compared: dict[str, Pairs] = {entry.key: [] for entry in entries}
    undeclared: Pairs = []
    for one, other in pairs:
        declared = [entry for entry in entries if {one.locator, other.locator} <= set(entry.passages)]
        for entry in declared:
            first_is_quoted = entry.passages.index(one.locator) < entry.passages.index(other.locator)
            compared[entry.key].append((one, other) if first_is_quoted else (other, one))
        if not declared:
            undeclared.append((one, other))
    return compared, undeclared


def _undeclared(pairs: Pairs, domain: EditionDomain, where: Folders) -> Iterator[Problem]:
    """Yield a problem for each pair of places that no entry names."""
    lines = {f"{doc.siglum} {b.place}": (f"{name}.md", b.line) for name, doc in domain.texts() for b in doc.blocks}
    for one, other in pairs:
        path, line = lines[other.locator]
        begin = other.words.split()
        words = " ".join(begin[:QUOTED]) + (" …" if len(begin) > QUOTED else "")
        what = f"{other.locator} shares “{words}” with {one.locator}, undeclared"
        yield Problem(path, line, "quotation", what, f"declare the passages in {where.data(NAME)}")


def _lost(entries: Sequence[Entry], compared: dict[str, Pairs], where: Folders) -> Iterator[Problem]:
    """Yield a problem for each declared passage that shares no words with another of its entry."""
    for entry in entries:
        sharing = {place.locator for pair in compared[entry.key] for place in pair}
        for passage in entry.passages:
            if passage not in sharing:
                yield missing_passage(entry, passage, where.data(NAME))


def _marks(entries: dict[str, Entry], compared: dict[str, Pairs]) -> dict[str, list[tuple[str, str]]]:
    """Return what is marked beside each passage; a formula is no quotation, and goes without a mark."""
    marks: dict[str, list[tuple[str, str]]] = {}
    for key, entry in entries.items():
        if entry.kind == "formula":
            continue
        for passage in {place.locator: None for pair in compared[key] for place in pair}:
            others = ", ".join(other for other in entry.passages if other != passage)
            marks.setdefault(passage, []).append((entry.anchor, others))
    return marks
