"""Drafts: an undeclared departure is shown where a live preview asks for it, and nowhere else."""

import re
from pathlib import Path

from test_staleness import TEXT, Edit, make

LIVE = ("-D", "variorum_drafts=1")
WRONG = Edit(TEXT, "the will to it", "the wish to it")


def text_of(specimen: Path) -> str:
    return (specimen.parent / "out/html/texts/specimen-1921.html").read_text(encoding="utf-8")


def test_an_undeclared_departure_is_shown_as_a_draft(specimen: Path, sphinx) -> None:
    make(specimen, WRONG)
    run = sphinx(specimen, "html", *LIVE)
    message = "“wish” stands where the witness has “will” (19:69-72), undeclared"
    assert (run.returncode, run.stderr) == (0, "")
    assert message in run.stdout
    page = text_of(specimen)
    assert message in page
    assert re.search(r'<span class="lemma">wish</span>.*?</span><sup class="draft">draft</sup>', page)
    assert page.count('<sup class="draft">') == 1


def test_an_undecided_row_is_a_draft_too(specimen: Path, sphinx) -> None:
    make(specimen, Edit("apparatus/specimen-1921.tsv", "\tprint\thigh\t", "\t?\thigh\t"))
    assert sphinx(specimen, "html", *LIVE).returncode == 0
    assert "is undecided" in text_of(specimen)
    assert text_of(specimen).count('<sup class="draft">') == 1


def test_every_other_problem_stops_a_draft_too(specimen: Path, sphinx) -> None:
    make(specimen, WRONG)
    make(specimen, Edit("commentary/introduction.md", "{cite:p}`daniels-1960{p. 107}`", "{cite:p}`nobody`"))
    run = sphinx(specimen, "html", "-q", *LIVE)
    assert run.returncode == 2
    assert "“nobody”" in run.stderr
    assert "wish" not in run.stderr


def test_no_other_command_shows_a_draft(specimen: Path, sphinx) -> None:
    make(specimen, WRONG)
    for builder in ("html", "epub", "latex"):
        run = sphinx(specimen, builder, "-q")
        assert run.returncode == 2
        assert "“wish” stands where the witness has “will”" in run.stderr


def test_an_edition_without_drafts_is_the_same(specimen: Path, sphinx) -> None:
    assert sphinx(specimen, "html", "-q", "-W", *LIVE).returncode == 0
    assert "draft" not in text_of(specimen)
