"""Reads keys and values in the front matter and after `:::kind`: makes them canonical and checks each one."""

import re

from live.i18n import dates
from live.i18n.languages import LANGUAGES
from live.text.normalize import visible
from live.workshop import accent
from live.workshop.diagnostics import Diagnostics
from live.workshop.scanner import Block
from live.workshop.schema import IDENTITIES, META, META_WORKS, UNKNOWN, Attr, Attribute, Schemas, canonical

FORMAT = "workshop/1"
_CURLY = str.maketrans("“”„‟", '""""')
_CLOSES = {'"': '"', "'": "'", "«": "»"}
_UNIT = re.compile(r"\s+(?:min(?:utt(?:er)?)?|sek(?:und(?:er)?)?|[ms])(?=[\s}])(?!\s*=)")
LONGEST_S = 8 * 3600  # a working day; anything longer is a typing error
MOST_DAYS = 3650
_DAYS = re.compile(r"([0-9]{1,4}) ?(?:d|day|days|dag|dager|dagar|døgn)?")
ON = frozenset(("on", "true", "yes", "ja", "på", "1"))
OFF = frozenset(("off", "false", "no", "nei", "av", "0"))

_DURATION = re.compile(r"(\d{1,3}):([0-5]\d)|(\d{1,5}) ?(s|sek|sec|sekunder|m|min|minutt|minutter|t|h)", re.ASCII)
_UNIT_S = {
    "s": 1, "sek": 1, "sec": 1, "sekunder": 1, "m": 60, "min": 60, "minutt": 60, "minutter": 60, "t": 3600, "h": 3600,
}  # fmt: skip


