"""What each document is in the ePub: its matter, and its kind in the EPUB vocabulary."""

from typing import NamedTuple

from docutils import nodes
from sphinx.environment import BuildEnvironment

from variorum.config import folders
from variorum.writing.contents import Matter, parts

#: Kinds for which DPUB-ARIA has a role: "doc-" and the name.
ROLES = frozenset(
    {
        "abstract",
        "acknowledgments",
        "afterword",
        "appendix",
        "bibliography",
        "chapter",
        "colophon",
        "conclusion",
        "foreword",
        "glossary",
        "index",
        "introduction",
        "preface",
    }
)
#: Kinds to which reading systems offer to jump.
LANDMARKS = frozenset({"titlepage", "introduction", "bodymatter", "glossary", "bibliography", "index"})
#: Lists that make a document what it is, by their class.
KINDS = {"general-index": "index", "bibliography": "bibliography"}
#: What a document is that says nothing of itself, by its matter.
USUAL: dict[Matter, str] = {"frontmatter": "preface", "bodymatter": "introduction", "backmatter": "appendix"}


class Division(NamedTuple):
    """What a document is in the book."""

    matter: Matter
    kind: str


def division_of(env: BuildEnvironment, docname: str, doctree: nodes.document) -> Division:
    """Return what a document is: as its front matter has it (``division: glossary``), else by what it holds."""
    if docname == env.config.root_doc:
        return Division("frontmatter", "titlepage")
    if folders(env).is_text(docname):
        return Division("bodymatter", "chapter")
    matter: Matter = next((part.matter for part in parts(env) if docname in part.documents), "bodymatter")
    listed = {name for listing in doctree.findall(nodes.bullet_list) for name in listing["classes"]}
    kind = next((kind for name, kind in KINDS.items() if name in listed), USUAL[matter])
    return Division(matter, env.metadata[docname].get("division", kind))
