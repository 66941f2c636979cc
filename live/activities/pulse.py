"""
The pulse: signs that phones can give at any time, such as applause, «slower» and «you have lost me».

It is no step of the meeting and no kind that a room runs: it is written once and holds throughout. Signs are counted in
memory (`live.transport.pulses`) and never stored.
"""

from typing import NamedTuple

from live.activities.kind import FormFields, Words
from live.i18n.catalogs import N_
from live.workshop import Workshop
from live.workshop.schema import Attr, KindSchema

NAME = "pulse"
LOST = "lost"
SIGNS = {
    "clap": N_("Applause"),
    "heart": N_("Heart"),
    "slower": N_("Slower"),
    "faster": N_("Faster"),
    LOST: N_("You lost me"),
}
"""What a phone can say, and how its button reads."""


class Beside(NamedTuple):
    """What may be written in a workshop and is no step of it: how it is written, what it is called, its form."""

    schema: KindSchema
    words: Words
    fields: FormFields


PULSE = Beside(
    KindSchema(
        {"signs": Attr("labels", "|".join(SIGNS), words=tuple(SIGNS))},
        norwegian=("puls",),
        answers=False,
        beside=True,
    ),
    Words(
        name=N_("Signs from the hall"),
        help=N_("Buttons on phones during the whole meeting: applause, slower, faster, you lost me."),
        screen="",
        instruction="",
    ),
    FormFields(("signs",), ()),
)


def signs_of(workshop: Workshop) -> tuple[str, ...]:
    """The signs that phones of *workshop* can give, each once, in its order; none where it has no pulse."""
    if (attrs := workshop.beside.get(NAME)) is None:
        return ()
    return tuple(dict.fromkeys(str(attrs["signs"]).split("|")))
