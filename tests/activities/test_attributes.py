"""
Every attribute of every kind, and every key of the front matter, does what it is for, or is told to do nothing yet.

`DOES` says by what each shows itself; an attribute that is in no row there and in no warning fails.
"""

from collections.abc import Callable
from typing import Any

import pytest

from live import exports
from live.activities import KINDS, SCHEMAS
from live.activities.planned import PLANNED
from live.errors import Refused
from live.events import FilmsSet, PicturesSet
from live.room import Room
from live.room.route import route
from live.rules import SortAnswer
from live.rules.commands import DealCards
from live.views.answers import dealt
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Presence
from live.workshop.films import MediaFile
from live.workshop.pictures import Picture
from live.workshop.schema import META, META_WORKS, NORWEGIAN, Attr
from tests.meeting import JOIN, Meeting, answer_id
from tests.reading import parse

FRONT = "---\nformat: workshop/1\ntitle: Prøve\nlanguage: nb\n---\n\n"
BEFORE = ":::open{id=kilde}\nSkriv.\n:::\n\n:::open{id=andre}\nMer.\n:::\n\n:::group{id=grupper from=kilde}\n:::\n\n"
BEFORE += ":::group{id=samle from=andre}\n:::\n\n"
BODY = dict.fromkeys(("choice", "dots", "rank", "points", "grid", "pairwise", "statements"), "- A\n- B\n- C") | {
    "scale": "- A\n- B", "quiz": "- A {right}\n- B\n- C", "pin": "![Kart](kart.png)",
}  # fmt: skip
BODIES = {"cap": "- A {cost=4}\n- B {cost=6}"}
ANSWER: dict[str, dict[str, Any]] = {
    "choice": {"value": ["a"]}, "quiz": {"value": ["a"]}, "scale": {"value": {"a": 3}}, "dots": {"value": ["a"]},
    "number": {"value": 4}, "points": {"value": {"a": 4}}, "gradient": {"value": 4}, "rank": {"value": ["a"]},
    "consent": {"value": "object", "text": "Et svar"}, "grid": {"value": {"a": [10, 90]}}, "pin": {"value": [10, 990]},
    "support": {"value": {answer_id("andre"): 1}},
    "statements": {"value": {"a": 1}},
}  # fmt: skip


# What is written with any other attribute, so that nothing is warned about.
WITH = {"film": {"src": "src=a.mp4", "captions": "captions=a.vtt"}}


def text(kind: str, written: str, body: str | None = None) -> str:
    body = BODY.get(kind, "Gjør det.") if body is None else body
    before = BEFORE + (f":::{kind}{{id=før}}\n{body}\n:::\n\n" if "compare=før" in written else "")
    written = " ".join([written, *(more for key, more in WITH.get(kind, {}).items() if f"{key}=" not in written)])
    return f"{FRONT}## Først\n\n{before}---\n\n## Hva mener dere?\n\n:::{kind}{{{written}}}\n{body}\n:::\n"


def begun(kind: str, written: str, body: str | None = None) -> Meeting:
    """A meeting in which answers were gathered, and the activity is on."""
    meeting = Meeting(text(kind, written if "id=" in written else f"id=x {written}", body))
    for source in ("kilde", "andre"):
        meeting.act("start", activity=source)
        meeting.answer("p0", source, source, f"Svar på {source}")
        meeting.act("make_theme", activity=source, name=f"Om {source}", id=f"t-{source}", ids=[answer_id(source)])
    meeting.act("start", activity=meeting.room.workshop.slides[1].activities[0].id)
    return meeting


def views(meeting: Meeting) -> list[Any]:
    room = meeting.room
    return [phone_view(room), screen_view(room, Presence(), JOIN), console_view(room, Presence(), JOIN, warnings=[])]


def tried(do: Callable[[], object]) -> str:
    try:
        do()
    except Refused as refused:
        return refused.code
    return "taken"


def sent(meeting: Meeting, *numbers: int, **fields: Any) -> list[str]:
    kind = meeting.room.activity.written.kind
    if meeting.room.activity.deals:
        meeting.command(DealCards("p1", "x"))
    if pairs := meeting.room.activity.turns.pairs:
        fields = fields or {"value": list(pairs.before("p1"))}
    fields = fields or ANSWER.get(kind, {"text": "Et svar"})
    return [tried(lambda n=n: meeting.answer("p1", f"x{n}", "x", **fields)) for n in numbers]


