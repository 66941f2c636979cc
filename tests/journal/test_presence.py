"""Who sits where: counted across workers, never on disk, and gone with the worker."""

from live.journal import PRESENT_MS

ROOM, NOW = "25054015", 1_800_000_000_000


async def test_workers_hear_of_each_others_phones(journal):
    assert [] == await journal.present(ROOM, "a", (3, 5, 0), now=NOW)
    assert [3, 5, 0] == await journal.present(ROOM, "b", (1, 1, 1), now=NOW + 10)
    assert [4, 6, 1] == await journal.present(ROOM, "c", (0, 0, 0), now=NOW + 20)
    assert [1, 1, 1] == await journal.present(ROOM, "a", (2, 2, 0), now=NOW + 30)
    assert [] == await journal.present("87654321", "d", (9, 9, 9), now=NOW)


async def test_a_worker_that_falls_silent_takes_its_phones_with_it(journal):
    await journal.present(ROOM, "a", (3, 5), now=NOW)
    assert [3, 5] == await journal.present(ROOM, "b", (1, 1), now=NOW + PRESENT_MS - 1)
    assert [] == await journal.present(ROOM, "b", (1, 1), now=NOW + PRESENT_MS)


async def test_workers_of_another_version_count_less(journal):
    await journal.present(ROOM, "old", (3, 5), now=NOW)
    await journal.present(ROOM, "new", (1, 1, 1), now=NOW)
    assert [4, 6, 1] == await journal.present(ROOM, "c", (0, 0, 0), now=NOW)
