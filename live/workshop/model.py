"""The workshop as read from its file: slides, activities, options."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from msgspec import Struct

from live.workshop.accent import read as read_colour
from live.workshop.pictures import PictureRef


class Option(Struct, frozen=True, omit_defaults=True):
    """
    One line of a list inside an activity. `id` is `a`, `b`, … `z`, `aa` … in the order of the file. An option that is a
    theme has the id of the theme; `was` are those of the themes that were merged into it.
    """

    id: str
    text: str
    was: tuple[str, ...] = ()
    picture: PictureRef | None = None


class Activity(Struct, frozen=True):
    """
    One step on a slide, as written. Attributes that all kinds have are fields; those of one kind are in `attrs`.

    `versions`: not in the file, but of the room, for kinds whose answers hold for the words they were given to: these
    words, as they were in each version since people were first asked. The last are those of now.
    """

    id: str
    kind: str
    instruction: str = ""  # plain text, a newline between paragraphs
    options: tuple[Option, ...] = ()
    time_s: int | None = None
    optional: bool = False
    many: int = 1  # answers one phone may give
    max: int = 200  # graphemes in one text
    reveal: str = "manual"  # manual | live | after-own | never
    hold: bool = False
    question: str = ""  # empty: the slide's title is the question
    attrs: Mapping[str, str | int | bool] = {}  # canonical English names and values
    line: int = 0
    picture: PictureRef | None = None  # the first in its text: what people are asked about
    costs: Mapping[str, int] = {}  # by option, where they are written `{cost=…}`
    right: frozenset[str] = frozenset()  # ids of the options marked `{right}`; not in `Option`, which phones are shown
    versions: tuple[str, ...] = ()

    @property
    def channel(self) -> bool:
        """Whether phones reach it through the whole meeting, whatever else is on show."""
        return self.attrs.get("open") == "meeting"


class Slide(Struct, frozen=True):
    """One slide. `id` stays the same when slides are moved or others are edited."""

    id: str
    title: str  # plain text
    big: bool  # `#` instead of `##`
    body: str  # Markdown without title, notes and activities
    notes: str  # the text of HTML comments; only the console shows it
    steps: int  # how many `+` items there are, which are shown one at a time
    activities: tuple[Activity, ...] = ()
    line: int = 1
    hidden: bool = False  # passed over by `next`; shown only when somebody jumps to it


class Workshop(Struct, frozen=True):
    """All that the file says. `meta` is the front matter by canonical key."""

    title: str
    language: str  # of LANGUAGES
    slides: tuple[Slide, ...]
    meta: Mapping[str, str] = {}
    edition: int = 1  # how the text was read (`scanner.EDITION`)
    names: Mapping[int, str] = {}  # ids by line, of activities without `id=`, where they are not named after the slide
    option_lines: Mapping[str, tuple[int, ...]] = {}  # by activity; its own line where the question is what is rated
    unnamed: frozenset[str] = frozenset()  # the ids that the text does not say
    beside: Mapping[str, Mapping[str, str | int | bool]] = {}  # kind -> `attrs` (`KindSchema.beside`)

    @property
    def kept_days(self) -> int:
        """How many days a meeting of this workshop is kept, counted from `held_from`."""
        return int(self.meta.get("delete-after", KEPT_DAYS))

    @property
    def accent(self) -> str:
        """The colour of the organisation's own, `#rrggbb`; empty where there is none."""
        return read_colour(self.meta.get("theme", "")) or ""

    def held_from(self, opened_at: int) -> int:
        """
        From when the meeting counts as held, milliseconds: when it was opened, or the workshop's `date` where that is
        later. A date more than MOST_DAYS_AHEAD later counts as that late, so that nothing is kept for ever.
        """
        try:
            day = date.fromisoformat(self.meta.get("date", ""))
        except ValueError:
            return opened_at
        written = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
        return max(opened_at, min(written, opened_at + MOST_DAYS_AHEAD * DAY_MS))


DAY_MS = 86_400_000
KEPT_DAYS = 90
MOST_DAYS_AHEAD = 366
