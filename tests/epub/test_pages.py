"""The pages: links, notes, locators, apparatus, words, languages, and what is read aloud."""

import posixpath
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree as ET

from opened_book import TYPE, XHTML, Book
from playwright.sync_api import Browser, Page

from variorum.text.tokens import tokens

SHOWN = {"print", "supplied", "doubtful"}
LONGEST_NOTE = 5000  # characters that reading systems show in a pop-up (Kobo’s limit)
SAFE_ID = re.compile(r"[A-Za-z][\w-]*")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def texts(domain: Any) -> dict[str, Any]:
    return {f"{name}.xhtml": doc for name, doc in domain["documents"].items() if doc.siglum}


def words(element: ET.Element) -> str:
    """Return what an element says, without what the edition adds: locators, the editors' calls, marks, brackets."""
    classes = set(element.get("class", "").split())
    if classes & {"locator", "mark", "pagebreak", "sign"} or {"call", "editors"} <= classes:
        return ""
    said = (element.text or "") + "".join(words(child) + (child.tail or "") for child in element)
    if "call" in classes:
        return f" {bare(said)} "
    return said[1:-1] if {"variant", "supplied"} <= classes and said[:1] == "⟨" else said


def bare(sign: str) -> str:
    """Return a sign without its brackets: these may be ours, to tell the source's calls from the editors'."""
    return sign.strip("[()]")


def edited(block: Any) -> str:
    """Return the words of a block, its calls bare, and without the sign that stands before a note."""
    text = block.text
    for start, end in reversed(block.calls):
        text = f"{text[:start]} {bare(text[start:end])} {text[end:]}"
    return text.partition(" ")[2] if re.search(r"\.n\w+$", block.place) else text


def test_every_link_and_fragment_resolves(book: Book) -> None:
    ids = {name: set(book.by_id(name)) for name in book.pages}
    dead = []
    for name, page in book.pages.items():
        for element in page.iter():
            target = element.get("href") or element.get("src") or ""
            if not target or re.match(r"(https?|mailto):", target):
                continue
            path, fragment = urldefrag(target)
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else name
            if path not in book.files or (fragment and unquote(fragment) not in ids[path]):
                dead.append(f"{name}: {target}")
    assert dead == []


def test_ids_are_safe_and_unique(book: Book) -> None:
    for name, page in book.pages.items():
        ids = [element.get("id", "") for element in page.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), name
        assert [i for i in ids if not SAFE_ID.fullmatch(i)] == [], name


def test_no_link_stands_in_a_link(book: Book) -> None:
    for name, page in book.pages.items():
        assert [a for a in page.iter(f"{XHTML}a") if len(list(a.iter(f"{XHTML}a"))) > 1] == [], name


def test_notes_are_those_of_the_edition(book: Book, domain: Any) -> None:
    for name, doc in texts(domain).items():
        ids = book.by_id(name)
        notes = {note.get("id"): note for note in book.with_type(name, "footnote")}
        calls = book.with_class(name, "call")
        assert [call.get("id") for call in calls] == [called.anchor for called in doc.calls]
        for call, called in zip(calls, doc.calls, strict=True):
            assert called.series in call.get("class", "") or "orphan" in call.get("class", "")
            assert bare("".join(call.itertext())) == called.sign
            if "orphan" in call.get("class", ""):
                continue
            assert (call.get(TYPE), call.get("role")) == ("noteref", "doc-noteref")
            if call.get("href", "").startswith("#"):
                note = notes[call.get("href", "")[1:]]
                assert f"#{call.get('id')}" in {a.get("href") for a in note.iter(f"{XHTML}a")}
        for note in notes.values():
            assert note.get("role") == "doc-footnote"
            assert len("".join(note.itertext())) < LONGEST_NOTE
            back = next(note.iter(f"{XHTML}a"))
            assert (back.get(TYPE), back.get("role")) == ("backlink", "doc-backlink")
            assert back.get("href", "")[1:] in ids
        editors = [called for called in doc.calls if called.series == "editors"]
        sections = book.with_type(name, "endnotes")
        assert len(sections) == bool(editors)
        for section in sections:
            assert section.get("role") == "doc-endnotes"
            assert len([note for note in section.iter() if note.get(TYPE) == "footnote"]) == len(editors)


def test_the_two_series_of_notes_differ(book: Book, domain: Any) -> None:
    for name in texts(domain):
        for call in book.with_class(name, "call"):
            sign = "".join(call.itertext())
            assert ("editors" in call.get("class", "")) == sign.isdigit()


def test_locators_are_those_of_the_edition(book: Book, domain: Any) -> None:
    for name, doc in texts(domain).items():
        ids = book.by_id(name)
        shown = {}
        for element in ids.values():
            if element.tag == f"{XHTML}p":
                shown |= {element.get("id"): locator.text for locator in element if locator.get("class") == "locator"}
        assert not [element for element in ids.values() if element.get("aria-hidden")]
        assert {anchor for anchor, _ in doc.places.values()} <= set(ids)
        paragraphs = {
            anchor: f"{doc.siglum}\u00a0{place.replace('nstar2', 'n**').replace('nstar', 'n*')}"
            for place, (anchor, _) in doc.places.items()
            if not re.search(r"\.0\w*$|t$", place)
        }
        assert shown == paragraphs


