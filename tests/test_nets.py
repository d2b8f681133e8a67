"""The three nets: nothing prints in a text but what is collated, when it is read, resolved and written."""

import re
from pathlib import Path

import pytest
from case_file import CASES, cases

from variorum.book.proof import Reader
from variorum.writing.markup import read_page

CONSTRUCTS = cases("unproved.txt")
HEAD = "---\nsiglum: F\nwitness: forms\ntitle: T\n---\n\n# A Miscellany\n\n"


def told(run, path: str) -> dict[int, list[str]]:
    """Return the messages of a run about a file, by line."""
    found: dict[int, list[str]] = {}
    for line, message in re.findall(
        rf"^ERROR: {re.escape(path)}:(\d+): (.*?)(?: \[[\w.]+\])?$", run.stderr, re.MULTILINE
    ):
        found.setdefault(int(line), []).append(message)
    return found


def test_what_would_print_uncollated_is_refused_with_its_line(forms: Path, sphinx, request) -> None:
    first_lines, text = [], HEAD
    for _name, words, _expected in CONSTRUCTS:
        first_lines.append(text.count("\n") + 1)
        text += f"{words}\n\n"
    (forms / "texts/forms.md").write_text(text, encoding="utf-8")
    run = sphinx(forms, "dummy", "-q")
    assert run.returncode != 0
    messages = told(run, "texts/forms.md")
    refused = {}
    for number, (name, words, _expected) in enumerate(CONSTRUCTS):
        lines = range(first_lines[number], first_lines[number] + words.count("\n") + 1)
        refused[name] = "\n".join(
            message for line in lines for message in messages.get(line, []) if "undeclared" not in message
        )
    if request.config.getoption("--regen"):
        written = [f"# {name}\n{words}\n.\n{refused[name]}\n" for name, words, _expected in CONSTRUCTS]
        (CASES / "unproved.txt").write_text("\n".join(written), encoding="utf-8")
    else:
        assert refused == {name: expected for name, _words, expected in CONSTRUCTS}
    assert [name for name, message in refused.items() if not message] == []


#: What an extension, a theme or a setting may do to a text after it was collated: lines of conf.py, and what is told.
CHANGED = """
from docutils import nodes

def setup(app):
    app.connect("doctree-resolved", change)

def change(app, doctree, docname):
    for block in doctree.findall(nodes.Element):
        if block.get("place") == "1.3" and isinstance(block, nodes.paragraph):
            {change}
"""
ADD_WORD = 'block[-1].append(nodes.Text(" ADDED"))'
ADD_CHARACTER = 'block[0].append(nodes.Text("\\u200b"))'
ADD_PARAGRAPH = 'block.parent.append(nodes.paragraph("", "ADDED"))'
LOSE_SPACE = "block.remove(block[1])"
LOSE_STANZA = "block.parent.remove(block)"
AS_COLLATED = "F 1.3 was collated as “make set in by spaces, twice.”, and {format} has "
CHANGES = [
    ("html", ADD_WORD, "F 1.3 was collated as “twice.”, and {format} has “twice. ADDED”"),
    ("html", ADD_CHARACTER, AS_COLLATED + "“make[U+200B] set in by spaces, twice.”"),
    ("html", ADD_PARAGRAPH, "{format} has “ADDED” after F 1.4, which stands in no paragraph"),
    ("html", LOSE_SPACE, AS_COLLATED + "“makeset in by spaces, twice.”"),
    ("html", LOSE_STANZA, "F 1.3 is not in {format}"),
    ("epub", ADD_WORD, "F 1.3 was collated as “twice.”, and {format} has “twice. ADDED”"),
    ("epub", LOSE_STANZA, "F 1.3 is not in {format}"),
    ("latex", ADD_WORD, "{format} has “ADDED” after F 1.3, which stands in no paragraph"),
    ("latex", ADD_CHARACTER, AS_COLLATED + "“make[U+200B] set in by spaces, twice.”"),
    ("latex", ADD_PARAGRAPH, "{format} has “ADDED” after F 1.3, which stands in no paragraph"),
    ("latex", LOSE_STANZA, "F 1.3 is not in {format}"),
]
FORMATS = {"html": "the web edition", "epub": "the ePub", "latex": "the book"}


@pytest.mark.parametrize(("builder", "change", "message"), CHANGES)
def test_what_is_written_must_be_what_was_collated(builder, change, message, forms: Path, sphinx) -> None:
    conf = forms / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + CHANGED.format(change=change), encoding="utf-8")
    run = sphinx(forms, builder, "-q")
    assert run.returncode != 0
    (problem,) = [line for lines in told(run, "texts/forms.md").values() for line in lines]
    assert problem.partition(";")[0] == message.format(format=FORMATS[builder])
    written = forms.parent / "out" / builder
    assert not [*written.glob("texts/forms.html"), *written.glob("*.epub"), *written.glob("*.tex")]


