"""Drafts: under ``make live`` a text is shown while its departures are not yet declared or decided.

Each such departure is marked in its place, and the messages stand at the head of the page as well as in the terminal.
Every other command refuses to build such an edition.
"""

from collections.abc import Iterable
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from variorum.config import folders
from variorum.doctree import elements, put_after
from variorum.domain import edition
from variorum.i18n import _
from variorum.nodes import variant
from variorum.problems import Problem

logger = logging.getLogger(__name__)

#: What `make collate` and a decision of the editors will mend: it does not keep a draft from being shown.
KINDS = {"apparatus", "locators"}


class Drafts:
    """The problems that do not keep a draft from being shown."""

    def __init__(self) -> None:
        """Know of none yet."""
        self.problems: list[Problem] = []

    def set_aside(self, app: Sphinx, problems: Iterable[Problem]) -> list[Problem]:
        """Tell the problems that a draft may have, where drafts are shown; return those that remain."""
        found = list(problems)
        self.problems = [problem for problem in found if app.config.variorum_drafts and problem.kind in KINDS]
        for problem in self.problems:
            logger.info("draft: %s", problem, color="yellow")
        return [problem for problem in found if problem not in self.problems]

    def mark(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Mark the drafts of a page, and list the messages at its head (event doctree-resolved)."""
        where = folders(app.env)
        witness = edition(app.env).documents[docname].witness if docname in edition(app.env).documents else ""
        of_page = {f"{docname}.md", where.rows(witness)} if witness else {f"{docname}.md"}
        messages = [nodes.paragraph("", str(problem)) for problem in self.problems if problem.path in of_page]
        if not messages:
            return
        for node in elements(doctree, variant):
            if node.get("draft") and node["first"]:
                mark = f'<sup class="draft">{escape(_("draft"))}</sup>'
                put_after(node, nodes.raw("", mark, format="html"))
        title = nodes.title("", _("Draft"))
        first = next(iter(elements(doctree, nodes.section)), doctree)
        first.insert(1, nodes.admonition("", title, *messages, classes=["draft", "editorial"]))
