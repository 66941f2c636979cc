"""Sets one field of the editor's form in the text: title, body, note, attribute, instruction, options, front matter."""

import re

from live.errors import Refused
from live.workshop.editor.outline import Document, body_of, content_of, notes_of, pictures_of, split
from live.workshop.editor.writer import (
    LONGEST,
    FormChange,
    block_of,
    checked_line,
    editable_line,
    insert_lines,
    localized_word,
    one_line,
    put_attribute,
    replace_line,
    slide_of,
)
from live.workshop.heading import HIDDEN, without_hidden
from live.workshop.markdown import LONGEST as LONGEST_BODY
from live.workshop.markdown import plain
from live.workshop.option_marks import split_mark
from live.workshop.parser import CONTROL
from live.workshop.pictures import in_text
from live.workshop.scanner import Block, Listings, is_rule, texts_of
from live.workshop.schema import META, canonical

MOST_OPTIONS = 100
LONGEST_ALT = 400
_NO_BRACKETS = str.maketrans("[]", "()")


def set_meta(document: Document, change: FormChange) -> None:
    if (
        change.key not in META
        or change.key == "format"
        or not isinstance(change.value, str)
        or len(change.value) > LONGEST
    ):
        raise Refused("bad")
    value = one_line(change.value)
    existing = [
        (number, key)
        for number, key, _ in document.source.meta
        if canonical("-".join(key.split()), "meta", META) == change.key
    ]
    if existing:
        number, _ = existing[-1]
        raw = document.lines[number - 1]
        head = raw[: raw.index(":") + 1]
        replace_line(document, number, f"{head} {value}" if value else head)
    elif value:
        insert_lines(document, document.source.start - 1, [f"{localized_word(document, 'meta', change.key)}: {value}"])


def set_title(document: Document, change: FormChange) -> None:
    slide = slide_of(document, change)
    line = checked_line(change.value)
    if slide.number is None:
        insert_lines(document, slide.first, ["", f"## {line}"])
        return
    if plain(line) == slide.title:
        return
    raw = editable_line(document, slide.number)
    start = re.match(r" {0,3}#{1,2}[ \t]*", raw)
    assert start
    hidden = HIDDEN.search(raw) if slide.hidden else None
    replace_line(document, slide.number, start[0].rstrip(" \t") + " " + line + (hidden[0].rstrip() if hidden else ""))


def set_big(document: Document, change: FormChange) -> None:
    """Set whether the heading is shown large and alone (`#` instead of `##`)."""
    slide = slide_of(document, change)
    if slide.number is None:
        raise Refused("empty")
    raw = editable_line(document, slide.number)
    replace_line(document, slide.number, re.sub(r"#{1,2}", "#" if change.value is True else "##", raw, count=1))


def set_hidden(document: Document, change: FormChange) -> None:
    """Set whether `next` passes the slide over (`{hidden}` after the heading)."""
    slide = slide_of(document, change)
    if slide.number is None:
        raise Refused("empty")
    raw = editable_line(document, slide.number)
    if slide.hidden == (change.value is True):
        return
    word = localized_word(document, "slide", "hidden")
    replace_line(document, slide.number, without_hidden(raw)[0] if slide.hidden else f"{raw.rstrip()} {{{word}}}")


def set_alt(document: Document, change: FormChange) -> None:
    """Set the words of a picture for those who do not see it."""
    slide = slide_of(document, change)
    places = pictures_of(document, slide)
    if not isinstance(change.value, str) or not 0 <= change.activity < len(places):
        raise Refused("bad")
    if len(change.value) > LONGEST_ALT:
        raise Refused("too-long")
    number, nth, written = places[change.activity]
    raw = editable_line(document, number)
    found = list(in_text(raw))
    if len(found) <= nth or found[nth][0] != written:
        raise Refused("in-text", line=number)
    start, end = found[nth][1].span("alt")
    words = one_line(change.value).translate(_NO_BRACKETS).replace("<!--", "").replace("-->", "")
    replace_line(document, number, raw[:start] + words + raw[end:])


def set_attribute(document: Document, change: FormChange) -> None:
    block = block_of(document, change)
    put_attribute(document, block, change.key, change.value)


def set_instruction(document: Document, change: FormChange) -> None:
    block = block_of(document, change)
    if not isinstance(change.value, str) or len(change.value) > LONGEST:
        raise Refused("bad")
    kind = document.kind_of(block)
    paragraphs = [line for part in change.value.splitlines() if (line := checked_line(part, empty=True))]
    if "\n".join(plain(line) for line in paragraphs) == content_of(document, block, kind)[0]:
        return
    now, _ = texts_of(block, takes_options=document.takes_options(kind))
    numbers = [number for lines in now for number, _ in lines]
    for number in numbers:
        editable_line(document, number)
    new = [line for paragraph in paragraphs for line in ("", paragraph)][1:]
    at = numbers[0] - 1 if numbers else block.line
    for number in reversed(numbers):
        del document.lines[number - 1]
    insert_lines(document, at, new)


