"""What follows from single answers while an activity runs: options that people add, and whose turn which two are."""

from msgspec.structs import replace

from live.activities.kind import Answer, Kind
from live.text.screening import flags
from live.workshop import Activity, Option

MOST_ADDED_BYTES = 1800  # of a phone's view, for the options that people add
OPTION_BYTES = 60  # of it, for each besides its text


class Turns:
    def __init__(self, written: Activity, kind: Kind | None) -> None:
        self.kind = kind
        self.pairs = kind.pairs(written) if kind else None
        self._grows = kind is not None and kind.grows(written)
        self._added: dict[str, Answer] = {}

    def options(self) -> list[Option]:
        """The options that people have added, in order of arrival: as many as phones can be told of."""
        shown, left = [], MOST_ADDED_BYTES
        for answer in self._added.values():
            if answer.text and _is_shown(answer) and (left := left - size(answer.text)) >= 0:
                shown.append(Option(answer.id, answer.text))
        return shown

    def add(self, answer: Answer) -> None:
        if answer.text and self._grows:
            self._added[answer.id] = answer
        if self.pairs and len(about := _options_of(answer)) == 2:
            self.pairs.compare(answer.sender, *about)

    def remove(self, answer: Answer) -> None:
        self._added.pop(answer.id, None)
        if self.pairs and len(about := _options_of(answer)) == 2:
            self.pairs.take_back(answer.sender, *about)

    def set_written(self, before: Activity, written: Activity, kind: Kind | None) -> bool:
        """
        The workshop was edited, or an option was added or withheld. Returns whether such options are all that is
        another than *before*.
        """
        grew = self._grows and replace(before, options=written.options) == written
        self._grows = kind is not None and kind.grows(written)
        if kind is not self.kind:  # which is only while nobody has answered
            self.kind, self.pairs = kind, kind.pairs(written) if kind else None
        elif self.pairs:
            self.pairs.set_options(option.id for option in written.options)
        return grew


def size(text: str) -> int:
    """Bytes of an option in a phone's view."""
    return len(text.encode()) + OPTION_BYTES


def _is_shown(answer: Answer) -> bool:
    """Whether an option that somebody has added may be shown: it is read now, and not when it is counted."""
    return answer.received and (answer.released or not answer.waits or not flags(answer.text or ""))


def _options_of(answer: Answer) -> list[str]:
    return list(answer.value) if isinstance(answer.value, list | dict) else []