def after_time(meeting: Meeting) -> object:
    meeting.wait(3)
    return meeting.room.activity.open if meeting.room.activity.takes_answers else phone_view(meeting.room)["deadline"]


def after_leaving(meeting: Meeting) -> bool:
    meeting.wait(60)
    tried(lambda: meeting.answer("p1", "x1", "x", "Hva nå?"))
    return meeting.room.answer(answer_id("x1")).late


def counted(meeting: Meeting) -> int:
    sent(meeting, 1)
    return meeting.room.activities["x"].counted


def people(meeting: Meeting) -> object:
    pairs = meeting.room.activity.turns.pairs
    usual = {"value": list(pairs.before("p1"))} if pairs else ANSWER.get(meeting.room.activity.written.kind)
    sent(meeting, 1, **(usual or {"text": "Et svar"}), heads=3)
    return meeting.room.activities["x"].tally.show()


def results(meeting: Meeting) -> object:
    sent(meeting, 1)
    shown = meeting.room.activity.results_visible
    return shown, len([stop for stop in route(meeting.room) if stop.slide == 2])


def compare(meeting: Meeting) -> None:
    meeting.answer("p1", "x1", "x", value=[one["id"] for one in dealt(meeting.room, "p1")["deal"]])


def sorting(meeting: Meeting) -> str:
    return tried(lambda: meeting.command(SortAnswer("p0", answer_id("kilde"), [])))


def told(meeting: Meeting) -> object:
    sent(meeting, 1)
    meeting.act("close")
    meeting.act("reveal")
    return screen_view(meeting.room, Presence(), JOIN)["results"]


def film(meeting: Meeting) -> dict[str, object]:
    files = {f"{name}.{ending}": MediaFile(name * 32, ending, 1) for name in "ab" for ending in ("mp4", "vtt")}
    meeting.room.apply(FilmsSet(at=0, films=files))
    return screen_view(meeting.room, Presence(), JOIN)["film"]


