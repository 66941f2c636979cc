"""Logs as lines of JSON, without addresses, paths or anything that people wrote."""

import json
import logging
import sys
import time
import traceback

MOST_PER_S = 20  # lines with the same message; further ones are only counted


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": round(record.created, 3),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": record.getMessage().strip(),
        }
        if left_out := getattr(record, "left_out", 0):
            entry["untold"] = left_out
        if record.exc_info and record.exc_info[1]:
            entry["trace"] = describe_error(record.exc_info[1])
        return json.dumps(entry, ensure_ascii=False)


def describe_error(error: BaseException) -> list[str]:
    """The type and traceback of an error and its causes. Not its message: that may quote what somebody wrote."""
    lines = [type(error).__qualname__]
    lines += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    causes = [error.__cause__ or error.__context__]
    if isinstance(error, BaseExceptionGroup):
        causes += error.exceptions
    for cause in causes:
        if cause is not None:
            lines += describe_error(cause)
    return lines


class LogFilter(logging.Filter):
    """
    Drops uvicorn's lines about each connection, which hold address and path, and drops repeated messages above
    MOST_PER_S. The next line that passes says how many were dropped.
    """

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
            record.left_out = max(0, lines - MOST_PER_S)
            lines = 0
            if len(self._kinds) > 1000:
                self._kinds.clear()
        self._kinds[kind] = (now, lines + 1)
        return lines < MOST_PER_S


def set_up() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    handler.addFilter(LogFilter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # The filter drops these lines anyway, but creating a record for each connection takes 5 % of accepting it.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
