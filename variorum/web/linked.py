"""What a page says of itself in JSON-LD, in the words of schema.org: a text, a page, the entries of a register."""

import re
from typing import Any

from sphinx.application import Sphinx

from variorum.config import folders, registers
from variorum.domain import edition
from variorum.i18n import tag
from variorum.registers.entries import Entry, addresses_of
from variorum.web.citing import Hand, spoken, year_of_edition

CONTEXT = "https://schema.org"
#: What a register holds -> the type of an entry, and the properties that have the years of its beginning and its end.
TYPES = {
    "person": ("Person", "birthDate", "deathDate"),
    "body": ("Organization", "foundingDate", "dissolutionDate"),
    "event": ("Event", "", ""),
    "term": ("DefinedTerm", "", ""),
}
#: Dates that leave no doubt which year is which: ``1872–1952``.
_YEARS = re.compile(r"(\d{4})[–-](\d{4})")

Said = dict[str, Any]


def linked_data(app: Sphinx, pagename: str, hand: Hand, url: str) -> Said:
    """Return what a page says of itself; ``url`` is its address, empty where the edition has none."""
    meta, config = app.env.metadata.get(pagename, {}), app.config
    said: Said = {"@type": "Chapter", "name": meta.get("title") or hand.title, "isPartOf": the_edition(app)}
    if pagename == config.root_doc:
        said = the_edition(app)
    elif url:
        said |= {"@id": url, "url": url}
    said["inLanguage"] = tag(meta.get("language") or config.language)
    if meta.get("description"):
        said["description"] = meta["description"]
    if "siglum" in meta:
        said["author"] = [
            {"@type": "Organization" if "literal" in name else "Person", "name": spoken(name)} for name in hand.authors
        ]
        if hand.year:
            said["dateCreated"] = hand.year
    entries = [linked_entry(entry, holds, url) for entry, holds in _entries_on(app, pagename)]
    if not entries:
        return {"@context": CONTEXT, **said}
    said["about"] = [{"@id": entry["@id"]} for entry in entries]
    return {"@context": CONTEXT, "@graph": [said, *entries]}


def the_edition(app: Sphinx) -> Said:
    """Return the edition as a book."""
    config = app.config
    said: Said = {
        "@type": "Book",
        "name": config.project,
        "version": config.version,
        "inLanguage": tag(config.language),
        "editor": {"@type": "Organization", "name": config.author},
    }
    found = {
        "datePublished": year_of_edition(config),
        "license": config.html_theme_options.get("licence_address", ""),
        "@id": config.html_baseurl,
        "url": config.html_baseurl,
    }
    return said | {name: value for name, value in found.items() if value}


def _entries_on(app: Sphinx, pagename: str) -> list[tuple[Entry, str]]:
    """Return the entries of the register that a page prints, each with what the register holds."""
    named, where = edition(app.env).data["derived"]["named"], folders(app.env)
    shown = {name: said.holds for name, said in registers(app.config).items() if where.page(name) == pagename}
    return [(entry, shown[entry.register]) for entry in named.entries.values() if entry.register in shown]


def linked_entry(entry: Entry, holds: str, url: str) -> Said:
    """Return an entry of a register: its names, the dates that can be read without a doubt, its identifiers."""
    kind, begun, ended = TYPES[holds]
    address = f"{url}#{entry.anchor}"
    said: Said = {"@type": kind, "@id": address, "name": entry.headword}
    if url:
        said["url"] = address
    if names := entry.names():
        said["alternateName"] = names
    if entry.when:
        said["startDate"] = entry.when
    years = _YEARS.fullmatch(entry.dates)
    if years and begun:
        said |= {begun: years[1], ended: years[2]}
    if same := list(addresses_of(entry).values()):
        said["sameAs"] = same
    return said
