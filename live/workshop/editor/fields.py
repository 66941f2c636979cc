"""What the fields of a form hold, set in the text: one field at a time."""

import re

from live.errors import Refused
from live.workshop.editor.outline import Written, body_of, notes_of, proper_kind, split, takes_options, words_of
from live.workshop.editor.writer import (
    LONGEST,
    FormChange,
    block_of,
    insert,
    one_line,
    put,
    put_attribute,
    shown,
    slide_of,
    whole,
    word,
)
from live.workshop.markdown import LONGEST as LONGEST_BODY
from live.workshop.markdown import plain
from live.workshop.parser import CONTROL
from live.workshop.scanner import is_rule, texts_of
from live.workshop.schema import META, canonical

MOST_OPTIONS = 100


def set_meta(written: Written, asked: FormChange) -> None:
    if asked.key not in META or asked.key == "format" or not isinstance(asked.value, str) or len(asked.value) > LONGEST:
        raise Refused("bad")
    value = one_line(asked.value)
    there = [
        (number, key)
        for number, key, _ in written.source.meta
        if canonical("-".join(key.split()), "meta", META) == asked.key
    ]
    if there:
        number, _ = there[-1]
        raw = written.lines[number - 1]
        head = raw[: raw.index(":") + 1]
        put(written, number, f"{head} {value}" if value else head)
    elif value:
        insert(written, written.source.start - 1, [f"{word(written, 'meta', asked.key)}: {value}"])


def set_title(written: Written, asked: FormChange) -> None:
    slide = slide_of(written, asked)
    line = shown(asked.value)
    if slide.number is None:
        insert(written, slide.first, ["", f"## {line}"])
        return
    if plain(line) == slide.title:
        return
    raw = whole(written, slide.number)
    start = re.match(r" {0,3}#{1,2}[ \t]*", raw)
    assert start
    put(written, slide.number, start[0].rstrip(" \t") + " " + line)


def set_big(written: Written, asked: FormChange) -> None:
    """Whether the heading stands large and alone."""
    slide = slide_of(written, asked)
    if slide.number is None:
        raise Refused("empty")
    raw = whole(written, slide.number)
    put(written, slide.number, re.sub(r"#{1,2}", "#" if asked.value is True else "##", raw, count=1))


def set_attribute(written: Written, asked: FormChange) -> None:
    block = block_of(written, asked)
    put_attribute(written, block, asked.key, asked.value)


def set_instruction(written: Written, asked: FormChange) -> None:
    block = block_of(written, asked)
    if not isinstance(asked.value, str) or len(asked.value) > LONGEST:
        raise Refused("bad")
    kind = proper_kind(block)
    paragraphs = [line for part in asked.value.splitlines() if (line := shown(part, empty=True))]
    if "\n".join(plain(line) for line in paragraphs) == words_of(block, kind)[0]:
        return
    now, _ = texts_of(block, takes_options=takes_options(kind))
    numbers = [number for lines in now for number, _ in lines]
    for number in numbers:
        whole(written, number)
    new = [line for paragraph in paragraphs for line in ("", paragraph)][1:]
    at = numbers[0] - 1 if numbers else block.line
    for number in reversed(numbers):
        del written.lines[number - 1]
    insert(written, at, new)


def set_options(written: Written, asked: FormChange) -> None:
    block = block_of(written, asked)
    kind = proper_kind(block)
    if not isinstance(asked.value, list) or len(asked.value) > MOST_OPTIONS or not takes_options(kind):
        raise Refused("bad")
    wanted = [shown(one) for one in asked.value]
    _, places = texts_of(block, takes_options=True)
    same, tail = _alike(words_of(block, kind)[1], [plain(one) for one in wanted])
    gone = places[same : len(places) - tail]
    for lines in gone:
        for number, _ in lines:
            whole(written, number)
    sample = written.lines[places[0][0][0] - 1] if places else "- "
    found = re.match(r" {0,3}(?:[-*+]|[0-9]{1,9}[.)])[ \t]*", sample)
    assert found
    mark = found[0].rstrip() + " "
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
            del written.lines[number - 1]
    insert(written, at, fresh)


