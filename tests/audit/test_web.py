"""Release checks of the web edition: axe and the Nu checker on every page, Lighthouse on the longest."""

import functools
import gzip
import json
import os
import shutil
import subprocess
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

TOOLS = ("vnu-jar@26.9.27", "lighthouse@12.8.2")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM = shutil.which("chromium")  # or else the browser that Playwright installed


class Packing(SimpleHTTPRequestHandler):
    """Serves as a host does: what is text comes compressed."""

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Cache-Control", "max-age=31536000")
        if path.suffix in {".html", ".css", ".js", ".svg", ".xml"}:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Keep quiet."""


@pytest.fixture(scope="module")
def address(site):
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Packing, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def tools(root):
    folder = root / "_build/web-audit"
    if not (folder / "node_modules/lighthouse").exists():
        command = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", *TOOLS]
        subprocess.run(command, check=True, capture_output=True)
    return folder / "node_modules"


def pages(site):
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html") if "_static" not in path.parts)


def test_the_nu_checker_finds_no_error(site, tools):
    jar = next(tools.glob("vnu-jar/build/dist/vnu.jar"))
    command = ["java", "-jar", str(jar), "--errors-only", "--format", "json"]
    command += [str(site / page) for page in pages(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = {f"{m['url'].rpartition('/html/')[2]}: {m['message']}" for m in json.loads(done.stderr)["messages"]}
    assert found == set()


def test_axe_finds_nothing_on_any_page(site, address):
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name in pages(site):
            page = browser.new_page(bypass_csp=True)
            page.goto(address + name)
            for width, scheme in ((1440, "light"), (390, "dark")):  # `make test` sees each kind in all four
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)
                for violation in Axe().run(page, options={"runOnly": TAGS}).response["violations"]:
                    found += [f"{name} {width}: {violation['id']} {node['html'][:90]}" for node in violation["nodes"]]
            page.close()
        browser.close()
    assert found == []


def test_lighthouse_on_the_longest_page(site, address, tools, tmp_path):
    longest = max(pages(site / "texts"), key=lambda page: (site / "texts" / page).stat().st_size)
    command = [
        *(shutil.which("node") or "node", str(tools / "lighthouse/cli/index.js"), f"{address}texts/{longest}"),
        *("--quiet", "--output=json", f"--output-path={tmp_path / 'report.json'}"),
        "--only-categories=performance,accessibility,best-practices,seo",
        "--chrome-flags=--headless=new --no-sandbox",
    ]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "CHROME_PATH": CHROMIUM or ""})
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    score = {name: round(category["score"] * 100) for name, category in report["categories"].items()}
    performance = score.pop("performance")
    weak = [a["title"] for a in report["audits"].values() if a["score"] is not None and a["score"] < 0.9]
    assert score == {"accessibility": 100, "best-practices": 100, "seo": 100}, weak
    assert performance >= 95, weak
