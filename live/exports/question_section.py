"""The section of a report about one question: its figures and answers, and what its kind and its themes add."""

import math
from collections.abc import Callable, Iterator
from hashlib import sha256

from live.activities import KINDS
from live.activities.kind import Figure, Given
from live.exports import cloud_layout, labels, voices
from live.exports.snapshot import Row, Snapshot, Summary, figures, notes
from live.i18n.catalogs import translator
from live.i18n.figures import decimal, percent
from live.report_blocks import (
    Answers,
    Block,
    Cell,
    Chart,
    Head,
    Picture,
    Pictures,
    Plane,
    Section,
    Table,
    Text,
    Words,
)
from live.room.few import FEW
from live.workshop.pictures import PictureRef

MOST_WORDS = 40
MOST_ALONE = 12
QUOTES = 3
SOME = 5
MOST_BARS = 12
NO_BREAK = "\u00a0"
ASKED = (43, 15, 16, 26)

Say = Callable[[str], str]


def question_section(snapshot: Snapshot, activity: Summary, rows: list[Row], _: Say) -> Section:
    language, counted = snapshot.language, _figures(snapshot, activity)
    blocks: list[Block] = []
    if activity.instruction and activity.instruction != activity.question:
        blocks.append(Text(activity.instruction, soft=True))
    blocks += _pictures(snapshot, activity)
    facts = [f"{_('Answers')}: {activity.answers}", f"{_('Phones')}: {activity.phones}"]
    if snapshot.phones:
        answered = _("{share} of the phones that took part")
        facts.append(answered.format(share=percent(activity.phones / snapshot.phones, language)))
    if activity.withheld:
        facts.append(f"{_('Held back')}: {activity.withheld}")
    blocks.append(Text(" · ".join(facts)))
    if activity.phones >= FEW and (kind := KINDS.get(activity.kind)) and kind.has_texts:
        most = percent(math.ceil(100 * activity.largest / activity.answers) / 100, language)
        even = _("No phone stands for more than {share} of the answers.").format(share=most)
        blocks.append(Text(even, soft=True))
    unit = _("People") if activity.counted == "people" else _("Phones")
    if counted and counted[0].rated:
        cells: list[list[Cell]] = [[one.text, one.count or 0, decimal(one.mean, language)] for one in counted]
        blocks.append(Table([_("Item"), unit, _("Mean")], cells))
    elif (kind := KINDS.get(activity.kind)) and kind.takes_votes:
        blocks += _asked(rows, _)
    elif counted:
        own_unit, with_share = _own_unit(snapshot, activity), counted[0].share is not None
        cells = [[one.text, one.count or 0] for one in counted]
        if with_share:
            cells = [[*row, percent(one.share or 0, language)] for row, one in zip(cells, counted, strict=True)]
        heads = [_("Option"), _(own_unit) if own_unit else unit, *([_("Share")] if with_share else [])]
        if counted[0].seen is not None:  # answers that were weighed, of which each was seen by some
            heads = [_("Answer"), _("Support"), _("Seen by"), _("Share")]
            cells = [[row[0], row[1], one.seen or 0, row[2]] for row, one in zip(cells, counted, strict=True)]
        blocks += [Table(heads, cells, drops=not own_unit)] if KINDS[activity.kind].tabled else []
    else:
        blocks += _texts(snapshot, activity, rows, unit, _)
    if not any(row.votes is not None for row in rows):  # all questions are listed, and need no note
        blocks += [Text(note, soft=True) for note in notes(snapshot, activity)]
    own = _own_blocks(snapshot, activity, rows)
    if any(isinstance(block, Plane) and block.picture for block in own):  # with the points on it
        blocks = [block for block in blocks if not isinstance(block, Pictures)]
    blocks += own
    if themed := _themes_by_support(snapshot, counted, _):
        blocks.append(themed)
    blocks += _compared(snapshot, activity, _)
    return Section(
        title(snapshot, activity), blocks, result=True, cloud=_cloud(snapshot, activity),
        drawn=snapshot.clouds.get(activity.id), chart=chart(snapshot, activity, rows),
        some=[text for text in _words_of(snapshot, activity, rows) if voices.telling(text)][:SOME],
        slide=activity.slide,
    )  # fmt: skip


def _compared(snapshot: Snapshot, activity: Summary, _: Say) -> Iterator[Block]:
    """The two rounds beside each other, and who moved: a row for where they were, a column for where they went."""
    if not (found := activity.results.get("compare")):
        return
    first = next((one.question for one in snapshot.activities if one.id == found["question"]), found["question"])
    yield Head(_("Compared with «{question}»").format(question=first))
    yield from (Text(note, soft=True) for note in found["notes"])
    for group in found["groups"]:
        if group["text"]:
            yield Head(group["text"], level=2)
        rows = group["rows"]
        if rows:
            yield Table(
                [_("Answer"), _("Before"), _("After")],
                [[f"{one['letter']} {one['text']}".strip(), one["before"], one["after"]] for one in rows],
                alone=True,
            )
        if group["flow"]:
            few = _("fewer than {n}").format(n=FEW)
            cells: list[list[Cell]] = [
                [f"{was['letter']} {was['text']}".strip(), *(few if n is None else n for n in moved)]
                for was, moved in zip(rows, group["flow"], strict=True)
            ]
            yield Text(_("Who moved: from the row to the column."), soft=True)
            yield Table([_("From"), *(one["letter"] for one in rows)], cells, alone=True)


