"""Make the two pictures of the README: a page of the edition, and a build that refuses one changed word.

``python packaging/readme_pictures.py`` takes the built web edition (`_build/html`) and writes into ``docs/_static``.
"""

import io
import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs/_static"
SHOWN = "texts/kollontai-1921/4-trade-unions.html"
CHANGE = ("three books", "four books")
TERMINAL = """<style>body{{margin:0;background:#1d1b1a;color:#f0ebe3;font:25px/1.6 monospace;padding:30px}}
b{{color:#e3a08f;font-weight:400}}pre{{margin:0;white-space:pre-wrap}}</style><pre>{words}</pre>"""


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


def save(page: Page, name: str) -> None:
    """Save what a page shows as a small PNG."""
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(TARGET / name, "PNG", optimize=True)


def main() -> None:
    """Make both pictures."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto((ROOT / "_build/html" / SHOWN).as_uri())
        page.wait_for_timeout(500)
        save(page, "page.png")
        terminal = browser.new_page(viewport={"width": 1280, "height": 330})
        terminal.set_content(refusal())
        save(terminal, "refusal.png")
        browser.close()


if __name__ == "__main__":
    main()
