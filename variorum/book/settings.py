"""What Sphinx is told of the book: its LaTeX settings for a size of paper, from ``tex/book.toml``."""

import tomllib
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from variorum.problems import EditionError, Problem
from variorum.reporting import tell

STYLE = Path(__file__).parent / "tex"


def book_settings(paper: str, *, for_printer: bool = False) -> dict[str, object]:
    """Return the values of Sphinx's configuration for a book on a paper: a5, a4 or letter; raise EditionError else.

    The file for a printer has no links, every colour as a grey, and says where the paper is trimmed.
    """
    settings = tomllib.loads((STYLE / "book.toml").read_text("utf-8"))
    papers = settings.pop("paper")
    if paper not in papers:
        what = f"variorum_paper is “{paper}”, which is no size of paper"
        raise EditionError(Problem("conf.py", 0, "config", what, f"use {', '.join(papers)}"))
    options = f"size={paper},printer" if for_printer else f"size={paper}"
    settings["latex_elements"] |= papers[paper] | {"preamble": rf"\usepackage[{options}]{{edition}}"}
    if for_printer:
        for_packages = r"\PassOptionsToPackage{draft}{hyperref}\PassOptionsToPackage{gray}{xcolor}"
        settings["latex_elements"]["passoptionstopackages"] = for_packages
    files = [str(path) for pattern in ("*.sty", "*.lua", "hyph-*.txt", "fonts/*.otf") for path in STYLE.glob(pattern)]
    return settings | {"latex_additional_files": sorted(files)}


def set_up_book(_app: Sphinx, config: Config) -> None:
    """Give Sphinx the book's settings, where conf.py does not set its own (event config-inited).

    Of ``latex_elements`` each entry counts by itself.
    """
    chosen = config._raw_config  # noqa: SLF001 - Sphinx has no other way to tell a default from a choice
    try:
        settings = book_settings(config.variorum_paper, for_printer=config.variorum_for_printer)
    except EditionError as error:
        tell(error.problems)
    elements: Any = settings.pop("latex_elements")
    theirs = dict(chosen.get("latex_elements", {}))
    preamble = f"{elements['preamble']}\n{theirs.pop('preamble', '')}"  # the edition's own commands come after ours
    config.latex_elements = elements | theirs | {"preamble": preamble}
    settings["latex_documents"] = [
        (config.root_doc, f"{config.epub_basename}.tex", config.project, config.author, "manual")
    ]
    for name, value in settings.items():
        if name in config and name not in chosen:
            setattr(config, name, value)
