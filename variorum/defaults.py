"""What the extension sets of Sphinx's and other extensions' configuration, where conf.py does not set its own."""

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

EXTENSIONS = ("myst_parser", "sphinx_design", "sphinxcontrib.bibtex")
"""What an edition is written with."""

DEFAULTS: dict[str, Any] = {
    "exclude_patterns": ["_build", ".*", "_*", "README.md", "*/notes"],
    "numfig": False,
    "smartquotes": False,  # the marks are typed as they shall print
    "suppress_warnings": ["bibtex.duplicate_label"],  # labels of entries are not printed
    # MyST
    "myst_enable_extensions": ["attrs_block", "attrs_inline", "colon_fence", "deflist", "substitution"],
    "myst_footnote_transition": False,  # the book would draw a rule under each text
    # the bibliography
    "bibtex_bibfiles": [],
    "bibtex_default_style": "humanities",
    "bibtex_reference_style": "author_year_round",
    "bibtex_cite_id": "cite-{key}",
    "bibtex_tooltips": False,
    # the web edition
    "html_theme": "variorum",
    "html_copy_source": False,
    "html_show_sourcelink": False,
    "html_use_index": False,
    "html_domain_indices": False,
    "html_show_search_summary": False,
    # the ePub
    "epub_tocdup": False,
    "epub_show_urls": "no",
}


def set_defaults(_app: Sphinx, config: Config) -> None:
    """Set each value that neither conf.py nor the command line sets (event config-inited)."""
    for name, value in DEFAULTS.items():
        if not is_set(config, name):
            setattr(config, name, value)


def is_set(config: Config, name: str) -> bool:
    """Tell whether conf.py or the command line sets a value: Sphinx tells no default from a choice."""
    return name in config._raw_config or name in config._overrides  # noqa: SLF001


def setup(app: Sphinx) -> None:
    """Load what an edition is written with, and set it up."""
    for extension in EXTENSIONS:
        app.setup_extension(extension)
    app.connect("config-inited", set_defaults, priority=200)
