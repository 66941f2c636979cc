"""What must hold between the parts of an activity, and for all that a phone is shown, once a workshop is read."""

from collections.abc import Collection, Mapping, Sequence

from msgspec import json

from live.text.word_count import fold
from live.workshop import films
from live.workshop.attributes import as_int
from live.workshop.diagnostics import Diagnostics
from live.workshop.model import Activity, Workshop
from live.workshop.schema import Attribute, KindSchema

LONGEST_UNIT = 20  # characters
# A phone's view is at most 4 KiB; its keys, times and counts take up to 900 bytes of that.
PHONE_BYTES = 4096 - 900
BESIDE_BYTES = 400  # of what holds for the whole meeting
FILM_SIGNS = films.MOST_WORDS + 200  # what the words of a film take of it, and where all of them are
PICTURE_SIGNS = 130  # what a picture takes of it besides its words: its address and size


def check_activity(
    kind: KindSchema,
    activity: Activity,
    lines: Sequence[int],
    earlier: Mapping[str, Activity],
    writing: Collection[str],
    diagnostics: Diagnostics,
) -> None:
    """
    Errors in how attributes and options fit together; *lines* are those of the options, *earlier* the activities
    before it, by id, *writing* the ids of those among them in which people write.
    """
    error, attrs, count, line = diagnostics.error, activity.attrs, len(activity.options), activity.line
    for key in ("from", "compare"):
        if key in attrs and attrs[key] not in earlier:
            word = str(attrs[key])
            error(line, "{key}= names no earlier activity: {word}", key=key, word=word, among=list(earlier))
    if first := earlier.get(str(attrs.get("compare"))):
        _check_comparison(activity, first, diagnostics)
    if kind.options == "must" and not count and "from" not in attrs and not attrs.get("add"):
        error(line, "{word} needs options: lines that begin with `- `", word=activity.kind)
    elif count and kind.exactly not in {0, count}:
        error(line, "{word} needs {n} options, not {count}", word=activity.kind, n=kind.exactly, count=count)
    elif count:
        for key in ("pick", "top"):
            if (as_int(attrs.get(key)) or 0) > count + bool(attrs.get("other")):
                error(line, "{key}={n} is more than the {count} options", key=key, n=attrs[key], count=count)
    if attrs.get("other") and attrs.get("background"):
        error(line, "`other` and `background` do not go together: an answer in one's own words may point at somebody")
    if kind.wants_mark and count and not activity.right:
        diagnostics.warn(line, "No option is marked {mark}: nobody gets points", mark="`{right}`")
    for key, other in kind.with_another:
        if attrs.get(key) and not (activity.time_s if other == "time" else attrs.get(other)):
            error(line, "{key} needs {other}=", key=key, other=other)
    _advise(kind, activity, diagnostics)
    for one, other in kind.ordered:
        smaller, larger = (as_int(attrs.get(kind.attrs[key].name or key)) for key in (one, other))
        if smaller is not None and larger is not None and smaller > larger:
            error(line, "{key}={n} is more than {other}={most}", key=one, n=smaller, other=other, most=larger)
    for one, other in kind.excludes:
        if one in attrs and other in attrs:
            error(line, "{key} and {other} can't stand together: leave out one", key=one, other=other)
    if kind.priced:
        _check_costs(activity, lines, diagnostics)
    if len(str(attrs.get("unit", ""))) > LONGEST_UNIT:
        error(line, "unit has at most {n} characters", n=LONGEST_UNIT)
    if kind.pictured and activity.picture is None:
        error(line, "{word} needs a picture in its text: `![what it shows](map.png)`", word=activity.kind)
    if kind.answers and kind.takes == "texts":
        _check_source(activity, earlier, writing, diagnostics)
    _check_labels(kind, activity, diagnostics)


def check_once(
    kind: KindSchema, activity: Activity, said: dict[tuple[str, str], tuple[Attribute, int]], diagnostics: Diagnostics
) -> None:
    """An error where what holds for all activities of the kind is not as the first of them says it (*said*)."""
    for key in kind.once:
        if key in activity.attrs:
            value, line = said.setdefault((activity.kind, key), (activity.attrs[key], activity.line))
            if value != activity.attrs[key]:
                diagnostics.error(
                    activity.line, "{key} holds for every {kind}, and line {other} says {word}",
                    key=key, kind=activity.kind, other=line, word=value,
                )  # fmt: skip


def _advise(kind: KindSchema, activity: Activity, diagnostics: Diagnostics) -> None:
    """Warnings about what is missing, and about a film that is not played."""
    elsewhere = films.is_link(str(activity.attrs.get("src", "")))
    if elsewhere:
        diagnostics.warn(
            activity.line,
            "A film elsewhere is not played, for nothing is loaded from elsewhere: its address is shown. Put the file "
            "beside workshop.md to have it played",
        )
    for key, sentence in kind.advises.items():
        if not activity.attrs.get(key) and not elsewhere:
            diagnostics.warn(activity.line, sentence)


