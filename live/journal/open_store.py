"""Opens the journal in the engine that the settings name."""

from live.journal import Journal
from live.journal.sqlite import open_sqlite
from live.settings import Settings


async def open_store(settings: Settings) -> Journal:
    """Redis if the settings name it, else SQLite in the data folder. Raises StoreBusy, StoreUnfit, StorageFailed."""
    if settings.redis:
        # Imported here: it takes half a second, and most installations never need it.
        from live.journal.redis_engine import open_redis

        return await open_redis(settings.redis)
    return await open_sqlite(settings.data)
