"""The ways into a long list: the letters of an alphabet, the years of a chronology, each with its first entry."""

from docutils import nodes
from sphinx.environment import BuildEnvironment

from variorum.domain import edition
from variorum.sorting import sort_key


def letters_of_register(listing: nodes.Element, env: BuildEnvironment) -> dict[str, str]:
    """Return the letters of a register, or the years of a dated one, each with the id of its first entry."""
    entries = edition(env).data["derived"]["named"].entries
    letters: dict[str, str] = {}
    for term in listing.findall(nodes.term):
        register, _hyphen, key = term["ids"][0].partition("-")
        entry = entries[register, key]
        letters.setdefault(entry.when[:4] or _letter(entry.headword), term["ids"][0])
    return letters


def letters_of_bibliography(listing: nodes.Element) -> dict[str, str]:
    """Return the letters of a bibliography, each with the id of its first work."""
    letters: dict[str, str] = {}
    for item in listing.children:
        for target in item.findall(nodes.target):
            letters.setdefault(_letter(item.astext()), target["ids"][0])
    return letters


def letters_of_index(listing: nodes.Element) -> dict[str, str]:
    """Return the letters of an index, and give each an id."""
    letters: dict[str, str] = {}
    for item in listing.children:
        head = next(item.findall(nodes.paragraph))
        head["ids"] = [f"letter-{len(letters) + 1}"]
        letters[head.astext()] = head["ids"][0]
    return letters


def _letter(words: str) -> str:
    """Return the letter under which words are looked up."""
    return next((letter.upper() for letter in sort_key(words) if letter.isalnum()), "")
