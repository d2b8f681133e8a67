"""Make the pictures that are taken of the built edition (`_build/html`) in a browser.

Two are for the README, in ``docs/_static``: a page of the edition, and a build that refuses one changed word.
One, in ``_static``, stands for the edition where its address is handed on: its title and its texts.
"""

import base64
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from conf import variorum_imprint  # noqa: E402

TARGET = ROOT / "docs/_static"
SHOWN = "texts/kollontai-1921/4-trade-unions.html"
CHANGE = ("three books", "four books")
TERMINAL = """<style>body{{margin:0;background:#1d1b1a;color:#f0ebe3;font:25px/1.6 monospace;padding:30px}}
b{{color:#e3a08f;font-weight:400}}pre{{margin:0;white-space:pre-wrap}}</style><pre>{words}</pre>"""

CARD = """<!doctype html><style>
@font-face {{font-family: Edition; src: url(data:font/woff2;base64,{face})}}
body {{margin: 0; height: 630px; box-sizing: border-box; padding: 78px 76px 0; border-left: 28px solid #7a1c12;
  background: #fffdf8; color: #201d19; font: 33px/1.62 Edition; font-variant-numeric: oldstyle-nums}}
h1 {{margin: 0 0 10px; font-size: 62px; font-weight: 400; line-height: 1.15; text-wrap: balance}}
p {{margin: 0 0 46px; color: #645c50; font-size: 34px}}
table {{border-spacing: 0}} td {{padding: 0 28px 0 0; white-space: nowrap}} td:first-child {{color: #8a1f11}}
td:last-child {{color: #645c50}}
</style><h1>{title}</h1><p>{subtitle}</p><table>{rows}</table>"""


def card() -> str:
    """Return what stands for the edition elsewhere: its title, and siglum, title and year of each text, as HTML."""
    built = json.loads((ROOT / "_build/html/contents.json").read_text(encoding="utf-8"))
    (front,) = (said for said in built["documents"] if said["path"] == "index.html")
    rows = []
    for said in built["documents"]:
        if "siglum" in said and "part_of" not in said:
            year = re.search(r"\d{4}", said["date"])
            cells = (said["siglum"], said["title"], year[0] if year else "")
            rows.append("".join(f"<td>{escape(cell)}</td>" for cell in cells))
    face = base64.b64encode((ROOT / "variorum/web/theme/static/fonts/serif-regular-latin.woff2").read_bytes()).decode()
    return CARD.format(
        face=face,
        title=escape(front["title"]),
        subtitle=escape(variorum_imprint["subtitle"]),
        rows="".join(f"<tr>{row}</tr>" for row in rows),
    )


def refusal() -> str:
    """Change one word of a new edition; return what a reader sees in the terminal, as HTML."""
    with tempfile.TemporaryDirectory() as folder:
        edition = Path(folder, "mills")
        new = [sys.executable, "-m", "variorum", "new", str(edition), "--title", "Tales of the Mill"]
        subprocess.run(new, check=True, capture_output=True)
        text = edition / "texts/sample.md"
        text.write_text(text.read_text(encoding="utf-8").replace(*CHANGE), encoding="utf-8")
        build = [sys.executable, "-m", "variorum", "build", "html"]
        done = subprocess.run(build, cwd=edition, capture_output=True, text=True, check=False)
    lines = [line.rpartition(" [variorum")[0] or line for line in done.stderr.splitlines()]
    shown = "\n".join(f"<b>{escape(line)}</b>" for line in lines if line.startswith("ERROR"))
    command = f"sed -i 's/{CHANGE[0]}/{CHANGE[1]}/' texts/sample.md"
    return TERMINAL.format(words=f"$ {escape(command)}\n$ make\n{shown}")


def save(page: Page, path: Path) -> None:
    """Save what a page shows as a small PNG."""
    picture = Image.open(io.BytesIO(page.screenshot()))
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(path, "PNG", optimize=True)


def main() -> None:
    """Make all pictures."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto((ROOT / "_build/html" / SHOWN).as_uri())
        page.wait_for_timeout(500)
        save(page, TARGET / "page.png")
        terminal = browser.new_page(viewport={"width": 1280, "height": 330})
        terminal.set_content(refusal())
        save(terminal, TARGET / "refusal.png")
        shared = browser.new_page(viewport={"width": 1200, "height": 630})
        shared.set_content(card())
        shared.wait_for_function("document.fonts.ready")
        save(shared, ROOT / "_static/card.png")
        browser.close()


if __name__ == "__main__":
    main()
