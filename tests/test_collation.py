"""Collation: departures as small as shared characters allow, and the way back to the witness."""

import pytest
from case_file import cases
from hypothesis import given
from hypothesis import strategies as st
from way_back import rebuilt

from variorum.text.alignment import Block, Collation, collate
from variorum.text.computed import computed_rows
from variorum.text.tokens import tokens
from variorum.text.witness import WitnessToken


def witness(text: str) -> list[WitnessToken]:
    return [
        WitnessToken(t.written, t.compared, number, t.start + 1, t.end, "")
        for number, line in enumerate(text.split("\n"), 1)
        for t in tokens(line)
    ]


def collated(edited: str, source: str, *, heading: bool = False) -> Collation:
    blocks = [Block(f"1.{n}", n, heading, line, ()) for n, line in enumerate(edited.split("\n"), 1)]
    return collate(blocks, witness(source))


def shown(collation: Collation) -> list[str]:
    return [f"{row.lemma} | {row.reading}" for row, _ in computed_rows(collation)]


@pytest.mark.parametrize(("title", "given_", "expected"), cases("collation.txt"))
def test_cases(title: str, given_: str, expected: str) -> None:
    edited, _, source = given_.partition("\n--\n")
    wanted = [line for line in expected.split("\n") if line]
    assert shown(collated(edited, source)) == wanted, title


def test_headings_leave_letter_case_out() -> None:
    assert shown(collated("Causes of the crisis", "CAUSES OF\nTHE CRISIS", heading=True)) == []
    assert shown(collated("Causes of the crisis", "CAUSES OF\nTHE CRIS IS", heading=True)) == ["crisis | CRIS IS"]


def test_a_call_is_never_one_token_with_the_figure_before_it() -> None:
    block = Block("1.1", 1, False, "in 19175.", ((7, 8),))
    assert shown(collate([block], witness("in 1917 5."))) == []


WORDS = st.lists(
    st.sampled_from(["the", "hands", "bands", "of", "labour", ".", "'", "-", "–", "1917", "…"]), max_size=14
)


@given(WORDS)
def test_a_text_collated_with_itself_is_empty(words: list[str]) -> None:
    text = " ".join(words)
    assert collated(text, text).variants == []


@given(st.lists(WORDS.filter(bool), min_size=1, max_size=4), st.lists(WORDS, min_size=1, max_size=4))
def test_edited_text_and_rows_give_the_witness_back(edited: list[list[str]], source: list[list[str]]) -> None:
    collation = collated("\n".join(map(" ".join, edited)), "\n".join(map(" ".join, source)))
    rows = [row for row, _ in computed_rows(collation)]
    assert len({row.at for row in rows}) == len(rows)
    assert [token for token, _ in rebuilt(collation.blocks, rows)] == [token.compared for token in collation.witness]


def test_plain_cases_are_classed_and_the_rest_is_asked() -> None:
    collation = collated(
        "of bureaucratization the several proletarian in bands proletarian movement",
        "ofbureaucratization • the severàl proletar\nian in hands proletarian move\nment",
    )
    kinds = {row.lemma: row.kind for row, _ in computed_rows(collation)}
    assert kinds == {
        "of bureaucratization": "scan",
        "": "scan",
        "several": "scan",
        "proletarian": "break",
        "bands": "?",
        "movement": "?",
    }


def test_a_hyphen_at_a_line_s_end_is_a_break_where_the_joined_word_stands_elsewhere() -> None:
    collation = collated(
        "the proletariat and the well-known trade-union men in the summer of the revolution, the revision of movement",
        "the prole-\ntariat and the well-\nknown trade-\nunion men in the sum\u00ad\nmer of the revo\u00adlution, "
        "the re¬\nvision of move-\nment",
    )
    assert {row.lemma: row.kind for row, _ in computed_rows(collation)} == dict.fromkeys(
        ("proletariat", "summer", "revolution", "revision", "movement"), "?"
    )
    standing = collated("proletariat the proletariat", "prole-\ntariat the proletariat")
    assert [row.kind for row, _ in computed_rows(standing)] == ["break"]


def test_another_form_of_the_same_letters_is_a_class_of_its_own() -> None:
    collation = collated("Lenin's first effort was such", "Lenin's ﬁrſt eﬀort was ſuch")
    assert [(row.lemma, row.kind) for row, _ in computed_rows(collation)] == [
        ("first", "form"),
        ("effort", "form"),
        ("such", "form"),
    ]
    block = Block("1.1", 1, False, "in peace 12.", ((9, 11),))
    ((row, _),) = computed_rows(collate([block], witness("in peace¹².")))
    assert (row.lemma, row.reading, row.kind) == ("12", "¹²", "form")


def test_what_cannot_be_seen_is_a_departure_of_the_scan() -> None:
    collation = collated("two words", "\ufefftwo\u200bwords")
    assert [(row.lemma, row.reading, row.kind) for row, _ in computed_rows(collation)] == [
        ("", "\ufeff", "scan"),
        ("", "\u200b", "scan"),
    ]


def test_an_accent_that_the_edition_has_elsewhere_is_asked() -> None:
    kinds = [row.kind for row, _ in computed_rows(collated("schon so schön", "schön so schön"))]
    assert kinds == ["?"]


def test_a_text_far_longer_than_its_witness_is_answered_in_time() -> None:
    long = "word after word " * 20_000
    collation = collated(f"the beginning {long}", "the beginning of it")
    assert len(collation.edited) > 60_000
    assert len(collation.variants) < 10


def test_a_stet_row_keeps_its_place_unless_the_place_departs() -> None:
    collation = collated("the degrees of", "the degrees of")
    assert [row.lemma for row, _ in computed_rows(collation, ["1:5-11"])] == ["degrees"]
    assert [row.lemma for row, _ in computed_rows(collated("the decrees of", "the degrees of"), ["1:5-11"])] == [
        "decrees"
    ]


def test_points_on_lines_of_their_own_are_no_ellipsis_on_the_way_back() -> None:
    collation = collated("the", ".\n. .")
    rows = [row for row, _ in computed_rows(collation)]
    assert [token for token, _ in rebuilt(collation.blocks, rows)] == [".", ".", "."]
