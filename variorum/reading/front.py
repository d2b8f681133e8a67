"""The front matter of an edited text: what it has to say, and in which form."""

import json
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from sphinx.environment import BuildEnvironment

from variorum.config import folders
from variorum.i18n import TAG
from variorum.text.witness import sigla

#: What the front matter of a text may say. Sphinx's own fields may stand there too.
FIELDS = (
    *("siglum", "witness", "title", "author", "date", "translator", "short-title", "copy-text", "description"),
    *("call-form", "note-form", "language", "hands"),
    *("orphan", "tocdepth", "nosearch", "no-search"),
)
ALWAYS = ("siglum", "title", "witness")
#: What a text as a whole says besides; a piece of a longer one, which names no copy-text, may leave it to the whole.
WHOLE = ("author", "date", "short-title")
#: Fields that are no words.
STRUCTURED = ("hands", "orphan", "tocdepth", "nosearch", "no-search")

#: Forms of a sign, in which ``{}`` stands for the sign, as in a table without entries.
FORMS = ("call-form", "note-form")

Fault = tuple[str, str, str]
"""The field that is at fault, what is wrong, what to do."""


def front_faults(env: BuildEnvironment, meta: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with the front matter of a text."""
    wanted = [*ALWAYS, *(WHOLE if "copy-text" in meta else ())]
    missing = [name for name in wanted if name not in meta]
    if missing:
        yield "", f"no {', '.join(missing)}", "write it between the lines --- at the head of the file"
    for name, value in meta.items():
        if name not in FIELDS:
            near = get_close_matches(name, FIELDS, 1)
            yield name, f"“{name}” is no field of a text", f"write {near[0]}" if near else f"use {', '.join(FIELDS)}"
        elif name in STRUCTURED:
            continue
        elif not value.strip():
            yield name, f"“{name}” is empty", "fill or remove it"
        elif name not in FORMS and _is_structured(value):
            yield name, f"“{name}” is no words: {value}", "write words; several authors are parted by semicolons"
    yield from _form_faults(meta)
    yield from _witness_faults(env, meta)


def _is_structured(value: str) -> bool:
    """Tell whether a value was a list or a table, which MyST hands over as JSON."""
    try:
        return isinstance(json.loads(value), (list, dict))
    except ValueError:
        return False


def _form_faults(meta: Mapping[str, str]) -> Iterator[Fault]:
    for name in FORMS:
        form = meta.get(name, "{}")
        if form.count("{}") != 1 or set(form.replace("{}", "")) & set("{}"):
            yield name, f"“{name}” is “{form}”", "write {} once, where the sign stands: [{}]"
    if not re.fullmatch(r"\w+", meta.get("siglum", "x")):
        yield "siglum", f"the siglum “{meta['siglum']}” has other signs than letters and figures", "shorten it"
    if not TAG.fullmatch(meta.get("language", "en")):
        yield "language", f"“{meta['language']}” is no language", "write its tag: de, en-GB, he"


def _witness_faults(env: BuildEnvironment, meta: Mapping[str, str]) -> Iterator[Fault]:
    """Yield that there is no such witness, or that its map has another siglum."""
    where, name = folders(env), meta.get("witness", "")
    known = sigla(where)
    if name and not (where.root / where.map(name)).exists():
        near = get_close_matches(name, known, 1)
        remedy = f"write {near[0]}" if near else f"write {where.map(name)}, or mend the name"
        yield "witness", f"“{name}” is no witness", remedy
    elif name in known and meta.get("siglum", known[name]) != known[name]:
        yield (
            "siglum",
            f"the siglum is “{meta['siglum']}”, and {where.map(name)} has “{known[name]}”",
            "mend one of the two",
        )


def line_of_field(path: Path, name: str) -> int:
    """Return the line of a field in the front matter of a file; 1 where it is none."""
    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
        if number > 1 and line.strip() == "---":
            break
        if name and re.match(rf"{re.escape(name)}\s*:", line):
            return number
    return 1
