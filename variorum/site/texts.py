"""The texts as files of plain words, one paragraph a line."""

from collections.abc import Iterator
from typing import Any

from sphinx.environment import BuildEnvironment

from variorum.text.alignment import Block
from variorum.text.published import wording
from variorum.web.translator import TEMPLATES

Text = dict[str, Any]
"""The front matter of a text, and its blocks, each with its words."""


def texts_of(env: BuildEnvironment) -> dict[str, Text]:
    """Return the texts by the names of their witnesses, in the edition's order."""
    documents, within = env.domaindata["variorum"]["documents"], env.toctree_includes
    found = {}
    for name in (name for name in within[env.config.root_doc] if name in documents and documents[name].siglum):
        blocks = [block for piece in (name, *within.get(name, ())) for block in documents[piece].blocks]
        found[documents[name].witness] = env.metadata[name] | {"blocks": [(b, words_of(b)) for b in blocks]}
    return found


def words_of(block: Block) -> str:
    """Return a block's words on one line."""
    return wording(block).replace("\n", " / ")


def plain_texts(env: BuildEnvironment, texts: dict[str, Text]) -> Iterator[tuple[str, str]]:
    """Yield the name of each text's file of plain words, and what it holds."""
    template = TEMPLATES.get_template("plain.txt")
    for name, text in texts.items():
        yield f"{name}.txt", template.render(config=env.config, text=text)
