"""Sphinx's configuration of the edition."""

project = "TITLE"
author = "The editors"
copyright = "the editors"
version = release = "0.1"
language = "LANGUAGE"

extensions = ["variorum"]
html_theme = "variorum"
bibtex_bibfiles = ["references.bib"]

# A register is a file commentary/NAME.toml and a page commentary/NAME.md.
variorum_registers = {"names": {}}

# Classes of departure beside the usual ones (break, scan, form, print, supplied, doubtful):
# variorum_classes = {"spelling": {"meaning": "modernised spelling", "shown": "list", "reason": False}}
