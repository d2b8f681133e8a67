"""The words that the package prints, in the language of the edition, and what else a language decides.

A word of the interface is written ``_("Report an error")`` in Python and in templates; its translations stand in
``locale/LANGUAGE/LC_MESSAGES/variorum.po`` and are compiled when the package is built.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import jinja2
import sphinx
from babel.core import get_global, parse_locale
from babel.dates import format_date
from babel.numbers import format_decimal
from sphinx import locale
from sphinx.application import Sphinx

CATALOGUE = "variorum"
LOCALES = Path(__file__).parent / "locale"
#: Scripts that are written from right to left.
FROM_THE_RIGHT = {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Samr", "Mand", "Adlm", "Rohg"}
#: The shape of a language tag (BCP 47), with the underscore that Sphinx writes.
TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")

_: Callable[[str], str] = locale.get_translation(CATALOGUE)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the translation of one of two wordings, as ``count`` asks for."""
    return locale.get_translator(CATALOGUE).ngettext(one, many, count)


def translate(environment: jinja2.Environment) -> None:
    """Teach a template environment of ours ``_()`` and ``{% trans %}``."""
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(_, ngettext)  # type: ignore[attr-defined]  # the extension brings it


def translate_theme(app: Sphinx) -> None:
    """Let the theme's templates look up our words before Sphinx's (event builder-inited)."""
    templates = getattr(app.builder, "templates", None)
    if templates:
        sphinx_gettext = locale.get_translation("sphinx")

        def gettext(message: str) -> str:
            ours = _(message)
            return sphinx_gettext(message) if ours == message else ours

        templates.environment.install_gettext_callables(gettext, ngettext)


def tag(language: str) -> str:
    """Return a language as HTML names it: ``en-GB`` of ``en_GB``."""
    return language.replace("_", "-")


def direction(language: str) -> str:
    """Return ``rtl`` for a language that is written from right to left, else ``ltr``."""
    try:
        script = parse_locale(tag(language), sep="-")[2]
    except ValueError:
        script = None
    likely = get_global("likely_subtags").get(re.split("[-_]", language)[0], "")
    return "rtl" if (script or likely.partition("_")[2][:4]) in FROM_THE_RIGHT else "ltr"


def day(seconds: int, language: str) -> str:
    """Return a date in words: ``1 December 2026``."""
    return format_date(datetime.fromtimestamp(seconds, UTC), "long", locale=language.replace("-", "_"))


def figure(count: int, language: str) -> str:
    """Return a number as it is written: ``12,345``."""
    return format_decimal(count, locale=language.replace("-", "_"))


def speak(language: str) -> None:
    """Let our words be those of a language where no build of Sphinx's has chosen one."""
    locale.translators.pop(("general", CATALOGUE), None)
    locale.init([LOCALES], language, CATALOGUE)


def setup(app: Sphinx) -> None:
    """Register the catalogue, and forget the words of an earlier build in this process.

    Sphinx keeps one translator a catalogue and process; that of another language would go on answering first.
    """
    for catalogue in ("sphinx", CATALOGUE):
        locale.translators.pop(("general", catalogue), None)
    theirs = [app.srcdir / folder for folder in app.config.locale_dirs]
    app.translator, _found = locale.init([*theirs, None, Path(sphinx.__file__).parent / "locale"], app.config.language)
    app.add_message_catalog(CATALOGUE, LOCALES)
    app.connect("builder-inited", translate_theme)
