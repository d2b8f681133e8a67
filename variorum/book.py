"""The run of LuaLaTeX that makes the PDF.

``python -m variorum.book FOLDER PDF`` typesets the book that Sphinx wrote to FOLDER and copies it to PDF.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from variorum.latex import NAME, latex_config

__all__ = ["latex_config"]
LATEXMK = ("latexmk", "-pdflua", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error", "-silent", "-norc")


def complaints(log: str) -> list[str]:
    """Return what a LaTeX log says is wrong with the book: errors, or else lost letters and dangling references."""
    errors = re.findall(r"^(?:! .*|\S+\.(?:tex|sty):\d+: .*)", log, flags=re.MULTILINE)
    warnings = r"^(?:Missing character: .*|LaTeX Warning: (?:Reference|Hyper|Label|There were).*)"
    return errors or sorted(set(re.findall(warnings, log, flags=re.MULTILINE)))


def typeset(folder: Path) -> Path:
    """Run LuaLaTeX as often as the book in a folder needs; yield the PDF, or end with LaTeX's complaints."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch, "FORCE_SOURCE_DATE": "1", "TZ": "UTC", "max_print_line": "10000"}
    for marker in folder.glob(f"{NAME}.failed"):
        # a run that broke off leaves files that break the next one
        subprocess.run([*LATEXMK, "-C", f"{NAME}.tex"], cwd=folder, env=environment, check=False)  # noqa: S603
        marker.unlink()
    run = subprocess.run(  # noqa: S603
        [*LATEXMK, f"{NAME}.tex"], cwd=folder, env=environment, check=False, capture_output=True, text=True
    )
    log = folder / f"{NAME}.log"
    wrong = complaints(log.read_text("utf-8", "replace")) if log.exists() else [run.stderr[-2000:]]
    if run.returncode or wrong:
        (folder / f"{NAME}.failed").touch()
        sys.exit("\n".join([f"{log}: LuaLaTeX could not make the book without a complaint; see the log", *wrong]))
    return folder / f"{NAME}.pdf"


if __name__ == "__main__":
    _, FOLDER, PDF = sys.argv
    Path(PDF).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(typeset(Path(FOLDER)), PDF)
