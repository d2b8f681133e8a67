"""The bibliography: what reference managers export is printed whole, or its fault is told with its line."""

from pathlib import Path

import pytest
from case_file import cases

from variorum.citations.admitted import host_problems, read_admitted
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


def test_a_host_that_is_not_admitted_is_told(tmp_path: Path) -> None:
    source = """@online{farm, title = {A}, year = {2000}, url = {https://www.farm.example/a}}
@online{home, title = {B}, year = {2001}, url = {https://archive.example/b}}
@misc{bare, title = {C}, year = {2002}}
"""
    (tmp_path / "refs.bib").write_text(source, encoding="utf-8")
    (tmp_path / "hosts.toml").write_text('[archive]\n"archive.example" = "an archive"\n', encoding="utf-8")
    data, lines, _ = read_entries(tmp_path, "refs.bib")
    admitted = read_admitted(tmp_path, "hosts.toml")
    places = {key: ("refs.bib", line) for key, line in lines.items()}
    told = [str(problem) for problem in host_problems(data.entries, places, admitted, "hosts.toml")]
    farm = "refs.bib:1: “farm” is read at farm.example, which is not admitted; "
    bare = "refs.bib:3: “bare” is of the type misc, and does not say what it is; "
    assert told == [
        f"{farm}cite the work where it is at home, or admit the host in hosts.toml",
        f"{bare}give its true type, or say in howpublished what it is",
    ]
