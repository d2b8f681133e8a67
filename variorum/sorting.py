"""The order in which people look things up."""

import unicodedata

# Letters that have no decomposition but a place in the alphabet
_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "’": "", "'": "", "‘": ""})


def sort_key(text: str) -> str:
    """Return ``text`` as people sort it: letter by letter, without accents, marks and case, Ł with L and Ž with Z."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(char for char in folded if not unicodedata.combining(char))
