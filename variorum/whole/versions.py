"""What was published: no locator of a version is ever lost, and none changes its words unsaid."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sphinx.environment import BuildEnvironment

from variorum import atomic
from variorum.config import folders
from variorum.domain import EditionDomain, edition
from variorum.links import span
from variorum.problems import EditionError, Problem
from variorum.text.folders import Folders
from variorum.text.published import HEADER, History, Wordings, in_order, new_rows, read_history, wording
from variorum.text.retired import Retired, end_of, read_retired


def wordings_of(domain: EditionDomain, witness: str) -> Wordings:
    """Return the words of every locator of a witness's texts, in their order."""
    texts = [doc for _name, doc in domain.texts() if doc.witness == witness]
    return {f"{doc.siglum} {block.place}": wording(block) for doc in texts for block in doc.blocks}


def witnesses_of(domain: EditionDomain) -> list[str]:
    """Return the names of all witnesses that have a text."""
    return sorted({doc.witness for _name, doc in domain.texts()})


def histories(domain: EditionDomain, where: Folders) -> dict[str, History]:
    """Return what was published of the texts of each witness; raise EditionError where a file is not as it was."""
    return {name: read_history(where, name) for name in witnesses_of(domain)}


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared with the texts: all that was published, and what is retired."""

    now: Wordings
    published: Wordings
    """The words of the last version of each witness."""
    places: dict[str, tuple[str, int]]
    """Published locator -> file and line of the row that has its words."""
    retired: dict[str, Retired]


def known(domain: EditionDomain, where: Folders) -> Known:
    """Read what was published and what is retired; raise EditionError where a file is not of the form."""
    found = Known({}, {}, {}, read_retired(where))
    for name, history in histories(domain, where).items():
        found.now.update(wordings_of(domain, name))
        found.published.update(history.last)
        path = where.published(name)
        found.places.update({locator: (path, line) for locator, line in history.lines.items()})
    return found


# -- at every build


def version_problems(domain: EditionDomain, where: Folders) -> Iterator[Problem]:
    """Yield each published locator that is lost, each that is skipped, and what is wrong with the retired ones."""
    try:
        found = known(domain, where)
    except EditionError as error:
        yield from error.problems
        return
    for locator in found.published:
        if locator not in found.now and locator not in found.retired:
            path, line = found.places[locator]
            what = f"“{locator}” was published with these words and is in no text any more"
            remedy = f"give its paragraph {target(locator)} back, or say in {where.retired} where it leads"
            yield Problem(path, line, "locators", what, remedy)
    for row, fault, mend in _retired_faults(found):
        yield Problem(where.retired, row, "locators", fault, mend)
    yield from _skipped_problems(domain, found.retired, where)


def target(locator: str) -> str:
    """Return what is written before a paragraph that shall have a locator: ``(k-3-15)=`` for ``K 3.15``."""
    siglum, _space, place = locator.partition(" ")
    return f"({siglum.lower()}-{place.replace('.', '-')})="


def _retired_faults(found: Known) -> Iterator[tuple[int, str, str]]:
    """Yield each row of the retired locators that cannot be: its line, what is wrong, what to do."""
    for locator, row in found.retired.items():
        successor = end_of(locator, found.retired)
        if locator in found.now:
            yield row.line, f"“{locator}” is retired and stands in a text", "take the row out, or mend the text"
        elif locator not in found.places:
            yield row.line, f"“{locator}” was never published", "mend it, or take the row out"
        elif not successor:
            yield row.line, f"“{locator}” leads on to itself", "name a locator that stands in a text"
        elif successor not in found.now:
            yield row.line, f"“{locator}” leads to “{successor}”, which is in no text", "name one that is"


_NUMBERED = re.compile(r"(\d+)\.(\d+)")


def _skipped_problems(domain: EditionDomain, retired: Mapping[str, Retired], where: Folders) -> Iterator[Problem]:
    """Yield the first number of each gap among the paragraphs of a section that no retired locator had."""
    reached: dict[tuple[str, str], int] = {}
    for name, doc in domain.texts():
        for block in doc.blocks:
            match = _NUMBERED.fullmatch(block.place)
            if not match or block.heading:
                continue
            section, number = (doc.siglum, match[1]), int(match[2])
            for skipped in range(reached.get(section, 0) + 1, number):
                locator = f"{doc.siglum} {match[1]}.{skipped}"
                if locator not in retired:
                    what = f"“{locator}” is skipped, and {where.retired} does not retire it"
                    yield Problem(f"{name}.md", block.line, "locators", what, "mend the target before the paragraph")
                    break
            reached[section] = number


# -- when a version is published


def changed(now: Mapping[str, str], old: Mapping[str, str]) -> list[str]:
    """Return the locators that have other words than in the last version, in their order."""
    return [locator for locator, words in now.items() if old.get(locator, words) != words]


def changes_since(domain: EditionDomain, where: Folders) -> Iterator[str]:
    """Yield, for each text, which locators have other words than in the last version: what its entry has to name."""
    for name, history in histories(domain, where).items():
        found = changed(wordings_of(domain, name), history.last)
        if found:
            yield f"{where.published(name)}: other words than in {history.versions[-1].number}: {', '.join(found)}"


def unsaid_problems(env: BuildEnvironment) -> Iterator[Problem]:
    """Yield what keeps a version from being published: no entry in the list of changes, and what that does not name."""
    domain, where = edition(env), folders(env)
    version = env.config.version
    for name, history in histories(domain, where).items():
        if history.versions and in_order(history.versions[-1].number) >= in_order(version):
            what = f"version {history.versions[-1].number} is published already"
            yield Problem(where.published(name), 0, "changes", what, f"choose a higher one than {version}")
            return
    found = known(domain, where)
    entry = entry_of(where, version)
    if entry is None:
        what = f"no heading has the version {version}"
        yield Problem(where.changes, 0, "changes", what, f"write “## Version {version}”, and below it what changes")
        return
    named = _named_in(domain, where, entry, list(found.now))
    for name, doc in domain.texts():
        lines = {f"{doc.siglum} {block.place}": block.line for block in doc.blocks}
        for locator in changed({key: found.now[key] for key in lines}, found.published):
            if locator not in named:
                what = f"“{locator}” has other words than in the last version, and the entry of {version} is silent"
                remedy = f"restore them, or name {{loc}}`{locator}` in {where.changes}"
                yield Problem(f"{name}.md", lines[locator], "changes", what, remedy)


def entry_of(where: Folders, version: str) -> range | None:
    """Return the lines of the list of changes that tell of a version; None where there is no heading with it."""
    path = where.root / where.changes
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    number = re.compile(rf"##\s.*(?<![\w.]){re.escape(version)}(?![\w]|\.\d)")
    first = next((index for index, line in enumerate(lines, 1) if number.match(line)), 0)
    if not first:
        return None
    after = (index for index, line in enumerate(lines, 1) if index > first and line.startswith("## "))
    return range(first, next(after, len(lines) + 1))


def _named_in(domain: EditionDomain, where: Folders, entry: range, order: list[str]) -> set[str]:
    """Return the locators that links in the list of changes name, those within a range included."""
    found: set[str] = set()
    page = domain.documents.get(where.changes.removesuffix(".md"))
    for link, _path, line in page.links if page else ():
        siglum, _space, places = link.partition(" ")
        first, last = (f"{siglum} {place}" for place in span(places))
        if line in entry and first in order and last in order:
            found.update(order[order.index(first) : order.index(last) + 1])
    return found


def publish(env: BuildEnvironment, date: str) -> Iterator[str]:
    """Add this version to what was published of each witness; yield what was added, one line each."""
    domain, where = edition(env), folders(env)
    version = env.config.version
    retired = read_retired(where)
    for name, history in histories(domain, where).items():
        now, old = wordings_of(domain, name), history.last
        leads_to = {locator: end_of(locator, retired) for locator in retired}
        rows = list(new_rows(old, now, leads_to, version, date))
        path = where.root / where.published(name)
        before = path.read_text(encoding="utf-8") if path.exists() else "\t".join(HEADER) + "\n"
        path.parent.mkdir(exist_ok=True)
        atomic.write(path, before + "\n".join(rows) + "\n")
        new, gone = len(now.keys() - old.keys()), len(old.keys() - now.keys())
        other = len(changed(now, old))
        yield f"{where.published(name)}: {new} locators are new, {other} have other words, {gone} are retired"
