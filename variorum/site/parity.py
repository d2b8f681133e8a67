"""The parity report: what each text has in each format, counted in the files, and why a format has less.

What a format leaves out has a reason here, with the figure that is left. Any other difference stops the site.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx.environment import BuildEnvironment

from variorum.config import folders, registers, shown_in
from variorum.domain import Document
from variorum.i18n import _
from variorum.site.counting import Figures, Link, in_epub, in_pdf, in_plain, in_tei, in_web, once_a_section
from variorum.site.texts import Text
from variorum.web.translator import TEMPLATES

PAGE = "parity.html"
#: Figure -> what it counts.
FIGURES = {
    "words": _("Words of the text"),
    "locators": _("Locators"),
    "headings": _("Headings"),
    "notes": _("Editors’ notes"),
    "calls": _("Calls of the source’s notes"),
    "departures": _("Departures marked"),
    "pages": _("Pages of the source"),
    "pictures": _("Pictures"),
    "inward": _("Links within the edition"),
    "outward": _("Links elsewhere"),
}
#: Format -> its name.
FORMATS = {"web": "HTML", "epub": "ePub", "pdf": "PDF", "tei": "TEI", "plain": _("plain text")}


@dataclass(frozen=True)
class Cell:
    """A figure in a format."""

    counted: int | None
    """Nothing where the format cannot be counted so, or has not been built."""
    wanted: int | None
    reason: str = ""
    """Why it is not the edition's figure; empty where it is."""


@dataclass(frozen=True)
class Known:
    """What the edition knows of a text: by it the formats are judged."""

    siglum: str
    title: str
    figures: Figures
    """All that it has; what only the web edition tells, the links, is counted there."""
    marked: int
    """Departures that are marked in the book and the ePub."""
    once: int
    """Links within the edition that the ePub keeps: a name is linked once a section, and no word has two links."""
    in_tei: int
    """Links within the edition to what TEI holds too: texts, entries, works."""
    wordless: bool
    """Whether its words are withheld from this build."""


Reason = tuple[str, Callable[[Known], int | None]]


def _none(_known: Known) -> int | None:
    return None


def _nothing(_known: Known) -> int:
    return 0


_ONLY_WORDS: Reason = (_("the file has the words, the headings and the locators alone"), _nothing)
_GLYPHS: Reason = (
    _("a page of the book has glyphs, not the parts of a text: no figure can be counted there"),
    _none,
)
#: Format and figure -> why the format has another figure than the edition, and which.
REASONS: Mapping[tuple[str, str], Reason] = {
    ("epub", "departures"): (
        _("what is shown on the screen alone stands in the list of the apparatus"),
        lambda known: known.marked,
    ),
    ("epub", "inward"): (
        _("a name is a link at its first place in a section, and not where a departure is one"),
        lambda known: known.once,
    ),
    ("tei", "inward"): (
        _("links to introductions, essays and lists of the apparatus, which TEI does not hold, are words there"),
        lambda known: known.in_tei,
    ),
    **{("pdf", figure): _GLYPHS for figure in FIGURES if figure != "locators"},
    **{("plain", figure): _ONLY_WORDS for figure in FIGURES if figure not in {"words", "headings", "locators"}},
}
_WITHHELD: Reason = (_("the words of the text are withheld, and what is marked in them"), _none)
_NOT_BUILT = _("not built")


Counted = dict[str, dict[str, Cell]]
"""Figure -> format -> what was counted."""


def parity(env: BuildEnvironment, build: Path, texts: Mapping[str, Text], book: str) -> list[tuple[Known, Counted]]:
    """Return, for each text, its figures by name and by format; ``book`` is the name of the edition's files."""
    documents = _documents(env, texts)
    sigla = [text.front["siglum"] for text in texts.values()]
    pdf, epub = build / f"pdf/{book}.pdf", build / f"epub/{book}.epub"
    places = in_pdf(pdf, sigla) if pdf.exists() else {}
    found = []
    for name, text in texts.items():
        siglum = text.front["siglum"]
        web, inward = in_web(build / "html", documents[name])
        tei, plain = build / f"tei/{name}.xml", build / f"site/downloads/{name}.txt"
        counted: dict[str, Figures | None] = {
            "web": web,
            "epub": in_epub(epub, documents[name])[0] if epub.exists() else None,
            "pdf": places.get(siglum),
            "tei": in_tei(tei, siglum) if tei.exists() else None,
            "plain": in_plain(plain, siglum) if plain.exists() else None,
        }
        known = _known(env, documents[name], web, inward, wordless=text.is_withheld)
        cells = {figure: {kind: _cell(known, kind, figure, has) for kind, has in counted.items()} for figure in FIGURES}
        found.append((known, cells))
    return found


