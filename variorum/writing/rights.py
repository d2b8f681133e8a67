"""What a reader is told of the rights in a text: on its page, in the imprint, and where its words are withheld."""

import datetime as dt

from babel.dates import format_date
from docutils import nodes
from pybtex_docutils import Backend
from sphinx.environment import BuildEnvironment

from variorum.citations.domain import citations
from variorum.citations.style import formatted
from variorum.i18n import _
from variorum.text.rights import Rights


def told(rights: Rights, language: str) -> str:
    """Return what is known of the rights in a text, with the day of which it is known."""
    statuses = {
        "free": _("Nobody has rights in this text any more."),
        "permitted": _("Those who have rights in this text have agreed to this edition."),
        "withheld": _("Somebody may have rights in this text, and has not agreed to this edition."),
    }
    return f"{statuses[rights.status]} {_known(rights, language)}"


def notice(env: BuildEnvironment, witness: str, rights: Rights) -> nodes.paragraph:
    """Return what stands at the head of a text that is withheld: why, what is here, and where its words are."""
    here = _("Its headings, its locators and the editors’ notes are here, each note with the words before its call.")
    why = _("This edition may not print the words of this text.")
    known = _known(rights, env.config.language)
    made = nodes.paragraph("", f"{why} {known} {here}", classes=["editorial", "withheld-notice"])
    work = citations(env).bibdata.data.entries.get(witness)
    if work is not None:
        where = _("The text can be read in:")
        made += nodes.Text(f" {where} ")
        made += formatted(work).render(Backend())
    return made


def _known(rights: Rights, language: str) -> str:
    day = format_date(dt.date.fromisoformat(rights.date), "long", locale=language.replace("-", "_"))
    return str(_("{reason} (As of {date}.)")).format(reason=rights.reason, date=day)