# attribute, or (kind, attribute): what is written, and what then is another than without it
DOES: dict[str | tuple[str, str], tuple[str, Callable[[Meeting], object]]] = {
    "id": ("id=y", lambda meeting: phone_view(meeting.room)["activity"]),
    "time": ("time=2s", after_time),
    "optional": ("optional", lambda meeting: [meeting.act("goto", slide=1), route(meeting.room)][1]),
    "question": ('question="Hva nå?"', lambda meeting: phone_view(meeting.room)["question"]),
    "reveal": ("reveal=live", results),
    "hold": ("hold", counted),
    "count": ("count=people", people),
    "many": ("many=2", lambda meeting: sent(meeting, 1, 2)),
    ("qa", "many"): ("many=1", lambda meeting: sent(meeting, 1, 2)),
    "open": ("open=meeting", lambda meeting: [meeting.act("goto", slide=1), after_leaving(meeting)][1]),
    "moderate": ("moderate", counted),
    "max": ("max=3", lambda meeting: sent(meeting, 1)),
    "pick": ("pick=2", lambda meeting: sent(meeting, 1, value=["a", "b"])),
    ("open", "compare"): ("compare=kilde", lambda meeting: meeting.act("close") and views(meeting)[1]["shape"]),
    ("choice", "compare"): ("compare=før", lambda meeting: meeting.act("close") and views(meeting)[1]["shape"]),
    ("scale", "compare"): ("compare=før", lambda meeting: meeting.act("close") and views(meeting)[1]["shape"]),
    "other": ("other", lambda meeting: sent(meeting, 1, value=["a"], text="Sykkel")),
    "shuffle": ("shuffle", lambda meeting: phone_view(meeting.room)["shuffle"]),
    "background": ("background", lambda meeting: [one.background for one in exports.take_snapshot(
        meeting.room, withheld=False, rehearsal=False).activities]),
    "turns": ("turns=2", lambda meeting: views(meeting)[0]["turns"]),
    "labels": ("labels=Lite|Mye", lambda meeting: phone_view(meeting.room)["labels"]),
    "min": ("min=0", lambda meeting: sent(meeting, 1, value={"a": 0})),
    ("scale", "max"): ("max=9", lambda meeting: sent(meeting, 1, value={"a": 9})),
    "dots": ("dots=1", lambda meeting: sent(meeting, 1, value=["a", "b"])),
    "per": ("per=2", lambda meeting: sent(meeting, 1, value={"a": 2})),
    ("dots", "from"): ("from=samle", lambda meeting: [one.text for one in meeting.room.activity.written.options]),
    ("number", "min"): ("min=2", lambda meeting: sent(meeting, 1, value=1)),
    ("number", "max"): ("max=3", lambda meeting: sent(meeting, 1, value=4)),
    ("points", "step"): ("step=3", lambda meeting: sent(meeting, 1, value={"a": 4})),
    "total": ("total=3", lambda meeting: sent(meeting, 1, value={"a": 4})),
    ("points", "from"): ("from=samle", lambda meeting: [one.text for one in meeting.room.activity.written.options]),
    "votes": ("votes=1", lambda meeting: [compare(meeting), dealt(meeting.room, "p1")][1]),
    "add": ("add", lambda meeting: sent(meeting, 1, text="Et svar")),
    ("statements", "moderate"): ("add moderate", lambda meeting: [sent(meeting, 1, text="Et svar"),
                                                  meeting.room.activities["x"].withheld]),
    ("statements", "many"): ("add many=1", lambda meeting: [*sent(meeting, 1), *sent(meeting, 2, text="Et svar")]),
    ("statements", "max"): ("add max=3", lambda meeting: sent(meeting, 1, text="Et svar")),
    "cap": ("cap=9", lambda meeting: sent(meeting, 1, value=["a"])),
    "step": ("step=5", lambda meeting: sent(meeting, 1, value=4)),
    "unit": ("unit=km", lambda meeting: phone_view(meeting.room)["unit"]),
    "right": ("right=7", told),
    ("gradient", "labels"): ("labels=a|b|c|d|e|f|g|h", lambda meeting: phone_view(meeting.room)["says"]),
    "x": ("x=Lett|Tungt", lambda meeting: phone_view(meeting.room)["says"]["left"]),
    "y": ("y=Lett|Tungt", lambda meeting: phone_view(meeting.room)["says"]["low"]),
    "top": ("top=1", lambda meeting: sent(meeting, 1, value=["a", "b"])),
    "points": ("points=5", told),
    "speed": ("speed time=2s", told),
    "board": ("board=off", told),
    "teams": ("teams=A|B", told),
    "names": ("names", lambda meeting: phone_view(meeting.room).get("names")),
    "explain": ("explain=Derfor.", told),
    ("rank", "from"): ("from=samle", lambda meeting: [one.text for one in meeting.room.activity.written.options]),
    ("support", "from"): ("from=andre", lambda meeting: [one.text for one in meeting.room.activity.written.options]),
    "deal": ("deal=1", lambda meeting: phone_view(meeting.room)["deal"]),
    ("group", "from"): ("from=kilde", lambda meeting: meeting.room.source_of("x").written.id),
    "by": ("by=all from=kilde", sorting),
    "src": ("src=b.mp4", lambda meeting: film(meeting)["src"]),
    "captions": ("captions=b.vtt", lambda meeting: film(meeting)["captions"]),
    "multi": ("multi from=kilde", lambda meeting: meeting.room.allows_several_themes("kilde")),
}  # fmt: skip
WITHOUT = {
    "by": "from=kilde",
    "multi": "from=kilde",
    "from": "from=grupper",
    "speed": "time=2s",
}  # what is written in its place
ATTRIBUTES = [(kind, key) for kind, one in KINDS.items() for key, attr in one.schema.attrs.items() if attr.works is None
              or (key == "reveal")]  # fmt: skip
IDLE = [(kind, key) for kind, one in KINDS.items() for key, attr in one.schema.attrs.items() if attr.works is not None]


@pytest.mark.parametrize(("kind", "key"), ATTRIBUTES)
def test_an_attribute_changes_what_people_see_or_may_do(kind, key):
    written, seen = DOES.get((kind, key)) or DOES[key]
    body = "" if key == "from" and kind not in ("group", "support") else BODIES.get(key)
    without = WITHOUT.get(key, "") if (kind, key) != ("group", "from") else ""
    without = "add" if written.startswith("add ") else without
    assert seen(begun(kind, written, body)) != seen(begun(kind, without, body))
    assert [] == parse(text(kind, f"id=x {written}" if key != "id" else written, body))[1]


def values(attr: Attr) -> list[str]:
    """Some values of *attr*, among them one that does nothing yet."""
    match attr.type:
        case "flag":
            return ["on", "off"]
        case "whole":
            return ["1", "2"]
        case "word":
            return list(attr.words)
        case "id":
            return ["kilde"]
    return ["a|b"]


