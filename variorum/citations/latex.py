"""The LaTeX of a bibliography's fields, turned into words that every format can print."""

import codecs
import re
from collections.abc import Iterator
from functools import cache

import latexcodec  # noqa: F401 - registers the codec “ulatex”
from pybtex.richtext import HRef, Tag, Text

#: Commands that say how their argument looks, and what becomes of it.
TAGS = {"emph": "em", "textit": "em", "mkbibemph": "em", "textbf": "strong", "mkbibbold": "strong"}
#: Commands whose argument is printed as it stands.
PLAIN = {
    "text",
    "textrm",
    "textup",
    "textnormal",
    "textsc",
    "mbox",
    "url",
    "nolinkurl",
    "path",
    "uppercase",
    "bibstring",
}
#: Commands that put their argument into quotation marks.
QUOTING = {"enquote", "mkbibquote"}
#: Commands without an argument, and the characters they stand for.
SIGNS = {
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textquoteleft": "‘",
    "textquoteright": "’",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textendash": "–",
    "textemdash": "—",
    "textdollar": "$",
    "guillemotleft": "«",
    "guillemotright": "»",
    "glqq": "„",
    "grqq": "“",
    "slash": "/",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "par": " ",
    "newline": " ",
    "noopsort": "",
}
_TOKEN = re.compile(
    r"\\(?P<command>[A-Za-z]+)\s*|\\(?P<escaped>.)|(?P<brace>[{}])|(?P<mathematics>\$)|(?P<words>[^\\{}$]+)"
)
#: Where an opening mark may stand: at the start, after a space, an opening bracket, a dash or another opening mark.
_BEFORE_OPENING = re.compile(r"(?:^|[\s(\[{“‘„«–—/-])$")


class UnreadableLatexError(ValueError):
    """LaTeX that no format can print; the message says what."""


@cache
def rich(latex: str) -> Text:
    r"""Return the words of a field, with emphasis and links.

    Accents, dashes and quotation marks become the characters that print, ``\emph{…}`` becomes emphasis, braces go.
    Raises UnreadableLatexError at a command that is not known and at mathematics.
    """
    decoded: str = codecs.decode(latex, "ulatex")  # type: ignore[call-overload]  # a codec from text to text
    tokens = list(_TOKEN.finditer(_marked(decoded)))
    parts, rest = _group(tokens, 0)
    if rest < len(tokens):
        message = "a closing brace without its opening one"
        raise UnreadableLatexError(message)
    return Text(*parts)


@cache
def plain(latex: str) -> str:
    """Return the words of a field without emphasis; raise UnreadableLatexError as `rich` does."""
    return str(rich(latex))


def _group(tokens: list[re.Match[str]], start: int) -> tuple[list[Text | str], int]:
    """Return what stands from token ``start`` to the end of its group, and the number of the token after that."""
    parts: list[Text | str] = []
    run = ""
    number = start
    while number < len(tokens):
        token = tokens[number]
        number += 1
        if token["words"]:
            run += token["words"]
        elif token["escaped"]:
            run += " " if token["escaped"] in ",;:! " else token["escaped"]
            if token["escaped"] in "\"'`^~=.":
                message = f"the accent “{token[0]}”, which has no single character"
                raise UnreadableLatexError(message)
        elif token["mathematics"]:
            message = "mathematics (“$”; write “\\$” for the sign)"
            raise UnreadableLatexError(message)
        elif token["brace"] == "{":
            inside, number = _group(tokens, number)
            parts += [run, *inside]
            run = ""
            _expect_closed(tokens, number)
            number += 1
        elif token["brace"] == "}":
            number -= 1
            break
        elif token["command"] in SIGNS:
            run += SIGNS[token["command"]]
        else:
            made, number = _command(token["command"], tokens, number)
            parts += [run, made]
            run = ""
    parts.append(run)
    return [part for part in parts if part], number


def _command(name: str, tokens: list[re.Match[str]], number: int) -> tuple[Text, int]:
    """Return what a command makes of the group or groups after it, and the number of the token after those."""
    if name == "href":
        address, number = _argument(name, tokens, number)
        words, number = _argument(name, tokens, number)
        return HRef(str(Text(*address)), *words), number
    if name not in {*TAGS, *PLAIN, *QUOTING}:
        message = f"the command “\\{name}”"
        raise UnreadableLatexError(message)
    argument, number = _argument(name, tokens, number)
    if name in TAGS:
        return Tag(TAGS[name], *argument), number
    if name in QUOTING:
        return Text("“", *argument, "”"), number
    return Text(*argument), number


def _argument(name: str, tokens: list[re.Match[str]], number: int) -> tuple[list[Text | str], int]:
    if number >= len(tokens) or tokens[number]["brace"] != "{":
        message = f"the command “\\{name}” without its braces"
        raise UnreadableLatexError(message)
    argument, number = _group(tokens, number + 1)
    _expect_closed(tokens, number)
    return argument, number + 1


def _expect_closed(tokens: list[re.Match[str]], number: int) -> None:
    if number >= len(tokens):
        message = "an opening brace without its closing one"
        raise UnreadableLatexError(message)


def _marked(decoded: str) -> str:
    """Return decoded LaTeX with the marks that print: apostrophes, and double marks for a quotation within a title.

    ``` `…' ``` and ``'…'`` are quotations. A mark that could close one or be an apostrophe (*workers'*) closes it if no
    later mark before the next opening one does. A mark behind a backslash is an accent, and stays.
    """
    quotations = dict(_quotations(decoded))
    closings = set(quotations.values())
    signs = []
    for offset, sign in enumerate(decoded):
        if sign == "~":
            signs.append("\N{NO-BREAK SPACE}")
        elif sign not in "`'" or decoded[:offset].endswith("\\"):
            signs.append(sign)
        elif offset in quotations:
            signs.append("“")
        elif offset in closings:
            signs.append("”")
        else:
            signs.append("‘" if sign == "`" else "’")
    return "".join(signs)


def _quotations(decoded: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the opening and of the closing mark of each quotation."""
    openings = []
    for mark in re.finditer(r"(?<!\\)[`']", decoded):
        before = decoded[: mark.start()].replace("{", "")
        after = decoded[mark.end() :].replace("{", "")[:1]
        if _BEFORE_OPENING.search(before) and after.strip():
            openings.append(mark.start())
    for number, opening in enumerate(openings):
        following = openings[number + 1] if number + 1 < len(openings) else len(decoded)
        candidates = [mark.start() for mark in re.finditer(r"(?<!\\)'(?!\w)", decoded[opening + 1 : following])]
        if candidates:
            yield opening, opening + 1 + candidates[-1]
