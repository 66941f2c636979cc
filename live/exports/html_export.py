"""Writes the report as one HTML file that opens without a network and prints on A4, without scripts."""

import re
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from math import inf

from live.exports import cloud_layout
from live.exports.csv_export import printable
from live.exports.outlines import Outlines
from live.exports.outlines import width as outline_width
from live.exports.planes import as_svg
from live.exports.report_document import report
from live.exports.snapshot import Snapshot
from live.i18n.catalogs import translator
from live.report_blocks import (
    Answers,
    Block,
    Cell,
    Drops,
    Facts,
    Head,
    Picture,
    Pictures,
    Plane,
    Section,
    Table,
    Text,
    Voices,
    Words,
)
from live.workshop.accent import FJORD

# The colours, the type and the drop are those of static/shared/tokens.css.
_STYLE = """
@page { size: A4; margin: 18mm 16mm; @bottom-right { content: counter(page) " / " counter(pages);
  font: 9pt "Inter", "Noto Sans", sans-serif; color: #444a4b; } }
:root { color-scheme: light; --ink: #14191b; --soft: #444a4b; --line: #cdc4b3; --fjord: #0b4f47; --quiet: #ece5d7; }
body { font: 16px/1.5 "Inter", "Noto Sans", system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink);
  background: #f7f3ea; max-inline-size: 48rem; margin: 0 auto; padding: 2rem 1.5rem; overflow-wrap: anywhere; }
h1, h2, h3, h4 { font-weight: 600; letter-spacing: -.018em; line-height: 1.2; text-wrap: balance; }
h1 { font-size: 2.6rem; line-height: 1.1; margin-block: 0 .6rem; }
h2 { font-size: 1.5rem; margin-block: 3rem .6rem; padding-block-start: .8rem;
  border-block-start: 2px solid var(--ink); }
h3 { font-size: 1.1rem; margin-block: 1.6rem .3rem; }
h4 { font-size: 1rem; margin-block: 1rem .3rem; color: var(--soft); }
h2, h3, h4 { break-after: avoid; break-inside: avoid; }
section > p:not(:last-child) { break-after: avoid; }
p, dl, figure, .few, .blank, .short { break-inside: avoid; }
table:has(+ .note) { break-after: avoid; }
th, td { overflow-wrap: break-word; }
tbody th, .drawn td:not(.n), .shared td { overflow-wrap: anywhere; }
p { margin-block: .3rem; }
.note, figcaption, thead th, dt { color: var(--soft); }
.address, .address span { display: inline-block; max-inline-size: 100%; overflow-wrap: break-word; }
table { border-collapse: collapse; inline-size: 100%; margin-block: .8rem; }
thead th { font-weight: 400; }
tbody th { font-weight: 600; }
th, td { text-align: start; vertical-align: top; padding: .5rem .8rem .5rem 0;
  border-block-end: 1px solid var(--line); }
td.n, th.n { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; padding-inline-end: 0;
  padding-inline-start: .8rem; }
td.n { font-weight: 600; }
.drawn tbody th { inline-size: 28%; }
.drops { display: block; line-height: 0; padding-block: .3rem .2rem; }
.drops i, .key { display: inline-block; box-sizing: border-box; inline-size: 9px; block-size: 9px; margin: 0 3px 3px 0;
  border: 1.5px solid var(--fjord); border-radius: 50% 50% 50% 0; background: var(--fjord);
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.drops .open, .key.open { background: none; border-color: var(--soft); }
.drops .dark, .key.dark { background: var(--ink); border-color: var(--ink); }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.6rem; margin-block: .2rem 1.2rem; }
.legend span { white-space: nowrap; }
.legend .key { margin-inline-end: .5em; }
figcaption { margin-block-start: .4rem; }
.said { margin: 0; }
figure { margin: 1.4rem 0; }
.pictures { display: flex; flex-wrap: wrap; gap: 1rem; break-inside: avoid; }
.pictures figure { flex: 1 1 10rem; max-inline-size: 24rem; margin: .8rem 0; }
header .pictures img { max-block-size: 5rem; max-inline-size: 16rem; }
.pictures img { max-inline-size: 100%; max-block-size: 22rem; }
.cloud { display: block; inline-size: 100%; margin-block: 1.2rem; break-inside: avoid; }
blockquote { margin: 0; font-size: 1.35rem; font-weight: 600; line-height: 1.25; letter-spacing: -.018em; }
.plane { display: block; inline-size: 100%; max-inline-size: 30rem; margin-block: 1rem; break-inside: avoid; }
.voices figure { display: inline-block; inline-size: 45%; margin-inline-end: 4%; vertical-align: top; }
.voices figure:first-child { display: block; inline-size: auto; margin-inline-end: 0; }
.voices figure:first-child blockquote { font-size: 2.4rem; line-height: 1.12; text-wrap: balance; }
ul { list-style: none; padding: 0; margin-block: .6rem; }
li { padding-block: .45rem; border-block-end: 1px solid var(--line); white-space: pre-line; break-inside: avoid; }
.brief { columns: 3; }
.brief li { padding-block: .3rem; }
li.withheld { border-block-end-style: dashed; color: var(--soft); }
tr { break-inside: avoid; }
tbody tr:first-child, li:first-child { break-after: avoid; }
tbody tr:nth-last-child(-n + 2), li:nth-last-child(-n + 2) { break-before: avoid; }
thead { display: table-header-group; }
.shared { table-layout: fixed; }
.words span { display: inline-block; margin-inline-end: 1.2rem; max-inline-size: 100%; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem 1.5rem; margin-block: 1rem; }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 30rem) {
  body { padding: 1rem; }
  h1 { font-size: 2rem; }
  .voices figure { display: block; inline-size: auto; }
  .voices figure:first-child blockquote { font-size: 1.7rem; }
  .brief { columns: 2; }
  dl { display: block; }
  dd { margin-block-end: .5rem; }
  th, td { padding-inline-end: .25rem; hyphens: auto; }
  tbody th { padding-inline-end: .25rem; overflow-wrap: anywhere; }
  td.n, th.n { white-space: normal; }
  .short, .long { font-size: .875rem; }
  .shared, .shared tbody, .shared tr, .shared tr > * { display: block; border: 0; padding: 0; }
  .shared tbody tr { padding-block: .6rem; border-block-end: 1px solid var(--line); }
  .shared thead { position: absolute; clip-path: inset(50%); }
}
@media print {
  body { font-size: 10.5pt; background: none; padding: 0; max-inline-size: none; }
  h1 { font-size: 27pt; }
  h2 { margin-block-start: 2rem; }
  .voices figure:first-child blockquote { font-size: 25pt; }
  blockquote { font-size: 14pt; }
  th, td, li { padding-block: .28rem; }
}
"""


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
SHORT = 8  # rows; a table with so few is never split over two pages, as it takes a quarter of a page
BRIEF = 24  # characters; answers that are all so short are set in columns
_address = re.compile(r"((?:https?://|www\.)[^\s<>«»]*[^\s<>«».,;:!?)])")
FONTS = "Inter, Noto Sans, system-ui, sans-serif"
INK, ASIDE = "#14191b", 0.25  # the space before a count, in parts of its size
LOUDNESS = {0: (400, "#444a4b"), 1: (600, INK), 2: (600, "")}  # weight and colour, as on the screen; "": the accent
CLOUD, CLOUD_LETTERS = (720, 260), (13, 50)  # CSS pixels
MOST_DROPS = 160  # in a group; where there are more answers, a drop stands for ten of them, or a hundred …


