"""
Whether work grows with its size and no faster, by the time it takes of a processor at two sizes; and how much work is
done, by the lines of Python that run.
"""

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

TIMES = 16
# In linear time sixteen times the work costs sixteen times as much, in quadratic time 256 times; the limit lies in the
# middle. What is linear has been seen to cost 2.5 times its share, for memory and what others do to the caches. Noise
# only adds, so that one good measurement of several is enough.
MOST = 4 * TIMES
TRIES = 5
FLOOR_S = 0.0003  # what is quicker than that is mostly what every call costs


def grows_with_its_size(work: Callable[[int], object], size: int) -> bool:
    """
    *work*(size) is done at a sixteenth of *size* and at *size*; what others have of the processor is not counted. Each
    time it is a little more, for what was done before may be remembered.
    """
    return any(
        _spent(work, size + n) <= MOST * max(FLOOR_S, _spent(work, size // TIMES + n)) for n in range(1, 1 + TRIES)
    )


def _spent(work: Callable[[int], object], size: int) -> float:
    began = time.thread_time()
    work(size)
    return time.thread_time() - began


class _TooMuch(Exception):
    pass


def lines_run(work: Callable[[], object], most: int) -> int:
    """How many lines of Python *work* runs, on any machine the same; broken off when they are more than *most*."""
    lines, before = 0, sys.gettrace()

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        if event == "line":
            lines += 1
            if lines > most:
                raise _TooMuch
        return trace

    sys.settrace(trace)
    try:
        work()
    except _TooMuch:
        pass
    finally:
        sys.settrace(before)
    return lines
