"""Rules for running a meeting: slides, timers, results, the end, and ad hoc questions."""

from live import events
from live.activities import KINDS
from live.activities.playback import Playback
from live.activities.run import CLOSED, RUNNING
from live.activities.state import ActivityState
from live.errors import Refused
from live.events import Event
from live.room import Room
from live.rules import commands
from live.rules.navigation import cards, close_events, start_events
from live.text.normalize import clean_visible, graphemes
from live.text.screening import SCREENING
from live.text.word_count import fold
from live.workshop import films

MOST_SECONDS = 24 * 3600
MOST_PEOPLE = 100_000


def close_due(room: Room, now: int) -> list[Event]:
    """The timer has run out: close the activity at the moment it did, even if this is decided later."""
    due = room.due()
    if due is None or due > now or room.activity is None:
        return []
    return close_events(room, room.activity, due)


def on_show(room: Room) -> ActivityState:
    if room.activity is None:
        raise Refused("no-activity")
    return room.activity


def _timed(room: Room) -> ActivityState:
    state = on_show(room)
    if state.timer is None or state.stage != RUNNING:
        raise Refused("no-timer")
    return state


def go_to(room: Room, action: commands.GoTo, now: int) -> list[Event]:
    slides = room.workshop.slides
    ids = {slide.id for slide in slides}
    if isinstance(action.slide, int) and 1 <= action.slide <= len(slides):
        return [events.SlideShown(at=now, slide=slides[action.slide - 1].id)]
    if isinstance(action.slide, str) and action.slide in ids:
        return [events.SlideShown(at=now, slide=action.slide)]
    raise Refused("no-slide", slides=len(slides))


def start(room: Room, action: commands.Start, now: int) -> list[Event]:
    state = room.activities.get(action.activity or "")
    if state is None or not room.has(state.written.id):
        raise Refused("unknown-activity")
    if state.kind and state.kind.schema.takes == "themes" and not state.written.options:
        raise Refused("no-themes")
    if state.deals and not cards(room, state.written):
        raise Refused("no-cards")
    return start_events(room, state.written, now)


def pause(room: Room, now: int) -> list[Event]:
    if film := _film(room):
        return (
            set_film(room, film.at(now, _duration_ms(room)), playing=False, now=now) if film.since is not None else []
        )
    state = _timed(room)
    assert state.timer is not None
    if state.timer.length_ms is None:
        raise Refused("no-timer")
    return [] if state.timer.paused_at is not None else [events.TimerPaused(at=now, activity=state.written.id)]


def resume(room: Room, now: int) -> list[Event]:
    if film := _film(room):
        duration_ms = _duration_ms(room)
        is_over = bool(duration_ms) and film.at(now, duration_ms) >= duration_ms
        if film.since is not None and not is_over:
            return []
        return set_film(room, 0 if is_over else film.position_ms, playing=True, now=now)
    state = _timed(room)
    assert state.timer is not None
    return [] if state.timer.paused_at is None else [events.TimerResumed(at=now, activity=state.written.id)]


def skip(room: Room, action: commands.Skip, now: int) -> list[Event]:
    film = _film(room)
    if film is None:
        raise Refused("no-film")
    if action.seconds is None or not 0 < abs(action.seconds) <= MOST_SECONDS:
        raise Refused("bad")
    duration_ms = _duration_ms(room)
    wanted = max(0, film.at(now, duration_ms) + action.seconds * 1000)
    return set_film(
        room, min(wanted, duration_ms) if duration_ms else wanted, playing=film.since is not None, now=now
    )  # fmt: skip


def set_film(room: Room, position_ms: int, *, playing: bool, now: int) -> list[Event]:
    return [events.FilmSet(at=now, activity=on_show(room).written.id, position_ms=position_ms, playing=playing)]


def _film(room: Room) -> Playback | None:
    """The film on show, where there is one."""
    state = on_show(room)
    return state.playback if state.stage == RUNNING else None


def _duration_ms(room: Room) -> int:
    film = room.films.get(films.name_in(on_show(room).written.attrs, "src"))
    return film.duration_ms if film else 0


def add_time(room: Room, action: commands.AddTime, now: int) -> list[Event]:
    return [events.TimeAdded(at=now, activity=_timed(room).written.id, seconds=_seconds(action.seconds))]


def close(room: Room, now: int) -> list[Event]:
    state = on_show(room)
    if not state.takes_answers:
        return [events.ClosingSet(at=now, activity=state.written.id, ends_at=now)]
    return close_events(room, state, now) if state.open else []


def close_in(room: Room, action: commands.CloseIn, now: int) -> list[Event]:
    state = on_show(room)
    if state.stage != RUNNING:
        raise Refused("closed")
    return [events.ClosingSet(at=now, activity=state.written.id, ends_at=now + _seconds(action.seconds) * 1000)]


