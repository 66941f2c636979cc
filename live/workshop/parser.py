"""Reads a workshop file (format `workshop/1`) into slides and activities."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import sha256

import msgspec

from live.errors import Problem, WorkshopInvalid
from live.i18n.languages import DEFAULT
from live.text.normalize import visible
from live.text.word_count import fold
from live.workshop import option_marks, pictures
from live.workshop.activity_text import pictures_in, words_of
from live.workshop.attributes import as_int, read_head, read_meta
from live.workshop.checks import check_activity, check_channels, check_once, check_phone
from live.workshop.diagnostics import Diagnostics
from live.workshop.heading import heading_of
from live.workshop.markdown import LONGEST, count_steps
from live.workshop.model import Activity, Option, Slide, Workshop
from live.workshop.pictures import PictureRef
from live.workshop.scanner import EDITION, Block, Line, RawSlide, Source, doubtful, scan, texts_of, with_markdown_lists
from live.workshop.schema import UNKNOWN, Attribute, KindSchema, Schemas, defaults

MOST_BYTES = 1024 * 1024
MOST_SLIDES = 300
MOST_ACTIVITIES = 500  # a seminar of a day has about 30
REMEMBERED = 8

CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
Head = tuple[Block, str, dict[str, Attribute]]
Reading = tuple[str, int, tuple[tuple[int, str], ...]]
"""A text, its edition, and the ids of activities by line."""
_known: dict[Reading, tuple[Schemas, Workshop]] = {}  # the newest last; a workshop is never changed

_ID = re.compile(r"\w[\w-]{0,59}")


def parse_bytes(
    data: bytes, schemas: Schemas, *, translate: Callable[[str], str] = str
) -> tuple[Workshop, list[Problem]]:
    """As `parse`, for the bytes of a file. Raises WorkshopInvalid also if it is not UTF-8 (BOM and CRLF are fine)."""
    return parse(decode(data, translate=translate), schemas, translate=translate)


def decode(data: bytes, *, translate: Callable[[str], str] = str) -> str:
    """The text of a file; encoded again it is *data*, byte for byte. Raises WorkshopInvalid."""
    diagnostics = Diagnostics(translate)
    if len(data) > MOST_BYTES:
        diagnostics.error(1, "The file is larger than 1 MiB")
        raise WorkshopInvalid(diagnostics.errors)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        diagnostics.error(line, "The file is not UTF-8: save it as plain text with encoding UTF-8")
        raise WorkshopInvalid(diagnostics.errors) from None


def parse(
    text: str, schemas: Schemas, *, translate: Callable[[str], str] = str, names: Mapping[int, str] | None = None
) -> tuple[Workshop, list[Problem]]:
    """
    Read a workshop. Returns it with its warnings; raises WorkshopInvalid with every error, in the order of the lines.

    *schemas* are the kinds that it may name (`live.activities.SCHEMAS`). *translate* turns English sentences with
    `{placeholders}` into the reader's language. *names* are ids by line for activities without `id=` (`pairing`);
    those that are not in it are named after their slide.
    """
    diagnostics = Diagnostics(translate)
    if len(text) > MOST_BYTES or len(text.encode(errors="surrogatepass")) > MOST_BYTES:
        diagnostics.error(1, "The file is larger than 1 MiB")
        raise WorkshopInvalid(diagnostics.errors)
    workshop = _read(text, schemas, diagnostics, EDITION, names or {})
    if diagnostics.errors:
        raise WorkshopInvalid(diagnostics.errors)
    _remember(_reading(text, EDITION, names or {}), schemas, workshop)
    return workshop, diagnostics.warnings


def reread(text: str, schemas: Schemas, edition: int = EDITION, names: Mapping[int, str] | None = None) -> Workshop:
    """
    Read a stored text that was valid when it was stored, as it was read then (`scanner.EDITION`, *names* as in
    `parse`). Errors are ignored: newer versions may be stricter.

    The last REMEMBERED texts, also those of `parse`, are not read again. A large text takes seconds: whoever holds up
    others first reads it in a thread.
    """
    names = names or {}
    if (known := _known.get(_reading(text, edition, names))) and known[0] is schemas:
        return known[1]
    workshop = _read(text, schemas, Diagnostics(str), edition, names)
    empty = Slide("slide", workshop.title, big=True, body="", notes="", steps=0)
    workshop = workshop if workshop.slides else msgspec.structs.replace(workshop, slides=(empty,))
    _remember(_reading(text, edition, names), schemas, workshop)
    return workshop


def _reading(text: str, edition: int, names: Mapping[int, str]) -> Reading:
    return text, edition, tuple(sorted(names.items()))


def _remember(reading: Reading, schemas: Schemas, workshop: Workshop) -> None:
    _known.pop(reading, None)
    _known[reading] = (schemas, workshop)
    for oldest in list(_known)[:-REMEMBERED]:  # each step by itself is safe while other threads do the same
        _known.pop(oldest, None)


def _read(text: str, schemas: Schemas, diagnostics: Diagnostics, edition: int, names: Mapping[int, str]) -> Workshop:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        diagnostics.error(line, "The file holds the control character {sign}", sign=f"U+{ord(found[0]):04X}")
        text = CONTROL.sub("", text)
    return _Reader(schemas, diagnostics, edition, names).read(scan(text, diagnostics, edition))


def check_lines(path: str, problems: Iterable[Problem]) -> list[str]:
    """What `innspill check` prints: `FILE:LINE: message`, with `warning:` before the message of a warning."""
    return [f"{path}:{each.line}: {'warning: ' if each.warning else ''}{each.message}" for each in problems]


def version(text: str) -> str:
    """A hash by which one text of a workshop is told from another."""
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]


def slug(title: str) -> str:
    """`Når lykkes det?` is `nar-lykkes-det`. At most 60 characters, cut between words; `slide` when nothing is left."""
    title = title.casefold().translate({ord("æ"): "ae", ord("ø"): "o", ord("å"): "a"})
    title = "".join(sign for sign in unicodedata.normalize("NFKD", title) if not unicodedata.combining(sign))
    words = "-".join("".join(sign if sign.isalnum() else " " for sign in title[:300]).split())
    return (words if len(words) <= 60 else words[:60].rpartition("-")[0] or words[:60]) or "slide"


def free_id(title: str, taken: Collection[str], at: int = 1) -> str:
    """An id for an activity of the slide *title*: the first from number *at* that is not *taken*."""
    base = slug(title)
    while f"{base}-{at}" in taken:
        at += 1
    return f"{base}-{at}"


def letters(number: int) -> str:
    """0 is `a`, 25 is `z`, 26 is `aa`."""
    signs = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        signs = chr(ord("a") + rest) + signs
    return signs


class _Reader:
    """Reads one scanned file; every error and warning goes into the diagnostics."""

    def __init__(self, schemas: Schemas, diagnostics: Diagnostics, edition: int, names: Mapping[int, str]) -> None:
        self._schemas = schemas
        self._edition = edition
        self._names = names
        self._unnamed: set[str] = set()
        self._once: dict[tuple[str, str], tuple[Attribute, int]] = {}  # kind, key -> the first value, its line
        self._beside: dict[str, dict[str, Attribute]] = {}
        self._option_lines: dict[str, tuple[int, ...]] = {}
        self._diagnostics = diagnostics
        self._slide_ids: set[str] = set()
        self._repeats: dict[str, int] = {}
        self._ids: dict[str, int] = {}  # activity -> line
        self._writing: list[str] = []  # activities in which people write
        self._read_before: dict[str, Activity] = {}
        self._hidden_ids: set[str] = set()  # of the activities on hidden slides
        self._taken: set[str] = set()  # written anywhere in the file, so that no generated id equals a later one

    def read(self, source: Source) -> Workshop:
        meta = read_meta(source.meta, self._diagnostics)
        raw_slides = []
        for at, raw in enumerate(source.slides):
            if not raw.empty:
                raw_slides.append(raw)
            elif at + 1 < len(source.slides):
                self._diagnostics.warn(raw.line, "This slide is empty and left out")
        if not raw_slides:
            self._diagnostics.error(1, "The file has no slides")
        if len(raw_slides) > MOST_SLIDES:
            self._diagnostics.error(
                raw_slides[MOST_SLIDES].line, "{n} slides: at most {most}", n=len(raw_slides), most=MOST_SLIDES
            )
            del raw_slides[MOST_SLIDES:]
        self._limit_activities(raw_slides)
        attributes = [
            [(block, *read_head(block, self._schemas, self._diagnostics)) for block in raw.blocks] for raw in raw_slides
        ]
        self._taken = {str(a["id"]) for blocks in attributes for _, _, a in blocks if "id" in a}
        self._taken.update(self._names.values())
        slides = tuple(self._slide(raw, blocks) for raw, blocks in zip(raw_slides, attributes, strict=True))
        if slides and all(slide.hidden for slide in slides):
            self._diagnostics.warn(slides[0].line, "All slides are hidden: nothing is shown")
        title = meta.get("title") or next((slide.title for slide in slides if self._is_seen(slide.title)), "")
        if not meta.get("title"):
            self._diagnostics.warn(1, "The front matter has no `title`: the first heading is used")
        workshop = Workshop(
            title,
            meta.get("language", DEFAULT),
            slides,
            meta,
            self._edition,
            self._names,
            self._option_lines,
            frozenset(self._unnamed),
            self._beside,
        )
        check_channels(workshop, self._diagnostics)
        check_phone(workshop, self._diagnostics)
        return workshop

    def _limit_activities(self, raw_slides: list[RawSlide]) -> None:
        blocks = [block for raw in raw_slides for block in raw.blocks]
        if len(blocks) <= MOST_ACTIVITIES:
            return
        self._diagnostics.error(
            blocks[MOST_ACTIVITIES].line, "{n} activities: at most {most}", n=len(blocks), most=MOST_ACTIVITIES
        )
        left = MOST_ACTIVITIES
        for raw in raw_slides:
            del raw.blocks[left:]
            left -= len(raw.blocks)

    def _slide(self, raw: RawSlide, blocks: list[Head]) -> Slide:
        heading = heading_of(raw, self._edition)
        line, title, lines = heading.line, heading.title, heading.rest
        if not self._is_seen(title):
            self._diagnostics.warn(line, "This slide has no heading")
        for number, text in lines:
            if "![" in text and number not in (raw.code or ()):
                pictures.check(number, text, self._diagnostics)
        body = "\n".join(text for _, text in with_markdown_lists(raw, lines)).strip("\n")
        if len(body) > LONGEST:
            self._diagnostics.warn(
                line, "This slide is too long: what comes after {n} characters is not shown", n=LONGEST
            )
        steps = [head for head in blocks if not self._stands_beside(*head)]
        activities = tuple(self._activity(head, at, title) for at, head in enumerate(steps, 1))
        self._check_sources(activities, hidden=heading.hidden)
        notes = "\n\n".join(raw.notes)
        return Slide(
            self._slide_id(title),
            title,
            heading.marks == "#",
            body,
            notes,
            count_steps(body),
            activities,
            line,
            heading.hidden,
        )

    def _stands_beside(self, block: Block, name: str, written: dict[str, Attribute]) -> bool:
        """Whether the block is no step of the meeting but holds for all of it; then it is noted."""
        if not (kind := self._schemas.get(name, UNKNOWN)).beside:
            return False
        if name in self._beside:
            self._diagnostics.error(block.line, "{word} stands twice: it holds for the whole meeting", word=name)
        if any(text.strip() for _, text in block.lines):
            self._diagnostics.error(block.line, "{word} takes no text: only what stands in braces counts", word=name)
        self._beside[name] = defaults(kind) | written
        return True

    def _check_sources(self, activities: tuple[Activity, ...], *, hidden: bool) -> None:
        """Warn where an activity that is shown takes the answers of one that is not."""
        if hidden:
            self._hidden_ids.update(activity.id for activity in activities)
            return
        for activity in activities:
            for key in ("from", "compare"):
                if (word := activity.attrs.get(key)) in self._hidden_ids:
                    self._diagnostics.warn(
                        activity.line, "{key}={word} names an activity on a hidden slide", key=key, word=word
                    )

    def _is_seen(self, text: str) -> bool:
        """Whether anything of *text* is seen; in the first edition any character would do."""
        return bool(text) if self._edition == 1 else visible.search(text) is not None

    def _slide_id(self, title: str) -> str:
        base = name = slug(title)
        while name in self._slide_ids:
            self._repeats[base] = self._repeats.get(base, 1) + 1
            name = f"{base}-{self._repeats[base]}"
        self._slide_ids.add(name)
        return name

    def _activity(self, head: Head, at: int, title: str) -> Activity:
        block, name, written = head
        kind = self._schemas.get(name, UNKNOWN)
        values = defaults(kind) | written
        instruction, options, prompt, option_pictures, marks = self._texts(block, kind, name)
        question = str(values.pop("question", ""))
        if question and not self._is_seen(question):
            self._diagnostics.error(block.line, "{key} has no words that can be seen", key="question")
        for key in (key for key, attr in kind.attrs.items() if attr.type == "labels"):
            labels = [label for label in str(values.get(key) or "").split("|") if label]
            if not all(map(self._is_seen, labels)):
                self._diagnostics.error(block.line, "{key} has no words that can be seen", key=key)
        if kind.options == "self" and not options:
            options = [(block.line, instruction or question or title)]
        reveal = str(values.pop("reveal", kind.reveal))
        field, ids = values.pop, {line: letters(number) for number, (line, _) in enumerate(options)}
        activity = Activity(
            id=self._activity_id(block, kind, str(field("id", "")), title, at),
            kind=name,
            instruction=instruction,
            options=tuple(Option(ids[line], text, picture=option_pictures.get(line)) for line, text in options),
            time_s=as_int(field("time", None)),
            optional=bool(field("optional", False)) or values.get("open") == "meeting",  # it is open without `next`
            many=as_int(field("many", 1)) or 1,
            max=as_int(field("max", None)) or kind.longest,
            reveal=reveal,
            hold=bool(field("hold", reveal == "live" and kind.gives == "texts")),
            question=question,
            attrs={key: value for key, value in values.items() if value is not None},
            line=block.line,
            picture=prompt,
            costs={ids[line]: cost for line, cost in option_marks.costs_of(marks).items() if cost and line in ids},
            right=frozenset(ids[line] for line, mark in marks.items() if option_marks.name_of(mark) == "right"),
        )
        if name in self._schemas:
            lines = [line for line, _ in options]
            check_activity(kind, activity, lines, self._read_before, self._writing, self._diagnostics)
            if kind.gives == "texts":
                self._writing.append(activity.id)
        check_once(kind, activity, self._once, self._diagnostics)
        self._read_before.setdefault(activity.id, activity)
        self._ids.setdefault(activity.id, block.line)
        if options:
            self._option_lines[activity.id] = tuple(line for line, _ in options)
        return activity

    def _activity_id(self, block: Block, kind: KindSchema, written: str, title: str, at: int) -> str:
        if written:
            if not _ID.fullmatch(written):
                self._diagnostics.error(
                    block.line, "{word} is no id: letters, digits, - and _, at most 60", word=written
                )
            elif written in self._ids:
                self._diagnostics.error(
                    block.line, "The id {word} is taken by line {other}", word=written, other=self._ids[written]
                )
            return written
        name = self._names.get(block.line, "")
        if not _ID.fullmatch(name) or name in self._ids:
            name = free_id(title, self._taken, at)
            self._taken.add(name)
        self._unnamed.add(name)
        if kind.answers:
            self._diagnostics.warn(
                block.line,
                "No `id=`: {word} is used. With an id answers keep their place whatever is changed",
                word=name,
            )
        return name

    def _texts(
        self, block: Block, kind: KindSchema, name: str
    ) -> tuple[str, list[Line], PictureRef | None, dict[int, PictureRef], dict[int, str]]:
        """
        The instruction (a newline between paragraphs), the options, its picture, those of options by line, and the
        marks of options by line.
        """
        takes_options = kind.options != "text"
        paragraphs, options = texts_of(block, takes_options=takes_options)
        marks: dict[int, str] = {}
        if self._edition > 4:
            options, marks = option_marks.without_marks(options)
            option_marks.check(options, marks, kind, name, self._diagnostics)
        for number in doubtful(block) if takes_options else ():
            self._diagnostics.warn(number, "This line is read as part of the instruction: an option begins with `- `")
        shown = pictures_in(block, options, self._diagnostics) if self._edition > 3 else {}
        texts = [(lines[0][0], words_of(lines, self._edition)) for lines in options]
        alike: dict[str, int] = {}
        for number, text in texts:
            if not self._is_seen(text):
                self._diagnostics.error(number, "An option without words")
                continue
            other = alike.setdefault(fold(text), number)
            if other != number:
                self._diagnostics.warn(number, "{word} is the same option as in line {other}", word=text, other=other)
        in_options = {number for lines in options for number, _ in lines}
        prompt = next((ref for number, ref in sorted(shown.items()) if number not in in_options), None)
        written = [
            text for lines in paragraphs if (text := words_of(lines, self._edition, alone=False)) or self._edition < 4
        ]
        of_options = {number: shown[number] for number, _ in texts if number in shown}
        return "\n".join(written), texts, prompt, of_options, marks