def _check_labels(kind: KindSchema, activity: Activity, diagnostics: Diagnostics) -> None:
    """Words for the steps and ends of scales: as many as there are."""
    attrs, line = activity.attrs, activity.line
    for key, n in kind.labelled:
        words = str(attrs.get(key, "")).split("|")
        if key in attrs and (len(words) != n or not all(words)):
            diagnostics.warn(
                line,
                "{key} needs {n} words, parted by `|`, not {count}: the usual ones are shown",
                key=key,
                n=n,
                count=sum(map(bool, words)),
            )
    low, high = as_int(attrs.get("low")), as_int(attrs.get("high"))
    if low is not None and high is not None:
        if not low < high <= low + 20:
            diagnostics.error(line, "A scale from {low} to {high}: max must be 1 to 20 above min", low=low, high=high)
        elif "labels" in attrs and len(str(attrs["labels"]).split("|")) not in {2, high - low + 1}:
            diagnostics.error(line, "labels has two words, or one for each step, parted by `|`")


def _check_costs(activity: Activity, lines: Sequence[int], diagnostics: Diagnostics) -> None:
    """Either all options have a cost, and there is a `cap`, or none has and there is none."""
    cap = as_int(activity.attrs.get("cap"))
    if cap is None:
        if activity.costs:
            diagnostics.error(activity.line, "Options have costs: say with `cap=` what they may cost together")
        return
    if not activity.options:
        diagnostics.error(activity.line, "With `cap=` the options stand here, each with its cost")
    for option, line in zip(activity.options, lines, strict=True):
        cost = activity.costs.get(option.id)
        if cost is None:
            diagnostics.error(
                line,
                "With `cap=` every option has a cost. It is missing for {word}: write `{{cost=…}}` at its end",
                word=option.text,
            )
        elif cost > cap:
            diagnostics.warn(
                line, "{word} costs {n}, more than {key}={most}: nobody can buy it",
                word=option.text, n=cost, key="cap", most=cap,
            )  # fmt: skip


def _check_source(
    activity: Activity, earlier: Collection[str], writing: Collection[str], diagnostics: Diagnostics
) -> None:
    """Of an activity that is about what people wrote: somewhere before they must have."""
    source, line = activity.attrs.get("from"), activity.line
    if source is None and not writing:
        diagnostics.warn(line, "{word} needs an activity before it in which people write", word=activity.kind)
    elif source in earlier and source not in writing:
        word = str(source)
        diagnostics.error(line, "from={word} is no activity in which people write", word=word, among=list(writing))


def check_channels(workshop: Workshop, diagnostics: Diagnostics) -> None:
    """An error where several activities would be open through the whole meeting: phones would not know which to use."""
    channels = [one for slide in workshop.slides for one in slide.activities if one.channel]
    for one in channels[1:]:
        line = channels[0].line
        diagnostics.error(
            one.line, "{key} can stand only once, and does in line {other}", key="open=meeting", other=line
        )


def _check_comparison(activity: Activity, first: Activity, diagnostics: Diagnostics) -> None:
    """Two rounds are the same question: of one kind, with the same options and ends."""
    word, line = first.id, activity.line
    if first.kind != activity.kind:
        diagnostics.error(
            line,
            "compare={word} is a {first}: a {kind} can only be compared with another {kind}",
            word=word,
            first=first.kind,
            kind=activity.kind,
        )
    elif [fold(one.text) for one in first.options] != [fold(one.text) for one in activity.options]:
        if not (len(first.options) == len(activity.options) == 1):  # the question itself may be asked in other words
            diagnostics.error(line, "compare={word} needs the same options in the same order", word=word)
    elif any(first.attrs.get(key) != activity.attrs.get(key) for key in ("low", "high")):
        diagnostics.error(line, "compare={word} needs the same min and max", word=word)
    if first.attrs.get("background") or activity.attrs.get("background"):
        diagnostics.error(line, "`compare` and `background` do not go together: who moved may point at somebody")


def check_phone(workshop: Workshop, diagnostics: Diagnostics) -> None:
    """An error for each slide and activity that would be too much in the view of a phone."""
    shared = _size(workshop.title, *(workshop.meta.get(key, "") for key in ("organisation", "purpose", "contact")))
    shared += BESIDE_BYTES * len(workshop.beside)
    for slide in workshop.slides:
        following = [*slide.activities, None][1:]
        for activity, after in zip(slide.activities, following, strict=True):
            own = [activity.instruction, activity.question or slide.title, str(activity.attrs.get("labels", ""))]
            own += [activity.picture.alt + PICTURE_SIGNS * "."] if activity.picture else []
            own += [FILM_SIGNS * "."] if "captions" in activity.attrs else []
            own += [str(activity.attrs["src"])] if films.is_link(str(activity.attrs.get("src", ""))) else []
            options = [
                option.text + 22 * "." + (option.picture.alt + PICTURE_SIGNS * "." if option.picture else "")
                for option in activity.options
            ]
            if shared + _size(slide.title, *own, *options, after.instruction if after else "") > PHONE_BYTES:
                diagnostics.error(activity.line, "Too much text for a phone: shorten the instruction or the options")
        if not slide.activities and shared + 2 * _size(slide.title) > PHONE_BYTES:
            diagnostics.error(slide.line, "Too much text for a phone: shorten the heading")


def _size(*texts: str) -> int:
    """Bytes of *texts* in a view."""
    return sum(len(json.encode(text)) for text in texts)
