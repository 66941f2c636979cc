"""Every error raised on purpose. The web and the command line each turn them into an answer in one place."""

from msgspec import Struct


class LiveError(Exception):
    """Base of all errors raised on purpose. Never raised itself."""


class Refused(LiveError):
    """The rules of the room refuse. `code` is stable and public (contract: feed `error` and HTTP problem)."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Conflict(LiveError):
    """Somebody else has moved the room on since this was decided. `step` is the room's step now."""

    def __init__(self, step: int) -> None:
        super().__init__(step)
        self.step = step


class EditedSince(LiveError):
    """Somebody else has saved the workshop since this edit was begun. Holds the saved `text` and its `version`."""

    def __init__(self, text: str, version: str) -> None:
        super().__init__(version)
        self.text = text
        self.version = version


class RoomNotFound(LiveError):
    """No room has this code, or it has been deleted."""


class AnswersDeleted(RoomNotFound):
    """The room has been deleted as planned, and its published report is kept."""


class CodeTaken(LiveError):
    """Another room already has this code."""


class StoreBusy(LiveError):
    """Another process holds the data folder."""


class StoreUnfit(LiveError):
    """The store is configured so that it could lose what it has acknowledged; `args[0]` says what to set."""


class WorkerFailed(LiveError):
    """A worker process ended before it had ever listened; `args[0]` is its exit code."""


class StorageFailed(LiveError):
    """The store did not confirm an append. The events may or may not be stored; sending them again is safe."""


class StoreDamaged(StorageFailed):
    """What is in the store's file can't be read any more: asking again does not help, a backup does."""


class CameBackOlder(LiveError):
    """
    The store has lost events that it had acknowledged, in a failover or a restore: this process has already read
    `position` of `epoch`, and the store no longer has it.
    """

    def __init__(self, epoch: str, position: int) -> None:
        super().__init__(position)
        self.epoch = epoch
        self.position = position


class Problem(Struct, frozen=True):
    """One error or warning about a workshop file. `line` counts from 1."""

    line: int
    message: str
    warning: bool = False


class WorkshopInvalid(LiveError):
    """The workshop text can't be used; `problems` has every error."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class ImportRefused(LiveError):
    """An exported file can't be imported as a meeting. `args[0]` is a whole sentence that says where and why."""


class DeckRefused(LiveError):
    """Nothing of a deck can be read. `args[0]` is a whole sentence, in the reader's language, that says what to do."""


class ArchiveRefused(LiveError):
    """
    An archive or a picture can't be taken. `sentence` is English with `{placeholders}` for `facts`, among them the
    `file`, and says what to do.
    """

    def __init__(self, sentence: str, **facts: object) -> None:
        super().__init__(sentence.format(**facts))
        self.sentence = sentence
        self.facts = facts


class ExtraMissing(LiveError):
    """What this needs is not installed: `args[0]`, an optional dependency group or a key of `exports.INSTALL`."""


class KeyMissing(LiveError):
    """No key was sent where one is needed (HTTP 401)."""


class KeyWrong(LiveError):
    """The key that was sent gives no access here (HTTP 403)."""


class KeyTooWeak(KeyWrong):
    """The key that was sent belongs to this room, but has not the right that this needs (HTTP 403)."""


class TooLarge(LiveError):
    """The body is larger than this address allows; `args[0]` is the limit in bytes (HTTP 413)."""
