"""Every error raised on purpose. The web and the command line turn them into answers once, at the edge."""

from msgspec import Struct


class LiveError(Exception):
    """Base of all errors raised on purpose. Never raised itself."""


class Refused(LiveError):
    """The rules of the room say no. `code` is stable and public (contract: feed `error` and HTTP problem)."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Conflict(LiveError):
    """Somebody else moved the room on since this was decided. `step` is where it stands now."""

    def __init__(self, step: int) -> None:
        super().__init__(step)
        self.step = step


class EditedSince(LiveError):
    """Somebody has saved another workshop text since this one was begun: that text, and its version."""

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
    """The store is set so that it would lose what it acknowledged; `args[0]` says what to set."""


class StorageFailed(LiveError):
    """The store did not confirm. What was in the append may or may not be there; sending it again is safe."""


class CameBackOlder(LiveError):
    """The store has lost what it had acknowledged, in a failover or a restore: `position` of `epoch` was known here."""

    def __init__(self, epoch: str, position: int) -> None:
        super().__init__(position)
        self.epoch = epoch
        self.position = position


class Problem(Struct, frozen=True):
    """One fault in a workshop file. `line` counts from 1."""

    line: int
    message: str
    warning: bool = False


class WorkshopInvalid(LiveError):
    """The workshop text can't be used; `problems` names every fault."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class ImportRefused(LiveError):
    """A file can't be taken back as a meeting. `args[0]` is a whole sentence that says where and why."""


class ExtraMissing(LiveError):
    """That needs libraries that are not installed here: those of the extra `args[0]`."""


class KeyMissing(LiveError):
    """This needs a key, and none was sent (HTTP 401)."""


class KeyWrong(LiveError):
    """A key was sent that does not open this (HTTP 403)."""


class KeyTooWeak(KeyWrong):
    """A key was sent that opens something here, but not this (HTTP 403)."""


class TooLarge(LiveError):
    """The body is larger than this address takes; `args[0]` is the limit in bytes (HTTP 413)."""
