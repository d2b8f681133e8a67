"""``make tei``: a builder that writes each text, and the edition as a whole, in TEI P5."""

import shutil
import time
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.display import progress_message

from variorum.archive import build_time
from variorum.citations.domain import citations
from variorum.config import folders, registers
from variorum.domain import edition
from variorum.quotations.declared import NAME as QUOTATIONS
from variorum.tei.body import BodyWriter, NoTeiError
from variorum.tei.header import TextHeader, header_of_corpus, header_of_text, witness_id
from variorum.tei.standoff import links_of_shared_words, list_of_entries, list_of_works, work_id
from variorum.tei.xml import element, identifier, written
from variorum.text.witness import read_witness

logger = logging.getLogger(__name__)


class TeiBuilder(Builder):
    """Write ``NAME.xml`` for each text, which stands by itself, and ``edition.xml``, the corpus of all."""

    name = "tei"
    format = "tei"
    epilog = "The TEI files are in %(outdir)s."
    allow_parallel = True

    def get_outdated_docs(self) -> Iterator[str]:
        """Write every text: a note, an entry, a work may have changed anywhere."""
        return iter(self.env.found_docs)

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002 - Sphinx's
        """Return the name of the document; `target_of` says where TEI holds it."""
        return docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:  # noqa: ARG002 - Sphinx's
        """Return the name of the document, seen from anywhere."""
        return to

    def write_documents(self, _docnames: AbstractSet[str]) -> None:
        """Write the texts, then the corpus."""
        self.domain = edition(self.env)
        self.day = time.strftime("%Y-%m-%d", time.gmtime(build_time()))
        self.anchors = self._anchors()
        texts: list[ET.Element] = []
        for name in self._wholes():
            with progress_message(f"writing {name}"):
                texts.append(self._text(name))
        with progress_message("writing the corpus"):
            corpus = element("teiCorpus", header_of_corpus(self.config, self.day), *self._stand_off(None))
            for text in texts:
                for beside in text.findall("{*}standOff"):
                    text.remove(beside)
                corpus.append(text)
            self._put("edition.xml", _with_unique_ids(corpus))

    def _wholes(self) -> list[str]:
        """Return the documents that open a text, in the order of the contents; a piece of a text has no copy-text."""
        order = self.env.toctree_includes.get(self.config.root_doc, [])
        found = [name for name, _ in self.domain.texts() if "copy-text" in self.env.metadata[name]]
        return sorted(found, key=lambda name: order.index(name) if name in order else len(order))

    def _text(self, name: str) -> ET.Element:
        """Write a text with its pieces to a file of its own; return it."""
        front = self.env.metadata[name]
        siglum, witness = front["siglum"], read_witness(folders(self.env), front["witness"])
        documents = [name, *self.env.toctree_includes.get(name, [])]
        body, back = element("body"), element("div", type="notes", resp="#editors")
        for number, document in enumerate(documents, 1):
            tree = self.env.get_and_resolve_doctree(document, self)
            writer = BodyWriter(siglum, witness_id(siglum), self._target_from(siglum, document), number)
            try:
                parts, notes = writer.body_of(tree), writer.notes_of(tree)
            except NoTeiError as error:
                logger.error("%s", error, location=error.node, type="variorum", subtype="tei")  # noqa: TRY400 - an editor wants its place, no traceback
                continue
            body.extend(_divided(parts))
            back.extend(notes)
        words = sum(self.domain.documents[document].length for document in documents)
        text = element("text", body, xml_lang=front.get("language", "") or self.config.language.replace("_", "-"))
        if len(back):
            text.append(element("back", back))
        header = header_of_text(self.config, TextHeader(front, witness, words), self.day)
        root = element("TEI", header, *self._stand_off(text, siglum), text, xml_id=siglum)
        self._put(f"{front['witness']}.xml", root)
        return root

    def finish(self) -> None:
        """Put the pictures of the texts beside the files that name them."""
        documents = {name for name, _ in self.domain.texts()}
        for uri, (names, _file) in self.env.images.items():
            if documents & names:
                target = Path(self.outdir) / uri
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(Path(self.srcdir) / uri, target)

    def _put(self, name: str, root: ET.Element) -> None:
        Path(self.outdir).mkdir(parents=True, exist_ok=True)
        (Path(self.outdir) / name).write_bytes(written(root))

    # -- what stands beside a text

    def _stand_off(self, text: ET.Element | None, siglum: str = "") -> list[ET.Element]:
        """Return registers and bibliography: those entries and works to which a text refers; all for the corpus.

        They stand in one element, which may not be empty.
        """
        wanted = None if text is None else _closure(_targets(text), self._entries_and_works())
        lists = []
        for name, register in registers(self.config).items():
            entries = [
                entry
                for entry in self.domain.data["derived"]["named"].entries.values()
                if entry.register == name and (wanted is None or f"{name}-{entry.key}" in wanted)
            ]
            if entries:
                writer = BodyWriter("", "", self._target_from("", folders(self.env).page(name)))
                lists.append(list_of_entries(name, register, entries, self._lives(name), writer))
        works = [
            work
            for work in citations(self.env).bibdata.data.entries.values()
            if wanted is None or work_id(work.key) in wanted
        ]
        if works:
            lists.append(list_of_works(works))
        shared = links_of_shared_words(self.domain.data["derived"][QUOTATIONS], self._place_from(siglum))
        if shared is not None:
            lists.append(shared)
        return [element("standOff", *lists)] if lists else []

    def _place_from(self, here: str) -> Callable[[str], str]:
        """Return the function that says where a locator stands, seen from the file of a text, or of the corpus."""
        files = {doc.siglum: f"{doc.witness}.xml" for _, doc in self.domain.texts()}

        def place_of(locator: str) -> str:
            siglum, _, place = locator.partition(" ")
            file = "" if here in {"", siglum} else files[siglum]
            return f"{file}#{identifier(siglum, place)}"

        return place_of

    def _entries_and_works(self) -> dict[str, set[str]]:
        """Return, by id, what each entry of a register refers to."""
        if not hasattr(self, "_references"):
            xml_id = "{http://www.w3.org/XML/1998/namespace}id"
            items = [item for whole in self._stand_off(None) for item in whole.iter() if item.get(xml_id)]
            self._references = {item.get(xml_id, ""): _targets(item) for item in items}
        return self._references

    def _lives(self, register: str) -> dict[str, nodes.Element]:
        """Return the definitions that a register's page prints, by the ids of their terms."""
        page = folders(self.env).page(register)
        if page not in self.env.found_docs:
            return {}
        if page not in self._pages:
            tree = self.env.get_and_resolve_doctree(page, self)
            self._pages[page] = {
                identity: next(item.findall(nodes.definition))
                for item in tree.findall(nodes.definition_list_item)
                for identity in next(item.findall(nodes.term))["ids"]
            }
        return self._pages[page]

    def init(self) -> None:
        """Begin with nothing read."""
        self._pages: dict[str, dict[str, nodes.Element]] = {}

    # -- addresses

    def _anchors(self) -> dict[str, tuple[str, str]]:
        """Return siglum and ``xml:id`` of each locator, by ``document#anchor``."""
        return {
            f"{name}#{anchor}": (doc.siglum, identifier(doc.siglum, place))
            for name, doc in self.domain.texts()
            for place, (anchor, _) in doc.places.items()
        }

    def _target_from(self, siglum: str, here: str) -> Any:
        """Return the function that says where TEI holds an address, seen from a document of a text."""
        pages = {folders(self.env).page(name) for name in registers(self.config)}
        works = {citation.citation_id: citation.key for citation in citations(self.env).citations}
        files = {doc.siglum: f"{doc.witness}.xml" for _, doc in self.domain.texts()}

        def target_of(address: str) -> str:
            if address.startswith("#"):
                address = f"{here}{address}"
            document, _, anchor = address.partition("#")
            if address in self.anchors:
                other, identity = self.anchors[address]
                return f"#{identity}" if other == siglum else f"{files[other]}#{identity}"
            if document in pages:
                return f"#{anchor}"
            if anchor in works:
                return f"#{work_id(works[anchor])}"
            return address if ":" in document else ""

        return target_of


