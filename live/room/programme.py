"""
The programme of a room: its workshop as it is now, the questions asked besides, and the state of each activity.
"""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import assert_never

import msgspec

from live import events, workshop
from live.activities import KINDS, SCHEMAS
from live.activities.kind import Answer
from live.activities.open import WordTally
from live.activities.playback import Playback
from live.activities.state import ActivityState
from live.i18n.languages import DEFAULT
from live.room.themes import Themes
from live.text.word_count import fold
from live.text.word_groups import WordGroups
from live.workshop import Activity, Option, Slide, Workshop
from live.workshop.films import Films
from live.workshop.pictures import Pictures
from live.workshop.schema import UNKNOWN

NO_NAMES: Mapping[str, str] = MappingProxyType({})


class Programme:
    """Only `Room.apply` changes it."""

    def __init__(self) -> None:
        self.text = ""
        self.version = ""
        self.words_by = ""  # the method that merges inflections (`lemmas.method`); empty: nothing does
        self.folding = 1  # how words are folded (`word_groups.FOLDING`)
        self.workshop = Workshop(title="", language=DEFAULT, slides=())
        self.pictures: Pictures = {}
        self.films: Films = {}
        self.activities: dict[str, ActivityState] = {}
        self.ad_hoc: dict[str, tuple[str | None, Activity]] = {}  # questions not in the workshop: id -> (slide, it)
        self.channel = ""  # the activity that is open through the whole meeting, if there is one
        self.planned_times: dict[str, int] = {}  # activity -> seconds, instead of the time in the workshop
        self._offered: dict[str, set[str]] = {}  # themes that were options of an activity once it had started
        self._cards: dict[str, tuple[Option, ...]] = {}  # by activity, where people weigh answers
        self.themes: dict[str, Themes] = {}  # by activity; only where somebody has begun to gather answers
        self._slide_numbers: dict[str, int] = {}
        self._places: dict[str, tuple[int, int]] = {}

    # -- slides and activities ------------------------------------------------------------------------------

    def has(self, activity: str) -> bool:
        """Whether the workshop still has this activity; an edit may have removed it."""
        return activity in self._places

    def has_slide(self, slide: str) -> bool:
        return slide in self._slide_numbers

    def place_of(self, activity: str) -> tuple[int, int]:
        """The number of its slide, and its place among the activities of that slide."""
        return self._places[activity]

    def slide_number(self, slide: str | None) -> int:
        return self._slide_numbers.get(slide, 1) if slide is not None else 1

    def slide(self, number: int) -> Slide | None:
        return self.workshop.slides[number - 1] if 0 < number <= len(self.workshop.slides) else None

    def on_slide(self, number: int) -> list[Activity]:
        """The activities of slide *number* as they are now: those in the workshop, then ad hoc questions."""
        return [self.activities[one.id].written for one in self._written_on(number)]

    def _written_on(self, number: int) -> list[Activity]:
        if (slide := self.slide(number)) is None:
            return []
        ad_hoc = [one for slide_id, one in self.ad_hoc.values() if self.slide_number(slide_id) == number]
        return [*slide.activities, *ad_hoc]

    # -- themes ---------------------------------------------------------------------------------------------

    def source_of(self, activity: str) -> ActivityState | None:
        """
        The activity whose text answers *activity* is about: itself, the one it names with `from=`, or for `group` the
        nearest one before it. None if there is none.
        """
        state = self.activities.get(activity)
        while state is not None and not state.has_texts:
            source = state.written.attrs.get("from")
            if source is None and (state.gathers or state.deals):
                source = self._texts_before(state.written.id)
            state = self.activities.get(str(source)) if source else None
        return state

    def _texts_before(self, activity: str) -> str | None:
        here = self._places.get(activity, (0, 0))
        before = ((place, id) for id, place in self._places.items() if place < here and self.activities[id].has_texts)
        return max(before, default=(None, None))[1]

    def allows_several_themes(self, activity: str) -> bool:
        """Whether answers to *activity* may be in several themes: a `group` of these answers has `multi`."""
        gathers = (state for state in self.activities.values() if state.gathers)
        return any(
            state.written.attrs.get("multi") and (source := self.source_of(state.written.id))
            and source.written.id == activity for state in gathers
        )  # fmt: skip

    def themes_of(self, activity: str) -> Themes:
        """The themes of an activity that takes texts; empty while nobody has made any."""
        themes = self.themes.get(activity)
        return Themes(activity) if themes is None else themes

    def remove_from_themes(
        self, activity: str, answer: str, names: Mapping[str, str] = NO_NAMES, blank: Collection[int] = ()
    ) -> None:
        """The answer is gone; themes that were named after its words get *names* (`Themes.rename`)."""
        if activity in self.themes:
            filled = self.themes[activity].filled
            self.themes[activity].remove_answer(answer)
            if blank:
                self.themes[activity].rename(names, blank)
            if blank or filled != self.themes[activity].filled:
                self._match_activities()  # dots are set on themes

    def offer(self, activity: ActivityState, value: events.Value) -> None:
        """
        An answer may name themes that are no options: earlier versions offered those without answers too. They become
        options, so that what was chosen then still counts.
        """
        if activity.kind is None or activity.kind.schema.takes != "themes" or not isinstance(value, list | dict):
            return
        if named := {*value} - {option.id for option in activity.written.options}:
            self._offered.setdefault(activity.written.id, set()).update(named)
            self._match_activities()

    def note_added(self, activity: ActivityState, answer: Answer) -> None:
        """*answer* has come, changed or gone: it may be an option that people have added."""
        if answer.text is not None and activity.kind and activity.kind.grows(activity.written):
            self._match_activities()

    def _themes(self, activity: str) -> Themes:
        return self.themes.setdefault(activity, Themes(activity))

    # -- change ---------------------------------------------------------------------------------------------

    def apply(
        self, event: events.ProgrammeEvent | events.ActivityEvent | events.ThemeEvent | events.WordEvent, position: int
    ) -> None:
        match event:
            case events.WorkshopSet():
                self._set_workshop(event)
            case events.PicturesSet(pictures=pictures):
                self.pictures = pictures
            case events.FilmsSet(films=films):
                self.films = films
            case events.FilmSet(at=at, activity=id, position_ms=position_ms, playing=playing):
                if state := self.activities.get(id):
                    state.playback = Playback(position_ms, at if playing else None)
            case events.TimePlanned(activity=id, seconds=seconds):
                self.planned_times[id] = seconds
                self._match_activities()
            case events.CardSorted(activity=id):
                filled = self._themes(id).filled
                self._themes(id).place_own(event.id, event.themes)
                if filled != self._themes(id).filled:
                    self._match_activities()
            case events.Regrouped(activity=id) | events.SuggestionRefused(activity=id):
                self._themes(id).apply(event, position)
                self._match_activities()  # dots are set on themes
            case events.WordsMerged() | events.WordSplit() | events.WordsUndone():
                _regroup_words(self.activities.get(event.activity), event)
            case _:
                if activity := self.activities.get(event.activity):
                    activity.apply(event)

    def _set_workshop(self, event: events.WorkshopSet) -> None:
        self.text = event.text
        self.words_by = event.words or self.words_by
        self.folding = event.folding or self.folding
        self.version = workshop.version(event.text)
        self.workshop = workshop.reread(event.text, SCHEMAS, event.edition, event.names)
        self._slide_numbers = {slide.id: number for number, slide in enumerate(self.workshop.slides, start=1)}
        self._match_activities()

    def _match_activities(self) -> None:
        """
        Match the activities in the workshop with the states there are. States of activities that an edit removed are
        kept, with their answers.
        """
        self._places = {}
        for number in range(1, len(self.workshop.slides) + 1):
            for place, plain in enumerate(self._written_on(number)):
                written = self._current(plain, self.workshop.slides[number - 1].title)
                self._places[written.id] = (number, place)
                if state := self.activities.get(written.id):
                    if state.written != written:
                        state.replace_written(written, KINDS.get(written.kind), self.workshop.language)
                else:
                    self.activities[written.id] = self._new_state(written)
        self.channel = next((id for id in self._places if self.activities[id].channel), "")

    def _new_state(self, written: Activity) -> ActivityState:
        return ActivityState(
            written, KINDS.get(written.kind), WordGroups(self.workshop.language, self.words_by, self.folding)
        )

    def _current(self, written: Activity, title: str) -> Activity:
        """
        *written*, on a slide with *title*, with its planned time and the versions of its words. Where people weigh
        answers, these are its options; where they add options, these come last. A kind that is about themes gets them
        as options if none are its own: those that have answers, and those that people may have chosen already.
        """
        if written.id in self.planned_times:
            written = msgspec.structs.replace(written, time_s=self.planned_times[written.id])
        kind, now = KINDS.get(written.kind), self.activities.get(written.id)
        if kind is not None and kind.versioned:
            words = written.instruction or written.question or title
            written = msgspec.structs.replace(written, versions=_versions(now, words))
        if kind and kind.deals:
            return msgspec.structs.replace(written, options=self._cards.get(written.id, ()))
        if kind and now and kind.grows(written):
            return msgspec.structs.replace(written, options=(*written.options, *now.turns.options()))
        if (
            kind is None
            or kind.schema.takes != "themes"
            or written.options
            or (source := self.source_of(str(written.attrs.get("from")))) is None
        ):
            return written
        offered = self._offered.setdefault(written.id, set())
        if now and now.started_once:
            offered.update(option.id for option in now.written.options)
        return msgspec.structs.replace(written, options=_as_options(self.themes_of(source.written.id), offered))

    def restore_versions(self, versions: Mapping[str, Sequence[str]]) -> None:
        """Of an imported room, where nobody has been asked yet."""
        for id, words in versions.items():
            if (state := self.activities.get(id)) and state.kind and state.kind.versioned and words:
                written = msgspec.structs.replace(state.written, versions=(*words[:-1], state.written.versions[-1]))
                state.replace_written(written, state.kind, self.workshop.language)

    def add_question(self, event: events.QuestionAsked) -> None:
        self.ad_hoc[event.activity] = (event.slide, _asked(event))
        self._match_activities()

    def add_removed(self, removed: list[Activity]) -> None:
        """Activities of an imported room that have answers and are no longer in its workshop."""
        for written in removed:
            self.activities.setdefault(written.id, self._new_state(written))

    def set_cards(self, activity: str, cards: tuple[Option, ...]) -> None:
        self._cards[activity] = cards
        self._match_activities()

    def seed_themes(self, id: str) -> None:
        """Before an activity is started: the themes that the workshop itself names."""
        activity = self.activities[id]
        if activity.gathers and not activity.started_once and (source := self.source_of(id)):
            names = ((f"{id}-{option.id}", option.text) for option in activity.written.options)
            self._themes(source.written.id).seed(names)
            self._match_activities()

    def forget_unanswered(self, *, ad_hoc: frozenset[str], planned_times: dict[str, int]) -> None:
        """
        Every activity without answers is as if it had never been started. Of ad hoc questions those in *ad_hoc* stay;
        *planned_times* are those from now on.
        """
        self.planned_times.clear()
        self.planned_times.update(planned_times)
        for id, state in list(self.activities.items()):
            if state.answers:
                continue
            del self.activities[id]
            self.themes.pop(id, None)
            self._offered.pop(id, None)
            self._cards.pop(id, None)
            if id not in ad_hoc:
                self.ad_hoc.pop(id, None)
        self._match_activities()


