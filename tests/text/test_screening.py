"""Which texts are flagged for the facilitator to read before the hall does, and which are not."""

import pytest

from live.text.screening import flags


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
    ],
)
def test_texts_are_flagged(text, found):
    assert found == flags(text)


def test_the_most_serious_flag_comes_first():
    assert ("id-number", "phone", "email", "name", "rude", "link") == flags(
        "www.x.no faen ordfører Hansen a@b.no 91234567 01019012345"
    )


def test_a_sign_that_is_not_seen_hides_nothing():
    assert flags("idiot") == flags("idi\u00adot") == flags("i\u200cdiot")
    assert flags("Ring 99 88 77 66") == flags("Ring 99 88\u2060 77 66")
