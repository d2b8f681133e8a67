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

    ``{cite:p}`first-letter{3.14}` `` becomes (A 3.14). Citations side by side share one pair of brackets, parted by
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
        parents = {id(node.parent): node.parent for node in found}
        for parent in parents.values():
            self._set_brackets(parent)

    def _set_brackets(self, parent: nodes.Element) -> None:
        """Put one pair of brackets round the citations that stand side by side."""
        children = list(parent.children)
        made: list[nodes.Node] = []
        number = 0
        while number < len(children):
            child = children[number]
            run = _run(children[number:])
            if run:
                made += self._run_in_brackets(child, run)
            elif isinstance(child, pending_xref) and child.get("refdomain") == "cite":
                made += self._without_brackets(child)
            else:
                made.append(child)
            number += max(1, len(run))
        parent.children = []
        parent.extend(made)

    def _run_in_brackets(self, first: nodes.Node, run: Iterable[nodes.Node]) -> list[nodes.Node]:
        """Return the citations of a run, parted by semicolons; in brackets, unless the editor has typed some."""
        made: list[nodes.Node] = []
        for citation in run:
            if isinstance(citation, pending_xref):
                if made:
                    made.append(nodes.Text("; "))
                made += self._without_brackets(citation)
        return made if _within_brackets(first) else [nodes.Text("("), *made, nodes.Text(")")]

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
            made = link(f"{self.texts[target.key]} {target.post}", node)
            edition(self.env).note_link(made)
            yield made

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


def _is_citation(node: nodes.Node) -> bool:
    """Return whether a node is a citation that brings its brackets."""
    return isinstance(node, pending_xref) and node.get("refdomain") == "cite" and node["reftype"] == "p"


def _run(children: list[nodes.Node]) -> list[nodes.Node]:
    """Return the citations that begin some children, with the space between them; nothing where there is none."""
    run: list[nodes.Node] = []
    space: list[nodes.Node] = []
    for child in children:
        if _is_citation(child):
            run += [*space, child]
            space = []
        elif run and isinstance(child, nodes.Text) and not child.strip():
            space = [child]
        else:
            break
    return run


def _within_brackets(node: nodes.Node) -> bool:
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
