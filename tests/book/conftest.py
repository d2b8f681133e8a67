"""What the tests of the book share."""

import pickle
from pathlib import Path

import pytest
from pypdf import PdfReader
from runs import BOOKS, WHOLE, Page, pages
from sphinx.environment import BuildEnvironment


@pytest.fixture(scope="session", params=BOOKS)
def name(request: pytest.FixtureRequest) -> str:
    """Return the name of a book."""
    return request.param


@pytest.fixture(scope="session")
def whole(name: str) -> bool:
    """Return whether the book is the whole edition."""
    return name == WHOLE


@pytest.fixture(scope="session")
def pdf(root: Path, name: str) -> Path:
    """Return the built book."""
    path = root / f"_build/pdf/{name}.pdf"
    if not path.exists():
        pytest.fail(f"{path.relative_to(root)} is not built: run `make pdf pdfs` first", pytrace=False)
    return path


@pytest.fixture(scope="session")
def log(root: Path, name: str, *, whole: bool) -> str:
    """Return LuaLaTeX's log of the book."""
    (path,) = (root / "_build").glob("latex-a5/*.log" if whole else f"latex-texts-a5/{name}.log")
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
def environment(root: Path) -> BuildEnvironment:
    """Return Sphinx's environment, as the last build left it."""
    with (root / "_build/doctrees/environment.pickle").open("rb") as file:
        return pickle.load(file)


@pytest.fixture(scope="session")
def documents(domain, name: str, *, whole: bool) -> dict:
    """Return what the edition knows of each document of the book."""
    found = sorted(domain["documents"].items())
    return {page: doc for page, doc in found if whole or page.endswith(f"/{name}") or f"/{name}/" in page}


@pytest.fixture(scope="session")
def texts(documents: dict) -> dict:
    """Return what the edition knows of each edited text of the book."""
    return {name: doc for name, doc in documents.items() if doc.siglum}
