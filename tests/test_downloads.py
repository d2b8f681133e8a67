"""The site to publish: what is built is offered, with its true size, and nothing else."""

import re
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfWriter

from variorum.site.publish import publish


@pytest.fixture
def published(specimen: Path, sphinx, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the small edition's folder of builds, its site made from web edition and two PDFs."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    build = specimen.parent / "build"
    run = sphinx(specimen, "html", "-W", "-d", str(build / "doctrees"))
    assert run.returncode == 0, run.stderr
    (specimen.parent / "out/html").rename(build / "html")
    (build / "pdf").mkdir()
    places = re.findall(r'"X ([^"]+)": "#', (build / "html/contents.json").read_text(encoding="utf-8"))
    for name in ("Specimen.pdf", "specimen-1921.pdf"):
        book = PdfWriter()
        book.add_blank_page(420, 595)
        for place in places:
            book.add_named_destination(f"X.{place}", 0)
        book.add_attachment("weight", bytes(2_460_000))
        book.write(build / "pdf" / name)
    assert publish(specimen, build, {}) == 0
    return build


def test_the_first_page_offers_what_is_there(published: Path) -> None:
    page = (published / "site/index.html").read_text(encoding="utf-8")
    offered = re.findall(r'<a href="downloads/([^"]+)" download>[^<]+</a>&nbsp;<small>([^<]+)</small>', page)
    there = {path.name: path.stat().st_size for path in (published / "site/downloads").iterdir()}
    assert {name for name, _ in offered} == set(there)
    for name, size in offered:
        number, unit = size.split()
        assert abs(float(number) * {"MB": 1e6, "KB": 1e3}[unit] - there[name]) <= {"MB": 5e4, "KB": 500}[unit], name
    assert "Specimen-a4.pdf" not in page
    assert "nothing to download" not in page
    assert "nothing to download" in (published / "html/index.html").read_text(encoding="utf-8")


def test_the_plain_text_has_the_source_s_words_and_no_others(published: Path) -> None:
    text = (published / "site/downloads/specimen-1921.txt").read_text(encoding="utf-8")
    assert text.startswith("The Workers’ Opposition\nAlexandra Kollontai\n1921\n\nSiglum: X\n")
    assert "\n\nThe Second Part\n\nX 1.1  In the hands of the workers" in text
    assert re.search(r"^X 0\.2  unions simply .* is indisputable\.\(1\) Kollontai", text, re.MULTILINE)
    assert re.search(r"^X 2\.n1  \(1\) See the minutes", text, re.MULTILINE)
    assert "A note of the editors" not in text


def test_the_archives_hold_everything_and_are_the_same_each_time(published: Path, specimen: Path) -> None:
    folder = published / "site/downloads"
    first = {path.name: path.read_bytes() for path in folder.glob("*.zip")}
    with zipfile.ZipFile(folder / "witnesses-and-apparatus.zip") as archive:
        names = archive.namelist()
        assert {"README.txt", "witnesses/specimen-1921.txt", "apparatus/specimen-1921.tsv"} <= set(names)
        assert archive.read("texts/locators.tsv") == (specimen / "texts/locators.tsv").read_bytes()
        assert archive.infolist()[0].date_time[:3] == (2023, 11, 14)
    with zipfile.ZipFile(folder / "site.zip") as archive:
        assert {"index.html", "texts/specimen-1921.html", "_static/edition.css"} <= set(archive.namelist())
        assert not [name for name in archive.namelist() if name.startswith(("downloads", "."))]
    assert publish(specimen, published, {}) == 0
    assert {path.name: path.read_bytes() for path in folder.glob("*.zip")} == first
