"""
Writes the one-page sheet (A4) for everybody, right after the meeting: the question, themes with quotes, what is next.

`layout` chooses what fits; the fixed height of the sheet keeps it on one page with any font.
"""

import base64
from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import quote

from msgspec import Struct

from live import qr
from live.activities import KINDS
from live.exports.html_export import text
from live.exports.one_page.layout import (
    BODY,
    GAP,
    HEAD,
    LINE,
    SCALES,
    Columns,
    Theme,
    choose,
    cut,
    loose,
    wide,
    wrapped,
)
from live.exports.question_section import Say, by_theme, shuffled
from live.exports.report_document import day
from live.exports.snapshot import Row, Snapshot, Summary, figures, moment
from live.i18n.catalogs import translator
from live.i18n.figures import decimal, percent
from live.workshop.accent import FJORD

WIDE, HIGH = 186.0, 272.0  # millimetres of the printed area; a page has 273 between its margins
FOOT = 120.0  # millimetres beside the QR code of the public page
MOST_PROMISES = 2
# For titles of up to so many letters: size of a letter, height of a line, number of lines.
TITLES = ((60, 7.6, 8.8, 3), (140, 5.6, 6.8, 4), (100_000, 4.4, 5.5, 5))

STYLE = """
@page { size: A4; margin: 12mm; }
:root { color-scheme: light; }
* { box-sizing: border-box; margin: 0; padding: 0; }
body { font: 9.5pt/4.4mm "Inter", "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; color: #14191b;
  background: #fff; overflow-wrap: anywhere; }
.sheet { position: relative; inline-size: 186mm; block-size: 272mm; overflow: hidden; }
.hint { display: none; }
.kicker { color: #444a4b; }
h1 { letter-spacing: -.015em; margin-block: 1.5mm 2mm; font-size: 7.6mm; line-height: 8.8mm; }
h1.long { font-size: 5.6mm; line-height: 6.8mm; }
h1.longer { font-size: 4.4mm; line-height: 5.5mm; letter-spacing: 0; }
.facts { color: #444a4b; padding-block-end: 3.5mm; border-block-end: .5mm solid #14191b; margin-block-end: 4mm; }
.large main { font-size: 14.25pt; line-height: 6.6mm; }
.larger main { font-size: 11.875pt; line-height: 5.5mm; }
.column { float: left; inline-size: 89mm; }
.column + .column { margin-inline-start: 8mm; }
h2 { font-size: 1.16em; line-height: 1.39; color: #0b4f47; }
h2 span { color: #444a4b; font-weight: 400; font-size: .86em; }
article { margin-block-end: 1.19em; }
ul { list-style: none; }
li { padding-inline-start: 1.045em; margin-block-end: .27em; position: relative; }
li::before { content: "–"; position: absolute; inset-inline-start: 0; color: #0b4f47; }
.more { color: #444a4b; padding-inline-start: 1.045em; }
.next { position: absolute; inset-block-end: 0; inset-inline: 0; border-block-start: .5mm solid #14191b;
  padding-block-start: 3mm; min-block-size: 36mm; padding-inline-end: 66mm; background: #fff; }
.next h2 { color: inherit; margin-block-end: 1mm; }
.next p { margin-block-end: .9mm; }
.next b { font-weight: 600; }
.way { position: absolute; inset-block-start: 3mm; inset-inline-end: 0; inline-size: 64mm; }
.way svg { position: absolute; inset-inline-end: 0; inline-size: 32mm; block-size: 32mm; }
.way p { inline-size: 29mm; text-align: end; padding-block-start: 3mm; font-size: 8.5pt; line-height: 3.9mm; }
@media screen {
  body { background: #ece5d7; padding: 8mm 0; }
  .hint { display: block; inline-size: 210mm; max-inline-size: 100%; margin: 0 auto; padding-block-end: 4mm; }
  a { color: #0b4f47; }
  .sheet { background: #fff; inline-size: 210mm; block-size: 296mm; padding: 12mm; margin: 0 auto;
    box-shadow: 0 1mm 5mm #14191b33; }
  .next { inset: auto 12mm 12mm; }
}
@media screen and (max-width: 820px) {
  body { padding: 0; font-size: 12pt; line-height: 1.4; }
  .hint { padding: 4mm 5mm; }
  .sheet { inline-size: auto; block-size: auto; padding: 6mm 5mm; box-shadow: none; overflow: visible; }
  .column, .column + .column { float: none; inline-size: auto; margin: 0; }
  .facts { line-height: 1.4; }
  h2 span { font-size: inherit; }
  .next, .way { position: static; padding-inline-end: 0; inline-size: auto; }
  .way svg { position: static; inline-size: 45mm; block-size: 45mm; display: block; margin-block: 3mm; }
  .way p { inline-size: auto; text-align: start; font-size: inherit; line-height: inherit; }
}
"""


