"""The report as blocks, the same for all file formats: its sections in order, in the language of the workshop."""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256

from live.activities import KINDS
from live.activities.kind import Figure, Given
from live.codes import spaced
from live.exports import cloud_layout, labels, voices
from live.exports.content_hash import content_hash
from live.exports.snapshot import Reply, Row, Snapshot, Summary, figures, moment, notes
from live.i18n import dates, languages
from live.i18n.catalogs import translator
from live.i18n.figures import decimal, percent
from live.report_blocks import (
    Answers,
    Block,
    Cell,
    Chart,
    Drops,
    Facts,
    Head,
    Picture,
    Pictures,
    Plane,
    ReportDocument,
    Section,
    Table,
    Text,
    Voices,
    Words,
)
from live.room.few import FEW
from live.room.followup import NOT
from live.views import expectations
from live.workshop.pictures import PictureRef, read_name

MOST_WORDS = 40
MOST_ALONE = 12
QUOTES = 3
SOME = 5
MOST_BARS = 12
SHORT_TERM = 3
REPLY = (21, 15, 25, 24, 15)
NO_BREAK = "\u00a0"
ASKED = (43, 15, 16, 26)

Say = Callable[[str], str]


def report(snapshot: Snapshot) -> ReportDocument:
    _ = translator(snapshot.language)
    questions = [one for one in snapshot.activities if one.takes_answers]
    rows: dict[str, list[Row]] = {}
    for row in snapshot.rows:
        rows.setdefault(row.activity_id, []).append(row)
    sections = [
        *_said(snapshot, questions, rows, _),
        Section(_("What becomes of it"), [_next(snapshot, _)]),
        *_replies(snapshot, _),
    ]
    if people := [one for one in questions if one.background and one.answers + one.withheld]:
        sections.append(_who(snapshot, people, _))
    sections += [
        _question(snapshot, one, rows.get(one.id, []), _) for one in questions if not one.background and _was_asked(one)
    ]
    sections += [_priorities(snapshot, _), _method(snapshot, _)]
    listed = [one for one in questions if not one.background and rows.get(one.id)]
    if everything := [block for one in listed for block in _all_of(snapshot, one, rows[one.id], _)]:
        sections.append(Section(_("All answers"), everything))
    return ReportDocument(snapshot.language, snapshot.room.workshop.title, list(_opening(snapshot, _)), sections)


# -- how figures are written ------------------------------------------------------------------------------


def day(written: str, language: str) -> str:
    """A date as people write it in *language*; other text unchanged."""
    one = dates.read(written)
    return one.strftime(languages.of(language).date) if one else written


def _clock(snapshot: Snapshot, at: int) -> str:
    """The time of day; with the date if it is another than the day on which the meeting was opened."""
    day, time = moment(at, snapshot.language).split(" ", 1)
    time = time.replace(" ", "\u00a0")
    return time if moment(snapshot.room.opened_at, snapshot.language).startswith(day) else f"{day} {time}"


