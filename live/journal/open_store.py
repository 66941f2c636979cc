"""Which engine holds the journal."""

from live.journal import Journal
from live.journal.sqlite import open_sqlite
from live.settings import Settings


async def open_store(settings: Settings) -> Journal:
    """Redis where one is named, else the data folder. Raises StoreBusy, StoreUnfit, StorageFailed."""
    if settings.redis:
        from live.journal.redis_engine import open_redis  # half a second to import, which most never need

        return await open_redis(settings.redis)
    return await open_sqlite(settings.data)
