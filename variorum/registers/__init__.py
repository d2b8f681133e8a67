"""Persons, bodies, events, terms: read from TOML, found in the texts, printed."""
