"""
What a schema of a kind of activity is made of, the keys of the front matter, and the Norwegian words for all of them.

The kinds themselves are in `live/activities/<kind>.py`.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from live.i18n.languages import LANGUAGES

Attribute = str | int | bool


class Attr(Struct, frozen=True):
    """
    What may stand after `key=`. `name`: the name in `Activity.attrs` where it is not the key. `words`: what a `word` or
    each of the `labels` must be; no words: any. `bare`: the value when the key stands alone. `works`: the only values
    that mean what happens; any other is read, and does nothing yet. None: all work.
    """

    type: Literal["flag", "whole", "duration", "word", "text", "labels", "id", "file"]
    default: Attribute | None = None
    words: tuple[str, ...] = ()
    low: int = 1
    high: int = 1000
    bare: int | None = None
    name: str = ""
    works: tuple[Attribute, ...] | None = None


class KindSchema(Struct, frozen=True):
    """
    How a kind of activity is written. `norwegian`: the words for it, bokmål first.

    `answers`: whether phones send answers. `options`: list items are part of the instruction (`text`), may or must be
    options, or are options for which the instruction or question stands when there are none (`self`). `gives` and
    `takes`: what it leaves for later activities, and what it is about: texts, or the themes they were gathered into;
    without a `from=` that of the nearest activity before it. `longest`: graphemes in one text, where the file says
    nothing. `exactly`: how many options there must be; 0: as many as are written. `marked`: its options may be marked
    `{right}`; `priced`: they may have a `{cost=…}`. `excludes`: pairs of attributes of which only one may be written.
    `labelled`: attributes with as many words, where there are any. `ordered`: pairs of attributes of which the first
    may not be above the second. `runs`: False for a kind that no room runs yet. `beside`: no step of the meeting, but
    what holds for all of it (`Workshop.beside`); written once, without text. `wants_mark`: without an option marked
    right it makes little sense. `once`: attributes that the first activity of the kind with it says for all.
    `with_another`: pairs of attributes of which the first says nothing without the second. `votes`: whether phones vote
    for the answers of others, which are questions that somebody answers. `reveal`: when answers are shown, where the
    file says nothing. `pictured`: its text must have a picture. `advises`: attributes that are warned about where they
    are missing, with the sentence.
    """

    attrs: Mapping[str, Attr]
    norwegian: tuple[str, ...] = ()
    answers: bool = True
    options: Literal["text", "may", "must", "self"] = "text"
    gives: Literal["", "texts", "themes"] = ""
    takes: Literal["", "texts", "themes"] = ""
    longest: int = 200
    exactly: int = 0
    marked: bool = False
    priced: bool = False
    labelled: tuple[tuple[str, int], ...] = ()
    pictured: bool = False
    ordered: tuple[tuple[str, str], ...] = ()
    excludes: tuple[tuple[str, str], ...] = ()
    votes: bool = False
    reveal: str = "manual"
    advises: Mapping[str, str] = {}
    runs: bool = True
    beside: bool = False
    wants_mark: bool = False
    once: tuple[str, ...] = ()
    with_another: tuple[tuple[str, str], ...] = ()

    @property
    def marks(self) -> frozenset[str]:
        """The words of OPTION that its options may have."""
        return frozenset(word for word, has in (("right", self.marked), ("cost", self.priced)) if has)


Schemas = Mapping[str, KindSchema]
"""The kinds that a file may name. `live.activities` makes the table; what stands here and below it knows no kind."""


def flag(default: bool | None = None, **more: object) -> Attr:
    return Attr("flag", default, **more)  # type: ignore[arg-type]


def number(low: int = 1, high: int = 1000, default: int | None = None, **more: object) -> Attr:
    return Attr("whole", default, low=low, high=high, **more)  # type: ignore[arg-type]


def word(*words: str, default: str | None = None, works: tuple[str, ...] | None = None) -> Attr:
    return Attr("word", default, words=words, works=works)


# What several kinds share.
FROM = Attr("id")
COMMON = {
    "id": Attr("text"),
    "time": Attr("duration"),
    "optional": flag(),
    "auto": flag(works=(False,)),
    "question": Attr("text"),
}
ANSWERED = COMMON | {
    "reveal": word("manual", "live", "after-own", "never", works=("manual", "live", "never")),
    "hold": flag(),
    "count": word("phones", "people", default="phones"),
}
GATE = {"gate": word("talk", "open", default="talk", works=("open",))}
TEXT = ANSWERED | {"many": number(bare=20, default=1), "max": number()}

UNKNOWN = KindSchema(COMMON, answers=False)
"""What is read of an activity whose kind nobody knows."""

SLIDE = ("hidden",)
"""The words that may stand in braces after a heading."""

OPTION = {"right": False, "cost": True}
"""The words that may stand in braces at the end of an option, and whether `=` and a value follow."""

PICTURE = ("left", "right", "full", "decorative", "caption", "source")
"""The words that may stand in braces after a picture."""

META = (
    "format", "title", "subtitle", "organisation", "date", "language", "code", "identity", "purpose", "owner",
    "report-by", "ladder", "theme", "delete-after", "contact", "logo",
)  # fmt: skip
# Of keys that do nothing yet, the values that mean what happens anyway.
META_WORKS: dict[str, tuple[str, ...]] = {"code": ("auto",)}
IDENTITIES = ("anonymous", "named", "optional")

# The Norwegian words, bokmål and then nynorsk where it differs, for the canonical (English) ones. Where a word is both
# canonical and Norwegian, it is read as the canonical one.
NORWEGIAN: dict[str, dict[str, str]] = {
    "attribute": {
        "tid": "time", "valgfri": "optional", "valfri": "optional", "automatisk": "auto", "spørsmål": "question",
        "flere": "many", "fleire": "many", "maks": "max", "vis": "reveal", "hold-tilbake": "hold",
        "hald-tilbake": "hold", "tell": "count", "tel": "count", "skrivefelt": "gate", "runder": "rounds",
        "rundar": "rounds", "bytter": "turns", "byte": "turns", "merker": "tags", "merke": "tags", "del": "split",
        "velg": "pick", "vel": "pick", "annet": "other", "anna": "other", "sammenlign": "compare",
        "bakgrunn": "background", "samanlikn": "compare", "bland": "shuffle", "fra": "from", "frå": "from",
        "etiketter": "labels", "kort": "deal",
        "etikettar": "labels", "topp": "top", "prikker": "dots", "prikkar": "dots", "sum": "total", "steg": "step",
        "ramme": "cap", "stemmer": "votes", "røyster": "votes", "legg-til": "add", "godkjenn": "moderate",
        "rader": "rows", "kolonner": "cols", "størrelse": "size", "storleik": "size", "av": "by", "bord": "tables",
        "stasjoner": "stations", "stasjonar": "stations", "rekkefølge": "order", "rekkjefølgje": "order",
        "åpen": "open", "åpent": "open", "ope": "open",
        "enhet": "unit", "eining": "unit", "fasit": "right", "riktig": "right",
        "fil": "src", "undertekst": "captions", "teksting": "captions",
        "rett": "right", "tegn": "signs", "teikn": "signs", "fart": "speed", "poeng": "points",
        "lag": "teams", "navn": "names", "namn": "names",
        "tavle": "board", "forklaring": "explain", "tidsluker": "slots", "lokaler": "rooms", "tider": "times",
    },
    "value": {
        "manuelt": "manual", "direkte": "live", "etter-eget": "after-own", "etter-eige": "after-own",
        "aldri": "never", "samtale": "talk", "prat": "talk", "åpen": "open", "åpent": "open", "sidemann": "neighbour",
        "sidemannen": "neighbour", "nabo": "neighbour", "tilfeldig": "random", "bord": "table", "telefoner": "phones",
        "telefonar": "phones", "personer": "people", "personar": "people", "folk": "people",
        "møteleder": "facilitator", "møteleiar": "facilitator", "alle": "all", "sendt": "sent", "blandet": "shuffled",
        "blanda": "shuffled", "klapp": "clap", "applaus": "clap", "hjerte": "heart", "hjarte": "heart",
        "saktere": "slower", "saktare": "slower", "raskere": "faster", "raskare": "faster", "fortere": "faster",
        "fortare": "faster", "hver": "each", "kvar": "each", "slutt": "end", "av": "off",
        "falt-av": "lost", "fall-av": "lost",
        "møte": "meeting", "møtet": "meeting", "hele-møtet": "meeting", "heile-møtet": "meeting",
    },
    "option": {"riktig": "right", "rett": "right", "fasit": "right", "kostnad": "cost", "pris": "cost"},
    "slide": {"skjult": "hidden", "gøymd": "hidden"},
    "picture": {
        "venstre": "left", "høyre": "right", "høgre": "right", "hele": "full", "heile": "full", "pynt": "decorative",
        "bildetekst": "caption", "bilettekst": "caption", "kilde": "source", "kjelde": "source", "foto": "source",
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
    """
    The canonical (English) word for *word*, None when that is not in *among*.

    *family* is one of `NORWEGIAN`, or `kind`, whose Norwegian words are in the schemas.
    """
    word = word.casefold().replace("_", "-")
    if word not in among:
        word = _english(family, among).get(word, "")
    return word if word in among else None


def _english(family: str, among: Mapping[str, object] | Iterable[str]) -> Mapping[str, str]:
    """Norwegian word -> English one."""
    schemas = among.items() if isinstance(among, Mapping) else ()
    own = {word: name for name, kind in schemas if isinstance(kind, KindSchema) for word in kind.norwegian}
    return own or NORWEGIAN.get(family, {})


def norwegian(family: str, among: Mapping[str, object] | Iterable[str]) -> list[str]:
    """The Norwegian words for those in *among*: a misspelt word is compared with these too."""
    return [word for word, english in _english(family, among).items() if english in set(among)]


def in_norwegian(family: str, name: str, among: Mapping[str, object] | Iterable[str] = ()) -> str:
    """The first Norwegian word for *name*, or *name* where there is none."""
    return next((word for word, english in _english(family, among).items() if english == name), name)


def defaults(kind: KindSchema) -> dict[str, Attribute]:
    """The `attrs` of an activity of *kind* for which the file has no attributes."""
    return {attr.name or key: attr.default for key, attr in kind.attrs.items() if attr.default is not None}
