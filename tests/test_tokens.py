"""Tokens: what they are, and that they lose nothing."""

import unicodedata

import pytest
from case_file import cases
from hypothesis import given
from hypothesis import strategies as st

from variorum.text.tokens import tokens, with_unseen_named


@pytest.mark.parametrize(("title", "text", "expected"), cases("tokens.txt"))
def test_cases(title: str, text: str, expected: str) -> None:
    assert " ".join(token.compared for token in tokens(text)) == expected, title


def test_canonically_equal_text_has_the_same_tokens() -> None:
    for text in ("Bolshèvik", "שָׁלוֹם", "السَّلامُ", "क़लम", "한국", "Ω"):
        compared = {
            tuple(token.compared for token in tokens(unicodedata.normalize(form, text))) for form in ("NFC", "NFD")
        }
        assert len(compared) == 1, text


def test_soft_hyphens_and_joiners_part_no_word_and_zero_width_spaces_do() -> None:
    assert [token.written for token in tokens("revo\u00adlution")] == ["revo\u00adlution"]
    assert [token.written for token in tokens("می\u200cخواهم")] == ["می\u200cخواهم"]
    assert [token.written for token in tokens("क्\u200dष")] == ["क्\u200dष"]
    assert [token.written for token in tokens("two\u200bwords")] == ["two", "\u200b", "words"]
    assert [token.written for token in tokens("\ufeffword")] == ["\ufeff", "word"]


def test_what_cannot_be_seen_is_named() -> None:
    seen = "a\u0301 – “x” 한국 हि"
    assert with_unseen_named(seen) == seen
    assert with_unseen_named("a\u200bb\x00c\u00add") == "a[U+200B]b[U+0000]c[U+00AD]d"


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
