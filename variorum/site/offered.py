"""What the front page offers for download: one table, of which it shows what has been built."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from variorum.i18n import _
from variorum.site.texts import Text

#: The archives that this folder makes.
DATA, TEI, SITE = "witnesses-and-apparatus.zip", "tei.zip", "site.zip"


class Offer(NamedTuple):
    """A row of the table."""

    what: str
    files: list[tuple[str, str]]
    """Name of each file among the downloads, and the word that leads to it."""
    good_for: str
    loses: str


def offers(texts: Mapping[str, Text], book: str) -> list[Offer]:
    """Return every row there can be; ``book`` is the name of the files of the whole edition."""
    return [
        Offer(
            _("The book, PDF"),
            [(f"{book}.pdf", "A5"), (f"{book}-a4.pdf", "A4")],
            _("reading from beginning to end and printing, with the notes at the foot of the page"),
            _("the switch between edition and witness; errors of the scan stand in a list"),
        ),
        Offer(
            _("The e-book"),
            [(f"{book}.epub", "ePub")],
            _("e-readers and telephones; letters of any size"),
            _("the switch; the source’s pages stand in a list"),
        ),
        Offer(
            _("One text, PDF"),
            [(f"{name}.pdf", text.front["siglum"]) for name, text in texts.items()],
            _("reading or handing on one text with its introduction, notes and apparatus"),
            _("the switch; the other texts, the essays and the registers"),
        ),
        Offer(
            _("One text, plain"),
            [(f"{name}.txt", text.front["siglum"]) for name, text in texts.items()],
            _("searching and counting with one’s own tools"),
            _("the editors’ notes, the apparatus, emphasis"),
        ),
        Offer(
            _("TEI P5"),
            [(TEI, "Zip")],
            _("programs that read the encoding of the humanities, and comparing with other editions"),
            _("introductions and essays"),
        ),
        Offer(
            _("Witnesses and apparatus"),
            [(DATA, "Zip")],
            _("checking the texts against their sources, and building on them"),
            _("the commentary"),
        ),
        Offer(
            _("The web edition"),
            [(SITE, "Zip")],
            _("reading without a connection, in any browser"),
            _("nothing"),
        ),
    ]


def present(rows: list[Offer], downloads: Path) -> list[Offer]:
    """Return the rows of which something has been built, with the files that have been."""
    found = []
    for row in rows:
        files = [(name, word) for name, word in row.files if (downloads / name).exists()]
        if files:
            found.append(row._replace(files=files))
    return found


def size(path: Path) -> str:
    """Return the size of a file as a reader reads it."""
    count = path.stat().st_size
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} KB"  # noqa: PLR2004 - a megabyte
