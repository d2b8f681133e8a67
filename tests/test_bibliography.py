"""The bibliography: what reference managers export is printed whole, or its fault is told with its line."""

from pathlib import Path

import pytest
from case_file import cases
from pybtex.database import BibliographyData

from variorum.citations.reading import read_entries
from variorum.citations.rules import Rules, read_rules
from variorum.citations.ruling import Cited, citation_rule_problems, entry_problems
from variorum.citations.style import formatted
from variorum.citations.telling_apart import give_short_forms
from variorum.problems import EditionError


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


RULES = """
[archive]
"archive.example" = "an archive"
[encyclopaedia]
"pedia.example" = "where nothing better was found"
[share]
encyclopaedia = 24
[undated]
"archive.example" = "its pages bear no date"
gone = "a leaflet without a date"
[whole]
novel = "named as a novel"
unneeded = "cited with a page by now"
[locators]
pages = 10
"""
ENTRIES = """@online{farm, title = {A}, year = {2000}, url = {https://www.farm.example/a}}
@online{home, title = {B}, url = {https://archive.example/b}}
@misc{bare, title = {C}, year = {2002}, note = {seen}}
@online{blog, title = {D}, url = {https://pedia.example/d}}
@book{novel, title = {E}, year = {1974}}
@book{history, title = {F}, year = {1975}}
@book{part, title = {F}, year = {1975}, chapter = {3}}
@article{short, title = {G}, year = {1976}, pages = {143--52}}
@article{long, title = {H}, year = {1977}, pages = {143--153}}
"""


def ruled(tmp_path: Path, entries: str, rules: str) -> tuple[BibliographyData, dict[str, tuple[str, int]], Rules]:
    """Return some entries, their places and some rules, as they are read from files."""
    (tmp_path / "refs.bib").write_text(entries, encoding="utf-8")
    (tmp_path / "rules.toml").write_text(rules, encoding="utf-8")
    data, lines, _ = read_entries(tmp_path, "refs.bib")
    return data, {key: ("refs.bib", line) for key, line in lines.items()}, read_rules(tmp_path, "rules.toml")


def test_entries_against_the_rules_are_told(tmp_path: Path) -> None:
    data, places, rules = ruled(tmp_path, ENTRIES, RULES)
    assert [str(problem) for problem in entry_problems(data.entries, places, rules)] == [
        (
            "refs.bib:1: “farm” is read at farm.example, which is not admitted; "
            "cite the work where it is at home, or admit the host in rules.toml"
        ),
        (
            "refs.bib:3: “bare” is of the type misc, and does not say what it is; "
            "give its true type, or say in howpublished what it is"
        ),
        "refs.bib:4: “blog” has no year; write its year, or say in [undated] of rules.toml why there is none",
        "rules.toml: nothing without a year is, or is read at, “gone”; remove it from [undated] of rules.toml",
    ]


def test_citations_against_the_rules_are_told(tmp_path: Path) -> None:
    data, _, rules = ruled(tmp_path, ENTRIES, RULES)
    keys = ["novel", "history", "short", "long", "blog", "part"]
    cited = [Cited("a.md", line, key, "") for line, key in enumerate(keys, 1)]
    cited += [Cited("a.md", 7, "history", "p. 20"), Cited("a.md", 8, "blog", "")]
    assert [str(problem) for problem in citation_rule_problems(data.entries, cited, rules)] == [
        (
            "a.md:2: “history” is a long work, and is cited without page or section; "
            "write history{p. 20}, or say in [whole] of rules.toml why the whole is meant"
        ),
        (
            "a.md:4: “long” is a long work, and is cited without page or section; "
            "write long{p. 20}, or say in [whole] of rules.toml why the whole is meant"
        ),
        "rules.toml: “unneeded” in [whole] is no long work that is cited without a place; remove it",
        (
            "rules.toml: 2 of 8 citations are of the class encyclopaedia, more than 24 in a hundred; "
            "cite other works in their place"
        ),
    ]


def test_what_the_rules_do_not_set_is_not_asked_for(tmp_path: Path) -> None:
    data, places, rules = ruled(tmp_path, ENTRIES, '[archive]\n"archive.example" = "an archive"\n')
    told = [problem.what for problem in entry_problems(data.entries, places, rules)]
    assert [what for what in told if "year" in what] == []
    cited = [Cited("a.md", 1, key, "") for key in data.entries]
    assert list(citation_rule_problems(data.entries, cited, rules)) == []


@pytest.mark.parametrize(
    ("rules", "what"),
    [
        ("archive = 3", "“archive” is no table"),
        ('[archive]\n"a.example" = ""', "no reason for “a.example” in [archive]"),
        ("[undated]\nkey = 1", "no reason for “key” in [undated]"),
        ("[share]\nnone = 3", "“none” in [share] is no class of hosts"),
        ("[locators]\npages = true", "“pages” is True, which is no whole number"),
    ],
)
def test_rules_that_are_not_of_the_form_are_told(rules: str, what: str, tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(rules, encoding="utf-8")
    with pytest.raises(EditionError) as told:
        read_rules(tmp_path, "rules.toml")
    assert [problem.what for problem in told.value.problems] == [what]


def test_a_build_keeps_the_rules_of_its_edition(specimen: Path, sphinx) -> None:
    introduction = specimen / "commentary/introduction.md"
    words = introduction.read_text(encoding="utf-8")
    introduction.write_text(words.replace("daniels-1960{p. 107}", "daniels-1960"), encoding="utf-8")
    (specimen / "rules.toml").write_text("[locators]\npages = 10\n[share]\nblogs = 1\n[blogs]\n", encoding="utf-8")
    with (specimen / "conf.py").open("a", encoding="utf-8") as file:
        file.write('variorum_sources = "rules.toml"\n')
    rules = specimen / "rules.toml"
    assert "“blogs” in [share] is no class of hosts" in sphinx(specimen, "dummy", "-q").stderr
    rules.write_text("[locators]\npages = 10\n", encoding="utf-8")
    run = sphinx(specimen, "dummy", "-W", "--keep-going", "-q")
    assert run.returncode != 0
    assert "commentary/introduction.md:3: “daniels-1960” is a long work" in run.stderr
