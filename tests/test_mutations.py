"""Whatever happens to an editor's files, the build is right or says where it is wrong: never a traceback.

Each seed spoils a small edition in one way: two thirds by accidents of a file, here, one third by what looks right at a
glance, in `spoiling`. ``MUTATIONS=3000 pytest tests/test_mutations.py``, as `make audit` has it, tries more.
"""

import os
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import spoiling

COUNT = int(os.environ.get("MUTATIONS", "200"))
FILES = ("*.md", "*.toml", "*.tsv", "*.bib", "witnesses/*.txt", "conf.py")
SIGNS = "{}[]()`*_#|\\\"'\t\0é\u200b\u202e@%$&<>~^=-:,.;0Aa\n"
MESSAGE = re.compile(r"^(?:(?:ERROR|WARNING|CRITICAL): )?[\w./ -]+\.(?:md|toml|tsv|bib|txt|py)(?::\d+)?: ")


def lines_of(text: str) -> list[str]:
    return text.splitlines(keepends=True) or [""]


def drop_line(text: str, chance: random.Random) -> str:
    lines = lines_of(text)
    del lines[chance.randrange(len(lines))]
    return "".join(lines)


def double_line(text: str, chance: random.Random) -> str:
    lines = lines_of(text)
    place = chance.randrange(len(lines))
    return "".join([*lines[:place], lines[place], *lines[place:]])


def swap_lines(text: str, chance: random.Random) -> str:
    lines = lines_of(text)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def drop_sign(text: str, chance: random.Random) -> str:
    place = chance.randrange(max(1, len(text)))
    return text[:place] + text[place + 1 :]


def put_sign(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(SIGNS) + text[place:]


def other_sign(text: str, chance: random.Random) -> str:
    place = chance.randrange(max(1, len(text)))
    return text[:place] + chance.choice(SIGNS) + text[place + 1 :]


def cut_off(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text) + 1)]


def other_value(text: str, chance: random.Random) -> str:
    """Put something of another kind where a value stands: behind ``=`` or ``:``."""
    values = list(re.finditer(r"(?<=[=:] )[^\n]+", text))
    if not values:
        return put_sign(text, chance)
    value = chance.choice(values)
    put = chance.choice(["5", "-1", "[]", "{}", '""', '" "', "[1, 2]", "true", '"2021-13-45"', '["", "x"]', "null"])
    return text[: value.start()] + put + text[value.end() :]


def misspelt_key(text: str, chance: random.Random) -> str:
    keys = list(re.finditer(r"^[ \t]*([a-z-]+)(?=\s*[=:])", text, re.MULTILINE))
    if not keys:
        return drop_sign(text, chance)
    key = chance.choice(keys)
    return text[: key.start(1)] + key[1] + "x" + text[key.end(1) :]


WAYS: tuple[Callable[[str, random.Random], str], ...] = (
    drop_line,
    double_line,
    swap_lines,
    drop_sign,
    put_sign,
    other_sign,
    cut_off,
    other_value,
    misspelt_key,
)


def spoil(folder: Path, seed: int) -> str:
    """Spoil one file of an edition; say which, and how."""
    chance = random.Random(seed)
    files = sorted({path for pattern in FILES for path in folder.rglob(pattern) if path.is_file()})
    path = chance.choice(files)
    way = chance.choice([*WAYS, None, None])
    if way is not None:
        text = path.read_text(encoding="utf-8")
        path.write_text(way(text, chance), encoding="utf-8", newline="")
        return f"{path.relative_to(folder)}: {way.__name__}"
    kind = chance.choice(["empty", "latin", "utf-16", "gone", "folder", "crlf", "bom"])
    raw = path.read_bytes()
    if kind == "empty":
        path.write_bytes(b"")
    elif kind == "latin":
        path.write_bytes(raw + b"\x92\xe9\n")
    elif kind == "utf-16":
        path.write_bytes(raw.decode().encode("utf-16"))
    elif kind == "crlf":
        path.write_bytes(raw.replace(b"\n", b"\r\n"))
    elif kind == "bom":
        path.write_bytes(b"\xef\xbb\xbf" + raw)
    else:
        path.unlink()
        if kind == "folder":
            path.mkdir()
    return f"{path.relative_to(folder)}: {kind}"


@pytest.mark.parametrize("seed", range(COUNT - COUNT // 3))
def test_a_spoilt_file_is_told_or_harmless(seed: int, specimen: Path, sphinx) -> None:
    done = spoil(specimen, seed)
    if done.startswith("conf.py"):
        pytest.skip("conf.py is Python: Sphinx itself tells what is wrong with it")
    run = sphinx(specimen, "dummy", "-W", "--keep-going", "-q")
    assert "Traceback" not in run.stderr, done
    if run.returncode:
        told = run.stderr.replace(f"{specimen}/", "").splitlines()
        assert [line for line in told if MESSAGE.match(line)], f"{done}\n{run.stderr}"


@pytest.mark.parametrize("seed", range(COUNT // 3))
def test_what_looks_right_at_a_glance_is_told_or_harmless(seed: int, specimen: Path, forms: Path, sphinx) -> None:
    folder = forms if seed % 2 else specimen
    done, is_wrong = spoiling.spoil(folder, seed)
    run = sphinx(folder, "dummy", "-W", "--keep-going", "-q")
    assert "Traceback" not in run.stderr, done
    assert run.returncode or not is_wrong, f"{done} is not told"
    if run.returncode:
        told = run.stderr.replace(f"{folder}/", "").splitlines()
        assert [line for line in told if MESSAGE.match(line)], f"{done}\n{run.stderr}"
