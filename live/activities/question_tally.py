"""Questions to a panel in the orders in which they are listed, kept up while questions and votes come."""

from bisect import bisect_left, insort
from heapq import nlargest
from typing import Any

from live.activities.kind import Answer, Asked
from live.workshop import Activity

VOTES, NEWEST, UNDECIDED = "votes", "newest", "undecided"
"""The orders, which are shapes too: by votes, with those answered last; newest first; the least certain first."""
MOST_SHOWN = 12  # questions in `show`, which are the rows of charts and of results on phones


class QuestionTally:
    """
    Counts questions and their votes. A vote costs the same however many there are: whoever changes `Answer.asked`
    removes the question before, and adds it again.

    Source of `undecided`: since a question was asked, n votes were given to any question, and k of them to this one.
    Taken as k of n chances, the share that wants it answered has the distribution Beta(k + 1, n - k + 1), whose
    variance says how little is known yet. It is largest for what few have had the chance to vote for, and then for what
    half of the votes went to. Those that the panel has answered are decided, and left out.
    """

    def __init__(self, written: Activity) -> None:
        self.written = written
        self._questions: dict[str, Answer] = {}
        self._by_votes: list[tuple[bool, int, int, str]] = []
        self._by_arrival: list[tuple[int, str]] = []  # the newest last
        self._unanswered = 0
        self.votes = 0

    def add(self, answer: Answer) -> None:
        asked = asked_of(answer)
        self._questions[answer.id] = answer
        insort(self._by_votes, _key(answer, asked))
        insort(self._by_arrival, (answer.position, answer.id))
        self.votes += asked.votes
        self._unanswered += not asked.answered

    def remove(self, answer: Answer) -> None:
        asked = asked_of(answer)
        del self._questions[answer.id]
        del self._by_votes[bisect_left(self._by_votes, _key(answer, asked))]
        del self._by_arrival[bisect_left(self._by_arrival, (answer.position, answer.id))]
        self.votes -= asked.votes
        self._unanswered -= not asked.answered

    def show(self) -> dict[str, Any]:
        first = self.listed(VOTES, 0, MOST_SHOWN)
        return {
            "n": len(self._questions), "votes": self.votes, "answered": len(self._questions) - self._unanswered,
            "questions": [{"id": one.id, "text": one.text or "", "votes": asked_of(one).votes} for one in first],
        }  # fmt: skip

    def total(self, order: str) -> int:
        """How many questions are listed in *order*."""
        return self._unanswered if order == UNDECIDED else len(self._questions)

    def listed(self, order: str, offset: int, limit: int) -> list[Answer]:
        """A page of the questions in *order*; in any other than those above, as by votes."""
        if order == NEWEST:
            end = len(self._by_arrival) - offset
            ids = [id for _, id in reversed(self._by_arrival[max(0, end - limit) : max(0, end)])]
        elif order == UNDECIDED:
            unanswered = (self._questions[key[-1]] for key in self._by_votes[: self._unanswered])
            first = nlargest(offset + limit, unanswered, key=lambda one: (self._doubt(asked_of(one)), one.position))
            return first[offset:]
        else:
            ids = [key[-1] for key in self._by_votes[offset : offset + limit]]
        return [self._questions[id] for id in ids]

    def _doubt(self, asked: Asked) -> float:
        k, n = asked.votes, max(asked.votes, self.votes - asked.chances)
        return (k + 1) * (n - k + 1) / ((n + 2) ** 2 * (n + 3))


def asked_of(answer: Answer) -> Asked:
    """What has become of a question; nothing yet, where nobody has voted for it."""
    return answer.asked or Asked()


def _key(answer: Answer, asked: Asked) -> tuple[bool, int, int, str]:
    return asked.answered, -asked.votes, answer.position, answer.id
