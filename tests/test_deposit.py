"""The deposit: a valid bag with valid metadata, whose sources build everything again to the same bytes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import bagit
import pytest
import yaml
from jsonschema import Draft7Validator, Draft201909Validator

from tests.test_release import ROOT, change, git, prepared, release, repository
from variorum.__main__ import main
from variorum.commands.bag import close_bag, encoded

__all__ = ["prepared", "release", "repository"]  # the fixtures
VARIORUM = f"{sys.executable} -m variorum"
FORMATS = f"{VARIORUM} build html epub tei"
#: A site in short: the web edition, and the ePub to download.
SITE = ["cp -r _build/html _build/site", "mkdir _build/site/downloads", "cp -r _build/epub _build/site/downloads"]


@pytest.fixture
def deposit(repository: Path, release) -> Path:
    """Return the deposit of version 1.1 of the small German edition."""
    done = release(
        "1.1", *(part for command in (FORMATS, *SITE, f"{VARIORUM} deposit") for part in ("--then", command))
    )
    assert done.returncode == 0, done.stderr
    return repository / "_build/deposit"


def schema(name: str) -> Any:
    path = ROOT / "_build/deposit-schemas" / name
    if not path.exists():
        pytest.fail(f"{path.relative_to(ROOT)} is not there: run `make {path.relative_to(ROOT).parent}/schema.json`")
    return json.loads(path.read_text(encoding="utf-8"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_deposit_is_a_bag_and_builds_again_to_the_same_bytes(deposit: Path, repository: Path, tmp_path: Path) -> None:
    bag = bagit.Bag(str(deposit))
    assert bag.is_valid()
    assert (bag.version_info, bag.info["Bagging-Date"]) == ((1, 0), "2026-12-24")
    assert bag.info["Source-Organization"] == "Die Herausgeber"
    tracked = set(git(repository, "ls-files").splitlines())
    assert set(files(deposit / "data/sources")) == tracked
    metadata = json.loads((deposit / "datacite.json").read_text(encoding="utf-8"))
    assert (metadata["version"], metadata["publicationYear"], metadata["language"]) == ("1.1", "2026", "de")
    assert metadata["rightsList"][0]["rights"] == "open access"
    assert (deposit / "CITATION.cff").read_bytes() == (repository / "CITATION.cff").read_bytes()
    validator = Draft201909Validator(schema("datacite-v4.5.json"))
    assert list(validator.iter_errors(metadata)) == []
    assert list(validator.iter_errors({**metadata, "publicationYear": "soon"})) != []
    assert faults_of_citation(deposit) == []

    elsewhere = Path(shutil.copytree(deposit / "data/sources", tmp_path / "elsewhere/briefe"))
    released = yaml.safe_load((elsewhere / "CITATION.cff").read_text(encoding="utf-8"))["date-released"]
    date = ["date", "-u", "-d", str(released), "+%s"]  # as the Makefile has it
    seconds = subprocess.run(date, check=True, capture_output=True, text=True).stdout.strip()
    assert f"SOURCE_DATE_EPOCH={seconds} " in (deposit / "README.txt").read_text(encoding="utf-8")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": seconds, "PYTHONPATH": str(ROOT)}
    for command in (FORMATS, *SITE):
        done = subprocess.run(command.split(), check=False, cwd=elsewhere, env=environment, capture_output=True)
        assert done.returncode == 0, done.stderr
    for folder in ("site", "tei"):
        built, kept = files(elsewhere / "_build" / folder), files(deposit / "data" / folder)
        assert {name for name in built if not name.startswith(".")} == kept.keys()
        assert [name for name in kept if built[name] != kept[name]] == []
    assert any(name.endswith(".epub") for name in files(deposit / "data/site"))


def test_what_is_no_published_version_is_refused(repository: Path, monkeypatch, capfd) -> None:
    monkeypatch.chdir(repository)

    def told() -> str:
        capfd.readouterr()
        assert main(["deposit"]) == 2
        return str(capfd.readouterr().err)

    assert told() == "_build/site/index.html: not built; run `make site tei`\n"
    for command in (f"{VARIORUM} build html epub tei", *SITE):
        subprocess.run(command.split(), check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert told() == "conf.py: version 1.0 is not published at this commit; run `make release`\n"
    git(repository, "tag", "v1.0")
    change(repository / "README.md", "Version", "Fassung")
    assert told() == "README.md: not committed; a deposit has what is committed\n"


def test_a_bag_of_odd_names_is_valid_and_a_changed_one_is_not(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name in ("two\nlines.txt", "größe.txt", "a name.txt"):
        (tmp_path / "data" / name).write_text(name, encoding="utf-8")
    close_bag(tmp_path, {"Source-Organization": "The editors"})
    assert bagit.Bag(str(tmp_path)).is_valid()
    (tmp_path / "data/größe.txt").write_text("anders", encoding="utf-8")
    assert not bagit.Bag(str(tmp_path)).is_valid()
    assert encoded("data/100%0A.txt") == "data/100%250A.txt"  # RFC 8493; the validator does not read this one back


def faults_of_citation(folder: Path) -> list[Any]:
    text = (folder / "CITATION.cff").read_text(encoding="utf-8")
    said = yaml.load(text, Loader=yaml.BaseLoader)
    return list(Draft7Validator(schema("schema.json")).iter_errors(said))


def test_this_edition_s_citation_holds_to_its_schema(root: Path, tmp_path: Path) -> None:
    assert faults_of_citation(root) == []
    text = (root / "CITATION.cff").read_text(encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text(text.replace("date-released: ", "date-released: the "), encoding="utf-8")
    assert faults_of_citation(tmp_path) != []
