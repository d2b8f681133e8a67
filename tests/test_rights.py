"""The build that may be published: no run of the words of a withheld text is left in any file of it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from withheld_words import Sources, files_of

from variorum.__main__ import main

ROOT = Path(__file__).parent.parent
QUOTED = 40
"""So many words in a row of a withheld text the editors may quote at most: the longest quotation now has 37."""


def withhold(edition: Path, name: str) -> None:
    """Declare the one text of a small edition withheld."""
    path = edition / f"witnesses/{name}.toml"
    told = path.read_text(encoding="utf-8")
    assert '"free"' in told
    path.write_text(told.replace('"free"', '"withheld"'), encoding="utf-8")


@pytest.fixture
def public(specimen: Path, sphinx) -> Path:
    """Build the small edition with its one text withheld; return the folder of all formats."""
    withhold(specimen, "specimen-1921")
    for builder in ("html", "latex", "tei"):
        built = sphinx(specimen, builder, "-W", "-q", "-D", "variorum_rights=public")
        assert (built.returncode, built.stderr) == (0, "")
    return specimen.parent / "out"


def test_no_words_of_a_withheld_text_are_left(public: Path, specimen: Path) -> None:
    assert Sources(specimen).left(files_of(public)) == {}


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the package in a process of its own."""
    given = {"PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1700000000", "TZ": "UTC"}
    command = [sys.executable, "-m", "variorum", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **given})


def test_a_site_without_withheld_words(german: Path, tmp_path: Path) -> None:
    """The whole site: every format, every archive, every file of data."""
    out = tmp_path / "build"
    withhold(german, "erster-brief")
    given = ("--contact", "mailto:editors@uhrmacher.example", "--address", "https://uhrmacher.example/")
    made = run("site", "--source", german, "--out", out, "--rights", "public", *given)
    assert (made.returncode, made.stderr) == (0, "")
    site = out / "public/site"
    assert not (out / "html").exists()
    names = {path.name for path in (site / "downloads").iterdir()}
    books = {
        "BriefeeinesUhrmachers.pdf",
        "BriefeeinesUhrmachers-a4.pdf",
        "BriefeeinesUhrmachers.epub",
        "erster-brief.pdf",
    }
    assert names == {*books, "tei.zip", "site.zip", "witnesses-and-apparatus.zip"}
    sources = Sources(german)
    assert len(sources.withheld) > 40
    assert sources.left(files_of(site)) == {}


def test_verse_scenes_and_tables_are_withheld(forms: Path, tmp_path: Path) -> None:
    withhold(forms, "forms")
    made = run("build", "--source", forms, "--out", tmp_path / "build", "--rights", "public", "html", "epub", "pdf")
    assert (made.returncode, made.stderr) == (0, "")
    sources = Sources(forms)
    for name in ("html", "epub", "pdf"):
        assert sources.left(files_of(tmp_path / "build/public" / name)) == {}, name


def test_no_site_without_a_way_to_write_to_the_editors(forms: Path, tmp_path: Path, capsys) -> None:
    assert main(["site", "--source", str(forms), "--out", str(tmp_path / "build")]) == 2
    said = capsys.readouterr().err.splitlines()
    assert [line.partition(";")[0] for line in said] == [
        "conf.py: variorum_report is empty",
        "conf.py: html_baseurl is empty",
    ]
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize("command", ["site", "build"])
def test_other_rights_are_refused(command: str, capsys) -> None:
    assert main([command, "--rights", "pubic"]) == 2
    assert capsys.readouterr().err == "“pubic” is no choice of rights; write RIGHTS=public, or leave it out\n"


@pytest.fixture(scope="module")
def published(domain, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build web edition, ePub and TEI of the whole edition without withheld words; the sources are not read again."""
    assert domain
    out = tmp_path_factory.mktemp("edition")
    shutil.copytree(
        ROOT / "_build/doctrees", out / "public/doctrees", ignore=shutil.ignore_patterns("*.json", "passages", "links")
    )
    command = [
        sys.executable,
        "-m",
        "variorum",
        "build",
        "--rights",
        "public",
        "--out",
        str(out),
        "html",
        "epub",
        "tei",
    ]
    run = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "TZ": "UTC"}
    )
    assert (run.returncode, run.stderr) == (0, "")
    return out / "public"


def test_the_edition_without_withheld_words(published: Path) -> None:
    sources = Sources(ROOT)
    assert len(sources.withheld) > 50_000
    assert sources.longest_quotation() <= QUOTED
    for name in ("html", "epub", "tei"):
        assert sources.left(files_of(published / name)) == {}, name


def test_what_the_editors_say_of_it_stays(public: Path) -> None:
    page = (public / "html/texts/specimen-1921.html").read_text(encoding="utf-8")
    assert "This edition may not print the words of this text. Our own. (As of December 1, 2026.)" in page
    assert 'id="p1-1"' in page
    assert "Moscow, 29 March – 5 April 1920." in page
    assert "… Moscow in March 1920] " in page


def test_without_the_setting_nothing_is_withheld(specimen: Path, sphinx) -> None:
    path = specimen / "witnesses/specimen-1921.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"free"', '"withheld"'), encoding="utf-8")
    sphinx(specimen, "html", "-W", "-q")
    page = (specimen.parent / "out/html/texts/specimen-1921.html").read_text(encoding="utf-8")
    assert "What is to be done?" in page


def test_the_checker_has_no_words_of_a_withheld_text(public: Path) -> None:
    data = (public / "html/_static/wordings.js").read_text(encoding="utf-8")
    assert '"pieces":[]' in data
    assert '"pieces":["' not in data
