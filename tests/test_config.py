"""The values of conf.py: what is wrong with them is told in one line each, before anything is read."""

from pathlib import Path

import pytest

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
