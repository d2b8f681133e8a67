"""The bibliography's files, read: every entry with its lines, and every fault told with file and line."""

import re
from pathlib import Path
from typing import Any

from pybtex.database import BibliographyData, Entry, InvalidNameString
from pybtex.database.input.bibtex import LowLevelParser, Parser
from pybtex.exceptions import PybtexError
from pybtex.scanner import PrematureEOF

from variorum.citations.fields import PRINTED, ROLES, inherit, normalise
from variorum.citations.latex import UnreadableLatexError, rich
from variorum.problems import Report

#: Fields that are addresses or codes, and no LaTeX.
VERBATIM = {"url", "doi", "eprint"}


class EntryParser(Parser):  # type: ignore[misc]
    """Pybtex's parser, which also notes the lines of each entry, and goes on after one that it cannot read."""

    def __init__(self, report: Report) -> None:
        """Report to ``report``; take every role of `ROLES` for persons."""
        super().__init__("utf-8", person_fields=ROLES)
        self.report = report
        self.lines: dict[str, int] = {}
        """Key of an entry, in small letters -> line of its ``@``, from 1."""
        self.broken: set[int] = set()
        """Lines of the entries that cannot be read, of which nothing else is told."""
        self.text = ""

    def parse_entries(self, text: str) -> None:
        """Read the entries of a file's text."""
        self.text = text
        self.reader = LowLevelParser(
            text, handle_error=self.handle_error, filename=self.report.path, macros=self.macros
        )
        for kind, content in self.reader:
            if kind.lower() in {"string", "preamble"}:
                continue
            key, fields = content
            line = self._line_here()
            if key.lower() in self.lines:
                self.report.add(line, f"“{key}” is the key of an entry above", "give this one a key of its own")
                continue
            self.lines[key.lower()] = line
            try:
                self.process_entry(kind, key, fields)
            except InvalidNameString as error:
                self.broken.add(line)
                self.report.add(line, f"a name in “{key}” cannot be read: {error}", "write “Family, Jr., Given”")
            for name, parts in fields:
                if name.lower() in ROLES and not "".join(parts).strip("{}~ "):
                    self.report.add(self.line_of(key, name), f"the {name} of “{key}” is empty", "fill or remove it")

    def handle_error(self, error: PybtexError) -> None:
        """Report a fault with its line; an entry that is never closed is told where it begins."""
        told = re.search(r"line (\d+)", str(error))
        line = int(told[1]) if told else self._line_here()
        what = re.sub(r"^syntax error in line \d+: ", "", str(error))
        if isinstance(error, PrematureEOF):
            line, what = self._line_here(), "the entry is not closed"
        self.broken.add(self._line_here())
        self.report.add(line, f"cannot be read: {what}", "mend the entry, or the one before it")

    def line_of(self, key: str, field: str) -> int:
        """Return the line of a field of an entry; that of the entry where the field is not written there."""
        first = self.lines[key.lower()]
        rest = self.text.splitlines()[first - 1 :]
        for number, line in enumerate(rest):
            if number and re.match(r"\s*@\w+\s*[{(]", line):
                break
            if field and re.search(rf"(?:^|[\s,{{(]){re.escape(field)}\s*=", line, re.IGNORECASE):
                return first + number
        return first

    def _line_here(self) -> int:
        return self.text.count("\n", 0, self.reader.command_start) + 1


def read_entries(root: Path, name: str) -> tuple[BibliographyData, dict[str, int], Report]:
    """Read a file of BibTeX or BibLaTeX; return its entries, normalised, the line of each key, and the problems.

    Keys of the lines are in small letters. Raises EditionError where the file cannot be read at all.
    """
    report = Report(name, "citation")
    parser = EntryParser(report)
    parser.parse_entries(report.text(root))
    whole = {key: entry for key, entry in parser.data.entries.items() if parser.lines[key.lower()] not in parser.broken}
    data = BibliographyData(entries=whole)
    for entry in data.entries.values():
        _take_over(entry, data, parser)
    for entry in data.entries.values():
        for field, what, remedy in normalise(entry):
            report.add(parser.line_of(entry.key, field), what, remedy)
        _report_unprintable(entry, parser)
    return data, parser.lines, report


def _take_over(entry: Entry, data: BibliographyData, parser: EntryParser) -> None:
    """Let an entry take over what the entries that its ``crossref`` and ``xdata`` name have to give."""
    seen = {entry.key.lower()}
    parent = entry
    while True:
        field = next((name for name in ("crossref", "xdata") if name in parent.fields), "")
        if not field:
            return
        named = parent.fields[field]
        what = ""
        if named not in data.entries:
            what = f"“{entry.key}” refers to “{named}”, which is no entry"
        elif named.lower() in seen:
            what = f"“{entry.key}” refers to itself by way of “{named}”"
        if what:
            parser.report.add(parser.line_of(parent.key, field), what, "mend the key")
            return
        seen.add(named.lower())
        parent = data.entries[named]
        inherit(entry, parent)


def _report_unprintable(entry: Entry, parser: EntryParser) -> None:
    """Report the LaTeX of an entry that no format can print."""
    values: list[tuple[str, Any]] = [(name, entry.fields[name]) for name in entry.fields]
    for role, persons in entry.persons.items():
        values += [(role, str(person)) for person in persons]
    for name, value in values:
        if name not in PRINTED - VERBATIM and name not in ROLES:
            continue
        try:
            rich(value)
        except UnreadableLatexError as error:
            what = f"the {name} of “{entry.key}” has {error}, which cannot be printed"
            parser.report.add(parser.line_of(entry.key, name), what, "write the character itself, or plain words")
