"""
The kind `dots`: each phone gives a few dots to what matters most, at most one to each option.

The options are its own, or the themes into which answers were gathered.
"""

from live.activities.choice import Choice
from live.activities.kind import AdHoc, FormFields, Words, read_number
from live.i18n.catalogs import N_
from live.workshop import Activity
from live.workshop.schema import ANSWERED, FROM, KindSchema, flag, number

DEFAULT_DOTS = 3


class Dots(Choice):
    schema = KindSchema(
        ANSWERED | {"dots": number(), "per": number(works=(1,)), "shuffle": flag(), "from": FROM},
        norwegian=("prikker", "prikkar"),
        options="must",
        takes="themes",
    )
    words = Words(
        name=N_("Set dots"),
        help=N_("Each has a few dots for what matters most."),
        screen=N_("Set your dots on your phone."),
        instruction=N_("Set your dots on what matters most."),
        in_report=N_("Dots"),
        options=N_("What dots can be set on, one on each line"),
        without_from=N_("what is written here"),
    )
    ad_hoc: AdHoc = ""
    fields = FormFields(("from", "dots"), ("time", "reveal", "optional"))
    ranked = True
    most_key = "dots"
    picks = N_("{n} of {of} dots left")

    def most(self, written: Activity) -> int:
        return read_number(written.attrs, "dots", DEFAULT_DOTS)


KIND = Dots()
