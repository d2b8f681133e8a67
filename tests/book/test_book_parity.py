"""The words of the texts in the book are those of the edition, character for character."""

import re
import unicodedata

from runs import Page, stream


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
    return stream(unicodedata.normalize("NFC", "".join(made)))


def body(siglum: str, docs: list, printed: list[Page], page_of: dict[str, int]) -> str:
    """Return the characters from the beginning of a text to the end of the page after that on which it ends."""
    numbers = [page_of[f"{siglum}.{block.place}"] for doc in docs for block in doc.blocks]
    # a text in pieces has a title of the editors'
    largest = 17 if len(docs) > 1 else 99
    runs = [run for page in printed[min(numbers) : max(numbers) + 2] for run in page.body if 7.2 < run.size < largest]
    # the line of ours before a note that has a section of its own
    called = {(run.page, run.y) for run in runs if run.text.startswith("Called at")}
    # and the asterisks of a break
    found = "".join(run.text for run in runs if (run.page, run.y) not in called and run.text.strip("* "))
    return stream(unicodedata.normalize("NFC", found))


def test_body_of_the_book_is_the_edited_text(printed: list[Page], page_of: dict[str, int], texts: dict) -> None:
    assert texts
    for siglum in sorted({doc.siglum for doc in texts.values()}):
        docs = [doc for _, doc in sorted(texts.items()) if doc.siglum == siglum and doc.blocks]
        wanted = "".join(edited(doc) for doc in docs)
        assert body(siglum, docs, printed, page_of)[: len(wanted)] == wanted
