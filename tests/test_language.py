"""The languages of the interface: complete catalogues, and each word of a German edition in German."""

import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "packaging"))
from backend import compile_catalogues  # noqa: E402
from messages import catalogues, extracted  # noqa: E402

QUIET = ("-q", "-W")


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    compile_catalogues()


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.parts[-3])
def test_a_catalogue_has_every_word_and_no_other(path: Path) -> None:
    catalogue, words = catalogues()[path], extracted()
    assert {message.id for message in catalogue} == {message.id for message in words}
    assert [message.id for message in catalogue if message.fuzzy or not message.string] == []


def test_a_german_edition_speaks_german(german: Path, sphinx) -> None:
    for builder in ("html", "epub", "latex"):
        run = sphinx(german, builder, *QUIET)
        assert (run.returncode, run.stderr) == (0, "")
    out = german.parent / "out"
    page = (out / "html/texts/erster-brief.html").read_text(encoding="utf-8")
    assert '<html lang="de"' in page
    assert "Zum Text springen" in page
    apparatus = (out / "html/commentary/apparatus/erster-brief.html").read_text(encoding="utf-8")
    assert all(
        word in apparatus for word in (">Stelle</th>", ">Ausgabe</th>", ">Zeuge</th>", ">Klasse und Begründung</th>")
    )
    assert "Genannt: " in (out / "html/commentary/werkzeuge.html").read_text(encoding="utf-8")
    (package,) = (out / "epub").glob("*.epub")
    with zipfile.ZipFile(package) as book:
        assert "<dc:language>de</dc:language>" in book.read("content.opf").decode()
        assert "Anmerkungen der Herausgeber" in book.read("texts/erster-brief.xhtml").decode()
    (tex,) = (out / "latex").glob("*.tex")
    assert "1. Januar" in tex.read_text(encoding="utf-8") or "14. November 2023" in tex.read_text(encoding="utf-8")


def test_two_languages_in_one_process(german: Path, specimen: Path, sphinx) -> None:
    """Sphinx keeps one translator a process; neither edition may speak the other's language."""
    for folder, words, skip in (
        (german, "Einen Fehler melden", "Report an error"),
        (specimen, "Report an error", "Fehler"),
    ):
        assert sphinx(folder, "html", *QUIET).returncode == 0
        page = (folder.parent / "out/html/index.html").read_text(encoding="utf-8")
        assert words in page
        assert skip not in page


def test_a_class_of_its_own_works_in_every_format(german: Path, sphinx) -> None:
    for builder in ("html", "epub", "latex"):
        assert sphinx(german, builder, *QUIET).returncode == 0
    out = german.parent / "out"
    text = (out / "html/texts/erster-brief.html").read_text(encoding="utf-8")
    assert '<span class="variant schreibung"' in text
    assert 'data-why="alte Schreibung"' in text
    apparatus = (out / "html/commentary/apparatus/erster-brief.html").read_text(encoding="utf-8")
    assert 'id="show-schreibung"' in apparatus
    styles = (out / "html/_static/classes.css").read_text(encoding="utf-8")
    assert ".filters:has(#show-schreibung:not(:checked)) ~ table .schreibung { display: none; }" in styles
    (package,) = (out / "epub").glob("*.epub")
    with zipfile.ZipFile(package) as book:
        assert 'class="variant schreibung"' in book.read("texts/erster-brief.xhtml").decode()
        assert "] Thurmuhr (schreibung)" in book.read("commentary/apparatus/erster-brief.xhtml").decode()
    (tex,) = (out / "latex").glob("*.tex")
    assert r"\EdReading{0.1}{Turmuhr}{Thurmuhr}" in tex.read_text(encoding="utf-8")


def test_the_list_of_classes_has_the_added_one_and_none_that_no_text_has(german: Path, sphinx) -> None:
    assert sphinx(german, "html", *QUIET).returncode == 0
    page = (german.parent / "out/html/commentary/einleitung.html").read_text(encoding="utf-8")
    assert re.findall(r"<dt>(.*?)</dt>", page) == ["Texterkennung", "Druck", "schreibung"]
    assert (
        "Der Zeuge schreibt <em>nach alter Art</em>. Im Text ausgezeichnet, am Fuß der Buchseite gedruckt und im"
        " Apparat verzeichnet." in page
    )


def test_a_list_of_classes_with_an_unknown_name_is_told(german: Path, sphinx) -> None:
    page = german / "commentary/einleitung.md"
    page.write_text(page.read_text("utf-8").replace("{classes}\nschreibung", "{classes}\nschreibungen"), "utf-8")
    run = sphinx(german, "html", "-q")
    assert run.returncode == 2
    assert "commentary/einleitung.md:9: “schreibungen” is no class of departure; write schreibung" in run.stderr


