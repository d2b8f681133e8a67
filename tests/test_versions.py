"""What was published stays: the words of every version, the locators, and the addresses of those that are retired."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.problems import EditionError
from variorum.text.folders import Folders
from variorum.text.published import HEADER, new_rows, read_history
from variorum.text.retired import Retired, end_of

NAME = "erster-brief"
FIRST, SECOND = "Lieber Bruder, die Turmuhr", "Schick mir die kleine Pinzette"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(run) -> list[str]:
    return [line.partition("ERROR: ")[2].rpartition(" [")[0] or line for line in run.stderr.splitlines()]


def with_changes(edition: Path) -> None:
    """Give the small German edition a list of changes."""
    changes = edition / "commentary/changes.md"
    changes.write_text("---\ndescription: Fassungen.\n---\n# Fassungen\n\n## 1.0\n\nDie erste.\n")
    change(edition / "index.md", "commentary/einleitung", "commentary/einleitung\ncommentary/changes")


@pytest.fixture
def edition(german: Path, sphinx) -> Path:
    """Return the small German edition with a list of changes, its version 1.0 published."""
    with_changes(german)
    run = sphinx(german, "publish", "-q", "-W")
    assert (run.returncode, run.stderr) == (0, "")
    return german


def history(edition: Path):
    return read_history(Folders(edition), NAME)


def new_version(edition: Path, number: str, entry: str) -> None:
    change(edition / "conf.py", 'release = "', f'release = "{number}" or "')
    change(edition / "commentary/changes.md", "## ", f"## Fassung {number}\n\n{entry}\n\n## ")


LOCATORS = st.sampled_from(["A 1.1", "A 1.2", "A 1.2a", "A 1.n*", "B 0.0"])
WORDINGS = st.dictionaries(LOCATORS, st.text(st.characters(exclude_categories=["Cs"]), min_size=1))


@given(st.lists(WORDINGS, min_size=1, max_size=5))
def test_the_words_of_every_version_are_found_again(tmp_path_factory, versions) -> None:
    folder = tmp_path_factory.mktemp("published")
    path = folder / Folders(folder).published("a")
    path.parent.mkdir(parents=True)
    rows, old = ["\t".join(HEADER)], {}
    for number, wordings in enumerate(versions):
        rows += new_rows(old, wordings, dict.fromkeys(old, "B 0.0"), f"0.{number + 1}", "2026-12-01")
        old = wordings
    path.write_bytes(("\n".join(rows) + "\n").encode())
    found = read_history(Folders(folder), "a").versions
    assert [version.wordings for version in found] == versions
    assert [version.number for version in found] == [f"0.{number + 1}" for number in range(len(versions))]


def test_a_published_version_holds_every_locator_with_its_words(edition: Path) -> None:
    (version,) = history(edition).versions
    locators = [line.split("\t")[0] for line in (edition / "texts/locators.tsv").read_text().splitlines()[1:]]
    assert list(version.wordings) == locators
    assert (version.number, version.date) == ("1.0", "2023-11-14")
    assert version.wordings["U 0.2"].startswith(SECOND)


def test_what_was_published_is_never_altered(edition: Path) -> None:
    path = edition / "texts/published/erster-brief.tsv"
    change(path, "kleine Pinzette", "große Pinzette")
    with pytest.raises(EditionError, match=r"erster-brief\.tsv:\d+: the words of version 1\.0 are not those"):
        history(edition)
    path.write_text(path.read_text().rpartition("1.0\t\tpublished")[0])
    with pytest.raises(EditionError, match="the rows end before a version is complete"):
        history(edition)


def test_a_version_adds_only_what_it_changes(edition: Path, sphinx) -> None:
    before = (edition / "texts/published/erster-brief.tsv").read_text()
    change(edition / "texts/erster-brief.md", "Der Küster sagt", "Der Küster sagte")
    new_version(edition, "1.1", "{loc}`U 0.2` ist gebessert.")
    collate = sphinx(edition, "collate")
    assert "texts/published/erster-brief.tsv: other words than in 1.0: U 0.2" in collate.stdout
    decided(edition)
    run = sphinx(edition, "publish", "-W")
    assert run.stderr == ""
    assert "texts/published/erster-brief.tsv: 0 locators are new, 1 have other words, 0 are retired" in run.stdout
    after = (edition / "texts/published/erster-brief.tsv").read_text()
    assert after.startswith(before)
    added = [line.split("\t")[:3] for line in after.removeprefix(before).splitlines()]
    assert added == [["1.1", "U 0.2", "words"], ["1.1", "", "published"]]


def decided(edition: Path) -> None:
    """Give each undecided row of the apparatus a class that wants no reason."""
    path = edition / "apparatus/erster-brief.tsv"
    path.write_text(path.read_text().replace("\t?\t", "\tschreibung\t"))


def test_no_words_are_changed_unsaid(edition: Path, sphinx) -> None:
    change(edition / "texts/erster-brief.md", "Der Küster sagt", "Der Küster sagte")
    new_version(edition, "1.1", "{loc}`U 0.1` ist gebessert.")
    sphinx(edition, "collate")
    decided(edition)
    run = sphinx(edition, "publish", "-W", "-q")
    assert run.returncode == 2
    line = next(
        number
        for number, text in enumerate((edition / "texts/erster-brief.md").read_text().splitlines(), 1)
        if text.startswith(SECOND)
    )
    assert told(run)[0] == (
        f"texts/erster-brief.md:{line}: “U 0.2” has other words than in the last version, and the entry of 1.1"
        " is silent; restore them, or name {loc}`U 0.2` in commentary/changes.md"
    )
    change(edition / "commentary/changes.md", "{loc}`U 0.1`", "{loc}`U 0.1–3`")  # a range names what lies in it
    assert sphinx(edition, "publish", "-W", "-q").returncode == 2  # there is no 0.3
    change(edition / "commentary/changes.md", "{loc}`U 0.1–3`", "{loc}`U 0.1–2`")
    assert sphinx(edition, "publish", "-W", "-q").returncode == 0


def test_a_version_needs_an_entry_and_comes_once(edition: Path, sphinx) -> None:
    run = sphinx(edition, "publish", "-W", "-q")
    assert run.returncode == 2
    assert told(run)[0] == (
        "texts/published/erster-brief.tsv: version 1.0 is published already; choose a higher one than 1.0"
    )
    change(edition / "conf.py", 'release = "', 'release = "1.10" or "')
    run = sphinx(edition, "publish", "-W", "-q")
    assert run.returncode == 2
    assert told(run)[0] == (
        "commentary/changes.md: no heading has the version 1.10; write “## Version 1.10”, and below it what changes"
    )


def test_a_paragraph_that_is_put_in_takes_a_letter(edition: Path, sphinx) -> None:
    lines = (edition / "texts/erster-brief.md").read_text().splitlines()
    first = next(line for line in lines if line.startswith(FIRST))
    head, tail = first.split("Mit einem Löffel", 1)
    change(edition / "texts/erster-brief.md", first, f"{head.strip()}\n\n(u-0-1a)=\nMit einem Löffel{tail}")
    sphinx(edition, "collate")
    ledger = (edition / "texts/locators.tsv").read_text()
    assert re.findall(r"^U 0\.\S+", ledger, re.MULTILINE) == ["U 0.0", "U 0.1", "U 0.1a", "U 0.2", "U 0.nstar"]
    run = sphinx(edition, "html", "-W", "-q")
    assert run.stderr == ""
    assert 'id="p0-1a"' in (edition.parent / "out/html/texts/erster-brief.html").read_text()


@pytest.mark.parametrize(
    ("target", "where"),
    [
        ("u-0-1b", "stands after 0.1"),
        ("u-0-2a", "stands after 0.1"),
        ("u-0-1", "stands after 0.1"),
        ("u-3-1a", "stands in section 0"),
    ],
)
def test_a_target_that_cannot_be_is_told(edition: Path, sphinx, target: str, where: str) -> None:
    change(edition / "texts/erster-brief.md", SECOND, f"({target})=\n{SECOND}")
    run = sphinx(edition, "html", "-q")
    assert run.returncode == 2
    assert re.match(rf"texts/erster-brief\.md:\d+: the target \({target}\)= {where}; ", told(run)[0]), told(run)


def joined(edition: Path) -> None:
    """Make one paragraph of the two of the letter."""
    change(edition / "texts/erster-brief.md", f"\n\n{SECOND}", f" {SECOND}")


def retire(edition: Path, *rows: str) -> None:
    (edition / "texts/retired.tsv").write_text("\n".join(("locator\tleads to\treason", *rows, "")))


def test_a_locator_is_never_lost(edition: Path, sphinx) -> None:
    joined(edition)
    sphinx(edition, "collate")
    run = sphinx(edition, "html", "-q")
    assert run.returncode == 2
    number = history(edition).lines["U 0.2"]
    assert told(run)[0] == (
        f"texts/published/erster-brief.tsv:{number}: “U 0.2” was published with these words and is in no text any more;"
        " give its paragraph (u-0-2)= back, or say in texts/retired.tsv where it leads"
    )
    retire(edition, "U 0.2\tU 0.1\tEin Absatz.")
    run = sphinx(edition, "html", "-q")
    assert told(run)[0] == "commentary/notes/erster-brief.md:1: no paragraph “U 0.2”; it is retired: write U 0.1"
    change(edition / "commentary/notes/erster-brief.md", "U 0.2", "U 0.1")
    run = sphinx(edition, "html", "-q", "-W")
    assert (run.returncode, run.stderr) == (0, "")
    page = (edition.parent / "out/html/texts/erster-brief.html").read_text()
    assert re.search(r'id="p0-2"[^\n]*Turmuhr', page), "its address leads on"
    data = (edition.parent / "out/html/_static/addresses.js").read_text()
    assert json.loads(data.removeprefix("var addresses="))["retired"] == {"U 0.2": "U 0.1"}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("U 0.2", "the row has not the three columns; write locator, leads to, reason, parted by tabs"),
        ("U 0.2\tU 0.7\tWeg.", "“U 0.2” leads to “U 0.7”, which is in no text; name one that is"),
        ("U 0.2\tU 0.2\tWeg.", "“U 0.2” leads on to itself; name a locator that stands in a text"),
        ("U 0.9\tU 0.1\tWeg.", "“U 0.9” was never published; mend it, or take the row out"),
        ("U 0.1\tU 0.0\tWeg.", "“U 0.1” is retired and stands in a text; take the row out, or mend the text"),
    ],
)
def test_a_wrong_retirement_is_told_with_its_line(edition: Path, sphinx, row: str, fault: str) -> None:
    joined(edition)
    sphinx(edition, "collate")
    retire(edition, row)
    run = sphinx(edition, "html", "-q")
    assert run.returncode == 2
    assert f"texts/retired.tsv:2: {fault}" in told(run)


def test_a_number_is_skipped_only_where_it_is_retired(edition: Path, sphinx) -> None:
    change(edition / "texts/erster-brief.md", SECOND, f"(u-0-4)=\n{SECOND}")
    sphinx(edition, "collate")
    retire(edition, "U 0.2\tU 0.4\tNeu gezählt.")
    run = sphinx(edition, "html", "-q")
    assert run.returncode == 2
    assert any("“U 0.3” is skipped, and texts/retired.tsv does not retire it" in line for line in told(run))


def test_ways_of_retired_locators_end() -> None:
    retired = {"A 1": Retired("A 2", "", 2), "A 2": Retired("A 3", "", 3), "B 1": Retired("B 2", "", 4)}
    retired |= {"B 2": Retired("B 1", "", 5)}
    assert [end_of(locator, retired) for locator in ("A 1", "A 3", "B 1")] == ["A 3", "A 3", ""]


def test_withheld_words_are_in_no_version(edition: Path, sphinx) -> None:
    change(edition / "texts/erster-brief.md", "Der Küster sagt", "Der Küster sagte")
    change(edition / "witnesses/erster-brief.toml", '"free"', '"withheld"')
    sphinx(edition, "collate")
    decided(edition)
    run = sphinx(edition, "html", "-W", "-q", "-D", "variorum_rights=public")
    assert (run.returncode, run.stderr) == (0, "")
    data = (edition.parent / "out/html/_static/addresses.js").read_text()
    told = json.loads(data.removeprefix("var addresses="))
    assert (told["versions"], told["words"]) == ([["1.0", "2023-11-14"]], {})
    assert "Pinzette" not in (edition.parent / "out/html/_static/wordings.js").read_text()
