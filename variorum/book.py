"""The PDF: what conf.py tells Sphinx of the book, and the run of LuaLaTeX that makes it.

``python -m variorum.book FOLDER PDF`` typesets the book that Sphinx wrote to FOLDER and copies it to PDF.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

STYLE = Path(__file__).parent.parent / "_latex"
PAPERS = {"a5": ("a5paper", "10pt"), "a4": ("a4paper", "11pt"), "letter": ("letterpaper", "11pt")}
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
            str(path) for pattern in ("*.sty", "hyph-*.txt", "fonts/*.otf") for path in STYLE.glob(pattern)
        ),
        "today_fmt": "%-d %B %Y",  # of SOURCE_DATE_EPOCH
        "latex_elements": {
            "papersize": size,
            "pointsize": points,
            "extraclassoptions": "openany",
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
    (TEX,) = Path(sys.argv[1]).glob("*.tex")
    Path(sys.argv[2]).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(typeset(TEX), sys.argv[2])
