"""The search of the real edition: every name of its registers, absent words, misspelt ones, and the numbers told."""

import gzip
import re

import pytest

from variorum.web.passages import names_of

ABSENT = ["Vollmer", "Churchill", "zzzz", "Quetzalcoatl", "Garibaldi", "Hindenburg", "Eisenhower"]
MISSPELT = {
    "Krondstat": "kronstadt",
    "militarization of labor": "Militarisation of labour",
    "Stamboliski": "stamboliyski",
    "decreeing communism": "decree communism",
    "bureacracy": "bureaucracy",
    "dictatorship of the prolateriat": "dictatorship of the proletariat",
}
SPELT_OTHERWISE = {
    "Шляпников": "persons-shliapnikov",
    "Krestinski": "persons-krestinsky",
    "Ulyanov": "persons-lenin",
    "who was Medvedev?": "persons-medvedev",
    "What is the smychka": "glossary-bond",
    "VSNKh": "bodies-vsnkh",
}


@pytest.fixture(scope="module")
def seeker(chromium, site_url):
    page = chromium.new_page()
    page.goto(site_url + "search.html")
    page.wait_for_function("() => Boolean(variorum.search)")
    yield page
    page.close()


ALL = """found => [...found.entries, ...found.hits, ...found.otherwise]"""


def test_every_name_of_the_registers_leads_to_its_entry(seeker, domain):
    entries = domain["derived"]["named"].entries
    asked = [(name, f"#{register}-{key}") for (register, key), e in entries.items() for name in names_of(e)]
    assert len(asked) > 1000
    found = seeker.evaluate(
        f"""asked => asked.map(([name, anchor]) => {{
            const all = ({ALL})(variorum.search(name));
            return [name, anchor, all.findIndex(passage => passage.href.endsWith(anchor))];
        }})""",
        asked,
    )
    assert [row for row in found if not 0 <= row[2] < 5] == []
    first = sum(place == 0 for _name, _anchor, place in found)
    assert first >= 0.98 * len(found)  # the others share the name with one that comes first


@pytest.mark.parametrize("word", ABSENT)
def test_a_word_that_is_nowhere_finds_nothing(seeker, word):
    assert seeker.evaluate(f"word => ({ALL})(variorum.search(word)).length", word) == 0


@pytest.mark.parametrize("words", MISSPELT)
def test_what_is_near_is_offered(seeker, words):
    assert seeker.evaluate(f"words => ({ALL})(variorum.search(words)).length", words) == 0
    assert MISSPELT[words] in seeker.evaluate("words => variorum.near(words).map(offer => offer.text)", words)


@pytest.mark.parametrize("words", SPELT_OTHERWISE)
def test_an_entry_is_found_by_any_spelling(seeker, words):
    first = seeker.evaluate(f"words => ({ALL})(variorum.search(words))[0].href", words)
    assert first.partition("#")[2] == SPELT_OTHERWISE[words]


@pytest.mark.parametrize("phrase", ["All power to the Soviets", "dictatorship of the proletariat", "will to power"])
def test_a_phrase_is_one_however_its_marks_are_curved(seeker, phrase):
    number = "words => { const found = variorum.search(words); return found.entries.length + found.hits.length; }"
    numbers = [seeker.evaluate(number, marks.format(phrase)) for marks in ('"{}"', "“{}”", "„{}“", "«{}»", "‘{}’")]
    assert numbers[0] > 0
    assert numbers == [numbers[0]] * 5


@pytest.mark.parametrize("word", ["html", "stalin", "comintern", "hands", "kronstadt"])
def test_the_number_told_is_that_of_the_passages_that_have_the_word(seeker, word):
    told = seeker.evaluate("word => variorum.search(word).hits.length + variorum.search(word).entries.length", word)
    passages = seeker.evaluate("variorum.passages.map(p => [p.words, ...(p.names || []), ...(p.readings || [])])")
    pattern = re.compile(rf"(?<![^\W_]){word}(?![^\W_])", re.IGNORECASE)
    address = re.compile(r"\bhttps?://\S+|\S+\.[^\W\d_]{2,}/\S+")
    counted = sum(any(pattern.search(address.sub(" ", words)) for words in texts) for texts in passages)
    assert told == counted


@pytest.mark.parametrize(("asked", "place"), [("S 5", "S 5.0"), ("k3.14", "K 3.14"), ("O 5.5", "O 5.5")])
def test_a_locator_finds_its_place_alone(seeker, asked, place):
    found = seeker.evaluate(
        "asked => { const f = variorum.search(asked); return [f.place?.place, f.hits.length]; }", asked
    )
    assert found == [place, 0]


def test_texts_come_before_commentary_before_bibliography(seeker):
    kinds = seeker.evaluate("variorum.search('congress').hits.map(passage => passage.kind)")
    order = ["text", "entry", "commentary", "work"]
    assert kinds == sorted(kinds, key=order.index)
    assert set(kinds) == set(order)


def test_the_first_results_come_within_150_milliseconds(seeker):
    words = ["workers", "congress", "dictatorship of the proletariat", "Krondstat", "who was Medvedev?"]
    took = seeker.evaluate(
        """words => words.map(asked => {
            const times = [1, 2, 3].map(() => {
                const start = performance.now();
                variorum.search(asked);
                return performance.now() - start;
            });
            return Math.min(...times);  // other work on the machine slows some
        })""",
        words,
    )
    assert max(took) < 150


def test_the_same_answers_from_a_disk(chromium, site, seeker):
    page = chromium.new_page()
    page.goto((site / "search.html").as_uri())
    page.wait_for_function("() => Boolean(variorum.search)")
    for words in ("workers' opposition", "“All power to the Soviets”", "Шляпников", "S 5", "Krondstat", "rôle"):
        answers = f"""words => {{
            const found = variorum.search(words);
            return [found.place?.href, ...({ALL})(found).map(passage => passage.href)];
        }}"""
        assert page.evaluate(answers, words) == seeker.evaluate(answers, words)
    page.close()


def test_what_is_fetched_is_small(site):
    packed = [len(gzip.compress((site / "_static" / name).read_bytes())) for name in ("passages.js", "search.js")]
    assert sum(packed) <= 600_000
