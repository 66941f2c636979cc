"""Refuses what phones and facilitators could not have sent: could it have happened in a meeting?"""

import re
from collections.abc import Iterator

from live.errors import ImportRefused
from live.events import Value
from live.exports.json_import.sections import File
from live.room.followup import RECEIVED
from live.room.rehearsal import REHEARSAL
from live.rules import followup
from live.rules.answers import MOST_NAME as MOST_OWN_NAME
from live.rules.answers import valid_id
from live.text.normalize import MOST_CHARACTERS, clean, clean_name, graphemes

MOST_VERSIONS = 1000
MOST_WORDS = 100_000  # characters of a proposal
MOST_VOTES = 1_000_000
MOST_NAME = 500  # characters of a theme's name, a reason, a question
_alias = re.compile(r"[PR][0-9]{1,7}")
_VIA = {"phone", "facilitator", "paper", REHEARSAL}


def check_bounds(file: File) -> None:
    """Refuse what phones and facilitators could not have sent, even with correct check sums."""
    if not re.fullmatch(r"[1-9][0-9]{7}", file.room):
        raise ImportRefused("`room` is no meeting code.")
    seen: set[str] = set()
    for place, answer in enumerate(file.answers, start=1):
        valid = (
            valid_id(answer.answer_id) and answer.answer_id not in seen and answer.via in _VIA
            and (not answer.phone or _alias.fullmatch(answer.phone)) and 1 <= answer.heads <= 1000
            and 1 <= answer.rev < 2**31 and len(answer.withheld_reason) <= MOST_NAME and _sound_value(answer.value)
            and 0 <= answer.version <= MOST_VERSIONS
            and (answer.value is not None or answer.text == clean(answer.text[:MOST_CHARACTERS]))
            and answer.name == clean_name(answer.name) and graphemes(answer.name) <= MOST_OWN_NAME
            and answer.own_text == clean(answer.own_text[:MOST_CHARACTERS])
            and 0 <= answer.votes <= MOST_VOTES and answer.reply == clean(answer.reply[:MOST_CHARACTERS])
        )  # fmt: skip
        if not valid:
            raise ImportRefused(f"Number {place} of `answers` is no answer that a phone could have sent.")
        seen.add(answer.answer_id)
    for place, theme in enumerate(file.themes, start=1):
        if len(theme.name) > MOST_NAME or len(theme.id) > MOST_NAME or clean(theme.name) != theme.name:
            raise ImportRefused(f"Number {place} of `themes` is no theme that somebody could have made.")
    for place, reply in enumerate(file.replies, start=1):
        if not followup.valid(reply.status, reply.reason, reply.unit, reply.date):
            raise ImportRefused(f"Number {place} of `replies` is none that somebody could have written.")
    for place, promise in enumerate(file.promises, start=1):
        if not (promise.text and 1 <= promise.n < 2**31 and followup.valid(RECEIVED, promise.text, promise.who, "")):
            raise ImportRefused(f"Number {place} of `promises` is none that somebody could have made.")
    for place, activity in enumerate(file.activities, start=1):
        longest = max(map(len, [activity.question, *activity.options]))
        if (
            not 0 <= activity.spent_s < 10**7
            or longest > MOST_CHARACTERS
            or len(activity.versions) > MOST_VERSIONS
            or any(len(words) > MOST_WORDS for words in activity.versions)
        ):
            raise ImportRefused(f"Number {place} of `activities` can't have been held.")


def _sound_value(value: Value) -> bool:
    if isinstance(value, int | float):
        return abs(value) < 10**12
    return value is None or (
        len(value) <= MOST_NAME
        and all(isinstance(name, int) or len(name) <= MOST_NAME for name in value)
        and all(abs(n) < 10**6 for n in _numbers(value))
    )


def _numbers(value: Value) -> Iterator[int]:
    """All numbers in *value*, also those of places."""
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if isinstance(one, int):
            yield one
        elif not isinstance(one, str):
            yield from one
            yield len(one) * (10**6 // MOST_NAME)  # a place has few coordinates
