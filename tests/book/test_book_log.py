"""LuaLaTeX has nothing to say against the book."""

import re

#: Overfull lines that stand, by their width in points: the reason.
ALLOWED: dict[str, str] = {}


def test_no_overfull_line(log: str) -> None:
    found = {width for width in re.findall(r"Overfull \\[hv]box \(([\d.]+)pt", log) if float(width) > 1}
    assert found == set(ALLOWED)


def test_no_letter_missing(log: str) -> None:
    assert re.findall(r"Missing character.*", log) == []


def test_no_reference_dangles(log: str) -> None:
    assert re.findall(r"LaTeX Warning: .*(?:undefined|multiply|Rerun).*", log) == []


def test_patterns_are_ours(log: str) -> None:
    assert re.findall(r"(\w+): patterns (\S+) loaded", log) == [("british", "hyph-en-gb"), ("russian", "hyph-ru")]
