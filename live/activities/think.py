"""The kind `think`: everybody thinks for themselves before anybody speaks; phones show a clock."""

from live.activities.kind import FormFields, Talk, Words
from live.i18n.catalogs import N_
from live.workshop.schema import COMMON, KindSchema


class Think(Talk):
    schema = KindSchema(COMMON, norwegian=("tenk",), answers=False)
    words = Words(
        name=N_("Think alone"),
        help=N_("Some quiet time before anybody speaks."),
        screen=N_("Think by yourself."),
        instruction=N_("Think for yourself first."),
        console=N_("They think by themselves"),
    )
    fields = FormFields(("time",), ("optional",))


KIND = Think()
