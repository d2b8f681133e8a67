"""Thirty questions a reader may put to the search, and where the answer stands."""

import pytest

GOLDEN = {
    "cannon fodder": "C 1.19",
    "Green International": "C 4.n1",
    "Green Peasants International": "C 1.18",
    "semi-proletarians": "C 1.9",
    "landed proprietorship": "C 1.3",
    "urine of fascist soldiers": "C 2.7",
    "hard as a rock": "C 2.14",
    "neutralise": "C 2.9",
    "intelligentsia": "C 2.13",
    "those who are afraid of wolves": "C 2.15",
    '"will to power"': "C 2.17",
    "Vandervelde": "C 2.6",
    "labour aristocracy": "C 1.4",
    "wage-labourers": "C 1.7",
    "Hamburg Congress": "C 2.6",
    "geoff1954": "C 5.1",
    "united front": "C 2.11",
    "Émile": "C 2.6",
    "mediaeval laws": "C 2.7",
    "petty-bourgeois chauvinists": "C 1.4",
    "steering wheel": "C 2.4",
    "Farmers’ Government": "C 2.0",
    "Zarupa": "K 3.33",
    "one man management": "K 3.8",
    "decree Communism": "K 4.66",
    "Cornmunist": "K 3.10",
    "socialism in one country": "S 6.0",
    "permanent revolution": "S 3.6",
    "Kronstadt": "O 5.5",
    "Shlyapnikov Norway": "K 6.5",  # which writes Shliapnikov
}


@pytest.fixture(scope="module")
def finder(chromium, site_url):
    page = chromium.new_page()
    page.goto(site_url + "index.html")
    page.keyboard.press("/")
    page.locator("dialog input[type=search]").wait_for()
    yield page
    page.close()


@pytest.mark.parametrize("words", GOLDEN)
def test_golden(finder, words):
    place = GOLDEN[words]
    finder.locator("dialog input[value=text]").check()
    finder.locator("dialog input[type=search]").fill(words)
    first = finder.locator("dialog .hits a").filter(has_text=f"{place} ·")
    first.first.wait_for(timeout=5000)
    names = finder.locator("dialog .hits a").all_inner_texts()
    assert any(name.startswith(f"{place} ·") for name in names[:5]), names[:5]


def test_a_word_that_nowhere_stands_is_not_found(finder):
    finder.locator("dialog input[value='']").check()
    finder.locator("dialog input[type=search]").fill("Quetzalcoatl")
    finder.get_by_text("Nothing found").wait_for()
    finder.locator("dialog input[type=search]").fill("Stamboliski")
    finder.get_by_text("Nothing found").wait_for()
    finder.locator("dialog .offers").get_by_text("stamboliyski").wait_for()
    finder.locator("dialog input[type=search]").fill("decreeing Communism")
    finder.locator("dialog .offers").get_by_text("decree communism").wait_for()
