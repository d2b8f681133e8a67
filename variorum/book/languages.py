"""A text in another language than the edition's: its words are broken, and run, as that language asks for.

The notes at the foot of the page, which are the editors', stay in the language of the edition.
"""

from collections.abc import Iterable, Iterator

import uharfbuzz as hb
from docutils import nodes
from sphinx.addnodes import start_of_file
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import traverse_parent

from variorum.doctree import elements, put_after
from variorum.domain import edition
from variorum.fonts import FONTS
from variorum.i18n import direction, tag
from variorum.nodes import annotation
from variorum.problems import Problem
from variorum.reading.front import line_of_field
from variorum.writing.language import language_of

LISTS = (nodes.bullet_list, nodes.definition_list, nodes.block_quote, annotation)
"""What is set in from the side on which a line begins."""


def speak_languages(document: nodes.document) -> None:
    """Set the blocks of each text in its own language, where that is not the edition's."""
    said = spoken(document.settings.env)
    for start in elements(document, start_of_file):
        if language := said.get(start["docname"]):
            blocks = elements(start, nodes.paragraph, nodes.title, nodes.term)
            _speak([block for block in blocks if "place" in block and _document(block) is start], language)


def _document(block: nodes.Element) -> nodes.Element:
    """Return the document of the joined tree that a block came from."""
    return next(iter(traverse_parent(block, start_of_file)))


def _speak(blocks: Iterable[nodes.Element], language: str) -> None:
    """Switch to a language for the blocks of a text: around a paragraph or its list, and within a heading.

    The direction of a paragraph is fixed where it begins, and that of a list with the list.
    """
    around: dict[int, nodes.Element] = {}
    for block in blocks:
        lists = list(traverse_parent(block, (*LISTS, start_of_file)))
        while lists and isinstance(lists[-1], start_of_file):
            lists.pop()
        if lists:
            around[id(lists[-1])] = lists[-1]
        elif isinstance(block, nodes.paragraph):
            around[id(block)] = block
        else:
            block.insert(0, _raw(rf"\foreignlanguage{{ed-{language}}}{{"))
            block.append(_raw("}"))
    for block in around.values():
        block.parent.insert(block.parent.index(block), _raw(rf"\EdIn{{{language}}}{{{direction(language)}}}"))
        put_after(block, _raw(r"\EdInEnd{}"))


def spoken(env: BuildEnvironment) -> dict[str, str]:
    """Return the language of each text that has another than the edition's."""
    languages = {name: language_of(env, name) for name, _document in edition(env).texts()}
    return {name: said for name, said in languages.items() if said and said != tag(env.config.language)}


def commands(env: BuildEnvironment) -> Iterator[str]:
    """Yield the LaTeX that makes the languages of the texts known, each with its face where conf.py names one."""
    for language in sorted(set(spoken(env).values())):
        face = env.config.variorum_faces.get(language, "")
        yield rf"\EdProvideLanguage{{{language}}}{{{face}}}{{{direction(language)}}}"


def runs_from_the_right(env: BuildEnvironment) -> bool:
    """Tell whether a text is written from right to left."""
    return "rtl" in map(direction, spoken(env).values())


def face_problems(env: BuildEnvironment) -> Iterator[Problem]:
    """Yield the texts whose letters the face of the book lacks, where conf.py names no other for their language."""
    letters = set(hb.Face(hb.Blob.from_file_path(FONTS / "LibertinusSerif-Regular.otf")).unicodes)
    for name, language in spoken(env).items():
        words = "".join(edition(env).documents[name].words.values())
        lacking = sorted(letter for letter in set(words) if letter.isalpha() and ord(letter) not in letters)
        if lacking and language not in env.config.variorum_faces:
            path = env.doc2path(name)
            what = f"the face of the book lacks {' '.join(lacking[:8])}"
            remedy = f'name one that has them in conf.py: variorum_faces = {{"{language}": "…"}}'
            yield Problem(str(path.relative_to(env.srcdir)), line_of_field(path, "language"), "config", what, remedy)


def _raw(latex: str) -> nodes.raw:
    return nodes.raw("", latex, format="latex")
