"""What catalogues gather from the web edition: the list of all documents, and BEACON files of identified persons."""

import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util import logging

from variorum.archive import NO_DATE, build_time
from variorum.config import folders, registers
from variorum.domain import edition
from variorum.i18n import _, tag
from variorum.registers.entries import AUTHORITIES, Entry
from variorum.web.citing import Hand, hands_of, spoken
from variorum.web.search import write_changed
from variorum.web.translator import TEMPLATES
from variorum.writing.contents import in_order

logger = logging.getLogger(__name__)
CONTENTS = "contents.json"
NO_BEACON = "html_baseurl is empty in conf.py: no BEACON file is written, whose links need the address of the site"


# -- the list of all documents


def contents(app: Sphinx) -> dict[str, Any]:
    """Return what the edition is, and each of its documents in the order of the contents, those in no list last."""
    config = app.config
    listed = dict.fromkeys((config.root_doc, *in_order(app.env)))
    names = [*listed, *sorted(app.env.found_docs - listed.keys())]
    return {
        "title": config.project,
        "editor": config.author,
        "version": config.version,
        "language": tag(config.language),
        "address": config.html_baseurl,
        "documents": [document(app, name) for name in names],
    }


def document(app: Sphinx, name: str) -> dict[str, Any]:
    """Return what is known of a document: it has no words of a text, but its titles."""
    env, meta, here = app.env, app.env.metadata.get(name, {}), edition(app.env).documents.get(name)
    hands = hands_of(app, name, env.get_doctree(name) if "hands" in meta else None)
    path = app.builder.get_target_uri(name)
    said: dict[str, Any] = {"path": path, "title": meta.get("title") or env.titles[name].astext(), **_by(hands[""])}
    if app.config.html_baseurl:
        said["address"] = f"{app.config.html_baseurl.rstrip('/')}/{path}"
    if not here or not here.siglum:
        return said
    said |= {"siglum": here.siglum, "part_of": _whole(app, name)}
    said["sections"] = {
        number: {"title": hand.title, **_by(hand)} for number, hand in hands.items() if number.isdigit()
    }
    said["locators"] = {f"{here.siglum} {place}": f"#{anchor}" for place, (anchor, _at) in here.places.items()}
    return {key: value for key, value in said.items() if value}


def _by(hand: Hand) -> dict[str, Any]:
    """Return the authors of a hand, and the date in the words of the source."""
    said: dict[str, Any] = {"authors": [spoken(name) for name in hand.authors]}
    return said | ({"date": hand.date} if hand.date else {})


def _whole(app: Sphinx, name: str) -> str:
    """Return the address of the text that a document is a piece of; nothing of a whole text."""
    parents = (parent for parent, parts in app.env.toctree_includes.items() if name in parts)
    texts = edition(app.env).documents
    whole = next((parent for parent in parents if parent in texts and texts[parent].siglum), "")
    return app.builder.get_target_uri(whole) if whole else ""


# -- BEACON


def beacon_files(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Yield name and words of a file for each register of persons and each authority that has identified some."""
    named = edition(app.env).data["derived"]["named"]
    for register, said in registers(app.config).items():
        entries = [entry for entry in named.entries.values() if entry.register == register]
        for authority in AUTHORITIES if said.holds == "person" else ():
            identified = [entry for entry in entries if getattr(entry, authority)]
            if identified:
                yield f"beacon/{register}-{authority}.txt", beacon(app, register, authority, identified)


def beacon(app: Sphinx, register: str, authority: str, entries: Iterable[Entry]) -> str:
    """Return a link dump in BEACON format: identifier, name and key of each entry, sorted by identifier."""
    site = app.config.html_baseurl.rstrip("/")
    page = app.builder.get_target_uri(folders(app.env).page(register))
    links = sorted((getattr(entry, authority), _token(entry.headword), entry.key) for entry in entries)
    made = build_time()
    fields = {
        "FORMAT": "BEACON",
        "PREFIX": AUTHORITIES[authority][1].format("{ID}"),
        "TARGET": f"{site}/{page}#{register}-{{ID}}",
        "FEED": f"{site}/beacon/{register}-{authority}.txt",
        "HOMEPAGE": f"{site}/",
        "NAME": _token(app.config.project),
        "CREATOR": _token(app.config.author),
        "DESCRIPTION": _("Persons in the edition whose identity is verified"),
        "TIMESTAMP": "" if made == NO_DATE else time.strftime("%Y-%m-%d", time.gmtime(made)),
    }
    told = {name: value for name, value in fields.items() if value}
    return str(TEMPLATES.get_template("beacon.txt").render(fields=told, links=links))


def _token(words: str) -> str:
    """Return words as a part of a line: in them no bar and no line may end."""
    return " ".join(words.replace("|", "¦").split())


# -- writing them


def write_catalogue(app: Sphinx, exception: Exception | None) -> None:
    """Write the files into the site; say so where the address that a link dump needs is not known."""
    if exception or app.builder.name != "html":
        return
    out = Path(app.outdir)
    write_changed(out / CONTENTS, json.dumps(contents(app), ensure_ascii=False, indent=1) + "\n")
    if not app.config.html_baseurl:
        logger.info(NO_BEACON)
        return
    wanted = dict(beacon_files(app))
    for path in out.glob("beacon/*.txt"):
        if path.relative_to(out).as_posix() not in wanted:
            path.unlink()
    for name, words in wanted.items():
        write_changed(out / name, words)


def setup(app: Sphinx) -> None:
    """Write the files when the pages are written (event build-finished)."""
    app.connect("build-finished", write_catalogue)
