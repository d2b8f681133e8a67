"""Edited text against witness: tokens, alignment, departures. Pure: knows neither docutils nor Sphinx."""
