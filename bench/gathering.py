"""Measures how long it takes to group a thousand similar answers, and how late the event loop is meanwhile."""

import asyncio
import random
import time

from live.text import similarity
from tests.text.labelled_answers import ANSWERS

TEXTS, SEED = 1000, 1
PAUSE_S = 0.002


def hall(words: int) -> list[str]:
    """Answers of so many random words from sixty real answers: realistic words, but no themes to find."""
    chance = random.Random(SEED)
    known = [word for _, text in ANSWERS for word in text.split()]
    return [" ".join(chance.choice(known) for _ in range(words)) for _ in range(TEXTS)]


async def lateness(until: asyncio.Future) -> list[float]:
    """Milliseconds by which the event loop was late, sampled until *until* is done; sorted."""
    late = []
    while not until.done():
        began = time.perf_counter()
        await asyncio.sleep(PAUSE_S)
        late.append((time.perf_counter() - began - PAUSE_S) * 1000)
    return sorted(late)


async def main() -> None:
    for words in (12, 30):
        began = time.perf_counter()
        work = asyncio.ensure_future(asyncio.to_thread(timed, hall(words)))
        late = await lateness(work)
        print(f"{TEXTS} answers of {words} words")
        print(f"  processor time {work.result():.2f} s, by the clock {time.perf_counter() - began:.2f} s")
        print(
            f"  event loop late by {late[len(late) // 2]:.1f} ms (median), {late[int(len(late) * 0.99)]:.1f} ms (99th)"
        )


def timed(texts: list[str]) -> float:
    began = time.thread_time()
    similarity.alike(texts, "nb")
    return time.thread_time() - began


if __name__ == "__main__":
    asyncio.run(main())
