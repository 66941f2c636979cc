"""Writes the pictures of a deck as a workshop has them: `![words](file "caption"){left source="…"}`."""

import re
from collections.abc import Iterable, Iterator

from live.decks.model import Block, Picture
from live.workshop.editor.writer import as_line, one_line

LONGEST_ALT = 360  # as written; a workshop reads 400
LONGEST_WORDS = 2000  # of one whose picture was left out
LONGEST_FACT = 300  # of a caption or a source
MOST_ACROSS = 4  # in a row; further ones would be too small to see
_CURLY = str.maketrans('“”„‟"', "'''''")
_MARKUP = re.compile(r"[{}\[\]<>`*\\]")  # in braces nothing can be escaped


def rows(pictures: Iterable[Block]) -> Iterator[str]:
    """*pictures* that follow one another, in as few rows of much the same length as hold them."""
    found = [one for one in pictures if isinstance(one, Picture)]
    for one in found:
        if not one.name and one.alt:
            yield _escaped(one.alt, LONGEST_WORDS)
    found = [one for one in found if one.name]
    count = -(-len(found) // MOST_ACROSS)
    for at in range(count):
        row = found[at * len(found) // count : (at + 1) * len(found) // count]
        yield "\n".join(map(picture, row))


def picture(one: Picture) -> str:
    caption = _escaped(one.caption.translate(_CURLY), LONGEST_FACT)
    source = _MARKUP.sub("", one_line(one.source).translate(_CURLY))[:LONGEST_FACT].strip()
    attrs: list[str] = [one.place] if one.place else []
    attrs += ["decorative"] if one.decorative else []
    attrs += [f'source="{source}"'] if source else []
    title = f' "{caption}"' if caption else ""
    return f"![{alt(one)}]({one.name}{title})" + (f"{{{' '.join(attrs)}}}" if attrs else "")


def alt(one: Picture) -> str:
    """Its description, without the brackets that would end it, and cut where it is too long (`is_cut`)."""
    words = one.alt.replace("[", "(").replace("]", ")")
    return _escaped(words, LONGEST_ALT) if words else ""


def is_cut(one: Picture) -> bool:
    return alt(one).endswith(" …") and not one.alt.endswith("…")


def _escaped(text: str, most: int) -> str:
    """*text* as Markdown on one line, of so many characters at most."""
    written, left = as_line(text), len(text)
    while len(written) > most:
        left -= max(1, (len(written) - most) // 2)
        written = as_line(text[:left].rsplit(" ", 1)[0] or text[:left]) + " …"
    return written
