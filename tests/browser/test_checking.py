"""The quotation checker on the real edition: sentences of its texts, sentences that were altered, foreign ones."""

import re

import pytest

EACH = 30
QUICK = 300
"""Milliseconds that a sentence may take; the first also reads the texts."""
SENTENCE = re.compile(r"[A-Z][^.!?;:()\[\]…]{60,200}[.!?]")
WORD = re.compile(r"[^\W_]+")


def sampled(found):
    step = len(found) // EACH
    assert step > 0
    return found[: EACH * step : step]


@pytest.fixture(scope="module")
def sentences(domain):
    """Return sentences of all texts, each with the locator of its passage; some have words broken by a line's end."""
    found = []
    for doc in domain["documents"].values():
        for block in doc.blocks if doc.siglum else ():
            if block.calls or block.heading:
                continue
            place = f"{doc.siglum} {block.place}"
            found += [(words, place) for words in SENTENCE.findall(block.text)]
    return sampled(found)


@pytest.fixture
def check(visit, site_url):
    """Return a function that asks the page; it says what was found and how long that took."""
    page = visit(site_url + "check.html")
    page.evaluate("checkQuotation('a sentence to read the texts for')")
    asked = """([words, quick]) => {
        let found, took = Infinity;
        // other tests may hold the processor: a sentence is slow if it is slow three times
        for (let time = 0; time < 3 && took >= quick; time++) {
            const begun = performance.now();
            found = checkQuotation(words);
            took = performance.now() - begun;
        }
        return {...found, took};
    }"""

    def ask(words):
        return page.evaluate(asked, [words, QUICK])

    return ask


def places(found):
    return [passage["place"] for passage in found.get("passages", ())]


def test_true_sentences_are_found_exact_and_quickly(check, sentences):
    assert len(sentences) == EACH
    for words, place in sentences:
        broken = words.replace(" ", "\n", 1)
        found = check(f"“{broken}”")
        assert place in places(found), (place, words)
        assert found["differing"] == [], words
        assert found["took"] < QUICK


def test_altered_sentences_are_found_and_the_change_is_told(check, sentences):
    for number, (words, place) in enumerate(sentences):
        spans = [match.span() for match in WORD.finditer(words)]
        start, end = spans[len(spans) // 2]
        word = words[start:end]
        instead = ("", "xylophone", f"{word} xylophone")[number % 3]
        found = check(words[:start] + instead + words[end:])
        assert place in places(found), (place, words)
        told = [(one["yours"], one["edition"]) for one in found["differing"]]
        expected = ("xylophone", "") if number % 3 == 2 else (instead, word)
        # a word that stands twice side by side may be told at either place
        assert told in ([expected], [("xylophone", "")]), (told, words)
        assert found["took"] < QUICK


def test_foreign_sentences_are_not_found(check, root):
    found = []
    for path in sorted((root / "commentary").glob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not re.search(r"[‘’“”`{}|*<]", line):
                found += SENTENCE.findall(line)
    for words in sampled(found):
        answer = check(words)
        assert places(answer) == [], words
        assert answer["took"] < QUICK


def test_three_dots_stand_for_what_is_left_out(check, sentences):
    words, place = next((words, place) for words, place in sentences if len(WORD.findall(words)) > 20)
    parts = words.split()
    found = check(" ".join([*parts[:8], "…", *parts[-8:]]))
    assert place in places(found)
    assert found["differing"] == []


def test_the_witness_reading_is_told_from_a_mistake(check, domain):
    """A departure of one word, quoted as the witness has it."""
    asked = 0
    for doc in domain["documents"].values():
        blocks = {block.place: block for block in doc.blocks}
        for variant in doc.variants:
            text = blocks[variant["place"]].text
            lemma, reading = variant["lemma"], variant["reading"]
            plain = lemma.isalpha() and reading.isalpha() and lemma.lower() != reading.lower()
            if not plain or len(re.findall(rf"\b{lemma}\b", text)) != 1 or asked == EACH:
                continue
            start = re.search(rf"\b{lemma}\b", text).start()
            before, after = text[:start].split()[-7:], text[start + len(lemma) :].split()[:7]
            if len(before) + len(after) < 14:
                continue
            asked += 1
            found = check(" ".join([*before, reading, *after]))
            told = [one for one in found["differing"] if one["edition"] == lemma]
            assert told == [{"yours": reading, "edition": lemma, "witness": True}], (variant["place"], lemma)
    assert asked > EACH // 2


def test_the_page_from_a_disk_tells_passage_and_citation(visit, site, sentences):
    words, place = sentences[0]
    page = visit((site / "check.html").as_uri(), errors=True)  # a page from a disk may not preload its fonts
    page.locator("#check textarea").fill(words)
    page.locator("#check button").click()
    page.locator("#check .found a").first.wait_for()
    said = page.locator("#check .found").inner_text()
    assert place in said
    assert "Word for word." in said
    assert f"{place}, in Party and Class in Power" in said


def test_too_few_words_are_told(visit, site_url):
    page = visit(site_url + "check.html")
    page.locator("#check textarea").fill("two words")
    page.locator("#check button").click()
    assert "Four words at least are needed." in page.locator("#check .found").inner_text()
