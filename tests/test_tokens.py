"""Tokens: what they are, and that they lose nothing."""

import pytest
from case_file import cases
from hypothesis import given
from hypothesis import strategies as st

from variorum.text.tokens import tokens


@pytest.mark.parametrize(("title", "text", "expected"), cases("tokens.txt"))
def test_cases(title: str, text: str, expected: str) -> None:
    assert " ".join(token.compared for token in tokens(text)) == expected, title


@given(st.text())
def test_pieces_rejoin(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert not text[end : token.start].strip()
        assert text[token.start : token.end] == token.written
        end = token.end
    assert not text[end:].strip()


@given(st.lists(st.sampled_from(["word", "12", "–", "-", "'", "…", ","]), max_size=12))
def test_white_space_is_no_token(words: list[str]) -> None:
    spaced = [t.compared for t in tokens("  ".join(words))]
    assert spaced == [t.compared for t in tokens("\n".join(words))]
