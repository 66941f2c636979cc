"""Signs that phones give, in the views: the buttons, and what has been pressed lately."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from live.activities.pulse import SIGNS, signs_of
from live.i18n.catalogs import translator
from live.room import Room
from live.views.view import View

HALF_LIFE_MS = 10_000  # after this time without presses, a sign counts half as much
MANY = 5  # the console is told when one phone of so many is lost


class Pulse(NamedTuple):
    """`levels`: by sign, what was pressed until `at`, faded. `lost`: how many phones are lost."""

    levels: Mapping[str, float] = MappingProxyType({})
    at: int = 0
    lost: int = 0


NO_PULSE = Pulse()


def signs_now(room: Room) -> tuple[str, ...]:
    """The signs that phones can give now."""
    return signs_of(room.workshop) if room.people.pulse and not room.ended else ()


def phone(room: Room) -> View:
    """
    `signs`: the buttons, and what is said of them, in the language of the workshop. No buttons while they are off, and
    no `signs` where the workshop has none.
    """
    if not signs_of(room.workshop):
        return {}
    _ = translator(room.workshop.language)
    signs = [{"id": sign, "text": _(SIGNS[sign])} for sign in signs_now(room)]
    return {"signs": {"of": signs} | ({"label": _("Tell us how it goes"), "sent": _("Sent")} if signs else {})}


def screen(room: Room, pulse: Pulse) -> View:
    """`pulse`: how much of each sign there was at `at`; it fades by half every `half_life_ms`. None without signs."""
    if not (signs := signs_now(room)):
        return {"pulse": None}
    _ = translator(room.workshop.language)
    levels = [
        {"id": sign, "text": _(SIGNS[sign]), "level": round(pulse.levels[sign], 2)}
        for sign in signs
        if sign in pulse.levels
    ]
    return {"pulse": {"at": pulse.at, "half_life_ms": HALF_LIFE_MS, "levels": levels}}


def console(room: Room, pulse: Pulse, phones: int) -> View:
    """
    `signs`: whether phones may give them (`on`), and `lost` of `phones` where at least a MANYth of these has said that
    they are lost; null where the workshop has none.
    """
    if not signs_of(room.workshop):
        return {"signs": None}
    many = bool(signs_now(room)) and 0 < phones <= pulse.lost * MANY
    return {"signs": {"on": room.people.pulse, "lost": min(pulse.lost, phones) if many else 0, "phones": phones}}
