"""Raw HTML reaches no format: the page's policy would be its only wall, and the ePub has none."""

import re

from docutils import nodes
from sphinx.transforms import SphinxTransform

from variorum.doctree import elements
from variorum.domain import edition
from variorum.reading.locators import is_ours

_COMMENT = re.compile(r"\s*<!--.*?-->\s*", re.DOTALL)


class RefuseRaw(SphinxTransform):
    """Refuse what an editor writes in the language of one format; take comments out.

    Priority 268: hard breaks, which MyST makes of raw nodes, are breaks already (267).
    """

    default_priority = 268

    def apply(self) -> None:
        """Go through the document; what an edited text holds is refused with all that is not compared."""
        domain = edition(self.env)
        for node in elements(self.document, nodes.raw):
            if _COMMENT.fullmatch(node.astext()):
                node.parent.remove(node)
            elif is_ours(node) or not domain.is_text_here():
                words = " ".join(node.astext().split())[:40]
                domain.report(node, "text", f"raw {node['format'].upper()}: “{words}”", "write it in Markdown")
                node.parent.remove(node)
