"""One HTML file that opens without a network and prints on A4. No script; what people wrote is text."""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from html import escape
from typing import Any

from live.codes import spaced
from live.exports import wording
from live.exports.rows import Summary, Told, moment
from live.exports.table import printable

_STYLE = """
@page { size: A4; margin: 18mm 16mm; }
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1b2430; background: #fff; max-inline-size: 46rem; margin: 0 auto;
  padding: 1.5rem; overflow-wrap: anywhere; }
h1 { font-size: 1.9rem; line-height: 1.2; margin-block: 0 .3rem; }
h2 { font-size: 1.35rem; line-height: 1.3; margin-block: 2.5rem .5rem; padding-block-start: .7rem;
  border-block-start: 2px solid #1b2430; }
h3 { font-size: 1rem; margin-block: 1.5rem .3rem; }
h2, h3 { break-after: avoid; }
p { margin-block: .3rem; }
.note { color: #4a5563; }
table { border-collapse: collapse; inline-size: 100%; margin-block: .6rem; }
th, td { text-align: start; vertical-align: top; padding: .3rem .6rem .3rem 0; border-block-end: 1px solid #c9d0d8; }
td.n, th.n { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
ul { list-style: none; padding: 0; margin-block: .6rem; }
li { padding: .45rem .7rem; margin-block: .35rem; border-inline-start: 4px solid #1f6f5c; background: #f4f6f7;
  white-space: pre-line; break-inside: avoid; }
li.withheld { border-inline-start-style: dashed; border-color: #8a94a0; }
tr { break-inside: avoid; }
.words span { display: inline-block; margin-inline-end: 1.2rem; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin-block: 1rem; }
dt { color: #4a5563; }
dd { margin: 0; }
@media print { body { font-size: 10.5pt; padding: 0; max-inline-size: none; } }
"""

MOST_WORDS = 40
FEW = 5  # phones; with fewer a share would point at somebody

Say = Callable[[str], str]


def write(told: Told) -> bytes:
    return "\n".join(_page(told, wording.say(told.language))).encode()


def text(value: object) -> str:
    return escape(printable(str(value)))


def _page(told: Told, _: Say) -> Iterator[str]:
    workshop = told.room.workshop
    yield "<!doctype html>"
    yield f'<html lang="{text(told.language)}">'
    yield '<meta charset="utf-8">'
    # Should a browser ever find something to load or run in here, it is not to.
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<title>{text(workshop.title)}</title>"
    yield f"<style>{_STYLE}</style>"
    yield "<body>"
    yield "<header>"
    yield f"<h1>{text(workshop.title)}</h1>"
    for key in ("subtitle", "organisation"):
        if workshop.meta.get(key):
            yield f"<p>{text(workshop.meta[key])}</p>"
    if workshop.meta.get("purpose"):
        yield f'<p class="note">{text(workshop.meta["purpose"])}</p>'
    yield "<dl>"
    for name, value in _facts(told, _):
        yield f"<dt>{text(name)}</dt><dd>{text(value)}</dd>"
    yield "</dl></header>"
    yield "<main>"
    yield from _next(told, _)
    for activity in told.activities:
        if activity.takes_answers:
            yield from _activity(told, activity, _)
    yield from _method(told, _)
    yield "</main>"
    yield "</body></html>"


def _facts(told: Told, _: Say) -> Iterator[tuple[str, object]]:
    room = told.room
    yield _("Meeting code"), spaced(room.code)
    yield _("Opened"), moment(room.opened_at, told.language)
    yield _("Phones that answered"), told.phones
    people = sum({row.phone: row.heads for row in told.rows if row.phone}.values())
    if people > told.phones:
        yield _("People behind them"), people
    if room.people:
        yield _("People in the hall"), room.people
    yield _("Answers"), len(told.rows)
    yield _("Held back"), sum(row.withheld for row in told.rows)
    if told.rehearsal_left_out:
        yield _("Rehearsal answers left out"), told.rehearsal_left_out


