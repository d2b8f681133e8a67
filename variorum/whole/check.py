"""The check before anything is written: every problem is told, and no edition is built while there is one."""

from collections.abc import Iterator

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.dummy import DummyBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from variorum.citations.domain import citation_problems
from variorum.config import folders
from variorum.domain import edition
from variorum.problems import Problem
from variorum.reporting import tell
from variorum.whole.ledger import apparatus_problems, ledger_problems, write_records

logger = logging.getLogger(__name__)


class CollateBuilder(DummyBuilder):
    """``make collate``: read every document, then write the apparatus files and the ledger of locators."""

    name = "collate"

    def finish(self) -> None:
        """Write the records and say what changed."""
        for line in write_records(edition(self.env), folders(self.env)):
            logger.info("%s", line)


def problems(env: BuildEnvironment) -> Iterator[Problem]:
    """Yield what is wrong with the edition as a whole; each document has its own problems."""
    domain, where = edition(env), folders(env)
    if not any(doc.unread for doc in domain.documents.values()):
        yield from (*apparatus_problems(domain, where), *ledger_problems(domain, where))
        yield from domain.data["derived"]["named"].problems
    yield from citation_problems(env)


def check(app: Sphinx, _builder: Builder) -> None:
    """Report every problem, and build no edition while there is one; ``make collate`` writes what it is told to.

    Here, at the event write-started, nothing is written yet, and what was read is kept: the next run says the same
    again, without reading anything anew.
    """
    env = app.env
    found = {problem for doc in edition(env).documents.values() for problem in doc.problems}
    collates = isinstance(app.builder, CollateBuilder)
    found.update(p for p in problems(env) if p.kind == "map" or not collates)
    tell(found)
