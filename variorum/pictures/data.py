"""The data of the pictures that have a file of their own: groups along the years, and the descent of a text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from variorum.problems import Report
from variorum.text.folders import Folders
from variorum.text.toml_file import Field, TomlLines, check_table

DAY = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
DAY_EXAMPLE = 'a day, month or year: "1848-03-08", "1848-03", "1848"'
WORDS = Field(str, required=True)
COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Form:
    """What a picture's file holds."""

    kind: str
    """What an entry is called in it: ``[group.KEY]``."""
    fields: Mapping[str, Field]
    """What an entry says."""
    link: Mapping[str, Field]
    """What each of its links (``from``) says."""


FORMS = {
    "groups": Form(
        "group",
        {
            "name": WORDS,
            "first": Field(str, required=True, form=DAY, example=DAY_EXAMPLE),
            "last": Field(str, required=True, form=DAY, example=DAY_EXAMPLE),
            "traces": Field(str, form=DAY, example=DAY_EXAMPLE),
            "years": Field(str, required=True, empty=True),
            "members": Field(str, required=True, empty=True),
            "source": WORDS,
            "trunk": Field(bool),
            "secret": Field(bool),
            "words": Field(str, form="before|after", example='"before" or "after"'),
        },
        {"group": WORDS, "how": WORDS, "doubtful": Field(str), "source": WORDS},
    ),
    "transmission": Form(
        "text",
        {
            "name": WORDS,
            "when": Field(str, required=True, empty=True),
            "what": Field(str, required=True, empty=True),
            "column": Field(int, required=True, example="0, 1 or 2"),
            "seen": Field(bool, required=True),
            "source": WORDS,
        },
        {"text": WORDS, "beside": Field(bool), "how": WORDS, "doubtful": Field(str), "source": WORDS},
    ),
}
MARK = {"when": Field(str, required=True, form=DAY, example=DAY_EXAMPLE), "name": WORDS, "source": Field(str)}


def read_data(folders: Folders, name: str) -> dict[str, Any]:
    """Read ``commentary/NAME.toml``; raise EditionError with everything that is wrong with it."""
    report = Report(folders.data(name), "picture")
    source = report.text(folders.root)
    data, lines, form = report.toml(source), TomlLines(source), FORMS[name]
    for key in data.keys() - {"mark", form.kind}:
        report.add(lines.table(key) or lines.key("", key), f"“{key}” is no table", f"use [{form.kind}.…] and [[mark]]")
    marks, entries = data.setdefault("mark", []), data.setdefault(form.kind, {})
    if not isinstance(marks, list):
        report.add(lines.table("mark"), "[mark] is one table", "write [[mark]]")
    elif all(isinstance(mark, dict) for mark in marks):
        for number, mark in enumerate(marks):
            check_table(mark, MARK, report, lines, f"mark[{number}]")
    if not isinstance(entries, dict) or not entries:
        report.add(0, f"no [{form.kind}.…]", "write one")
    report.close()
    for key, entry in entries.items():
        _check_entry(key, entry, form, report, lines)
    report.close()
    for key, line, what, remedy in _impossible(name, form, entries, lines):
        report.add(line, f"[{form.kind}.{key}] {what}", remedy)
    report.close()
    return data


def _check_entry(key: str, entry: object, form: Form, report: Report, lines: TomlLines) -> None:
    """Report what is wrong with the fields of an entry and of its links."""
    table = f"{form.kind}.{key}"
    if not isinstance(entry, dict):
        report.add(lines.key(form.kind, key), f"“{key}” stands outside an entry", f"write [{form.kind}.KEY] first")
        return
    links = entry.get("from", [])
    check_table({name: value for name, value in entry.items() if name != "from"}, form.fields, report, lines, table)
    if not isinstance(links, list) or not all(isinstance(link, dict) for link in links):
        remedy = f'write from = [{{{form.kind} = "key", how = "…", source = "…"}}]'
        report.add(lines.key(table, "from"), f"“from” in [{table}] is no list of tables", remedy)
        return
    rows = lines.rows(table, "from")
    for number, link in enumerate(links):
        said = Report(report.path, report.kind)
        check_table(link, form.link, said, lines, table)
        for problem in said:
            report.add(rows[number] if number < len(rows) else problem.line, problem.what, problem.remedy)


def _impossible(
    name: str, form: Form, entries: Mapping[str, Any], lines: TomlLines
) -> Iterator[tuple[str, int, str, str]]:
    """Yield what cannot be drawn: the entry's key, the line, what is wrong, what to do."""
    above: set[str] = set()
    beside: set[tuple[str, str]] = set()
    for key, entry in entries.items():
        table = f"{form.kind}.{key}"
        above.add(key)
        for number, link in enumerate(entry.get("from", [])):
            rows = lines.rows(table, "from")
            line = rows[number] if number < len(rows) else lines.key(table, "from")
            source = link[form.kind]
            allowed = above if name == "transmission" and not link.get("beside") else entries
            if source == key:
                yield key, line, "comes from itself", "name another entry"
            elif source not in allowed:
                yield key, line, f"comes from “{source}”, which is no entry above it", "mend the name, or the order"
            elif link.get("beside") and (source, key) in beside:
                yield key, line, f"and “{source}” stand beside each other twice", "keep one of the two"
            beside.add((key, source))
        yield from ((key, *fault) for fault in _out_of_place(entry, table, lines))


def _out_of_place(entry: Mapping[str, Any], table: str, lines: TomlLines) -> Iterator[tuple[int, str, str]]:
    """Yield what of an entry would be drawn nowhere, or backwards."""
    if "column" in entry and not 0 <= entry["column"] < COLUMNS:
        yield lines.key(table, "column"), f"has the column {entry['column']}", "write 0, 1 or 2"
    for start, end in (("first", "last"), ("last", "traces")):
        if start in entry and end in entry:
            shared = min(len(entry[start]), len(entry[end]))
            if entry[end][:shared] < entry[start][:shared]:
                what = f"has “{end}” ({entry[end]}) before “{start}” ({entry[start]})"
                yield lines.key(table, end), what, "mend one of the two"