def length(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


# -- sections ---------------------------------------------------------------------------------------------


def _opening(snapshot: Snapshot, _: Say) -> Iterator[Block]:
    room, meta = snapshot.room, snapshot.room.workshop.meta
    known = snapshot.pictures.get(read_name(meta.get("logo", "")))
    if known and (body := snapshot.picture_files.get(known.files[-1])):
        yield Pictures([Picture(body, meta.get("organisation", ""))])
    for key in ("subtitle", "organisation"):
        if meta.get(key):
            yield Text(meta[key])
    if meta.get("purpose"):
        yield Text(meta["purpose"], soft=True)
    if drops := _drops(snapshot, snapshot.rows, _):
        yield drops
    facts: list[tuple[str, Cell]] = [
        (_("Meeting code"), spaced(room.code)),
        (_("Opened"), moment(room.opened_at, snapshot.language)),
        (_("Phones that answered"), snapshot.phones),
    ]
    if snapshot.took_part > snapshot.phones:
        facts.append((_("People who took part"), snapshot.took_part))
    if room.people.hall:
        facts.append((_("People in the hall"), room.people.hall))
    facts += [(_("Answers"), len(snapshot.rows)), (_("Held back"), sum(row.withheld for row in snapshot.rows))]
    if snapshot.rehearsal_left_out:
        facts.append((_("Rehearsal answers left out"), snapshot.rehearsal_left_out))
    yield Facts(facts)


def _drops(snapshot: Snapshot, rows: list[Row], _: Say) -> Drops | None:
    """All written answers; where some are in themes, those to questions with themes."""
    themed = {theme.activity for theme in snapshot.themes if theme.answers}
    written = [
        row for row in rows if row.activity_id in themed or (not themed and _has_texts(snapshot, row.activity_id))
    ]
    shown = [row for row in written if not row.withheld]
    grouped = {id for theme in snapshot.themes for id in theme.answers} & {row.answer_id for row in shown}
    rest, held = len(shown) - len(grouped), len(written) - len(shown)
    groups = [("full", len(grouped), _("{n} in a theme"))] if grouped else []
    groups += [("open", rest, _("{n} without a theme"))] if grouped else [("full", rest, _("{n} written answers"))]
    groups += [("dark", held, _("{n} held back"))]
    return Drops([(how, n, name.format(n=n)) for how, n, name in groups if n]) if written else None


def _has_texts(snapshot: Snapshot, activity: str) -> bool:
    kind = KINDS.get(snapshot.written[activity].kind) if activity in snapshot.written else None
    return kind is not None and kind.has_texts


def _said(snapshot: Snapshot, questions: list[Summary], rows: dict[str, list[Row]], _: Say) -> Iterator[Section]:
    """Voices stand before all tables. They are from the question with most answers in themes, or with most answers."""
    found: list[tuple[int, int, Voices]] = []
    for one in questions:
        grouped = by_theme(snapshot, shuffled(rows.get(one.id, [])))
        if not one.background and (some := voices.choose(snapshot, one, grouped, _)):
            found.append((sum(len(of) for name, of in grouped.items() if name), one.answers, Voices(some)))
    if found:
        why = _("Word for word, without names. Chosen because many said the same, or because nobody else did.")
        best = max(found, key=lambda one: one[:2])[2]
        yield Section(_("What you said"), [Text(why, soft=True), best])


def _next(snapshot: Snapshot, _: Say) -> Block:
    """Who does what by when. This comes before the answers, because efforts fail when nobody knows."""
    meta, unknown = snapshot.room.workshop.meta, _("not stated")
    facts: list[tuple[str, Cell]] = [
        (_("Takes the answers further"), meta.get("owner", unknown)),
        (_("People hear back by"), day(meta.get("report-by", unknown), snapshot.language)),
        (_("Questions to"), meta.get("contact", unknown)),
        (_("The meeting is deleted"), moment(snapshot.room.delete_at, snapshot.language).split(" ")[0]),
    ]
    if meta.get("ladder"):
        step = expectations.step(meta["ladder"], snapshot.language)
        facts.insert(0, (_("Step on the ladder of participation"), step))
    return Facts(facts)


def _replies(snapshot: Snapshot, _: Say) -> Iterator[Section]:
    """The follow-up: promises, and the reply to each theme. Left out if there is no reply and no promise yet."""
    if not (snapshot.replies or snapshot.promises or snapshot.published):
        return
    answered = {one.id for one in snapshot.activities if one.answers}
    questions: dict[str, list[tuple[str, Reply]]] = {}
    for question, name, reply in snapshot.followup:
        if name or reply in snapshot.replies or reply.activity in answered:
            questions.setdefault(question, []).append((name, reply))
    blocks: list[Block] = [Text(f"«{one.text}»{f' – {one.who}' if one.who else ''}") for one in snapshot.promises]
    heads = [_("Theme"), _("Where it stands"), _("Why"), _("Who answers for it"), _("Date")]
    whole: list[list[Cell]] = []
    for question, themes in questions.items():
        rows: list[list[Cell]] = [_reply(snapshot, name or _("All answers"), one, _) for name, one in themes]
        if [name for name, _one in themes] == [""]:
            whole.append([question, *rows[0][1:]])
        else:
            blocks += [Head(question), _filled(heads, rows)]
    if whole:  # questions without themes share one table
        blocks.append(_filled([_("Question"), *heads[1:]], whole))
    yield Section(_("You said – we do"), blocks, followup=True)


def _filled(heads: list[str], rows: list[list[Cell]], of: tuple[int, ...] = REPLY) -> Table:
    """Without the columns in which nothing is written yet; the widths of all are *of*."""
    columns = [place for place in range(len(heads)) if any(row[place] != "" for row in rows)]
    room = sum(of[place] for place in columns)
    widths = [of[place] * 100 // room for place in columns]
    widths[0] += 100 - sum(widths)
    cells = [[row[place] for place in columns] for row in rows]
    return Table([heads[place] for place in columns], cells, numbers=False, widths=tuple(widths))


def _reply(snapshot: Snapshot, name: str, reply: Reply, _: Say) -> list[Cell]:
    due = day(reply.date, snapshot.language) if reply.date and reply.status != NOT else ""
    moved = _("New date: {date}").format(date=due) if due and reply.moved else due
    return [name, _(labels.STATUSES[reply.status]), reply.reason, reply.unit, moved]


def _who(snapshot: Snapshot, questions: list[Summary], _: Say) -> Section:
    """Who took part. Groups of fewer than FEW are hidden, and counts from which they could be computed."""
    blocks: list[Block] = []
    for one in questions:
        unit = _("People") if one.counted == "people" else _("Phones")
        rows: list[list[Cell]] = [
            [figure.text, _("fewer than {n}").format(n=FEW) if figure.count is None else figure.count]
            for figure in figures(snapshot, one)
        ]
        blocks += [Head(one.question), Table([_("Answer"), unit], rows)]
    blocks.append(Text(_("Groups of fewer than {n} are not told apart.").format(n=FEW), soft=True))
    return Section(_("Who took part"), blocks)


def _was_asked(one: Summary) -> bool:
    """Whether the question was asked; one that was skipped is not in the report."""
    return bool(one.started_at_utc or one.answers)


def _question(snapshot: Snapshot, activity: Summary, rows: list[Row], _: Say) -> Section:
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
        _title(snapshot, activity), blocks, result=True, cloud=_cloud(snapshot, activity),
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
        yield _filled([_("Question"), _("Votes"), _("Answered"), _("The panel's answer")], cells, ASKED)


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


def _title(snapshot: Snapshot, activity: Summary) -> str:
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


def _priorities(snapshot: Snapshot, _: Say) -> Section:
    """A form to fill in together, as in agreements between districts and municipalities."""
    long, short = _("Long-term"), _("Short-term")
    rows: list[list[Cell]] = [[f"{long} 1", "", "", ""]]
    rows += [[f"{short} {n}", "", "", ""] for n in range(1, SHORT_TERM + 1)]
    blocks: list[Block] = [Table(["", _("What"), _("Who does what"), _("By when")], rows, numbers=False, blank=True)]
    sizes = Counter({name: len(some) for name, some in by_theme(snapshot, snapshot.rows).items() if name})
    if sizes:
        largest = "; ".join(f"{name} ({n})" for name, n in sizes.most_common(SHORT_TERM))
        blocks.append(Text(_("Themes with most answers: {themes}").format(themes=largest), soft=True))
    return Section(_("Priorities: 1 long-term, 2–3 short-term, who does what"), blocks, form=True)


def _method(snapshot: Snapshot, _: Say) -> Section:
    """How the meeting was held, so that readers can judge the figures."""
    how = _(
        "People answered on their phones, without names. "
        "Answers were hidden until the facilitator showed them, unless said otherwise."
    )
    if any(row.name for row in snapshot.rows):
        how = _(
            "People answered on their phones, and were asked for a name, which does not stand in this report. "
            "Answers were hidden until the facilitator showed them, unless said otherwise."
        )
    shown = {
        "manual": _("when the facilitator chose"), "live": _("as they came"), "never": _("never"),
        "after-own": _("to those who had answered"),
    }  # fmt: skip
    held: list[list[Cell]] = [
        [
            _title(snapshot, one),
            _clock(snapshot, snapshot.room.activities[one.id].started_at or 0),
            length(one.spent_s),
            shown.get(one.reveal, one.reveal) if one.revealed or one.reveal == "never" else _("not shown"),
        ]
        for one in snapshot.activities
        if one.takes_answers and one.started_at_utc
    ]
    grouped = len({id for theme in snapshot.themes for id in theme.answers})
    suggested = len({id for theme in snapshot.themes for id in theme.suggested})
    facts: list[tuple[str, Cell]] = [
        (_("Answers changed by those who gave them"), sum(row.rev > 1 for row in snapshot.rows)),
        (_("Answers taken back by those who gave them"), snapshot.withdrawn),
        (
            _("Answers written in for people without a phone"),
            sum(row.via in ("facilitator", "paper") for row in snapshot.rows),
        ),
    ]
    if grouped:
        facts += [
            (_("Answers put in themes"), grouped),
            (_("Of them suggested by the machine and accepted by a person"), suggested),
            (_("Themes with suggestions in them"), sum(bool(theme.suggested) for theme in snapshot.themes)),
        ]
    withheld = [row.withheld_reason for row in snapshot.rows if row.withheld]
    reasons = Counter(labels.reason(why, _) or _("no reason given") for why in withheld)
    facts += [(_("Held back"), reasons.total()), (_("Content hash (SHA-256)"), content_hash(snapshot))]
    blocks: list[Block] = [Text(how)]
    if held:
        blocks.append(Table([_("Question"), _("Opened"), _("Lasted (min:s)"), _("Shown")], held, numbers=False))
    blocks.append(Facts(facts))
    if reasons:
        blocks.append(Table([_("Reason"), _("Answers")], [[why, n] for why, n in reasons.most_common()]))
    return Section(_("How it was done"), blocks)


def _all_of(snapshot: Snapshot, activity: Summary, rows: list[Row], _: Say) -> Iterator[Block]:
    """Each text answer once. Of choices and ratings only the withheld ones, as the rest is in the table."""
    # Questions to a panel are all in the table too.
    figures = bool({"options", "items", "questions"} & activity.results.keys())
    if not figures and any(not row.withheld for row in rows):
        grouped = by_theme(snapshot, rows, once=True)
        yield Head(_title(snapshot, activity))
        for name, some in grouped.items():
            if some and len(grouped) > 1:
                yield Head(name or _("Without a theme"), level=2)
            if some:
                yield Answers([row.text for row in some])
    if withheld := [row for row in rows if row.withheld]:
        yield Head(f"{_title(snapshot, activity)} – {_('Held back').casefold()}")
        yield Answers([_reason(row, _) for row in withheld], how="withheld")


def _reason(row: Row, _: Say) -> str:
    content = f"{row.sent_at_local} – {labels.reason(row.withheld_reason, _) or _('no reason given')}"
    return f"{content}: {row.text}" if row.text else content