def reopen(room: Room, now: int) -> list[Event]:
    """Take answers again; while the activity is closing, stop it from closing."""
    state = on_show(room)
    if not state.takes_answers:
        raise Refused("no-activity")
    return [] if state.open and not state.closing else [events.ActivityReopened(at=now, activity=state.written.id)]


def reveal(room: Room, now: int) -> list[Event]:
    state = _source_on_show(room)
    if not state.takes_answers:
        raise Refused("nothing-to-reveal")
    return [] if _is_shown(room, state) else [events.ResultsShown(at=now, activity=state.written.id)]


def _source_on_show(room: Room) -> ActivityState:
    """The activity whose answers are on show: while answers are gathered, the one they were given to."""
    state = on_show(room)
    return (room.source_of(state.written.id) if state.gathers else None) or state


def hide(room: Room, now: int) -> list[Event]:
    state = _source_on_show(room)
    return [events.ResultsHidden(at=now, activity=state.written.id)] if _is_shown(room, state) else []


def _is_shown(room: Room, state: ActivityState) -> bool:
    """Results that were revealed while people wrote are hidden when the activity closes, until revealed again."""
    return state.revealed and (state.stage != CLOSED or state is not room.activity)


def blank(room: Room, now: int) -> list[Event]:
    """A film that plays is paused: nobody wants to hear it from a black screen."""
    if room.blank:
        return []
    film = _film(room) if room.activity else None
    paused = set_film(room, film.at(now, _duration_ms(room)), playing=False, now=now) if film and film.since else []
    return [*paused, events.ScreenBlanked(at=now)]


def unblank(room: Room, now: int) -> list[Event]:
    return [events.ScreenUnblanked(at=now)] if room.blank else []


def set_chime(room: Room, action: commands.SetChime, now: int) -> list[Event]:
    if action.on is None:
        raise Refused("bad")
    return [] if room.chime == action.on else [events.ChimeSet(at=now, on=action.on)]


def set_pulse(room: Room, action: commands.SetPulse, now: int) -> list[Event]:
    if action.on is None:
        raise Refused("bad")
    return [] if room.people.pulse == action.on else [events.PulseSet(at=now, on=action.on)]


def end(room: Room, now: int) -> list[Event]:
    return [] if room.ended else [events.RoomEnded(at=now)]


def ask(room: Room, action: commands.Ask, now: int) -> list[Event]:
    """Ask an ad hoc question. Needs `id`, that of the new activity, which the caller has made."""
    question = clean_visible(action.question or "")
    kind = KINDS.get(action.kind or "")
    if not question:
        raise Refused("empty")
    if graphemes(question) > 500:
        raise Refused("too-long", max=500)
    if kind is None or not kind.ad_hoc:
        raise Refused("unsupported", kind=(action.kind or "")[:40])
    options = [text for text in map(clean_visible, action.options) if text]
    if kind.ad_hoc == "options" and not 2 <= len(options) <= 26:
        raise Refused("bad")
    if len(set(map(fold, options))) < len(options):
        raise Refused("same-option")
    assert action.id is not None
    number = room.stop_before_end.slide
    return [events.QuestionAsked(
        at=now, activity=action.id, kind=kind.name, question=question,
        slide=room.workshop.slides[number - 1].id if number else None,
        options=options if kind.ad_hoc == "options" else [], screening=SCREENING,
    )]  # fmt: skip


def set_people(room: Room, action: commands.SetPeople, now: int) -> list[Event]:
    if action.n is None or not 0 <= action.n <= MOST_PEOPLE:
        raise Refused("bad")
    return [] if action.n == room.people.hall else [events.PeopleCounted(at=now, people=action.n)]


def show_as(room: Room, action: commands.ShowAs, now: int) -> list[Event]:
    state = on_show(room)
    if action.shape not in room.dealing.shapes_of(state):
        raise Refused("bad")
    return [events.ShapeChosen(at=now, activity=state.written.id, shape=action.shape)]


def turn_page(room: Room, action: commands.TurnPage, now: int) -> list[Event]:
    state = on_show(room)
    if action.n is None or not 0 <= action.n <= MOST_PEOPLE:
        raise Refused("bad")
    return [events.PageTurned(at=now, activity=state.written.id, page=action.n)]


def _seconds(asked: int | None) -> int:
    if asked is None or not 0 < asked <= MOST_SECONDS:
        raise Refused("bad")
    return asked


def set_time(room: Room, action: commands.SetTime, now: int) -> list[Event]:
    """Set how long an activity will take when it is started."""
    state = room.activities.get(action.activity or "")
    if state is None or not room.has(state.written.id):
        raise Refused("unknown-activity")
    seconds = _seconds(action.seconds)
    if state.written.time_s == seconds:
        return []
    return [events.TimePlanned(at=now, activity=state.written.id, seconds=seconds)]
