"""TEI: valid, of the same words as the edition, and the witness comes back from it alone."""

import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import tei_text

from variorum.text.alignment import edited_tokens
from variorum.text.folders import Folders
from variorum.text.witness import read_witness

ROOT = Path(__file__).parent.parent
NAMES = sorted(path.stem for path in (ROOT / "witnesses").glob("*.toml"))


@pytest.fixture(scope="module")
def tei() -> Path:
    """Return the folder of the built TEI files."""
    folder = ROOT / "_build/tei"
    if not folder.exists():
        pytest.fail("_build/tei is not built: run `make tei` first", pytrace=False)
    return folder


def test_valid(tei: Path) -> None:
    schema = ROOT / "_build/tei-schema/tei_all.rng"
    files = sorted(tei.glob("*.xml"))
    assert {path.stem for path in files} == {*NAMES, "edition"}
    done = subprocess.run(["jing", schema, *files], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0)


@pytest.mark.parametrize("name", NAMES)
def test_its_tokens_are_the_editions(domain, name: str, tei: Path) -> None:
    root = ET.parse(tei / f"{name}.xml").getroot()
    documents = read_witness(Folders(ROOT), name).documents()
    edited = [
        token.compared
        for document in documents
        for token in edited_tokens(domain["documents"][f"texts/{document}"].blocks)
    ]
    assert [token for token, _ in tei_text.compared(root, "lem")] == edited


@pytest.mark.parametrize("name", NAMES)
def test_the_witness_comes_back_from_it_alone(name: str, tei: Path) -> None:
    root = ET.parse(tei / f"{name}.xml").getroot()
    witness = read_witness(Folders(ROOT), name)
    tokens = [token.compared for document in witness.documents() for token in witness.tokens(document)]
    found = tei_text.compared(root, "rdg")
    assert len(found) == len(tokens)
    unlike = [
        (mine, token)
        for (mine, heading), token in zip(found, tokens, strict=True)
        if mine != token and not (heading and mine.casefold() == token.casefold())
    ]
    assert unlike == []


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_within_a_file_leads_somewhere(name: str, tei: Path) -> None:
    root = ET.parse(tei / f"{name}.xml").getroot()
    ids = {node.get(tei_text.XML_ID) for node in root.iter()}
    named = [node.get(key, "") for node in root.iter() for key in ("target", "ref", "wit", "ana", "resp", "edRef")]
    targets = {target for targets in named for target in targets.split()}
    assert {target for target in targets if target.startswith("#") and target[1:] not in ids} == set()


def test_every_locator_has_an_id(domain, tei: Path) -> None:
    for name in NAMES:
        ids = {node.get(tei_text.XML_ID) for node in ET.parse(tei / f"{name}.xml").getroot().iter()}
        wanted = {
            f"{doc.siglum}.{block.place}"
            for doc in domain["documents"].values()
            if doc.witness == name
            for block in doc.blocks
        }
        assert wanted - ids == set()


def test_shared_words_are_linked_from_both_places(domain, tei: Path) -> None:
    found = domain["derived"]["quotations"]
    wanted = {
        tuple(place.locator.replace(" ", ".") for place in pair) for pairs in found.compared.values() for pair in pairs
    }
    assert wanted
    corpus = ET.parse(tei / "edition.xml").getroot()
    ids = {node.get(tei_text.XML_ID) for node in corpus.iter()}
    links = [link.get("target").replace("#", "") for link in corpus.iter(f"{tei_text.TEI}link")]
    assert {tuple(link.split()) for link in links} == wanted
    assert {end for link in links for end in link.split()} <= ids
