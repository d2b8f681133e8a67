"""Citations: who cites what, and the five texts cited by locator through BibTeX."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from pybtex.exceptions import PybtexError
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import traverse_parent
from sphinxcontrib.bibtex.bibfile import process_bibdata
from sphinxcontrib.bibtex.citation_target import CitationTarget, parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.nodes import bibliography
from sphinxcontrib.bibtex.roles import CiteRole

from variorum.citations.style import tell_apart
from variorum.config import folders
from variorum.doctree import elements
from variorum.domain import Citing, edition
from variorum.links import link
from variorum.nodes import annotation
from variorum.problems import Report
from variorum.reporting import tell
from variorum.text.folders import Folders
from variorum.text.witness import sigla

#: The types that an entry of references.bib may have.
TYPES = ("article", "book", "incollection", "misc")
#: Its keywords say in which of the bibliographies it stands.
KINDS = ("primary", "literature")


class CiteTexts(SphinxTransform):
    """Note who cites which entry; turn the citation of a text with a locator into a link to that paragraph.

    ``{cite:p}`kollontai-1921{3.14}` `` becomes (K 3.14), without the brackets for ``{cite:t}``.

    Priority 290: after numbering and collation, while citations are still unresolved references.
    """

    default_priority = 290

    def apply(self) -> None:
        """Go through the citations of the document."""
        here = edition(self.env).here()
        here.lists |= any(elements(self.document, bibliography))  # which says of each entry who cites it
        texts = sigla(folders(self.env))
        title = next((title.astext() for title in elements(self.document, nodes.title)), self.env.docname)
        for node in [node for node in elements(self.document, pending_xref) if node.get("refdomain") == "cite"]:
            targets = list(parse_citation_targets(node["reftarget"]))
            label, anchor = self._passage(node, title)
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

    def _passage(self, node: nodes.Element, title: str) -> tuple[str, str]:
        """Return how the passage that holds a citation is named, and its anchor."""
        here = edition(self.env).here()
        for note in traverse_parent(node, annotation):
            place = next((c.place for c in here.calls if c.anchor in note["backrefs"]), "")
            of = f"{here.siglum} {place}" if here.siglum else title
            return f"{of} n. {note['sign']}", next(iter(note["ids"]), "")
        return title, next((section["ids"][0] for section in traverse_parent(node, nodes.section)), "")


class CitationRole(CiteRole):
    """The role of a citation, which leaves what it cannot read to `citation_problems` instead of raising ValueError."""

    def result_nodes(self, document: nodes.document, env: Any, node: nodes.Element, is_ref: bool) -> Any:  # noqa: FBT001
        """Return the citation, or nothing."""
        try:
            return super().result_nodes(document, env, node, is_ref)  # type: ignore[no-untyped-call]
        except ValueError:
            return [], []


class KeptCitations(BibtexDomain):
    """The domain of citations, which keeps the formatted entries until references.bib changes.

    To format some six hundred of them takes seconds, and would be done at every saved note.
    """

    roles = dict.fromkeys(BibtexDomain.roles, CitationRole())

    def env_updated(self) -> Iterable[str]:
        """Return the documents that cite an entry which is not what it was."""
        read = [file.mtime for file in self.bibdata.bibfiles.values()]
        if self.data.get("read") == read and {c.bibliography_key for c in self.citations} == set(self.bibliographies):
            return []
        entries = self.bibdata.data.entries
        if not all("dated" in entry.fields for entry in entries.values()):
            tell_apart(entries)
        old = self.data.get("entries", entries)
        super().env_updated()
        self.data |= {"read": read, "entries": entries}
        changed = {key for key, entry in entries.items() if old.get(key) != entry}
        return {ref.docname for ref in self.citation_refs if any(target.key in changed for target in ref.targets)}


def read_bibliography(app: Sphinx) -> None:
    """Read references.bib before sphinxcontrib-bibtex does, which would not say where it fails (builder-inited)."""
    domain = cast("BibtexDomain", app.env.get_domain("cite"))
    report, path = Report("references.bib", "citation"), Path(app.srcdir, "references.bib").resolve()
    try:
        domain.data["bibdata"] = process_bibdata(domain.bibdata, [path], "utf-8-sig")
    except (PybtexError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        report.add(int(line[1]) if line else 0, f"cannot be read: {error}", "mend the entry, or the one before it")
    else:
        for key, entry in domain.bibdata.data.entries.items():
            kind, title = entry.fields.get("keywords", ""), entry.fields.get("title", "")
            if entry.type not in TYPES or kind not in KINDS or not title:
                number = path.read_text("utf-8").partition(f"{{{entry.key},")[0].count("\n") + 1
                what = f"“{key}” has the type “{entry.type}”, the keywords “{kind}”, the title “{title}”"
                remedy = f"types are {', '.join(TYPES)}, keywords {' or '.join(KINDS)}, and a title there must be"
                report.add(number, what, remedy)
    tell(report)


def citation_problems(env: BuildEnvironment, where: Folders) -> Report:
    """Return a problem for each citation of nothing, and for each entry of references.bib that nothing cites.

    The files themselves are read: what a table or a register cites has lost file and line when it is resolved.
    """
    report, cited = Report("references.bib", "citation"), set[str]()
    entries = cast("BibtexDomain", env.get_domain("cite")).bibdata.data.entries
    paths = (path for folder in (where.texts, where.commentary) for path in (where.root / folder).rglob("[!.#]*"))
    for path in sorted(path for path in paths if path.suffix in {".md", ".toml", ".tsv"}):
        found = Report(str(path.relative_to(where.root)), "citation")
        text = path.read_text("utf-8", "replace")  # who reads the file for its sense reports what cannot be read
        for match in re.finditer(r"\{cite(?::\w+)?\}`([^`]+)`", text):
            keys = {key.strip() for key in re.sub(r"\{[^{}]*\}", "", match[1]).split(",")}
            cited |= keys
            for key in sorted(keys - entries.keys()):
                remedy = "mend the citation (“key”, “key{p. 3}”, several parted by commas) or add the entry"
                found.add(text.count("\n", 0, match.start()) + 1, f"“{key}” is no entry of references.bib", remedy)
        report += found
    for number, line in enumerate((where.root / report.path).read_text(encoding="utf-8").splitlines(), 1):
        entry = re.match(r"@\w+\{([^,]+),", line)
        if entry and entry[1].strip() not in cited:
            report.add(number, f"nothing cites “{entry[1].strip()}”", "cite it or remove it")
    return report


def setup(app: Sphinx) -> None:
    """Take over the roles and the domain of sphinxcontrib-bibtex."""
    app.add_role("cite", CitationRole(), override=True)
    app.add_domain(KeptCitations, override=True)
    app.add_transform(CiteTexts)
    app.connect("builder-inited", read_bibliography, priority=400)
