"""The seminar as a deck of 25 slides, made by two programs: every word of every slide is in the workshop."""

import re
from pathlib import Path

import pytest

from live.workshop import markdown
from tests.decks import seminar_deck
from tests.decks.decks import Converted, opened, words_of_deck, words_of_slide

IMPRESS = Path(__file__).parents[1] / "data" / "seminar_impress.pptx"
MADE = {"python-pptx": seminar_deck.make, "Impress": IMPRESS.read_bytes}


@pytest.fixture(scope="module", params=MADE)
def deck(request) -> bytes:
    return MADE[request.param]()


@pytest.fixture(scope="module")
def converted(deck) -> Converted:
    return Converted(deck, "nb")


def test_every_word_of_every_slide_is_in_the_workshop(deck, converted):
    said = words_of_deck(deck)
    assert 24 == len(said) == len(converted.slides)
    missing = {
        number: lost
        for (number, words), slide in zip(said.items(), converted.slides, strict=True)
        if (lost := words - words_of_slide(slide))
    }
    assert {} == missing


def test_what_is_written_is_a_workshop_without_a_fault(converted):
    """
    Only what the deck itself lacks is told: the film has no captions, and its poster no description.
    """
    lacks = ("A picture without words", "A film without `captions=`")
    assert len(converted.problems) <= len(lacks)
    assert all(problem.message.startswith(lacks) for problem in converted.problems)
    assert ("Nærdemokrati og samskaping", "nb") == (converted.workshop.title, converted.workshop.language)


def slide(converted: Converted, title: str, at: int = 0):
    return [one for one in converted.slides if one.title.startswith(title)][at]


def test_lists_keep_their_levels_numbers_and_presses(converted):
    assert "- Dagens situasjon:\n  - Fragmenterte former for dialog\n" in slide(converted, "Bakgrunn").body
    numbered = slide(converted, "Livskraftige sammen!").body
    assert [f"{n}." for n in range(1, 9)] == [line[:2] for line in numbered.split("\n") if line[:1].isdigit()]
    assert 5 == slide(converted, "Hvorfor skal vi styrke").steps


def test_columns_stand_side_by_side(converted):
    html = markdown.render(slide(converted, "Erfaringer med nærdemokrati").body, shown=None)
    assert (2, 1, 1) == (html.count("<section>"), html.count("<h3>Fordeler</h3>"), html.count("<h3>Utfordringer</h3>"))


def test_a_table_stays_one(converted):
    html = markdown.render(slide(converted, "Samskaping med innbyggere").body, shown=None)
    assert (5, 3) == (html.count("<tr>"), html.count('scope="col"') + 1)


def test_the_figure_is_read_by_column_and_its_fields_come_by_presses(converted):
    figure = slide(converted, "Typologi")
    fields = ["Likeverdig samskaping", "Styrt samskaping", "Fasiliterende samskaping", "Ansvarliggjørende samskaping"]
    places = [figure.body.index(field) for field in fields]
    assert sorted(places) == places
    assert 4 == figure.steps
    assert ["Oss selv som sentral aktør", "De andre som sentral aktør"] == re.findall(
        "^### (.*)", figure.body, re.MULTILINE
    )


def test_the_map_is_cut_as_it_is_shown_and_described(converted):
    map = slide(converted, "Stedskategorier")
    assert seminar_deck.MAP_ALT in map.body
    [name] = [name for name in converted.files if name.startswith("slide-3-")]
    shown = opened(converted.files[name])
    assert {(0, 0, 128)} == {shown.getpixel((x, 5))[:3] for x in (1, shown.width // 2, shown.width - 2)}  # no gold half


def test_the_film_lies_beside_and_its_poster_stands_on_the_slide(converted):
    film = slide(converted, "NÆRDEI")
    [name] = [name for name in converted.files if name.endswith(".mp4")]
    played = [one.attrs["src"] for one in film.activities if "src" in one.attrs]
    assert [name] == (played or re.findall(r"Film: (\S+)", film.notes))  # that of Impress holds no film
    assert "![" in film.body
    assert any(name in message for message in converted.told(21))


def test_the_poll_elsewhere_became_a_talk_and_a_question(converted):
    poll = slide(converted, "Hva er viktigst for dere")
    talk, ask = poll.activities
    assert (120, "Diskuter med sidemannen") == (talk.time_s, talk.instruction)
    assert (20, "Alle legger inn innspill. Det er mulig å legge inn flere svar.") == (ask.many, ask.instruction)
    assert all(step in poll.notes for step in seminar_deck.STEPS), "as they stood"
    assert seminar_deck.WAY in poll.notes
    assert "Menti" in converted.told(23)[0]


def test_the_hidden_slide_is_named(converted):
    assert ["Skjult i presentasjonen og ikke tatt med: Reserve: budsjett"] == converted.told(25)
    assert "budsjett" not in converted.text