def _asked(rows: list[Row], _: Say) -> Iterator[Block]:
    """Every question to the panel, those with most votes first, and what became of it."""
    asked = sorted((row for row in rows if not row.withheld), key=lambda row: -(row.votes or 0))
    cells: list[list[Cell]] = [
        [
            row.text,
            (_("{n} vote") if row.votes == 1 else _("{n} votes")).format(n=row.votes or 0).replace(" ", NO_BREAK),
            _("Answered") if row.answered else _("Not answered"),
            row.reply,
        ]
        for row in asked
    ]
    if cells:
        yield filled([_("Question"), _("Votes"), _("Answered"), _("The panel's answer")], cells, ASKED)


def _themes_by_support(snapshot: Snapshot, counted: list[Figure], _: Say) -> Table | None:
    """Of answers that were weighed, the themes with the support of all their answers together, the best first."""
    weighed = {one.id: (one.count or 0, one.seen) for one in counted if one.seen}
    rows: list[tuple[float, list[Cell]]] = []
    for theme in snapshot.themes:
        told = [weighed[id] for id in theme.answers if id in weighed]
        if told:
            count, seen = (sum(part) for part in zip(*told, strict=True))
            share = percent(count / seen, snapshot.language)
            rows.append(((count + 1) / (seen + 2), [theme.name, count, seen, share]))
    rows.sort(key=lambda row: -row[0])
    heads = [_("Theme"), _("Support"), _("Seen by"), _("Share")]
    return Table(heads, [cells for _score, cells in rows]) if rows else None


def _words_of(snapshot: Snapshot, activity: Summary, rows: list[Row]) -> Iterator[str]:
    """Answers in words, in no order; of a kind with reasons beside its values, these."""
    kind = KINDS.get(activity.kind)
    for row in shuffled(rows):
        if row.withheld:
            continue
        if kind is None or not kind.reasons:
            yield row.text
        elif beside := snapshot.own_texts.get(row.answer_id):
            yield beside[1]


def _own_blocks(snapshot: Snapshot, activity: Summary, rows: list[Row]) -> list[Block]:
    """What the kind itself has for the report."""
    if (kind := KINDS.get(activity.kind)) is None or not activity.results:
        return []
    given = [
        Given(
            row.text,
            snapshot.values.get(row.answer_id),
            snapshot.own_texts.get(row.answer_id, ("", ""))[1],
            snapshot.versions.get(row.answer_id, 0),
        )
        for row in shuffled(rows)
        if not row.withheld
    ]
    written = snapshot.written[activity.id]
    picture = next(iter(_shown(snapshot, written.picture)), None)
    return kind.blocks(written, activity.results, given, picture, snapshot.language)


def _pictures(snapshot: Snapshot, activity: Summary) -> Iterator[Block]:
    """That of the question, and those of its options with their words; as phones had them, which is enough on paper."""
    written = snapshot.written[activity.id]
    of_options = [one for option in written.options for one in _shown(snapshot, option.picture, option.text)]
    for found in (_shown(snapshot, written.picture), of_options):
        if found:
            yield Pictures(found)


def _shown(snapshot: Snapshot, ref: PictureRef | None, told: str = "") -> list[Picture]:
    known = snapshot.pictures.get(ref.name) if ref else None
    body = snapshot.picture_files.get(known.files[-1]) if known else None
    return [Picture(body, ref.alt, told)] if ref and body else []


def _figures(snapshot: Snapshot, activity: Summary) -> list[Figure]:
    """In the order in which the report lists them."""
    counted, kind = figures(snapshot, activity), KINDS.get(activity.kind)
    return sorted(counted, key=lambda one: -(one.count or 0)) if kind and kind.ranked else counted


def _own_unit(snapshot: Snapshot, activity: Summary) -> str:
    """What its counts are where they are neither phones nor people."""
    return KINDS[activity.kind].counted_in(snapshot.written[activity.id])


def title(snapshot: Snapshot, activity: Summary) -> str:
    """The question; with the kind if the same question was asked in several kinds."""
    twins = sum(one.question == activity.question for one in snapshot.activities if one.takes_answers)
    question = activity.question or activity.id
    kind = labels.kind(activity.kind, translator(snapshot.language))
    return f"{question} – {kind.casefold()}" if twins > 1 else question


