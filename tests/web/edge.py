"""The whole app over real SQLite, spoken to as a browser or a script would, without a socket between."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2

from live.journal.sqlite import open_sqlite
from live.runtime import Registry
from live.runtime.registry import Opened
from live.server.app import create_app, make_services
from live.settings import read
from live.web.services import Services
from tests.meeting import SEMINAR, one

HOME = "http://127.0.0.1:8000"
CREATE_KEY = "create-key-of-the-tests"


class Edge(httpx2.AsyncClient):
    """A browser or a script. `services` is what stands behind."""

    services: Services

    @property
    def rooms(self) -> Registry:
        return self.services.rooms

    async def open(self, text: str = SEMINAR) -> Opened:
        return await self.rooms.open(text)

    async def writing(self, kind: str = "open", attrs: str = "id=a many=3", body: str = "Skriv.") -> Opened:
        """A room whose one activity takes answers now."""
        opened = await self.open(one(kind, attrs, body))
        await self.act(opened, "start", activity="a")
        return opened

    async def act(self, opened: Opened, do: str, **fields: Any) -> None:
        answer = await self.post(
            f"/api/rooms/{opened.code}/actions", json={"do": do, **fields}, headers=bearer(opened.facilitator_key)
        )
        assert 200 == answer.status_code, answer.text

    async def another(self) -> "Edge":
        """Somebody else, with cookies of their own."""
        other = Edge(transport=self._transport, base_url=self.base_url)
        other.services = self.services
        return other


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@asynccontextmanager
async def serving(data: Path, url: str = HOME, **settings: Any) -> AsyncIterator[Edge]:
    journal = await open_sqlite(data / "data")
    try:
        services = await make_services(
            read({}, data=data / "data", **settings), journal, url=url, create_key=CREATE_KEY
        )
        app = create_app(services)
        async with (
            app.router.lifespan_context(app),
            Edge(transport=httpx2.ASGITransport(app), base_url=settings.get("public_url") or url) as edge,
        ):
            edge.headers["Origin"] = str(edge.base_url).rstrip("/")
            edge.services = services
            yield edge
    finally:
        await journal.close()
