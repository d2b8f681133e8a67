"""The pages of the book: locators, notes and apparatus, each once and in its place."""

import pickle
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

from docutils import nodes as base
from runs import APPARATUS_SIZE, INDENT, INNER, MARGIN_SIZE, MEASURE, WIDTH, Page, left_edge, stream
from sphinx.addnodes import pending_xref

from variorum.nodes import annotation

LOCATOR = r"\d+\.[\w.*]+"
PRINTED = ("print", "supplied", "doubtful")


def as_printed(place: str) -> str:
    """Return a locator as it is printed."""
    return place.replace("nstar2", "n**").replace("nstar", "n*")


def numbered(doc) -> list:
    """Return the blocks of a text that have a number in the margin."""
    return [block for block in doc.blocks if not block.heading and not block.place.endswith("t")]


def test_locators_stand_outside_and_level_with_their_paragraph(
    printed: list[Page], page_of: dict[str, int], texts: dict
) -> None:
    missing, aside = [], []
    for doc in texts.values():
        for block in numbered(doc):
            number = page_of[f"{doc.siglum}.{block.place}"]
            page = printed[number]
            found = [
                run for run in page.margin if run.text == as_printed(block.place) and abs(run.size - MARGIN_SIZE) < 0.1
            ]
            if len(found) != 1:
                missing.append((number, block.place, len(found)))
                continue
            outside = found[0].x > INNER + MEASURE if number % 2 == 0 else found[0].x < WIDTH - INNER - MEASURE
            line = stream("".join(run.text for run in page.body if abs(run.y - found[0].y) < 0.5))
            words = block.text.partition(" ")[2] if ".n" in block.place else block.text
            if not outside or stream(words)[:6] not in line:
                aside.append((number, block.place, line[:20]))
    assert missing == []
    assert aside == []


def test_no_line_is_a_stop_alone(printed: list[Page]) -> None:
    lines: dict[tuple[int, int], str] = {}
    for number, page in enumerate(printed):
        for run in page.body + page.notes:
            lines[number, round(run.y)] = lines.get((number, round(run.y)), "") + run.text
    assert {place for place, words in lines.items() if re.fullmatch(r"[.,;:)\]]+", words.strip())} == set()


def test_locators_stand_once(printed: list[Page], texts: dict) -> None:
    found = Counter(run.text for page in printed for run in page.margin if re.fullmatch(LOCATOR, run.text))
    wanted = Counter(as_printed(block.place) for doc in texts.values() for block in numbered(doc))
    assert found == wanted


def test_heads_give_the_range_of_the_page(printed: list[Page], texts: dict) -> None:
    blocks = [f"{doc.siglum}.{as_printed(block.place)}" for _, doc in sorted(texts.items()) for block in numbered(doc)]
    order = {place: number for number, place in enumerate(blocks)}
    wrong = []
    for number, page in enumerate(printed):
        matches = [re.fullmatch(rf"([CKOPS]) ({LOCATOR}?)(?:–({LOCATOR}))?", run.text) for run in page.head]
        shown = [run.text for run in page.margin if re.fullmatch(LOCATOR, run.text)]
        for match in filter(None, matches):
            last = match[3] or match[2]
            first = order[f"{match[1]}.{match[2]}"]
            begins = order[f"{match[1]}.{shown[0]}"] if shown else first
            if (shown and shown[-1] != last) or not begins - 1 <= first <= begins:
                wrong.append((number, match[0], shown))
        if shown and page.head and not any(matches):
            wrong.append((number, "no range", shown))
    assert wrong == []


def opening(note) -> str:
    """Return the sign of a note and its words up to the first reference, as characters."""
    words = []
    for node in note.findall(lambda n: isinstance(n, (base.Text, base.reference, pending_xref))):
        if not isinstance(node, base.Text):
            break
        words.append(node.astext())
    return stream(note["sign"] + "".join(words))


