"""A small edition that holds every kind of thing a page can show; the browser tests read it."""

project = "Specimen"
author = "The editors"
copyright = "2026, The editors"  # noqa: A001 - Sphinx's name
version = release = "0.1.0"
extensions = ["variorum"]
html_theme = "variorum"
language = "en"
html_baseurl = "https://specimen.example/"
bibtex_bibfiles = ["references.bib"]
variorum_bibliographies = ("primary", "literature")
variorum_registers = {
    "persons": {"holds": "person", "other_names": True},
    "bodies": {"holds": "body", "other_names": True},
    "events": {"holds": "event", "unnamed": True, "dated": True},
    "glossary": {"unnamed": True, "linked": "document"},
}
variorum_report = "mailto:errors@specimen.example?body={text}"
