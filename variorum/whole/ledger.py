"""The ledger of locators, and everything that is compared once all documents are read."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from variorum import atomic
from variorum.config import classes
from variorum.domain import EditionDomain
from variorum.problems import EditionError, Problem
from variorum.text.apparatus import read_apparatus, written
from variorum.text.departures import UNDECIDED, Row, carried, form_problems, match_problems
from variorum.text.folders import Folders
from variorum.text.tokens import with_unseen_named
from variorum.text.witness import Witness, read_witness


def ledger_lines(domain: EditionDomain) -> list[str]:
    """Return the ledger as it ought to stand: locator, document, place in the witness, first words."""
    lines = ["locator\tdocument\tat\tfirst words"]
    for name, doc in domain.texts():
        for block in doc.blocks:
            at = doc.places[block.place][1]
            first_words = with_unseen_named(" ".join(block.text.split()[:6]))
            lines.append(f"{doc.siglum} {block.place}\t{name}\t{at}\t{first_words}")
    return lines


TAB = "\t"
COLUMNS = 4
REMEDY = "if the paragraphs are as they should be, run `make collate`"


def ledger_problems(domain: EditionDomain, where: Folders) -> Iterator[Problem]:
    """Yield where a text parts from the ledger: the first locator of each section whose words are not those recorded.

    Those that follow it in the section are counted: one paragraph more moves all after it.
    """
    malformed = list(_malformed(where))
    if malformed:
        yield from malformed
        return
    recorded = _recorded(where)
    lost = list(_lost_sections(domain, recorded))
    if lost:
        yield from lost
        return
    lines = iter(ledger_lines(domain)[1:])
    told: set[tuple[str, str]] = set()
    for name, doc in domain.texts():
        faults: dict[str, list[Problem]] = {}
        for block in doc.blocks:
            now = next(lines)
            locator = f"{doc.siglum} {block.place}"
            _, was = recorded.pop(locator, (0, ""))
            if was == now:
                continue
            what = f"“{locator}” was {_told(was)} and is {_told(now)}" if was else f"“{locator}” is not recorded"
            if was and _told(was) == _told(now):
                what = f"“{locator}” was in {was.split(TAB)[1]} and is in {name}"
            problem = Problem(f"{name}.md", block.line, "locators", what, REMEDY)
            faults.setdefault(block.place.partition(".")[0], []).append(problem)
        for section, (first, *others) in faults.items():
            told.add((doc.siglum, section))
            yield replace(first, what=f"{first.what} ({len(others)} more after it)") if others else first
    for locator, (number, was) in recorded.items():
        siglum, _, place = locator.partition(" ")
        if (siglum, place.partition(".")[0]) not in told:
            yield _lost(domain, where, locator, number, was)


def _lost_sections(domain: EditionDomain, recorded: Mapping[str, tuple[int, str]]) -> Iterator[Problem]:
    """Yield a problem for each section of the ledger that is gone while its heading still stands."""
    alive = {(doc.siglum, block.place.partition(".")[0]) for _, doc in domain.texts() for block in doc.blocks}
    for locator, (_, was) in recorded.items():
        siglum, _, place = locator.partition(" ")
        section, _, number = place.partition(".")
        if number != "0" or (siglum, section) in alive:
            continue
        words = was.rpartition("\t")[2]
        for name, doc in domain.texts(siglum):
            for block in doc.blocks:
                if block.heading and " ".join(block.text.split()[:6]) == words:
                    what = f"“{words}” was {locator} and is {siglum} {block.place}"
                    remedy = f"write ({siglum.lower()}-{section})= before the heading, or run `make collate`"
                    yield Problem(f"{name}.md", block.line, "locators", what, remedy)


def _malformed(where: Folders) -> Iterator[Problem]:
    """Yield the lines of the ledger that have not its columns."""
    for number, line in enumerate(_lines(where), 2):
        if line and len(line.split(TAB)) != COLUMNS:
            what = f"{len(line.split(TAB))} columns where {COLUMNS} are wanted"
            yield Problem(where.ledger, number, "locators", what, "restore the line, or run `make collate`")


def _lines(where: Folders) -> list[str]:
    """Return the lines of the ledger below its head."""
    path = where.root / where.ledger
    return path.read_text("utf-8", "replace").split("\n")[1:] if path.is_file() else []


def _recorded(where: Folders) -> dict[str, tuple[int, str]]:
    """Return the number and the words of each line of the ledger, by locator."""
    return {line.split("\t")[0]: (number, line) for number, line in enumerate(_lines(where), 2) if line}


def _lost(domain: EditionDomain, where: Folders, locator: str, number: int, was: str) -> Problem:
    """Return the problem of a locator that is gone: it says where its words stand now, if they do."""
    what = f"“{locator}” is in no text any more"
    words = was.rpartition("\t")[2]
    for name, doc in domain.texts(locator.partition(" ")[0]):
        for block in doc.blocks:
            if words and words in " ".join(block.text.split()):
                stand = f"its words “{words}” stand in {doc.siglum} {block.place}"
                return Problem(f"{name}.md", block.line, "locators", f"{what}; {stand}", REMEDY)
    return Problem(where.ledger, number, "locators", what, REMEDY)


def _told(line: str) -> str:
    """Return the words of a line of the ledger and their place in the witness."""
    *_, at, words = line.split("\t")
    return f"“{words}” ({at or 'nowhere in the witness'})"


def computed(domain: EditionDomain, where: Folders, witness: Witness) -> Iterator[tuple[str, int, Row]]:
    """Yield the computed rows of a witness in reading order, each with the text's file and line."""
    for document in witness.documents():
        name = where.document(document)
        if doc := domain.documents.get(name):
            yield from ((f"{name}.md", line, row) for line, row in doc.rows)


