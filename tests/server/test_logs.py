"""Logs are for whoever runs the server, who need not know what people wrote or from where."""

import io
import json
import logging

import pytest

from live.server.logs import MOST_PER_S, JsonLines, LogFilter


@pytest.fixture
def log():
    """-> (logger by name, what has been written so far as decoded lines)."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    handler.addFilter(LogFilter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


def test_an_error_tells_its_kind_and_place_but_not_its_words(log):
    """
    The words of an error may quote what somebody wrote.
    """
    try:
        try:
            raise KeyError("Flere benker ved elva")
        except KeyError as error:
            raise ValueError("ved elva") from error
    except ValueError:
        logging.getLogger("live.runtime.mailbox").exception("a command could not be recorded")

    (line,) = log()
    assert "a command could not be recorded" == line["said"]
    assert {"ValueError", "KeyError"} <= set(line["trace"])
    assert any("test_logs.py" in place for place in line["trace"])
    assert "elva" not in json.dumps(line)


def test_errors_in_a_group_are_all_told(log):
    try:
        raise ExceptionGroup("both", [OSError("a"), RuntimeError("b")])
    except ExceptionGroup:
        logging.getLogger("live").exception("failed")

    assert {"ExceptionGroup", "OSError", "RuntimeError"} <= set(log()[0]["trace"])


def test_a_line_is_one_line(log):
    logging.getLogger("live").warning("first\nsecond")

    assert ["first\nsecond"] == [line["said"] for line in log()]


def test_what_uvicorn_tells_of_every_socket_is_left_out(log):
    logging.getLogger("uvicorn.error").info('%s - "WebSocket %s" [accepted]', "10.0.0.7:1", "/25054015/feed")

    assert [] == log()


def test_a_flood_of_one_kind_is_counted(log, monkeypatch):
    """
    A hundred thousand bad requests leave a few lines, and the number of those that were left out.
    """
    now = 5.0
    monkeypatch.setattr("live.server.logs.time.monotonic", lambda: now)
    for _ in range(1000):
        logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
    logging.getLogger("live").warning("something else")
    now = 6.0
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")

    assert MOST_PER_S + 2 == len(log())
    assert 1000 - MOST_PER_S == log()[-1]["untold"]