def test_a_text_in_another_language_says_so_and_the_editors_words_do_not(german: Path, sphinx) -> None:
    """The words are German still: what counts is what the markup says of them."""
    text = german / "texts/erster-brief.md"
    text.write_text(text.read_text(encoding="utf-8").replace("siglum: U", "siglum: U\nlanguage: he"), "utf-8")
    for builder in ("html", "epub"):
        run = sphinx(german, builder, *QUIET)
        assert (run.returncode, run.stderr) == (0, "")
    page = (german.parent / "out/html/texts/erster-brief.html").read_text(encoding="utf-8")
    assert '<p id="p0-1" lang="he" dir="rtl">' in page
    assert '<h1 id="p0-0" lang="he" dir="rtl">' in page
    assert re.search(r'class="locator"[^>]* lang="de" aria-label="U 0.1, ', page)
    assert re.search(r'role="doc-noteref" lang="de" aria-label="Anmerkung 1"', page)
    notes = page.partition("Anmerkungen der Herausgeber")[2]
    assert notes
    assert 'lang="he"' not in notes
    (package,) = (german.parent / "out/epub").glob("*.epub")
    with zipfile.ZipFile(package) as book:
        chapter = book.read("texts/erster-brief.xhtml").decode()
    assert re.search(r'<p [^>]*lang="he" xml:lang="he" dir="rtl"', chapter)


def said_in(folder: Path, language: str) -> None:
    """Give the text of the small edition a language of its own."""
    text = folder / "texts/forms.md"
    text.write_text(text.read_text(encoding="utf-8").replace("siglum: F", f"siglum: F\nlanguage: {language}"), "utf-8")


@pytest.mark.parametrize(("language", "way"), [("de", "ltr"), ("he", "rtl")])
def test_the_book_sets_a_text_in_its_language_and_the_notes_in_that_of_the_edition(
    language: str, way: str, forms: Path, sphinx
) -> None:
    said_in(forms, language)
    run = sphinx(forms, "latex", *QUIET)
    assert (run.returncode, run.stderr) == (0, "")
    tex = (forms.parent / "out/latex/Forms.tex").read_text(encoding="utf-8")
    assert rf"\EdProvideLanguage{{{language}}}{{}}{{{way}}}" in tex
    assert (r"\usepackage[bidi=basic,layout=lists]{babel}" in tex) == (way == "rtl")
    opened = tex.rindex(rf"\EdIn{{{language}}}{{{way}}}", 0, tex.index("The house is"))
    assert tex.index("The house is") < tex.index(r"\EdInEnd{}", opened)
    assert rf"\foreignlanguage{{ed-{language}}}" in tex[tex.index(r"\section{") :]
    assert tex.count(r"\EdIn{") == tex.count(r"\EdInEnd{}")
    introduction = tex[tex.index(r"\chapter{Introduction}") :]
    assert r"\EdIn{" not in introduction


def test_letters_that_the_face_of_the_book_lacks_are_told_and_another_face_is_used(forms: Path, sphinx) -> None:
    said_in(forms, "ar")
    witness, described = forms / "witnesses/forms.txt", forms / "witnesses/forms.toml"
    known = hashlib.sha256(witness.read_bytes()).hexdigest()
    for path in (forms / "texts/forms.md", forms / "texts/locators.tsv", witness):
        path.write_text(path.read_text(encoding="utf-8").replace("οἰκία", "بيت"), encoding="utf-8")
    changed = hashlib.sha256(witness.read_bytes()).hexdigest()
    described.write_text(described.read_text(encoding="utf-8").replace(known, changed), encoding="utf-8")
    run = sphinx(forms, "latex")
    assert run.returncode == 2
    told = "ERROR: texts/forms.md:3: the face of the book lacks ب ت ي; name one that has them in conf.py: "
    assert told + 'variorum_faces = {"ar": "…"}' in run.stderr
    conf = forms / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + 'variorum_faces = {"ar": "Amiri"}\n', encoding="utf-8")
    assert sphinx(forms, "latex").returncode == 0
    tex = (forms.parent / "out/latex/Forms.tex").read_text(encoding="utf-8")
    assert r"\EdProvideLanguage{ar}{Amiri}{rtl}" in tex


def test_a_new_edition_builds_in_its_language(tmp_path: Path, sphinx) -> None:
    folder = tmp_path / "it's new: “one”"
    command = [sys.executable, "-m", "variorum", "new", str(folder), "--title", 'A "new" edition', "--language", "de"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (run.returncode, run.stderr) == (0, "")
    for builder in ("html", "epub", "latex"):
        run = sphinx(folder, builder, *QUIET)
        assert (run.returncode, run.stderr) == (0, "")
    page = (tmp_path / "out/html/index.html").read_text(encoding="utf-8")
    assert "A &#34;new&#34; edition" in page
    assert "Einen Fehler melden" in page
    again = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (again.returncode, again.stderr) == (2, f"{folder} is not empty; name a folder that does not exist yet\n")
