"""Build all formats of an edition, and the site that offers them."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util.tags import Tags

from variorum.commands.build import build, say, with_rights
from variorum.site.publish import publish

#: The formats of a site, and the paper that each is written for.
STEPS = ((("html", "epub", "tei", "pdf", "pdfs"), "a5"), (("pdf",), "a4"))
#: The settings without which no site is published: command line's name, and what to write.
WANTED = {
    "variorum_report": ("CONTACT", "“mailto:name@host?body={text}” or “https://host/issues/new?body={text}”"),
    "html_baseurl": ("ADDRESS", "the address of the published site: “https://host/edition/”"),
}


def make_site(source: Path, out: Path, rights: str, contact: str, address: str) -> int:
    """Build the formats, then the site; return the exit status. Nothing is built while a setting is missing."""
    given = {"variorum_report": contact, "html_baseurl": address}
    settings = {name: value for name, value in given.items() if value}
    try:
        config = Config.read(source.resolve(), overrides=settings, tags=Tags())
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    missing = list(_missing(config, settings))
    if missing:
        sys.stderr.write("".join(f"{line}\n" for line in missing))
        return 2
    folder, chosen = with_rights(out, rights)
    settings |= chosen
    for formats, paper in STEPS:
        if status := build(source, folder, formats, paper, settings):
            return status
    say("building the site")
    return publish(source, folder, settings)


def _missing(config: Config, settings: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each setting that readers need and nobody has given."""
    for name, (short, example) in WANTED.items():
        value = settings.get(name) or config._raw_config.get(name, "")  # noqa: SLF001 - as conf.py has it
        schemes = ("https://", "http://") if name == "html_baseurl" else ("mailto:", "https://", "http://")
        if not value:
            yield f"conf.py: {name} is empty; write {example}, or give it with {short}="
        elif not str(value).startswith(schemes):
            yield f"conf.py: {name} is “{value}”; write {example}, or give it with {short}="
