"""What the tests of the book share."""

from pathlib import Path

import pytest
from pypdf import PdfReader
from runs import Page, pages


@pytest.fixture(scope="session")
def log(root: Path) -> str:
    """Return LuaLaTeX's log of the book."""
    (path,) = (root / "_build/latex-a5").glob("*.log")
    return path.read_text(encoding="utf-8", errors="replace")


@pytest.fixture(scope="session")
def reader(pdf: Path) -> PdfReader:
    """Return the opened book."""
    return PdfReader(pdf)


@pytest.fixture(scope="session")
def printed(pdf: Path) -> list[Page]:
    """Return the pages of the book, told apart."""
    return pages(pdf)


@pytest.fixture(scope="session")
def page_of(reader: PdfReader) -> dict[str, int]:
    """Return the page, from 0, of every named destination."""
    return {name: reader.get_destination_page_number(target) for name, target in reader.named_destinations.items()}


@pytest.fixture(scope="session")
def texts(domain) -> dict:
    """Return what the edition knows of each edited text."""
    return {name: doc for name, doc in domain["documents"].items() if doc.siglum}
