"""The built ePub, for every test of it."""

from pathlib import Path

import pytest
from opened_book import Book


@pytest.fixture(scope="session")
def book(epub: Path) -> Book:
    return Book(epub)
