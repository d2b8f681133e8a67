"""The citations' store: sphinxcontrib-bibtex's domain, with our reading of the files and our checks."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from pybtex.database import BibliographyData, Entry
from pybtex.plugin import PluginNotFound
from pybtex.plugin import find_plugin as find_style
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime
from sphinxcontrib.bibtex.directives import BibliographyKey
from sphinxcontrib.bibtex.domain import BibtexDomain, _FilterVisitor
from sphinxcontrib.bibtex.plugin import find_plugin as find_reference_style
from sphinxcontrib.bibtex.roles import CiteRole

from variorum.citations import references
from variorum.citations.reading import read_entries
from variorum.citations.rules import read_rules
from variorum.citations.ruling import Cited, citation_rule_problems, entry_problems
from variorum.citations.style import formatted
from variorum.citations.telling_apart import date_of, give_short_forms
from variorum.config import folders
from variorum.problems import EditionError, Problem, Report
from variorum.reading.sources import markup_of, source_files
from variorum.reporting import tell
from variorum.text.witness import sigla


class CitationRole(CiteRole):
    """The role of a citation, which leaves what it cannot read to `citation_problems` instead of raising ValueError."""

    def result_nodes(self, document: nodes.document, env: Any, node: nodes.Element, is_ref: bool) -> Any:  # noqa: FBT001
        """Return the citation, or nothing."""
        try:
            return super().result_nodes(document, env, node, is_ref)  # type: ignore[no-untyped-call]
        except ValueError:
            return [], []


class EditionCitations(BibtexDomain):
    """The domain of citations, which keeps the formatted entries until the bibliography's files change.

    To format some hundreds of them takes seconds, and would be done at every saved note.
    """

    roles = dict.fromkeys(references.ROLES, CitationRole())
    initial_data = BibtexDomain.initial_data | {"lines": {}, "digest": "", "formatted": ""}

    @property
    def lines(self) -> dict[str, tuple[str, int]]:
        """Return file and line of each entry, by its key in small letters."""
        return cast("dict[str, tuple[str, int]]", self.data["lines"])

    def env_updated(self) -> Iterable[str]:
        """Return the documents that cite an entry which is not what it was."""
        printed = {citation.bibliography_key for citation in self.citations}
        if self.data["formatted"] == self.data["digest"] and printed == set(self.bibliographies):
            return []
        entries = self.bibdata.data.entries
        old = self.data.get("entries", entries)
        super().env_updated()
        self.data["formatted"] = self.data["digest"]
        self.data["entries"] = entries
        changed = {key for key, entry in entries.items() if old.get(key) != entry}
        return {ref.docname for ref in self.citation_refs if any(target.key in changed for target in ref.targets)}

    def get_filtered_entries(self, bibliography_key: BibliographyKey) -> Iterator[tuple[str, Entry]]:
        """Yield the entries of a bibliography, each asked once who cites it, and not once a citation."""
        bibliography = self.bibliographies[bibliography_key]
        citing: defaultdict[str, set[str]] = defaultdict(set)
        for ref in self.citation_refs:
            for target in ref.targets:
                citing[target.key].add(ref.docname)
        for entry in self.get_entries(bibliography.bibfiles):
            key = bibliography.keyprefix + entry.key
            visitor = _FilterVisitor(entry=entry, docname=bibliography_key.docname, cited_docnames=citing[key])
            if visitor.visit(bibliography.filter_) or entry.key in bibliography.keys:
                yield key, entry


def citations(env: BuildEnvironment) -> EditionCitations:
    """Return the store of citations."""
    return cast("EditionCitations", env.get_domain("cite"))


def read_bibliography(app: Sphinx) -> None:
    """Read the bibliography's files before sphinxcontrib-bibtex does, which drops what it does not know.

    Event builder-inited, before sphinxcontrib-bibtex's own handler.
    """
    tell(_style_problems(app.config))
    domain, root = citations(app.env), Path(app.srcdir)
    names = list(app.config.bibtex_bibfiles or [])
    paths = [(Path(app.confdir) / name).resolve() for name in names]
    contents = [path.read_bytes() if path.is_file() else b"" for path in paths]
    digest = hashlib.sha256(repr((names, contents)).encode()).hexdigest()
    if digest != domain.data["digest"]:
        problems = _take_in(domain, root, names, app.config.variorum_bibliographies)
        tell(sorted(problems))
        domain.data["digest"] = digest
    # sphinxcontrib-bibtex compares the files' dates, and would read a file of another date by itself
    files = domain.bibdata.bibfiles
    renewed = {path: BibFile(get_mtime(path), file.keys) for path, file in zip(paths, files.values(), strict=True)}
    domain.data["bibdata"] = domain.bibdata._replace(bibfiles=renewed, encoding=app.config.bibtex_encoding)


def _style_problems(config: Config) -> Iterator[Problem]:
    """Yield the styles of conf.py that are none."""
    groups = {
        "bibtex_default_style": ("pybtex.style.formatting", find_style),
        "bibtex_reference_style": ("sphinxcontrib.bibtex.style.referencing", find_reference_style),
    }
    for name, (group, find) in groups.items():
        try:
            find(group, config[name])
        except (PluginNotFound, ImportError):
            yield Problem("conf.py", 0, "config", f"{name} is “{config[name]}”, which is no style", "mend the name")


def _take_in(domain: EditionCitations, root: Path, names: Iterable[str], kinds: Iterable[str]) -> list[Problem]:
    """Read all files into the domain; return what is wrong with them."""
    everything = BibliographyData()
    files: dict[Path, BibFile] = {}
    lines: dict[str, tuple[str, int]] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            data, places, report = read_entries(root, name)
        except EditionError as error:
            problems += error.problems
            continue
        for entry in data.entries.values():
            place = places[entry.key.lower()]
            if entry.key.lower() in lines:
                report.add(place, f"“{entry.key}” is the key of an entry in another file", "give it a key of its own")
            elif kinds and not set(kinds) & {word.strip() for word in entry.fields.get("keywords", "").split(",")}:
                what = f"the keywords of “{entry.key}” name none of the bibliographies"
                report.add(place, what, f"write one of {', '.join(kinds)}")
            lines[entry.key.lower()] = name, place
            everything.entries[entry.key] = entry
        files[(root / name).resolve()] = BibFile(0, dict.fromkeys(data.entries))
        problems += report
    if not problems:
        give_short_forms(everything.entries.values())
        problems += _alike(everything, lines)
    domain.data["bibdata"] = BibData("utf-8-sig", files, everything)
    domain.data["lines"] = lines
    return problems


def _alike(data: BibliographyData, lines: dict[str, tuple[str, int]]) -> Iterator[Problem]:
    """Yield a problem for each work that a reader cannot tell from another, in a citation or in the bibliography."""
    cited: dict[str, str] = {}
    printed: dict[str, str] = {}
    for key, entry in data.entries.items():
        path, line = lines[key.lower()]
        short = f"{entry.fields['cited-by']}, {entry.fields['cited-year']}"
        whole = str(formatted(entry)).replace(entry.fields["dated"], date_of(entry), 1)  # without the letter
        remedy = "give one of them a field that tells them apart, or remove it"
        if whole in printed:
            yield Problem(path, line, "citation", f"“{key}” and “{printed[whole]}” are printed alike", remedy)
        elif short in cited:
            yield Problem(path, line, "citation", f"“{key}” and “{cited[short]}” are cited alike, as “{short}”", remedy)
        printed[whole] = key
        cited[short] = key


_CITATION = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")
#: What parts the works of one citation: a comma outside their places.
_BETWEEN_WORKS = re.compile(r",(?![^{}]*\})")
_PLACE = re.compile(r"\{([^{}]*)\}\s*$")


def citation_problems(env: BuildEnvironment) -> list[Problem]:
    """Return a problem for each citation of nothing, and for each entry of the bibliography that nothing cites.

    The files themselves are read: what a table or a register cites has lost file and line when it is resolved.
    """
    domain, root = citations(env), Path(env.srcdir)
    entries = domain.bibdata.data.entries
    problems: list[Problem] = []
    known: list[Cited] = []
    remedy = "mend the citation (“key”, “key{p. 3}”, several parted by commas) or add the entry"
    for path in source_files(env):
        report = Report(path, "citation")
        for citation in _citations_in(root, path):
            if citation.key in entries and entries[citation.key].key == citation.key:
                known.append(citation)
            else:
                report.add(citation.line, f"“{citation.key}” is no entry of {' or '.join(_names(env))}", remedy)
        problems += report
    cited = {citation.key.lower() for citation in known}
    for entry in entries.values():
        parents = {entry.fields.get("crossref", "").lower(), entry.fields.get("xdata", "").lower()}
        if entry.key.lower() in cited:
            cited |= parents
    problems += _against_the_rules(env, known)
    for key, (path, line) in domain.lines.items():
        if key not in cited:
            problems.append(Problem(path, line, "citation", f"nothing cites “{key}”", "cite it or remove it"))
    return problems


def _citations_in(root: Path, path: str) -> Iterator[Cited]:
    """Yield each citation of a file, as it stands there."""
    text = markup_of(root, path)
    for match in _CITATION.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        for work in _BETWEEN_WORKS.split(match[1]):
            place = _PLACE.search(work)
            yield Cited(path, line, re.sub(r"\{[^{}]*\}", "", work).strip(), place[1] if place else "")


def _against_the_rules(env: BuildEnvironment, cited: Iterable[Cited]) -> list[Problem]:
    """Return a problem for each entry and citation that the edition's rules of sources do not allow."""
    path, domain = env.config.variorum_sources, citations(env)
    if not path:
        return []
    try:
        rules = read_rules(Path(env.srcdir), path)
    except EditionError as error:
        return list(error.problems)
    entries = domain.bibdata.data.entries
    texts = sigla(folders(env))
    others = [citation for citation in cited if citation.key not in texts]
    return [*entry_problems(entries, domain.lines, rules), *citation_rule_problems(entries, others, rules)]


def _names(env: BuildEnvironment) -> list[str]:
    return list(env.config.bibtex_bibfiles or ["the bibliography"])
