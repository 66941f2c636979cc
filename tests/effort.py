"""Whether work grows with its size and no faster, by the time it takes of a processor at two sizes."""

import time
from collections.abc import Callable

TIMES = 8
# In linear time eight times the work costs eight times as much, in quadratic time 64 times. Twice linear is granted to
# memory and to a busy machine; noise only adds, so that one good measurement of several is enough.
MOST = 2 * TIMES
TRIES = 5
FLOOR_S = 0.002  # what is quicker than that is mostly what every call costs


def grows_with_its_size(work: Callable[[int], object], size: int) -> bool:
    """
    *work*(size) is done at an eighth of *size* and at *size*; what others have of the processor is not counted. Each
    time it is a little more, for what was done before may be remembered.
    """
    return any(
        _spent(work, size + n) <= MOST * max(FLOOR_S, _spent(work, size // TIMES + n)) for n in range(1, 1 + TRIES)
    )


def _spent(work: Callable[[int], object], size: int) -> float:
    began = time.thread_time()
    work(size)
    return time.thread_time() - began
