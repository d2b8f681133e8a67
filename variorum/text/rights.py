"""What is known of the rights in a text: whether a build that is published may have its words."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from variorum.problems import Report

#: Status -> what it says.
STATUSES = {
    "free": "nobody has rights in the text any more",
    "permitted": "those who have rights in it have agreed",
    "withheld": "somebody has rights in it and has not been asked, or has not agreed",
}


@dataclass(frozen=True, slots=True)
class Rights:
    """The field ``rights`` of a map."""

    status: str = "withheld"
    """One of `STATUSES`."""
    reason: str = ""
    """Who has rights in the text, and since when it is known."""
    date: str = ""
    """Day on which the status was ascertained, year first: ``2026-12-01``."""

    def withhold_from(self, build: str) -> bool:
        """Tell whether a build leaves the words out; ``build`` is ``variorum_rights``: everything or public."""
        return build == "public" and self.status == "withheld"


def read_rights(said: Any, report: Report, line: int) -> Rights:
    """Return the rights that a map states; report what is wrong with them at ``line``."""
    names = [field.name for field in fields(Rights)]
    form = 'write rights = {status = "withheld", reason = "…", date = "2026-12-01"}'
    if not isinstance(said, dict):
        report.add(line, "the rights are no table", form)
        return Rights()
    for name in sorted(said.keys() - set(names)):
        report.add(line, f"the rights have “{name}”, which is no field", f"use {', '.join(names)}")
    told = {name: said.get(name, "") for name in names}
    for name, value in told.items():
        if not isinstance(value, str) or not value.strip():
            report.add(line, f"the rights have no {name}", form)
            return Rights()
    if told["status"] not in STATUSES:
        report.add(line, f"the rights have the status “{told['status']}”", f"write {', '.join(STATUSES)}")
    if not _is_day(told["date"]):
        report.add(line, f"the rights have the date “{told['date']}”", "write the year first: 2026-12-01")
    return Rights(**told)


def _is_day(date: str) -> bool:
    """Tell whether a date is a day of the calendar, year first."""
    try:
        return dt.date.fromisoformat(date).isoformat() == date
    except ValueError:
        return False
