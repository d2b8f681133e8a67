"""How an editor is told of problems."""

from collections.abc import Iterable

from sphinx.util import logging

from variorum.problems import Problem

logger = logging.getLogger(__name__)


def tell(problems: Iterable[Problem]) -> None:
    """Report every problem, in the order given, and build no edition while there is one."""
    found = list(problems)
    for problem in found:
        logger.error("%s", problem, type="variorum", subtype=problem.kind)
    if found:
        count = f"{len(found)} problem{'s' * (len(found) > 1)}"
        logger.error("%s: no edition is built", count, type="variorum", subtype="edition")
        raise SystemExit(2)  # an exception of Sphinx's would bring its traceback along