class BadValue(ValueError):
    """`args[0]` is a sentence with `{placeholders}` for `facts`; `among` has the words that would have been right."""

    def __init__(self, sentence: str, among: tuple[str, ...] = (), **facts: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.among = among
        self.facts = facts


def read_meta(written: list[tuple[int, str, str]], diagnostics: Diagnostics) -> dict[str, str]:
    """Front matter by canonical key; of two equal keys the last counts."""
    meta: dict[str, str] = {}
    for line, key, value in written:
        name = canonical("-".join(key.split()), "meta", META)
        if name is None:
            diagnostics.warn(line, "Unknown key {word} in the front matter", word=key, among=META, family="meta")
            continue
        if name in meta:
            diagnostics.warn(line, "{word} stands twice: this one counts", word=key)
        meta[name] = _checked(line, name, value, diagnostics)
        if meta[name] and meta[name] not in META_WORKS.get(name, (meta[name],)):
            diagnostics.warn(line, "{word} does nothing yet", word=f"{key}: {value}")
    if "format" not in meta:
        diagnostics.error(1, "The front matter has no `format: workshop/1`")
    return {key: value for key, value in meta.items() if visible.search(value)}


def _checked(line: int, name: str, value: str, diagnostics: Diagnostics) -> str:
    if name == "format" and value != FORMAT:
        diagnostics.error(line, "Unknown format {word}: only workshop/1 is known", word=value, among=[FORMAT])
    elif name in {"language", "identity"} and value:
        words = tuple(LANGUAGES) if name == "language" else IDENTITIES
        found = canonical("-".join(value.split()), name, words)
        if found is None:
            diagnostics.error(
                line,
                "{key} is one of {words}, not {word}",
                key=name,
                words=", ".join(words),
                word=value,
                among=words,
                family=name,
            )
        return found or ""
    elif name == "code":
        value = "".join(sign for sign in value.casefold() if sign not in " -\u00a0")
        if value not in {"", "auto"} and not (len(value) == 8 and value.isascii() and value.isdecimal()):
            diagnostics.error(line, "code is auto or eight digits, not {word}", word=value, among=["auto"])
    elif name == "delete-after" and value:
        days = _DAYS.fullmatch(value.casefold())
        if days is None or not 1 <= int(days[1]) <= MOST_DAYS:
            diagnostics.error(
                line, "{key} is a number of days from 1 to {high}, not {word}", key=name, high=MOST_DAYS, word=value
            )
            return ""
        return str(int(days[1]))
    elif name == "theme" and value:
        if (colour := accent.read(value)) is None:
            diagnostics.warn(line, "{key} is a colour such as #0b4f47, not {word}", key=name, word=value)
            return ""
        if (darker := accent.accent(colour).light) != colour:
            diagnostics.warn(
                line, "{word} is too light to be read on paper: {darker} is used", word=value, darker=f"`{darker}`"
            )
    elif name in {"date", "report-by"} and value:
        if day := dates.read(value):
            return day.isoformat()
        if dates.is_impossible(value):
            diagnostics.error(line, "{key} is no day in the calendar: {word}", key=name, word=value)
        else:
            diagnostics.warn(line, "{key} is best written as 2026-05-13, not {word}", key=name, word=value)
    return value


def straight(head: str) -> str:
    """*head*, of the same length, with a word processor's curly quotes as plain ones if it has no plain ones."""
    return head if '"' in head else head.translate(_CURLY)


def as_int(value: object) -> int | None:
    return value if isinstance(value, int) else None


def read_head(block: Block, schemas: Schemas, diagnostics: Diagnostics) -> tuple[str, dict[str, Attribute]]:
    """Kind and attributes of an activity by canonical name (as in `Activity.attrs`); an unknown kind as written."""
    written, brace, rest = straight(block.head).partition("{")
    written = written.strip()
    name = canonical(written, "kind", schemas)
    if name is None:
        diagnostics.error(block.line, "Unknown kind of activity {word}", word=written, among=schemas, family="kind")
    elif not schemas[name].runs:
        diagnostics.warn(block.line, "{word} can't be run yet; the rest of the meeting can", word=written)
    pairs = split_pairs(rest, block.line, diagnostics) if brace else []
    # Of an unknown kind only the id is read, so that a `from=` further down still finds it.
    attrs = schemas[name].attrs if name else {"id": UNKNOWN.attrs["id"]}
    found: dict[str, Attribute] = {}
    for key, value, *_ in pairs:
        key_name = canonical(key, "attribute", attrs)
        if key_name is None:
            if name:
                diagnostics.error(
                    block.line, "{kind} has no attribute {word}", kind=name, word=key, among=attrs, family="attribute"
                )
            continue
        attr = attrs[key_name]
        if (attr.name or key_name) in found:
            diagnostics.error(block.line, "{word} stands twice", word=key)
        try:
            read = found[attr.name or key_name] = convert(attr, value)
            if name and schemas[name].runs and attr.works is not None and read not in attr.works:
                diagnostics.warn(block.line, "{word} does nothing yet", word=key if value is None else f"{key}={value}")
        except BadValue as bad:
            facts = {"word": value or "", **bad.facts}
            diagnostics.error(block.line, bad.sentence, among=bad.among, family="value", key=key_name, **facts)
    return name or written[:60], found


Pair = tuple[str, str | None, int, int]


def split_pairs(text: str, line: int, diagnostics: Diagnostics) -> list[Pair]:
    """Split `key=value key="two words" key}` into (key, value, start, end). The value of a key alone is None."""
    pairs: list[Pair] = []
    at, end = 0, len(text)
    while True:
        at = _past_space(text, at)
        if at >= end:
            diagnostics.error(line, "`}}` is missing at the end of the line")
            return pairs
        if text[at] == "}":
            if after := text[at + 1 :].strip():
                diagnostics.error(line, "Nothing may follow `}}` in this line, but {word} does", word=after)
            return pairs
        start = at
        while at < end and text[at] not in "=}" and not text[at].isspace():
            at += 1
        key = text[start:at]
        equals = _past_space(text, at)
        if equals >= end or text[equals] != "=":
            pairs.append((key, None, start, start + len(key)))
            continue
        at = _past_space(text, equals + 1)
        if at < end and text[at] in _CLOSES:
            close = text.find(_CLOSES[text[at]], at + 1)
            if close < 0:
                diagnostics.error(line, "The quote is not closed: {word}", word=text[at:])
                return pairs
            pairs.append((key, text[at + 1 : close], start, close + 1))
            at = close + 1
        else:
            begun = at
            while at < end and text[at] != "}" and not text[at].isspace():
                at += 1
            if text[begun:at].isdecimal() and (unit := _UNIT.match(text, at)):  # `time=2 min`
                at = unit.end()
            pairs.append((key, text[begun:at], start, at))


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def convert(attr: Attr, written: str | None) -> Attribute:
    """The value of `key=written`, or of a `key` alone when *written* is None. Durations in seconds. Raises BadValue."""
    match attr.type:
        case "flag":
            if written is None or written.casefold() in ON:
                return True
            if written.casefold() in OFF:
                return False
            raise BadValue("{key} is on or off, not {word}", ("on", "off"))
        case _ if written is None and attr.bare is not None:
            return attr.bare
        case _ if not written:
            raise BadValue("{key} needs a value: {key}=…")
        case "whole":
            digits = "".join(written.split())  # `cap="1 000 000"`
            if not (digits.isascii() and digits.isdecimal() and attr.low <= int(digits[:15]) <= attr.high):
                raise BadValue("{key} is a whole number from {low} to {high}, not {word}", low=attr.low, high=attr.high)
            return int(digits[:15])
        case "duration":
            return seconds(written)
        case "word":
            found = canonical(written, "value", attr.words)
            if found is None:
                raise BadValue(
                    "{key} is one of {words}, not {word}",
                    attr.words,
                    words=", ".join(attr.words),
                )
            return found
        case "labels":
            parts = [part.strip() for part in written.split("|")]
            return "|".join(_known(attr, part) for part in parts) if attr.words else "|".join(parts)
    return written


def _known(attr: Attr, part: str) -> str:
    """The canonical word for one of several labels. Raises BadValue."""
    found = canonical("-".join(part.split()), "value", attr.words)
    if found is None:
        raise BadValue("{key} is one of {words}, not {word}", attr.words, words=", ".join(attr.words), word=part)
    return found


def seconds(written: str) -> int:
    """Read `2:00`, `90s`, `3m`, `3min` or `1h`. Raises BadValue."""
    found = _DURATION.fullmatch(" ".join(written.casefold().split()))
    if found:
        minutes, rest, amount, unit = found.groups()
        length = int(minutes) * 60 + int(rest) if unit is None else int(amount) * _UNIT_S[unit]
        if 1 <= length <= LONGEST_S:
            return length
    raise BadValue("{key} is written 2:00, 90s or 3m and is at most 8 hours, not {word}")
