"""Rules for clearing a room of a meeting that was held, so that another group can use it: what is kept where."""

import msgspec

from live.errors import Refused
from live.events import (
    AnyEvent,
    Archive,
    ChimeSet,
    CommentMade,
    DoorClosed,
    Event,
    FilmsSet,
    KeysRevoked,
    LinkGiven,
    PicturesSet,
    PulseSet,
    ReportUnpublished,
    RoomArchived,
    RoomCleared,
    RoomEnded,
    TimePlanned,
    WorkshopSet,
)
from live.room import Room

MOST_ARCHIVES = 50  # that a room lists; older ones are still there, each as a meeting of its own


def check(room: Room, now: int) -> None:
    """Raises Refused when the room can't be cleared now."""
    if room.archive_of:
        raise Refused("is-archive")
    if not room.ended and room.state != "lobby":
        raise Refused("not-ended")
    if room.rehearsal and room.rehearsal.runs(now):
        raise Refused("rehearsing")
    if not room.real_answers:
        raise Refused("nothing-to-clear")


def archive_end(room: Room, now: int) -> list[Event]:
    """What is added to the copy of the journal: it has no links, takes nobody in, and is not published."""
    end: list[Event] = [] if room.ended else [RoomEnded(at=now)]
    if room.people.door_closed_at is None:
        end.append(DoorClosed(at=now))
    if room.followup.published_at is not None:
        end.append(ReportUnpublished(at=now))
    return [*end, KeysRevoked(at=now), RoomArchived(at=now, source=room.code)]


def archive(room: Room, code: str, now: int) -> Archive:
    return Archive(code, room.left_lobby_at or now, room.real_answers, room.delete_at)


def beginning(room: Room, events: list[AnyEvent], kept: Archive, now: int) -> list[Event]:
    """
    The events with which the room begins anew: the workshop and its pictures as they are now, what its facilitator has
    planned, the links of colleagues, and comments that wait. *events* are its journal until now.
    """
    written = next(event for event in reversed(events) if isinstance(event, WorkshopSet))
    return [
        msgspec.structs.replace(written, at=now, words=room.words_by, folding=room.folding),
        RoomCleared(at=now, archives=[kept, *room.archives][:MOST_ARCHIVES]),
        *([PicturesSet(at=now, pictures=dict(room.pictures))] if room.pictures else []),
        *([FilmsSet(at=now, films=dict(room.films))] if room.films else []),
        *(
            TimePlanned(at=now, activity=id, seconds=seconds)
            for id, seconds in room.planned_times.items()
            if id not in room.ad_hoc
        ),
        *([ChimeSet(at=now, on=True)] if room.chime else []),
        *([] if room.people.pulse else [PulseSet(at=now, on=False)]),
        *(LinkGiven(at=one.at, id=one.id, name=one.name, right=one.right) for one in room.links.working.values()),
        *(
            CommentMade(at=one.at, id=one.id, slide=one.slide, text=one.text, author=one.author, by=one.by)
            for one in room.comments.waiting.values()
        ),
    ]
