"""The book for a printer: black and grey, nothing to press, the pages in leaves."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader

#: The operators of PDF that set a colour other than a grey.
COLOURED = re.compile(rb"(?<![\w/.])(?:rg|RG|k|K|cs|CS|scn|SCN|sc|SC)(?=\s)")


@pytest.fixture(scope="module")
def printed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    """Return the book of the small edition, which has a picture and tables, as a printer gets it."""
    folder = tmp_path_factory.mktemp("print")
    environment = {**os.environ, "PYTHONPATH": str(root), "SOURCE_DATE_EPOCH": "1700000000"}
    command = ["variorum", "build", "--source", root / "tests/editions/forms", "--out", folder, "print-pdf"]
    made = subprocess.run(
        [sys.executable, "-m", *command], env=environment, cwd=root, check=False, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return PdfReader(folder / "pdf/Forms-print.pdf")


def streams(page: PageObject) -> list[bytes]:
    """Return what draws a page: its own stream, and those of its pictures."""
    pictures = page["/Resources"].get("/XObject", {}).values()
    return [page.get_contents().get_data(), *(picture.get_object().get_data() for picture in pictures)]


def test_the_book_for_a_printer_is_grey_without_links_and_in_leaves(printed: PdfReader) -> None:
    words = " ".join(page.extract_text() for page in printed.pages)
    assert "The mill wheel turns" in words
    assert len(printed.pages) % 2 == 0
    assert [page.page_number for page in printed.pages if page.get("/Annots")] == []
    assert printed.outline == []
    coloured = {page.page_number: COLOURED.findall(stream) for page in printed.pages for stream in streams(page)}
    assert {number: found for number, found in coloured.items() if found} == {}


def test_the_paper_is_trimmed_where_the_page_ends(printed: PdfReader) -> None:
    names = ("/MediaBox", "/TrimBox", "/BleedBox")
    boxes = {tuple(round(float(edge), 1) for edge in page[name]) for page in printed.pages for name in names}
    assert len(boxes) == 1
