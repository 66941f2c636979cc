"""The kind `discuss`: people talk at their tables or all together; phones show a clock and no text field."""

from live.activities.kind import FormFields, Talk, Words
from live.i18n.catalogs import N_
from live.workshop.schema import COMMON, KindSchema


class Discuss(Talk):
    schema = KindSchema(COMMON, norwegian=("diskuter", "samtale", "drøft"), answers=False)
    words = Words(
        name=N_("Talk together"),
        help=N_("People talk at their tables or all together."),
        screen=N_("Talk together."),
        instruction=N_("Talk together."),
    )
    fields = FormFields(("time",), ("optional",))


KIND = Discuss()
