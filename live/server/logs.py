"""Logging as lines of JSON, without addresses, paths or anything that people wrote."""

import json
import logging
import sys
import time
import traceback

MOST_PER_S = 20  # lines of one kind; what comes on top is counted


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, object] = {
            "at": round(record.created, 3),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": record.getMessage().strip(),
        }
        if untold := getattr(record, "untold", 0):
            said["untold"] = untold
        if record.exc_info and record.exc_info[1]:
            said["trace"] = tell(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False)


def tell(error: BaseException) -> list[str]:
    """Kind and place of an error and of those behind it. Not its words: they may quote what somebody wrote."""
    told = [type(error).__qualname__]
    told += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    behind = [error.__cause__ or error.__context__]
    if isinstance(error, BaseExceptionGroup):
        behind += error.exceptions
    for one in behind:
        if one is not None:
            told += tell(one)
    return told


class Sieve(logging.Filter):
    """Keeps out what uvicorn tells of every socket, with address and path, and counts instead of repeating itself."""

    def __init__(self) -> None:
        super().__init__()
        self._kinds: dict[tuple[str, str], tuple[int, int]] = {}  # (logger, message) -> second, lines in it

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING and not record.name.startswith("live"):
            return False
        kind = (record.name, str(record.msg))
        now = int(time.monotonic())
        second, lines = self._kinds.get(kind, (now, 0))
        if second != now:
            record.untold = max(0, lines - MOST_PER_S)
            lines = 0
            if len(self._kinds) > 1000:
                self._kinds.clear()
        self._kinds[kind] = (now, lines + 1)
        return lines < MOST_PER_S


def set_up() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    handler.addFilter(Sieve())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # The sieve keeps it out anyhow, and to make a record of each socket takes a twentieth of letting it in.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
