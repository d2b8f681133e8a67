"""The site to publish: the web edition and, beside it, all that can be downloaded from it."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from sphinx.environment import BuildEnvironment

from variorum.archive import pack
from variorum.i18n import speak
from variorum.site.data import data_files, files_in
from variorum.site.links import broken_links
from variorum.site.offered import DATA, SITE, TEI, offers, present, size
from variorum.site.pages import copy_pages, fill_front, fill_parity, name_downloads
from variorum.site.parity import PAGE as PARITY
from variorum.site.parity import parity, table, unexplained
from variorum.site.texts import Text, as_built, plain_texts, texts_of
from variorum.text.folders import Folders
from variorum.web.translator import TEMPLATES

#: Exit status where a format has more or less than the edition without a declared reason.
UNLIKE = 2


def publish(source: Path, build: Path, settings: Mapping[str, str]) -> int:
    """Copy the web edition to ``site``, put into its ``downloads`` what is built, and name it on the first page.

    ``settings`` stand in the place of those in conf.py. Return the exit status.
    """
    env = as_built(build)
    speak(env.config.language)
    for name, value in settings.items():
        setattr(env.config, name, value)
    where = Folders(source, **env.config.variorum_folders)
    texts = texts_of(env, where)
    site, downloads = build / "site", build / "site/downloads"
    pages = copy_pages(env, build / "html", site)
    downloads.mkdir()
    for name, words in plain_texts(env, texts):
        (downloads / name).write_text(words, encoding="utf-8")
    book = env.config.epub_basename
    report = parity(env, build, texts, book)
    if faults := list(unexplained(report)):
        sys.stderr.write("\n".join((*faults, "")))
        return UNLIKE
    fill_parity(site / PARITY, table(report))
    web_edition = [(name, content) for name, content in files_in(site, "**/*") if not name.startswith("downloads/")]
    pack(downloads / DATA, data_files(env, where, texts))
    pack(downloads / SITE, web_edition)
    tei = files_in(build / "tei", "**/*")  # with the pictures that it names
    if tei:
        pack(downloads / TEI, tei)

    offered = offer(env, build, texts)
    fill_front(site / f"{env.config.root_doc}.html", offered)
    for page in pages:
        name_downloads(page, site, env.config.html_baseurl, book)
    broken = list(broken_links(site))
    if broken:
        sys.stderr.write("".join(f"{line}\n" for line in broken))
        return 1
    return 0


def offer(env: BuildEnvironment, build: Path, texts: Mapping[str, Text]) -> str:
    """Put what is built among the downloads; return the table of them."""
    downloads = build / "site/downloads"
    rows = offers(texts, env.config.epub_basename)
    for row in rows:
        for name, _word in row.files:
            for built in (build / "pdf" / name, build / "epub" / name):
                if built.exists():
                    shutil.copy(built, downloads)
    sizes = {path.name: size(path) for path in downloads.iterdir()}
    return TEMPLATES.get_template("downloads.html").render(rows=present(rows, downloads), sizes=sizes)
