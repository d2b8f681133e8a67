"""The check before anything is written: every problem is told, and no edition is built while there is one."""

import time
from collections.abc import Iterable, Iterator

from sphinx.addnodes import toctree
from sphinx.application import Sphinx
from sphinx.builders.dummy import DummyBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from variorum.archive import build_time
from variorum.citations.domain import citation_problems
from variorum.config import folders, registers
from variorum.domain import edition
from variorum.links import link_problems
from variorum.problems import EditionError, Problem
from variorum.quotations.declared import NAME as QUOTATIONS
from variorum.reading.front import line_of_field
from variorum.reading.sources import markup_problems
from variorum.reporting import tell
from variorum.text.retired import read_retired
from variorum.whole.drafts import Drafts
from variorum.whole.ledger import apparatus_problems, ledger_problems, write_records
from variorum.whole.versions import changes_since, publish, unsaid_problems, version_problems

logger = logging.getLogger(__name__)


class CollateBuilder(DummyBuilder):
    """``make collate``: read every document, then write the apparatus files and the ledger of locators."""

    name = "collate"

    def finish(self) -> None:
        """Write the records and say what changed."""
        for line in write_records(edition(self.env), folders(self.env)):
            logger.info("%s", line)
        try:
            changes = list(changes_since(edition(self.env), folders(self.env)))
        except EditionError as error:
            tell(error.problems)
        for line in changes:
            logger.info("%s", line)


class PublishBuilder(DummyBuilder):
    """A step of ``make release``: add the words of this version to those of the versions before it."""

    name = "publish"

    def finish(self) -> None:
        """Write the words, or say what keeps them from being published."""
        tell(unsaid_problems(self.env))
        date = time.strftime("%Y-%m-%d", time.gmtime(build_time()))
        for line in publish(self.env, date):
            logger.info("%s", line)


def problems(env: BuildEnvironment) -> Iterator[Problem]:
    """Yield what is wrong with the edition as a whole; each document has its own problems."""
    domain, where = edition(env), folders(env)
    if not any(doc.unread for doc in domain.documents.values()):
        yield from (*apparatus_problems(domain, where), *ledger_problems(domain, where))
        yield from version_problems(domain, where)
        yield from domain.data["derived"]["named"].problems
        yield from domain.data["derived"][QUOTATIONS].problems
    try:
        retired = read_retired(where)
    except EditionError as error:
        yield from error.problems
        retired = {}
    yield from link_problems(domain, where.ledger, retired)
    yield from citation_problems(env)
    yield from markup_problems(env)
    yield from page_problems(env)


def page_problems(env: BuildEnvironment) -> Iterator[Problem]:
    """Yield the registers and apparatus that links lead to, and no page prints; and a siglum that two texts have."""
    domain, where = edition(env), folders(env)
    filled = {entry.register for entry in domain.data["derived"]["named"].entries.values()}
    for name in registers(env.config):
        if name in filled and where.page(name) not in env.found_docs:
            what = f"the register is printed on no page; links lead to {where.page(name)}.md"
            yield Problem(where.data(name), 0, "register", what, f"write the page, with {{register}} {name}")
    owners: dict[str, tuple[str, str]] = {}
    for name, document in domain.texts():
        witness, owner = owners.setdefault(document.siglum, (document.witness, name))
        if document.witness != witness:
            line = line_of_field(env.doc2path(name), "siglum")
            what = f"siglum {document.siglum} is that of {owner}.md"
            yield Problem(f"{name}.md", line, "front", what, "give this text a siglum of its own")


def refuse_rings(_app: Sphinx, env: BuildEnvironment) -> None:
    """Report pages that contain themselves, by way of others (event env-updated)."""
    problems = []
    for name in sorted(env.toctree_includes):
        for inner in env.toctree_includes[name]:
            if name not in _pages_below(env, inner):
                continue
            path = str(env.doc2path(name, base=False))
            line = next((node.line or 1 for node in env.get_doctree(name).findall(toctree)), 1)
            what = f"the contents of {name} have “{inner}”, and those of that page lead back"
            problems.append(Problem(path, line, "text", what, "take one of the two out"))
    tell(problems)


def _pages_below(env: BuildEnvironment, name: str) -> set[str]:
    """Return a page and all that its contents lead to."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        page = waiting.pop()
        if page not in found:
            found.add(page)
            waiting += env.toctree_includes.get(page, [])
    return found


#: What is wrong with these makes other things wrong, which are not told while they are.
CAUSES = {"config", "map", "witness", "front"}
CONSEQUENCES = {"apparatus", "locators", "links", "register", "quotation"}


def causes_first(problems: Iterable[Problem], texts: str) -> list[Problem]:
    """Return problems in the order in which to mend them, without those that only follow from others.

    ``texts`` is the folder of the edited texts.
    """
    found = set(problems)
    if any(problem.kind in CAUSES for problem in found):
        found = {problem for problem in found if problem.kind not in CONSEQUENCES}
    strays = any(problem.kind == "stray" for problem in found)
    if strays or any(problem.kind == "text" and problem.path.startswith(f"{texts}/") for problem in found):
        found = {problem for problem in found if problem.kind not in {"apparatus", "locators", "links"}}
    if any(problem.kind == "locators" for problem in found):
        found = {problem for problem in found if problem.kind != "links"}
    if any(problem.kind == "apparatus" and problem.path.startswith(f"{texts}/") for problem in found):
        found = {problem for problem in found if problem.kind != "locators"}

    def rank(problem: Problem) -> tuple[bool, bool, Problem]:
        return problem.kind not in CAUSES, not problem.path.startswith(f"{texts}/"), problem

    return sorted(found, key=rank)


def check(app: Sphinx, drafts: Drafts) -> None:
    """Report every problem, and build no edition while there is one; ``make collate`` writes what it is told to.

    Here, at the event write-started, nothing is written yet, and what was read is kept: the next run says the same
    again, without reading anything anew.
    """
    env = app.env
    found = {problem for doc in edition(env).documents.values() for problem in doc.problems}
    collates = isinstance(app.builder, CollateBuilder)
    found.update(p for p in problems(env) if p.kind == "map" or not collates)
    tell(drafts.set_aside(app, causes_first(found, folders(env).texts)))


def setup(app: Sphinx) -> None:
    """Check the edition before anything is written."""
    drafts = Drafts()
    app.add_builder(CollateBuilder)
    app.add_builder(PublishBuilder)
    app.connect("write-started", lambda _app, _builder: check(app, drafts))
    app.connect("doctree-resolved", drafts.mark)
