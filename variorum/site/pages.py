"""The pages of the site: those of the web edition, in which the downloads are named."""

import re
import shutil
from pathlib import Path

from sphinx.environment import BuildEnvironment

OWN_PAGES = ("404.html", "search.html", "report.html", "check.html", "cite.html", "parity.html")
"""Pages of the site that no document is written for."""
SLOT = re.compile(r"<!-- downloads: (\S+) -->")
"""Where a page of a text names what can be downloaded of it."""
PLACE = re.compile(r'<p class="downloads">.*?</p>', re.DOTALL)
"""What the front page says while there is nothing to download."""
COUNTED = re.compile(r'<div class="parities">.*?</div>', re.DOTALL)
"""What the page of parity says while nothing has been counted."""


def copy_pages(env: BuildEnvironment, web: Path, site: Path) -> list[Path]:
    """Copy the web edition, without pages of documents that are gone; return the pages."""
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(web, site, ignore=shutil.ignore_patterns(".*", "_sources"))
    written = {site / f"{name}.html" for name in env.found_docs} | {site / name for name in OWN_PAGES}
    for page in site.rglob("*.html"):
        if page not in written:
            page.unlink()
    return sorted(written)


def fill_front(page: Path, table: str) -> None:
    """Put the table of downloads where the front page has a place for it."""
    page.write_text(PLACE.sub(lambda _match: table, page.read_text("utf-8")), "utf-8")


def fill_parity(page: Path, tables: str) -> None:
    """Put what was counted into its page."""
    page.write_text(COUNTED.sub(lambda _match: tables, page.read_text("utf-8")), "utf-8")


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
