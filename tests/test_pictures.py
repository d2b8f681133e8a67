"""The pictures: the same bytes from the same data, words as text or outlines, tables with all data."""

import re
import tomllib
import zlib
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import pytest

from variorum.pictures.directive import ALTERNATIVES, PICTURES, drawn, read_data
from variorum.pictures.drawing import FORMS, Event, dense_years, moment, spread
from variorum.pictures.vectors import Sheet, clipped, folded, measured
from variorum.problems import EditionError
from variorum.registers.entries import Entry
from variorum.text.folders import Folders

ROOT = Path(__file__).parent.parent
TALLEST = 445
"""Points: 38 lines of the book, less a caption of two."""


def event(day: str, *places: tuple[str, str], dates: str = "") -> Event:
    given = {"register": "events", "key": day, "headword": f"Congress (of {day})", "dates": dates, "when": day}
    return Event(Entry(**{field.name: () for field in fields(Entry)} | given), places)


EVENTS = [event("1905-01-09")]
EVENTS += [
    event(f"{year}-{month:02}-{day:02}", *[(siglum, f"{month}.{day}") for siglum in "CKOPS"[: (year + month) % 6]])
    for year in range(1917, 1928)
    for month in (3, 12)
    for day in range(3, 8)
]
EVENTS += [event("1936-08")]
DATA = {
    "timeline": EVENTS,
    **{name: read_data(Folders(ROOT), name) for name in ("groups", "transmission")},
}


def test_the_dense_years_are_the_fullest_and_their_neighbours() -> None:
    assert dense_years(EVENTS) == (1917, 1928)
    assert dense_years(EVENTS[:1]) == (1905, 1906)


EACH = pytest.mark.parametrize("name", PICTURES)


@EACH
@pytest.mark.parametrize("form", FORMS)
def test_the_same_data_give_the_same_bytes(name: str, form: str) -> None:
    first, second = (
        [(sheet.inline(form), sheet.pdf()) for sheet in PICTURES[name](FORMS[form], DATA[name])] for _ in range(2)
    )
    assert first == second


@EACH
def test_words_are_outlines_in_the_book(name: str) -> None:
    for sheet in PICTURES[name](FORMS["book"], DATA[name]):
        assert b"/Font" not in sheet.pdf()


@EACH
def test_within_a_page_words_are_text_and_colours_the_pages(name: str) -> None:
    for sheet in PICTURES[name](FORMS["wide"], DATA[name]):
        drawing = sheet.inline("wide")
        assert "<text" in drawing
        assert not re.search(r'(?:fill|stroke|style)="', drawing)
        assert drawing.count("<text") == drawing.count(' textLength="')  # the words fit in any face


@EACH
def test_a_sheet_fits_a_page_of_the_book(name: str) -> None:
    for sheet in PICTURES[name](FORMS["book"], DATA[name]):
        assert sheet.width <= 287
        assert sheet.height <= TALLEST


@EACH
def test_nothing_is_drawn_beyond_the_sheet(name: str) -> None:
    for form in FORMS.values():
        for sheet in PICTURES[name](form, DATA[name]):
            for x, y, words, style, size, _ in sheet._words:
                assert x >= 0, words
                assert x + measured(words, size, style) <= sheet.width, words
                assert size * 0.7 <= y <= sheet.height, words


@EACH
def test_words_for_those_who_see_none(name: str) -> None:
    words = ALTERNATIVES[name](DATA[name])
    assert len(words) > 80
    assert words.endswith(".")


def test_a_pdf_is_whole() -> None:
    sheet = Sheet(100, 50)
    sheet.text(10, 20, "Łódź, Шляпников", 10)
    pdf = sheet.pdf()
    start = int(re.search(rb"startxref\n(\d+)", pdf)[1])
    assert pdf[start:].startswith(b"xref")
    for number, place in enumerate(re.findall(rb"(\d{10}) 00000 n", pdf), 1):
        assert pdf[int(place) :].startswith(b"%d 0 obj" % number)
    for length, at in ((int(m[1]), m.end()) for m in re.finditer(rb"/Length (\d+)>>stream\n", pdf)):
        assert zlib.decompress(pdf[at : at + length])


def test_drawn_again_only_when_the_data_change(tmp_path: Path) -> None:
    sheets = drawn(tmp_path, "timeline", EVENTS)
    files = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert drawn(tmp_path, "timeline", EVENTS) == {
        form: [list(sheet) for sheet in each] for form, each in sheets.items()
    }
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == files
    drawn(tmp_path, "timeline", EVENTS[:20])
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} != files


