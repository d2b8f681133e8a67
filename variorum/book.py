"""The PDF: what Sphinx's LaTeX builder is told, and the run of LuaLaTeX that makes the file.

``python -m variorum.book FOLDER PDF`` typesets the book that Sphinx wrote to FOLDER and copies it to PDF.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import texescape

PAPERS = {"a5": ("a5paper", "10pt"), "a4": ("a4paper", "11pt"), "letter": ("letterpaper", "11pt")}
STYLE = Path(__file__).parent.parent / "_latex"
NAME = "book"
LATEXMK = ("latexmk", "-pdflua", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error", "-silent", "-norc")


def latex_config(paper: str) -> dict[str, object]:
    """Return the values of Sphinx's configuration for a book on a paper: a5, a4 or letter."""
    size, points = PAPERS[paper]
    return {
        "latex_engine": "lualatex",
        "latex_use_xindy": False,
        "latex_docclass": {"manual": "book"},
        "latex_toplevel_sectioning": "chapter",
        "latex_show_urls": "no",
        "latex_domain_indices": False,
        "latex_table_style": ["booktabs"],
        "latex_additional_files": sorted(
            str(path) for pattern in ("*.sty", "*.tex", "hyph-*.txt", "fonts/*.otf") for path in STYLE.glob(pattern)
        ),
        "latex_elements": {
            "papersize": size,
            "pointsize": points,
            # babel hyphenates each script by itself; polyglossia cannot
            "polyglossia": "",
            "babel": r"\usepackage{edition-hyph}\usepackage{babel}\babelprovide[import,onchar=ids]{russian}",
            "fontpkg": r"\usepackage{edition-fonts}",
            "fncychap": "",
            "geometry": r"\usepackage{geometry}",
            "sphinxsetup": r"HeaderFamily=\rmfamily",
            "preamble": rf"\usepackage[size={paper}]{{edition}}",
            "maketitle": r"\EdFrontMatter",
            "tableofcontents": r"\EdContents",
            "transition": "\n\n\\EdBreak\n\n",
            "printindex": "",
            "makeindex": "",
            "hyperref": r"\usepackage{hyperref}\usepackage{hypcap}\urlstyle{same}",
        },
    }


def describe_book(_app: Sphinx, config: Config) -> None:
    """Hand version, date and address to the imprint.

    The date is that of the last commit, which the Makefile puts into SOURCE_DATE_EPOCH; it comes in here, at writing,
    so that a commit does not throw the environment away.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    day = datetime.fromtimestamp(int(epoch), tz=UTC) if epoch else None
    version = config.variorum_version
    facts = {
        "EdVersion": version,
        "EdDate": f"{day.day} {day:%B %Y}" if day else "undated",
        "EdYear": str(day.year) if day else "",
        "EdCopyright": config.copyright,
        "EdUrl": config.html_baseurl.rstrip("/"),
        # the same in every folder; LuaTeX's own is made from the path
        "EdFileId": hashlib.sha256(f"{config.project} {version} {epoch}".encode()).hexdigest()[:32].upper(),
    }
    lines = [f"\\newcommand\\{name}{{{texescape.escape(value, 'lualatex')}}}" for name, value in facts.items()]
    config.latex_elements["preamble"] = "\n".join([*lines, config.latex_elements["preamble"]])


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
