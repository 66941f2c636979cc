"""
Cuts a workshop file into front matter, slides, notes and blocks, each with its line. `parser.py` finds their meaning.

Every line is read once from the front and, where something is not closed, once from the back. So a hostile file of
1 MiB takes no longer than a harmless one.
"""

import re

from msgspec import Struct

from live.i18n import dates
from live.workshop.diagnostics import Diagnostics
from live.workshop.schema import META, canonical

Line = tuple[int, str]

EDITION = 5
"""
How texts are read now. A stored text is read as it was when it was stored, because answers and events name slides,
activities and options by what that reading made of them. 1: every `---` and `:::` counted, also in a listing, and the
bullets of word processors were text. 2: `{hidden}` after a heading was part of it. 3: a
picture in an activity was its words. 4: so was `{right}` at the end of an option.
"""

_DASHES = "-–—−‒―‐‑"
_SIGNS = "•▪◦·●○■□▫‣⁃∙➢➤►✓✔☐☑\uf0b7\uf0a7\uf0d8\uf0fc\uf076"  # the last five are Word's own, in its symbol fonts
_GAP = r"[ \t\u00a0\u2000-\u200a\u202f\u3000]"
_WORD_ITEM = re.compile(  # of a list that Markdown does not know: its words are group 1 or 2
    rf"{_GAP}*(?:[{_DASHES}](?:{_GAP}+|(?=[^\W\d_]))(?=\S)|[A-Za-zÆØÅæøå]\){_GAP}+(?=\S)"
    rf"|(?:[*+]|[0-9]{{1,9}}[.)]){_GAP}+(?=\S))(.*)$"
    rf"|{_GAP}*(?:[{_SIGNS}]{_GAP}*|o\t+)(?=\S)(.*)$"
)
_DOUBTFUL_ITEM = re.compile(
    rf"{_GAP}*(?:[{_DASHES}](?=\S)(?![{_DASHES}])|[0-9]{{1,2}}[.)](?=[^\W\d_])|\([a-z0-9]\){_GAP}|[→⇒>»]{_GAP}*\w)"
)
_NUMBER = re.compile(rf"{_GAP}*(([0-9]{{1,9}})[.)]){_GAP}+([^\W\d_]*)")
_DOUBTFUL_RULE = re.compile(r" {0,3}(?:([*_=])(?: *\1){2,}|-(?: +-){2,}|--|–)\s*$")

_FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})(.*)")
_INDENTED = re.compile(r" {0,3}\t| {4}")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_ITEM = re.compile(r" {0,3}(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+(.*))?$")


class Block(Struct):
    """`:::kind{attrs}` … `:::`. `head` is the text after the colons, `end` the line that closes it, 0 if none does."""

    line: int
    head: str
    lines: list[Line]
    edition: int
    code: set[int]  # numbers of the lines that are a listing
    end: int = 0


class RawSlide(Struct):
    """
    The text of one slide. `lines` are without notes and blocks; `code` are the numbers of those that are a listing, and
    None in edition 1, which knew none.
    """

    line: int
    lines: list[Line]
    notes: list[str]
    blocks: list[Block]
    code: set[int] | None

    @property
    def empty(self) -> bool:
        return not self.notes and not self.blocks and not any(text.strip() for _, text in self.lines)


class Source(Struct):
    """`meta` is (line, key, value) of the front matter as written; `start` is the number of lines before the slides."""

    meta: list[tuple[int, str, str]]
    slides: list[RawSlide]
    start: int = 0


def scan(text: str, diagnostics: Diagnostics, edition: int = EDITION) -> Source:
    """Cut up *text*, in which every line ends with `\\n` alone."""
    lines = text.split("\n")
    meta, start = _front_matter(lines, diagnostics)
    scanner = _Scanner(lines, diagnostics, edition)
    for number in range(start, len(lines)):
        scanner.take(number)
    scanner.end()
    return Source(meta, scanner.slides, start)


def is_rule(line: str, edition: int = EDITION) -> bool:
    """
    Whether *line* is `---`, or what people and word processors make of it: more hyphens, up to three spaces before
    them, or longer dashes.
    """
    line = line.rstrip()
    if edition > 1 and set(line) <= set(_DASHES) and (len(line) > 3 or (len(line) > 1 and set(line) != {"-"})):
        return True
    if edition > 1 and re.fullmatch(" {1,3}-{3,}", line):
        return True
    return line == "---" or line == "—" or (2 <= len(line) <= 3 and set(line) <= set("-–—") and set(line) != {"-"})


