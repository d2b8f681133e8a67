"""A new edition: it builds by make, keeps what is built out of git, bears a date, and says how it is cited."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from variorum.commands.dating import DAY, VARIABLE, set_date
from variorum.commands.new import begin
from variorum.commands.repository import git

ROOT = Path(__file__).parent.parent


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """Return an edition that was begun just now."""
    folder = tmp_path / "new edition"
    assert begin(folder, "A New Edition", "en") == 0
    return folder


def test_make_needs_no_environment_of_its_own(new: Path) -> None:
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TZ": "UTC"}
    run = subprocess.run(["make", "html"], cwd=new, env=environment, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert (new / "_build/html/index.html").is_file()
    git(new, "init", "--quiet")
    assert "_build" not in git(new, "status", "--porcelain", "--untracked-files=all").stdout


def test_the_book_of_a_text_without_sections_says_how_it_is_cited(new: Path, sphinx) -> None:
    assert sphinx(new, "latex", "-W", "-q").stderr == ""
    (tex,) = (new.parent / "out/latex").glob("*.tex")
    assert "A\u00a00.1, in" in tex.read_text(encoding="utf-8").replace("~", "\u00a0")


@pytest.fixture
def undated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the environment have no date, and lose the one that a test sets."""
    monkeypatch.setenv(VARIABLE, "")


@pytest.mark.usefixtures("undated")
def test_an_edition_bears_the_date_of_its_last_commit(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text("", encoding="utf-8")
    author = ("-c", "user.name=An editor", "-c", "user.email=editor@example.org")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "conf.py")
    done = git(tmp_path, *author, "commit", "--quiet", "-m", "Begin", told={"GIT_COMMITTER_DATE": "1700000001 +0000"})
    assert done.returncode == 0, done.stderr
    set_date(tmp_path)
    assert os.environ[VARIABLE] == "1700000001"


@pytest.mark.usefixtures("undated")
def test_an_edition_that_was_never_committed_bears_the_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 20_000.5 * DAY)
    set_date(tmp_path)
    assert os.environ[VARIABLE] == str(20_000 * DAY)


def test_a_date_that_is_given_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "5")
    set_date(tmp_path)
    assert os.environ[VARIABLE] == "5"


def test_make_names_the_python_that_has_the_package(new: Path) -> None:
    assert f"PYTHON ?= {sys.executable}\n" in (new / "Makefile").read_text(encoding="utf-8")
