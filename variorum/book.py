"""The PDF: what conf.py tells Sphinx of the book, and the run of LuaLaTeX that makes it.

``python -m variorum.book FOLDER PDF`` typesets the books that Sphinx wrote to FOLDER, two at a time, and copies each to
PDF, where ``%`` stands for its name.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

STYLE = Path(__file__).parent.parent / "_latex"
LATEXMK = ("latexmk", "-pdflua", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error", "-silent", "-norc")


def latex_config(paper: str) -> dict[str, object]:
    """Return the values of Sphinx's configuration for a book on a paper: a5, a4 or letter."""
    config = tomllib.loads((STYLE / "book.toml").read_text("utf-8"))
    config["latex_elements"] |= config.pop("paper")[paper] | {"preamble": rf"\usepackage[size={paper}]{{edition}}"}
    files = [str(path) for pattern in ("*.sty", "hyph-*.txt", "fonts/*.otf") for path in STYLE.glob(pattern)]
    return config | {"latex_additional_files": sorted(files)}


def complaints(log: str) -> list[str]:
    """Return what a LaTeX log says is wrong with the book: errors, or else lost letters and dangling references."""
    errors = re.findall(r"^(?:! .*|\S+\.(?:tex|sty):\d+: .*)", log, flags=re.MULTILINE)
    warnings = r"^(?:Missing character: .*|LaTeX Warning: (?:Reference|Hyper|Label|There were).*)"
    return errors or sorted(set(re.findall(warnings, log, flags=re.MULTILINE)))


def typeset(tex: Path) -> Path:
    """Run LuaLaTeX as often as the book needs; return the PDF, or end with LaTeX's complaints."""
    fixed = {"FORCE_SOURCE_DATE": "1", "TZ": "UTC", "max_print_line": "10000"}
    environment = {"SOURCE_DATE_EPOCH": "0", **os.environ, **fixed}
    log, failed = tex.with_suffix(".log"), tex.with_suffix(".failed")
    if failed.exists():
        # a run that broke off leaves files that break the next one
        subprocess.run([*LATEXMK, "-C", tex.name], cwd=tex.parent, env=environment, check=True)
    failed.touch()
    run = subprocess.run([*LATEXMK, tex.name], cwd=tex.parent, env=environment, check=False, capture_output=True)
    if wrong := complaints(log.read_text("utf-8", "replace")):
        sys.exit("\n".join([f"{log}: LuaLaTeX complains of the book; see there", *wrong]))
    run.check_returncode()
    failed.unlink()
    return tex.with_suffix(".pdf")


if __name__ == "__main__":
    BOOKS = sorted(Path(sys.argv[1]).glob("*.tex"))
    Path(sys.argv[2]).parent.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(2) as RUNS:
        for PDF in RUNS.map(typeset, BOOKS):
            shutil.copyfile(PDF, sys.argv[2].replace("%", PDF.stem))
