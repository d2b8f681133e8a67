"""The TEI opened in CETEIcean, as a reader of TEI on the web opens it: text, notes and departures are shown."""

import functools
import http.server
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

VERSION = "1.9.5"
TEI = "{http://www.tei-c.org/ns/1.0}"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>TEI</title>
<style>
tei-teiHeader, tei-standOff, tei-rdg, tei-note[type=reason] {display: none}
tei-p, tei-div, tei-head {display: block}
</style>
<div id="text"></div><script src="CETEI.js"></script>
<script>new CETEI().getHTML5("text.xml", data => document.getElementById("text").append(data))</script>"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def opened(root: Path, tmp_path: Path) -> Iterator[str]:
    """Return the address of a page that opens a text of the edition."""
    home = root / "_build/ceteicean"
    program = home / "node_modules/CETEIcean/dist/CETEI.js"
    if not program.exists():
        command = ["npm", "install", "--prefix", str(home), "--no-audit", "--no-fund", f"CETEIcean@{VERSION}"]
        subprocess.run(command, check=True, capture_output=True)
    shutil.copy(program, tmp_path)
    shutil.copy(root / "_build/tei/pirani-2006.xml", tmp_path / "text.xml")
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    handler = functools.partial(Quiet, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_text_notes_and_departures_are_shown(opened: str, root: Path, chromium, tmp_path: Path) -> None:
    text = ET.parse(root / "_build/tei/pirani-2006.xml").getroot().find(f"{TEI}text")
    page = chromium.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(opened)
    page.wait_for_selector("tei-text")
    body = text.find(f"{TEI}body")
    for name in ("app", "lem", "rdg", "p", "head"):
        wanted = len(list(body.iter(f"{TEI}{name}")))
        assert wanted
        assert page.locator(f"tei-body tei-{name}").count() == wanted, name
    notes = [note for note in text.iter(f"{TEI}note") if note.get("type") == "editors"]
    assert page.locator('tei-back tei-note[type="editors"]').count() == len(notes) > 0
    first = next(node for node in text.iter(f"{TEI}lem") if (node.text or "").strip())
    assert page.get_by_text(first.text.strip()).first.is_visible()
    paragraph = page.locator("tei-body tei-p").first
    assert paragraph.is_visible()
    assert len(paragraph.inner_text().split()) > 1
    assert page.locator('tei-text tei-note[type="editors"]').last.is_visible()
    page.screenshot(path=str(tmp_path / "page.png"))
    assert wrong == []
