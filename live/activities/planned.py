"""
Kinds that a file may name already, but that no room runs yet: `innspill check` says so, and the meeting skips them.

A kind leaves this table when it gets a file of its own.
"""

from live.workshop.schema import ANSWERED, COMMON, FROM, TEXT, Attr, KindSchema, number, word

MACRO = TEXT | {"times": Attr("labels"), "rounds": number(high=20), "from": FROM}

PLANNED: dict[str, KindSchema] = {
    "crowd": KindSchema(ANSWERED | {"rounds": number(high=20), "max": number()}, ("kortrunde",)),
    "brainwrite": KindSchema(
        ANSWERED | {"rows": number(high=20), "cols": number(high=20), "size": number(high=20)}, ("skriverunde",)
    ),
    "rounds": KindSchema(
        TEXT | {"rounds": number(high=20), "tables": number(), "stations": Attr("labels")},
        ("runder", "rundar"),
        options="may",
    ),
    "walk": KindSchema(
        COMMON | {"from": FROM, "order": word("sent", "shuffled")}, ("gjennomgang", "gjennomgåing"), answers=False
    ),
    "agenda": KindSchema(TEXT | {"slots": Attr("labels"), "rooms": Attr("labels")}, ("dagsorden", "saksliste")),
    "followup": KindSchema(COMMON | {"from": FROM}, ("oppfølging",), answers=False),
    # Macros: written as one activity, run as a sequence of several.
    "think-pair-share": KindSchema(MACRO, ("tenk-par-del",)),
    "1-2-4-all": KindSchema(MACRO, ("1-2-4-alle",)),
    "impromptu": KindSchema(MACRO),
    "nominal": KindSchema(MACRO | {"top": number()}, ("nominell",)),
    "delphi": KindSchema(
        MACRO | {"min": number(0, 99, name="low"), "max": number(1, 100, name="high"), "labels": Attr("labels")},
        ("delfi",),
        options="may",
    ),
    "peer-instruction": KindSchema(MACRO | {"pick": number()}, options="must"),
    "six-hats": KindSchema(MACRO, ("seks-hatter", "seks-hattar")),
}
