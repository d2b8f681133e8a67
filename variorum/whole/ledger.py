"""The ledger of locators, and everything that is compared once all documents are read."""

from collections.abc import Iterator
from pathlib import Path

from variorum.domain import EditionDomain
from variorum.problems import EditionError, Problem
from variorum.text.departures import Row, carried, form_problems, match_problems, read_apparatus, written
from variorum.text.witness import Witness, read_witness

LEDGER = "texts/locators.tsv"


def ledger_lines(domain: EditionDomain) -> list[str]:
    """Return the ledger as it ought to stand: locator, document, place in the witness, first words."""
    lines = ["locator\tdocument\tat\tfirst words"]
    for name, doc in domain.texts():
        for block in doc.blocks:
            at = doc.places[block.place][1]
            lines.append(f"{doc.siglum} {block.place}\t{name}\t{at}\t{' '.join(block.text.split()[:6])}")
    return lines


def ledger_problems(domain: EditionDomain, root: Path) -> Iterator[Problem]:
    """Yield each locator whose words are not those the ledger has."""
    path = root / LEDGER
    old = path.read_text("utf-8", "replace").splitlines() if path.exists() else []
    recorded = {line.split("\t")[0]: (number, line) for number, line in enumerate(old, 1)}
    remedy = "if the paragraphs are as they should be, run `make collate`"
    for line in ledger_lines(domain):
        locator = line.split("\t")[0]
        number, was = recorded.pop(locator, (0, ""))
        if not was:
            yield Problem(LEDGER, 0, "locators", f"“{locator}” is not recorded", remedy)
        elif was != line:
            yield Problem(LEDGER, number, "locators", f"“{locator}” was {_told(was)} and is {_told(line)}", remedy)
    for locator, (number, _) in recorded.items():
        yield Problem(LEDGER, number, "locators", f"“{locator}” is in no text any more", remedy)


def _told(line: str) -> str:
    """Return the words of a line of the ledger and their place in the witness."""
    *_, at, words = line.split("\t")
    return f"“{words}” ({at or 'nowhere in the witness'})"


def computed(domain: EditionDomain, witness: Witness) -> Iterator[tuple[str, int, Row]]:
    """Yield the computed rows of a witness in reading order, each with the text's file and line."""
    for document in witness.documents():
        if doc := domain.documents.get(f"texts/{document}"):
            yield from ((f"texts/{document}.md", line, row) for line, row in doc.rows)


def apparatus_problems(domain: EditionDomain, root: Path) -> Iterator[Problem]:
    """Yield what the declared apparatus of each witness has wrong, and the documents a map names that are no texts."""
    for name in sorted({doc.witness for _, doc in domain.texts()}):
        try:
            witness, declared = read_witness(root, name), read_apparatus(root, name)
        except EditionError:
            continue  # each document of the witness reports it
        lost = [document for document in witness.documents() if f"texts/{document}" not in domain.documents]
        for document in lost:
            what = f"the map sends lines to “{document}”, and there is no texts/{document}.md"
            yield Problem(f"witnesses/{name}.toml", 0, "map", what, "mend the name or write the document")
        if not lost:
            yield from form_problems(declared, name)
            yield from match_problems(declared, computed(domain, witness), name)


def write_records(domain: EditionDomain, root: Path) -> Iterator[str]:
    """Write every apparatus and the ledger as the collation has them; yield what changed, one line each."""
    for name in sorted({doc.witness for _, doc in domain.texts()}):
        witness, declared = read_witness(root, name), read_apparatus(root, name)
        rows, changes = carried(declared, [row for _, _, row in computed(domain, witness)])
        (root / f"apparatus/{name}.tsv").write_text(written(rows), encoding="utf-8")
        undecided = sum(row.kind == "?" for row in rows)
        yield from (f"apparatus/{name}.tsv: {change}" for change in changes)
        yield f"apparatus/{name}.tsv: {len(rows)} rows, {len(changes)} changes, {undecided} undecided"
    path, lines = root / LEDGER, ledger_lines(domain)
    old = path.read_text("utf-8", "replace").splitlines() if path.exists() else []
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    yield f"{LEDGER}: {len(lines) - 1} locators, {len(set(lines) ^ set(old))} lines changed"
