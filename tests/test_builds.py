"""Builds: a changed file rebuilds what depends on it, no build opens a connection, one tree gives the same bytes."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest

ROOT = Path(__file__).parent.parent


def written(output: str) -> set[str]:
    """Return the documents that a run read or wrote."""
    return set(re.findall(r"(?:reading sources|writing output)\.\.\. \[ *\d+%\] (\S+)", output))


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        ("commentary/notes/specimen-1921.md", "A note of the editors, short", "A note, short", {"texts/specimen-1921"}),
        ("commentary/persons.toml", "A metal-worker.", "A turner.", {"commentary/persons", "texts/specimen-1921"}),
        (
            "apparatus/specimen-1921.tsv",
            "bands makes no sense here",
            "no sense",
            {"texts/specimen-1921", "commentary/apparatus/specimen-1921"},
        ),
        ("witnesses/specimen-1921.toml", "page number", "number of a page", {"texts/specimen-1921"}),
        ("references.bib", "Conscience", "conscience", {"commentary/bibliography"}),
        ("references.bib", "{1960}", "{1961}", {"commentary/introduction", "commentary/persons"}),
        ("commentary/introduction.md", "Nothing more is said", "No more is said", {"commentary/introduction"}),
    ],
)
def test_a_saved_file_rebuilds_what_depends_on_it(
    specimen: Path, sphinx, path: str, old: str, new: str, expected: set[str]
) -> None:
    options = ("-W",)
    assert sphinx(specimen, "html", *options).returncode == 0
    file = specimen / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(file, (file.stat().st_atime, file.stat().st_mtime + 2))
    run = sphinx(specimen, "html", *options)
    assert run.returncode == 0, run.stderr
    assert expected <= written(run.stdout)
    if path.startswith("commentary/introduction"):
        lists = {"persons", "bodies", "general-index", "bibliography", "apparatus/specimen-1921"}
        assert written(run.stdout) <= expected | {"index", *(f"commentary/{name}" for name in lists)}
    else:
        assert "commentary/introduction" not in written(run.stdout) or path == "references.bib"


def test_nothing_changed_rebuilds_nothing(specimen: Path, sphinx) -> None:
    first, second = (sphinx(specimen, "html", "-W") for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0)
    assert written(first.stdout)
    assert written(second.stdout) == set()


def test_a_warning_that_nobody_is_told_of_rebuilds_nothing(specimen: Path, sphinx) -> None:
    # two works of one author and year have one label, of which sphinxcontrib-bibtex warns: it is printed nowhere
    bibliography, page = specimen / "references.bib", specimen / "commentary/introduction.md"
    entry = "@book{daniels-other,\n  author = {Daniels, Robert V.},\n  title = {Other},\n  year = {1960},\n"
    text = bibliography.read_text(encoding="utf-8")
    bibliography.write_text(f"{text}{entry}  keywords = {{literature}},\n}}\n", encoding="utf-8")
    page.write_text(page.read_text(encoding="utf-8") + "\nSee {cite:p}`daniels-other`.\n", encoding="utf-8")
    first, second = (sphinx(specimen, "html", "-W") for _ in range(2))
    assert (first.returncode, first.stderr) == (0, "")
    assert (second.returncode, written(second.stdout)) == (0, set())


def test_two_processes_make_the_same_pages(specimen: Path, sphinx) -> None:
    def pages() -> dict[str, str]:
        folder = specimen.parent / "out/html"
        return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*.html")}

    sphinx(specimen, "html", "-W")
    one = pages()
    shutil.rmtree(specimen.parent / "dt")
    shutil.rmtree(specimen.parent / "out")
    run = sphinx(specimen, "html", "-W", "-j", "2")
    assert run.returncode == 0, run.stderr
    assert pages() == one


def test_two_builds_at_once_wait_for_each_other(specimen: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-W", "-d", "../dt", ".", "../out"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    runs = [subprocess.Popen(command, cwd=specimen, env=environment, **pipes) for _number in range(2)]
    said = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert [err for _out, err in said] == ["", ""]
    # whichever was second waited, found everything read and written, and wrote nothing again
    assert sorted("waiting for another build" in out for out, _err in said) == [False, True]
    assert sorted(bool(written(out)) for out, _err in said) == [False, True]


@pytest.mark.parametrize("builder", ["html", "epub", "latex"])
@pytest.mark.parametrize("name", ["my draft", "l'ami", 'the "new" page', "one: two", "50 % & more #1", "naïve–ж"])
def test_a_file_may_be_called_anything(specimen: Path, sphinx, builder: str, name: str) -> None:
    (specimen / f"commentary/{name}.md").write_text("# A page with a name\n\nIts words.\n", encoding="utf-8")
    index = specimen / "index.md"
    text = index.read_text(encoding="utf-8")
    index.write_text(
        text.replace("commentary/introduction", f"commentary/{name}\ncommentary/introduction", 1), encoding="utf-8"
    )
    run = sphinx(specimen, builder, "-W", "-q")
    assert (run.returncode, run.stderr) == (0, "")
    folder = specimen.parent / "out" / builder
    if builder == "html":
        link = f'href="commentary/{quote(name)}.html"'
        assert link in unescape((folder / "index.html").read_text(encoding="utf-8"))
    pages = [path for path in folder.rglob("*") if path.suffix in {".html", ".xhtml", ".tex"}]
    assert any("Its words." in path.read_text(encoding="utf-8") for path in pages)


NO_NETWORK = """
import socket, sys
def refuse(*_, **__):
    raise AssertionError("the build opened a connection")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from sphinx.cmd.build import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.edition
@pytest.mark.parametrize("builder", ["html", "epub", "latex"])
def test_no_build_opens_a_connection(tmp_path: Path, builder: str) -> None:
    command = [
        sys.executable,
        "-c",
        NO_NETWORK,
        "-q",
        "-W",
        "-b",
        builder,
        "-d",
        str(tmp_path / "dt"),
        str(ROOT),
        str(tmp_path / "out"),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (run.returncode, run.stderr) == (0, "")


def digests(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_two_folders_give_the_same_bytes(tmp_path: Path, site: Path, epub: Path, pdf: Path) -> None:
    copy = tmp_path / "elsewhere"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns("_build", ".venv", ".git", "__pycache__", ".*_cache"))
    (copy / ".venv").symlink_to(ROOT / ".venv")
    date = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True)
    run = subprocess.run(
        ["make", f"SOURCE_DATE_EPOCH={date.stdout.strip()}", "html", "epub", "pdf"],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    ours, theirs = digests(site), digests(copy / "_build/html")
    assert {n for n in ours.keys() | theirs.keys() if ours.get(n) != theirs.get(n)} - {".buildinfo"} == set()
    for file in (epub, pdf):
        assert file.read_bytes() == (copy / file.relative_to(ROOT)).read_bytes(), file.name
