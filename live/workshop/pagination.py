"""
Estimates without a browser how many screens a slide takes, so that `innspill check` can warn.

The screen itself measures what it draws (presenter/screen/slide.js); this file counts characters. Lengths are in
hundredths of the screen's height, on a 16:9 screen, at the smallest text size used there.
tests/browser/test_screen.py compares the two.
"""

from math import ceil

from markdown_it.token import Token

from live.workshop import markdown, pictures
from live.workshop.model import Slide

SIZE = 4.4  # presenter/screen/slide.js, the last of SIZES
WIDTH, HEIGHT = 160.0, 71.6  # of the text under a heading of one line
HEADING_LINE, HEADING_SIGNS = 5.5, 54
SIGN = 0.475  # an average letter of Inter, in widths of its size
GAP = 0.52  # between paragraphs, and around the text of an item or a cell
GUTTER = 12.0  # between columns
BESIDE = 0.52  # of the width is for text that stands beside a picture
ROW = 42.0  # the height of a row of pictures
QUOTE = 32 * 1.1 * SIZE  # the widest a quotation is set


def screens_needed(slide: Slide) -> int:
    """1 when the whole slide fits on one screen, with all its items and the list of activities below."""
    lines = max(1, ceil(len(slide.title) / HEADING_SIGNS))
    room = HEIGHT - HEADING_LINE * (lines - 1)
    tokens, width, tall = _around_pictures(markdown.tokens(slide.body))
    tall += _tall(tokens, width) + _steps(slide)
    return max(1, ceil(tall / room))


def _around_pictures(tokens: list[Token]) -> tuple[list[Token], float, float]:
    """What stands beside the pictures of a slide: its text, the width for it, and the height that rows of them take."""
    kept: list[Token] = []
    groups: list[list[pictures.Written]] = []
    for token in tokens:
        kept.append(token)
        alone = token.type == "inline" and token.level == 1 and "![" in token.content
        if alone and not pictures.without(token.content).strip():
            groups.append([written for written, _ in pictures.in_text(token.content)])
            kept[-2:] = []
        elif groups and token.type == "paragraph_close" and (not kept[:-1] or kept[-2].type != "inline"):
            kept.pop()
    if not kept:
        return kept, WIDTH, 0
    single = [group for group in groups if len(group) == 1 and group[0].place != "full"]
    across = len(_sections(kept))
    beside = len(single) == 1 and (across == 1 or bool(single[0][0].place))
    rows = sum(len(group) > 1 for group in groups) + (0 if beside else ceil(len(single) / across))
    return kept, WIDTH * BESIDE if beside else WIDTH, ROW * rows


def _steps(slide: Slide) -> float:
    """The height of the list of activities below the slide's own text."""
    waiting = [activity for activity in slide.activities if not activity.optional]
    if not waiting:
        return 0
    return SIZE * (1 + 1.7) + sum(_lines(activity.instruction, WIDTH) * 1.24 + 0.68 for activity in waiting) * SIZE


def _lines(text: str, width: float) -> int:
    signs = max(1, int(width / (SIZE * SIGN)))
    return sum(max(1, ceil(len(markdown.plain(line)) / signs)) for line in text.split("\n"))


def _tall(tokens: list[Token], width: float) -> float:
    sections = _sections(tokens)
    if len(sections) > 1:
        across = (width - GUTTER * (len(sections) - 1)) / len(sections)
        return max(_tall(section, across) for section in sections)
    tall = 0.0
    depth = quotes = 0
    rows: list[list[str]] = []
    for at, token in enumerate(tokens):
        if token.type.startswith("list_item"):
            depth += token.nesting
        elif token.type.startswith("blockquote"):
            quotes += token.nesting
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            tall += _table(rows, width)
            rows = []
        elif token.type == "inline":
            if rows:
                rows[-1].append(token.content)
                continue
            if quotes:
                tall += (_lines(token.content, min(width, QUOTE) / 1.1) * 1.3 + GAP) * 1.1 * SIZE
                continue
            around = GAP if tall and tokens[at - 1].type in {"paragraph_open", "heading_open"} else 0
            tall += (_lines(token.content, width - max(0, depth - 1) * SIZE) * 1.24 + around) * SIZE
    return tall


def _sections(tokens: list[Token]) -> list[list[Token]]:
    """Sections with two or three `###` headings are columns side by side; else all is one section."""
    heads = [
        at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h3" and not token.level
    ]
    if len(heads) not in {2, 3}:
        return [tokens]
    return [tokens[start:end] for start, end in zip(heads, [*heads[1:], None], strict=True)]


def _table(rows: list[list[str]], width: float) -> float:
    """The height of a table; its columns share the width according to their longest cell."""
    across = max(map(len, rows), default=0)
    if not across:
        return 0
    longest = [max((len(row[at]) for row in rows if at < len(row)), default=0) for at in range(across)]
    # A browser gives short columns what they need and shares the rest, so a long one does not take it all.
    weights = [max(4.0, length**0.75) for length in longest]
    widths = [width * weight / sum(weights) for weight in weights]
    return (
        sum(max(_lines(cell, wide) for cell, wide in zip(row, widths, strict=False)) * 1.18 + 0.68 for row in rows)
        * SIZE
    )