def write(snapshot: Snapshot) -> bytes:
    return "\n".join(_page(snapshot)).encode()


def text(value: object) -> str:
    return escape(printable(str(value)))


def unbroken(value: object) -> str:
    """
    As `text`, but an address moves to a line of its own before it is broken, and is then broken after a /.

    Not at a hyphen, which who copies the address from a PDF would lose.
    """
    parts = [escape(part) for part in _address.split(printable(str(value)))]
    for place in range(1, len(parts), 2):
        steps = re.sub(r"(?<=[^/])/(?=[^/])", "/</span><span>", parts[place])
        parts[place] = f'<span class="address"><span>{steps}</span></span>'
    return "".join(parts)


def _page(snapshot: Snapshot) -> Iterator[str]:
    document = report(snapshot)
    yield "<!doctype html>"
    yield f'<html lang="{text(document.language)}">'
    yield '<meta charset="utf-8">'
    # Nothing in this page is to be loaded or run; this makes sure of it.
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<title>{text(document.title)}</title>"
    yield f"<style>{_STYLE.replace(FJORD, snapshot.colour)}</style>"
    yield "<body>"
    yield f"<header><h1>{text(document.title)}</h1>"
    for block in document.opening:
        yield from _block(block, document.language)
    yield "</header>"
    yield "<main>"
    for number, section in enumerate(document.sections):
        if section.form:
            continue  # who fills it in does so in the document
        yield f"<section><h2>{text(section.title)}</h2>"
        yield from _cloud(section, number, snapshot.colour)
        for block in section.blocks:
            yield from _block(block, document.language)
        yield "</section>"
    yield "</main>"
    yield "</body></html>"


