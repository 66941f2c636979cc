"""The panel: who voted for which question, and what was answered."""

from collections.abc import Callable, Mapping
from typing import assert_never

from live import events
from live.activities.kind import Answer
from live.activities.state import ActivityState


class Panel:
    """Only `Room.apply` changes it. The questions are answers, and what has become of each is in `Answer.asked`."""

    def __init__(self, find: Callable[[str], Answer | None], activities: Mapping[str, ActivityState]) -> None:
        self._find = find
        self._activities = activities

    def apply(self, event: events.QuestionEvent, position: int) -> None:
        answer = self._find(event.id)
        if answer is None or answer.asked is None:
            return
        activity = self._activities[answer.activity]
        match event:
            case events.QuestionVoted(phone=phone, on=on):  # first: most events are
                if (phone in answer.asked.voters) != on:
                    with activity.listed_anew(answer) as asked:
                        (asked.voters.add if on else asked.voters.discard)(phone)
                        activity.votes += 1 if on else -1
            case events.QuestionAnswered(answered=answered, text=text):
                with activity.listed_anew(answer) as asked:
                    asked.answered = answered
                    if text is not None:
                        asked.reply = text
                        asked.told_at.append(position)
                activity.ask_count += 1
            case events.VotesImported(votes=votes):
                with activity.listed_anew(answer) as asked:
                    activity.votes += votes - asked.before
                    asked.before = votes
            case _:
                assert_never(event)


def forget_votes(activity: ActivityState, answer: Answer, of: Callable[[str], bool] = lambda phone: True) -> None:
    """Take back the votes for a question, or those *of* some phones."""
    if answer.asked and (gone := {phone for phone in answer.asked.voters if of(phone)}):
        with activity.listed_anew(answer) as asked:
            asked.voters -= gone
            activity.votes -= len(gone)
