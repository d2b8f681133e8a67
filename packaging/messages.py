"""Bring the catalogues up to date: every word that the package prints, in every language that it speaks.

``make messages`` keeps what is translated; what is new stands there empty, and a test says so.
"""

import tomllib
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from variorum.config import CLASSES, VALUES

PACKAGE = Path(__file__).parent.parent / "variorum"
METHODS = [
    ("starter/**", "ignore"),
    ("**.py", "python"),
    ("**.tex.jinja", "jinja2"),
    ("**.jinja", "jinja2"),
    ("**.html", "jinja2"),
    ("web/templates/**", "jinja2"),
]
OPTIONS = {
    "**.tex.jinja": {
        "block_start_string": "<%",
        "block_end_string": "%>",
        "variable_start_string": "<%=",
        "variable_end_string": "%>",
        "comment_start_string": "<#",
        "comment_end_string": "#>",
        "silent": "false",
    },
}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """Return a catalogue of all words, with the files in which they stand."""
    found = Catalog(project="variorum", header_comment="# Words that variorum prints.")
    messages = extract_from_dir(PACKAGE, METHODS, OPTIONS, KEYWORDS)
    for path, _line, message, _comments, _context in messages:
        found.add(message, locations=[(path, None)])
    for name, rule in tomllib.loads((PACKAGE / "text/silent_rules.toml").read_text(encoding="utf-8")).items():
        for message in (name, rule):
            found.add(message, locations=[("text/silent_rules.toml", None)])
    for name, said in CLASSES.items():
        for message in (name, said.meaning):
            found.add(message, locations=[("config.py", None)])
    for message in next(value.default for value in VALUES if value.name == "variorum_certainties"):
        found.add(message, locations=[("config.py", None)])
    return found


def catalogues() -> dict[Path, Catalog]:
    """Return the catalogue of each language, as it stands."""
    found = {}
    for path in sorted(PACKAGE.glob("locale/*/LC_MESSAGES/*.po")):
        with path.open("rb") as source:
            found[path] = read_po(source, locale=path.parts[-3])
    return found


def main() -> None:
    """Write each catalogue with the words that the package has now."""
    template = extracted()
    for path, catalogue in catalogues().items():
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        with path.open("wb") as target:
            write_po(target, catalogue, width=120, omit_header=False, sort_output=True, include_lineno=False)


if __name__ == "__main__":
    main()