def apparatus_problems(domain: EditionDomain, where: Folders) -> Iterator[Problem]:
    """Yield what the declared apparatus of each witness has wrong, and the documents a map names that are no texts."""
    config = domain.env.config
    wants_reason = {name: said.reason for name, said in classes(config).items()}
    for name in sorted({doc.witness for _, doc in domain.texts()}):
        try:
            witness, declared = read_witness(where, name), read_apparatus(where, name)
        except EditionError:
            continue  # each document of the witness reports it
        lost = {
            piece.to: piece.row
            for piece in reversed(witness.pieces)
            if piece.to and where.document(piece.to) not in domain.documents
        }
        for document, row in lost.items():
            what = f"the map sends lines to “{document}”, and there is no {where.document(document)}.md"
            yield Problem(where.map(name), row, "map", what, "mend the name or write the document")
        if not lost:
            yield from form_problems(declared, where.rows(name), wants_reason, config.variorum_certainties)
            yield from match_problems(declared, computed(domain, where, witness), where.rows(name))


def write_records(domain: EditionDomain, where: Folders) -> Iterator[str]:
    """Write every apparatus and the ledger as the collation has them; yield what changed, one line each."""
    for name in sorted({doc.witness for _, doc in domain.texts()}):
        witness, declared = read_witness(where, name), read_apparatus(where, name)
        rows, changes = carried(declared, [row for _, _, row in computed(domain, where, witness)])
        records = where.rows(name)
        atomic.write(where.root / records, written(rows))
        undecided = sum(row.kind == UNDECIDED for row in rows)
        yield from (f"{records}: {change}" for change in changes)
        yield f"{records}: {len(rows)} rows, {len(changes)} changes, {undecided} undecided"
    path, lines = where.root / where.ledger, ledger_lines(domain)
    old = path.read_text("utf-8", "replace").splitlines() if path.exists() else []
    atomic.write(path, "\n".join(lines) + "\n")
    yield f"{where.ledger}: {len(lines) - 1} locators, {len(set(lines) ^ set(old))} lines changed"
