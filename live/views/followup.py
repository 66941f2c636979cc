"""The follow-up in a console's view: replies to themes, and promises."""

from live.activities.state import ActivityState
from live.i18n import dates
from live.room import Room
from live.room.questions import counted_answers, followup_questions, question_of, waiting_answers
from live.room.themes import Theme
from live.rules.followup import View
from live.views.answers import row

MOST_LISTED = 30  # flagged answers, of all questions


def console(room: Room) -> View:
    """The whole follow-up, to be edited there. The reply to a question as a whole has an empty `theme`."""
    waiting = waiting_answers(room)
    return {
        "published": room.followup.published_at is not None,
        "waiting": len(waiting),
        "withheld": sum(state.withheld for state in room.activities.values()),
        "look": [row(room, answer) for answer in waiting[:MOST_LISTED]],
        "by": day.isoformat() if (day := dates.read(room.workshop.meta.get("report-by", ""))) else "",
        "promises": [{"n": n, "text": one.text, "who": one.who} for n, one in room.followup.promises.items()],
        "themes": [_theme_view(room, source, theme) for source, themes in followup_questions(room) for theme in themes],
    }  # fmt: skip


def _theme_view(room: Room, source: ActivityState, theme: Theme | None) -> View:
    id = theme.id if theme else ""
    entry = room.followup.entry_of(source.written.id, id)
    return {
        "activity": source.written.id, "theme": id, "name": theme.name if theme else question_of(room, source),
        "answers": len(counted_answers(source, theme)) if theme else source.counted, "status": entry.status,
        "reason": entry.reason, "unit": entry.unit, "date": entry.date, "moved": entry.moved,
    }  # fmt: skip
