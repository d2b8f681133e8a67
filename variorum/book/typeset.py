"""The PDF: the run of LuaLaTeX that makes it from what Sphinx wrote.

``python -m variorum.book.typeset FOLDER PDF`` typesets the books that Sphinx wrote to FOLDER, two at a time, and copies
each to PDF, where ``%`` stands for its name.
"""

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

LATEXMK = ("latexmk", "-pdflua", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error", "-silent", "-norc")


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
