"""
Whether work grows with its size and no faster, by the processor time it takes at two sizes; and how much work is done,
by the lines of Python that run.
"""

import sys
import time
from collections.abc import Callable
from types import FrameType, ModuleType
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


def lines_run(work: Callable[[], object], *within: ModuleType, most: int = sys.maxsize) -> int:
    """
    How many lines of Python *work* runs, on any machine the same: of the modules *within*, or without these of all.
    Broken off when they are more than *most*. What a function written in C goes through in one line is one.
    """
    files = {module.__file__ for module in within}
    lines, before = 0, sys.gettrace()

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        if files and frame.f_code.co_filename not in files:
            return None
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
