"""A browser, the built site and the specimen, each served on a port of its own."""

import functools
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")  # or else the browser that Playwright installed

Open = Callable[..., Page]


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the specimen: a small edition that holds every kind of thing a page can show."""
    if "SMALL_SITE" in os.environ:
        return Path(os.environ["SMALL_SITE"])
    folder = tmp_path_factory.mktemp("specimen")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", "-d", str(folder / "doctrees")]
    source = ROOT / "tests" / "browser" / "specimen"
    done = subprocess.run([*command, str(source), str(folder / "html")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "html"


@pytest.fixture(scope="session")
def small_url(small: Path) -> Iterator[str]:
    with served(small) as url:
        yield url


@pytest.fixture(scope="session")
def site_url(site: Path) -> Iterator[str]:
    with served(site) as url:
        yield url


@pytest.fixture
def chromium_large(playwright: Playwright) -> Iterator[Browser]:
    """Start a browser whose reader has set the letters to twice their size."""
    args = ["--no-sandbox", "--blink-settings=defaultFontSize=32"]
    with playwright.chromium.launch(executable_path=CHROMIUM, args=args) as browser:
        yield browser


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Open]:
    """Open pages, each in a fresh browser; afterwards no script may have failed and no other host been asked."""
    contexts, wrong = [], []

    def asked(address: str) -> None:
        if not address.startswith(("http://127.0.0.1:", "file:", "data:", "blob:")):
            wrong.append(f"asked for {address}")

    def open_page(url: str, width: int = 1440, height: int = 900, *, errors: bool = False, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked(request.url))
        if not errors:
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", lambda m: wrong.append(f"{m.text}: {m.location['url']}") if m.type == "error" else None)
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong
