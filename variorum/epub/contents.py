"""The contents of the ePub: the parts, in them the documents, and below each text its pieces or sections."""

import html
from dataclasses import dataclass, field
from typing import Any

from sphinx.environment import BuildEnvironment

from variorum.writing.contents import Text, parts, texts


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    words: str
    href: str
    """Address; empty where a part has no page of its own."""
    below: list["Entry"] = field(default_factory=list)

    @property
    def first(self) -> str:
        """Return the address, or where a part begins: the older form of the contents wants one for each entry."""
        return self.href or self.below[0].first


def entries(env: BuildEnvironment, refnodes: list[dict[str, Any]], documents: dict[str, str]) -> list[Entry]:
    """Return the contents from the flat list that Sphinx makes of them: ``refuri``, ``text``, ``level``.

    ``documents`` are the documents by their addresses.
    """
    named = {text.document: text for text in texts(env)}
    captions = {name: part.caption for part in parts(env) for name in part.documents}
    made: list[Entry] = []
    opened: dict[str, Entry] = {}
    document = ""
    text_level = 0
    for node in refnodes:
        href, words, level = html.unescape(node["refuri"]), html.unescape(node["text"]), node["level"]
        is_page = "#" not in href
        name = documents.get(href, "")
        if is_page and level == 1:
            document, text_level = name, level
            entry = Entry(_title(named[name]) if name in named else words, href)
            caption = captions.get(name, "")
            if not caption:
                made.append(entry)
            elif caption in opened:
                opened[caption].below.append(entry)
            else:
                opened[caption] = Entry(caption, "", [entry])
                made.append(opened[caption])
        elif document in named and level == text_level + 1:
            entry.below.append(Entry(_by(words, env.metadata.get(name, {}), named[document]), href))
    return made


def _title(text: Text) -> str:
    """Return who wrote a text, what and when."""
    told = ", ".join(words for words in (text.author, text.title, text.date) if words)
    return f"{text.siglum}: {told}"


def _by(words: str, told: dict[str, str], text: Text) -> str:
    """Return the name of a piece, with its author where it is not the whole text's."""
    author = told.get("author", text.author)
    return words if author == text.author else f"{words} ({author})"
