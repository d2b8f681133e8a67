"""The third net over the book: what LaTeX is given says of each text what was collated, and nothing else.

The file is read as TeX reads it, as far as Sphinx and our translator write TeX: every command and environment that may
stand in a text is listed here with what becomes of its arguments; any other is told.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx

from variorum.problems import Problem
from variorum.reporting import tell
from variorum.writing.proof import Written, proved_texts, written_problems

#: What becomes of the arguments of a command: ``-`` is left out, ``+`` is read; ``?`` stands in square brackets, and is
#: left out where it stands. Our own elements are left out whole.
COMMANDS = {
    # the editors': places, signs, notes, readings
    **dict.fromkeys(("EdAnchor", "EdSuppliedOpen", "EdSuppliedClose", "EdShortTitle"), "-"),
    **dict.fromkeys(("EdOwn", "EdBetweenCalls", "EdShortSection", "EdPart", "EdKicker"), "-"),
    **dict.fromkeys(("EdContentsEntry", "EdContentsAuthor"), "-"),
    "EdIn": "--",
    "EdInEnd": "-",
    "foreignlanguage": "-+",
    **dict.fromkeys(("EdColumns", "EdLast", "EdKeep", "EdGuide"), "-"),
    "EdTextLeaf": "------",
    **dict.fromkeys(("EdPageBreak", "EdVerseLine"), "--"),
    **dict.fromkeys(("EdCall", "EdSourceCall", "EdReading"), "---"),
    "EdFootNote": "----",
    **dict.fromkeys(("EdSeePicture", "label", "phantomsection", "detokenize", "hypertarget"), "-"),
    # words of the source
    **dict.fromkeys(("EdHoisted", "sphinxlineitem", "sphinxcaption", "textsuperscript", "textsubscript"), "+"),
    **dict.fromkeys(("chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph"), "+"),
    **dict.fromkeys(("sphinxstyleemphasis", "sphinxstylestrong", "sphinxcode", "sphinxupquote"), "+"),
    **dict.fromkeys(("sphinxcrossref", "sphinxtermref", "sphinxsamedocref"), "+"),
    **dict.fromkeys(("DUrole", "sphinxhref", "hyperlink"), "-+"),
    "hyperref": "?+",
    # layout
    "sphinxincludegraphics": "?-",
    **dict.fromkeys(("multicolumn", "sphinxmultirow"), "--+"),
    **dict.fromkeys(("sphinxcapstartof", "sphinxcolwidth", "sphinxtablestrut"), "-"),
    "item": "?",
    **dict.fromkeys(
        (
            *(
                "sphinxAtStartPar",
                "centering",
                "noindent",
                "clearpage",
                "cleardoublepage",
                "nopagebreak",
                "relax",
                "EdBreak",
                "EdTextsEnd",
            ),
            *("sphinxattablestart", "sphinxattableend", "sphinxatlongtablestart", "sphinxatlongtableend"),
            *("sphinxthistablewithglobalstyle", "sphinxthistablewithnovlinesstyle", "sphinxthistablewithcolwidths"),
            *("sphinxtoprule", "sphinxmidrule", "sphinxbottomrule", "sphinxhline", "sphinxtableatstartofbodyhook"),
            *(
                "sphinxtableafterendhook",
                "sphinxbeforeendvarwidth",
                "sphinxstyletheadfamily",
                "sphinxthecaptionisattop",
            ),
            *("sphinxaftertopcaption", "allowbreak", "linewidth", "endfirsthead", "endhead", "endfoot", "endlastfoot"),
            *("scriptsize", "footnotesize", "sphinxnorowcolor", "sphinxcapstart"),
        ),
        "",
    ),
}
#: Environments that may stand in a text, each with what becomes of its arguments.
ENVIRONMENTS = {
    **dict.fromkeys(("quote", "itemize", "description", "figure", "center", "savenotes", "sphinxlegend"), "?"),
    "sphinxuseclass": "-",
    "EdSourceNote": "---",
    "sphinxadmonition": "-+",
    "varwidth": "?-",
    **dict.fromkeys(("tabulary", "tabular", "tabularx"), "-?-"),
    "longtable": "?-",
}
#: Commands that stand for a character.
CHARACTERS = {
    "sphinxhyphen": "-",
    "textquotesingle": "'",
    "textasciigrave": "`",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbackslash": "\\",
    "textless": "<",
    "textgreater": ">",
    **{char: char for char in "$%&#_{}"},
    " ": " ",
    "par": "\n",
    "EdAfterColon": " ",
    "\\": "\n",
}
_TOKEN = re.compile(r"\\([A-Za-z@]+\*?)[ \t]*\n?|\\(.)|%[^\n]*\n?\s*|([{}])|(.)", re.DOTALL)
_BEGINS = r"\sphinxstepscope"
"""Stands before each document of the book."""
_ENDS = re.compile(r"\\renewcommand\{\\indexname\}|\\end\{document\}")
_NAME = re.compile(r"\\label\{\\detokenize\{([^{}]*)::doc\}\}")


class Reader:
    """Reads the part of a LaTeX file that is one document."""

    def __init__(self, tex: str) -> None:
        """Prepare to read."""
        self.tex = tex
        self.written = Written()
        self.at = 0
        self.place = ""
        self.last_place = ""

    def read(self) -> Written:
        """Read to the end."""
        while self.at < len(self.tex):
            self._group()
        return self.written

    def _group(self) -> None:
        """Read to the brace that closes a group, or to the end. The block that a heading's name begins ends there."""
        is_head = False
        while (match := _TOKEN.match(self.tex, self.at)) is not None:
            self.at = match.end()
            name, brace, char = match[1] or match[2], match[3], match[4]
            if brace == "}":
                break
            if brace == "{":
                self._group()
            elif name == "EdDestination":
                self._enter(self._argument().partition(".")[2])
                self._argument()
                is_head = True
            elif name:
                self._command(name)
            elif char:
                self._say(" " if char in "~&" else char)
        if is_head:
            self.place = ""

    def _command(self, name: str) -> None:
        """Read a command and its arguments."""
        if name in CHARACTERS:
            self._say(CHARACTERS[name])
        elif name == "EdLocator":
            self._argument()
            self._enter(self._argument())
            self._argument()
        elif name == "EdLocatorEnd":
            self._argument()
            self.place = ""
        elif name in {"begin", "end"}:
            self._environment(name, self._argument())
        elif name in COMMANDS:
            self._arguments(COMMANDS[name])
        else:
            self._say(f"\\{name}")

    def _environment(self, name: str, environment: str) -> None:
        """Begin or end an environment."""
        if environment.rstrip("*") not in ENVIRONMENTS:
            self._say(f"\\{name}{{{environment}}}")
        elif name == "begin":
            self._arguments(ENVIRONMENTS[environment.rstrip("*")])

    def _arguments(self, kinds: str) -> None:
        """Read or leave out the arguments that follow."""
        left_out = ""
        for kind in kinds:
            if kind == "?":
                self._option()
            elif kind == "-":
                left_out = self._argument()
            else:
                self._read_argument()
        if left_out == "ed-number":
            self._say(" ")  # the layout hangs it, and has taken the space behind it

    def _option(self) -> None:
        """Leave out an argument in square brackets, where there is one."""
        if self.tex.startswith("[", self.at):
            self.at = self._closing("[", "]")

    def _argument(self) -> str:
        """Leave out an argument in braces; return it."""
        start = self.at
        if not self.tex.startswith("{", self.at):
            return ""
        self.at = self._closing("{", "}")
        return self.tex[start + 1 : self.at - 1]

    def _read_argument(self) -> None:
        """Read an argument in braces."""
        if self.tex.startswith("{", self.at):
            self.at += 1
            self._group()

    def _closing(self, opens: str, closes: str) -> int:
        """Return the offset behind the bracket that closes the one at hand."""
        depth = 0
        for match in re.compile(rf"\\.|[{re.escape(opens + closes)}{{}}]", re.DOTALL).finditer(self.tex, self.at):
            depth += (match[0] in {opens, "{"}) - (match[0] in {closes, "}"})
            if not depth:
                return match.end()
        return len(self.tex)

    def _enter(self, place: str) -> None:
        """Begin a block."""
        self.place = self.last_place = place
        self.written.add(place, "")

    def _say(self, characters: str) -> None:
        """Add characters to the block that is open, or to what stands beside."""
        if self.place:
            self.written.add(self.place, characters)
        else:
            self.written.add_beside(self.last_place, characters)


def documents(tex: str) -> Iterator[tuple[str, str]]:
    """Yield each document of a book with the part of the file that it takes up."""
    if end := _ENDS.search(tex):
        tex = tex[: end.start()]
    for part in tex.split(_BEGINS)[1:]:
        if name := _NAME.search(part):
            yield name[1], part


def check_books(app: Sphinx, exception: Exception | None) -> None:
    """Read every text in every book; a book that says anything else is taken away."""
    if exception or app.builder.format != "latex":
        return
    texts = dict(proved_texts(app.env))
    problems: list[Problem] = []
    for book in sorted(Path(app.outdir).glob("*.tex")):
        found: list[Problem] = []
        for name, part in documents(book.read_text(encoding="utf-8")):
            if name in texts:
                found += written_problems("the book", texts[name], f"{name}.md", Reader(part).read())
        if found:
            book.unlink()
        problems += found
    tell(problems)