#: Marks made others once the text is collated, as an extension like smartquotes does.
CURLED = """
from docutils import nodes
from sphinx.transforms import SphinxTransform

class Curl(SphinxTransform):
    default_priority = 900

    def apply(self):
        for text in list(self.document.findall(nodes.Text)):
            if "'" in text:
                text.parent.replace(text, nodes.Text(text.replace("'", "\u2019")))

def setup(app):
    app.add_transform(Curl)
"""


@pytest.mark.parametrize("builder", ["html", "latex"])
def test_marks_that_are_rewritten_are_told(builder: str, forms: Path, sphinx) -> None:
    conf = forms / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + CURLED, encoding="utf-8")
    run = sphinx(forms, builder, "-q")
    assert run.returncode != 0
    (problem,) = told(run, "texts/forms.md")[73]
    what = "F 4.2 was collated as “miller's daughter.”, and the resolved text has “miller’s daughter.”"
    assert problem.partition(";")[0] == what


PAGES = {
    "a number of a list": "<ol><li></li></ol>",
    "an explanation": '<span title="ADDED"></span>',
    "an alternative text": '<img alt="ADDED" src="x.png">',
    "what a screen reader is told": '<span aria-label="ADDED"></span>',
    "words": "ADDED",
}


@pytest.mark.parametrize("added", PAGES)
def test_what_a_page_shows_or_speaks_is_read(added: str) -> None:
    page = f'<main><article><p id="p1-1"><a class="locator">1.1</a>Words. {{}}</p></article>{PAGES[added]}</main>'
    clean = read_page(page.format(""), "article", {"p1-1": "1.1"})
    assert (clean.blocks["1.1"].strip(), clean.beside) == ("Words.", [])
    assert read_page(page.format(PAGES[added]), "article", {"p1-1": "1.1"}).blocks["1.1"].strip() != "Words."


def test_the_book_s_own_commands_are_left_out_and_any_other_is_told() -> None:
    tex = (
        r"\begin{itemize}\item {} \sphinxAtStartPar\EdLocator{F}{1.1}{1.1}\label{\detokenize{a:p1-1}}%"
        "\n"
        r"One\sphinxhyphen{}two\EdCall{1}{a}{b}\EdFootNote{1}{a}{b}{A note {in} braces.} \sphinxstyleemphasis{three}"
        r"\EdLocatorEnd{}\end{itemize}\section{\EdDestination{F.2.0}{a}Head}\begin{enumerate}\frown"
    )
    written = Reader(tex).read()
    assert {place: words.strip() for place, words in written.blocks.items()} == {"1.1": "One-two three", "2.0": "Head"}
    assert [(place, words.strip()) for place, words in written.beside if words.strip()] == [
        ("2.0", r"\begin{enumerate}\frown")
    ]


def test_what_a_note_cannot_hold_at_the_foot_of_a_page_is_told(forms: Path, sphinx) -> None:
    notes = forms / "commentary/notes/forms.md"
    notes.write_text(notes.read_text(encoding="utf-8") + "\n    ```\n    code\n    ```\n", encoding="utf-8")
    run = sphinx(forms, "dummy", "-q")
    assert run.returncode != 0
    assert "a block of code cannot stand at the foot of a page" in run.stderr


def test_a_picture_that_the_book_cannot_set_is_told_in_every_format(forms: Path, sphinx) -> None:
    (forms / "commentary/mill.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    page = forms / "commentary/introduction.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n![a mill](mill.svg)\n", encoding="utf-8")
    run = sphinx(forms, "html", "-q")
    assert run.returncode != 0
    assert told(run, "commentary/introduction.md") == {
        5: [
            (
                "the book cannot set commentary/mill.svg; use a PNG or JPEG; "
                "or end its name in “.*”, and put a PDF beside it for the book"
            )
        ]
    }


def test_notes_within_notes_come_to_the_foot_behind_them(forms: Path, sphinx) -> None:
    assert sphinx(forms, "latex", "-q").returncode == 0
    tex = (forms.parent / "out/latex/Forms.tex").read_text(encoding="utf-8")
    order = [tex.index(words) for words in ("A mill wheel.", "Called from within a note.", "Two calls stand side")]
    assert order == sorted(order)
    assert r"}\EdBetweenCalls{}\EdCall{2}" in tex


def test_what_is_there_to_be_read_is_the_same_in_every_format(forms: Path, sphinx) -> None:
    for builder in ("html", "epub", "latex"):
        run = sphinx(forms, builder, "-W", "--keep-going", "-q")
        assert (run.returncode, run.stderr) == (0, ""), builder
    page = (forms.parent / "out/html/texts/forms.html").read_text(encoding="utf-8")
    assert '<span class="line indent-1">and he who fed it yesterday</span><br>' in page
    assert '<span class="line"><span class="line-number" aria-hidden="true">5</span>' in page
    assert page.count('aria-hidden="true">,</sup>') == 1
    xhtml = (forms.parent / "out/epub/texts/forms.xhtml").read_text(encoding="utf-8")
    assert '<span class="line indent-2">is fed to it in rain.</span></p>' in xhtml
    tex = (forms.parent / "out/latex/Forms.tex").read_text(encoding="utf-8")
    assert r"\EdVerseLine{1}{}and he who fed it yesterday\par" in tex
