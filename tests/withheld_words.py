"""Find runs of the words of withheld texts in the files of a build, archives opened and escapes read.

What may be there is computed from the sources, not listed: words that the editors quote in what they wrote, the
headings of the texts, and words that a text which is not withheld has too.
"""

import gzip
import re
import subprocess
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

RUN = 8
"""So many words in a row are no longer the lemma of a note."""
OWN = 6
"""Where the editors' words end beside a heading, a run takes in both: so many of its words stand in one of the two."""
#: Elements that part no words; any other begins new ones.
INLINE = r"</?(?:a|abbr|b|bdi|cite|del|em|hi|i|ins|mark|name|ref|q|s|small|span|strong|sub|sup|u)\b[^<>]*>"
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
#: Files that hold no words.
PICTURES = {".png", ".jpg", ".svg", ".otf", ".woff", ".woff2", ".ico", ".ttf"}


def words_of(text: str) -> list[str]:
    """Return words in small letters, without marks; one that is broken at the end of a line is one."""
    text = re.sub(r"(?<=[^\W\d_])[-\u00ad\u2010]\s*\n\s*(?=[a-z])", "", text).replace("\u00ad", "")
    return re.findall(r"[^\W\d_]+", re.sub(r"[’'ʼ]", "", text).lower())


def runs(words: list[str]) -> Iterator[str]:
    """Yield every run of so many words."""
    for start in range(len(words) - RUN + 1):
        yield " ".join(words[start : start + RUN])


def markup_removed(text: str) -> str:
    """Return what a page of HTML or XML says: its attributes too, since a description is one."""
    attributes = " \n\n ".join(re.findall(r'="([^"]{20,})"', text))
    plain = re.sub(INLINE, "", re.sub(r"<gap\b[^<>]*>", " withheld ", text))
    return unescape(unescape(re.sub(r"<[^<>]*>", " ", plain) + " \n\n " + attributes))


def tex_removed(text: str) -> str:
    """Return the words of a file for LuaLaTeX."""
    text = re.sub(r"\\(?:label|hypertarget|hyperlink|phantomsection|sphinxhref)\{[^{}]*\}", "", text)
    return re.sub(r"\\[A-Za-z@]+\*?|[{}~]", " ", text.replace("\\-", ""))


def strings_of(text: str) -> str:
    """Return what a script or JSON says, its escapes read."""
    text = ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\\n", "\n").replace('\\"', '"').replace("\\/", "/")


def sayings(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the words of a file under its name, and those of every file in it if it is an archive."""
    suffix = Path(name).suffix
    if suffix in PICTURES - {".svg"}:
        return
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from sayings(f"{name}/{inner}", archive.read(inner))
    elif suffix == ".gz":
        yield from sayings(name.removesuffix(".gz"), gzip.decompress(content))
    elif suffix == ".pdf":
        yield (
            name,
            subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode(),
        )
    else:
        text = content.decode("utf-8", "replace")
        if suffix in {".html", ".xhtml", ".xml", ".opf", ".ncx", ".svg"}:
            text = markup_removed(text)
        elif suffix in {".js", ".json", ".jsonld"}:
            text = markup_removed(strings_of(text))
        elif suffix == ".tex":
            text = tex_removed(text)
        yield name, text


def files_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the words of every file of a folder that is given to readers."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield from sayings(path.relative_to(folder).as_posix(), path.read_bytes())


class Sources:
    """The sources of an edition: what of their words a public build must not have, and what it may."""

    def __init__(self, root: Path) -> None:
        maps = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in root.glob("witnesses/*.toml")}
        hidden = {name for name, said in maps.items() if said["rights"]["status"] == "withheld"}
        texts = {name: list(self._texts(root, name)) for name in maps}
        witnesses = {name: (root / f"witnesses/{name}.txt").read_text("utf-8") for name in maps}
        self.withheld = {
            run for name in hidden for words in (*texts[name], witnesses[name]) for run in self._runs(words)
        }
        free = (words for name in maps.keys() - hidden for words in (*texts[name], witnesses[name]))
        headings = ["\n".join(re.findall(r"^#+ (.*)", "\n".join(texts[name]), re.MULTILINE)) for name in hidden]
        paths = [
            *root.glob("commentary/**/*.*"),
            *root.glob("*.md"),
            *root.glob("*.bib"),
            *root.glob("witnesses/*.toml"),
        ]
        editors = [_without_marks(path.read_text("utf-8")) for path in paths]
        fronts = [path.read_text("utf-8").partition("\n---\n")[0] for path in root.glob("texts/**/*.md")]
        self.editors = _joined([*editors, *fronts])
        self._allowed = _joined([*editors, *fronts, *headings, *free])
        streams = self._allowed.split("|")
        self._known = dict.fromkeys((run for stream in streams for run in runs(stream.split())), True)

    @staticmethod
    def _texts(root: Path, name: str) -> Iterator[str]:
        for path in (root / f"texts/{name}.md", *sorted((root / f"texts/{name}").glob("*.md"))):
            yield _without_marks(path.read_text("utf-8").partition("\n---\n")[2])
        for path in root.glob(f"texts/published/{name}.tsv"):
            for row in path.read_text("utf-8").splitlines():
                yield row.rpartition("\t")[2]  # the words; version and locator stand before them

    @staticmethod
    def _runs(words: str) -> Iterator[str]:
        yield from runs(words_of(words))

    def left(self, files: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
        """Return the runs of withheld words of each file that has any, those aside that may be there."""
        found: dict[str, list[str]] = {}
        for name, words in files:
            wrong = [run for run in runs(words_of(words)) if run in self.withheld and not self.may_stand(run)]
            if wrong:
                found[name] = wrong
        return found

    def may_stand(self, run: str) -> bool:
        """Tell whether the editors have a run, or most of it up to where a heading or name of theirs begins or ends."""
        if run not in self._known:
            words = run.split()
            parted = [(words[:at], words[at:]) for at in range(RUN + 1) if max(at, RUN - at) >= OWN]
            self._known[run] = any(self._has(first) and self._has(second) for first, second in parted)
        return self._known[run]

    def _has(self, words: list[str]) -> bool:
        return not words or f" {' '.join(words)} " in self._allowed

    def longest_quotation(self) -> int:
        """Return the number of words of the longest run that the editors quote of a withheld text."""
        longest = at = 0
        for stream in self.editors.split("|"):
            at = 0
            for run in runs(stream.split()):
                at = at + 1 if run in self.withheld else 0
                longest = max(longest, at + RUN - 1 if at else 0)
        return longest


def _without_marks(text: str) -> str:
    """Return a source of MyST without the labels of its notes, its roles and its targets."""
    return re.sub(r"\[\^[^\]]*\]|\{[a-z:]+\}`[^`]*`|^\([a-z0-9-]+\)=$", "", text, flags=re.MULTILINE)


def _joined(texts: Iterable[str]) -> str:
    return "".join(f"| {' '.join(words_of(text))} " for text in texts)