def test_words_are_those_of_the_edited_text(book: Book, domain: Any) -> None:
    for name, doc in texts(domain).items():
        ids = book.by_id(name)
        for block in doc.blocks:
            anchor, _ = doc.places[block.place]
            found = [token.written for token in tokens(words(ids[anchor]))]
            assert found == [token.written for token in tokens(edited(block))], block.place


def test_nothing_but_the_edition_stands_in_a_text(book: Book, domain: Any) -> None:
    """Every word of a text's page is in a numbered block, or in what the editors supply."""
    for name, doc in texts(domain).items():
        anchors = {anchor for anchor, _ in doc.places.values()}
        loose: list[str] = []

        def walk(element: ET.Element, loose: list[str] = loose, anchors: set[str] = anchors) -> None:
            ours = {"annotations", "editorial"} & set(element.get("class", "").split())
            if ours or element.get("id") in anchors:
                return
            loose += [
                part.strip() for part in (element.text, *(child.tail for child in element)) if part and part.strip()
            ]
            for child in element:
                walk(child)

        walk(book.pages[name].find(f"{XHTML}body"))  # type: ignore[arg-type]
        assert loose == []


def test_apparatus_is_that_of_the_edition_and_linked_both_ways(book: Book, domain: Any) -> None:
    entries, listed = {}, 0
    for name in book.pages:
        for entry in (
            span for listing in book.with_class(name, "apparatus") for span in listing.findall(f"*/{XHTML}span")
        ):
            listed += 1
            entries |= {(name, entry.get("id")): entry} if entry.get("id") else {}
    assert listed == sum(len(doc.variants) for doc in texts(domain).values())
    for name, doc in texts(domain).items():
        ids = book.by_id(name)
        for variant in (variant for variant in doc.variants if variant["kind"] in SHOWN):
            (anchor,) = variant["ids"]
            (page,) = {page for page, entry in entries if entry == f"entry-{anchor}" and doc.witness in page}
            back = posixpath.relpath(name, posixpath.dirname(page))
            assert next(entries[page, f"entry-{anchor}"].iter(f"{XHTML}a")).get("href") == f"{back}#{anchor}"
            there = posixpath.relpath(page, posixpath.dirname(name))
            assert f"{there}#entry-{anchor}" in {a.get("href") for a in ids[anchor].iter(f"{XHTML}a")}


def test_supplied_words_stand_in_brackets(book: Book, domain: Any) -> None:
    for name, doc in texts(domain).items():
        count = sum(variant["kind"] == "supplied" for variant in doc.variants)
        page = "".join(book.pages[name].itertext())
        assert page.count("⟨") == page.count("⟩") == count


def test_languages_are_said_both_ways(book: Book) -> None:
    for name, page in book.pages.items():
        assert page.get("lang") == page.get(XML_LANG) == "en-GB", name
        for element in page.iter():
            assert element.get("lang") == element.get(XML_LANG), name
            assert "language-" not in element.get("class", ""), name


def test_index_leads_to_paragraphs_by_locator(book: Book) -> None:
    names = [name for name in book.pages if name != "nav.xhtml" and book.with_type(name, "index")]
    listings = [listing for name in names for listing in book.with_class(name, "general-index")]
    assert len(listings) == len(names) > 0
    links = [a for listing in listings for a in listing.iter(f"{XHTML}a") if "texts/" in a.get("href", "")]
    assert links
    for link in links:
        assert re.fullmatch(r"([A-Z]\s)?\d+(\.[\w*]+)+(–\w+)?", link.text or ""), link.text


def test_nothing_is_read_aloud_in_the_middle_of_a_sentence(
    book: Book, domain: Any, tmp_path: Path, chromium: Browser
) -> None:
    """What a browser hands to a screen reader of a text: its words, unbroken by locators and pages."""
    (tmp_path / "epub.css").write_bytes(book.files["epub.css"])
    tab = chromium.new_page()
    for name, doc in texts(domain).items():
        page = tmp_path / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_bytes(book.files[name])
        tab.goto(page.as_uri())
        heard = squeezed("".join(read_aloud(tab)))
        called = {call.place for call in doc.calls}
        quiet = [block for block in doc.blocks if block.place not in called and ".n" not in block.place]
        assert [block.place for block in quiet if squeezed(block.text) not in heard] == []
    tab.close()


def read_aloud(tab: Page) -> list[str]:
    """Return the texts of a page's accessibility tree, in order."""
    tree = tab.context.new_cdp_session(tab).send("Accessibility.getFullAXTree")["nodes"]
    nodes = {node["nodeId"]: node for node in tree}

    def below(node: dict[str, Any]) -> list[str]:
        if not node["ignored"] and node["role"]["value"] == "StaticText":
            return [node["name"]["value"]]
        return [said for child in node.get("childIds", ()) if child in nodes for said in below(nodes[child])]

    return below(tree[0])


def squeezed(text: str) -> str:
    """Return the text without white space, and without what links to the apparatus adds."""
    return re.sub(r"[\s⟨⟩°]+", "", text)
