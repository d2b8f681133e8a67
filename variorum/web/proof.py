"""The third net over the web edition: the pages of the texts say what was collated."""

from pathlib import Path

from sphinx.application import Sphinx

from variorum.problems import Problem
from variorum.reporting import tell
from variorum.writing.markup import read_page
from variorum.writing.proof import proved_texts, written_problems


def check_pages(app: Sphinx, exception: Exception | None) -> None:
    """Read the page of every text; one that says anything else is taken away, so that it is written and told again."""
    if exception or app.builder.name != "html":
        return
    problems: list[Problem] = []
    for name, doc in proved_texts(app.env):
        page = Path(app.builder.get_outfilename(name))  # type: ignore[attr-defined] # the HTML builder's
        places = {anchor: place for place, (anchor, _at) in doc.places.items()}
        written = read_page(page.read_text(encoding="utf-8"), "article", places)
        found = list(written_problems("the web edition", doc, f"{name}.md", written))
        if found:
            page.unlink()
        problems += found
    tell(problems)


def setup(app: Sphinx) -> None:
    """Read the pages when all are written, before anything else is made of them."""
    app.connect("build-finished", check_pages, priority=100)
