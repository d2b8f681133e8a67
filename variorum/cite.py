"""Citations: who cites what, and the five texts cited by locator through BibTeX."""

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import traverse_parent
from sphinxcontrib.bibtex.citation_target import CitationTarget, parse_citation_targets

from variorum.domain import Citing, edition, sigla
from variorum.nodes import annotation
from variorum.tree import elements


class CiteTexts(SphinxTransform):
    """Note who cites which entry; turn the citation of a text with a locator into a link to that paragraph.

    ``{cite:p}`kollontai-1921{3.14}` `` becomes (K 3.14), without the brackets for ``{cite:t}``.

    Priority 290: after numbering and collation, while citations are still unresolved references.
    """

    default_priority = 290

    def apply(self) -> None:
        """Go through the citations of the document."""
        here = edition(self.env).here()
        texts = sigla(self.env.srcdir)
        for node in [node for node in elements(self.document, pending_xref) if node.get("refdomain") == "cite"]:
            targets = list(parse_citation_targets(node["reftarget"]))
            label, anchor = self._passage(node)
            here.citing += [Citing(target.key, label, anchor) for target in targets]
            located = [target for target in targets if target.key in texts and target.post]
            if located and len(located) < len(targets):
                what = f"“{node['reftarget']}” cites a text by locator beside another work"
                edition(self.env).report(node, "citation", what, "cite it in a role of its own")
            elif located:
                node.parent.replace(node, list(self._links(node, located, texts)))

    @staticmethod
    def _links(node: pending_xref, targets: list[CitationTarget], texts: dict[str, str]) -> Iterator[nodes.Node]:
        bracketed = node["reftype"] == "p"
        yield nodes.Text("(" if bracketed else "")
        for number, target in enumerate(targets):
            yield nodes.Text("; " if number else "")
            yield nodes.Text(f"{target.pre} " if target.pre else "")
            yield link(f"{texts[target.key]} {target.post}", node)
        yield nodes.Text(")" if bracketed else "")

    def _passage(self, node: nodes.Element) -> tuple[str, str]:
        """Return how the passage that holds a citation is named, and its anchor."""
        here = edition(self.env).here()
        title = next(iter(elements(self.document, nodes.title)), None)
        name = self.env.docname if title is None else title.astext()
        for note in traverse_parent(node, annotation):
            place = next((c.place for c in here.calls if c.anchor in note["backrefs"]), "")
            of = f"{here.siglum} {place}" if here.siglum else name
            return f"{of} n. {note['sign']}", next(iter(note["ids"]), "")
        return name, next((section["ids"][0] for section in traverse_parent(node, nodes.section)), "")


def link(target: str, where: nodes.Element) -> pending_xref:
    """Return a reference, to be resolved, to a locator such as ``K 3.14``."""
    node = pending_xref(
        refdomain="variorum", reftype="loc", reftarget=re.sub(r"\s*-\s*", "–", target), refexplicit=False
    )
    node.source, node.line = where.source, where.line
    node += nodes.inline("", node["reftarget"].replace(" ", "\u00a0"), classes=["loc"])
    return node
