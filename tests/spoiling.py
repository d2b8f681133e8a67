"""Ways to spoil an edition by what looks right at a glance: near names, impossible dates, rings, paths that lead out.

Each takes the folder of a small edition and a source of chance, spoils one file or two, and says what it did; it
returns nothing where the edition has nothing of the kind.
"""

import hashlib
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

Way = Callable[[Path, random.Random], str]


def files(folder: Path, *patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in folder.rglob(pattern) if path.is_file())


def said(path: Path, folder: Path, what: str) -> str:
    return f"{path.relative_to(folder)}: {what}"


def changed(
    folder: Path, chance: random.Random, patterns: Sequence[str], found: str, put: Callable[[re.Match[str]], str]
) -> str:
    """Put something else for one find of a regular expression in the files of some patterns."""
    places = [
        (path, match)
        for path in files(folder, *patterns)
        for match in re.finditer(found, path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    if not places:
        return ""
    path, match = chance.choice(places)
    new = put(match)
    path.write_text(match.string[: match.start()] + new + match.string[match.end() :], encoding="utf-8", newline="")
    return said(path, folder, f"“{match[0][:60]}” to “{new[:60]}”")


def added(folder: Path, chance: random.Random, patterns: Sequence[str], texts: Sequence[str]) -> str:
    """Put some lines between two paragraphs of a page or text, behind its front matter."""
    path = chance.choice(files(folder, *patterns))
    parts = path.read_text(encoding="utf-8").split("\n\n")
    text = chance.choice(texts)
    parts.insert(chance.randrange(1, len(parts) + 1), text)
    path.write_text("\n\n".join(parts), encoding="utf-8")
    return said(path, folder, f"“{text[:60]}” added")


PAGES = ("texts/*.md", "commentary/*.md", "notes/*.md")
KEY = r"(?<=\n)[a-z][a-z-]{2,}(?= = |: )"


def lines_between_files(folder: Path, chance: random.Random) -> str:
    one, other = chance.sample(files(folder, "*.md", "*.toml", "*.tsv", "*.bib"), 2)
    ours, theirs = (path.read_text(encoding="utf-8").split("\n") for path in (one, other))
    first, second = chance.randrange(len(ours)), chance.randrange(len(theirs))
    ours[first], theirs[second] = theirs[second], ours[first]
    one.write_text("\n".join(ours), encoding="utf-8")
    other.write_text("\n".join(theirs), encoding="utf-8")
    return said(one, folder, f"line {first + 1} exchanged with {other.relative_to(folder)}:{second + 1}")


def section_twice(folder: Path, chance: random.Random) -> str:
    found = r"^(?:#+ .*|\[[^\]]+\]|@\w+\{.*)\n(?:(?!#|\[|@).*\n)*"
    return changed(folder, chance, ("*.md", "*.toml", "*.bib"), found, lambda match: f"{match[0]}\n{match[0]}")


def bytes_in_the_middle(folder: Path, chance: random.Random) -> str:
    path = chance.choice(files(folder, "*.md", "*.toml", "*.tsv", "*.bib", "witnesses/*.txt"))
    raw = path.read_bytes()
    place = chance.randrange(len(raw) + 1)
    put = chance.choice([b"\xff", b"\x92", b"\xc3", b"\xe2\x80", b"\xed\xa0\x80", b"\xfe\xff", b"\x00\x41"])
    path.write_bytes(raw[:place] + put + raw[place:])
    return said(path, folder, f"{put!r} at byte {place}")


def near_key(folder: Path, chance: random.Random) -> str:
    def put(match: re.Match[str]) -> str:
        key = match[0]
        place = chance.randrange(len(key) - 1)
        twisted = key[:place] + key[place + 1] + key[place] + key[place + 2 :]
        return chance.choice(
            [twisted if twisted != key else f"{key}s", f"{key}s", key[:-1], key.replace("-", "_") + "_"]
        )

    return changed(folder, chance, ("witnesses/*.toml", "persons.toml", "bodies.toml", "texts/*.md"), KEY, put)


def impossible_date(folder: Path, chance: random.Random) -> str:
    dates = ["1921-02-30", "1921-13-01", "1921-00-00", "0000", "99999-01-01", "spring", "1921-3-8", "-44", "1921-06-31"]
    found = r"(?<=^when = \")[^\"]*|\b\d{4}(?:-\d\d){0,2}\b"
    return changed(folder, chance, ("*.toml", "*.bib"), found, lambda _match: chance.choice(dates))


def ring(folder: Path, chance: random.Random) -> str:
    rings = ["```{toctree}\n../index\n```", "```{include} introduction.md\n```", "```{toctree}\nintroduction\n```"]
    return added(folder, chance, ("commentary/introduction.md",), rings) if files(folder, "introduction.md") else ""


def ring_of_entries(folder: Path, chance: random.Random) -> str:
    def put(match: re.Match[str]) -> str:
        return f'{match[0]}see = ["{match[1]}"]\n'

    return changed(folder, chance, ("persons.toml", "bodies.toml"), r"^\[([a-z-]+)\]\n", put)


def note_in_note(folder: Path, chance: random.Random) -> str:
    def put(match: re.Match[str]) -> str:
        inner = chance.choice([match[1], "nowhere", "^inline note", "a b", ""])
        return f"{match[0]} See[^{inner}] and"

    return changed(folder, chance, ("*.md",), r"^\[\^([^\]]+)\]:", put)


def bracket_lost(folder: Path, chance: random.Random) -> str:
    return changed(
        folder, chance, ("*.md", "*.toml", "*.bib"), r"[\[\](){}`\"]", lambda match: chance.choice(["", match[0] * 2])
    )


def ragged_table(folder: Path, chance: random.Random) -> str:
    tables = [
        "| a | b |\n|---|---|\n| one |\n| one | two | three |",
        "| a | b |\n|---|\n| one | two |",
        "```{list-table}\n* - a\n  - b\n* - c\n```",
        '```{csv-table}\na,b\nc\n"d\n```',
        "```{eval-rst}\n=== ===\na   b\n===\n```",
    ]
    return added(folder, chance, PAGES, tables)


def misspelt_role(folder: Path, chance: random.Random) -> str:
    def put(match: re.Match[str]) -> str:
        name = match[1]
        return match[0].replace(name, chance.choice([f"{name}e", name[:-1] + "x", f"{name}:{name}"]), 1)

    return changed(folder, chance, ("*.md", "*.toml"), r"\{([a-z][a-z:-]+)\}(?=`| )", put)


def other_type(folder: Path, chance: random.Random) -> str:
    kinds = ["5", "5.5", "true", "[]", "{}", "[[]]", '["a", 5]', "1921-03-08", "inf", '""', '{a = "b"}', '"""\n"""']
    found = r"(?<=^)([a-z-]+) = [^\n]+$"
    return changed(folder, chance, ("*.toml",), found, lambda match: f"{match[1]} = {chance.choice(kinds)}")


def emptied_field(folder: Path, chance: random.Random) -> str:
    found = r"^  ([a-z]+) = [^\n]*?(,?)$"
    put = ["{}", "{ }", "{{}}", '""', "{~}", "{\\emph{}}", "{,}", "{and}"]
    return changed(folder, chance, ("*.bib",), found, lambda match: f"  {match[1]} = {chance.choice(put)}{match[2]}")


def path_that_leads_out(folder: Path, chance: random.Random) -> str:
    paths = ("../../../../../../etc/hostname", "/etc/hostname", "~/x.md", "file:///etc/hostname", "..", "\\\\x\\y")
    lines = [f"```{{include}} {path}\n```" for path in paths]
    lines += [f"![words]({path})" for path in paths]
    lines += [f"```{{figure}} {path}\nA legend.\n```" for path in paths]
    lines += [f"```{{literalinclude}} {path}\n```" for path in paths]
    return added(folder, chance, ("commentary/*.md",), lines)


def map_that_leads_out(folder: Path, chance: random.Random) -> str:
    names = ["../x", "/etc/hostname", "..", ".", "a\\b", "x\\u0000y", "specimen-1921/", " specimen-1921"]
    return changed(folder, chance, ("witnesses/*.toml",), r'(?<=to = ")[^"]*', lambda _match: chance.choice(names))


def huge_number(folder: Path, chance: random.Random) -> str:
    numbers = ["1" + "0" * 30, "-1" + "0" * 30, "9" * 5000, "0x7fffffffffffffff", "1e400", "00012", "1_000_000_000"]
    return changed(folder, chance, ("*.toml", "*.tsv", "*.md"), r"\b\d+\b", lambda _match: chance.choice(numbers))


def unseen_sign(folder: Path, chance: random.Random) -> str:
    signs = "\x07\x1b\x0c\x0b\x7f\x85\u2028\u2029\u202e\u2066\ufeff\ufffe\U000e0041\ue000\u0301"
    found = r"(?<=\w)(?=\w)"
    return changed(folder, chance, ("*.md", "*.toml", "*.tsv", "*.bib"), found, lambda _match: chance.choice(signs))


def alike_letter(folder: Path, chance: random.Random) -> str:
    alike = str.maketrans("aceopxyACEHKMOPTX", "асеорхуАСЕНКМОРТХ")
    found = r"[aceopxyACEHKMOPTX]"
    return changed(folder, chance, ("*.md", "*.toml", "*.tsv", "*.bib"), found, lambda match: match[0].translate(alike))


def nested_deep(folder: Path, chance: random.Random) -> str:
    lines = [
        ">" * 400 + " deep",
        "[" * 2000 + "deep" + "]" * 2000,
        "*" * 999 + "deep",
        "".join("  " * depth + "- a\n" for depth in range(150)),
        "(" * 5000,
        "`" * 3000,
        "{a}" * 1000 + "`b`",
        "![" * 500,
    ]
    return added(folder, chance, PAGES, lines)


def nested_data(folder: Path, chance: random.Random) -> str:
    values = [
        "[" * 2000 + "]" * 2000,
        "{a=" * 500 + "1" + "}" * 500,
        '"' + "x" * 100_000 + '"',
        "'" * 3 + "\n" * 9 + "'" * 3,
    ]
    return changed(folder, chance, ("*.toml",), r"(?<= = )[^\n]+$", lambda _match: chance.choice(values))


def front_matter(folder: Path, chance: random.Random) -> str:
    values = [
        "&a [*a]",
        "!!python/object/apply:os.getcwd []",
        "*nothing",
        "{a: {b: c}}",
        "|",
        ">-",
        "- a",
        "%",
        "@x",
        "~",
    ]
    values += ["'", '"', "2021-13-45", "1e999", "0o8", "!!binary x", "a: b", "? a", "\t", "{{ version }}", "<b>x</b>"]
    return changed(
        folder, chance, ("texts/*.md",), r"(?<=: )[^\n]+$(?=\n(?:[a-z-]+:|---))", lambda _match: chance.choice(values)
    )


def columns(folder: Path, chance: random.Random) -> str:
    return changed(folder, chance, ("*.tsv",), r"\t", lambda _match: chance.choice(["", "\t\t", " ", "\r", "\t\n"]))


def old_line_ends(folder: Path, chance: random.Random) -> str:
    path = chance.choice(files(folder, "*.md", "*.toml", "*.tsv", "*.bib", "witnesses/*.txt"))
    raw = path.read_bytes()
    ends = chance.choice([b"\r", b"\n\r", b"\r\r\n", b"\n\n", b"\x0b", b"\x85"])
    path.write_bytes(raw.replace(b"\n", ends, chance.choice([1, 2, -1])))
    return said(path, folder, f"line ends {ends!r}")


def another_witness(folder: Path, chance: random.Random) -> str:
    """Change a word of a witness and its digest: what stands in the text departs from it now."""
    (path, *_more) = chance.sample(files(folder, "witnesses/*.txt"), 1)
    text = path.read_text(encoding="utf-8")
    word = chance.choice(list(re.finditer(r"\b[a-z]{4,}\b", text)))
    text = text[: word.start()] + "zyzzyva" + text[word.end() :]
    map_path = path.with_suffix(".toml")
    told = map_path.read_text(encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    map_path.write_text(re.sub(r'(?<=sha256 = ")[^"]*', digest, told), encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    return said(path, folder, f"“{word[0]}” to “zyzzyva”")


WAYS: tuple[Way, ...] = (
    lines_between_files,
    section_twice,
    bytes_in_the_middle,
    near_key,
    impossible_date,
    ring,
    ring_of_entries,
    note_in_note,
    bracket_lost,
    ragged_table,
    misspelt_role,
    other_type,
    emptied_field,
    path_that_leads_out,
    map_that_leads_out,
    huge_number,
    unseen_sign,
    alike_letter,
    nested_deep,
    nested_data,
    front_matter,
    columns,
    old_line_ends,
    another_witness,
)
#: After these no right edition is possible.
WRONG = {near_key, ring, misspelt_role, path_that_leads_out, map_that_leads_out}


def spoil(folder: Path, seed: int) -> tuple[str, bool]:
    """Spoil an edition in one of these ways; return what was done, and whether it has to be told."""
    chance = random.Random(seed)
    done = ""
    while not done:
        way = chance.choice(WAYS)
        done = way(folder, chance)
    return f"{way.__name__}: {done}", way in WRONG
