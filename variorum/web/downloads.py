"""The site to publish: the web edition and, beside it, all that can be downloaded from it."""

import pickle
import re
import shutil
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from variorum.archive import pack
from variorum.text.alignment import Block
from variorum.web.sitelinks import broken_links
from variorum.web.translator import TEMPLATES

OWN_PAGES = ("404.html", "search.html", "report.html", "check.html")
"""Pages of the site that no document is written for."""
NO_ADDRESS = (
    "conf.py: html_baseurl is empty, so that the pages name no address of their own and there is no site map; "
    "write the address of the published site"
)
SLOT = re.compile(r"<!-- downloads: (\S+) -->")
"""Where a page of a text names what can be downloaded of it."""
PLACE = re.compile(r'<p class="downloads">.*?</p>', re.DOTALL)
"""What the front page says while there is nothing to download."""


def files_in(folder: Path, *patterns: str) -> list[tuple[str, bytes]]:
    """Return files of a folder, each with its name there, in the order of the names."""
    found = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file() and path.name[0] != "."}
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(found)]


def words_of(block: Block) -> str:
    """Return a block's words; a sign that calls a note of the source's stands in brackets, as on the web."""
    text = block.text
    for start, end in reversed(block.calls):
        if text[start:end].isalnum():
            text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text.replace("\n", " / ")


def texts_of(env: Any) -> dict[str, dict[str, Any]]:
    """Return the front matter and the blocks of each text, in the edition's order."""
    documents, within = env.domaindata["variorum"]["documents"], env.toctree_includes
    found = {}
    for name in (name for name in within[env.config.root_doc] if name in documents and documents[name].siglum):
        blocks = [block for piece in (name, *within.get(name, ())) for block in documents[piece].blocks]
        found[documents[name].witness] = env.metadata[name] | {"blocks": [(b, words_of(b)) for b in blocks]}
    return found


def main(source: Path, build: Path) -> None:
    """Copy the web edition to ``site``, put into its ``downloads`` what is built, and name it on the first page."""
    env = pickle.loads((build / "doctrees/environment.pickle").read_bytes())  # noqa: S301 - written by our own build
    site, downloads = build / "site", build / "site/downloads"
    told = {"config": env.config, "texts": texts_of(env)}
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(build / "html", site, ignore=shutil.ignore_patterns(".*", "_sources"))
    written = {site / f"{name}.html" for name in env.found_docs} | {site / name for name in OWN_PAGES}
    for page in [page for page in site.rglob("*.html") if page not in written]:
        page.unlink()  # of a document that is gone
    pages = files_in(site, "**/*")
    downloads.mkdir()
    for path in (*build.glob("pdf/*.pdf"), *build.glob("epub/*.epub")):
        shutil.copy(path, downloads)
    for name, text in told["texts"].items():
        plain = TEMPLATES.get_template("plain.txt").render(told, text=text)
        (downloads / f"{name}.txt").write_text(plain, encoding="utf-8")
    readme = ("README.txt", TEMPLATES.get_template("data.txt").render(told).encode())
    data = files_in(source, "witnesses/*", "apparatus/*", "texts/**/*")
    pack(downloads / "witnesses-and-apparatus.zip", [readme, *data])
    pack(downloads / "site.zip", pages)
    sizes = {path.name: path.stat().st_size for path in downloads.iterdir()}
    told["book"] = book_among(downloads, told["texts"])
    table = TEMPLATES.get_template("downloads.html").render(told, sizes=sizes)
    front = site / f"{env.config.root_doc}.html"
    front.write_text(PLACE.sub(lambda _match: table, front.read_text("utf-8")), "utf-8")
    for page in written:
        name_downloads(page, site, env.config.html_baseurl, told["book"])
    broken = list(broken_links(site))
    if broken:
        raise SystemExit("\n".join(broken))
    if not env.config.html_baseurl:
        sys.stderr.write(f"{NO_ADDRESS}\n")


def book_among(downloads: Path, texts: Collection[str]) -> str:
    """Return the name of the whole edition's files: those that are no single text's, without a size of paper."""
    names = [path.stem for path in downloads.iterdir() if path.suffix in {".pdf", ".epub"} and path.stem not in texts]
    return min(names, key=len, default="")


def name_downloads(page: Path, site: Path, address: str, book: str) -> None:
    """Put the PDF of a text and the ePub where the page of the text has a place for them."""
    html = page.read_text(encoding="utf-8")
    found = SLOT.search(html)
    if not found:
        return
    root = "../" * len(page.relative_to(site).parent.parts)
    pdf, epub = site / f"downloads/{found[1]}.pdf", site / f"downloads/{book}.epub"
    ways = [
        f'<li><a href="{root}downloads/{path.name}" download>{name}</a></li>'
        for path, name in ((pdf, "PDF"), (epub, "ePub"))
        if path.exists()
    ]
    html = SLOT.sub("\n".join(ways), html)
    if address and pdf.exists():
        url = f"{address.rstrip('/')}/downloads/{pdf.name}"
        html = html.replace("<!-- pdf -->", f'<meta name="citation_pdf_url" content="{url}">')
    page.write_text(html, encoding="utf-8")


if __name__ == "__main__":
    main(Path.cwd(), Path(sys.argv[1]))
