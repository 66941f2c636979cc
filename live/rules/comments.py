"""
Rules for comments: reviewers comment on slides, and the facilitator takes a comment into the workshop or sets it aside.
"""

import re

from live.errors import Refused
from live.events import CommentMade, CommentSettled
from live.room.comments import Comment, Comments
from live.text.normalize import clean_name, clean_visible, graphemes
from live.workshop import Workshop
from live.workshop.diagnostics import Diagnostics
from live.workshop.scanner import scan

MOST_TEXT = 1000  # graphemes
MOST_AUTHOR = 60
MOST_WAITING = 200
MOST_MADE = 2000  # in the whole life of a meeting

_LINE = re.compile(r"(\r\n|\r|\n)")


def make(
    comments: Comments, workshop: Workshop, *, id: str, slide: str, text: str, author: str, by: str, now: int
) -> CommentMade:
    """Refused when the text is empty or too long, when there are too many comments, or no such slide."""
    text, author = clean_visible(text[: 8 * MOST_TEXT]), clean_name(author[: 8 * MOST_AUTHOR])
    if not text:
        raise Refused("empty")
    if graphemes(text) > MOST_TEXT or graphemes(author) > MOST_AUTHOR:
        raise Refused("too-long", max=MOST_TEXT)
    if slide not in {one.id for one in workshop.slides}:
        raise Refused("no-slide", slides=len(workshop.slides))
    if len(comments.waiting) >= MOST_WAITING or comments.made >= MOST_MADE:
        raise Refused("too-many-comments", max=MOST_WAITING)
    return CommentMade(at=now, id=id, slide=slide, text=text, author=author, by=by)


def settle(comments: Comments, id: str, now: int) -> tuple[Comment, CommentSettled]:
    """Returns the comment, which no longer waits, and the event; Refused `unknown-comment`."""
    if id not in comments.waiting:
        raise Refused("unknown-comment")
    return comments.waiting[id], CommentSettled(at=now, id=id)


def note(comment: Comment) -> str:
    """The comment as a note in the workshop file. `--` and `<!` are replaced, so that it can't end its own note."""
    text = f"{comment.author}: {comment.text}" if comment.author else comment.text
    text = re.sub("-{2,}", "–", text).replace("<!", "‹!")
    return f"<!-- {text.rstrip('-')} -->"


def with_note(text: str, workshop: Workshop, comment: Comment) -> str:
    """
    *text* with the comment as the last note of its slide; Refused `no-slide`. *workshop* must be read from *text*.
    """
    place = next((at for at, slide in enumerate(workshop.slides) if slide.id == comment.slide), None)
    if place is None:
        raise Refused("no-slide", slides=len(workshop.slides))
    pieces = _LINE.split(text)
    lines, ends = pieces[::2], pieces[1::2]
    raw_slides = scan("\n".join(lines).removeprefix("\ufeff"), Diagnostics(str), workshop.edition).slides
    at = [number for number, raw in enumerate(raw_slides) if not raw.empty][place]
    # Index of the line with `---` after the slide, or of the end of the text.
    end = raw_slides[at + 1].line - 2 if at + 1 < len(raw_slides) else len(lines)
    last = next(number for number in range(end - 1, -1, -1) if lines[number].strip())
    newline = next(iter(ends), "\n")
    added = newline + newline + note(comment).replace("\n", newline)
    if last == len(lines) - 1:
        added += newline
    before = "".join(line + mark for line, mark in zip(lines[:last], ends[:last], strict=True)) + lines[last]
    after = "".join(mark + line for mark, line in zip(ends[last:], lines[last + 1 :], strict=True))
    return before + added + after
