"""The words and the pictures in the text of an activity."""

from live.workshop import pictures
from live.workshop.diagnostics import Diagnostics
from live.workshop.markdown import plain
from live.workshop.pictures import PictureRef
from live.workshop.scanner import Block, Line


def pictures_in(block: Block, options: list[list[Line]], diagnostics: Diagnostics) -> dict[int, PictureRef]:
    """The first picture in each line; that of an option (without its mark) is at its first line."""
    bare = {number: text for lines in options for number, text in lines}
    firsts = {number: lines[0][0] for lines in options for number, _ in lines}
    found: dict[int, PictureRef] = {}
    for number, text in block.lines:
        text = bare.get(number, text)
        if "![" not in text or number in block.code:
            continue
        pictures.check(number, text, diagnostics)
        for written, _ in pictures.in_text(text):
            found.setdefault(firsts.get(number, number), written.ref)
    return found


def words_of(lines: list[Line], edition: int, *, alone: bool = True) -> str:
    """The words of *lines* without pictures; where there are no others, and *alone*, the pictures' own words."""
    text = " ".join(text for _, text in lines)
    if edition < 4 or "![" not in text:
        return plain(text)
    return plain(pictures.without(text)) or (plain(text) if alone else "")
