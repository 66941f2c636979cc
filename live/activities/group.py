"""The kind `group`: the facilitator gathers answers into themes (live/room/themes.py) while phones watch."""

from live.activities.kind import FormFields, Talk, Words
from live.i18n.catalogs import N_
from live.workshop.schema import COMMON, FROM, KindSchema, flag, word


class Group(Talk):
    schema = KindSchema(
        COMMON | {"from": FROM, "by": word("facilitator", "all"), "multi": flag()},
        norwegian=("grupper", "gruppering"),
        options="may",
        gives="themes",
        takes="texts",
    )
    words = Words(
        name=N_("Gather into themes"),
        help=N_("You gather answers that are alike, on the board."),
        screen=N_("We gather the answers into themes."),
        instruction=N_("We gather answers that are alike."),
        options=N_("Themes to begin with, one on each line (may stand empty)"),
        without_from=N_("the written answers before it"),
    )
    running = "grouping"
    fields = FormFields(("from",), ("time", "optional"))


KIND = Group()
