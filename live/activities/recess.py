"""The kind `recess`: a break in the meeting; screen and phones show when it goes on."""

from live.activities.kind import FormFields, Talk, Words
from live.i18n.catalogs import N_
from live.workshop.schema import COMMON, KindSchema


class Recess(Talk):
    schema = KindSchema(COMMON, norwegian=("pause",), answers=False)
    words = Words(
        name=N_("Break"),
        help=N_("A break with a clock, so that everybody is back in time."),
        screen=N_("Break"),
        instruction=N_("We go on when the clock has run out."),
        console=N_("Break"),
    )
    fields = FormFields(("time",), ("optional",))


KIND = Recess()