@pytest.mark.parametrize(("kind", "key"), IDLE)
@pytest.mark.parametrize("language", ["en", "nb"])
def test_what_does_nothing_yet_is_told_with_its_line(kind, key, language):
    attr = KINDS[kind].schema.attrs[key]
    name = key if language == "en" else next((word for word, one in NORWEGIAN["attribute"].items() if one == key), key)
    told = {}
    for value in values(attr):
        written = text(kind, f"id=x {name}={value}")
        line = 1 + written[: written.index(f":::{kind}{{id=x")].count("\n")
        told[value] = [(problem.line, problem.message) for problem in parse(written)[1]]
        assert told[value] in ([], [(line, f"`{name}={value}` does nothing yet")])
    assert {value for value, found in told.items() if not found} == {
        {True: "on", False: "off"}.get(one, str(one)) if isinstance(one, bool) else str(one) for one in attr.works
    }


def test_a_value_that_does_nothing_changes_nothing():
    """Else its warning would be wrong: it is to leave `works` when it comes to do something."""
    for kind, key in IDLE:
        attr = KINDS[kind].schema.attrs[key]
        for value in values(attr):
            one, other = begun(kind, f"{key}={value}"), begun(kind, "")
            same = [[part for part in views(at)[:2] if part.pop("gate", None) or True] for at in (one, other)]
            if key != "reveal":
                assert same[0] == same[1], (kind, key, value)


def logo_on_the_screen(room: Room) -> object:
    room.apply(PicturesSet(at=0, pictures={"merke.png": Picture("f" * 32, 10, 10, 8, 9)}))
    return screen_view(room, Presence(), JOIN).get("logo")


FRONT_MATTER: dict[str, Callable[[Meeting], object]] = {
    "title": lambda meeting: phone_view(meeting.room)["title"],
    "subtitle": lambda meeting: screen_view(Meeting(meeting.room.workshop_text).room, Presence(), JOIN)["subtitle"],
    "organisation": lambda meeting: phone_view(meeting.room)["organisation"],
    "purpose": lambda meeting: phone_view(meeting.room)["purpose"],
    "owner": lambda meeting: phone_view(meeting.room)["owner"],
    "contact": lambda meeting: phone_view(meeting.room)["contact"],
    "report-by": lambda meeting: phone_view(meeting.room)["report_by"],
    "ladder": lambda meeting: phone_view(Meeting(meeting.room.workshop_text).room)["expect"],
    "language": lambda meeting: phone_view(meeting.room)["language"],
    "delete-after": lambda meeting: meeting.room.delete_at,
    "theme": lambda meeting: meeting.room.workshop.accent,
    "logo": lambda meeting: logo_on_the_screen(meeting.room),
    "identity": lambda meeting: phone_view(meeting.room).get("names"),
    "date": lambda meeting: b'"date": "2027-05-17"' in exports.export(meeting.room, "json"),
}
VALUES = {"language": "en", "delete-after": "3", "date": "2027-05-17", "report-by": "2027-05-17", "code": "25054015",
          "identity": "named", "theme": "#0b4f47", "logo": "merke.png"}  # fmt: skip


def with_meta(key: str) -> str:
    written = text("open", "id=x")
    if key in {"title", "language"}:
        return "\n".join(f"{key}: {VALUES.get(key, 'Annet')}" if line.startswith(key) else line
                         for line in written.split("\n"))  # fmt: skip
    return written.replace("language:", f"{key}: {VALUES.get(key, 'Annet')}\nlanguage:")


@pytest.mark.parametrize("key", [key for key in META if key != "format"])
def test_a_key_of_the_front_matter_does_something_or_is_told_not_to(key):
    problems = [(problem.line, problem.message) for problem in parse(with_meta(key))[1]]
    if key in META_WORKS:
        assert [(4, f"`{key}: {VALUES.get(key, 'Annet')}` does nothing yet")] == problems
        for works in META_WORKS[key]:
            assert [] == parse(with_meta(key).replace(VALUES[key], works))[1]
        return
    assert [] == problems
    assert FRONT_MATTER[key](Meeting(with_meta(key))) != FRONT_MATTER[key](Meeting(text("open", "id=x")))


@pytest.mark.parametrize("kind", PLANNED)
def test_a_kind_that_no_room_runs_yet_is_told_with_its_line(kind):
    written = text(kind, "id=x", "- A\n- B")
    told = [(problem.line, problem.message) for problem in parse(written)[1]]
    assert (27, f"`{kind}` can't be run yet; the rest of the meeting can") in told
    assert not SCHEMAS[kind].runs