def _activity(told: Told, activity: Summary, _: Say) -> Iterator[str]:
    rows = [row for row in told.rows if row.activity_id == activity.id]
    yield "<section>"
    yield f"<h2>{text(activity.question or activity.id)}</h2>"
    if activity.instruction and activity.instruction != activity.question:
        yield f'<p class="note">{text(activity.instruction)}</p>'
    facts = [f"{_('Answers')}: {activity.answers}", f"{_('Phones')}: {activity.phones}"]
    if activity.withheld:
        facts.append(f"{_('Held back')}: {activity.withheld}")
    if told.phones:
        answered = _("{share} of the phones that took part").format(share=_share(activity.phones / told.phones, told))
        facts.insert(2, answered)
    yield f"<p>{text(' · '.join(facts))}</p>"
    if activity.phones >= FEW and activity.kind in ("open", "words"):
        share = _share(math.ceil(100 * activity.largest / activity.answers) / 100, told)
        even = _("No phone stands for more than {share} of the answers.").format(share=share)
        yield f'<p class="note">{text(even)}</p>'
    unit = _("People") if activity.counted == "people" else _("Phones")
    results = activity.results
    if "options" in results:
        heads = [_("Option"), unit, _("Share")]
        yield from _table(heads, [[o["text"], o["count"], _share(o["share"], told)] for o in results["options"]])
    elif "items" in results:
        heads = [_("Item"), unit, _("Mean")]
        yield from _table(heads, [[i["text"], i["n"], _mean(i["mean"], told)] for i in results["items"]])
    else:
        yield from _words(results, unit, _)
        shown = [row for row in rows if not row.withheld]
        if shown:
            yield f"<h3>{text(_('All answers'))}</h3><ul>"
            for row in shown:
                yield f"<li>{text(row.text)}</li>"
            yield "</ul>"
    withheld = [row for row in rows if row.withheld]
    if withheld:
        yield f"<h3>{text(_('Held back'))}</h3><ul>"
        for row in withheld:
            said = f"{row.sent_at_local} – {wording.reason(row.withheld_reason, _) or _('no reason given')}"
            yield f'<li class="withheld">{text(said)}{text(f": {row.text}" if row.text else "")}</li>'
        yield "</ul>"
    yield "</section>"


def _next(told: Told, _: Say) -> Iterator[str]:
    """Who does what by when, before the answers: efforts fail when nobody knows."""
    meta, unknown = told.room.workshop.meta, _("not stated")
    yield f"<section><h2>{text(_('What becomes of it'))}</h2><dl>"
    for name, value in (
        (_("Takes the answers further"), meta.get("owner", unknown)),
        (_("People hear back by"), _day(meta.get("report-by", unknown), told)),
        (_("Questions to"), meta.get("contact", unknown)),
        (_("The meeting is deleted"), moment(told.room.delete_at, told.language).split(" ")[0]),
    ):
        yield f"<dt>{text(name)}</dt><dd>{text(value)}</dd>"
    yield "</dl></section>"


def _method(told: Told, _: Say) -> Iterator[str]:
    """How it was done, so that a reader can judge what the figures are worth."""
    yield f"<section><h2>{text(_('How it was done'))}</h2>"
    how = _(
        "People answered on their phones, without names. "
        "Answers were hidden until the facilitator showed them, unless said otherwise."
    )
    yield f"<p>{text(how)}</p>"
    changed = sum(row.rev > 1 for row in told.rows)
    without = sum(row.via in ("facilitator", "paper") for row in told.rows)
    yield "<dl>"
    yield f"<dt>{text(_('Answers changed by those who gave them'))}</dt><dd>{changed}</dd>"
    yield f"<dt>{text(_('Answers written in for people without a phone'))}</dt><dd>{without}</dd>"
    withheld = [row.withheld_reason for row in told.rows if row.withheld]
    reasons = Counter(wording.reason(why, _) or _("no reason given") for why in withheld)
    yield f"<dt>{text(_('Held back'))}</dt><dd>{reasons.total()}</dd></dl>"
    if reasons:
        yield from _table([_("Reason"), _("Answers")], [[reason, n] for reason, n in reasons.most_common()])
    yield "</section>"


def _day(written: str, told: Told) -> str:
    """2027-06-01 as people write it; what is no date as it stands."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return written
    return written if told.language == "en" else f"{day.day:02}.{day.month:02}.{day.year}"


def _words(results: dict[str, Any], unit: str, _: Say) -> Iterator[str]:
    """Words that more than one phone used; the rest stands among the answers anyway."""
    words = [word for word in results.get("words", ()) if word["count"] > 1][:MOST_WORDS]
    if words:
        yield f"<h3>{text(_('Words used more than once'))} ({text(unit.casefold())})</h3>"
        yield '<p class="words">'
        for word in words:
            yield f"<span>{text(word['text'])} <b>{word['count']}</b></span>"
        yield "</p>"


def _table(heads: list[str], rows: list[list[Any]]) -> Iterator[str]:
    yield "<table><thead><tr>"
    for place, head in enumerate(heads):
        yield f'<th scope="col"{_n(place)}>{text(head)}</th>'
    yield "</tr></thead><tbody>"
    for row in rows:
        yield "<tr>" + "".join(f"<td{_n(place)}>{text(value)}</td>" for place, value in enumerate(row)) + "</tr>"
    yield "</tbody></table>"


def _n(place: int) -> str:
    return ' class="n"' if place else ""


def _share(share: float, told: Told) -> str:
    return f"{share:.0%}" if told.language == "en" else f"{share * 100:.0f}\u00a0%"


def _mean(mean: float | None, told: Told) -> str:
    if mean is None:
        return "–"
    return f"{mean:.1f}" if told.language == "en" else f"{mean:.1f}".replace(".", ",")
