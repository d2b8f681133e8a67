"""What an archive is told of an edition: DataCite's metadata, kernel 4.5, as JSON."""

from collections.abc import Iterable
from typing import Any

from sphinx.config import Config

from variorum.config import imprint
from variorum.i18n import tag
from variorum.text.rights import Rights

SCHEMA = "http://datacite.org/schema/kernel-4"
UNKNOWN = ":unav"
"""DataCite's word for what is not known (Metadata Schema 4.5, appendix 3)."""
OPEN = ("open access", "http://purl.org/coar/access_right/c_abf2")
RESTRICTED = ("restricted access", "http://purl.org/coar/access_right/c_16ec")
LCSH = "http://id.loc.gov/authorities/subjects/"

Texts = list[tuple[str, Rights]]
"""The title of each text's witness, and what is known of the rights in it."""


def metadata(config: Config, texts: Texts, date: str) -> dict[str, Any]:
    """Return the metadata of a version that was published on ``date``."""
    said = imprint(config)
    titles = [{"title": config.project}]
    if said.subtitle:
        titles.append({"title": said.subtitle, "titleType": "Subtitle"})
    description = config.epub_description
    return {
        "schemaVersion": SCHEMA,
        "types": {"resourceTypeGeneral": "Text", "resourceType": "Critical edition"},
        "creators": [{"name": config.author}],
        "titles": titles,
        "publisher": {"name": said.publisher or UNKNOWN},
        "publicationYear": date[:4],
        "dates": [{"date": date, "dateType": "Issued"}],
        "language": tag(config.language),
        "version": config.version,
        "subjects": list(subjects(config.variorum_subjects.items())),
        "formats": ["text/markdown", "text/html", "application/pdf", "application/epub+zip", "application/tei+xml"],
        "rightsList": rights_list(config, texts),
        "descriptions": [{"description": description, "descriptionType": "Abstract"}] if description else [],
    }


def subjects(headings: Iterable[tuple[str, str]]) -> Iterable[dict[str, str]]:
    """Yield the subject headings of the Library of Congress."""
    for heading, number in headings:
        yield {
            "subject": heading,
            "subjectScheme": "Library of Congress Subject Headings",
            "schemeUri": LCSH.removesuffix("/"),
            "valueUri": f"{LCSH}{number}",
        }


def rights_list(config: Config, texts: Texts) -> list[dict[str, str]]:
    """Return who may have the deposit, the licence of the editors' words, and what is known of each text.

    The sources have all words: where one text is withheld, the whole is not open.
    """
    withheld = any(rights.status == "withheld" for _title, rights in texts)
    access, address = RESTRICTED if withheld else OPEN
    found = [{"rights": access, "rightsUri": address}]
    licence = imprint(config).licence
    if licence:
        address = config.html_theme_options.get("licence_address", "")
        found.append({"rights": licence, "rightsUri": address} if address else {"rights": licence})
    for title, rights in texts:
        found.append({"rights": f"{title}: {rights.status}. {rights.reason} ({rights.date})"})
    return found
