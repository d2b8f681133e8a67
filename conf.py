"""Sphinx's configuration: one tree, three editions."""

project = "Party and Class in Power, 1917–1927"
author = "The editors"
copyright = "2026, the editors"  # noqa: A001 - Sphinx's name
version = release = "0.2.0"

extensions = ["variorum"]
exclude_patterns = [
    "_build",
    ".*",
    "docs",
    "packaging",
    "tests",
    "README.md",
    "CONTRIBUTING.md",
    "commentary/notes",
    "variorum",
    "_*",
]
language = "en_GB"

myst_substitutions = {"version": version}
bibtex_bibfiles = ["references.bib"]
variorum_sources = "commentary/sources.toml"
variorum_bibliographies = ("primary", "literature")

variorum_registers = {
    "persons": {"holds": "person", "other_names": True},
    "bodies": {"holds": "body", "other_names": True},
    "events": {"holds": "event", "unnamed": True, "dated": True},  # a chronology has events that no text names
    "glossary": {"unnamed": True, "linked": "document"},  # and a glossary terms that only the notes use
}
variorum_imprint = {
    "subtitle": "A critical edition of five texts",
    "licence": "Creative Commons Attribution 4.0 International (CC BY 4.0)",
}
variorum_subjects = {
    "Communism -- Soviet Union": "sh85029128",
    "Soviet Union -- History -- Revolution, 1917-1921": "sh85125871",
}
# Where readers write to: "mailto:name@host?body={text}", "https://host/issues/new?body={text}". Whoever publishes the
# edition writes it here, or gives it with `make site CONTACT=… ADDRESS=…`; so with html_baseurl below.
variorum_report = ""

html_theme = "variorum"
html_theme_options = {
    "licence": "The editors’ words: CC BY 4.0",  # the sources have their own rights, told in each introduction
    "licence_address": "https://creativecommons.org/licenses/by/4.0/",
    "picture": "_static/card.png",  # made by `make pictures`
}
html_static_path = ["_static"]
html_favicon = "_static/icon.svg"
html_baseurl = ""  # the address of the published site, ending in a slash

epub_basename = "party-and-class-in-power"
epub_identifier = "urn:uuid:81634161-80de-5da8-a694-ee3a3d3ed0dd"  # of the work; never changes
epub_description = (
    "Five texts of and on the debate about party, class and state power in Soviet Russia, 1917–1927, each edited from"
    " its witness with a computed apparatus, an introduction and a commentary."
)