def test_every_note_of_the_editors_stands_once_at_the_foot(printed: list[Page], documents: dict, root: Path) -> None:
    foot = stream("".join(run.text for page in printed for run in page.notes))
    wrong, count = [], 0
    for name in documents:
        with (root / "_build/doctrees" / f"{name}.doctree").open("rb") as file:
            notes = [n for n in pickle.load(file).findall(annotation) if n["series"] == "editors"]
        count += len(notes)
        wrong += [(name, opening(note), foot.count(opening(note))) for note in notes if foot.count(opening(note)) != 1]
    assert count == sum(c.series == "editors" for doc in documents.values() for c in doc.calls)
    assert wrong == []


def test_every_call_of_the_editors_stands_in_the_text(printed: list[Page], documents: dict) -> None:
    digits = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
    wanted = Counter(c.sign for doc in documents.values() for c in doc.calls if c.series == "editors")
    found = Counter(
        sign.translate(digits)
        for page in printed
        for run in [*page.body, *page.notes]
        for sign in re.findall("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", run.text)
    )
    assert found == wanted


def absent(lemmas: list[str], words: str) -> list[str]:
    """Return the lemmas that do not stand in this order in some words."""
    at, missing = 0, []
    for lemma in lemmas:
        found = words.find(stream(f"{lemma}]"), at)
        if found < 0:
            missing.append(lemma)
        else:
            at = found + 1
    return missing


def test_every_printed_reading_stands_at_the_foot(printed: list[Page], texts: dict) -> None:
    foot = stream("".join(run.text for page in printed for run in page.apparatus))
    lemmas = {name: [v["shown"] for v in doc.variants if v["kind"] in PRINTED] for name, doc in texts.items()}
    assert {name: missing for name, shown in lemmas.items() if (missing := absent(shown, foot))} == {}


def test_the_whole_apparatus_is_listed(printed: list[Page], texts: dict, documents: dict) -> None:
    lists = stream("".join(run.text for page in printed for run in page.body if abs(run.size - APPARATUS_SIZE) < 0.1))
    listed = {name.removeprefix("commentary/apparatus/") for name in documents}
    lemmas = {name: [v["shown"] for v in doc.variants] for name, doc in texts.items() if doc.witness in listed}
    assert {name: missing for name, shown in lemmas.items() if (missing := absent(shown, lists))} == {}


def test_no_stack_of_more_than_three_hyphens(printed: list[Page]) -> None:
    stacks = []
    for number, page in enumerate(printed):
        lines: dict[float, str] = {}
        for run in [*page.body, *page.notes]:
            lines[run.y] = lines.get(run.y, "") + run.text
        ends = "".join("-" if line.rstrip()[-1:] in "\u2010-" else "." for line in lines.values())
        if "----" in ends:
            stacks.append(number)
    assert stacks == []


def starts(page: Page, number: int) -> list[float]:
    """Return how far each line of a page is indented, from the top; a line that is no text proper is far away."""
    lines: dict[float, float] = {}
    for run in (run for run in page.body if run.size > MARGIN_SIZE):  # raised signs stand higher than their line
        is_text = 9.9 < run.size < 10 and not run.face.endswith("Italic")  # headings are in italics
        x = run.x - left_edge(number) if is_text else WIDTH
        lines[run.y] = min(lines.get(run.y, WIDTH), x)
    return [lines[y] for y in sorted(lines, reverse=True)]


def test_no_line_of_a_paragraph_is_alone(printed: list[Page]) -> None:
    alone = []
    indents = [starts(page, number) for number, page in enumerate(printed)]
    for number, (here, there) in enumerate(pairwise(indents)):
        if len(here) > 1 and len(there) > 1 and abs(there[0]) < 1:
            orphan = abs(here[-2]) < 1 and abs(here[-1] - INDENT) < 1
            widow = abs(there[1] - INDENT) < 1
            if orphan or widow:
                alone.append((number, orphan, widow))
    assert alone == []
