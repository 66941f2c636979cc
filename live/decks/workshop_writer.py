"""Writes a deck as the text of a workshop (docs/reference/workshop.md)."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby

from msgspec.structs import replace

from live.decks import markdown_text, picture_markup
from live.decks.model import Block, Columns, Deck, DeckSlide, Paragraph, Picture, Run, Table, Text, plain
from live.decks.polls import Poll, poll_of
from live.decks.remarks import Remarks
from live.i18n.catalogs import N_, translator
from live.workshop.editor.writer import as_line, one_line
from live.workshop.markdown import LONGEST, LONGEST_HTML, MOST_CELLS
from live.workshop.parser import slug

LONGEST_TITLE = 200  # a phone shows the heading too
MOST_BODY = LONGEST - 500
LONGEST_ID = 40
LONGEST_PART = 4000  # of a paragraph that fills a slide by itself
PARTED = "\n\n---\n\n"
_DASHES = re.compile(r"^[-–—−‒―‐‑ ]+$")


class _Names:
    """The ids of the questions in one workshop, no two the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, title: str) -> str:
        base, at = slug(title), 1
        if len(base) > LONGEST_ID:
            base = base[:LONGEST_ID].rpartition("-")[0] or base[:LONGEST_ID]
        name = base
        while name in self._taken:
            at += 1
            name = f"{base}-{at}"
        self._taken.add(name)
        return name


def write(deck: Deck, remarks: Remarks) -> str:
    """The whole text. What it says of itself is in the deck's language; *remarks* are in the reader's."""
    say, names = translator(deck.language), _Names()
    title = one_line(deck.title)[:LONGEST_TITLE] or say(N_("Presentation"))
    front = ["---", "format: workshop/1", f"title: {title}", f"language: {deck.language}", "---"]
    slides = (_slide(one, say, names, remarks) for one in deck.slides)
    return "\n".join(front) + "\n\n" + PARTED.join(slides) + "\n"


