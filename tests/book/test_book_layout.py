"""How full the pages of the book are: see ``python tests/book/measure.py BOOK.pdf`` for the list of them."""

from measure import measured_pages
from runs import A5, Page


def test_no_heading_is_the_last_line_of_a_page(printed: list[Page]) -> None:
    assert [(page.number, page.stranded) for page in measured_pages(printed, A5) if page.stranded] == []


def test_the_book_fills_its_leaves(printed: list[Page]) -> None:
    assert len(printed) % 2 == 0


def test_white_and_few_lines_stay_where_the_calls_of_notes_force_them(printed: list[Page], *, whole: bool) -> None:
    """One page in sixteen may end early, and one in a hundred have few lines: the whole book had one in ten."""
    faults = [fault for page in measured_pages(printed, A5) for fault in page.faults()]
    if whole:  # a short book has too few pages for a share
        assert faults.count("white") <= len(printed) // 16
        assert faults.count("few lines") <= len(printed) // 100
