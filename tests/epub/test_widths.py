"""No page of the ePub is wider than the screen: a page of an e-book cannot be scrolled sideways."""

from pathlib import Path

import pytest
from opened_book import Book
from playwright.sync_api import Browser

#: Width of the screen and size of the type, in pixels: a telephone, a paper-like screen, the largest type.
SCREENS = ((320, 16), (600, 24), (560, 32))


@pytest.fixture(scope="module")
def unpacked(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    for name, data in book.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


@pytest.mark.parametrize(("width", "size"), SCREENS)
def test_no_page_is_wider_than_the_screen(book: Book, unpacked: Path, chromium: Browser, width: int, size: int) -> None:
    tab = chromium.new_page(viewport={"width": width, "height": 800})
    wide = []
    for name in book.pages:
        tab.goto((unpacked / name).as_uri())
        tab.add_style_tag(content=f":root {{ font-size: {size}px; }}")
        needed = tab.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            wide.append((name, needed))
    tab.close()
    assert wide == []
