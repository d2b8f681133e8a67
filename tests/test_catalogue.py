"""What catalogues gather: the list of all documents, BEACON, and what each page says of itself in JSON-LD."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from rdflib import RDF, SDO, Graph, Literal, URIRef

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own use

#: Pages that no document is written for.
OWN = {"404", "search", "report", "check", "cite", "parity"}
#: What an entity of each type has at least.
WANTED = {
    "Book": {"name", "editor", "version", "inLanguage"},
    "Chapter": {"name", "isPartOf", "inLanguage"},
    "Person": {"name"},
    "Organization": {"name"},
    "Event": {"name", "startDate"},
    "DefinedTerm": {"name"},
}
#: What each may have besides; schema.org says so of the type or of one that it is a kind of.
THING = {"alternateName", "description", "sameAs", "url"}
WORK = {"about", "author", "dateCreated", "datePublished", "license"}
ALLOWED = {
    "Book": THING | WORK,
    "Chapter": THING | WORK,
    "Person": THING | {"birthDate", "deathDate"},
    "Organization": THING | {"foundingDate", "dissolutionDate"},
    "Event": THING,
    "DefinedTerm": THING,
}
#: schema.org's own context says of these that they hold addresses.
CONTEXT = {"@vocab": str(SDO), **{name: {"@type": "@id"} for name in ("url", "sameAs", "license")}}
DATES = {"birthDate", "deathDate", "foundingDate", "dissolutionDate", "startDate", "dateCreated", "datePublished"}


def told(page: Path) -> dict:
    """Return what a page says of itself in JSON-LD."""
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.read_text(encoding="utf-8"))
    return json.loads(data)


def graph(page: Path) -> Graph:
    """Return its statements; the context stands in this file, so that nothing is fetched."""
    data = told(page)
    assert data["@context"] == "https://schema.org"
    return Graph().parse(data=json.dumps(data | {"@context": CONTEXT}), format="json-ld", publicID=page.as_uri())


def short(term: object) -> str:
    """Return the name of a term of schema.org; fail on one that it has not."""
    name = str(term).removeprefix(str(SDO))
    assert URIRef(f"{SDO}{name}") == term, term
    assert term in SDO, f"{name} is no word of schema.org"
    return name


def faults(statements: Graph) -> Iterator[str]:
    """Yield what is wrong with the statements of a page."""
    for subject in set(statements.subjects()):
        kinds = [short(kind) for kind in statements.objects(subject, RDF.type)]
        if len(kinds) != 1:
            yield f"{subject} has the types {kinds}"
            continue
        said = {short(p): o for p, o in statements.predicate_objects(subject) if p != RDF.type}
        lacking = WANTED[kinds[0]] - said.keys()
        foreign = said.keys() - WANTED[kinds[0]] - ALLOWED[kinds[0]]
        if lacking or foreign:
            yield f"{subject}, a {kinds[0]}, lacks {lacking} and has {foreign}"
        for name, value in said.items():
            is_address = name in {"url", "sameAs", "license"}
            if is_address and not (isinstance(value, URIRef) and re.match("https?:|file:", value)):
                yield f"{subject}: {name} is {value!r}"
            if name in DATES and not re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
                yield f"{subject}: {name} is {value!r}"
            if name == "name" and not (isinstance(value, Literal) and value.strip()):
                yield f"{subject}: its name is {value!r}"


@pytest.fixture
def identified(specimen: Path) -> Path:
    """Return the small edition, one of its persons identified."""
    persons = specimen / "commentary/persons.toml"
    words = persons.read_text(encoding="utf-8").replace('forms = ["Kollontai"]', 'forms = ["Kollontai"]\ngnd = "12-X"')
    persons.write_text(words.replace('"Kollontai, Alexandra"', '"Kollontai | Alexandra"'), encoding="utf-8")
    events = specimen / "commentary/events.toml"
    events.write_text('[fall]\nheadword = "Fall"\nwhen = "1921-03"\nlife = "It fell."\n', encoding="utf-8")
    page = "---\ndescription: What happened.\n---\n\n# Events\n\n```{register} events\n```\n"
    (specimen / "commentary/events.md").write_text(page, encoding="utf-8")
    index = specimen / "index.md"
    listed = index.read_text(encoding="utf-8").replace(
        "commentary/persons\n", "commentary/persons\ncommentary/events\n"
    )
    index.write_text(listed, encoding="utf-8")
    return specimen


def test_a_small_edition_in_json_ld(identified: Path, sphinx) -> None:
    run = sphinx(identified, "html")
    assert run.returncode == 0, run.stderr
    out = identified.parent / "out/html"
    for page in sorted(out.rglob("*.html")):
        if page.stem not in OWN:
            assert list(faults(graph(page))) == [], page
    person, other = told(out / "commentary/persons.html")["@graph"][1:]
    assert person["sameAs"] == ["https://d-nb.info/gnd/12-X"]
    assert (person["birthDate"], person["deathDate"]) == ("1872", "1952")
    assert "sameAs" not in other
    (event,) = told(out / "commentary/events.html")["@graph"][1:]
    assert (event["@type"], event["startDate"]) == ("Event", "1921-03")
    assert event["@id"] == "https://specimen.example/commentary/events.html#events-fall"


def test_what_is_no_schema_org_is_noticed() -> None:
    data = {"@context": CONTEXT, "@id": "x:a", "@type": "Event", "name": "Fall", "birthDate": "spring"}
    found = list(faults(Graph().parse(data=json.dumps(data), format="json-ld")))
    assert found == [
        "x:a, a Event, lacks {'startDate'} and has {'birthDate'}",
        "x:a: birthDate is rdflib.term.Literal('spring')",
    ]
    with pytest.raises(AssertionError, match="no word of schema"):
        list(faults(Graph().parse(data=json.dumps(data | {"@type": "Happening"}), format="json-ld")))


def test_beacon_of_the_identified_persons(identified: Path, sphinx) -> None:
    sphinx(identified, "html")
    folder = identified.parent / "out/html/beacon"
    assert [path.name for path in folder.iterdir()] == ["persons-gnd.txt"]
    head, _, links = (folder / "persons-gnd.txt").read_text(encoding="utf-8").partition("\n\n")
    assert head.splitlines()[0] == "#FORMAT: BEACON"
    fields = dict(re.fullmatch(r"#([A-Z]+): (.+)", line).groups() for line in head.splitlines())
    assert fields["TIMESTAMP"] == "2023-11-14"
    assert links == "12-X|Kollontai ¦ Alexandra|kollontai\n"
    identifier, _name, key = links.strip().split("|")
    assert fields["PREFIX"].replace("{ID}", identifier) == "https://d-nb.info/gnd/12-X"
    address, _, anchor = fields["TARGET"].replace("{ID}", key).partition("#")
    assert address == "https://specimen.example/commentary/persons.html"
    assert f'id="{anchor}"' in (folder.parent / "commentary/persons.html").read_text(encoding="utf-8")


def test_without_an_address_no_beacon_is_written_and_the_build_says_so(identified: Path, sphinx) -> None:
    run = sphinx(identified, "html", "-D", "html_baseurl=")
    assert run.returncode == 0, run.stderr
    assert not (identified.parent / "out/html/beacon").exists()
    assert run.stdout.count("no BEACON file is written") == 1
    listed = json.loads((identified.parent / "out/html/contents.json").read_text(encoding="utf-8"))
    assert all("address" not in document for document in listed["documents"])


def test_a_beacon_file_of_nobody_goes(identified: Path, sphinx) -> None:
    sphinx(identified, "html")
    persons = identified / "commentary/persons.toml"
    persons.write_text(persons.read_text(encoding="utf-8").replace('gnd = "12-X"\n', ""), encoding="utf-8")
    sphinx(identified, "html")
    assert list((identified.parent / "out/html/beacon").iterdir()) == []


def listed_in(site: Path) -> dict[str, dict]:
    """Return the documents of ``contents.json`` by path; each page and fragment that it names is there."""
    documents = json.loads((site / "contents.json").read_text(encoding="utf-8"))["documents"]
    for said in documents:
        page = (site / said["path"]).read_text(encoding="utf-8")
        assert said["title"] in unescape(re.search(r"<title>(.*?)</title>", page)[1]) or "siglum" in said
        ids = set(re.findall(r'\bid="([^"]+)"', page))
        assert {fragment[1:] for fragment in said.get("locators", {}).values()} <= ids, said["path"]
    return {said["path"]: said for said in documents}


def test_contents_of_a_small_edition(identified: Path, sphinx) -> None:
    sphinx(identified, "html")
    found = listed_in(identified.parent / "out/html")
    text = found["texts/specimen-1921.html"]
    assert text["title"] == "The Workers’ Opposition"
    assert (text["authors"], text["date"], text["siglum"]) == (["Alexandra Kollontai"], "1921", "X")
    assert text["address"] == "https://specimen.example/texts/specimen-1921.html"
    assert text["locators"]["X 2.n1"] == "#p2-n1"
    assert list(found)[:3] == ["index.html", "texts/specimen-1921.html", "commentary/introduction.html"]


def test_contents_have_every_document_and_locator(site: Path, domain) -> None:
    found = listed_in(site)
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert found.keys() == pages - {f"{name}.html" for name in OWN}
    for name, doc in domain["documents"].items():
        wanted = {f"{doc.siglum} {block.place}" for block in doc.blocks}
        assert wanted <= found[f"{name}.html"].get("locators", {}).keys(), name


def test_every_page_in_json_ld(site: Path) -> None:
    for page in sorted(site.rglob("*.html")):
        if page.stem not in OWN:
            assert list(faults(graph(page))) == [], page


def test_every_entry_of_the_registers_in_json_ld(site: Path, domain) -> None:
    for register in ("persons", "bodies", "events", "glossary"):
        entries = [entry for entry in domain["derived"]["named"].entries.values() if entry.register == register]
        said = told(site / f"commentary/{register}.html")["@graph"][1:]
        assert [item["@id"].partition("#")[2] for item in said] == [f"{register}-{entry.key}" for entry in entries]
        assert [len(item.get("sameAs", ())) for item in said] == [
            sum(bool(identifier) for identifier in (entry.wikidata, entry.viaf, entry.gnd)) for entry in entries
        ]
