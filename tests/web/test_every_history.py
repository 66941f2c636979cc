"""Every page after every history: whatever people and facilitators have done, no page of any face fails."""

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live.room import Room
from live.rules.commands import ACTIONS
from tests.meeting import answer_id
from tests.web.edge import Edge, bearer, serving

HEAD = "---\nformat: workshop/1\ntitle: Prøve\nlanguage: nb\n---\n\n## Først\n\n"
PARTS = {
    "pair": ":::pair{id=pair}\nSnakk sammen.\n:::\n",
    "open": ":::open{id=open many=5 reveal=live}\nSkriv.\n:::\n",
    "words": ":::words{id=words many=3}\nEtt ord.\n:::\n",
    "choice": ":::choice{id=choice pick=2}\nVelg.\n- Skolen\n- Torget\n- Havna\n:::\n",
    "scale": ":::scale{id=scale}\nVurder.\n- Buss\n- Vei\n:::\n",
    "group": ":::group{id=group from=open by=all}\nSamle.\n:::\n",
    "dots": ":::dots{id=dots from=group}\nSett prikker.\n:::\n",
}
WORKSHOP = HEAD + "\n---\n\n## Så\n\n".join(PARTS.values())
# What a facilitator may change in the text while the meeting runs.
EDITS = [
    ("- Buss\n- Vei\n", "- Buss\n- Vei\n- Bane\n"), ("- Havna\n", "- Havna\n- Skogen\n"),
    ("{id=scale}", "{id=scale max=7}"), (PARTS["words"], ""), ("pick=2", "pick=3"), ("Skriv.", "Skriv kort."),
]  # fmt: skip
History = list[tuple[Any, ...]]
PHONES = ("anne", "bo")
MEETINGS = max(12, settings().max_examples // 10)
VALUES = {"choice": [["a"], ["b", "c"], ["d"]], "scale": [{"a": 3}, {"a": 1, "b": 5}, {"b": 2}]}
PAGES = (
    "", "/results", "/mine", "?lang=en", "/frame", "/preview", "/mine.txt", "/sort", "/report", "/report/edit",
    "/slides/1", "/slides/4", "/view?face=phone", "/view?face=screen", "/view?face=console", "/screen", "/console",
)  # fmt: skip

place = st.integers(0, 5)
moves = st.lists(
    st.one_of(
        st.tuples(st.just("next"), place),
        st.tuples(st.just("start"), st.sampled_from(list(PARTS))),
        st.tuples(st.sampled_from(["close", "reveal", "hide", "reopen", "end", "back", "publish"]), place),
        st.tuples(st.just("answer"), st.sampled_from(PHONES), place),
        st.tuples(st.just("answer"), st.sampled_from(PHONES), place),
        st.tuples(st.just("change"), st.sampled_from(PHONES), place),
        st.tuples(st.sampled_from(["withdraw", "sort"]), st.sampled_from(PHONES), place),
        st.tuples(st.sampled_from(["hide_answer", "restore_answer", "redact_answer", "spotlight"]), place),
        st.tuples(st.sampled_from(["make_theme", "rename_theme", "merge_themes", "remove_theme", "place"]), place),
        st.tuples(st.just("edit"), place),
    ),
    min_size=4,
    max_size=16,
)  # fmt: skip


class Crowd:
    """A meeting with two phones, one without, and a facilitator, who do what they are told where it is allowed."""

    def __init__(self, edge: Edge, opened: Any, phones: dict[str, Edge]) -> None:
        self.edge, self.opened, self.phones = edge, opened, phones
        self.text, self.sent = WORKSHOP, 0

    async def room(self) -> Room:
        return await self.edge.rooms.get(self.opened.code)

    async def do(self, move: tuple[Any, ...]) -> bool:
        """Whether it was allowed."""
        name, *about = move
        if name in ("answer", "change", "withdraw", "sort"):
            return await self.from_phone(name, *about)
        if name == "edit":
            self.text = self.text.replace(*EDITS[about[0] % len(EDITS)])
            url = f"/api/rooms/{self.opened.code}/workshop"
            reply = await self.edge.put(url, content=self.text, headers=bearer(self.opened.facilitator_key))
        else:
            assert name in ACTIONS
            reply = await self.edge.post(
                f"/api/rooms/{self.opened.code}/actions", json={"do": name, **await self.fields(name, *about)},
                headers=bearer(self.opened.facilitator_key),
            )  # fmt: skip
        return reply.status_code == 200

    async def fields(self, name: str, at: Any) -> dict[str, Any]:
        room = await self.room()
        answers = list(room.answer_activity)
        themes = [theme.id for theme in room.themes_of("open")]
        one = answers[at % len(answers)] if isinstance(at, int) and answers else "none"
        theme = themes[at % len(themes)] if isinstance(at, int) and themes else "none"
        return {
            "start": {"activity": at},
            "hide_answer": {"id": one, "reason": "Navngir en person"},
            "restore_answer": {"id": one}, "redact_answer": {"id": one}, "spotlight": {"id": one},
            "make_theme": {"name": f"Tema {at}", "ids": [one] if answers else [], "activity": "open"},
            "rename_theme": {"theme": theme, "name": "Nytt navn"}, "remove_theme": {"theme": theme},
            "merge_themes": {"theme": theme, "into": themes[-1] if themes else "none"},
            "place": {"theme": theme, "ids": [one]},
        }.get(name, {})  # fmt: skip

    async def from_phone(self, name: str, phone: str, at: int) -> bool:
        room = await self.room()
        state = room.activity
        if state is None:
            return False
        own = state.by_phone.get(phone_id(self.phones[phone]), [])
        message: dict[str, Any]
        if name == "withdraw" or name == "change":
            if not own:
                return False
            answer = state.answers[own[at % len(own)]]
            message = {"type": "withdraw", "id": answer.id, "rev": answer.rev + 1}
            if name == "change":
                message |= {"type": "answer", "activity": answer.activity, **self.content(state, at + 1)}
        elif name == "sort":
            themes = [f"theme-{theme.id}" for theme in room.themes_of("open")]
            if not own or not themes:
                return False
            form = {"id": own[at % len(own)], themes[at % len(themes)]: "1"}
            return (await self.phones[phone].post(f"/{self.opened.code}/sort", data=form)).status_code == 303
        else:
            self.sent += 1
            message = {"type": "answer", "id": answer_id(f"{self.opened.code}{self.sent}"), "rev": 1}
            message |= {"activity": state.written.id, **self.content(state, at)}
        reply = await self.phones[phone].post(f"/{self.opened.code}/answers", json=message)
        assert reply.status_code != 403, reply.text
        return reply.json()["type"] == "ack"

    def content(self, state: Any, at: int) -> dict[str, Any]:
        if state.has_texts:
            return {"text": f"Svar {at}"}
        if state.written.kind in VALUES:
            values = VALUES[state.written.kind]
            return {"value": values[at % len(values)]}
        return {"value": [option.id for option in state.written.options][:1]}

    async def look(self, pages: tuple[str, ...]) -> None:
        for client, headers in (
            *((phone, {}) for phone in self.phones.values()),
            (self.edge, bearer(self.opened.facilitator_key)),
        ):
            for page in pages:
                answer = await client.get(f"/{self.opened.code}{page}", headers=headers)
                assert answer.status_code < 500, (page, answer.status_code)


def phone_id(client: Edge) -> str:
    """The stored identity of a phone: a hash of its token, which its only cookie holds."""
    (token,) = client.cookies.values()
    return sha256(token.encode()).hexdigest()[:32]


@pytest.fixture
def served(tmp_path):
    """`walk` with an app that runs in a loop of its own: hypothesis calls what is no coroutine."""
    with ThreadPoolExecutor(1) as pool:
        running: Future[Any] = Future()
        done = pool.submit(asyncio.run, _serve(tmp_path, running))
        walk_there, stop = running.result(30)
        yield walk_there
        stop()
        done.result(30)


async def _serve(data: Path, running: Future[Any]) -> None:
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    async with serving(data) as edge:

        def walk_there(history: History) -> None:
            asyncio.run_coroutine_threadsafe(walk(edge, history), loop).result()

        running.set_result((walk_there, lambda: loop.call_soon_threadsafe(stopped.set)))
        await stopped.wait()


def test_no_page_fails_whatever_has_happened(served):
    @settings(max_examples=MEETINGS)
    @given(moves)
    def after(history: History) -> None:
        served(history)

    after()


async def walk(edge: Edge, history: History, *, allowed: bool = False) -> None:
    """Do all of *history* and look at the pages; with *allowed* each of it must be."""
    opened = await edge.open(WORKSHOP)
    phones = {name: await edge.another() for name in PHONES}
    for client in phones.values():
        client.headers["Origin"] = edge.headers["Origin"]
        await client.get(f"/{opened.code}")
    crowd = Crowd(edge, opened, phones)
    for move in history:
        assert await crowd.do(move) or not allowed, move
        await crowd.look(PAGES[:3])
    await crowd.look(PAGES)


@pytest.mark.parametrize(
    "history",
    [
        [("start", "scale"), ("answer", "anne", 0)],  # {"a": 3}, and nothing for b
        [("start", "scale"), ("answer", "anne", 1), ("edit", 0)],
        [("start", "choice"), ("answer", "anne", 0), ("redact_answer", 0), ("close", 0), ("reveal", 0)],
        [
            ("start", "open"),
            ("answer", "anne", 0),
            ("restore_answer", 0),
            ("make_theme", 1),
            ("start", "dots"),
            ("answer", "bo", 0),
            ("close", 0),
            ("reveal", 0),
            ("remove_theme", 0),
        ],
    ],
    ids=["a part is left out", "an item is added", "a choice is deleted for good", "the themes of dots are gone"],
)
async def test_what_has_failed_once(tmp_path, history):
    async with serving(tmp_path) as edge:
        await walk(edge, history, allowed=True)