def _divided(parts: list[ET.Element]) -> list[ET.Element]:
    """Put what stands before the first division into one of its own: a ``div`` may be followed by none but its like."""
    divisions: list[ET.Element] = []
    loose: list[ET.Element] = []
    for part in parts:
        if part.tag.endswith("}div"):
            if loose:
                divisions.append(element("div", *loose))
                loose = []
            divisions.append(part)
        else:
            loose.append(part)
    return [*divisions, *([element("div", *loose)] if loose else [])]


def _targets(tree: ET.Element) -> set[str]:
    """Return the ids to which a tree refers within its file."""
    found = {node.get(name, "") for node in tree.iter() for name in ("target", "ref")}
    return {target[1:] for target in found if target.startswith("#")}


def _closure(wanted: set[str], references: dict[str, set[str]]) -> set[str]:
    """Return some ids and all to which those lead on."""
    found: set[str] = set()
    waiting = list(wanted)
    while waiting:
        identity = waiting.pop()
        if identity in references and identity not in found:
            found.add(identity)
            waiting += references[identity]
    return found


def _with_unique_ids(corpus: ET.Element) -> ET.Element:
    """Let what every text declares for itself stand once in a corpus: editors and classes."""
    xml_id = "{http://www.w3.org/XML/1998/namespace}id"
    seen: set[str] = set()
    for node in corpus.iter():
        identity = node.get(xml_id)
        if identity in seen:
            del node.attrib[xml_id]
        elif identity:
            seen.add(identity)
    return corpus


def setup(app: Sphinx) -> None:
    """Register the builder."""
    app.add_builder(TeiBuilder)
