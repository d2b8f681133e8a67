"""The third net over the ePub: the pages of the texts say what was collated."""

from pathlib import Path

from sphinx.builders.epub3 import Epub3Builder

from variorum.problems import Problem
from variorum.reporting import tell
from variorum.writing.markup import read_page
from variorum.writing.proof import proved_texts, written_problems


def prove_pages(builder: Epub3Builder) -> None:
    """Read the page of every text, before any page goes into the book."""
    problems: list[Problem] = []
    for name, doc in proved_texts(builder.env):
        page = Path(builder.outdir, builder.get_target_uri(name))
        places = {anchor: place for place, (anchor, _at) in doc.places.items()}
        written = read_page(page.read_text(encoding="utf-8"), "body", places)
        problems += written_problems("the ePub", doc, f"{name}.md", written)
    tell(problems)
