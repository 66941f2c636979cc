"""The report as blocks, the same for all file formats: its sections in order, in the language of the workshop."""

from collections import Counter
from collections.abc import Iterator

from live.activities import KINDS
from live.codes import spaced
from live.exports import labels, voices
from live.exports.content_hash import content_hash
from live.exports.question_section import Say, by_theme, filled, question_section, shuffled, title
from live.exports.snapshot import Reply, Row, Snapshot, Summary, figures, moment
from live.i18n import dates, languages
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
    ReportDocument,
    Section,
    Table,
    Text,
    Voices,
)
from live.room.few import FEW
from live.room.followup import NOT
from live.views import expectations
from live.workshop.pictures import read_name

SHORT_TERM = 3
REPLY = (21, 15, 25, 24, 15)


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
        question_section(snapshot, one, rows.get(one.id, []), _)
        for one in questions
        if not one.background and _was_asked(one)
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
            blocks += [Head(question), filled(heads, rows, REPLY)]
    if whole:  # questions without themes share one table
        blocks.append(filled([_("Question"), *heads[1:]], whole, REPLY))
    yield Section(_("You said – we do"), blocks, followup=True)


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
            title(snapshot, one),
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
        yield Head(title(snapshot, activity))
        for name, some in grouped.items():
            if some and len(grouped) > 1:
                yield Head(name or _("Without a theme"), level=2)
            if some:
                yield Answers([row.text for row in some])
    if withheld := [row for row in rows if row.withheld]:
        yield Head(f"{title(snapshot, activity)} – {_('Held back').casefold()}")
        yield Answers([_reason(row, _) for row in withheld], how="withheld")


def _reason(row: Row, _: Say) -> str:
    content = f"{row.sent_at_local} – {labels.reason(row.withheld_reason, _) or _('no reason given')}"
    return f"{content}: {row.text}" if row.text else content
