"""What the rules of an edition find fault with: entries of its bibliography, and the citations of them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from pybtex.database import Entry

from variorum.citations.fields import TYPES
from variorum.citations.rules import Rules
from variorum.problems import Problem


class Cited(NamedTuple):
    """One citation of one work."""

    path: str
    """File, from the edition's root."""
    line: int
    key: str
    """Key of the entry, as it is written in the bibliography."""
    place: str
    """Page or section, as the editor types it; empty where there is none."""


def entry_problems(
    entries: Mapping[str, Entry], lines: Mapping[str, tuple[str, int]], rules: Rules
) -> Iterator[Problem]:
    """Yield a problem for each entry at a host that is not admitted, of no kind, or without a year or a reason."""
    excused: set[str] = set()
    for key, entry in entries.items():
        name, line = lines[key.lower()]
        host = host_of(entry)
        if host and host not in rules.hosts:
            remedy = f"cite the work where it is at home, or admit the host in {rules.path}"
            yield Problem(name, line, "citation", f"“{key}” is read at {host}, which is not admitted", remedy)
        if entry.type == "misc" and not any(field in entry.fields for field in ("howpublished", "type")):
            remedy = "give its true type, or say in howpublished what it is"
            yield Problem(name, line, "citation", f"“{key}” is of the type misc, and does not say what it is", remedy)
        if rules.undated is not None and not _dated(entry):
            reasons = {key.lower(), host} & rules.undated.keys()
            excused |= reasons
            if not reasons:
                remedy = f"write its year, or say in [undated] of {rules.path} why there is none"
                yield Problem(name, line, "citation", f"“{key}” has no year", remedy)
    for subject in sorted((rules.undated or {}).keys() - excused):
        remedy = f"remove it from [undated] of {rules.path}"
        yield Problem(rules.path, 0, "citation", f"nothing without a year is, or is read at, “{subject}”", remedy)


def citation_rule_problems(entries: Mapping[str, Entry], cited: Iterable[Cited], rules: Rules) -> Iterator[Problem]:
    """Yield a problem for each citation of a long work without a place, and for each class cited too often."""
    cited = list(cited)
    if rules.pages is not None:
        yield from _without_place(entries, cited, rules)
    if rules.shares:
        yield from _shares(entries, cited, rules)


def host_of(entry: Entry) -> str:
    """Return the host at which an entry is read, without ``www``; empty where it has no address."""
    address = entry.fields.get("url", "").replace("\\", "")
    return (urlsplit(address).hostname or "").removeprefix("www.").rstrip(".")


def length_of(entry: Entry) -> float:
    """Return the pages of a work: a book that does not state them has no end; a chapter, or anything else, has none."""
    if "chapter" in entry.fields:
        return 0
    total = re.search(r"\d+", entry.fields.get("pagetotal", ""))
    if total:
        return int(total[0])
    span = re.findall(r"\d+", entry.fields.get("pages", ""))
    if len(span) == 2:  # noqa: PLR2004 - first and last
        first, last = span
        shared = first[: -len(last)] if len(last) < len(first) else ""  # 134–9 is 134–139
        return int(shared + last) - int(first) + 1
    return float("inf") if TYPES.get(entry.type) == "book" else 0


def _dated(entry: Entry) -> bool:
    """Return whether an entry has a year, that of the original included."""
    return any(re.search(r"\d", entry.fields.get(field, "")) for field in ("year", "origdate"))


def _without_place(entries: Mapping[str, Entry], cited: Iterable[Cited], rules: Rules) -> Iterator[Problem]:
    excused: set[str] = set()
    for citation in cited:
        entry = entries[citation.key]
        if citation.place or length_of(entry) <= (rules.pages or 0):
            continue
        if citation.key.lower() in rules.whole:
            excused.add(citation.key.lower())
            continue
        what = f"“{citation.key}” is a long work, and is cited without page or section"
        remedy = f"write {citation.key}{{p. 20}}, or say in [whole] of {rules.path} why the whole is meant"
        yield Problem(citation.path, citation.line, "citation", what, remedy)
    for key in sorted(rules.whole.keys() - excused):
        what = f"“{key}” in [whole] is no long work that is cited without a place"
        yield Problem(rules.path, 0, "citation", what, "remove it")


def _shares(entries: Mapping[str, Entry], cited: list[Cited], rules: Rules) -> Iterator[Problem]:
    counted = Counter(rules.hosts.get(host_of(entries[citation.key]), "") for citation in cited)
    for name, most in rules.shares.items():
        if counted[name] * 100 > most * len(cited):
            what = f"{counted[name]} of {len(cited)} citations are of the class {name}, more than {most} in a hundred"
            yield Problem(rules.path, 0, "citation", what, "cite other works in their place")