def test_a_day_is_a_place_in_its_year() -> None:
    assert (moment("1921"), moment("1921", end=True)) == (1921, 1922)
    assert (moment("1921-07"), moment("1921-12", end=True)) == (1921.5, 1922)
    assert moment("1921-03-08") < moment("1921-03-08", end=True) < moment("1921-03-09", end=True)


@pytest.mark.parametrize(
    ("day", "dates", "expected"),
    [
        ("1921-03-08", "8–16 March 1921", "8 Mar. 1921"),
        ("1920-09-01", "September 1920", "Sep. 1920"),
        ("1903-07-30", "17 (30) July–10 (23) August 1903", "30 July 1903"),
        ("1926-04-01", "spring 1926", "1926"),
    ],
)
def test_a_date_is_no_more_exact_than_its_words(day: str, dates: str, expected: str) -> None:
    assert event(day, dates=dates).date == expected


def test_labels_keep_their_order_and_distance() -> None:
    places = spread([5, 5, 5, 50, 51], 10, 0, 60)
    assert places == sorted(places)
    assert all(b - a >= 10 - 1e-9 for a, b in pairwise(places))
    assert places[0] >= 0
    assert places[-1] <= 60


def test_words_are_folded_and_clipped_to_a_width() -> None:
    words = "The groups and how they split and merged"
    assert " ".join(folded(words, 60, 10)) == words
    assert all(measured(line, 10) <= 60 for line in folded(words, 60, 10))
    assert measured(clipped(words, 60, 10), 10) <= 60


@pytest.mark.parametrize("text", ["[text", '[text.a]\nname = "A"\nfrom = [{ text = "b" }]\n'])
def test_a_faulty_data_file_is_a_problem(tmp_path: Path, text: str) -> None:
    (tmp_path / "commentary").mkdir()
    (tmp_path / "commentary/transmission.toml").write_text(text, encoding="utf-8")
    with pytest.raises(EditionError):
        read_data(Folders(tmp_path), "transmission")


PAGES = {"timeline": "events", "groups": "groups", "transmission": "transmission"}


@pytest.mark.parametrize(("name", "page"), PAGES.items())
def test_a_page_has_picture_words_and_table(site: Path, domain, name: str, page: str) -> None:
    html = (site / f"commentary/{page}.html").read_text(encoding="utf-8")
    html = html[html.index(f'id="picture-{name}"') :]
    figure, table = html[: html.index("</figure>")], html[html.index("<tbody") : html.index("</tbody>")]
    assert re.search(r'<div class="picture" role="group" aria-label="[^"]{80,}">', figure)
    assert re.findall(r'<svg [^>]*class="(\w+)"', figure) == ["wide", "narrow"]
    assert figure.count("<figcaption>") == 1
    if name == "timeline":
        entries = [key for register, key in domain["derived"]["named"].entries if register == "events"]
    else:
        data = tomllib.loads((ROOT / f"commentary/{page}.toml").read_text(encoding="utf-8"))
        entries = list(data["group" if name == "groups" else "text"])
    assert table.count("<tr") == len(entries)
    for drawing in re.findall(r"<svg.*?</svg>", figure, re.DOTALL):
        links = re.findall(r'<a href="([^"]+)"', drawing)
        assert not any(link.startswith("link:") for link in links)
        for key in entries:
            assert any(link.endswith(f"-{key}") for link in links), key
        for words in re.findall(r'<a href="[^"]+">(.*?)</a>', drawing):  # what keys reach has words
            assert "<text" in words


def test_the_matrix_is_a_table_with_a_link_in_each_figure(site: Path, domain) -> None:
    html = (site / "commentary/events.html").read_text(encoding="utf-8")
    table = html[html.index('class="longtable matrix') :]
    table = table[: table.index("</table>")]
    places = domain["derived"]["named"].places
    named = {key: found for (register, key), found in places.items() if register == "events" and found}
    assert table.count("<tr") == len(named) + 1
    numbers = [int(number) for number in re.findall(r'<a class="loc[^>]*href="[^"]*texts/[^"]*"[^>]*>(\d+)</a>', table)]
    assert sum(numbers) == sum(len(found) for found in named.values())


def test_every_picture_has_words(site: Path) -> None:
    for path in site.rglob("*.html"):
        for img in re.findall(r"<img [^>]*>", path.read_text(encoding="utf-8")):
            assert re.search(r'alt="[^"]+"', img), path
