"""
The schema of a workshop file: every kind of activity, its attributes, their values, and the Norwegian words for them.

What a kind does in a room is in `live/activities/<kind>.py`; here is only how it is written.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from live.i18n.languages import LANGUAGES

Attribute = str | int | bool


class Attr(Struct, frozen=True):
    """
    What may stand after `key=`. `name`: the name in `Activity.attrs` where it is not the key. `bare`: the value when
    the key stands alone.
    """

    type: Literal["flag", "number", "duration", "word", "text", "labels", "id"]
    default: Attribute | None = None
    words: tuple[str, ...] = ()
    low: int = 1
    high: int = 1000
    bare: int | None = None
    name: str = ""


class KindSchema(Struct, frozen=True):
    """
    `answers`: whether phones send answers. `options`: whether list items may or must be options; `text`: they are part
    of the instruction.
    """

    attrs: Mapping[str, Attr]
    answers: bool = True
    options: Literal["text", "may", "must"] = "text"


def flag(default: bool | None = None) -> Attr:
    return Attr("flag", default)


def number(low: int = 1, high: int = 1000, default: int | None = None, **more: object) -> Attr:
    return Attr("number", default, low=low, high=high, **more)  # type: ignore[arg-type]


def word(*words: str, default: str | None = None) -> Attr:
    return Attr("word", default, words=words)


FROM = Attr("id")
COMMON = {"id": Attr("text"), "time": Attr("duration"), "optional": flag(), "auto": flag(), "question": Attr("text")}
ANSWERED = COMMON | {
    "reveal": word("manual", "live", "after-own", "never"),
    "hold": flag(),
    "count": word("phones", "people", default="phones"),
}
GATE = {"gate": word("talk", "open", default="talk")}
TEXT = ANSWERED | {"many": number(bare=20), "max": number()}
MACRO = TEXT | {"times": Attr("labels"), "rounds": number(high=20), "from": FROM}

SCHEMAS: dict[str, KindSchema] = {
    "think": KindSchema(COMMON, answers=False),
    "discuss": KindSchema(COMMON, answers=False),
    "pair": KindSchema(
        COMMON
        | GATE
        | {
            "form": word("neighbour", "random", "table", default="neighbour"),
            "rounds": number(high=20, default=1),
            "turns": number(high=2, default=1),
        },
        answers=False,
    ),
    "open": KindSchema(TEXT | GATE | {"tags": Attr("labels")}),
    "words": KindSchema(TEXT | GATE | {"split": flag(False)}),
    "choice": KindSchema(
        ANSWERED
        | {
            "pick": number(default=1),
            "other": flag(False),
            "compare": FROM,
            "shuffle": flag(False),
            "from": FROM,
            "background": flag(False),
        },
        options="must",
    ),
    "scale": KindSchema(
        ANSWERED
        | {
            "min": number(0, 99, default=1, name="low"),
            "max": number(1, 100, default=5, name="high"),
            "labels": Attr("labels"),
            "rounds": number(high=20, default=1),
            "shuffle": flag(False),
        },
        options="may",
    ),
    "gradient": KindSchema(ANSWERED | {"labels": Attr("labels")}),
    "consent": KindSchema(ANSWERED),
    "rank": KindSchema(ANSWERED | {"top": number(), "shuffle": flag(), "from": FROM}, options="must"),
    "dots": KindSchema(ANSWERED | {"dots": number(), "per": number(), "shuffle": flag(), "from": FROM}, options="must"),
    "points": KindSchema(
        ANSWERED | {"total": number(high=1_000_000), "step": number(high=1_000_000), "cost": flag(), "from": FROM},
        options="must",
    ),
    "pairwise": KindSchema(ANSWERED | {"votes": number(), "add": flag(), "from": FROM}, options="must"),
    "statements": KindSchema(
        ANSWERED | {"add": flag(), "moderate": flag(), "max": number(), "from": FROM}, options="may"
    ),
    "crowd": KindSchema(ANSWERED | {"rounds": number(high=20), "max": number()}),
    "brainwrite": KindSchema(ANSWERED | {"rows": number(high=20), "cols": number(high=20), "size": number(high=20)}),
    "qa": KindSchema(TEXT | {"moderate": flag()}),
    "group": KindSchema(COMMON | {"from": FROM, "by": word("facilitator", "all"), "multi": flag()}, options="may"),
    "rounds": KindSchema(
        TEXT | {"rounds": number(high=20), "tables": number(), "stations": Attr("labels")}, options="may"
    ),
    "walk": KindSchema(COMMON | {"from": FROM, "order": word("sent", "shuffled")}, answers=False),
    "agenda": KindSchema(TEXT | {"slots": Attr("labels"), "rooms": Attr("labels")}),
    "followup": KindSchema(COMMON | {"from": FROM}, answers=False),
    # Macros: written as one activity, run as a sequence of several.
    "think-pair-share": KindSchema(MACRO),
    "1-2-4-all": KindSchema(MACRO),
    "impromptu": KindSchema(MACRO),
    "nominal": KindSchema(MACRO | {"top": number()}),
    "delphi": KindSchema(
        MACRO | {"min": number(0, 99, name="low"), "max": number(1, 100, name="high"), "labels": Attr("labels")},
        options="may",
    ),
    "peer-instruction": KindSchema(MACRO | {"pick": number()}, options="must"),
    "six-hats": KindSchema(MACRO),
}

META = (
    "format", "title", "subtitle", "organisation", "date", "language", "code", "identity", "purpose", "owner",
    "report-by", "ladder", "theme", "delete-after", "contact", "logo",
)  # fmt: skip
IDENTITIES = ("anonymous", "named", "optional")

# The Norwegian words, bokmål and then nynorsk where it differs, for the canonical (English) ones. Where a word is both
# canonical and Norwegian, it is read as the canonical one.
NORWEGIAN: dict[str, dict[str, str]] = {
    "kind": {
        "tenk": "think", "diskuter": "discuss", "samtale": "discuss", "drøft": "discuss", "par": "pair",
        "åpen": "open", "åpent": "open", "fritekst": "open", "ord": "words", "ordsky": "words", "valg": "choice",
        "velg": "choice", "val": "choice", "skala": "scale", "enighet": "gradient", "semje": "gradient",
        "samtykke": "consent", "ranger": "rank", "rangering": "rank", "prikker": "dots", "prikkar": "dots",
        "poeng": "points", "parvis": "pairwise", "påstander": "statements", "påstandar": "statements",
        "kortrunde": "crowd", "skriverunde": "brainwrite", "spørsmål": "qa", "grupper": "group",
        "gruppering": "group", "runder": "rounds", "rundar": "rounds", "gjennomgang": "walk", "gjennomgåing": "walk",
        "dagsorden": "agenda", "saksliste": "agenda", "oppfølging": "followup", "tenk-par-del": "think-pair-share",
        "1-2-4-alle": "1-2-4-all", "nominell": "nominal", "delfi": "delphi", "seks-hatter": "six-hats",
        "seks-hattar": "six-hats",
    },
    "attribute": {
        "tid": "time", "valgfri": "optional", "valfri": "optional", "automatisk": "auto", "spørsmål": "question",
        "flere": "many", "fleire": "many", "maks": "max", "vis": "reveal", "hold-tilbake": "hold",
        "hald-tilbake": "hold", "tell": "count", "tel": "count", "skrivefelt": "gate", "runder": "rounds",
        "rundar": "rounds", "bytter": "turns", "byte": "turns", "merker": "tags", "merke": "tags", "del": "split",
        "velg": "pick", "vel": "pick", "annet": "other", "anna": "other", "sammenlign": "compare",
        "bakgrunn": "background", "samanlikn": "compare", "bland": "shuffle", "fra": "from", "frå": "from",
        "etiketter": "labels",
        "etikettar": "labels", "topp": "top", "prikker": "dots", "prikkar": "dots", "sum": "total", "steg": "step",
        "kostnad": "cost", "stemmer": "votes", "røyster": "votes", "legg-til": "add", "godkjenn": "moderate",
        "rader": "rows", "kolonner": "cols", "størrelse": "size", "storleik": "size", "av": "by", "bord": "tables",
        "stasjoner": "stations", "stasjonar": "stations", "rekkefølge": "order", "rekkjefølgje": "order",
        "tidsluker": "slots", "lokaler": "rooms", "tider": "times",
    },
    "value": {
        "manuelt": "manual", "direkte": "live", "etter-eget": "after-own", "etter-eige": "after-own",
        "aldri": "never", "samtale": "talk", "prat": "talk", "åpen": "open", "åpent": "open", "sidemann": "neighbour",
        "sidemannen": "neighbour", "nabo": "neighbour", "tilfeldig": "random", "bord": "table", "telefoner": "phones",
        "telefonar": "phones", "personer": "people", "personar": "people", "folk": "people",
        "møteleder": "facilitator", "møteleiar": "facilitator", "alle": "all", "sendt": "sent", "blandet": "shuffled",
        "blanda": "shuffled",
    },
    "meta": {
        "tittel": "title", "undertittel": "subtitle", "organisasjon": "organisation", "virksomhet": "organisation",
        "verksemd": "organisation", "organization": "organisation", "dato": "date", "språk": "language",
        "kode": "code", "møtekode": "code", "identitet": "identity", "formål": "purpose", "føremål": "purpose",
        "eier": "owner", "eigar": "owner", "ansvarlig": "owner", "ansvarleg": "owner", "svar-innen": "report-by",
        "svar-innan": "report-by", "trinn": "ladder", "utseende": "theme", "utsjånad": "theme",
        "slett-etter": "delete-after", "kontakt": "contact",
    },
    "language": {
        word: code for code, one in LANGUAGES.items() for word in (*one.words, one.name.casefold())
    },
    "identity": {
        "uten-navn": "anonymous", "utan-namn": "anonymous", "anonym": "anonymous", "navn": "named", "namn": "named",
        "valgfri": "optional", "valfri": "optional",
    },
}  # fmt: skip


def canonical(word: str, family: str, among: Mapping[str, object] | tuple[str, ...]) -> str | None:
    """The canonical (English) word for *word*, in a family of `NORWEGIAN`; None when that is not in *among*."""
    word = word.casefold().replace("_", "-")
    if word not in among:
        word = NORWEGIAN[family].get(word, "")
    return word if word in among else None


def norwegian(family: str, among: Iterable[str]) -> list[str]:
    """The Norwegian words for those in *among*: a misspelt word is compared with these too."""
    return [word for word, english in NORWEGIAN.get(family, {}).items() if english in set(among)]


def in_norwegian(family: str, name: str) -> str:
    """The first Norwegian word for *name*, or *name* where there is none."""
    return next((word for word, english in NORWEGIAN.get(family, {}).items() if english == name), name)


def defaults(kind: str) -> dict[str, Attribute]:
    """The `attrs` of an activity of *kind* for which the file has no attributes."""
    return {attr.name or key: attr.default for key, attr in SCHEMAS[kind].attrs.items() if attr.default is not None}
