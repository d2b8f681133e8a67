"""Short forms by which entries are cited, made so that no two are alike."""

from collections import defaultdict
from collections.abc import Iterable

from pybtex.database import Entry

from variorum.citations.latex import plain
from variorum.citations.style import short_names
from variorum.sorting import sort_key


def give_short_forms(entries: Iterable[Entry]) -> None:
    """Give each entry what it is cited by (``short``) and what the bibliography prints for its date (``dated``).

    ``short`` is the ``shorthand`` where there is one, else names and year. Works of one author and year get letters
    after the year, in the order of their titles; undated ones get the title in the year's place.
    """
    alike: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        alike[short_names(entry), date_of(entry)].append(entry)
    for (who, date), works in alike.items():
        works.sort(key=lambda entry: sort_key(_title(entry)).lstrip("“["))
        for number, entry in enumerate(works):
            letter = _letter(number) if len(works) > 1 and date != UNDATED else ""
            entry.fields["dated"] = date + letter
            entry.fields.setdefault("year", date)
            named = date + letter
            if len(works) > 1 and not letter:
                named = f"‘{_title(entry)}’"
            entry.fields["cited-by"] = who
            entry.fields["cited-year"] = "" if who.startswith("‘") and named == f"‘{_title(entry)}’" else named
            if "shorthand" in entry.fields:
                entry.fields["cited-by"], entry.fields["cited-year"] = plain(entry.fields["shorthand"]), ""


UNDATED = "n.d."


def date_of(entry: Entry) -> str:
    """Return the date of an entry, that of the original before it in square brackets: ``[1920] 1965``."""
    year = entry.fields.get("year", UNDATED) or UNDATED
    origin = entry.fields.get("origdate", "").partition("/")[0][:4]
    return f"[{origin}] {year}" if origin and origin != year else year


def _title(entry: Entry) -> str:
    return plain(entry.fields.get("title") or entry.fields["booktitle"])


def _letter(number: int) -> str:
    """Return ``a`` for 0, ``z`` for 25, ``aa`` for 26."""
    return "a" * (number // 26) + chr(ord("a") + number % 26)
