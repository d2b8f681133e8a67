"""The values of conf.py: what is wrong with them is told in one line each, before anything is read."""

from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parent.parent

WRONG = {
    "variorum_clases = {}": "“variorum_clases” is no value; write variorum_classes",
    "variorum_registers = ['persons']": "variorum_registers is ['persons']; write a table: {…}",
    "variorum_registers = {'places': {'onced': True}}": (
        "variorum_registers['places'] has “onced”, which is no field; use dated, holds, linked, other_names, unnamed"
    ),
    "variorum_registers = {'places': {'linked': 'always'}}": (
        "variorum_registers['places'] has 'always' for “linked”; write one of paragraph, document"
    ),
    "variorum_registers = {'Old places': {}}": (
        "variorum_registers has a row “Old places”; name it in lower-case letters, figures and hyphens"
    ),
    "variorum_classes = {'ocr': {}}": "variorum_classes['ocr'] has no “meaning”; write it",
    "variorum_classes = {'ocr': {'meaning': ''}}": "variorum_classes['ocr'] has '' for “meaning”; write words: “…”",
    "variorum_classes = {'ocr': 'of the machine'}": "variorum_classes['ocr'] is 'of the machine'; write a table: {…}",
    "variorum_folders = {'text': 'works'}": (
        "variorum_folders has “text”, which is no folder; use apparatus, commentary, texts, witnesses"
    ),
    "variorum_signs = {'star': 1}": "variorum_signs['star'] is 1; write words",
}


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_value_is_told_in_one_line(line: str, specimen: Path, sphinx) -> None:
    with (specimen / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(f"{line}\n")
    run = sphinx(specimen, "html", "-q")
    first, *rest = run.stderr.splitlines()
    assert (run.returncode, first) == (2, f"ERROR: conf.py: {WRONG[line]} [variorum.config]")
    assert rest == ["ERROR: 1 problem: no edition is built [variorum.edition]"]


PICTURE = 'html_theme_options = {"picture": "_static/card.png"}\nhtml_static_path = ["_static"]\n'


def test_a_picture_stands_for_the_edition_where_it_has_an_address(specimen: Path, sphinx) -> None:
    conf = specimen / "conf.py"
    said = conf.read_text(encoding="utf-8")
    (specimen / "_static").mkdir()
    (specimen / "_static/card.png").write_bytes((ROOT / "_static/card.png").read_bytes())
    shown = '<meta property="og:image" content="https://specimen.example/_static/card.png">'
    for address, number in (("https://specimen.example/", 1), ("", 0)):
        conf.write_text(f'{said}{PICTURE}html_baseurl = "{address}"\n', encoding="utf-8")
        assert sphinx(specimen, "html", "-q").returncode == 0
        page = (specimen.parent / "out/html/index.html").read_text(encoding="utf-8")
        assert (page.count(shown), page.count("og:image:width")) == (number, number)
    with Image.open(ROOT / "_static/card.png") as card:
        assert card.size == (1200, 630)
    assert (ROOT / "_static/card.png").stat().st_size < 60_000


def test_a_picture_that_is_missing_is_told(specimen: Path, sphinx) -> None:
    (specimen / "_static").mkdir()
    with (specimen / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(PICTURE)
    run = sphinx(specimen, "html", "-q")
    what = "html_theme_options names the picture “_static/card.png”, and the site has no such file"
    assert run.returncode == 2
    assert f"ERROR: conf.py: {what}; put it into a folder of html_static_path, or take the option out" in run.stderr
