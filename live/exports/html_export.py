"""Writes the report as one HTML file that opens without a network and prints on A4, without scripts."""

from collections.abc import Iterator
from html import escape

from live.exports.csv_export import printable
from live.exports.report_document import report
from live.exports.snapshot import Snapshot
from live.report_blocks import Answers, Block, Facts, Head, Table, Text, Words

_STYLE = """
@page { size: A4; margin: 18mm 16mm; }
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1b2430; background: #fff; max-inline-size: 46rem; margin: 0 auto;
  padding: 1.5rem; overflow-wrap: anywhere; }
h1 { font-size: 1.9rem; line-height: 1.2; margin-block: 0 .3rem; }
h2 { font-size: 1.35rem; line-height: 1.3; margin-block: 2.5rem .5rem; padding-block-start: .7rem;
  border-block-start: 2px solid #1b2430; }
h3 { font-size: 1.05rem; margin-block: 1.5rem .3rem; }
h4 { font-size: 1rem; margin-block: 1rem .3rem; font-weight: 600; color: #1f6f5c; }
h2, h3, h4 { break-after: avoid; break-inside: avoid; }
section > p:not(:last-child) { break-after: avoid; }
p, dl, .few, .blank, .short { break-inside: avoid; }
table:has(+ .note) { break-after: avoid; }
th, td { overflow-wrap: break-word; }
tbody th, tbody td:not(.n) { overflow-wrap: anywhere; }
p { margin-block: .3rem; }
.note { color: #4a5563; }
table { border-collapse: collapse; inline-size: 100%; margin-block: .6rem; }
tbody th { font-weight: 400; }
th, td { text-align: start; vertical-align: top; padding: .3rem .6rem .3rem 0; border-block-end: 1px solid #c9d0d8; }
td.n, th.n { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
tbody th { padding-inline-end: 1rem; }
ul { list-style: none; padding: 0; margin-block: .6rem; }
li { padding: .45rem .7rem; margin-block: .35rem; border-inline-start: 4px solid #1f6f5c; background: #f4f6f7;
  white-space: pre-line; break-inside: avoid; }
.brief { columns: 3; }
.brief li { margin-block: 0 .35rem; }
li.withheld { border-inline-start-style: dashed; border-color: #8a94a0; }
li.quote { background: none; padding-block: .15rem; font-style: italic; }
tr { break-inside: avoid; }
tbody tr:first-child, li:first-child { break-after: avoid; }
tbody tr:nth-last-child(-n + 2), li:nth-last-child(-n + 2) { break-before: avoid; }
thead { display: table-header-group; }
.blank th, .blank td { border: 1px solid #8a94a0; padding: .5rem .6rem; font-weight: 400; inline-size: 30%; }
.blank thead th { background: #f4f6f7; }
.blank tbody td { block-size: 3.4rem; }
.blank tr > :first-child { inline-size: 14%; white-space: nowrap; }
.shared { table-layout: fixed; }
.words span { display: inline-block; margin-inline-end: 1.2rem; max-inline-size: 100%; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1rem; margin-block: 1rem; }
dt { color: #4a5563; }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 30rem) {
  body { padding: 1rem; }
  .brief { columns: 2; }
  dl { display: block; }
  dd { margin-block-end: .5rem; }
  th, td { padding-inline-end: .25rem; hyphens: auto; }
  tbody th { padding-inline-end: .25rem; overflow-wrap: anywhere; }
  td.n, th.n { white-space: normal; }
  .short, .long { font-size: .875rem; }
}
@media print {
  body { font-size: 10.5pt; padding: 0; max-inline-size: none; }
  li { padding-block: .2rem; margin-block: .25rem; }
}
"""


SHORT = 8  # rows; a table with so few is never split over two pages, as it takes a quarter of a page
BRIEF = 24  # characters; answers that are all so short are set in columns


def write(snapshot: Snapshot) -> bytes:
    return "\n".join(_page(snapshot)).encode()


def text(value: object) -> str:
    return escape(printable(str(value)))


def _page(snapshot: Snapshot) -> Iterator[str]:
    document = report(snapshot)
    yield "<!doctype html>"
    yield f'<html lang="{text(document.language)}">'
    yield '<meta charset="utf-8">'
    # Nothing in this page is to be loaded or run; this makes sure of it.
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<title>{text(document.title)}</title>"
    yield f"<style>{_STYLE}</style>"
    yield "<body>"
    yield f"<header><h1>{text(document.title)}</h1>"
    for block in document.opening:
        yield from _block(block)
    yield "</header>"
    yield "<main>"
    for section in document.sections:
        yield f"<section><h2>{text(section.title)}</h2>"
        for block in section.blocks:
            yield from _block(block)
        yield "</section>"
    yield "</main>"
    yield "</body></html>"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Text(text=content, soft=soft):
            yield f'<p class="note">{text(content)}</p>' if soft else f"<p>{text(content)}</p>"
        case Head(text=content, level=level):
            yield f"<h{level + 2}>{text(content)}</h{level + 2}>"
        case Facts(pairs=pairs):
            yield "<dl>"
            for name, value in pairs:
                yield f"<dt>{text(name)}</dt><dd>{text(value)}</dd>"
            yield "</dl>"
        case Table():
            yield from _table(block)
        case Words(words=words):
            yield '<p class="words">'
            for word, count in words:
                yield f"<span>{text(word)} <b>{count}</b></span>"
            yield "</p>"
        case Answers(texts=texts, how=how):
            brief = how == "all" and max(map(len, texts), default=0) <= BRIEF
            yield '<ul class="few">' if how == "quote" else '<ul class="brief">' if brief else "<ul>"
            for content in texts:
                yield f'<li class="{how}">{text(content)}</li>' if how != "all" else f"<li>{text(content)}</li>"
            yield "</ul>"


def _table(table: Table) -> Iterator[str]:
    figure = ' class="n"' if table.numbers else ""
    how = "blank" if table.blank else "shared" if table.widths else "short" if len(table.rows) <= SHORT else "long"
    yield f'<table class="{how}">'
    if table.widths:
        yield "<colgroup>" + "".join(f'<col style="inline-size: {width}%">' for width in table.widths) + "</colgroup>"
    yield "<thead><tr>"
    for place, head in enumerate(table.heads):
        yield f'<th scope="col"{figure if place else ""}>{text(head)}</th>' if head else "<td></td>"
    yield "</tr></thead><tbody>"
    for first, *rest in table.rows:
        cells = "".join(f"<td{figure}>{text(value)}</td>" for value in rest)
        yield f'<tr><th scope="row">{text(first)}</th>{cells}</tr>'
    yield "</tbody></table>"
