"""Sphinx's configuration: one tree, three editions."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # variorum lives in the tree

project = "Party and Class in Power, 1917–1927"
author = "The editors"
version = release = "0.1.0"

extensions = ["myst_parser", "sphinx_design", "sphinxcontrib.bibtex", "variorum"]
exclude_patterns = ["_build", ".venv", "tests", "README.md", "CONTRIBUTING.md", "commentary/notes", "_*"]
language = "en"
root_doc = "index"
numfig = False
smartquotes = False  # the marks are typed as they shall print

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_footnote_transition = False

bibtex_bibfiles = ["references.bib"]
bibtex_reference_style = "author_year"
bibtex_cite_id = "cite-{key}"

variorum_version = version
