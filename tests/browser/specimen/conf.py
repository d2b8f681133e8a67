"""A small edition that holds every kind of thing a page can show; the browser tests read it."""

project = "Specimen"
author = "The editors"
copyright = "The editors"  # noqa: A001 - Sphinx's name
version = release = "0.1.0"
variorum_registers = {
    "persons": {"holds": "person", "other_names": True},
    "bodies": {"holds": "body", "other_names": True},
    "events": {"holds": "event", "unnamed": True, "dated": True},
    "glossary": {"unnamed": True, "linked": "document"},
}
variorum_report = "mailto:errors@specimen.example?body={text}"
extensions = ["myst_parser", "sphinx_design", "sphinxcontrib.bibtex", "variorum"]
exclude_patterns = ["commentary/notes"]
smartquotes = False
language = "en"
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_footnote_transition = False
bibtex_bibfiles = ["references.bib"]
bibtex_default_style = "humanities"
bibtex_reference_style = "author_year_round"
bibtex_cite_id = "cite-{key}"
bibtex_tooltips = False
variorum_bibliographies = ("primary", "literature")
latex_elements = {"preamble": ""}
html_theme = "variorum"
html_baseurl = "https://specimen.example/"
html_copy_source = html_show_sourcelink = html_use_index = html_domain_indices = html_show_search_summary = False
