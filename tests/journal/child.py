"""
A process of its own with the store open, for tests that kill it or fill its disk: `python -m tests.journal.child`.

Every line it prints was true when printed. It never ends by itself, except `full`.
"""

import asyncio
import os
import signal
import sys
from itertools import count
from pathlib import Path

from live.errors import StorageFailed
from live.events import AnswerSent
from live.journal import Journal
from live.journal.sqlite import open_sqlite
from tests.journal.facts import CODE, sent
from tests.meeting import answer_id

PHONES = 20
AT_ONCE = 3  # answers in one append
MOST_BYTES = 200_000  # of one file, on the small disk


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def batch(name: str) -> list[AnswerSent]:
    return [sent(f"{name}/{n}", "Lytt før dere bestemmer. " * 10) for n in range(AT_ONCE)]


async def burst(journal: Journal, life: str) -> None:
    """Many phones send as fast as they get acks; prints each ack."""

    async def phone(number: int) -> None:
        for n in count():
            name = f"{life}/{number}/{n}"
            recorded = await journal.append(CODE, batch(name), step=1)
            say(f"{name} {recorded.position}")

    async with asyncio.TaskGroup() as phones:
        for number in range(PHONES):
            phones.create_task(phone(number))


async def full(journal: Journal) -> None:
    """Append until the disk is full, twice more, then with free space again; prints the outcome of each append."""
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, most))
    failed = 0
    for n in count():
        try:
            recorded = await journal.append(CODE, batch(str(n)), step=1)
        except StorageFailed:
            failed += 1
            say(f"failed {n} {len(await journal.read(CODE))}")
            if failed == 3:
                break
        else:
            say(f"recorded {n} {recorded.position}")
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    recorded = await journal.append(CODE, batch(str(n)), step=1)
    say(f"again {n} {recorded.position}")


async def redacted(journal: Journal, name: str) -> None:
    await journal.redact(CODE, answer_id(name))
    say("redacted")
    signal.pause()


async def deleted(journal: Journal) -> None:
    await journal.delete(CODE)
    say("deleted")
    signal.pause()


async def held(journal: Journal) -> None:
    say("held")
    signal.pause()


async def main(what: str, folder: str, *names: str) -> None:
    journal = await open_sqlite(Path(folder))
    await {"burst": burst, "full": full, "redacted": redacted, "deleted": deleted, "held": held}[what](journal, *names)
    await journal.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
