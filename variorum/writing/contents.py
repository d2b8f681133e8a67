"""What the edition holds: its parts, its texts, and who wrote them. The book and the ePub tell their readers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from pybtex.database import Person as Name
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from variorum.config import folders
from variorum.text.witness import read_witness
from variorum.writing.rights import told

Matter = Literal["frontmatter", "bodymatter", "backmatter"]
#: MARC's relators of those whom an entry of the bibliography names beside the author.
ROLES = {"editor": "edt", "translator": "trl", "introduction": "aui", "annotator": "ann", "commentator": "cwt"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the edition: a list of contents in the root document that has a caption."""

    caption: str
    documents: tuple[str, ...]
    matter: Matter
    """Bodymatter is where the texts stand; what comes before it leads to them, what comes after helps to use them."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text, from its front matter and the map of its witness."""

    document: str
    siglum: str
    title: str
    author: str
    """All authors, joined with semicolons."""
    date: str
    translator: str
    copy_text: str
    short_title: str
    introduction: str
    """Document that introduces it: the one of the same name among the commentary; empty where there is none."""
    witness_name: str
    """Name of the file of its witness."""
    witness: dict[str, Any]
    """What the map says of the witness."""
    rights: str
    """What is known of the rights in it."""

    @property
    def authors(self) -> list[str]:
        """Return the authors, one by one."""
        return self.author.split("; ") if self.author else []


class Person(NamedTuple):
    """Somebody who had a hand in a text."""

    name: str
    sorted_as: str
    """With the family name first, as the bibliography has it; empty where it does not know the person."""
    role: str
    """MARC's relator: ``aut``."""


def parts(env: BuildEnvironment) -> list[Part]:
    """Return the parts of the edition, in order; lists without a caption are no parts."""
    root = env.get_doctree(env.config.root_doc)
    lists: list[tuple[str, tuple[str, ...]]] = []
    for listing in root.findall(addnodes.toctree):
        instead = [name for name, said in env.metadata.items() if said.get("instead-of") in listing["includefiles"]]
        lists.append((listing.get("caption") or "", (*listing["includefiles"], *instead)))
    with_texts = [number for number, (_, documents) in enumerate(lists) if any(map(is_whole_text(env), documents))]
    made = []
    for number, (caption, documents) in enumerate(lists):
        matter: Matter = "bodymatter"
        if with_texts and number < with_texts[0]:
            matter = "frontmatter"
        elif with_texts and number > with_texts[-1]:
            matter = "backmatter"
        made.append(Part(caption, documents, matter))
    return [part for part in made if part.caption]


def exchanged(env: BuildEnvironment, book_format: str) -> dict[str, str]:
    """Return the documents that another takes the place of in a format: old name -> new name.

    The front matter of the other says so: ``format: epub``, ``instead-of: commentary/help``, and ``orphan: true``:
    it stands in no list of contents.
    """
    told = {name: said for name, said in env.metadata.items() if said.get("format") == book_format}
    return {said["instead-of"]: name for name, said in told.items() if "instead-of" in said}


def foreign(env: BuildEnvironment, book_format: str) -> set[str]:
    """Return the documents that a format goes without: those of other formats, and those that have been exchanged."""
    others = {name for name, said in env.metadata.items() if said.get("format", book_format) != book_format}
    return others | exchanged(env, book_format).keys()


def is_whole_text(env: BuildEnvironment) -> Any:
    """Return the test whether a document is a text, and no piece of one: only a whole text names its copy-text."""
    return lambda document: "copy-text" in env.metadata.get(document, {})


def in_order(env: BuildEnvironment, document: str = "") -> Iterator[str]:
    """Yield the documents below one, or below the root, in the order of the contents."""
    for name in env.toctree_includes.get(document or env.config.root_doc, ()):
        yield name
        yield from in_order(env, name)


def texts(env: BuildEnvironment) -> list[Text]:
    """Return the texts in the order of the contents."""
    return [_text(env, document) for document in in_order(env) if is_whole_text(env)(document)]


def _text(env: BuildEnvironment, document: str) -> Text:
    said, where = env.metadata[document], folders(env)
    witness = read_witness(where, said["witness"])
    introduction = where.page(where.text_name(document))
    return Text(
        document=document,
        siglum=said["siglum"],
        title=said["title"],
        author=said.get("author", ""),
        date=said.get("date", ""),
        translator=said.get("translator", ""),
        copy_text=said["copy-text"],
        short_title=said.get("short-title", said["title"]),
        introduction=introduction if introduction in env.all_docs else "",
        witness_name=said["witness"],
        witness=witness.about,
        rights=told(witness.rights, env.config.language),
    )


def people(env: BuildEnvironment, text: Text) -> list[Person]:
    """Return who had a hand in a text: its authors, then those whom the bibliography's entry of its witness names."""
    cited: Any = env.domains["cite"]
    entry = cited.bibdata.data.entries.get(env.metadata[text.document]["witness"])
    known = entry.persons if entry else {}
    sorted_as = {spoken(name): inverted(name) for names in known.values() for name in names}
    found = [Person(author, sorted_as.get(author, ""), "aut") for author in text.authors]
    for field, role in ROLES.items():
        found += [Person(spoken(name), inverted(name), role) for name in known.get(field, ())]
    return found


def spoken(name: Name) -> str:
    """Return a name as it is spoken: ``Ada Lovelace``."""
    return " ".join([*name.first_names, *name.middle_names, *name.prelast_names, *name.last_names]).strip("{}")


def inverted(name: Name) -> str:
    """Return a name as it is sorted: ``Lovelace, Ada``."""
    return str(name).strip("{}")
