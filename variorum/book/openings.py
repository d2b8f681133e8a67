"""What opens a part, a text, or a piece of a text in the book: leaves, the contents' entries, running heads.

The words come from the root document's lists of contents and from the front matter.
"""

from docutils import nodes as base
from sphinx import addnodes
from sphinx.util import texescape

from variorum.config import folders
from variorum.doctree import elements, put_after
from variorum.i18n import _
from variorum.writing.contents import Text, parts, texts


def command(name: str, *arguments: str) -> base.raw:
    """Return a LaTeX command with its arguments, which are plain words."""
    escaped = "".join(f"{{{texescape.escape(argument, 'lualatex')}}}" for argument in arguments)
    return base.raw("", f"\\{name}{escaped}", format="latex")


def open_parts(document: base.document) -> None:
    """Give each part a leaf of its own, where a book has more than one text; a text by itself has no parts."""
    env = document.settings.env
    starts = elements(document, addnodes.start_of_file)
    printed = {start["docname"] for start in starts}
    if len([text for text in texts(env) if text.document in printed]) < 2:  # noqa: PLR2004 - one text or several
        return
    opened: set[str] = set()
    captions = {name: part.caption for part in parts(env) for name in part.documents}
    for start in starts:
        caption = captions.get(start["docname"])
        if caption and caption not in opened:
            opened.add(caption)
            start.insert(0, command("EdPart", caption))


def open_texts(document: base.document) -> None:
    """Open each text with a half title, before its introduction where it has one, and both on right-hand pages."""
    env = document.settings.env
    named = {text.document: text for text in texts(env)}
    introduced = {text.introduction: text for text in named.values()}
    starts = [start for start in elements(document, addnodes.start_of_file) if "/" in start["docname"]]
    is_inside = False  # the entries of the contents stand below a text
    previous = ""
    for start in starts:
        name = start["docname"]
        if name in introduced:
            start[0:0] = [
                command("EdTextLeaf", *_leaf(introduced[name])),
                command("EdContentsEntry", _("Introduction")),
            ]
        elif name in named:
            text = named[name]
            opening = command("cleardoublepage")
            if not text.introduction or previous != text.introduction:
                opening = command("EdTextLeaf", *_leaf(text))
            kicker = command("EdKicker", *_kicker(text.siglum, text.author, text.date))
            start[0:0] = [opening, command("EdContentsEntry", _("Text")), kicker]
        elif is_inside and not folders(env).is_text(name):
            start.insert(0, command("EdTextsEnd"))
        is_inside = name in named or name in introduced or (is_inside and folders(env).is_text(name))
        previous = name


def _leaf(text: Text) -> tuple[str, ...]:
    told = [_("Copy-text: {}.").format(text.copy_text)]
    if text.translator:
        told.insert(0, _("Translator: {}.").format(text.translator))
    return text.siglum, text.author, text.title, text.date, " ".join(told), text.short_title


def _kicker(*words: str) -> tuple[str]:
    return (" · ".join(word for word in words if word),)


def open_pieces(document: base.document) -> None:
    """Say above each piece of a text whose it is and when it was written, and in the contents where authors differ.

    A piece by another hand than the one before has a page of its own.
    """
    env = document.settings.env
    whole = {text.document: text for text in texts(env)}
    before = ""
    for start in elements(document, addnodes.start_of_file):
        text = whole.get(start["docname"].rpartition("/")[0])
        if text is None:
            before = ""
            continue
        told = env.metadata.get(start["docname"], {})
        author = told.get("author", text.author)
        made = [command("EdKicker", *_kicker(author, told.get("date", "")))]
        if author != text.author:
            made.append(command("EdContentsAuthor", author))
        if before not in {"", author}:
            made.insert(0, command("clearpage"))
        start[0:0] = made
        before = author


def break_titles(document: base.document) -> None:
    """Let the title of a document break by its sense, behind a colon."""
    for start in elements(document, addnodes.start_of_file):
        title = next(start.findall(base.title), None)
        for text in elements(title, base.Text) if title is not None else ():
            first, colon, rest = text.partition(": ")
            if colon:
                text.parent.replace(text, [base.Text(f"{first}:"), command("EdAfterColon", ""), base.Text(rest)])


def head_pages(document: base.document) -> None:
    """Give each text and piece its short title as the running head."""
    env = document.settings.env
    where = folders(env)
    for start in elements(document, addnodes.start_of_file):
        short = env.metadata.get(start["docname"], {}).get("short-title")
        title = next(start.findall(base.title), None)
        if short and title is not None:
            is_piece = where.is_text(start["docname"]) and "/" in where.text_name(start["docname"])
            put_after(title, command("EdShortSection" if is_piece else "EdShortTitle", short))