def _front_matter(lines: list[str], diagnostics: Diagnostics) -> tuple[list[tuple[int, str, str]], int]:
    """The entries as (line, key, value), and the index of the first line after the front matter."""
    meta: list[tuple[int, str, str]] = []
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if not is_rule(lines[start]):
        diagnostics.error(start + 1, "The file must begin with front matter: `---`, `format: workshop/1`, …, `---`")
        return meta, start
    end = len(lines)
    for at in range(start + 1, len(lines)):
        line = lines[at].strip()
        if is_rule(lines[at]):
            return meta, at + 1
        if not line or line.startswith("#"):
            continue
        key, colon, value = line.partition(":")
        if colon and key.strip() and len(key) <= 40:
            meta.append((at + 1, key.strip(), _unquoted(value.strip())))
        elif canonical(word := line.split(maxsplit=1)[0], "meta", META):
            diagnostics.error(at + 1, "{word} needs a colon after it", word=word)
        else:
            end = at
            break
    diagnostics.error(start + 1, "The front matter is not closed: `---` is missing before line {next}", next=end + 1)
    return meta, end


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' and '"' not in value[1:-1] else value


class Listings:
    """
    Tells which lines are a listing (a code block of CommonMark): fenced, or indented by four after an empty line.

    A fence that nothing closes is none, so that it does not swallow the rest of the file.
    """

    def __init__(self, lines: list[str]) -> None:
        self._fence = ""
        self._indented = False
        self._in_list = False
        self._after_text = False  # the line above is text, which an indented line goes on with
        self._closable = {sign: _longest_below(lines, sign) for sign in "`~"}

    @property
    def fenced(self) -> bool:
        return bool(self._fence)

    def fence(self, at: int, line: str) -> bool:
        """Whether line *at* opens, closes or is in a fenced listing. Call it once for each line, in order."""
        found = _FENCE.match(line)
        if self._fence:
            if found and found[1].startswith(self._fence) and not found[2].strip():
                self._fence = ""
            return True
        if found and self._closable[found[1][0]][at] >= len(found[1]):
            self._fence = found[1]
            self._after_text = self._indented = False
            return True
        return False

    def unclosed(self, line: str) -> bool:
        """Whether the line, which is in no listing, looks as if it opened one."""
        return _FENCE.match(line) is not None

    def indented(self, line: str) -> bool:
        """The same for one that is indented. Call it for each line that is neither fenced nor in an activity."""
        if not line.strip():
            self._after_text = False
            return self._indented
        is_item = _ITEM.match(line) or _word_item(line)
        if _INDENTED.match(line) and not (self._in_list or is_item) and (self._indented or not self._after_text):
            self._indented = True
            return True
        self._indented = False
        if is_item:
            self._in_list = True
        elif not line[0].isspace() and not self._after_text:
            self._in_list = False
        self._after_text = not _HEADING.match(line)
        return False


def _longest_below(lines: list[str], sign: str) -> list[int]:
    """For each line, the length of the longest fence of *sign* below it that could close one."""
    longest, found = 0, [0] * len(lines)
    for at in range(len(lines) - 1, -1, -1):
        found[at] = longest
        mark = lines[at].strip()
        if mark and not mark.strip(sign):
            longest = max(longest, len(mark))
    return found


