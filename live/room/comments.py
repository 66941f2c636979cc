"""The comments of reviewers on the slides of a room's workshop."""

from typing import assert_never

from msgspec import Struct

from live import events


class Comment(Struct, frozen=True):
    id: str
    slide: str  # id of the slide
    text: str
    author: str
    at: int
    by: str = ""  # id of the link its reviewer used; reviewers see only their own comments


class Comments:
    """The comments of one room. `waiting` is oldest first; `changes` goes up when one is made or settled."""

    def __init__(self) -> None:
        self.waiting: dict[str, Comment] = {}
        self.changes = 0
        self.made = 0

    def apply(self, event: events.CommentEvent) -> None:
        self.changes += 1
        match event:
            case events.CommentMade():
                self.made += 1
                self.waiting[event.id] = Comment(event.id, event.slide, event.text, event.author, event.at, event.by)
            case events.CommentSettled(id=id):
                self.waiting.pop(id, None)
            case _:
                assert_never(event)
