"""The words that each published version had: ``texts/published/NAME.tsv``, a file a witness, which only ever grows.

A release adds a stretch of rows at its end: one for each locator that is new or has other words than before, one for
each that is retired, and a last one that names the version. So the differences of the file are those of the edition,
and the words of every version are found by reading from the top.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from variorum.problems import Report
from variorum.text.alignment import Block
from variorum.text.apparatus import named, restored
from variorum.text.folders import Folders

HEADER = ("version", "locator", "what", "words")
WORDS, RETIRED, PUBLISHED = "words", "retired", "published"
"""What a row says: the words of a locator; that it is retired, and where it leads; that a version is complete."""
NUMBER = re.compile(r"\d+(?:\.\d+)*")
_COMPLETE = re.compile(r"\d{4}-\d\d-\d\d [0-9a-f]{64}")

Wordings = dict[str, str]
"""Locator -> its words."""


@dataclass(frozen=True, slots=True)
class Version:
    """A published version, and what one witness's texts said in it."""

    number: str
    date: str
    """Year first: ``2026-12-01``."""
    wordings: Wordings
    retired: dict[str, str]
    """Locator that was retired in this version -> the locator that it leads on to."""


@dataclass(frozen=True, slots=True)
class History:
    """All published versions of a witness's texts, the first first."""

    versions: list[Version] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    """Locator -> the line of the file on which its words were published last."""

    @property
    def last(self) -> Wordings:
        """Return the words of the last version; none where nothing was published."""
        return self.versions[-1].wordings if self.versions else {}


def wording(block: Block) -> str:
    """Return the words of a block; a sign that calls a note of the source's stands in brackets."""
    text = block.text
    for start, end in reversed(block.calls):
        if text[start:end].isalnum():
            text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def in_order(number: str) -> tuple[int, ...]:
    """Return the number of a version as versions are ordered: 0.10 comes after 0.9."""
    return tuple(map(int, number.split(".")))


def digest(wordings: Mapping[str, str]) -> str:
    """Return what tells whether the words of a version are still those that were published."""
    rows = (f"{locator}\t{named(words)}\n" for locator, words in sorted(wordings.items()))
    return hashlib.sha256("".join(rows).encode()).hexdigest()


def read_history(where: Folders, name: str) -> History:
    """Return what was published of a witness's texts; raise EditionError with every row that is not as it was."""
    report = Report(where.published(name), "locators")
    history = History()
    if not (where.root / report.path).exists():
        return history
    head, *lines = report.text(where.root).removesuffix("\n").split("\n")
    if head != "\t".join(HEADER):
        report.add(1, "the first line does not name the columns", f"write {' '.join(HEADER)}")
        report.close()
    wordings: Wordings = {}
    retired: dict[str, str] = {}
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        if len(cells) != len(HEADER):
            report.add(number, f"{len(cells)} columns where {len(HEADER)} are wanted", _RESTORE)
            report.close()
        version, locator, what, words = map(restored, cells)
        if what == WORDS:
            wordings[locator] = words
            history.lines[locator] = number
        elif what == RETIRED and locator in wordings:
            del wordings[locator]
            retired[locator] = words
        elif what == PUBLISHED:
            fault = _fault_of(version, words, wordings, history)
            if fault:
                report.add(number, fault, _RESTORE)
                break
            history.versions.append(Version(version, words.partition(" ")[0], dict(wordings), retired))
            retired = {}
        else:
            report.add(number, f"“{what}” of “{locator}” says nothing", _RESTORE)
    if lines and lines[-1].split("\t")[2] != PUBLISHED:
        report.add(len(lines) + 1, "the rows end before a version is complete", _RESTORE)
    report.close()
    return history


_RESTORE = "restore the file: what was published does not change"


def _fault_of(version: str, said: str, wordings: Wordings, before: History) -> str:
    """Return what is wrong with a row that completes a version: its order, its form, or the words above it."""
    if not _COMPLETE.fullmatch(said) or not NUMBER.fullmatch(version):
        return f"“{version}” with “{said}” names no version"
    if before.versions and in_order(version) <= in_order(before.versions[-1].number):
        return f"version {version} comes after {before.versions[-1].number}"
    if said.partition(" ")[2] != digest(wordings):
        return f"the words of version {version} are not those that were published"
    return ""


def new_rows(
    old: Mapping[str, str], now: Mapping[str, str], retired: Mapping[str, str], version: str, date: str
) -> Iterator[str]:
    """Yield the rows that a version adds: what is new or changed, what is retired, and that it is complete."""
    for locator, words in now.items():
        if old.get(locator) != words:
            yield _row(version, locator, WORDS, words)
    for locator in old:
        if locator not in now:
            yield _row(version, locator, RETIRED, retired[locator])
    yield _row(version, "", PUBLISHED, f"{date} {digest(now)}")


def _row(*cells: str) -> str:
    return "\t".join(map(named, cells))
