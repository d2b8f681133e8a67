"""The faces of the book, of the pictures and of the cover."""

from pathlib import Path

FONTS = Path(__file__).parent / "book/tex/fonts"
