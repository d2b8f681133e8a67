"""A small edition of what texts contain beside prose: verse, a scene, tables, pictures, lists, notes within notes."""

project = "Forms"
author = "The editors"
copyright = "The editors"  # noqa: A001 - Sphinx's name
version = release = "0.1.0"
extensions = ["myst_parser", "sphinx_design", "sphinxcontrib.bibtex", "variorum"]
exclude_patterns = ["commentary/notes"]
smartquotes = False
language = "en"
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_footnote_transition = False
bibtex_bibfiles = ["references.bib"]
bibtex_reference_style = "author_year"
bibtex_cite_id = "cite-{key}"
html_theme = "variorum"
html_copy_source = html_show_sourcelink = html_use_index = html_domain_indices = html_show_search_summary = False
