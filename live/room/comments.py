"""What colleagues have said of the slides, as the room holds it."""

from msgspec import Struct

from live.events import CommentMade, CommentSettled, Event


class Comment(Struct, frozen=True):
    id: str
    slide: str  # id of the slide
    text: str
    author: str
    at: int
    by: str = ""  # id of the link it came by; each reviewer reads their own


class Comments:
    """Those of one room that wait, oldest first. `changes` goes up with every one that is made or settled."""

    def __init__(self) -> None:
        self.waiting: dict[str, Comment] = {}
        self.changes = 0
        self.made = 0

    def apply(self, event: Event) -> None:
        self.changes += 1
        if isinstance(event, CommentMade):
            self.made += 1
            self.waiting[event.id] = Comment(event.id, event.slide, event.text, event.author, event.at, event.by)
        elif isinstance(event, CommentSettled):
            self.waiting.pop(event.id, None)
