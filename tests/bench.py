"""Time the web edition against stock Sphinx on the same texts, notes and bibliography, in one run.

    python tests/bench.py [--rounds 2]

Printed are seconds of processor time and of the clock, of the fastest round each, and the ratios:
a web edition from nothing against stock Sphinx (MyST, sphinx-design, sphinxcontrib-bibtex and alabaster: no collation,
no registers, no apparatus); `make` where nothing has changed; and a saved note under `make live` against a project of
one page.
"""

import argparse
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pybtex.plugin import find_plugin
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).parent.parent
PYTHON = sys.executable
STOCK = """
project = "stock"
extensions = ["myst_parser", "sphinx_design", "sphinxcontrib.bibtex"]
exclude_patterns = ["_build", "commentary/notes"]
smartquotes = False
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "substitution"]
myst_substitutions = {"version": "0"}
bibtex_bibfiles = ["references.bib"]
bibtex_reference_style = "author_year"
html_theme = "alabaster"
suppress_warnings = ["*"]
"""
#: What only the extension knows; stock Sphinx reads the words around it.
OURS = re.compile(
    r"```\{(?:apparatus|figures|left-out|silent-rules|general-index|register|picture|classes|quotations)\}.*?```",
    re.DOTALL,
)
NOTE = Path("commentary/notes/pirani-2006.md")
#: So long a server may take to begin, and to answer a saved file.
PATIENCE = 900


class Seconds(NamedTuple):
    """What a build took."""

    processor: float
    clock: float


def stock_copy(folder: Path) -> None:
    """Write the sources as stock Sphinx can read them."""
    for name in ("texts", "commentary", "references.bib", "index.md", "_static"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    (folder / "conf.py").write_text(STOCK, encoding="utf-8")
    for path in folder.rglob("*.md"):
        text = OURS.sub("", path.read_text(encoding="utf-8"))
        text = re.sub(r"\{(?:loc|words)\}`([^`]*)`", r"\1", text)
        text = re.sub(r"^:style: .*\n", "", text, flags=re.MULTILINE)  # ours
        path.write_text(text, encoding="utf-8")
    bibliography = folder / "references.bib"
    known = find_plugin("pybtex.style.formatting", "unsrt")

    def of_a_known_type(match: re.Match[str]) -> str:
        """Return the head of an entry; the types of BibLaTeX are unknown to the stock styles."""
        return match[0] if hasattr(known, f"format_{match[1].lower()}") else "@misc{"

    text = bibliography.read_text(encoding="utf-8")
    bibliography.write_text(re.sub(r"^@(\w+)\{", of_a_known_type, text, flags=re.MULTILINE), encoding="utf-8")


def own_copy(folder: Path) -> None:
    """Copy the edition, so that nothing is written among the editors' files."""
    hidden = shutil.ignore_patterns("_build", ".*", "__pycache__", "tests")
    shutil.copytree(ROOT, folder, ignore=hidden, dirs_exist_ok=True)


def timed(command: Sequence[str], folder: Path) -> Seconds:
    """Run a command in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1700000000"}
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Seconds(spent, ended - begun)


def best(found: Sequence[Seconds]) -> Seconds:
    """Return the fastest of several rounds, of processor and clock each."""
    return Seconds(min(one.processor for one in found), min(one.clock for one in found))


def from_nothing(own: Path, stock: Path, rounds: int) -> tuple[Seconds, Seconds]:
    """Build both sides from nothing, in turns."""
    ours, theirs = [], []
    for _round in range(rounds):
        for folder in (own, stock):
            shutil.rmtree(folder / "_build", ignore_errors=True)
        ours.append(timed([PYTHON, "-m", "variorum", "build", "html"], own))
        command = [PYTHON, "-m", "sphinx", "-Q", "-b", "html", "-d", "_build/doctrees", ".", "_build/html"]
        theirs.append(timed(command, stock))
    return best(ours), best(theirs)


@contextmanager
def served(folder: Path, *options: str) -> Iterator[ClientConnection]:
    """Serve a project as `make live` does, and listen as an open browser does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [PYTHON, "-m", "sphinx_autobuild", "-q", "--port", str(port), "--ignore", "_build", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.Popen(
        [*command, ".", "_build/live"], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
    )
    try:
        with listening(port) as browser:
            yield browser
    finally:
        run.terminate()
        run.wait()


def listening(port: int) -> ClientConnection:
    """Connect to a server as soon as it has begun."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return connect(f"ws://127.0.0.1:{port}/websocket-reload")
        except (OSError, ConnectionClosed):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def turnaround(browser: ClientConnection, path: Path, rounds: int) -> float:
    """Save a file; return the seconds until the browser is told to load its page anew, of the fastest round."""
    found = []
    for number in range(rounds):
        time.sleep(2)  # what the last round wrote is no change
        text = path.read_text(encoding="utf-8")
        first, _space, rest = text.partition(". ")
        path.write_text(f"{first}, {number}. {rest}", encoding="utf-8")
        begun = time.monotonic()
        browser.recv(timeout=PATIENCE)
        found.append(time.monotonic() - begun)
    return min(found)


def live(own: Path, page: Path, rounds: int) -> tuple[float, float]:
    """Return the turnaround of a saved note, and of the page of a project that has one."""
    (page / "conf.py").write_text('extensions = ["myst_parser"]\n', encoding="utf-8")
    (page / "index.md").write_text("# A page\n\nA sentence. Another sentence.\n", encoding="utf-8")
    drafts = ("-d", "_build/live-doctrees", "-D", "variorum_drafts=1", "-A", "live=1")
    with served(own, *drafts) as browser:
        ours = turnaround(browser, own / NOTE, rounds)
    with served(page, "-d", "_build/live-doctrees") as browser:
        theirs = turnaround(browser, page / "index.md", rounds)
    return ours, theirs


def say(words: str) -> None:
    """Tell a figure as soon as it is known."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def told(name: str, seconds: Seconds) -> str:
    """Return a line of figures."""
    return f"{name}: {seconds.processor:.1f} s of processor time, {seconds.clock:.1f} s by the clock"


def main() -> None:
    """Time both sides."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=2)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        own, stock, page = (Path(folder, name) for name in ("own", "stock", "page"))
        for made in (own, stock, page):
            made.mkdir()
        own_copy(own)
        stock_copy(stock)
        ours, theirs = from_nothing(own, stock, rounds)
        say(told("the web edition from nothing", ours))
        say(told("stock Sphinx from nothing", theirs))
        say(f"ratio: {ours.processor / theirs.processor:.2f}, {ours.clock / theirs.clock:.2f} by the clock")
        again = best([timed([PYTHON, "-m", "variorum", "build", "html"], own) for _round in range(rounds)])
        say(told("the web edition, nothing changed", again))
        note, alone = live(own, page, rounds)
        say(f"a saved note under `make live`: {note:.1f} s; the page of a project of one: {alone:.1f} s")
        say(f"ratio: {note / alone:.1f}")


if __name__ == "__main__":
    main()
