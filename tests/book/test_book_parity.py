"""The words of the texts in the book are those of the edition, character for character."""

import unicodedata

import pytest
from runs import Page, stream


def edited(doc) -> str:
    """Return the characters of an edited text, the calls left out."""
    made = []
    for block in doc.blocks:
        text, end = "", 0
        for start, stop in block.calls:
            text, end = text + block.text[end:start], stop
        made.append(text + block.text[end:])
    return stream(unicodedata.normalize("NFC", "".join(made)))


@pytest.mark.parametrize("name", ["texts/comintern-1923"])
def test_body_of_the_book_is_the_edited_text(name: str, printed: list[Page], page_of: dict[str, int], texts: dict) -> None:
    doc = texts[name]
    numbers = [page_of[f"{doc.siglum}.{block.place}"] for block in doc.blocks]
    body = [run.text for page in printed[min(numbers) : max(numbers) + 1] for run in page.body if run.size > 7.2]
    assert stream(unicodedata.normalize("NFC", "".join(body))) == edited(doc)
