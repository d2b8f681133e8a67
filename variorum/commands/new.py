"""Begin an edition: a small one that builds at once, and whose parts are there to be replaced."""

import shutil
import sys
from pathlib import Path

from variorum.i18n import TAG

STARTER = Path(__file__).parent.parent / "starter"
#: The files that name the edition.
NAMING = ("conf.py", "index.md", "README.md")
#: What git shall not keep.
IGNORED = "_build/\n"


def begin(folder: Path, title: str, language: str) -> int:
    """Write an edition to a folder that is new or empty; return the exit status."""
    if folder.exists() and any(folder.iterdir()):
        return _refuse(f"{folder} is not empty; name a folder that does not exist yet")
    if not title.strip() or "\n" in title:
        return _refuse("the title is empty or has several lines; write --title “…”")
    if not TAG.fullmatch(language):
        return _refuse(f"“{language}” is no language; write its code, such as en, de or pt_BR")
    shutil.copytree(STARTER, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name in NAMING:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        quoted = title.replace("\\", "\\\\").replace('"', '\\"') if name == "conf.py" else title
        path.write_text(text.replace("TITLE", quoted).replace("LANGUAGE", language), encoding="utf-8")
    makefile = folder / "Makefile"  # with the Python that has this package, in whatever shell make is run
    makefile.write_text(makefile.read_text(encoding="utf-8").replace("INTERPRETER", sys.executable), encoding="utf-8")
    (folder / ".gitignore").write_text(IGNORED, encoding="utf-8")
    sys.stdout.write(f"{folder} is ready: run `make` there, and read its README.md\n")
    return 0


def _refuse(what: str) -> int:
    """Say what is wrong; return the exit status."""
    sys.stderr.write(f"{what}\n")
    return 2
