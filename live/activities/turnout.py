"""Who has answered an activity: phones, and people without one."""

from live.activities.kind import Answer


class Turnout:
    """Counts the answers that have come to *version* of its words, 0 where these are not counted."""

    def __init__(self, version: int) -> None:
        self.version = version
        self.received = 0  # answers that count as such, also those that wait to be released
        self.senders: dict[str, int] = {}  # who has received answers, and how many
        self.answers_without_phone = 0  # received ones that the facilitator wrote down
        self.heads_without_phone = 0  # people behind these

    def add(self, answer: Answer, sign: int = 1) -> None:
        """Count an answer; with *sign* -1 no more."""
        if not answer.received or answer.version != self.version:
            return
        self.received += sign
        self.senders[answer.sender] = self.senders.get(answer.sender, 0) + sign
        if not self.senders[answer.sender]:
            del self.senders[answer.sender]
        if not answer.phone:
            self.answers_without_phone += sign
            self.heads_without_phone += sign * answer.heads
