"""A release: the whole of it on a copy of the small German edition, in a git repository of its own."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_versions import change, decided, with_changes
from variorum.__main__ import main

ROOT = Path(__file__).parent.parent
Run = subprocess.CompletedProcess[str]
PUBLISHED = "texts/published/erster-brief.tsv"
NAMES = {
    "GIT_AUTHOR_NAME": "Die Herausgeber",
    "GIT_AUTHOR_EMAIL": "herausgeber@example.org",
    "GIT_COMMITTER_NAME": "Die Herausgeber",
    "GIT_COMMITTER_EMAIL": "herausgeber@example.org",
}


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **NAMES})
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def sphinx_on(folder: Path, builder: str) -> None:
    command = [sys.executable, "-m", "sphinx", "-q", "-b", builder, "-d", str(folder.parent / "dt"), str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1700000000"}
    done = subprocess.run([*command, str(folder.parent / "out")], check=False, capture_output=True, env=environment)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the edition as a repository: its version 1.0 published, a change made since and declared."""
    edition = tmp_path_factory.mktemp("prepared") / "uhrmacher"
    shutil.copytree(ROOT / "tests/editions/uhrmacher", edition)
    with_changes(edition)
    sphinx_on(edition, "publish")
    (edition / "CITATION.cff").write_text(
        'cff-version: 1.2.0\nmessage: Cite as “U 0.1, version 1.0”.\ntitle: "Briefe"\nversion: 1.0\n'
        "date-released: 2023-11-14\nauthors:\n  - name: Die Herausgeber\n",
        encoding="utf-8",
    )
    (edition / "README.md").write_text("Version 1.0 des Briefes; nicht 11.0 und nicht 1.0.1.\n", encoding="utf-8")
    with (edition / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('html_baseurl = "https://example.org/briefe/"\nvariorum_report = "mailto:briefe@example.org"\n')
    (edition / ".gitignore").write_text("_build/\n", encoding="utf-8")
    change(edition / "texts/erster-brief.md", "Der Küster sagt", "Der Küster sagte")
    change(edition / "commentary/changes.md", "## 1.0", "## Fassung 1.1\n\n{loc}`U 0.2` ist gebessert.\n\n## 1.0")
    sphinx_on(edition, "collate")
    decided(edition)
    git(edition, "init", "--quiet")
    git(edition, "add", "--all")
    git(edition, "commit", "--quiet", "-m", "Text: ein Brief")
    return edition


@pytest.fixture
def repository(prepared: Path, tmp_path: Path) -> Path:
    """Return a copy of the repository."""
    return Path(shutil.copytree(prepared, tmp_path / "uhrmacher"))


@pytest.fixture
def release(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capfd
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that makes a release as the command line does."""
    for name, value in {**NAMES, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(repository)

    def run(version: str = "1.1", *arguments: str) -> Run:
        given = ["release", version, "--date", "2026-12-24", "--naming", "README.md", *arguments]
        capfd.readouterr()
        status = main(given)
        return Run(given, status, *capfd.readouterr())

    return run


def test_a_release_does_every_step_and_says_so(repository: Path, release) -> None:
    seen = repository.parent / "seen.txt"
    script = repository.parent / "note.py"
    script.write_text(
        f"import os, sys\nopen({str(seen)!r}, 'a').write(os.environ['SOURCE_DATE_EPOCH'] + ' ' + sys.argv[1] + '\\n')\n"
        "open('left-behind.txt', 'w').close()\n"
    )
    note, build = f"{sys.executable} {script}", f"{sys.executable} -m sphinx -q -W -b html . _build/html"
    done = release("1.1", "--check", f"{note} checked", "--check", build, "--then", f"{note} made")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.sub(r"as [0-9a-f]+,", "as …,", done.stdout).splitlines()[:5] == [
        "conf.py: version 1.1, after 1.0",
        "CITATION.cff: version 1.1",
        "README.md: version 1.1",
        "commentary/changes.md: “Fassung 1.1, 24. Dezember 2026”",
        f"{PUBLISHED}: 0 locators are new, 1 have other words, 0 are retired",
    ]
    assert "tagged v1.1" in done.stdout
    assert seen.read_text() == "1798070400 checked\n1798070400 made\n"
    assert 'version = release = "1.1"' in (repository / "conf.py").read_text()
    citation = (repository / "CITATION.cff").read_text()
    assert citation.startswith("cff-version: 1.2.0\nmessage: Cite as “U 0.1, version 1.1”.")
    assert "\nversion: 1.1\ndate-released: 2026-12-24\n" in citation
    assert (repository / "README.md").read_text() == "Version 1.1 des Briefes; nicht 11.0 und nicht 1.0.1.\n"
    assert git(repository, "status", "--porcelain") == "?? left-behind.txt"
    assert git(repository, "log", "-1", "--format=%ct %s") == "1798070400 Docs: version 1.1"
    assert git(repository, "rev-parse", "v1.1^{commit}") == git(repository, "rev-parse", "HEAD")
    changed = git(repository, "show", "--name-only", "--format=", "HEAD").splitlines()
    assert changed == ["CITATION.cff", "README.md", "commentary/changes.md", "conf.py", PUBLISHED]


def test_a_check_that_fails_leaves_no_trace(repository: Path, release) -> None:
    head = git(repository, "rev-parse", "HEAD")
    done = release("1.1", "--check", "false")
    assert (done.returncode, done.stderr.splitlines()) == (
        2,
        ["`false` failed: see above", "what was written is put back: no version is published"],
    )
    assert git(repository, "rev-parse", "HEAD") == head
    assert git(repository, "status", "--porcelain") == ""
    assert git(repository, "tag") == ""


def test_what_is_made_of_a_version_can_be_made_again(repository: Path, release) -> None:
    done = release("1.1", "--then", "false")
    assert done.returncode == 2
    assert done.stderr.endswith("v1.1 is committed and tagged: mend the reason, and run the command again\n")
    assert git(repository, "tag") == "v1.1"


def test_unsaid_changes_are_told_with_their_line(repository: Path, release) -> None:
    change(repository / "commentary/changes.md", "{loc}`U 0.2` ist gebessert.", "Nichts.")
    git(repository, "commit", "--quiet", "--all", "-m", "Text: verschwiegen")
    done = release()
    assert done.returncode == 2
    assert re.search(r"texts/erster-brief\.md:\d+: “U 0\.2” has other words than in the last version", done.stderr)
    assert done.stderr.endswith("what was written is put back: no version is published\n")
    assert git(repository, "status", "--porcelain") == ""


def dirty(folder: Path) -> str:
    (folder / "neu.txt").write_text("neu")
    return "1.1"


def tagged(folder: Path) -> str:
    git(folder, "tag", "v1.1")
    return "1.1"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (dirty, "neu.txt: not committed; commit or put away everything that `git status` lists"),
        (tagged, "the tag v1.1 is there already; choose a higher version"),
        (lambda _: "1.0", "conf.py:6: the version is 1.0; choose a higher one than 1.0"),
        (lambda _: "0.9", "conf.py:6: the version is 1.0; choose a higher one than 0.9"),
        (lambda _: "zwei", "“zwei” is no number of a version; write one such as 1.2.0"),
        (
            lambda _: "1.2",
            "commentary/changes.md: no heading has the version 1.2; write “## Version 1.2”, and below it what changes",
        ),
    ],
)
def test_what_cannot_be_released_is_refused(repository: Path, release, spoil, told: str) -> None:
    version = spoil(repository)
    before = git(repository, "status", "--porcelain")
    done = release(version)
    assert (done.returncode, done.stderr) == (2, f"{told}\n")
    assert git(repository, "status", "--porcelain") == before
