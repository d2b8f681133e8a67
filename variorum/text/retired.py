"""Locators that are retired, and where they lead: ``texts/retired.tsv``, which editors write."""

from collections.abc import Mapping
from dataclasses import dataclass

from variorum.problems import Report
from variorum.text.folders import Folders

HEADER = ("locator", "leads to", "reason")


@dataclass(frozen=True, slots=True)
class Retired:
    """A locator whose paragraph is gone."""

    leads_to: str
    """The locator at which its words, or what has taken their place, are read now."""
    reason: str
    line: int
    """Line in the file, from 1."""


def read_retired(where: Folders) -> dict[str, Retired]:
    """Return the retired locators; raise EditionError with every row that is not of the form."""
    report = Report(where.retired, "locators")
    if not (where.root / report.path).exists():
        return {}
    head, *lines = report.text(where.root).removesuffix("\n").split("\n")
    if head != "\t".join(HEADER):
        report.add(1, "the first line does not name the columns", f"write {', '.join(HEADER)}, parted by tabs")
        report.close()
    found: dict[str, Retired] = {}
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        if len(cells) != len(HEADER) or not all(map(str.strip, cells)):
            report.add(number, "the row has not the three columns", f"write {', '.join(HEADER)}, parted by tabs")
            continue
        locator, leads_to, reason = cells
        if locator in found:
            report.add(number, f"“{locator}” is retired twice", "take one of the rows out")
        found[locator] = Retired(leads_to, reason, number)
    report.close()
    return found


def end_of(locator: str, retired: Mapping[str, Retired]) -> str:
    """Return the locator that a retired one leads to in the end; nothing where the way goes round in a ring."""
    passed = set()
    while locator in retired and locator not in passed:
        passed.add(locator)
        locator = retired[locator].leads_to
    return "" if locator in passed else locator