def style(colour: str) -> str:
    """The style sheet, with *colour*, `#rrggbb`, as the accent."""
    return STYLE.replace(FJORD, colour)


def policy(colour: str) -> str:
    """The content security policy of a sheet in *colour*."""
    hashed = base64.b64encode(sha256(style(colour).encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"


SIZES = dict(zip(SCALES, ("large", "larger", "usual"), strict=True))


class Sheet(Struct, frozen=True):
    """The content of the sheet. `themes` are in two columns; `left_out` is how many did not fit."""

    language: str
    kicker: str
    question: str
    facts: str
    themes: Columns
    scale: float
    left_out: int
    promises: list[tuple[str, str]]
    promises_left_out: int
    next: list[tuple[str, str]]
    url: str
    others: list[tuple[str, str]]  # other questions, which have a sheet too, as (activity, question)
    colour: str


# -- content ------------------------------------------------------------------------------------------------


def sheet(snapshot: Snapshot, url: str, activity: str = "") -> Sheet:
    """
    *url* is the public page; empty if phones can't reach it. *activity* is the question that the sheet is about; if
    empty, the main one is chosen.
    """
    _ = translator(snapshot.language)
    meta = snapshot.room.workshop.meta
    questions = [one for one in snapshot.activities if one.takes_answers and not one.background and one.answers]
    main = _main(snapshot, questions, activity)
    rows = [row for row in snapshot.rows if main and row.activity_id == main.id]
    size, line, most = next(
        (size, line, most) for letters, size, line, most in TITLES if len(_question(snapshot, main)) <= letters
    )
    question, title_lines = cut(_question(snapshot, main), size * 1.06, WIDE, most)
    kicker_parts = [
        snapshot.room.workshop.title,
        meta.get("organisation", ""),
        moment(snapshot.room.opened_at, snapshot.language).split(" ")[0],
    ]
    others = [(one.id, one.question or one.id) for one in questions if one is not main]
    kicker, kicker_lines = cut(" · ".join(filter(None, kicker_parts)), BODY, WIDE, 2)
    promises = [(cut(one.text, BODY * 1.05, FOOT, 2)[0], cut(one.who, BODY, FOOT, 1)[0]) for one in snapshot.promises]
    unknown = _("not stated")
    facts = [
        (_("Takes the answers further"), meta.get("owner", unknown)),
        (_("People hear back by"), day(meta.get("report-by", unknown), snapshot.language)),
        *([(_("Questions to"), meta["contact"])] if meta.get("contact") else []),
    ]
    next_up = [(name, cut(value, BODY, FOOT - wide(name, BODY), 1)[0]) for name, value in facts]
    promise_lines = sum(
        len(wrapped(f"{content} – {who}", BODY * 1.05, FOOT)) for content, who in promises[:MOST_PROMISES]
    )
    low = max(36.0, 3 + HEAD + 1 + (promise_lines + len(next_up) + 1) * (LINE + GAP)) + 3
    high = HIGH - low - (kicker_lines * LINE + 3.5 + title_lines * line + LINE + 8) - LINE  # a line to spare
    themes, scale, left_out = _themes(snapshot, main, rows, high, _)
    return Sheet(
        language=snapshot.language, kicker=kicker, question=question, facts=_facts(main, len(others), _), themes=themes,
        scale=scale, left_out=left_out, promises=promises[:MOST_PROMISES],
        promises_left_out=max(0, len(promises) - MOST_PROMISES), next=next_up, url=url, others=others,
        colour=snapshot.colour,
    )  # fmt: skip


def _main(snapshot: Snapshot, questions: list[Summary], wanted: str) -> Summary | None:
    """The question of the sheet: the *wanted* one, else one with themes, with texts, or with most answers."""
    grouped = {theme.activity for theme in snapshot.themes if theme.answers}
    written = {one.id for one in questions if not figures(snapshot, one)}
    free = {one.id for one in questions if one.id in written and not _words_are_result(one)}
    return max(
        questions,
        key=lambda one: (
            one.id == wanted,
            one.id in grouped,
            one.id in written,
            one.id in free,
            one.answers,
        ),
        default=None,
    )


def _question(snapshot: Snapshot, main: Summary | None) -> str:
    return (main.question if main else "") or snapshot.room.workshop.title


def _facts(main: Summary | None, others: int, _: Say) -> str:
    if main is None:
        return ""
    facts = [f"{_('Answers')}: {main.answers}", f"{_('Phones')}: {main.phones}"]
    if others:
        facts.append(_("Other questions, in the report: {n}").format(n=others))
    return " · ".join(facts)


def _themes(
    snapshot: Snapshot, main: Summary | None, rows: list[Row], high: float, _: Say
) -> tuple[Columns, float, int]:
    if main is None:
        return ([], []), 1.0, 0
    if lines := _figures(snapshot, main):
        return loose(_("Result"), lines, high)
    grouped = {name: [row.text for row in shuffled(some)] for name, some in by_theme(snapshot, rows).items() if some}
    if not any(grouped):
        alone = grouped.get("", [])
        return loose(_("Answers"), alone, high, answers=len(alone))
    named = [(name or _("Without a theme"), texts) for name, texts in grouped.items()]
    return choose(named, high)


def _figures(snapshot: Snapshot, main: Summary) -> list[str]:
    """Options, rated items or words, a line for each; empty for texts."""
    counted = figures(snapshot, main)
    if counted and counted[0].rated:
        return [f"{one.text}: {decimal(one.mean, snapshot.language)}" for one in counted]
    if counted:
        weighed = counted[0].seen is not None  # these stand in their order
        ranked = counted if weighed else sorted(counted, key=lambda one: -(one.count or 0))
        shares = ["" if one.share is None else f" ({percent(one.share, snapshot.language)})" for one in ranked]
        seen = [f"/{one.seen}" if weighed else "" for one in ranked]
        return [
            f"{one.text}: {one.told or one.count}{of}{share}"
            for one, of, share in zip(ranked, seen, shares, strict=True)
        ]
    if _words_are_result(main):
        return [f"{one['text']}: {one['count']}" for one in main.results.get("words", ())]
    return []


def _words_are_result(activity: Summary) -> bool:
    return (kind := KINDS.get(activity.kind)) is not None and kind.words_are_result


# -- the page -----------------------------------------------------------------------------------------------


def write(snapshot: Snapshot, url: str, activity: str = "") -> bytes:
    """One HTML file that opens without a network and prints on one sheet."""
    return "\n".join(_page(sheet(snapshot, url, activity))).encode()


def _page(one: Sheet) -> Iterator[str]:
    _ = translator(one.language)
    yield f'<!doctype html>\n<html lang="{text(one.language)}">\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy(one.colour)}">'
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<title>{text(one.question)}</title>\n<style>{style(one.colour)}</style>\n<body>"
    yield f'<aside class="hint"><p>{text(_("One sheet of A4. Print it with Ctrl+P, or ⌘P on a Mac."))}</p>'
    if one.others:
        yield f"<p>{text(_('Sheets of other questions'))}:</p><ul>"
        yield from (f'<li><a href="?activity={quote(id)}">{text(question)}</a></li>' for id, question in one.others)
        yield "</ul>"
    yield "</aside>"
    long = next(place for place, title in enumerate(TITLES) if len(one.question) <= title[0])
    yield f'<div class="sheet {SIZES[one.scale]}">\n<header><p class="kicker">{text(one.kicker)}</p>'
    yield f'<h1 class="{("short", "long", "longer")[long]}">{text(one.question)}</h1>'
    yield f'<p class="facts">{text(one.facts)}</p></header>\n<main>'
    for place, column in enumerate(one.themes):
        yield '<div class="column">'
        for theme in column:
            yield from _article(theme, _)
        if place == 1 and one.left_out:
            yield f'<p class="more">{text(_("and {n} more themes, in the report").format(n=one.left_out))}</p>'
        yield "</div>"
    yield "</main>"
    yield f'<footer class="next"><h2>{text(_("What happens next"))}</h2>'
    for content, who in one.promises:
        yield f"<p><b>{text(content)}</b>{f' – {text(who)}' if who else ''}</p>"
    if one.promises_left_out:
        yield f'<p class="kicker">{text(_("and {n} more").format(n=one.promises_left_out))}</p>'
    for name, content in one.next:
        yield f'<p><span class="kicker">{text(name)}:</span> {text(content)}</p>'
    if one.url:
        drawn, size = qr.path(one.url)
        yield f'<div class="way"><svg viewBox="0 0 {size} {size}" role="img" aria-label="{text(one.url)}">'
        yield f'<path stroke="#000" shape-rendering="crispEdges" d="{drawn}"/></svg>'
        yield f"<p>{text(_('Follow what becomes of the answers'))}:<br>{_breaking(one.url.partition('://')[2])}</p></div>"
    yield "</footer>"
    yield "</div>\n</body></html>"


def _breaking(url: str) -> str:
    """An address that may be broken into lines after its slashes and dots."""
    return text(url).replace("/", "/<wbr>").replace(".", ".<wbr>")


def _article(theme: Theme, _: Say) -> Iterator[str]:
    yield "<article>"
    if theme.name:
        yield f"<h2>{text(theme.name)}{f' <span>{theme.answers}</span>' if theme.answers else ''}</h2>"
    yield "<ul>"
    for content in theme.quotes:
        yield f"<li>{text(content)}</li>"
    yield "</ul>"
    if theme.more:
        yield f'<p class="more">{text(_("and {n} more").format(n=theme.more))}</p>'
    yield "</article>"
