"""The registry: what is asked of the rooms of this process. Opens, finds, changes and deletes them."""

import asyncio
import contextlib
import secrets
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

from live import codes, workshop
from live.activities import SCHEMAS
from live.clock import Clock
from live.errors import CameBackOlder, CodeTaken, LiveError, Problem, Refused
from live.events import KeysRevoked, WorkshopSet
from live.exports import json_import
from live.exports.json_import import ImportedMeeting
from live.journal import Journal
from live.media import NOWHERE, Media
from live.public_page import store
from live.rehearsal.runner import Cast
from live.rights import FACILITATOR, SCREEN, Held
from live.room import DAY_MS, Room
from live.room.rehearsal import Rehearsal
from live.rules import Command, EditWorkshop, access_links, commands, rehearsal
from live.rules.answers import valid_id
from live.rules.commands import AnyAction
from live.runtime import import_room, room_pictures
from live.runtime.frames import Frames
from live.runtime.housekeeping import Housekeeping
from live.runtime.mailbox import Ack, DecidedEvent, OnOutcome
from live.runtime.open_rooms import OpenRooms
from live.runtime.room_pictures import NOTHING, Beside
from live.runtime.seals import Seals
from live.runtime.store_watch import StoreWatch
from live.runtime.workshop_intake import missing
from live.text import lemmas
from live.text.word_groups import FOLDING
from live.transport.hub import Hub
from live.views.view import Join
from live.views.wifi import Wifi, drawn

DRAIN_MS = 5_000
Translate = Callable[[str], str]


class Opened(Struct, frozen=True):
    """A new room. The keys are given out only here; the store holds their hashes."""

    code: str
    facilitator_key: str
    screen_key: str


def fresh_key() -> tuple[str, str]:
    """A new key, and the hash under which it is stored."""
    key = secrets.token_urlsafe(24)
    return key, sha256(key.encode()).hexdigest()


