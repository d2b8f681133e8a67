"""Sphinx's configuration: one tree, three editions."""

project = "Party and Class in Power, 1917–1927"
author = "The editors"
copyright = "2026, the editors"  # noqa: A001 - Sphinx's name
version = release = "0.1.0"

extensions = ["myst_parser", "sphinx_design", "sphinxcontrib.bibtex", "variorum"]
exclude_patterns = [
    "_build",
    ".*",
    "tests",
    "README.md",
    "CONTRIBUTING.md",
    "commentary/notes",
    "variorum",
    "_*",
]
language = "en_GB"
root_doc = "index"
numfig = False
smartquotes = False  # the marks are typed as they shall print

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "substitution"]
myst_substitutions = {"version": version}
myst_footnote_transition = False

bibtex_bibfiles = ["references.bib"]
bibtex_default_style = "humanities"
bibtex_reference_style = "author_year_round"
bibtex_cite_id = "cite-{key}"
bibtex_tooltips = False
variorum_bibliographies = ("primary", "literature")
suppress_warnings = ["bibtex.duplicate_label"]  # none is printed

variorum_registers = {
    "persons": {"holds": "person", "other_names": True},
    "bodies": {"holds": "body", "other_names": True},
    "events": {"holds": "event", "unnamed": True, "dated": True},  # a chronology has events that no text names
    "glossary": {"unnamed": True, "linked": "document"},  # and a glossary terms that only the notes use
}
variorum_imprint = {
    "subtitle": "A critical edition of five texts",
    "licence": "Creative Commons Attribution 4.0 International (CC BY 4.0)",
    "conforms_to": "EPUB Accessibility 1.1 - WCAG 2.1 Level AA",
}
variorum_subjects = {
    "Communism -- Soviet Union": "sh85029128",
    "Soviet Union -- History -- Revolution, 1917-1921": "sh85125871",
}
variorum_report = ""  # where errors are reported: "mailto:name@host?body={text}", "https://host/issues/new?body={text}"

html_theme = "variorum"
html_favicon = "_static/icon.svg"
html_baseurl = ""  # the address of the published site, ending in a slash
html_copy_source = html_show_sourcelink = html_use_index = html_domain_indices = html_show_search_summary = False

epub_basename = "party-and-class-in-power"
epub_identifier = "urn:uuid:81634161-80de-5da8-a694-ee3a3d3ed0dd"  # of the work; never changes
epub_description = (
    "Five texts of and on the debate about party, class and state power in Soviet Russia, 1917–1927, each edited from"
    " its witness with a computed apparatus, an introduction and a commentary."
)
epub_tocdup, epub_show_urls = False, "no"