def _alike(old: list[str], new: list[str]) -> tuple[int, int]:
    """How many are the same in both at the beginning, and how many of the others at the end."""
    most = min(len(old), len(new))
    same = next((at for at in range(most) if old[at] != new[at]), most)
    tail = next((at for at in range(most - same) if old[-1 - at] != new[-1 - at]), most - same)
    return same, tail


def set_body(written: Written, asked: FormChange) -> None:
    """A slide's own text, as Markdown."""
    slide = slide_of(written, asked)
    if not isinstance(asked.value, str) or len(asked.value) > LONGEST_BODY:
        raise Refused("bad")
    there = body_of(slide.part)
    wanted = _body(asked.value, titled=slide.number is not None)
    same, tail = _alike([text for text, _ in there], wanted)
    gone, fresh = there[same : len(there) - tail], wanted[same : len(wanted) - tail]
    if not there:
        at = slide.number or slide.first
        after = at < len(written.lines) and written.lines[at].strip()
        insert(written, at, ["", *fresh, *([""] if after else [])] if fresh else [])
        return
    at = there[same][1][0] - 1 if same < len(there) else there[-1][1][-1]
    for text, numbers in reversed(gone):
        if text:
            whole(written, numbers[0])
        elif numbers[-1] - numbers[0] + 1 != len(numbers):
            continue  # a note or an activity stands between
        del written.lines[numbers[0] - 1 : numbers[-1]]
    if gone and not fresh and at and not "".join(written.lines[at - 1 : at + 1]).strip():
        del written.lines[at - 1]  # of two empty lines that now follow each other
    insert(written, at, fresh)


def _body(text: str, *, titled: bool) -> list[str]:
    """The lines of *text*, none of which opens a slide, an activity or a note, or becomes a heading it has not."""
    lines: list[str] = []
    for line in CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n").split("\n"):
        line = line.replace("<!--", r"<\!--").replace("-->", r"--\>")
        if is_rule(line):
            line = f" {line}"
        if line.lstrip().startswith(":::") or (not titled and re.match(r" {0,3}#{1,2}(?:\s|$)", line)):
            line = line.replace(line.lstrip()[0], "\\" + line.lstrip()[0], 1)
        if line.strip() or (lines and lines[-1]):
            lines.append(line if line.strip() else "")
    return lines[:-1] if lines and not lines[-1] else lines


def set_note(written: Written, asked: FormChange) -> None:
    """The note of a slide that is counted; one more when there are no more."""
    slide = slide_of(written, asked)
    spans = notes_of(written, slide)
    if not isinstance(asked.value, str) or len(asked.value) > LONGEST_BODY or not 0 <= asked.activity <= len(spans):
        raise Refused("bad")
    lines = [line.strip() for line in CONTROL.sub("", asked.value).strip().splitlines()]
    note = written.eol.join(lines).replace("-->", "→").replace("<!--", "<! --")
    if asked.activity == len(spans):
        at = slide.end
        while at > slide.first and not written.lines[at - 1].strip():
            at -= 1
        after = at < len(written.lines) and written.lines[at].strip()
        insert(written, at, ["", f"<!-- {note} -->", *([""] if after else [])] if note else [])
    elif "\n".join(lines) != slide.part.notes[asked.activity]:
        text = "".join(written.lines[slide.first : slide.end])
        start, end = spans[asked.activity]
        before, after_it = text[:start], text[end:]
        if not note and before.endswith(("\n", "\r")) and (rest := re.match(r"[ \t]*(?:\r\n|\r|\n|$)", after_it)):
            after_it = after_it[rest.end() :]
            if re.search(r"(?:^|\r|\n)[ \t]*(?:\r\n|\r|\n)$", before):
                after_it = re.sub(r"^[ \t]*(?:\r\n|\r|\n)", "", after_it)
        written.lines[slide.first : slide.end] = split(before + (f"<!-- {note} -->" if note else "") + after_it)
