"""The PDF: the run of LuaLaTeX that makes it from what Sphinx wrote."""

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


def remarks(log: str) -> list[str]:
    """Return what the style of the book found, and an editor should know of; the book stands nevertheless."""
    return sorted(set(re.findall(r"^Package edition Warning: (.*?)\.?$", log, flags=re.MULTILINE)))


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
    for remark in remarks(log.read_text("utf-8", "replace")):
        sys.stderr.write(f"{tex.stem}: {remark}\n")
    failed.unlink()
    return tex.with_suffix(".pdf")


def typeset_all(folder: Path, target: Path, suffix: str = "") -> list[Path]:
    """Typeset the books that Sphinx wrote to a folder, two at a time; return the PDFs in ``target``."""
    target.mkdir(parents=True, exist_ok=True)
    made = []
    with ThreadPoolExecutor(2) as runs:
        for pdf in runs.map(typeset, sorted(folder.glob("*.tex"))):
            made.append(target / f"{pdf.stem}{suffix}.pdf")
            shutil.copyfile(pdf, made[-1])
    return made
