"""What the editors know of shared words: the entries of ``commentary/quotations.toml``."""

from dataclasses import dataclass

from variorum.problems import Problem, Report
from variorum.text.folders import Folders
from variorum.text.toml_file import Field, TomlLines, read_entries

NAME = "quotations"
"""Name of the file in the commentary, and of the page that prints it."""

#: What shared words may be.
KINDS = {
    "quotation": "the other passages have their words from the first",
    "common": "all passages have their words from a source outside the edition",
    "formula": "a title, a name or a phrase that comes again: nobody quotes",
}
FIELDS = {
    "headword": Field(str, required=True),
    "kind": Field(str, required=True, form="|".join(KINDS), example=" or ".join(f'"{kind}"' for kind in KINDS)),
    "passages": Field(list, required=True, form=r"\S+ \S+", example='locators: ["A 3.14", "A 5.22"]'),
    "source": Field(str, required=True, example='what is known of where the words come from: """…"""'),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Passages that share words, and what is known of these."""

    key: str
    """Its name in the file; ``quotation-KEY`` is its anchor."""
    line: int
    """Line of the entry in its file, from 1."""
    headword: str
    kind: str
    """One of `KINDS`."""
    passages: tuple[str, ...]
    """Locators: ``A 3.14``. Of a quotation the first is the one that is quoted."""
    source: str
    """Markdown with citations: where the words come from, as far as it is known."""

    @property
    def anchor(self) -> str:
        """Return the anchor of the entry on its page."""
        return f"quotation-{self.key}"


def read_quotations(folders: Folders) -> list[Entry]:
    """Read ``commentary/quotations.toml``, in its order; raise EditionError with every faulty entry.

    An edition without the file declares nothing.
    """
    path = folders.data(NAME)
    if not (folders.root / path).exists():
        return []
    report = Report(path, "quotation")
    source = report.text(folders.root)
    data = report.toml(source)
    lines = TomlLines(source)
    entries = []
    for key, said in read_entries(data, FIELDS, report, lines):
        passages = tuple(dict.fromkeys(said["passages"]))
        if len(passages) == 1:
            report.add(lines.key(key, "passages"), f"[{key}] has one passage", "name those that share the words")
        entries.append(Entry(key, lines.table(key), said["headword"], said["kind"], passages, said["source"]))
    report.close()
    return entries


def missing_passage(entry: Entry, passage: str, path: str) -> Problem:
    """Return the problem that a declared passage shares no words any more."""
    what = f"[{entry.key}] names {passage}, which shares no words with its other passages"
    return Problem(path, entry.line, "quotation", what, "mend the locator, or take it out")
