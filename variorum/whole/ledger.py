"""The ledger of locators, and everything that is compared once all documents are read."""

from collections.abc import Iterator

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


def ledger_problems(domain: EditionDomain, where: Folders) -> Iterator[Problem]:
    """Yield each locator whose words are not those the ledger has."""
    ledger, path = where.ledger, where.root / where.ledger
    old = path.read_text("utf-8", "replace").splitlines() if path.exists() else []
    recorded = {line.split("\t")[0]: (number, line) for number, line in enumerate(old, 1)}
    remedy = "if the paragraphs are as they should be, run `make collate`"
    for line in ledger_lines(domain):
        locator = line.split("\t")[0]
        number, was = recorded.pop(locator, (0, ""))
        if not was:
            yield Problem(ledger, 0, "locators", f"“{locator}” is not recorded", remedy)
        elif was != line:
            yield Problem(ledger, number, "locators", f"“{locator}” was {_told(was)} and is {_told(line)}", remedy)
    for locator, (number, _) in recorded.items():
        yield Problem(ledger, number, "locators", f"“{locator}” is in no text any more", remedy)


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
        lost = [document for document in witness.documents() if where.document(document) not in domain.documents]
        for document in lost:
            what = f"the map sends lines to “{document}”, and there is no {where.document(document)}.md"
            yield Problem(where.map(name), 0, "map", what, "mend the name or write the document")
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
