"""Addresses of retired locators: each leads on to the paragraph that its readers are sent to."""

from sphinx.transforms.post_transforms import SphinxPostTransform

from variorum.config import folders
from variorum.doctree import elements
from variorum.reading.locators import BLOCKS
from variorum.text.retired import end_of, read_retired


class LeadOn(SphinxPostTransform):
    """Give a paragraph the addresses of the retired locators that lead to it, so that ``#p3-15`` is still a place.

    Priority 3: before the tree is changed for a format.
    """

    default_priority = 3
    builders = ("html",)

    def run(self, **_options: object) -> None:
        """Add the addresses to the paragraphs of a text."""
        where = folders(self.env)
        if not where.is_text(self.env.docname):
            return
        retired = read_retired(where)
        old: dict[str, list[str]] = {}
        for locator in retired:
            anchor = "p" + locator.partition(" ")[2].replace(".", "-")
            old.setdefault(end_of(locator, retired), []).append(anchor)
        for block in elements(self.document, *BLOCKS):
            locator = f"{block.get('siglum')} {block.get('place')}"
            block["ids"] += old.get(locator, [])
