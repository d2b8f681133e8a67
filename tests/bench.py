"""Time the web edition against stock Sphinx on the same texts, notes and bibliography, in one run.

    python tests/bench.py [--rounds 3]

Both sides are built from nothing, in turns, each in a process of its own; printed are seconds of processor time and of
the clock, and their ratios, of the fastest round each. Stock Sphinx is MyST, sphinx-design, sphinxcontrib-bibtex and
alabaster: no collation, no registers, no apparatus.
"""

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
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
    r"```\{(?:apparatus|figures|left-out|silent-rules|general-index|register|picture|classes)\}.*?```", re.DOTALL
)


class Seconds(NamedTuple):
    """What a build took."""

    processor: float
    clock: float


def stock_copy(folder: Path) -> Path:
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
    return folder


def timed(source: Path, *, ours: bool) -> Seconds:
    """Build a web edition from nothing."""
    with tempfile.TemporaryDirectory() as out:
        command = [
            sys.executable,
            "-m",
            "sphinx",
            "-Q",
            "-b",
            "html",
            "-d",
            f"{out}/doctrees",
            str(source),
            f"{out}/html",
        ]
        if ours:
            command = [sys.executable, "-m", "variorum", "build", "html", "--source", str(source), "--out", out]
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        subprocess.run(command, cwd=source, env=environment, check=True, stdout=subprocess.DEVNULL)
        after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Seconds(spent, ended - begun)


def main() -> None:
    """Time both sides in turns."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        stock = stock_copy(Path(folder))
        taken: dict[str, list[Seconds]] = {"this edition": [], "stock Sphinx": []}
        for _round in range(rounds):
            taken["this edition"].append(timed(ROOT, ours=True))
            taken["stock Sphinx"].append(timed(stock, ours=False))
    best = {name: Seconds(*map(min, zip(*found, strict=True))) for name, found in taken.items()}
    for name, seconds in best.items():
        sys.stdout.write(f"{name}: {seconds.processor:.1f} s of processor time, {seconds.clock:.1f} s by the clock\n")
    ours, theirs = best["this edition"], best["stock Sphinx"]
    ratios = f"{ours.processor / theirs.processor:.2f} and {ours.clock / theirs.clock:.2f}"
    sys.stdout.write(f"this edition takes {ratios} times the seconds of stock Sphinx\n")


if __name__ == "__main__":
    main()
