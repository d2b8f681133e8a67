"""A critical edition whose apparatus is computed from its sources: a Sphinx extension."""

from variorum.extension import setup

__all__ = ["setup"]