def _texts(snapshot: Snapshot, activity: Summary, rows: list[Row], unit: str, _: Say) -> Iterator[Block]:
    """Themes by size with some answers of each, words that more than one phone used, and quiet voices."""
    grouped = by_theme(snapshot, rows)
    if any(grouped):
        sizes: list[list[Cell]] = [
            [name or _("Without a theme"), len(some), _givers(some)] for name, some in grouped.items() if some
        ]
        quotes = [
            [row.text for row in shuffled(some) if voices.telling(row.text)][:QUOTES] if name else []
            for name, some in grouped.items()
            if some
        ]
        yield Table([_("Theme"), _("Answers"), _("People")], sizes, drops=True, quotes=quotes)
    words = [word for word in activity.results.get("words", ()) if word["count"] > 1][:MOST_WORDS]
    if words:
        yield Head(f"{_('Words used more than once')} ({unit.casefold()})")
        yield Words([(word["text"], word["count"]) for word in words])
    alone = [row.text for row in shuffled(rows) if row.answer_id in snapshot.quiet and not row.withheld]
    alone = [text for text in alone if voices.telling(text)]
    if alone and activity.phones >= FEW:  # only if enough took part that it points at nobody
        yield Head(_("Quiet voices"))
        yield Text(_("What only one phone has said. No other answer uses the same words."), soft=True)
        yield Answers(alone[:MOST_ALONE], how="quote")
        if len(alone) > MOST_ALONE:
            yield Text(_("And {n} more, among all answers below.").format(n=len(alone) - MOST_ALONE), soft=True)


def shuffled(rows: list[Row]) -> list[Row]:
    """In an order that does not show who answered first, always the same."""
    return sorted(rows, key=lambda row: sha256(row.answer_id.encode()).digest())


def by_theme(snapshot: Snapshot, rows: list[Row], *, once: bool = False) -> dict[str, list[Row]]:
    """
    Rows that are not withheld, by the name of their theme: largest first; last, with an empty name, those in no theme.

    An answer in several themes is in each, or with *once* only in the first.
    """
    names: dict[str, list[str]] = {}
    for theme in snapshot.themes:
        for id in theme.answers:
            names.setdefault(id, []).append(theme.name)
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        if not row.withheld:
            for name in names.get(row.answer_id, [""])[: 1 if once else None]:
                grouped.setdefault(name, []).append(row)
    rest = grouped.pop("", [])
    return dict(sorted(grouped.items(), key=lambda one: -len(one[1]))) | {"": rest}


def _givers(rows: list[Row]) -> int:
    """How many people are behind answers: each phone counts once, with all who share it."""
    return sum({row.phone or row.answer_id: row.heads for row in rows}.values())


def chart(snapshot: Snapshot, activity: Summary, rows: list[Row]) -> Chart | None:
    _, counted = translator(snapshot.language), _figures(snapshot, activity)
    unit = _("people") if activity.counted == "people" else _("phones")
    if counted and (own_unit := _own_unit(snapshot, activity)):
        unit = _(own_unit).casefold()
    if counted and counted[0].rated:
        steps = range(len(counted[0].spread))
        series = [(str(counted[0].low + step), [one.spread[step] for one in counted]) for step in steps]
        return Chart([one.text for one in counted], series, unit)
    if counted and not KINDS[activity.kind].charted:
        return None
    if counted and counted[0].seen is not None:
        counted = counted[:MOST_BARS]
    if counted:
        return Chart([one.text for one in counted], [(unit, [one.count or 0 for one in counted])], unit)
    themes = {name: some for name, some in by_theme(snapshot, rows).items() if name}
    if themes:
        return Chart(list(themes), [(_("Answers"), [len(some) for some in themes.values()])], _("Answers"))
    words = activity.results.get("words", [])[:MOST_BARS]
    if (kind := KINDS.get(activity.kind)) and kind.words_are_result and words:
        return Chart([word["text"] for word in words], [(unit, [word["count"] for word in words])], unit)
    return None


def _cloud(snapshot: Snapshot, activity: Summary) -> list[tuple[str, int]]:
    kind = KINDS.get(activity.kind)
    shown = activity.id in snapshot.clouds or (kind and kind.words_are_result)
    words = activity.results.get("words", []) if shown else []
    return [(word["text"], word["count"]) for word in words[:MOST_WORDS]] if len(words) >= cloud_layout.FEWEST else []


def filled(heads: list[str], rows: list[list[Cell]], of: tuple[int, ...]) -> Table:
    """Without the columns in which nothing is written yet; the widths of all are *of*."""
    columns = [place for place in range(len(heads)) if any(row[place] != "" for row in rows)]
    room = sum(of[place] for place in columns)
    widths = [of[place] * 100 // room for place in columns]
    widths[0] += 100 - sum(widths)
    cells = [[row[place] for place in columns] for row in rows]
    return Table([heads[place] for place in columns], cells, numbers=False, widths=tuple(widths))