def _documents(env: BuildEnvironment, texts: Mapping[str, Text]) -> dict[str, list[str]]:
    """Return the documents of each text: the text as a whole, then its pieces."""
    wholes = {env.metadata[name].get("witness"): name for name in env.toctree_includes[env.config.root_doc]}
    return {name: [wholes[name], *env.toctree_includes.get(wholes[name], ())] for name in texts}


def _known(env: BuildEnvironment, documents: list[str], web: Figures, inward: list[Link], *, wordless: bool) -> Known:
    """Return what the edition knows of a text; pages, pictures and links are those of the web edition."""
    held: list[Document] = [env.domaindata["variorum"]["documents"][name] for name in documents]
    kinds = [variant["kind"] for document in held for variant in document.variants]
    series = [called.series for document in held for called in document.calls]
    figures: Figures = Counter(
        words=sum(document.length for document in held),
        locators=sum(len(document.blocks) for document in held),
        headings=sum(block.heading for document in held for block in document.blocks),
        notes=series.count("editors"),
        calls=series.count("source"),
        departures=len(kinds),
        pages=web["pages"],
        pictures=sum(bool(names & set(documents)) for names, _file in env.images.values()),
        inward=web["inward"],
        outward=web["outward"],
    )
    shown = shown_in(env.config, "page")
    return Known(
        siglum=held[0].siglum,
        title=env.metadata[documents[0]]["title"],
        figures=figures,
        marked=sum(kind in shown for kind in kinds),
        once=once_a_section(inward, shown),
        in_tei=sum(_is_in_tei(env, link.address) for link in inward),
        wordless=wordless,
    )


def _is_in_tei(env: BuildEnvironment, address: str) -> bool:
    """Tell whether TEI holds what an address leads to: a locator, an entry of a register, a work."""
    document, _sharp, anchor = address.partition("#")
    if document in {folders(env).page(name) for name in registers(env.config)}:
        return True
    if anchor in {citation.citation_id for citation in env.domaindata["cite"]["citations"]}:
        return True
    text = env.domaindata["variorum"]["documents"].get(document, Document())
    return anchor in {place for place, _at in text.places.values()}


def _cell(known: Known, kind: str, figure: str, counted: Figures | None) -> Cell:
    """Return a figure beside the one that is wanted."""
    if counted is None:
        return Cell(None, None, _NOT_BUILT)
    reason, wanted = REASONS.get((kind, figure), ("", lambda known: known.figures[figure]))
    if known.wordless and figure in {"words", "departures", "inward", "outward", "pictures"}:
        reason, wanted = _WITHHELD
    expected = wanted(known)
    is_like = expected == known.figures[figure]
    return Cell(None if expected is None else counted[figure], expected, "" if is_like else reason)


def unexplained(report: list[tuple[Known, Counted]]) -> Iterator[str]:
    """Yield a line for each figure that is not what it ought to be."""
    for known, cells in report:
        for figure, formats in cells.items():
            for kind, cell in formats.items():
                if cell.counted != cell.wanted:
                    yield (
                        f"{known.siglum} in {FORMATS[kind]}: {FIGURES[figure]}: {cell.counted}, expected {cell.wanted};"
                        " the format loses or adds some, and no reason is declared"
                    )


def table(report: list[tuple[Known, Counted]]) -> str:
    """Return the report as a part of its page: a table a text, and the reasons below."""
    reasons: dict[str, int] = {}
    for _known, cells in report:
        for formats in cells.values():
            for cell in formats.values():
                if cell.reason:
                    reasons.setdefault(str(cell.reason), len(reasons) + 1)
    told: dict[str, Any] = {"report": report, "figures": FIGURES, "formats": FORMATS, "reasons": reasons}
    return TEMPLATES.get_template("parity.html").render(told)
