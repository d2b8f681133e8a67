"""The words of the texts in the book are those of the edition, character for character."""

import re
import unicodedata

from runs import Page, characters, lines

LINE_END = "\N{SOFT HYPHEN}"
"""Stands for a hyphen at the end of a line: the book's own, or the word's."""


def edited(doc) -> str:
    """Return the characters of an edited text, the calls left out."""
    made = []
    for block in doc.blocks:
        text, end = "", 0
        if re.search(r"\.n\w+$", block.place):
            # the sign of a note of the source, which the book has in brackets
            sign, end = block.text.partition(" ")[0], block.text.index(" ")
            text = f"[{sign.strip('[].')}]"
        for start, stop in block.calls:
            text, end = text + block.text[end:start], stop
        made.append(text + block.text[end:])
    return characters(unicodedata.normalize("NFC", "".join(made)))


def body(siglum: str, docs: list, printed: list[Page], page_of: dict[str, int]) -> str:
    """Return the characters from the beginning of a text to the end of the page after that on which it ends."""
    numbers = [page_of[f"{siglum}.{block.place}"] for doc in docs for block in doc.blocks]
    # a text in pieces has a title of the editors'
    largest = 17 if len(docs) > 1 else 99
    runs = [run for page in printed[min(numbers) : max(numbers) + 2] for run in page.body if 7.2 < run.size < largest]
    # the line of ours before a note that has a section of its own
    called = {(run.page, run.y) for run in runs if run.text.startswith("Called at")}
    # and the asterisks of a break
    kept = [run for run in runs if (run.page, run.y) not in called and run.text.strip("* ")]
    numbers = sorted({run.page for run in kept})
    printed_lines = [line for number in numbers for line in lines([run for run in kept if run.page == number])]
    marked = [re.sub("-$", LINE_END, line) for line in printed_lines]
    return characters(unicodedata.normalize("NFC", "".join(marked)))


def difference(found: str, wanted: str) -> tuple[str, str] | None:
    """Return what follows the first character in which a book departs from its text; nothing where it never does."""
    at = 0
    for number, char in enumerate(found):
        if at == len(wanted):
            return None
        if char == wanted[at] or (char == LINE_END and wanted[at] == "-"):
            at += 1
        elif char != LINE_END:
            return found[number : number + 40], wanted[at : at + 40]
    return None if at == len(wanted) else ("", wanted[at : at + 40])


def test_body_of_the_book_is_the_edited_text(printed: list[Page], page_of: dict[str, int], texts: dict) -> None:
    assert texts
    for siglum in sorted({doc.siglum for doc in texts.values()}):
        docs = [doc for _, doc in sorted(texts.items()) if doc.siglum == siglum and doc.blocks]
        wanted = "".join(edited(doc) for doc in docs)
        assert difference(body(siglum, docs, printed, page_of), wanted) is None
