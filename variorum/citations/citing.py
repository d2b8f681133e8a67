"""Citations while a document is read: who cites what, the edited texts cited by locator, and the brackets."""

from collections.abc import Iterable, Iterator

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import traverse_parent
from sphinxcontrib.bibtex.citation_target import CitationTarget, parse_citation_targets
from sphinxcontrib.bibtex.nodes import bibliography

from variorum.config import folders
from variorum.doctree import elements
from variorum.domain import Citing, edition
from variorum.links import link
from variorum.nodes import annotation
from variorum.text.witness import sigla


class PrepareCitations(SphinxTransform):
    """Note who cites which entry, link the edited texts by locator, and set the brackets.

    ``{cite:p}`kollontai-1921{3.14}` `` becomes (K 3.14). Citations side by side share one pair of brackets, parted by
    semicolons; within brackets that the editor has typed they get none of their own.

    Priority 290: after numbering and collation, while citations are still unresolved references.
    """

    default_priority = 290

    def apply(self) -> None:
        """Go through the citations of the document."""
        here = edition(self.env).here()
        here.lists |= any(elements(self.document, bibliography))  # which says of each entry who cites it
        self.texts = sigla(folders(self.env))
        self.title = next((title.astext() for title in elements(self.document, nodes.title)), self.env.docname)
        found = [node for node in elements(self.document, pending_xref) if node.get("refdomain") == "cite"]
        for node in found:
            label, anchor = self._passage(node)
            here.citing += [Citing(target.key, label, anchor) for target in _targets(node)]
        for node in found:
            if node.parent is not None and not _follows_a_citation(node):
                self._set_run(node, _run_from(node))

    def _set_run(self, first: pending_xref, run: list[nodes.Node]) -> None:
        """Put one pair of brackets round the citations of a run, or none."""
        bracketed = first["reftype"] == "p" and not _within_brackets(first)
        made: list[nodes.Node] = [nodes.Text("(")] if bracketed else []
        citations = [node for node in run if isinstance(node, pending_xref)]
        for number, citation in enumerate(citations):
            if number:
                made.append(nodes.Text("; "))
            made += self._without_brackets(citation)
        if bracketed:
            made.append(nodes.Text(")"))
        parent = first.parent
        start = _place_of(first)
        parent.children[start : start + len(run)] = []
        for offset, node in enumerate(made):
            parent.insert(start + offset, node)

    def _without_brackets(self, node: pending_xref) -> list[nodes.Node]:
        """Return a citation without its brackets; that of an edited text by locator is a link to the paragraph."""
        targets = _targets(node)
        located = [target for target in targets if target.key in self.texts and target.post]
        if located and len(located) == len(targets):
            return list(self._links(node, located))
        if located:
            what = f"“{node['reftarget']}” cites a text by locator beside another work"
            edition(self.env).report(node, "citation", what, "cite it in a role of its own")
        if node["reftype"] == "p":
            node["reftype"] = "alp"
        return [node]

    def _links(self, node: pending_xref, targets: Iterable[CitationTarget]) -> Iterator[nodes.Node]:
        for number, target in enumerate(targets):
            if number:
                yield nodes.Text("; ")
            if target.pre:
                yield nodes.Text(f"{target.pre} ")
            yield link(f"{self.texts[target.key]} {target.post}", node)

    def _passage(self, node: nodes.Element) -> tuple[str, str]:
        """Return how the passage that holds a citation is named, and its anchor."""
        here = edition(self.env).here()
        for note in traverse_parent(node, annotation):
            place = next((called.place for called in here.calls if called.anchor in note["backrefs"]), "")
            text = f"{here.siglum} {place}" if here.siglum else self.title
            return f"{text} n. {note['sign']}", next(iter(note["ids"]), "")
        for item in traverse_parent(node, nodes.definition_list_item):
            term = next(iter(item.findall(nodes.term)))
            if term["ids"]:
                return f"{self.title}: {term.astext()}", term["ids"][0]
        section = next(iter(traverse_parent(node, nodes.section)), None)
        return self.title, section["ids"][0] if section else ""


def _targets(node: pending_xref) -> list[CitationTarget]:
    return list(parse_citation_targets(node["reftarget"]))


def _is_citation(node: nodes.Node | None) -> bool:
    """Return whether a node is a citation that brings its brackets."""
    return isinstance(node, pending_xref) and node.get("refdomain") == "cite" and node["reftype"] == "p"


def _is_space(node: nodes.Node | None) -> bool:
    return isinstance(node, nodes.Text) and not node.strip()


def _place_of(node: nodes.Node) -> int:
    """Return the number of a node in its parent; docutils' own ``index`` takes texts of the same words for one."""
    return next(number for number, child in enumerate(node.parent.children) if child is node)


def _neighbour(node: nodes.Node, step: int) -> nodes.Node | None:
    place = _place_of(node) + step
    return node.parent.children[place] if 0 <= place < len(node.parent.children) else None


def _follows_a_citation(node: pending_xref) -> bool:
    """Return whether a citation belongs to a run that begins before it."""
    before = _neighbour(node, -1)
    if _is_citation(node) and before is not None and _is_space(before):
        return _is_citation(_neighbour(before, -1))
    return _is_citation(node) and _is_citation(before)


def _run_from(node: pending_xref) -> list[nodes.Node]:
    """Return a citation and those that follow it with nothing but space between, that space included."""
    run: list[nodes.Node] = [node]
    if not _is_citation(node):
        return run
    while True:
        between: list[nodes.Node] = []
        after = _neighbour(run[-1], 1)
        if after is not None and _is_space(after):
            between = [after]
            after = _neighbour(after, 1)
        if after is None or not _is_citation(after):
            return run
        run += [*between, after]


def _within_brackets(node: pending_xref) -> bool:
    """Return whether a bracket that the editor has typed is open where a citation stands."""
    block = next(parent for parent in traverse_parent(node.parent) if not isinstance(parent, nodes.Inline))
    depth = 0
    for part in block.findall(lambda part: part is node or isinstance(part, nodes.Text)):
        if part is node:
            break
        for sign in str(part):
            if sign == "(":
                depth += 1
            elif sign == ")":
                depth = max(0, depth - 1)
    return depth > 0