def _slide(slide: DeckSlide, say: Callable[[str], str], names: _Names, remarks: Remarks) -> str:
    title, blocks = slide.title, slide.blocks
    notes = list(slide.notes)
    if len(title) > LONGEST_TITLE:
        remarks.warn(slide.number, N_("The title is too long for a heading; the whole of it stands below."))
        blocks = (_text(title), *blocks)
        title = title[: LONGEST_TITLE // 2].rsplit(" ", 1)[0] + " …"
    poll = poll_of(title, blocks)
    if poll:
        blocks = poll.rest
    if not title:
        remarks.warn(slide.number, N_("The slide has no title. A heading in brackets was added."))
        title = "[" + say(N_("Slide {n}")).format(n=slide.number) + "]"
    notes += [say(N_("Film: {name}")).format(name=one.film) for one in _pictures(blocks) if one.film and not one.plays]
    notes += [
        say(N_("Picture: {text}")).format(text=one.alt) for one in _pictures(blocks) if picture_markup.is_cut(one)
    ]
    tail: list[str] = []
    if poll:
        tail = list(_activities(poll, title, say, names))
        if poll.way:
            notes.append(say(N_("The deck said: {text}")).format(text=" / ".join(poll.way)))
        remarks.warn(
            slide.number,
            N_("It sent people to a poll elsewhere ({name}). Here they answer in the meeting: read the question over."),
            name=poll.service or "–",
        )
    tail += [
        f":::film{{id={names.free(title)} src={one.film}}}\n{say(N_('Look at the film on the big screen.'))}\n:::"
        for one in _pictures(blocks)
        if one.film and one.plays
    ]
    parts = list(_parts(list(_chunks(_with_lists_joined(blocks)))))
    if len(parts) > 1:
        remarks.warn(slide.number, N_("The slide is long and became {n} slides."), n=len(parts))
    heading = ("# " if slide.big else "## ") + _heading(title)
    pages = ["\n\n".join([heading, *part]) for part in parts]
    pages[-1] = "\n\n".join([pages[-1], *tail, *(f"<!-- {_note(note)} -->" for note in notes if note.strip())])
    return PARTED.join(pages)


def _heading(title: str) -> str:
    """Escaped, also a last `#` or `{…}` that would be read as no part of it."""
    return _no_rule(as_line(title))


def _text(words: str) -> Text:
    return Text((Paragraph((Run(words),)),))


def _no_rule(line: str) -> str:
    """A line that is only dashes would part slides: its first is written by its number."""
    return f"&#{ord(line[0])};{line[1:]}" if _DASHES.match(line) and line.strip() else line


def _chunks(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Pieces of Markdown that may stand on slides of their own."""
    for is_row, group in groupby(blocks, key=lambda block: isinstance(block, Picture) and block.place != "full"):
        together = list(group)
        yield from picture_markup.rows(together) if is_row else chain.from_iterable(map(_chunk, together))


def _chunk(block: Block) -> Iterator[str]:
    """A block other than a row of pictures."""
    match block:
        case Picture():
            yield from picture_markup.rows((block,))
        case Text(paragraphs=paragraphs):
            whole = _written(paragraphs)
            yield from [whole] if _fits(whole) else (_written((one,)) for one in _shortened(paragraphs))
        case Table():
            yield from _table(block)
        case Columns(columns=columns):
            whole = "\n\n".join(chain.from_iterable(map(_column, columns)))
            yield from [whole] if _fits(whole) else chain.from_iterable(map(_chunks, columns))


def _with_lists_joined(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """A list that goes on in the next shape is one list."""
    found: list[Block] = []
    for block in blocks:
        before = found[-1] if found else None
        if isinstance(block, Columns):
            block = Columns(tuple(map(_with_lists_joined, map(_without_sides, block.columns))))
        if isinstance(block, Text) and isinstance(before, Text) and _sign(before.paragraphs[-1]):
            head = block.paragraphs[0]
            if _sign(before.paragraphs[-1]) == _sign(head) != "1" and not head.level:
                found[-1] = Text(before.paragraphs + block.paragraphs)
                continue
        found.append(block)
    return tuple(found)


def _without_sides(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The pictures of a column stand in it, on neither side."""
    return tuple(replace(block, place="") if isinstance(block, Picture) else block for block in blocks)


def _sign(paragraph: Paragraph) -> str:
    return "+" if paragraph.click else paragraph.mark


def _written(paragraphs: Iterable[Paragraph]) -> str:
    return "\n".join(map(_no_rule, markdown_text.paragraphs(tuple(paragraphs))))


def _shortened(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Those that are too long for one slide in parts, without bold and links."""
    for one in paragraphs:
        words = plain(one.runs)
        if len(words) <= LONGEST_PART:
            yield one
        while len(words) > LONGEST_PART:
            end = words.rfind(" ", 1, LONGEST_PART) + 1 or LONGEST_PART
            yield replace(one, runs=(Run(words[:end].strip()),))
            words = words[end:]
            if len(words) <= LONGEST_PART:
                yield replace(one, runs=(Run(words),))


def _fits(body: str) -> bool:
    """Whether a slide shows all of *body* (`markdown.render`): its signs, its HTML at most, and its cells."""
    lines, across = body.count("\n") + 1, max(line.count("|") for line in body.split("\n"))
    html = 2 * len(body) + 25 * lines + 20 * body.count("|")
    return len(body) <= MOST_BODY and html < LONGEST_HTML and lines * across < MOST_CELLS


def _column(blocks: tuple[Block, ...]) -> Iterator[str]:
    """A column with a heading, where its first text is a short line of its own."""
    match blocks:
        case (Text(paragraphs=(head, *rest)), *others) if (
            not head.mark and not head.click and (rest or others) and len(plain(head.runs)) <= 80
        ):
            yield "### " + markdown_text.inline(tuple(replace(run, bold=False) for run in head.runs))
            blocks = (*([Text(tuple(rest))] if rest else []), *others)
        case _:
            yield "###"
    yield from _chunks(blocks)


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield markdown_text.inline(_text(table.caption).paragraphs[0].runs)
    across = max(map(len, table.rows))
    rows = [[markdown_text.inline(cell) for cell in row] + [""] * (across - len(row)) for row in table.rows]
    lines = ["| " + " | ".join(cells) + " |" for cells in rows]
    head, body = [lines[0], "|" + "---|" * across], lines[1:]
    while True:
        count = next((n for n in range(1, len(body)) if not _fits("\n".join(head + body[: n + 1]))), len(body))
        yield "\n".join(head + body[:count])
        body = body[count:]
        if not body:
            return


def _parts(chunks: list[str]) -> Iterator[list[str]]:
    """*chunks* in as few slides as hold them."""
    part: list[str] = []
    for chunk in chunks:
        if part and not _fits("\n\n".join([*part, chunk])):
            yield part
            part = []
        part.append(chunk)
    yield part


def _pictures(blocks: tuple[Block, ...]) -> Iterator[Picture]:
    for block in blocks:
        if isinstance(block, Picture):
            yield block
        elif isinstance(block, Columns):
            yield from chain.from_iterable(map(_pictures, block.columns))


def _activities(poll: Poll, title: str, say: Callable[[str], str], names: _Names) -> Iterator[str]:
    if poll.talk:
        seconds = poll.talk_s or 120
        yield f":::pair{{time={seconds // 60}:{seconds % 60:02}}}\n{as_line(poll.talk)}\n:::"
    many = " many" if poll.several else ""
    yield f":::open{{id={names.free(title)}{many}}}\n{as_line(poll.ask or say(N_('Write your answer.')))}\n:::"


def _note(note: str) -> str:
    """A note can't hold the signs that begin and end one."""
    lines = (
        " ".join("".join(sign if sign.isprintable() else " " for sign in line).split()) for line in note.split("\n")
    )
    return "\n".join(lines).strip().replace("<!--", "<! --").replace("-->", "-- >")
