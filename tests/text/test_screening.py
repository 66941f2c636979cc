"""Which texts are flagged for the facilitator to read before the hall does, and which are not."""

import pytest

from live.text.screening import flags
from tests.effort import grows_with_its_size
from tests.text import labelled
from tests.text.labelled import HELD, LAST, LATER, TUNED

LONG = 6000  # characters; longer texts are refused before they are screened


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ordfører Hansen svarer aldri", ("name",)),
        ("Spør ordføreren. Han svarer", ()),
        ("ordfører svarer aldri", ()),
        ("Rektor på skolen må lytte", ()),
        ("Fru Berg på Torget 4", ("name",)),
        ("sjukepleiaren Åse var snill", ("name",)),
        ("Ring meg på 912 34 567", ("phone",)),
        ("Ring +47 91234567", ("phone",)),
        ("Ring 22 33 44 55 eller skriv", ("phone",)),
        ("Planen 2024–2025 og 2026 2027 kostet 12 000 000 kroner", ()),
        ("Kostet 1250000 kroner i 2024", ()),
        ("010190 12345 er fødselsnummeret", ("id-number",)),
        ("01019012345", ("id-number",)),
        ("Skriv til ola.nordmann@eksempel.no i dag", ("email",)),
        ("Dr. Berg sa det", ("name",)),
        ("Se https://eksempel.no/plan", ("link",)),
        ("se eksempel.no", ("link",)),
        ("Møtet var i dag.Nå går vi videre", ()),
        ("Dette er noe jævla tull", ("rude",)),
        ("Faenskap er ikke samme ord", ()),
        ("Drittsekk", ("rude",)),
        ("For en DRITSEKK", ("rude",)),
        ("Flere benker, bedre lys og trygg skolevei", ()),
        ("Kari svarer aldri", ("name",)),
        ("kari hansen svarer aldri", ("name",)),
        ("KARI SVARER ALDRI", ()),
        ("Stein og bjørk på Berg", ()),
        ("Stein Berg eier Berg", ("name",)),
        ("Edvard Griegs vei og Ingrid Bjerkås-huset", ()),
        ("Snakk med Anne-Lise", ("name",)),
        ("Mor har kreft", ("health",)),
        ("Flere plasser for folk med kreft. Mor har bil", ()),
        ("Har me råd? Jeg har ME", ("health",)),
        ("Kari har kreft", ("health", "name")),
        ("Ordføreren er blind for bygdene", ()),
        ("De er noen griser", ("rude",)),
        ("Det er griser på gården", ()),
        ("f**n, fæææl idi0t", ("rude",)),
        ("Trykk **R**, så vises resten", ()),
        ("kommune-idiot", ("rude",)),
        ("Kjerringa mot strømmen", ()),
    ],
)
def test_texts_are_flagged(text, found):
    assert found == flags(text)


def test_the_most_serious_flag_comes_first():
    assert ("id-number", "phone", "email", "health", "name", "rude", "link") == flags(
        "www.x.no faen jeg har kreft ordfører Hansen a@b.no 91234567 01019012345"
    )


def test_a_sign_that_is_not_seen_hides_nothing():
    assert flags("idiot") == flags("idi\u00adot") == flags("i\u200cdiot")
    assert flags("Ring 99 88 77 66") == flags("Ring 99 88\u2060 77 66")


@pytest.mark.parametrize(("part", "wrong"), [(TUNED, 0), (HELD, 0), (LATER, 0), (LAST, 1)])
def test_what_should_be_looked_at_is_mostly_found(part, wrong):
    """
    In answers labelled by hand: names, rude words and health, three of four; and hardly one without is pointed out.
    """
    answers = labelled.screened(part)
    found = {flag: labelled.found_share(answers, flag) for flag in ("name", "rude", "health")}
    assert {} == {flag: share for flag, share in found.items() if share < 0.75}
    assert wrong >= len(labelled.false_flags(answers))


@pytest.mark.parametrize("flag", ["phone", "email", "id-number"])
@pytest.mark.parametrize("half", [TUNED, HELD])
def test_every_number_and_address_is_found(half, flag):
    assert 1.0 == labelled.found_share(labelled.screened(half), flag)


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "*",
        "1*",
        "f*",
        "a ",
        "aa-",
        "de er ",
        "er de en ",
        "Kari Stein ",
        "jeg har ",
        "kreft ",
        "jeg har for kreft ",
    ],
)
def test_a_long_text_is_screened_in_time_that_grows_with_it(piece):
    assert grows_with_its_size(lambda n: flags((piece * n)[:n]), LONG)
