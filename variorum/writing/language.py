"""The language of a text that is not the edition's own: it is told of what is the text's, and of nothing else.

Labels (what a screen reader says of a locator, the pages of the source, the calls of notes) stay in the language of the
interface. The web edition and the ePub share the transform; a start tag of either tells the direction too.
"""

import re

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from variorum.config import folders
from variorum.doctree import elements
from variorum.i18n import direction, tag
from variorum.nodes import call, locator, pagebreak, parallel

#: The class that docutils writes as the attribute ``lang``.
CLASS = "language-"
LABELLED = (call, locator, pagebreak, parallel)
"""What has a label within a text."""


def language_of(env: BuildEnvironment, docname: str) -> str:
    """Return the language of a text as its front matter has it, or that of the whole it is a piece of; else nothing."""
    meta = env.metadata.get(docname, {})
    whole = env.metadata.get(folders(env).document(meta["witness"]), {}) if "witness" in meta else {}
    return tag(meta.get("language") or whole.get("language", ""))


class TellLanguage(SphinxPostTransform):
    """Give each block of a text in another language the class that becomes its attribute ``lang``.

    Priority 720: when nothing is put into a block any more.
    """

    default_priority = 720
    builders = ("html", "epub")

    def run(self, **_options: object) -> None:
        """Go through the blocks of a text."""
        language, ours = language_of(self.env, self.env.docname), tag(self.config.language)
        if not language or language == ours:
            return
        for block in elements(self.document, nodes.paragraph, nodes.title, nodes.term):
            if "place" not in block:
                continue
            block["classes"].append(f"{CLASS}{language}")
            for labelled in elements(block, *LABELLED):
                labelled["label_language"] = ours


def with_direction(starttag: str, language: str) -> str:
    """Return a start tag with its direction, where it names a language that runs the other way than the edition's."""
    named = re.search(r' lang="([^"]*)"', starttag)
    if not named or direction(named[1]) == direction(language):
        return starttag
    return starttag.replace(named[0], f'{named[0]} dir="{direction(named[1])}"', 1)
