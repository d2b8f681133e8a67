"""The five texts: the witness comes back, nothing departs undeclared, and nothing looks like damage unexplained."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from way_back import rebuilt

from variorum.text.alignment import EditedToken, edited_tokens
from variorum.text.apparatus import read_apparatus
from variorum.text.folders import Folders
from variorum.text.witness import read_witness

ROOT = Path(__file__).parent.parent
NAMES = sorted(path.stem for path in (ROOT / "witnesses").glob("*.toml"))
EXCEPTIONS = ROOT / "tests/accepted.tsv"
LISTS = [Path(f"/usr/share/dict/{name}-english-huge") for name in ("british", "american")]
PAIRS = {"“": "”", "(": ")", "[": "]", "⟨": "⟩"}
LABEL = re.compile(r"(?<!\S)\(?(?:\d|[a-z])\.?\)\s")  # the source's own numbering: 1) or a)


def documents(domain, name: str) -> list[tuple[str, object]]:
    witness = read_witness(Folders(ROOT), name)
    return [(document, domain["documents"][f"texts/{document}"]) for document in witness.documents()]


@pytest.mark.parametrize("name", NAMES)
def test_text_and_apparatus_give_the_witness_back(domain, name: str) -> None:
    rows = read_apparatus(Folders(ROOT), name)
    witness = read_witness(Folders(ROOT), name)
    for document, doc in documents(domain, name):
        mine = {block.place for block in doc.blocks}
        found = rebuilt(doc.blocks, [row for row in rows if row.locator in mine])
        tokens = witness.tokens(document)
        assert len(found) == len(tokens), document
        unlike = [
            (mine, token)
            for (mine, heading), token in zip(found, tokens, strict=True)
            if mine != token.compared and not (heading and mine.casefold() == token.compared.casefold())
        ]
        assert unlike == [], document


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_decided(name: str) -> None:
    rows = read_apparatus(Folders(ROOT), name)
    assert [row for row in rows if row.kind == "?"] == []
    assert [
        row for row in rows if row.kind in {"print", "supplied", "doubtful"} and not (row.certainty and row.note)
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_the_witness_is_placed_once(name: str) -> None:
    witness = read_witness(Folders(ROOT), name)
    told = Counter(n for piece in witness.pieces for n in range(piece.first, piece.last + 1) if piece.start == 1)
    written = [n for n, line in enumerate(witness.lines, 1) if line.strip()]
    assert [n for n in written if told[n] != 1] == []
    assert all(piece.to or piece.out for piece in witness.pieces)


@pytest.fixture(scope="session")
def words() -> frozenset[str]:
    """Return the words that need no looking at: those of the British and American word lists."""
    return frozenset(word for path in LISTS for word in path.read_text(encoding="utf-8").casefold().split())


def standing(tokens: list[EditedToken]) -> Iterator[str]:
    """Yield the words, those aside that an apostrophe goes on (don't, aren't)."""
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.compared.isalpha() and not (after and after.compared == "'" and after.start == token.end):
            yield token.written


def unpaired(text: str) -> Iterator[str]:
    """Yield the marks that open and do not close, or the other way."""
    yield from (opening + closing for opening, closing in PAIRS.items() if text.count(opening) != text.count(closing))
    yield from '"' * (text.count('"') % 2)


def suspicious(domain, name: str, words: frozenset[str]) -> set[tuple[str, str, str]]:
    """Return what a reader ought to have looked at: kind, locator, words."""
    found = set()
    counted: Counter[str] = Counter()
    for _, doc in documents(domain, name):
        counted.update(t.compared.casefold() for t in edited_tokens(doc.blocks))
    for _, doc in documents(domain, name):
        for block in doc.blocks:
            where = f"{doc.siglum} {block.place}"
            tokens = edited_tokens([block])
            once = {word for word in standing(tokens) if counted[word.casefold()] == 1 and word.casefold() not in words}
            found |= {("once", where, word) for word in once}
            for left, right in pairwise(tokens):
                if left.compared.isalpha() and left.compared.casefold() == right.compared.casefold():
                    found.add(("doubled", where, f"{left.written} {right.written}"))
            found |= {("unpaired", where, marks) for marks in unpaired(LABEL.sub("", block.text))}
            for match in re.finditer(r"[.!?]\s+([a-z]\w*)", block.text):
                found.add(("lower case", where, match[1]))
    return found


def accepted() -> dict[tuple[str, str, str], str]:
    """Return the exceptions, each with its reason."""
    with EXCEPTIONS.open(encoding="utf-8") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return {(kind, where, what): reason for kind, where, what, reason in rows}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_suspicious_is_unexplained(domain, name: str, words: frozenset[str]) -> None:
    siglum = read_witness(Folders(ROOT), name).siglum
    known = {key: reason for key, reason in accepted().items() if key[1].startswith(f"{siglum} ")}
    found = suspicious(domain, name, words)
    assert sorted(found - known.keys()) == [], (
        "look at each, then mend it or accept it with a reason in tests/accepted.tsv"
    )
    assert sorted(known.keys() - found) == [], "these exceptions no longer occur: take them out of tests/accepted.tsv"
    assert [key for key, reason in known.items() if not reason.strip()] == []