class _Scanner:
    def __init__(self, lines: list[str], diagnostics: Diagnostics, edition: int) -> None:
        self.slides: list[RawSlide] = []
        self._edition = edition
        self._listings = Listings(lines if edition > 1 else [])
        self._slide = self._new_slide(1)
        self._lines = lines
        self._diagnostics = diagnostics
        self._block: Block | None = None
        self._note: list[str] | None = None
        self._note_line = 0
        self._closers: list[bool] | None = None
        self._last_note_end = max((at for at, line in enumerate(lines) if "-->" in line), default=-1)

    def take(self, at: int) -> None:
        raw = self._lines[at]
        if self._edition > 1 and self._note is None and self._is_listing(at, raw):
            return
        if self._note is None and is_rule(raw, self._edition):
            if not (self._block and self._is_closed_after(at)):
                self._leave_block()
                self._slide = self._new_slide(at + 2)
                return
            self._diagnostics.warn(
                at + 1, "{word} inside an activity is part of its text and parts no slides", word=raw
            )
        text = raw if self._note is None and "<!--" not in raw else self._without_notes(at, raw)
        if text is None:
            return
        mark = text.strip()
        if self._edition > 1 and not self._block and self._listings.indented(text):
            if mark.startswith(":::"):
                self._diagnostics.warn(
                    at + 1, "{word} is indented by four or more and so part of a listing: no activity", word=mark
                )
            self._keep_code(at, text)
            return
        if mark.startswith(":::"):
            self._mark(at + 1, mark.lstrip(":").strip())
        elif self._block:
            self._block.lines.append((at + 1, text))
        else:
            if _DOUBTFUL_RULE.match(text):
                self._diagnostics.warn(at + 1, "{word} parts no slides: for a new slide write `---`", word=mark)
            self._slide.lines.append((at + 1, text))

    def _is_listing(self, at: int, raw: str) -> bool:
        """Whether the line is in a fenced listing; then it is kept as it is."""
        if not self._listings.fence(at, raw):
            if self._listings.unclosed(raw):
                self._diagnostics.warn(at + 1, "This listing is not closed, and goes on to the end of the slide")
            return False
        if self._block:
            self._block.lines.append((at + 1, raw))
            self._block.code.add(at + 1)
        else:
            self._keep_code(at, raw)
        return True

    def _keep_code(self, at: int, text: str) -> None:
        self._slide.lines.append((at + 1, text))
        if self._slide.code is not None and text.strip():
            self._slide.code.add(at + 1)

    def end(self) -> None:
        if self._note is not None:  # happens only when the last `-->` stands before a `<!--` in the same line
            self._unclosed_note()
        self._leave_block()

    def _new_slide(self, line: int) -> RawSlide:
        self.slides.append(RawSlide(line, [], [], [], set() if self._edition > 1 else None))
        return self.slides[-1]

    def _mark(self, line: int, head: str) -> None:
        if head:
            self._leave_block()
            self._block = Block(line, head, [], self._edition, set())
            self._slide.blocks.append(self._block)
        elif self._block:
            self._block.end = line
            self._block = None
        else:
            self._diagnostics.error(line, "`:::` closes nothing here: no activity is open")

    def _leave_block(self) -> None:
        if self._block:
            head = ":::" + self._block.head.partition("{")[0]
            self._diagnostics.error(self._block.line, "{word} is not closed: `:::` is missing after it", word=head)
            self._block = None

    def _is_closed_after(self, at: int) -> bool:
        """
        Whether the next `:::` below closes a block. If it opens one, this block was never closed, and the `---` here
        does end the slide.
        """
        if self._closers is None:
            closes = False
            self._closers = [False] * len(self._lines)
            for below in range(len(self._lines) - 1, -1, -1):
                self._closers[below] = closes
                mark = self._lines[below].strip()
                if mark.startswith(":::"):
                    closes = not mark.strip(":")
        return self._closers[at]

    def _without_notes(self, at: int, raw: str) -> str | None:
        """The text of the line outside `<!-- … -->`; None when there is none but notes."""
        kept = []
        start = 0
        end = raw.find("-->")
        while True:
            if self._note is None:
                begin = raw.find("<!--", start)
                kept.append(raw[start:] if begin < 0 else raw[start:begin])
                if begin < 0:
                    break
                self._note, self._note_line, start = [], at + 1, begin + 4
            if 0 <= end < start:  # searched for once per `-->`, not once per `<!--`
                end = raw.find("-->", start)
            again = raw.find("<!--", start)
            if again >= 0 and (end < 0 or again < end):  # a note inside a note: the first was never closed
                self._note.append(raw[start:again])
                self._unclosed_note()
                start = again
            elif end < 0:
                self._note.append(raw[start:])
                if at >= self._last_note_end:  # never closed: go on as if it ended here, to find other errors too
                    self._unclosed_note()
                break
            else:
                self._note.append(raw[start:end])
                self._keep_note()
                start = end + 3
        text = "".join(kept)
        return text if text.strip() else None

    def _keep_note(self) -> None:
        if note := "\n".join(line.strip() for line in self._note or ()).strip():
            self._slide.notes.append(note)
        self._note = None

    def _unclosed_note(self) -> None:
        self._diagnostics.error(self._note_line, "The note `<!--` is not closed: `-->` is missing")
        self._keep_note()


