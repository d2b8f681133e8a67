"""The bibliography: what reference managers export is printed whole, or its fault is told with its line."""

from pathlib import Path

import pytest
from case_file import cases

from variorum.citations.reading import read_entries
from variorum.citations.style import formatted
from variorum.citations.telling_apart import give_short_forms


@pytest.mark.parametrize(("title", "source", "expected"), cases("bibliography.txt"))
def test_entries(title: str, source: str, expected: str, tmp_path: Path) -> None:  # noqa: ARG001 - names the case
    (tmp_path / "refs.bib").write_text(source, encoding="utf-8")
    data, _, report = read_entries(tmp_path, "refs.bib")
    if report:
        assert "\n".join(map(str, report)) == expected
        return
    give_short_forms(data.entries.values())
    printed = []
    for entry in data.entries.values():
        cited = ", ".join(filter(None, (entry.fields["cited-by"], entry.fields["cited-year"])))
        printed.append(f"({cited}) {formatted(entry).render_as('html')}")
    assert "\n".join(printed) == expected