def set_options(document: Document, change: FormChange) -> None:
    block = block_of(document, change)
    kind = document.kind_of(block)
    if not isinstance(change.value, list) or len(change.value) > MOST_OPTIONS or not document.takes_options(kind):
        raise Refused("bad")
    wanted = [_option(document, kind, one) for one in change.value]
    _, places = texts_of(block, takes_options=True)
    same, tail = _alike(content_of(document, block, kind)[1], [plain(one) for one in wanted])
    if any(re.match(r"\s*[0-9]", document.lines[lines[0][0] - 1]) for lines in places):
        same = tail = 0  # numbers that no longer count up would be read as words of the options
    gone = places[same : len(places) - tail]
    for lines in gone:
        for number, _ in lines:
            editable_line(document, number)
    sample = document.lines[places[0][0][0] - 1] if places else "- "
    found = re.match(r" {0,3}[-*+](?=\s)", sample)
    mark = (found[0] if found else "-") + " "
    if gone:
        at = gone[0][0][0] - 1
    elif same < len(places):
        at = places[same][0][0] - 1
    else:
        at = places[-1][-1][0] if places else block.end - 1
    fresh = [mark + one for one in wanted[same : len(wanted) - tail]]
    if not places and fresh and block.lines and block.lines[-1][1].strip():
        fresh.insert(0, "")
    for lines in reversed(gone):
        for number, _ in reversed(lines):
            del document.lines[number - 1]
    insert_lines(document, at, fresh)


def _option(document: Document, kind: str, value: object) -> str:
    """*value* as the line to write, escaped but for the mark at its end."""
    if not isinstance(value, str) or not document.takes_marks(kind):
        return checked_line(value)
    text, mark = split_mark(one_line(value))
    return checked_line(text) + (f" {{{mark}}}" if mark else "")


def drop_marks(document: Document, block: Block) -> None:
    """Take the marks off the options of *block*."""
    for lines in texts_of(block, takes_options=True)[1]:
        number = lines[-1][0]
        raw = document.lines[number - 1].rstrip("\r\n")
        if split_mark(raw)[1]:
            replace_line(document, number, split_mark(editable_line(document, number))[0])


def _alike(old: list[str], new: list[str]) -> tuple[int, int]:
    """How many items are equal at the beginning of both lists, and how many of the rest are equal at the end."""
    most = min(len(old), len(new))
    same = next((at for at in range(most) if old[at] != new[at]), most)
    tail = next((at for at in range(most - same) if old[-1 - at] != new[-1 - at]), most - same)
    return same, tail


def set_body(document: Document, change: FormChange) -> None:
    """Set a slide's own text, as Markdown."""
    slide = slide_of(document, change)
    if not isinstance(change.value, str) or len(change.value) > LONGEST_BODY:
        raise Refused("bad")
    existing = body_of(slide.raw)
    wanted = _body(change.value, titled=slide.number is not None)
    same, tail = _alike([text for text, _ in existing], wanted)
    gone, fresh = existing[same : len(existing) - tail], wanted[same : len(wanted) - tail]
    if not existing:
        at = slide.number or slide.first
        after = at < len(document.lines) and document.lines[at].strip()
        insert_lines(document, at, ["", *fresh, *([""] if after else [])] if fresh else [])
        return
    at = existing[same][1][0] - 1 if same < len(existing) else existing[-1][1][-1]
    for text, numbers in reversed(gone):
        if text:
            editable_line(document, numbers[0])
        elif numbers[-1] - numbers[0] + 1 != len(numbers):
            continue  # there is a note or an activity between these empty lines
        del document.lines[numbers[0] - 1 : numbers[-1]]
    if gone and not fresh and at and not "".join(document.lines[at - 1 : at + 1]).strip():
        del document.lines[at - 1]  # of two empty lines that now follow each other
    insert_lines(document, at, fresh)


def _body(text: str, *, titled: bool) -> list[str]:
    """The lines of *text*, escaped so that none begins a slide, an activity or a note, or becomes the heading."""
    lines: list[str] = []
    written = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n").split("\n")
    listings = Listings(written)
    for at, line in enumerate(written):
        if listings.fence(at, line):
            lines.append(line)
            continue
        if listings.unclosed(line):
            line = line.replace(line.lstrip()[0], "\\" + line.lstrip()[0], 1)
        line = line.replace("<!--", r"<\!--").replace("-->", r"--\>")
        if is_rule(line):
            line = line.replace("-", "\\-", 1) if set(line.strip()) == {"-"} else f" {line}"
        if line.lstrip().startswith(":::") or (not titled and re.match(r" {0,3}#{1,2}(?:\s|$)", line)):
            line = line.replace(line.lstrip()[0], "\\" + line.lstrip()[0], 1)
        if line.strip() or (lines and lines[-1]):
            lines.append(line if line.strip() else "")
    return lines[:-1] if lines and not lines[-1] else lines


def set_note(document: Document, change: FormChange) -> None:
    """Set note number `change.activity` of a slide; the number after the last adds a note."""
    slide = slide_of(document, change)
    spans = notes_of(document, slide)
    if not isinstance(change.value, str) or len(change.value) > LONGEST_BODY or not 0 <= change.activity <= len(spans):
        raise Refused("bad")
    lines = [line.strip() for line in CONTROL.sub("", change.value).strip().splitlines()]
    note = document.eol.join(lines).replace("-->", "→").replace("<!--", "<! --")
    if change.activity == len(spans):
        at = slide.end
        while at > slide.first and not document.lines[at - 1].strip():
            at -= 1
        after = at < len(document.lines) and document.lines[at].strip()
        insert_lines(document, at, ["", f"<!-- {note} -->", *([""] if after else [])] if note else [])
    elif "\n".join(lines) != slide.raw.notes[change.activity]:
        text = "".join(document.lines[slide.first : slide.end])
        start, end = spans[change.activity]
        before, after_it = text[:start], text[end:]
        if not note and before.endswith(("\n", "\r")) and (rest := re.match(r"[ \t]*(?:\r\n|\r|\n|$)", after_it)):
            after_it = after_it[rest.end() :]
            if re.search(r"(?:^|\r|\n)[ \t]*(?:\r\n|\r|\n)$", before):
                after_it = re.sub(r"^[ \t]*(?:\r\n|\r|\n)", "", after_it)
        document.lines[slide.first : slide.end] = split(before + (f"<!-- {note} -->" if note else "") + after_it)