def _versions(state: ActivityState | None, words: str) -> tuple[str, ...]:
    """The versions of the words of an activity; the newest is *words*, a new one once people have been asked."""
    before = state.written.versions if state else ()
    asked = bool(before) and state is not None and state.started_once and fold(before[-1]) != fold(words)
    return (*before, words) if asked else (*before[:-1], words)


def _as_options(themes: Themes, offered: Collection[str]) -> tuple[Option, ...]:
    """The themes that have answers, and those that have been *offered* already."""
    stand = (theme for theme in themes if theme.ids or theme.id in offered)
    return tuple(Option(theme.id, theme.name, themes.merged_into(theme.id)) for theme in stand)


def _asked(event: events.QuestionAsked) -> Activity:
    """A question that was not in the workshop, as if it were."""
    options = tuple(Option(chr(97 + place), text) for place, text in enumerate(event.options))
    kind = KINDS.get(event.kind)
    return Activity(
        id=event.activity, kind=event.kind, question=event.question, options=options, optional=True, many=20,
        max=(kind.schema if kind else UNKNOWN).longest,
    )  # fmt: skip


def _regroup_words(state: ActivityState | None, event: events.WordEvent) -> None:
    if state is None or not isinstance(state.tally, WordTally):
        return
    match event:
        case events.WordsMerged(marks=marks):
            state.tally.words.merge(marks)
        case events.WordSplit(mark=mark):
            state.tally.words.split_off(mark)
        case events.WordsUndone():
            state.tally.words.undo()
        case _:
            assert_never(event)
