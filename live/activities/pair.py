"""The kind `pair`: people talk with the person next to them; phones show a clock and no text field."""

from typing import Any

from live.activities.kind import FormFields, Talk, Words, read_number
from live.i18n.catalogs import N_
from live.workshop import Activity
from live.workshop.schema import COMMON, GATE, KindSchema, number, word


class Pair(Talk):
    schema = KindSchema(
        COMMON
        | GATE
        | {
            "form": word("neighbour", "random", "table", default="neighbour", works=("neighbour",)),
            "rounds": number(high=20, default=1, works=(1,)),
            "turns": number(high=2, default=1),
        },
        norwegian=("par",),
        answers=False,
    )
    words = Words(
        name=N_("Talk in pairs"),
        help=N_("People talk with the person next to them before they write."),
        screen=N_("Talk with the person next to you."),
        instruction=N_("Two and two: Talk about the question with the person beside you."),
    )
    fields = FormFields(("time",), ("optional",))

    def view(self, written: Activity, following: Activity | None) -> dict[str, Any]:
        turns, gate = read_number(written.attrs, "turns", 1), written.attrs.get("gate", "talk")
        return super().view(written, following) | {"turns": turns, "gate": gate}


KIND = Pair()