def _block(block: Block, language: str) -> Iterator[str]:
    match block:
        case Text(text=content, soft=soft):
            yield f'<p class="note">{unbroken(content)}</p>' if soft else f"<p>{unbroken(content)}</p>"
        case Head(text=content, level=level):
            yield f"<h{level + 2}>{text(content)}</h{level + 2}>"
        case Facts(pairs=pairs):
            yield "<dl>"
            for name, value in pairs:
                yield f"<dt>{text(name)}</dt><dd>{unbroken(value)}</dd>"
            yield "</dl>"
        case Table():
            yield from _table(block, language)
        case Words(words=words):
            yield '<p class="words">'
            for word, count in words:
                yield f"<span>{text(word)} <b>{count}</b></span>"
            yield "</p>"
        case Voices():
            yield from _voices(block)
        case Drops():
            yield from _all_drops(block)
        case Pictures(pictures=pictures):
            yield from _pictures(pictures)
        case Plane():
            yield from as_svg(block)
        case Answers(texts=texts, how=how):
            brief = how == "all" and max(map(len, texts), default=0) <= BRIEF
            yield '<ul class="few">' if how == "quote" else '<ul class="brief">' if brief else "<ul>"
            for content in texts:
                said = f"«{unbroken(content)}»" if how == "quote" else unbroken(content)
                yield f'<li class="{how}">{said}</li>' if how != "all" else f"<li>{said}</li>"
            yield "</ul>"


def _cloud(section: Section, number: int, colour: str) -> Iterator[str]:
    """The words as a picture, for those who see; they stand as text below too."""
    if not section.cloud:
        return
    placed = cloud_layout.lay_out(section, CLOUD[0], inf if section.drawn else CLOUD[1], *CLOUD_LETTERS)
    if not placed:
        return
    top = min(one.y - one.height / 2 for one in placed)
    high = max(one.y + one.height / 2 for one in placed) - top
    yield f'<svg class="cloud" viewBox="0 {top:.1f} {CLOUD[0]} {high:.1f}" aria-hidden="true">'
    outlines = Outlines(f"cloud{number}")
    for one in placed:
        yield from _placed(one, outlines, colour)
    yield outlines.defs()
    yield "</svg>"


def _placed(one: cloud_layout.Placed, outlines: Outlines, colour: str) -> Iterator[str]:
    """A word with its count, together in the middle of its place. A script without outlines is set in a font."""
    weight, fill = LOUDNESS[one.loud]
    fill = fill or colour
    y = one.y + 0.36 * one.size  # the line on which letters stand, so that their middle is at y
    wide = outline_width(printable(one.text), one.size, weight)
    if wide is None:
        # As attributes, because the program that makes the PDF does not apply the page's style inside a picture.
        yield (
            f'<text x="{one.x:.1f}" y="{y:.1f}" text-anchor="middle" font-family="{FONTS}" font-size="{one.size:.1f}" '
            f'font-weight="{weight}" fill="{fill}">{text(one.text)}</text>'
        )
        return
    aside = one.figure_size * ASIDE if one.figure else 0
    left = one.x - (wide + aside + (outline_width(one.figure, one.figure_size, 400) or 0)) / 2
    yield outlines.word(printable(one.text), left, y, one.size, weight, fill) or ""
    if one.figure:
        yield outlines.word(one.figure, left + wide + aside, y, one.figure_size, 400, INK) or ""


