"""Citations: who cites what, and the five texts cited by locator through BibTeX."""

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms import SphinxTransform
from sphinxcontrib.bibtex.citation_target import CitationTarget, parse_citation_targets

from variorum.domain import Citing, edition, sigla
from variorum.nodes import annotation
from variorum.problems import Problem


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
        for node in list(self.document.findall(pending_xref)):
            if node.get("refdomain") != "cite":
                continue
            targets = list(parse_citation_targets(node["reftarget"]))
            label, anchor = self._passage(node)
            here.citing += [Citing(target.key, label, anchor) for target in targets]
            located = [target for target in targets if target.key in texts and target.post]
            if located and len(located) < len(targets):
                path = (node.source or "").removeprefix(f"{self.env.srcdir}/")
                what = f"“{node['reftarget']}” cites a text by locator beside another work"
                here.problems.append(Problem(path, node.line or 0, "citation", what, "cite it in a role of its own"))
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
        parent: nodes.Element | None = node.parent
        section = ""
        while parent is not None:
            if isinstance(parent, annotation):
                place = next((c.place for c in here.calls if c.anchor in parent["backrefs"]), "")
                of = f"{here.siglum} {place}" if here.siglum else self._title()
                return f"{of} n. {parent['sign']}", parent["ids"][0] if parent["ids"] else ""
            if isinstance(parent, nodes.section) and not section:
                section = parent["ids"][0]
            parent = parent.parent
        return self._title(), section

    def _title(self) -> str:
        title = next(self.document.findall(nodes.title), None)
        return title.astext() if title is not None else self.env.docname


def link(target: str, where: nodes.Element) -> pending_xref:
    """Return a reference, to be resolved, to a locator such as ``K 3.14``."""
    node = pending_xref(
        refdomain="variorum", reftype="loc", reftarget=re.sub(r"\s*-\s*", "–", target), refexplicit=False
    )
    node.source, node.line = where.source, where.line
    node += nodes.inline("", node["reftarget"].replace(" ", "\u00a0"), classes=["loc"])
    return node
