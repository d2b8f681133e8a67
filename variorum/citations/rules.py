"""What a bibliography may name, and what it owes the reader: the rules of an edition, kept as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from variorum.problems import Report

#: Tables of the file that are no classes of hosts.
TABLES = {"share", "undated", "whole", "locators"}


@dataclass(frozen=True)
class Rules:
    """The rules of one file; those that it does not set ask for nothing."""

    path: str
    """The file, from the edition's root."""
    hosts: dict[str, str] = field(default_factory=dict)
    """Host that entries may be read at, without ``www`` and in small letters -> its class."""
    shares: dict[str, int] = field(default_factory=dict)
    """Class of hosts -> how many of a hundred citations may be of it."""
    undated: dict[str, str] | None = None
    """Host, or key of an entry -> why there is no year; None where a year is not asked for."""
    whole: dict[str, str] = field(default_factory=dict)
    """Key of an entry -> why it is cited as a whole."""
    pages: int | None = None
    """The most pages that a work may have and be cited without a place; None where no place is asked for."""


def read_rules(root: Path, path: str) -> Rules:
    """Read the rules; raise EditionError where the file is not of the form.

    The file is TOML. A table is a class of hosts, ``[archive]``, and in it ``"marxists.org" = "why it is admitted"``;
    the others are those of `TABLES`.
    """
    report = Report(path, "citation")
    data = report.toml(report.text(root))
    for name, table in data.items():
        if not isinstance(table, dict):
            report.add(0, f"“{name}” is no table", 'write [archive], and below it "host" = "why"')
    report.close()
    hosts: dict[str, str] = {}
    for name in data.keys() - TABLES:
        hosts |= dict.fromkeys(_reasons(data, name, report), name)
    shares = {name: _number(data["share"], name, report) for name in data.get("share", {})}
    for name in shares.keys() - set(hosts.values()):
        report.add(0, f"“{name}” in [share] is no class of hosts", "mend the name")
    rules = Rules(
        path,
        hosts,
        shares,
        _reasons(data, "undated", report) if "undated" in data else None,
        _reasons(data, "whole", report),
        _number(data["locators"], "pages", report) if "locators" in data else None,
    )
    report.close()
    return rules


def _reasons(data: Mapping[str, Any], name: str, report: Report) -> dict[str, str]:
    """Return a table of reasons by what they are given for, in small letters; report what lacks one."""
    reasons: dict[str, str] = {}
    for subject, reason in data.get(name, {}).items():
        if not isinstance(reason, str) or not reason.strip():
            report.add(0, f"no reason for “{subject}” in [{name}]", "say why it stands there")
        reasons[subject.lower()] = str(reason)
    return reasons


def _number(table: Mapping[str, Any], name: str, report: Report) -> int:
    """Return a whole number from a table; report what is none."""
    number = table.get(name)
    if isinstance(number, int) and not isinstance(number, bool) and number >= 0:
        return number
    report.add(0, f"“{name}” is {number!r}, which is no whole number", f"write {name} = 10")
    return 0
