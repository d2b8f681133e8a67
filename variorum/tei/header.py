"""The header of a text in TEI: what it is made from, by which rules, by whom, and what may be done with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from sphinx.config import Config

from variorum.config import classes
from variorum.i18n import tag
from variorum.tei.xml import element
from variorum.text.rights import STATUSES
from variorum.text.tokens import SILENT_RULES
from variorum.text.witness import Witness


@dataclass(frozen=True)
class TextHeader:
    """What is known of one text."""

    front: Mapping[str, str]
    """Its front matter."""
    witness: Witness
    words: int
    """Length in words, as the edition counts them."""


def header_of_text(config: Config, text: TextHeader, day: str) -> ET.Element:
    """Return the header of a text; ``day`` is the date of the version, year first."""
    front = text.front
    title = element(
        "titleStmt",
        element("title", front["title"]),
        *(element("author", name.strip()) for name in front.get("author", "").split(";")),
        *_translators(front),
        _editors(config),
    )
    source = element(
        "sourceDesc",
        element("listWit", _witness(text)),
    )
    extent = element("extent", element("measure", str(text.words), unit="words", quantity=str(text.words)))
    return element(
        "teiHeader",
        element("fileDesc", title, _edition(config), extent, _publication(config, day, _rights(text)), source),
        element("encodingDesc", *_encoding(config)),
        element("profileDesc", element("langUsage", *_languages(config, front))),
        element("revisionDesc", element("change", f"Version {config.version}", when=day)),
    )


def header_of_corpus(config: Config, day: str) -> ET.Element:
    """Return the header of the whole edition."""
    title = element("titleStmt", element("title", config.project), _editors(config))
    source = element("sourceDesc", element("p", "The texts of the edition, each of which names its witnesses."))
    rights = element("availability", element("p", str(config.copyright)))
    return element(
        "teiHeader",
        element("fileDesc", title, _edition(config), _publication(config, day, rights), source),
        element("encodingDesc", *_encoding(config)),
        element("profileDesc", element("langUsage", *_languages(config, {}))),
        element("revisionDesc", element("change", f"Version {config.version}", when=day)),
    )


def _editors(config: Config) -> ET.Element:
    return element(
        "respStmt",
        element("resp", "edition, apparatus, notes and registers"),
        element("name", config.author),
        xml_id="editors",
    )


def _translators(front: Mapping[str, str]) -> Iterable[ET.Element]:
    if front.get("translator"):
        yield element("respStmt", element("resp", "translation"), element("name", front["translator"]))


def _edition(config: Config) -> ET.Element:
    return element("editionStmt", element("edition", f"Version {config.version}", n=config.version))


def _publication(config: Config, day: str, rights: ET.Element) -> ET.Element:
    return element("publicationStmt", element("publisher", config.author), element("date", day, when=day), rights)


def _rights(text: TextHeader) -> ET.Element:
    rights = text.witness.rights
    status = "free" if rights.status == "free" else "restricted"
    words = f"{STATUSES[rights.status].capitalize()}. {rights.reason}"
    told = [element("p", words)]
    if rights.date:
        told.append(element("p", "As of ", element("date", rights.date, when=rights.date), "."))
    return element("availability", *told, status=status)


def _witness(text: TextHeader) -> ET.Element:
    about: Mapping[str, Any] = text.witness.about
    return element(
        "witness",
        element(
            "bibl",
            element("title", about["title"]),
            ", ",
            element("date", about["date"]),
            ". ",
            element("note", about["provenance"]),
            element("note", f"sha256 of the file: {about['sha256']}"),
        ),
        xml_id=witness_id(text.witness.siglum),
    )


def witness_id(siglum: str) -> str:
    """Return the ``xml:id`` of the witness of a text."""
    return f"witness-{siglum}"


def _encoding(config: Config) -> Iterable[ET.Element]:
    rules = [element("item", element("label", name), f" {rule}") for name, rule in SILENT_RULES.items()]
    silent = element("p", "Silent rules, which make no departure:", element("list", *rules))
    normalization = element("normalization", silent)
    correction = element(
        "correction",
        element("p", "Every other departure from the witness stands in an app element with its class."),
        method="markup",
    )
    yield element("editorialDecl", correction, normalization)
    categories = [
        element("category", element("catDesc", said.meaning), xml_id=f"class-{name}")
        for name, said in classes(config).items()
    ]
    yield element("classDecl", element("taxonomy", *categories, xml_id="classes"))
    yield element("variantEncoding", method="parallel-segmentation", location="internal")


def _languages(config: Config, front: Mapping[str, str]) -> Iterable[ET.Element]:
    named = dict.fromkeys((tag(front.get("language") or config.language), tag(config.language)))
    for language in named:
        yield element("language", language, ident=language)
