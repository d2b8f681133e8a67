"""The parity report: every format has what the edition has, or a declared reason; any other difference is told."""

import re
import warnings
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from variorum.commands.build import build
from variorum.site.counting import PageReader, in_epub, in_pdf, in_tei, in_web
from variorum.site.publish import publish

ROOT = Path(__file__).parent.parent


def test_a_page_is_counted_by_its_parts() -> None:
    page = PageReader(
        '<h2 id="p1-0">A Heading<a class="headerlink" href="#x">7</a></h2>'
        '<p id="p1-1"><a class="locator" href="#p1-1">1.1</a>Two <span class="variant" id="v1">'
        '<span class="lemma">words</span><span class="reading" hidden>three more words</span></span>'
        '<sup class="call editors"><a role="doc-noteref" href="#note-1">1</a></sup>'
        '<span class="call source"><a role="doc-noteref" href="#note-s1">[1]</a></span>'
        ' <a class="mention" href="persons.html#a">Ada</a></p>'
        '<aside class="annotation editors">Not <a href="https://example.org">counted</a></aside>'
        '<aside class="annotation source"><a class="sign" role="doc-backlink" href="#c">[1]</a>'
        '<p id="p1-n1">A note.</p></aside>'
    )
    assert +page.figures == Counter(
        words=9, locators=3, headings=1, notes=1, calls=1, departures=1
    )  # A Heading, Two words 1 Ada, 1, A note
    assert [link.address for link in page.links] == ["persons.html#a", "https://example.org"]


@pytest.fixture
def built(forms: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an edition of many forms, in all formats."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.chdir(forms)
    out = forms.parent / "build"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of the libraries are no business of ours
        assert build(forms, out, ("html", "epub", "tei", "pdf"), "a5") == 0
    return out


def test_a_small_edition_in_every_format(built: Path, forms: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish(forms, built, {}) == 0
    page = (built / "site/parity.html").read_text(encoding="utf-8")
    row = re.search(r'<tr><th scope="row">Words of the text</th>(.*?)</tr>', page, re.DOTALL)[1]
    edition, *formats = re.findall(r"<td[^>]*>([\d–]+)", row)
    assert formats == [edition, edition, "–", edition, edition]
    row = re.search(r'<tr><th scope="row">Locators</th>(.*?)</tr>', page, re.DOTALL)[1]
    assert len(set(re.findall(r"<td[^>]*>(\d+)</td>", row))) == 1
    reasons = set(re.findall(r'href="#reason-(\d+)"', page))
    assert reasons == set(re.findall(r'<li id="reason-(\d+)"', page))
    assert "nothing has been counted" not in page
    with zipfile.ZipFile(built / "site/downloads/site.zip") as archive:
        assert archive.read("parity.html").decode() == page

    # a word, a note and a locator are lost on the way
    text = built / "html/texts/forms.html"
    html = text.read_text(encoding="utf-8")
    text.write_text(html.replace("Read slowly", "Read", 1), encoding="utf-8")
    tei = built / "tei/forms.xml"
    xml = tei.read_text(encoding="utf-8")
    tei.write_text(xml.replace('<note type="editors"', '<note type="other"', 1), encoding="utf-8")
    assert publish(forms, built, {}) == 2
    told = capsys.readouterr().err
    words = re.search(r"F in HTML: Words of the text: (\d+), expected (\d+)", told)
    assert int(words[1]) == int(words[2]) - 1
    notes = re.search(r"F in TEI: Editors’ notes: (\d+), expected (\d+)", told)
    assert int(notes[1]) == int(notes[2]) - 1
    assert told.count("expected") == 2


def test_the_edition_s_formats_have_what_it_has(site: Path, epub: Path, pdf: Path, domain) -> None:
    tei = ROOT / "_build/tei"
    documents: dict[str, list[str]] = {}
    for name, doc in domain["documents"].items():
        if doc.siglum:
            documents.setdefault(doc.witness, []).append(name)
    sigla = {witness: domain["documents"][names[0]].siglum for witness, names in documents.items()}
    places = in_pdf(pdf, sigla.values())
    for witness, names in documents.items():
        held = [domain["documents"][name] for name in names]
        wanted = {
            "words": sum(doc.length for doc in held),
            "locators": sum(len(doc.blocks) for doc in held),
            "headings": sum(block.heading for doc in held for block in doc.blocks),
            "notes": sum(call.series == "editors" for doc in held for call in doc.calls),
            "calls": sum(call.series == "source" for doc in held for call in doc.calls),
        }
        counted = {
            "web": in_web(site, names)[0],
            "epub": in_epub(epub, names)[0],
            "tei": in_tei(tei / f"{witness}.xml", sigla[witness]),
        }
        for kind, figures in counted.items():
            assert {name: figures[name] for name in wanted} == wanted, f"{witness} in {kind}"
        assert places[sigla[witness]]["locators"] == wanted["locators"], witness
