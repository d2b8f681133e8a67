"""The links of a site among its own pages: each has to lead somewhere."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class PageLinks(HTMLParser):
    """The ids of a page, and what it refers to."""

    def __init__(self, html: str) -> None:
        """Read a page."""
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids and references of an element."""
        given = {name: value for name, value in attrs if value}
        if "id" in given:
            self.ids.add(given["id"])
        name = "src" if tag in {"script", "img", "source"} else "href"
        if name in given and given.get("rel") not in {"canonical", "license"}:
            self.links.add(given[name])


def broken_links(site: Path, lost: str = "404.html") -> Iterator[str]:
    """Yield a line for each link that leads nowhere; the addresses of the page ``lost`` begin at the site's root."""
    pages = {path: PageLinks(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    for path, page in pages.items():
        if path.name == lost:
            continue
        for link in sorted(page.links):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            there = (
                pages.get(target) or pages.get(site / target.relative_to(site.resolve())) if parts.fragment else None
            )
            if not target.is_file():
                yield f"{path.relative_to(site)}: “{link}” leads to no file"
            elif there and unquote(parts.fragment) not in there.ids:
                yield f"{path.relative_to(site)}: “{link}” leads to no place of that page"
