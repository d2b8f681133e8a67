"""The site to publish: the web edition and, beside it, all that can be downloaded from it."""

import pickle
import shutil
import sys
from pathlib import Path
from typing import cast

from sphinx.environment import BuildEnvironment

from variorum.archive import pack
from variorum.site.data import data_files, files_in
from variorum.site.links import broken_links
from variorum.site.offered import DATA, SITE, book_among, offers, present, size
from variorum.site.pages import copy_pages, fill_front, fill_parity, name_downloads
from variorum.site.parity import PAGE as PARITY
from variorum.site.parity import parity, table, unexplained
from variorum.site.texts import plain_texts, texts_of
from variorum.web.translator import TEMPLATES

NO_ADDRESS = (
    "conf.py: html_baseurl is empty, so that the pages name no address of their own, and there is no site map and no "
    "BEACON file; write the address of the published site"
)
#: Exit status where a format has more or less than the edition without a declared reason.
UNLIKE = 2


def main(source: Path, build: Path) -> None:
    """Copy the web edition to ``site``, put into its ``downloads`` what is built, and name it on the first page."""
    pickled = (build / "doctrees/environment.pickle").read_bytes()
    env = cast("BuildEnvironment", pickle.loads(pickled))  # noqa: S301 - written by our own build
    texts = texts_of(env)
    site, downloads = build / "site", build / "site/downloads"
    pages = copy_pages(env, build / "html", site)
    downloads.mkdir()
    for path in (*build.glob("pdf/*.pdf"), *build.glob("epub/*.epub")):
        shutil.copy(path, downloads)
    for name, words in plain_texts(env, texts):
        (downloads / name).write_text(words, encoding="utf-8")
    book = book_among(downloads, texts)
    report = parity(env, build, texts, book)
    if faults := list(unexplained(report)):
        sys.stderr.write("\n".join((*faults, "")))
        raise SystemExit(UNLIKE)
    fill_parity(site / PARITY, table(report))
    web_edition = [(name, content) for name, content in files_in(site, "**/*") if not name.startswith("downloads/")]
    pack(downloads / DATA, data_files(env, source, texts))
    pack(downloads / SITE, web_edition)

    rows = present(offers(texts, book), downloads)
    sizes = {path.name: size(path) for path in downloads.iterdir()}
    offered = TEMPLATES.get_template("downloads.html").render(rows=rows, sizes=sizes)
    fill_front(site / f"{env.config.root_doc}.html", offered)
    for page in pages:
        name_downloads(page, site, env.config.html_baseurl, book)
    broken = list(broken_links(site))
    if broken:
        raise SystemExit("\n".join(broken))
    if not env.config.html_baseurl:
        sys.stderr.write(f"{NO_ADDRESS}\n")


if __name__ == "__main__":
    main(Path.cwd(), Path(sys.argv[1]))
