"""The mark on the web beside a passage that shares its words with another: it leads to where the two are compared."""

from docutils import nodes

from variorum.config import folders
from variorum.doctree import elements
from variorum.domain import edition
from variorum.links import LinkingTransform
from variorum.nodes import parallel
from variorum.quotations.declared import NAME


class MarkParallels(LinkingTransform):
    """Mark the passages that are quoted, or quote.

    Priority 16: after the lists are filled (15).
    """

    default_priority = 16
    builders = ("html",)

    def run(self, **_options: object) -> None:
        """Go through the blocks of a text."""
        marks = edition(self.env).data["derived"][NAME].marks
        for block in elements(self.document, nodes.paragraph, nodes.title, nodes.term):
            for anchor, others in marks.get(f"{block.get('siglum')} {block.get('place')}", ()):
                uri = self.address(folders(self.env).page(NAME), anchor)
                block.append(parallel(refuri=uri, others=others))
