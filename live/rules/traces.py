"""
What else holds words of an answer that is deleted: names of themes that came from a suggestion, which get another, and
what the facilitator has written, which stays unless they change it.

A word counts as the answer's own when no other answer to the same question has it.
"""

from collections.abc import Collection, Iterator

from msgspec import Struct

from live.activities.kind import Answer
from live.i18n.catalogs import N_, translator
from live.room import Room
from live.room.themes import Themes
from live.text import similarity, word_count

THEME, PROMISE, REPLY, QUESTION, REASON, WORKSHOP = "theme", "promise", "reply", "question", "reason", "workshop"
FEW = 3  # a quote of fewer words says nothing
UNNAMED = N_("Theme {n}")


class Removal(Struct, frozen=True):
    """
    The `names` that themes get, and at which positions of the journal the names stand that they had, or why the answer
    was hidden (`blank`).
    """

    names: dict[str, str] = {}
    blank: list[int] = []


class Trace(Struct, frozen=True):
    """Something a person has written, at `place`, that holds words of the answer; or a quote of all of it."""

    place: str
    text: str


NOTHING = Removal()


def remove(room: Room, answer: Answer, gone: Collection[str] = ()) -> Removal:
    """What else changes when *answer* is deleted; the answers in *gone* are about to be deleted too."""
    themes, reasons = room.themes.get(answer.activity), room.reasons(answer.id)
    suggested = themes.names.suggested() if themes else set()
    replies = list(answer.asked.told_at) if answer.asked else []  # they go with their question
    if not answer.text or not (suggested or reasons):
        return Removal(blank=replies) if replies else NOTHING
    own = _own_words(room, answer, gone)
    told = replies + [position for position, reason in reasons.items() if reason and _tells(reason, room, answer, own)]
    bad = {name for name in suggested if own & _words(name, room)}
    if not bad or not themes:
        return Removal(blank=told)
    had = {theme for theme, name in themes.all_names() if name.casefold() in bad}
    names: dict[str, str] = {}
    taken = {*bad, *(name.casefold() for _, name in themes.all_names())}
    for theme in sorted(had):
        names[theme] = _fresh_name(room, themes, theme, without={answer.id, *gone}, taken=taken)
        taken.add(names[theme].casefold())
    return Removal(names, themes.names.positions_of(bad) + told)


def traces(room: Room, answer: Answer) -> list[Trace]:
    """What will still hold words of *answer* after it is deleted."""
    own = _own_words(room, answer)
    return [
        Trace(place, text)
        for place, text in _written(room, answer, remove(room, answer).names)
        if _tells(text, room, answer, own if place != WORKSHOP else set())
    ]


def _tells(text: str, room: Room, answer: Answer, own: set[str]) -> bool:
    """Whether *text* has a word that is the answer's *own*, or all of the answer."""
    quote = _folded(answer.sent or "")
    return bool(own & _words(text, room)) or (len(quote.split()) >= FEW and quote in _folded(text))


def _written(room: Room, answer: Answer, renamed: Collection[str]) -> Iterator[tuple[str, str]]:
    """What people other than the senders have written, and where."""
    for themes in room.themes.values():
        for theme in themes:
            if not (themes.activity == answer.activity and theme.id in renamed):
                yield THEME, theme.name
    for promise in room.followup.promises.values():
        yield PROMISE, f"{promise.text} {promise.who}".strip()
    for entry in room.followup.entries.values():
        yield REPLY, f"{entry.reason} {entry.unit}".strip()
    for _, activity in room.ad_hoc.values():
        yield QUESTION, activity.question
    for state in room.activities.values():
        for other in state.answers.values():
            if other.hidden and other.id != answer.id:
                yield REASON, other.hidden
            if other.asked and other.asked.reply and other.id != answer.id:
                yield REPLY, other.asked.reply
    for line in room.workshop_text.splitlines():
        yield WORKSHOP, line.strip()


def _own_words(room: Room, answer: Answer, gone: Collection[str] = ()) -> set[str]:
    words = _words(answer.sent or "", room)
    for other in room.activities[answer.activity].answers.values():
        if not words:
            break
        if other.text and other.id != answer.id and other.id not in gone:
            text = other.text.casefold()
            words = {word for word in words if word not in text}
    return words


def _words(text: str, room: Room) -> set[str]:
    return {word.casefold() for word in word_count.split(text, room.workshop.language)}


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _fresh_name(room: Room, themes: Themes, theme: str, *, without: Collection[str], taken: Collection[str]) -> str:
    """A name for *theme* from the answers that stay in it, as a suggestion would give it; else a number."""
    language, answers = room.workshop.language, room.activities[themes.activity].answers
    ids = themes[theme].ids if theme in themes else ()
    texts = [found.text or "" for id in ids if id not in without and (found := answers.get(id)) and found.counted]
    name = similarity.name(texts, language)
    n = 1
    while not name or name.casefold() in taken:
        name = translator(language)(UNNAMED).format(n=n)
        n += 1
    return name
