"""`POST /api/rooms/{code}/actions` reads what scripts and consoles send, and says what is wrong with it."""

import json

import pytest
from msgspec.structs import fields

from live.rules.commands import ACTIONS
from tests.web.edge import bearer, serving

SAID = {
    # whole and in part
    '{"do":"next"}': (200, None),
    '{"nothing":[1],"do":"next","else":{"a":1}}': (200, None),
    '{"do":"next","slide":"no-such","seconds":-1,"activity":"none"}': (200, None),
    '{"do":"goto","slide":2}': (200, None),
    '{"do":"goto","slide":"no-such"}': (422, "no-slide"),
    '{"do":"goto"}': (422, "no-slide"),
    '{"do":"goto","slide":null}': (422, "no-slide"),
    '{"do":"goto","slide":2.0}': (422, "bad"),
    '{"do":"start"}': (422, "unknown-activity"),
    '{"do":"start","activity":null}': (422, "unknown-activity"),
    '{"do":"add_time"}': (422, "no-activity"),
    '{"do":"close_in","seconds":5}': (422, "no-activity"),
    '{"do":"set_time","activity":"snakk"}': (422, "unknown-activity"),
    '{"do":"set_people"}': (422, "bad"),
    '{"do":"set_people","n":80}': (200, None),
    '{"do":"set_people","n":80.0}': (422, "bad"),
    '{"do":"page"}': (422, "no-activity"),
    '{"do":"show_as"}': (422, "no-activity"),
    '{"do":"ask"}': (422, "empty"),
    '{"do":"ask","question":"Hva?"}': (422, "unsupported"),
    '{"do":"ask","question":"Hva?","kind":"choice"}': (422, "bad"),
    '{"do":"ask","question":"Hva?","kind":"open","id":"mine"}': (200, None),
    '{"do":"add_answer"}': (422, "no-activity"),
    '{"do":"hide_answer"}': (422, "unknown-answer"),
    '{"do":"spotlight"}': (200, None),
    '{"do":"set_hold"}': (422, "no-activity"),
    '{"do":"set_chime"}': (422, "bad"),
    '{"do":"set_chime","on":true}': (200, None),
    '{"do":"set_chime","on":1}': (422, "bad"),
    '{"do":"make_theme","name":"Vei"}': (422, "nothing-to-group"),
    '{"do":"undo_grouping"}': (422, "nothing-to-group"),
    '{"do":"split_word"}': (422, "no-words"),
    '{"do":"merge_words","words":["ro","fred"]}': (422, "no-words"),
    '{"do":"keep_cloud"}': (422, "bad"),
    '{"do":"keep_cloud","high":4000,"places":{"ro":[1,1,1,0]}}': (422, "no-words"),
    '{"do":"keep_cloud","high":4000,"places":{"ro":[1,1,1]}}': (422, "bad"),
    '{"do":"rehearse","n":0}': (422, "rehearsal-size"),
    '{"do":"mute_newcomers"}': (422, "bad"),
    '{"do":"follow"}': (422, "unknown-theme"),
    '{"do":"promise"}': (422, "empty"),
    '{"do":"promise","n":1}': (422, "bad"),
    # of another type
    '{"do":"goto","slide":[2]}': (422, "bad"),
    '{"do":"goto","slide":true}': (422, "bad"),
    '{"do":"start","activity":7}': (422, "bad"),
    '{"do":"ask","options":null}': (422, "bad"),
    '{"do":"ask","options":[1,2]}': (422, "bad"),
    '{"do":"set_people","n":"80"}': (422, "bad"),
    '{"do":"set_hold","hold":1}': (422, "bad"),
    '{"do":"add_answer","heads":null}': (422, "bad"),
    '{"do":"next","if_step":"0"}': (422, "bad"),
    '{"do":"next","seconds":"5"}': (422, "bad"),
    '{"do":"blank","ids":"abc"}': (422, "bad"),
    '{"do":"nothing-we-know","seconds":"5"}': (422, "bad"),
    # with a name that is none
    '{"do":"nothing-we-know"}': (422, "unknown-action"),
    '{"do":"Next"}': (422, "unknown-action"),
    '{"do":""}': (422, "unknown-action"),
    '{"do":"answer","id":"a"}': (422, "unknown-action"),
    '{"do":null}': (422, "bad"),
    '{"do":["next"]}': (422, "bad"),
    '{"activity":"a"}': (422, "bad"),
    "{}": (422, "bad"),
    "[]": (422, "bad"),
    # at a step
    '{"do":"next","if_step":1}': (200, None),
    '{"do":"next","if_step":7}': (409, "conflict"),
}


@pytest.fixture
async def edge(tmp_path):
    async with serving(tmp_path) as edge:
        yield edge


def test_a_field_is_of_one_type_in_all_actions():
    """
    They are read together before it is known which action it is: of two types, one would be refused everywhere.
    """
    types: dict[str, set[str]] = {}
    for action in ACTIONS.values():
        for field in fields(action):
            types.setdefault(field.name, set()).add(str(field.type).replace(" | None", ""))
    assert {} == {name: found for name, found in types.items() if len(found) > 1}


@pytest.mark.parametrize("body", SAID)
async def test_what_is_said_to_an_action(edge, body):
    opened = await edge.open()
    response = await edge.post(
        f"/api/rooms/{opened.code}/actions", content=body, headers=bearer(opened.facilitator_key)
    )
    assert SAID[body] == (response.status_code, response.json().get("code"))


async def test_whoever_has_too_weak_a_link_hears_that_first(edge):
    """
    Only of what can't be read at all is the complaint the same for everybody.
    """
    opened = await edge.open()
    path = f"/api/rooms/{opened.code}"
    link = await edge.post(
        f"{path}/links", json={"right": "look", "name": "Ola"}, headers=bearer(opened.facilitator_key)
    )
    key = link.json()["url"].partition("#")[2]
    for body, code in (({"do": "goto"}, "rights"), ({"do": "nothing-we-know"}, "rights"), ({"do": 1}, "bad")):
        response = await edge.post(f"{path}/actions", content=json.dumps(body), headers=bearer(key))
        assert code == response.json()["code"], body