class Registry:
    """Owns every room of this process. Use as an async context manager: leaving it finishes the tasks of the rooms."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        join: Callable[[str], Join],
        *,
        media: Media = NOWHERE,
        secret: bytes | None = None,
        warnings: Callable[[], list[str]] = list,
        note_deleted: Callable[[str, str], None] = lambda code, id: None,
    ) -> None:
        """
        *media* is where the films of the rooms are. *join* returns how people get into the room with a given code, for
        the screen to show; *warnings* what the console tells of the server. *secret* signs what phones are told, and is
        the same for all workers; without one, what phones have seen is believed only as long as this process lives.
        *note_deleted* is called with what a restore must not bring back.
        """
        self.journal = journal
        self.media = media
        self.clock = clock
        self.draining = False
        self.seals = Seals(secret or secrets.token_bytes(32))
        self.note_deleted = note_deleted
        self._tasks = asyncio.TaskGroup()
        self.hub = Hub(
            lambda code, face: self.frames.draw(code, face), lambda code: self.open_rooms.heads(code), clock.now
        )
        self.open_rooms = OpenRooms(journal, clock, self.hub, tasks=self._tasks, note_deleted=note_deleted)
        store_watch = StoreWatch(self.open_rooms, journal, self.hub, tasks=self._tasks)
        self.frames = Frames(
            self.open_rooms, self.hub, clock, self.seals, join=join, warnings=warnings, stalled=store_watch.stalled
        )
        self.housekeeping = Housekeeping(
            self.open_rooms, journal, media, clock, self.hub,
            tasks=self._tasks, note_deleted=note_deleted, store_watch=store_watch,
        )  # fmt: skip
        self._rehearsing: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Registry":
        await self._tasks.__aenter__()
        await self.housekeeping.start()
        return self

    async def __aexit__(self, *failure: Any) -> None:
        self.housekeeping.stop()
        for task in self._rehearsing:
            task.cancel()
        self.open_rooms.release_all()
        await self._tasks.__aexit__(*failure)

    async def drain(self) -> None:
        """Before the process stops: end all seats, and wait until what they have sent is recorded and acked."""
        self.draining = True
        self.hub.end_all()
        until = self.clock.now() + DRAIN_MS
        while self.clock.now() < until:
            await asyncio.sleep(0.05)
            if self.hub.empty() and not self.open_rooms.working:
                return

    @property
    def waits_s(self) -> float:
        """How long the command that has waited longest in any room has waited."""
        return self.open_rooms.waits_s

    # -- rooms ----------------------------------------------------------------------------------------------

    async def open(self, text: str, beside: Beside = NOTHING, *, translate: Translate = str) -> Opened:
        """Open a room from a workshop and its files. Raises WorkshopInvalid with all faults, as *translate* says."""
        written, _ = await asyncio.to_thread(
            workshop.parse, text, SCHEMAS, translate=translate
        )  # a hostile file takes seconds
        while True:
            code, now = codes.make(secrets.randbelow), self.clock.now()
            if await self.journal.report(code) is not None:
                continue
            try:
                begun = WorkshopSet(at=now, text=text, words=lemmas.method(), edition=workshop.EDITION, folding=FOLDING)
                await self.journal.create(code, [begun, *room_pictures.begun(beside, now)])
            except CodeTaken:
                continue
            await room_pictures.put_all(self.journal, self.media, code, beside)
            await self.journal.set_due(code, "delete", now + written.kept_days * DAY_MS)
            facilitator_key = await self.new_key(code, FACILITATOR)
            return Opened(code, facilitator_key, await self.new_key(code, SCREEN))

    async def open_from_export(self, body: bytes) -> tuple[Opened, ImportedMeeting]:
        """Open a room from a JSON export: the whole meeting, or ImportRefused and nothing."""
        brought = await asyncio.to_thread(json_import.read, body)
        code = await import_room.create_room(self.journal, brought, now=self.clock.now())
        return Opened(code, await self.new_key(code, FACILITATOR), await self.new_key(code, SCREEN)), brought

    async def new_key(self, code: str, right: str) -> str:
        key, hashed = fresh_key()
        await self.journal.add_key(hashed, code=code, right=right, at=self.clock.now())
        return key

    async def give_link(self, code: str, name: str, right: str) -> tuple[str, str]:
        """Make a link for a colleague. It is listed before its key opens anything. Returns its id and its key."""
        id = secrets.token_hex(4)
        room = await self.newest(code)
        await self.command(code, access_links.give(room.links, id=id, name=name, right=right, now=self.clock.now()))
        return id, await self.new_key(code, Held(right, id).stored)

    async def show_wifi(self, code: str, wifi: Wifi | None) -> None:
        """The screen shows that network, or none. Raises Refused `ended` and `bad-wifi`."""
        open_room = await self.open_rooms.load(code)
        if wifi and open_room.room.ended:
            raise Refused("ended")
        open_room.wifi = drawn(wifi) if wifi else None
        self.hub.touch(code)

    async def withdraw_link(self, code: str, id: str) -> None:
        """End a link. Its key is revoked first, so that those who are disconnected can't come in again."""
        link, ended = access_links.withdraw((await self.newest(code)).links, id, self.clock.now())
        await self.journal.revoke_keys(code, Held(link.right, id).stored)
        await self.command(code, ended)

    async def revoke(self, code: str) -> None:
        """End every link of a room, or of its stored public page."""
        await self.journal.revoke_keys(code)
        if await self.journal.report(code) is not None:
            return
        await self.command(code, KeysRevoked(at=self.clock.now()))  # every worker ends the seats it holds

    async def delete(self, code: str) -> None:
        """Delete all of the room; when it is deleted already, its stored public page."""
        with self.open_rooms.being_deleted(code):
            await store.delete(self.journal, code, self.note_deleted)
            await asyncio.to_thread(self.media.drop_room, code)

    async def get(self, code: str) -> Room:
        """The room, with everything that was acked by this process before. Raises RoomNotFound."""
        return (await self.open_rooms.load(code)).room

    async def newest(self, code: str) -> Room:
        """The room, with everything that was acked before by any worker. Raises RoomNotFound."""
        return await self.open_rooms.newest(code)

    async def claim(self, code: str, epoch: str, position: int, answer: str = "", rev: int = 0) -> None:
        """
        A phone has seen the room up to *position*, and holds an ack for *answer*, as its seals have shown (`seals`). If
        the store has less, it has lost acknowledged events. The position alone does not show that, when the store has
        gone on past it since.

        Believed only once while the room is in memory.
        """

        def lacks(room: Room) -> bool:
            if room.position < position:
                return True
            found = room.answer(answer)
            missing = found is None or found.rev < rev
            return missing and valid_id(answer) and answer not in room.withdrawn

        open_room = await self.open_rooms.load(code)
        if epoch != open_room.epoch or not lacks(open_room.room):
            return
        if open_room.claim_handled:
            # A phone that came by socket and by POST must not get the old epoch.
            return await open_room.replica.wait_for_rollback()
        if lacks(await self.newest(code)) and epoch == open_room.epoch:
            open_room.claim_handled = True
            await open_room.handle_rollback(CameBackOlder(epoch, position))

    def loaded_room(self, code: str) -> Room | None:
        """The room if it is in memory, else None."""
        open_room = self.open_rooms.get(code)
        return open_room.room if open_room else None

    def loaded_codes(self) -> list[str]:
        """Codes of the rooms in memory."""
        return self.open_rooms.codes()

    async def epoch(self, code: str) -> str:
        return (await self.open_rooms.load(code)).epoch

    async def edit(
        self, code: str, text: str, *, based_on: str | None = None, translate: Callable[[str], str] = str
    ) -> tuple[Ack, list[Problem]]:
        """
        Replace the workshop with *text*, which was edited from the version *based_on*. Returns its warnings too.

        Raises WorkshopInvalid, EditedSince, and Refused `has-answers` if it drops an activity that people answered.
        """
        written, warnings = await asyncio.to_thread(workshop.parse, text, SCHEMAS, translate=translate)
        await asyncio.to_thread(lemmas.load, written.language)
        warnings += missing(text, written, await self.get(code), translate)
        return await self.command(code, EditWorkshop(text, written, based_on, translate)), warnings

    # -- commands ---------------------------------------------------------------------------------------------

    async def act(self, code: str, action: AnyAction, if_step: int | None = None) -> Ack:
        """A facilitator's action. Raises Conflict when the room is not at *if_step*, Refused when the rules say no."""
        match action:
            case commands.Ask():
                action = msgspec.structs.replace(action, id=f"spurt-{secrets.token_hex(4)}")
            case commands.AddAnswer():
                action = msgspec.structs.replace(action, id=secrets.token_hex(16))
            case commands.MakeTheme() | commands.SplitTheme() | commands.AcceptSuggestion():
                action = msgspec.structs.replace(action, id=f"tema-{secrets.token_hex(4)}")
        if rehearsal.begins_meeting(await self.get(code), action, self.clock.now()):
            cleared = await self.command(code, commands.ClearRehearsal(), if_step)
            if_step = None if if_step is None else cleared.step
        ack = await self.command(code, action, if_step)
        if isinstance(action, commands.Rehearse):
            await self._start_rehearsal(code)
        return ack

    async def _start_rehearsal(self, code: str) -> None:
        """The worker that took the command runs the pretend participants."""
        begun = (await self.get(code)).rehearsal
        if begun is None:
            return  # cleared in the meantime
        task = self._tasks.create_task(self._run_rehearsal(code, begun))
        self._rehearsing.add(task)
        task.add_done_callback(self._rehearsing.discard)

    async def _run_rehearsal(self, code: str, begun: Rehearsal) -> None:
        await Cast(code, begun, hub=self.hub, room=self.get, command=self.command).run(
            self.clock.now, lambda: self.draining
        )
        if self.draining:
            with contextlib.suppress(LiveError):
                await self.command(code, commands.StopRehearsal())

    async def command(self, code: str, command: Command | DecidedEvent, if_step: int | None = None) -> Ack:
        return await (await self.open_rooms.load(code)).mailbox.command(command, if_step)

    def crowded(self, code: str) -> bool:
        """Whether so many commands wait there that each phone may have only one in the room."""
        open_room = self.open_rooms.get(code)
        return open_room is not None and open_room.mailbox.crowded

    def put(self, code: str, command: Command, on_outcome: OnOutcome) -> bool:
        """
        Like `command`, without waiting: *on_outcome* is called later. False, and nothing is done, when the room must be
        loaded first or is busy.
        """
        if (open_room := self.open_rooms.get(code)) is None:
            return False
        open_room.asked_at = self.clock.now()
        try:
            open_room.mailbox.put(command, on_outcome)
        except Refused:
            return False
        return True
