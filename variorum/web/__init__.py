"""The web edition: its theme, its search, its citations, its downloads."""
