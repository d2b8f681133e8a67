"""The configuration values of the extension: what each means, its default, and when a change of it matters."""

from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register every configuration value of the extension."""
    # Where readers report errors: "mailto:name@host?body={text}", "https://host/issues/new?body={text}"
    app.add_config_value("variorum_report", "", "html", str)
    # Whether the web edition gets its index for the search; a live preview goes without
    app.add_config_value("variorum_search", default=True, rebuild="", types=bool)
    # The size of the book's paper: a5, a4 or letter
    app.add_config_value("variorum_paper", "a5", "", str)