def texts_of(block: Block, *, takes_options: bool) -> tuple[list[list[Line]], list[list[Line]]]:
    """The paragraphs of the instruction and the options, each as its lines without marks and indentation."""
    paragraphs: list[list[Line]] = [[]]
    options: list[list[Line]] = []
    numbers: list[re.Match[str] | None] = []
    in_option, margin = False, -1
    for number, text in block.lines:
        item = None if number in block.code else _item(block, text, margin if in_option else -1)
        if item is not None and takes_options:
            if margin < 0:
                margin = _margin(text)
            options.append([(number, item)])
            numbers.append(_NUMBER.match(text))
            in_option = True
        elif not text.strip():
            paragraphs.append([])
        elif in_option and text[0] in " \t\u00a0" and number not in block.code:
            nested = _word_item(text) if block.edition > 1 else None
            options[-1].append((number, text.strip().lstrip("-*+ ") if nested is None else nested))
        else:
            in_option = False
            if item is not None:
                paragraphs.append([])  # a list in an instruction keeps its lines
            paragraphs[-1].append((number, text.strip()))
    if block.edition > 1 and _are_words(numbers):
        for lines, mark in zip(options, numbers, strict=True):
            lines[0] = (lines[0][0], f"{mark[1]} {lines[0][1]}" if mark else lines[0][1])
    return [paragraph for paragraph in paragraphs if paragraph], options


def _are_words(numbers: list[re.Match[str] | None]) -> bool:
    """
    Whether the numbers before options are part of them, as in `17. mai`: they neither count from 1 nor are all 1, or a
    month follows.
    """
    found = [mark for mark in numbers if mark]
    typed = [int(mark[2]) for mark in found]
    counts = typed in (list(range(1, len(typed) + 1)), [1] * len(typed))
    return not counts or any(dates.is_month(mark[3]) for mark in found)


def _item(block: Block, text: str, margin: int) -> str | None:
    """The words of a list item; None for another line, and for an item under the one at *margin*."""
    if found := _ITEM.match(text):
        return found[1] or ""
    if block.edition == 1 or (0 <= margin < _margin(text)):
        return None
    return _word_item(text)


def _margin(text: str) -> int:
    """Columns before the first sign."""
    bare = text.expandtabs(4)
    return len(bare) - len(bare.lstrip())


def _word_item(text: str) -> str | None:
    """
    The words of a list item as word processors and people write it: `– Ja`, `•\tJa`, `-Ja`, `a) Ja`. None: it is
    none, as `-5` is a number.
    """
    found = _WORD_ITEM.match(text)
    return None if found is None else found[1] or found[2]


def doubtful(block: Block) -> list[int]:
    """Numbers of the lines that look like options, or follow one, and are none (of a block that takes options)."""
    paragraphs, options = texts_of(block, takes_options=True)
    ends = {lines[-1][0] for lines in options}
    return [
        number
        for lines in paragraphs
        for number, text in lines
        if number not in block.code and (_DOUBTFUL_ITEM.match(text) or number - 1 in ends)
    ]


def _nested_items(lines: list[Line]) -> set[int]:
    """Numbers of the lines that are items under an item of Markdown, however deep."""
    found: set[int] = set()
    inside = False
    for number, text in lines:
        if not text.strip():
            continue
        if _ITEM.match(text):
            inside = True
        elif inside and text[0] in " \t" and _ITEM.match(text.lstrip(" \t")):
            found.add(number)
        elif not text[0].isspace():
            inside = False
    return found


def with_markdown_lists(raw: RawSlide, lines: list[Line]) -> list[Line]:
    """
    *lines* of the slide with its lists as Markdown writes them. A single line that begins with a dash stays: it names
    who said what is quoted above it.
    """
    if raw.code is None:
        return lines
    nested = _nested_items(lines)
    found = [
        None if number in raw.code or number in nested or _ITEM.match(text) or text.strip()[1:2] == ")"
        else _word_item(text)
        for number, text in lines
    ]  # fmt: skip  # `a)` stays as it is typed
    written = [at for at, (_, text) in enumerate(lines) if text.strip()]
    kept = list(lines)
    margins: list[int] = []
    for place, at in enumerate(written):
        number, text = lines[at]
        item = found[at]
        near = [written[one] for one in (place - 1, place + 1) if 0 <= one < len(written)]
        if item is None or (text.strip()[0] in _DASHES and all(found[one] is None for one in near)):
            if _ITEM.match(text) is None and not text[0].isspace():
                margins = []
            continue
        margins = [margin for margin in margins if margin < _margin(text)]
        mark = re.match(rf"{_GAP}*([0-9]{{1,9}}[.)]|\+)", text)
        kept[at] = (number, f"{'   ' * len(margins)}{mark[1] if mark else '-'} {item}")
        margins.append(_margin(text))
    return kept
