"""The texts as files of plain words, one paragraph a line."""

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sphinx.environment import BuildEnvironment

from variorum.text.alignment import Block
from variorum.text.folders import Folders
from variorum.text.published import wording
from variorum.text.witness import read_witness
from variorum.web.translator import TEMPLATES
from variorum.writing.rights import told


@dataclass(frozen=True)
class Text:
    """A text of the edition."""

    front: Mapping[str, Any]
    """Its front matter."""
    blocks: Sequence[tuple[Block, str]]
    """Its blocks, each with its words."""
    rights: str
    """What is known of the rights in it."""
    is_withheld: bool
    """Whether this build may not have its words."""


def as_built(build: Path) -> BuildEnvironment:
    """Return what the edition knows of itself, as the last build left it."""
    pickled = (build / "doctrees/environment.pickle").read_bytes()
    return cast("BuildEnvironment", pickle.loads(pickled))  # noqa: S301 - written by our own build


def texts_of(env: BuildEnvironment, where: Folders) -> dict[str, Text]:
    """Return the texts by the names of their witnesses, in the edition's order."""
    documents, within = env.domaindata["variorum"]["documents"], env.toctree_includes
    found = {}
    for name in (name for name in within[env.config.root_doc] if name in documents and documents[name].siglum):
        witness = documents[name].witness
        rights = read_witness(where, witness).rights
        is_withheld = rights.withhold_from(env.config.variorum_rights)
        blocks = [
            (block, words_of(block)) for piece in (name, *within.get(name, ())) for block in documents[piece].blocks
        ]
        found[witness] = Text(env.metadata[name], blocks, told(rights, env.config.language), is_withheld)
    return found


def words_of(block: Block) -> str:
    """Return a block's words on one line."""
    return wording(block).replace("\n", " / ")


def plain_texts(env: BuildEnvironment, texts: Mapping[str, Text]) -> Iterator[tuple[str, str]]:
    """Yield the name of each text's file of plain words, and what it holds; none of a text that is withheld."""
    template = TEMPLATES.get_template("plain.txt")
    for name, text in texts.items():
        if not text.is_withheld:
            yield f"{name}.txt", template.render(config=env.config, text=text)
