"""Sphinx's configuration of the documentation of variorum, in its own theme."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "variorum"
author = "The editors"
copyright = "the editors"  # noqa: A001 - Sphinx's name
version = release = "0.2.0"
language = "en"

extensions = ["sphinx.ext.autodoc", "variorum", "reference", "examples"]
html_theme = "variorum"
html_static_path = ["_static"]
templates_path = ["_templates"]
exclude_patterns = ["_build", "_ext", "_templates"]
autodoc_default_options = {"members": True, "member-order": "bysource"}
