"""What was read and what was written, told by contents: so that an incremental build equals a clean one.

Sphinx asks the dates of a page's source and of its output. That is not enough for an edition, whose pages show much of
other documents: titles and order of the contents, locators, register entries, citations, the front matter of a whole.
So each page has a digest of all it shows, kept in a record beside the doctrees, one for each folder of output: the
output itself holds nothing that depends on where the project lies. A page is owed until its digest is the
recorded one, whatever has happened between: a failed check, another builder that read the change first, a file that
came back with its old date.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.addnodes import toctree
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

import variorum
from variorum.archive import build_time
from variorum.config import folders
from variorum.domain import Document, edition
from variorum.quotations.declared import NAME as QUOTATIONS

RECORDS = "written"
"""Folder of the records, beside the doctrees."""
ALL = "*"
"""Stands in a record for the whole of a book."""


class WholeBook(Builder):
    """A builder that writes the whole edition at once, and nothing where nothing has changed."""

    owed = False
    """Whether what it wrote last is no longer what it would write: known when all documents are read."""

    def get_outdated_docs(self) -> Any:
        """Return nothing: `Written` tells what is outdated, when the documents are read."""
        return []

    def prepare_writing(self, docnames: Any) -> None:
        """Prepare, if there is something to write."""
        if self.owed:
            super().prepare_writing(docnames)

    def copy_assets(self) -> None:
        """Copy what goes with the book, if there is something to write."""
        if self.owed:
            super().copy_assets()

    def finish(self) -> None:
        """Finish the book, if one was written."""
        if self.owed:
            super().finish()


class Written:
    """The comparison of a build with the one before it."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.read: list[str] = []
        self.shown: dict[str, str] = {}

    def changed_sources(
        self, _app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], _removed: set[str]
    ) -> list[str]:
        """Return the documents whose sources have other contents than when they were read (event env-get-outdated)."""
        sources = edition(env).data["sources"]
        known = sorted(env.found_docs - added - changed)
        return [name for name in known if sources.get(name) != source_digest(env, name)]

    def note_reading(self, _app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
        """Note which documents are about to be read (event env-before-read-docs)."""
        self.read = list(docnames)

    def compare(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the documents that have to be written (event env-updated, after everything else)."""
        sources = edition(env).data["sources"]
        for name in self.read:
            sources[name] = source_digest(env, name)
        builder = app.builder
        if not isinstance(builder, WholeBook) and builder.name != "html":
            return []
        self.shown = shown(env)
        old = _recorded(app)
        if isinstance(builder, WholeBook):
            self.shown = {ALL: _digest(sorted(self.shown.items()), build_time(), *_files(env))}
            builder.owed = old != self.shown
            return sorted(env.found_docs) if builder.owed else []
        return [name for name, digest in self.shown.items() if old.get(name) != digest]

    def keep(self, app: Sphinx, exception: Exception | None) -> None:
        """Record what was written; sweep what no document writes any more (event build-finished)."""
        if exception or not self.shown:
            return
        for name in _recorded(app).keys() - self.shown.keys() - {ALL}:
            Path(app.builder.get_output_path(name)).unlink(missing_ok=True)  # type: ignore[attr-defined]
        record = _record(app)
        record.parent.mkdir(exist_ok=True)
        record.write_text(json.dumps(self.shown), encoding="utf-8")


def _record(app: Sphinx) -> Path:
    """Return the record of what was written into this folder of output, which is known by its way from the doctrees."""
    way = os.path.relpath(app.outdir, app.doctreedir)
    return Path(app.doctreedir, RECORDS, f"{quote(way, safe='')}.json")


def _recorded(app: Sphinx) -> dict[str, str]:
    """Return the record; nothing where there is none, or where the output was removed since."""
    record = _record(app)
    if not record.exists() or not any(app.outdir.iterdir()):
        return {}
    return dict(json.loads(record.read_text(encoding="utf-8")))


def source_digest(env: BuildEnvironment, docname: str) -> str:
    """Return a digest of a document's file and of every file that it was read with."""
    paths = [env.doc2path(docname), *sorted(str(path) for path in env.dependencies.get(docname, ()))]
    return _digest(*(_bytes(Path(env.srcdir) / str(path)) for path in paths))


# -- what a page shows


def shown(env: BuildEnvironment) -> dict[str, str]:
    """Return, by document, a digest of all that its page shows."""
    domain = edition(env)
    values = {value.name: _plain(value.value) for value in env.config.filter(frozenset({"env", "html", "epub"}))}
    places = [(name, doc.places) for name, doc in domain.texts()]  # any page may link to a passage
    everywhere = _digest(code_digest(), values, list(_contents(env)), _labels(env), places)
    everything = _digest(domain.documents, domain.data["derived"], sorted(env.metadata.items()), *_files(env))
    found = {}
    for name in sorted(env.found_docs):
        own = _bytes(Path(env.doctreedir, f"{name}.doctree"))
        doc = domain.documents.get(name, Document())
        listed = everything if doc.lists else ""
        found[name] = _digest(own, everywhere, listed, _entries(env, doc), list(_of_whole(env, doc)))
    return found


@cache
def code_digest() -> str:
    """Return a digest of the package: what is written by other code is written anew."""
    folder = Path(variorum.__file__).parent
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return _digest(*(part for path in paths for part in (path.relative_to(folder).as_posix(), path.read_bytes())))


def _contents(env: BuildEnvironment) -> Iterator[Any]:
    """Yield what the tables of contents say, which stand on every page: titles, captions and order."""
    yield sorted(env.toctree_includes.items())
    for name in sorted(env.found_docs):
        yield name, env.titles[name].astext(), env.longtitles[name].astext()
        for node in env.tocs[name].findall(nodes.Element):
            if isinstance(node, toctree):
                yield node.get("entries"), node.get("caption"), node.get("hidden")
            elif isinstance(node, nodes.reference):
                yield node.get("anchorname"), node.astext()


def _labels(env: BuildEnvironment) -> list[Any]:
    """Return the targets that any page may link to, with the words that a link takes from them."""
    standard = env.domaindata["std"]
    return [sorted(standard[kind].items()) for kind in ("labels", "anonlabels")]


def _entries(env: BuildEnvironment, doc: Document) -> list[Any]:
    """Return the bibliography's entries that a document cites, or that tell of its text."""
    entries = env.domains["cite"].bibdata.data.entries  # type: ignore[attr-defined]  # sphinxcontrib-bibtex's
    keys = {citing.key for citing in doc.citing} | {doc.witness}
    return [(key, repr(entries[key])) for key in sorted(keys & set(entries))]


def _of_whole(env: BuildEnvironment, doc: Document) -> Iterator[Any]:
    """Yield what a part of a text shows of the whole: its front matter, notes elsewhere, the names in its words."""
    if not doc.siglum:
        return
    domain = edition(env)
    yield sorted(env.metadata.get(folders(env).document(doc.witness), {}).items())
    yield [(name, part.calls, part.note_targets) for name, part in domain.texts(doc.siglum)]
    yield _bytes(folders(env).root / folders(env).retired)
    named, quotations = domain.data["derived"]["named"], domain.data["derived"][QUOTATIONS]
    for block in doc.blocks:
        mentions = named.mentions.get((doc.siglum, block.place), ())
        yield mentions, [named.entries[mention.key] for mention in mentions]
        yield quotations.marks.get(f"{doc.siglum} {block.place}")


def _files(env: BuildEnvironment) -> list[bytes]:
    """Return the files that lists and books show and that no document depends on alone."""
    where = folders(env)
    maps = sorted((where.root / where.witnesses).glob("*.toml"))
    return [_bytes(path) for path in (where.root / where.ledger, *maps)]


def _bytes(path: Path) -> bytes:
    """Return the contents of a file; nothing of one that is gone."""
    return path.read_bytes() if path.is_file() else b""


def _digest(*parts: Any) -> str:
    """Return a digest of some values: bytes, text, or whatever has a `repr` that says all."""
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _plain(value: Any) -> Any:
    """Return a value of conf.py as something whose `repr` is the same in every process: sets sorted, objects named."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(map(repr, map(_plain, value)))
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else type(value).__qualname__


def setup(app: Sphinx) -> None:
    """Compare each build with the one before it."""
    written = Written()
    app.connect("env-get-outdated", written.changed_sources)
    app.connect("env-before-read-docs", written.note_reading)
    app.connect("env-updated", written.compare, priority=900)  # after mentions and citations are found
    app.connect("build-finished", written.keep, priority=900)