def _voices(block: Voices) -> Iterator[str]:
    yield '<div class="voices">'
    for one in block.voices:
        key = '<i class="key open"></i>' if one.alone else '<i class="key"></i>'
        yield f"<figure><blockquote>«{unbroken(one.text)}»</blockquote>"
        yield f'<figcaption><span aria-hidden="true">{key}</span> {text(one.about)}</figcaption></figure>'
    yield "</div>"


def _pictures(pictures: list[Picture]) -> Iterator[str]:
    yield '<div class="pictures">'
    for one in pictures:
        src = f"data:image/webp;base64,{b64encode(one.body).decode()}"
        told = f"<figcaption>{unbroken(one.told)}</figcaption>" if one.told else ""
        yield f'<figure><img src="{src}" alt="{text(one.alt)}">{told}</figure>'
    yield "</div>"


def _all_drops(block: Drops) -> Iterator[str]:
    worth = drop_worth(sum(n for _how, n, _name in block.groups), 2 * MOST_DROPS)
    drops = "".join(f'<i class="{how}"></i>' * -(-n // worth) for how, n, _name in block.groups)
    yield f'<p class="drops" aria-hidden="true">{drops}</p>'
    keys = (f'<i class="key {how}" aria-hidden="true"></i>{text(name)}' for how, _n, name in block.groups)
    yield '<p class="legend">' + " ".join(f"<span>{key}</span>" for key in keys) + "</p>"


def drop_worth(n: int, most: int = MOST_DROPS) -> int:
    """How many answers a drop stands for, so that at most *most* are drawn for *n*: 1, 10, 100 …"""
    worth = 1
    while n > worth * most:
        worth *= 10
    return worth


def _table(table: Table, language: str) -> Iterator[str]:
    figure = ' class="n"' if table.numbers else ""
    how = "drawn" if table.drops else "shared" if table.widths else "short" if len(table.rows) <= SHORT else "long"
    yield f'<table class="{how}">'
    if table.widths:
        yield "<colgroup>" + "".join(f'<col style="inline-size: {width}%">' for width in table.widths) + "</colgroup>"
    yield "<thead><tr>"
    for place, head in enumerate(table.heads):
        yield f'<th scope="col"{figure if place else ""}>{text(head)}</th>' if head else "<td></td>"
        if table.drops and place == 0:
            yield "<td></td>"
    yield "</tr></thead><tbody>"
    counts = [row[1] for row in table.rows] if table.drops else []
    worth = drop_worth(max((n for n in counts if isinstance(n, int)), default=0))
    for place, (first, *rest) in enumerate(table.rows):
        cells = "".join(f"<td{figure}>{unbroken(value)}</td>" for value in rest)
        if table.drops:
            quotes = table.quotes[place] if table.quotes else []
            said = "".join(f'<p class="said">«{unbroken(one)}»</p>' for one in quotes)
            cells = f"<td>{_row_of_drops(rest[0], worth)}{said}</td>{cells}"
        yield f'<tr><th scope="row">{text(first)}</th>{cells}</tr>'
    yield "</tbody></table>"
    if worth > 1:
        _ = translator(language)
        yield f'<p class="note">{text(_("A drop stands for {n}.").format(n=worth))}</p>'


def _row_of_drops(n: Cell, worth: int) -> str:
    drops = "<i></i>" * -(-n // worth) if isinstance(n, int) else ""
    return f'<span class="drops" aria-hidden="true">{drops}</span>' if drops else ""
