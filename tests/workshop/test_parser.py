import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.activities import SCHEMAS
from live.errors import WorkshopInvalid
from live.workshop import Option, check_lines, decode
from live.workshop.parser import letters, slug
from live.workshop.schema import META, NORWEGIAN, defaults
from tests.effort import grows_with_its_size
from tests.meeting import one
from tests.reading import parse, parse_bytes, reread

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.md"))
SEMINAR = (Path(__file__).parents[2] / "examples" / "naerdemokrati.md").read_bytes()
FRONT = "---\nformat: workshop/1\ntitle: Prøve\nlanguage: nb\n---\n"  # five lines


def slide(block: str) -> str:
    return f"{FRONT}## Spørsmål\n{block}\n"  # the block begins in line 7


def activity(block: str):
    workshop, _ = parse(slide(block))
    return workshop.slides[0].activities[0]


def errors(text: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(WorkshopInvalid) as caught:
        parse_bytes(text) if isinstance(text, bytes) else parse(text)
    return [(problem.line, problem.message) for problem in caught.value.problems]


def warnings(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in parse(text)[1]]


class TestTheSeminar:
    """The file from the municipality: it is read as the meeting of 13 May needs it."""

    workshop, problems = parse_bytes(SEMINAR)

    def test_it_has_25_slides_and_no_problems(self):
        assert 25 == len(self.workshop.slides)
        assert [] == self.problems

    def test_front_matter_is_known_and_comments_in_it_are_not_read(self):
        assert "Nærdemokrati og samskaping" == self.workshop.title
        assert "Ringerike kommune" == self.workshop.meta["organisation"]
        assert "owner" not in self.workshop.meta

    def test_the_question_is_talked_about_first_and_then_answered(self):
        pair, viktigst = self.workshop.slides[22].activities

        assert ("pair", 120, "neighbour") == (pair.kind, pair.time_s, pair.attrs["form"])
        assert "To og to: Diskuter med sidemannen." == pair.instruction
        assert ("open", "viktigst", 20, 200, "manual") == (
            viktigst.kind, viktigst.id, viktigst.many, viktigst.max, viktigst.reveal,
        )  # fmt: skip
        assert not viktigst.hold

    def test_the_extra_slide_is_skipped_unless_started(self):
        temaer, prioritet = self.workshop.slides[23].activities

        assert ("group", "viktigst", 480) == (temaer.kind, temaer.attrs["from"], temaer.time_s)
        assert ("dots", "temaer", 3, 90) == (
            prioritet.kind, prioritet.attrs["from"], prioritet.attrs["dots"], prioritet.time_s,
        )  # fmt: skip
        assert temaer.optional
        assert prioritet.optional

    def test_notes_are_on_ten_slides_and_in_no_text_that_is_shown(self):
        noted = [each for each in self.workshop.slides if each.notes]

        assert 10 == len(noted)
        for each in noted:
            shown = " ".join([each.title, each.body, *(one.instruction for one in each.activities)])
            assert [] == [line for line in each.notes.splitlines() if line in shown]
        assert [] == [each.id for each in self.workshop.slides if "<!--" in each.body or ":::" in each.body]

    def test_eight_items_wait_to_be_shown(self):
        assert [5, 3] == [each.steps for each in self.workshop.slides if each.steps]

    def test_big_slides_and_repeated_headings(self):
        assert [1, 5, 14, 21, 25] == [n for n, each in enumerate(self.workshop.slides, 1) if each.big]
        assert ["sor-odal-kommune", "sor-odal-kommune-2", "sor-odal-kommune-3"] == [
            each.id for each in self.workshop.slides[14:17]
        ]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_read_without_a_word(path):
    assert [] == parse_bytes(path.read_bytes())[1]


@pytest.mark.parametrize("data", [SEMINAR, b"\xef\xbb\xbf" + SEMINAR, SEMINAR.replace(b"\n", b"\r\n")])
def test_a_file_from_any_editor_is_the_same_workshop_and_comes_back_byte_for_byte(data):
    assert data == decode(data).encode()
    assert parse_bytes(SEMINAR) == parse_bytes(data)


def test_norwegian_words_mean_the_same():
    english = """---
format: workshop/1
title: Prøve
language: nb
report-by: 2026-06-01
---
## A
:::pair{time=2:00 form=neighbour gate=talk optional}
:::
:::open{id=a many=3 max=100 reveal=manual}
:::
:::choice{id=b pick=1 shuffle other reveal=after-own}
- X
:::
:::dots{id=c from=a dots=3}
:::
"""
    norwegian = """---
format: workshop/1
tittel: Prøve
Språk: bokmål
svar innen: 2026-06-01
---
## A
:::par{tid=2min form=sidemann skrivefelt=samtale valgfri=ja}
:::
:::åpen{id=a flere=3 maks=100 vis=manuelt}
:::
:::Valg{id=b velg=1 bland annet vis=etter-eget}
- X
:::
:::prikker{id=c fra=a prikker=3}
:::
"""
    (ours, problems), (theirs, told) = parse(english), parse(norwegian)
    assert (ours, [problem.line for problem in problems]) == (theirs, [problem.line for problem in told])


def test_no_norwegian_word_leads_nowhere():
    attributes = {key for kind in SCHEMAS.values() for key in kind.attrs}
    values = {word for kind in SCHEMAS.values() for attr in kind.attrs.values() for word in attr.words}

    spoken = Counter(word for kind in SCHEMAS.values() for word in kind.norwegian)
    assert [] == [word for word, kinds in spoken.items() if kinds > 1 or word in SCHEMAS]
    assert set() == set(NORWEGIAN["attribute"].values()) - attributes
    assert set() == set(NORWEGIAN["value"].values()) - values
    assert set() == set(NORWEGIAN["meta"].values()) - set(META)


class TestActivities:
    def test_what_is_not_said_has_a_default(self):
        words = activity(":::words{id=a}\n:::")

        assert (1, 40, "manual", False, None) == (words.many, words.max, words.reveal, words.hold, words.time_s)
        assert {"form": "neighbour", "rounds": 1, "turns": 1, "gate": "talk"} == defaults(SCHEMAS["pair"])
        assert 20 == activity(":::open{id=a many}\n:::").many

    def test_answers_shown_at_once_are_held_first(self):
        assert activity(":::open{id=a reveal=live}\n:::").hold
        assert not activity(":::open{id=a reveal=live hold=off}\n:::").hold
        assert not activity(":::choice{id=a reveal=live}\n- X\n:::").hold

    def test_list_items_are_options_and_the_rest_is_the_instruction(self):
        choice = activity(
            ":::choice{id=trinn pick=2}\nHvor er **vi**\ni dag?\n\n- Styrt\n  med mer\n* Likeverdig\n1. Tredje\n:::"
        )

        assert "Hvor er vi i dag?" == choice.instruction
        assert (Option("a", "Styrt med mer"), Option("b", "Likeverdig"), Option("c", "Tredje")) == choice.options
        assert 2 == choice.attrs["pick"]

    def test_a_list_in_an_open_question_is_part_of_the_instruction(self):
        assert ("Gjør slik:\n1. Tenk\n2. Skriv", ()) == (
            (each := activity(":::open{id=a}\nGjør slik:\n1. Tenk\n2. Skriv\n:::")).instruction, each.options,
        )  # fmt: skip

    def test_a_scale_without_items_rates_the_question(self):
        scale = activity(':::scale{id=tillit min=0 max=10 labels="Liten | Stor" rounds=2}\nHvor stor tillit?\n:::')

        assert (Option("a", "Hvor stor tillit?"),) == scale.options
        assert {
            "low": 0,
            "high": 10,
            "labels": "Liten|Stor",
            "rounds": 2,
            "shuffle": False,
            "count": "phones",
        } == scale.attrs
        assert "Spørsmål" == activity(":::scale{id=a}\n:::").options[0].text

    @pytest.mark.parametrize(
        ("written", "length_s"), [("2:00", 120), ("90s", 90), ("3m", 180), ("0:20", 20), ('"2 min"', 120), ("1t", 3600)]
    )
    def test_lengths(self, written, length_s):
        assert length_s == activity(f":::pair{{time={written}}}\n:::").time_s

    def test_quotes_of_a_word_processor_are_quotes(self):
        assert "Ja eller nei?" == activity(":::open{id=a question=“Ja eller nei?”}\n:::").question

    def test_an_activity_without_id_is_named_after_the_slide(self):
        """A talk has no answers that could lose their place, so there is no warning about its id."""
        text = slide(":::pair\n:::\n:::open\n:::\n:::open{id=sporsmal-3}\n:::\n:::open\n:::")
        workshop, problems = parse(text)

        assert ["sporsmal-1", "sporsmal-2", "sporsmal-3", "sporsmal-4"] == [
            each.id for each in workshop.slides[0].activities
        ]
        assert [9, 13] == [problem.line for problem in problems]

    @pytest.mark.parametrize("kind", [name for name, kind in SCHEMAS.items() if not kind.beside])
    def test_every_kind_is_read(self, kind):
        body = "![Kart](kart.png)" if SCHEMAS[kind].pictured else "- X\n- Y"
        assert kind == activity(f":::{kind}{{id=a}}\n{body}\n:::").kind


class TestSlides:
    def test_breaks_in_notes_and_activities_part_nothing(self):
        workshop, _ = parse(FRONT + "## A\n<!-- en\n---\nto -->\n:::open{id=a}\nen\n---\nto\n:::\n---\n## B\n")

        assert ["A", "B"] == [each.title for each in workshop.slides]
        assert "en\n---\nto" == workshop.slides[0].notes

    def test_a_note_leaves_the_line_it_stands_in(self):
        workshop, _ = parse(FRONT + "## A <!-- si hei -->\ntekst<!-- og\nmer -->\nmer\n")

        assert ("A", "tekst\nmer", "si hei\n\nog\nmer") == (
            (each := workshop.slides[0]).title, each.body, each.notes,
        )  # fmt: skip

    def test_empty_slides_are_left_out(self):
        assert [(8, "This slide is empty and left out")] == warnings(FRONT + "# A\n---\n\n---\n# B\n---\n")

    def test_a_heading_in_a_listing_is_no_heading(self):
        assert "B" == parse(FRONT + "```\n# A\n```\n## B ##\n")[0].slides[0].title

    def test_warnings_stop_nothing(self):
        text = FRONT.replace("title:", "titel: a\ntitle:") + "![](kart.png)\n"

        assert [
            "x.md:3: warning: Unknown key `titel` in the front matter (did you mean `title`?)",
            "x.md:7: warning: This slide has no heading",
            "x.md:7: warning: A picture without words for those who do not see it: write them in `![…](…)`, or "
            "`{decorative}` after a picture that tells nothing",
        ] == check_lines("x.md", parse(text)[1])

    def test_the_title_may_be_the_first_heading(self):
        workshop, problems = parse("---\nformat: workshop/1\n---\n# Hei **du**\n")

        assert "Hei du" == workshop.title
        assert [1] == [problem.line for problem in problems]


BAD = {
    "no format": ("---\ntitle: a\n---\n# A\n", 1, "no `format: workshop/1`"),
    "foreign format": ("---\nformat: workshop/2\n---\n# A\n", 2, "Unknown format `workshop/2`"),
    "no front matter": ("# A\n", 1, "must begin with front matter"),
    "front matter without end": ("---\nformat: workshop/1\n# A\n", 1, "front matter is not closed"),
    "front matter that meets a slide": ("---\nformat: workshop/1\n\nTekst\n---\n# A\n", 1, "missing before line 4"),
    "key without colon": ("---\nformat: workshop/1\ntitle Hei\n---\n# A\n", 3, "`title` needs a colon"),
    "language": ("---\nformat: workshop/1\nlanguage: nynosk\n---\n# A\n", 3, "(did you mean `nynorsk`?)"),
    "identity": ("---\nformat: workshop/1\nidentity: name\n---\n# A\n", 3, "(did you mean `named`?)"),
    "code": ("---\nformat: workshop/1\ncode: 1234\n---\n# A\n", 3, "auto or eight digits"),
    "nothing": ("", 1, "must begin with front matter"),
    "no slides": (FRONT, 1, "no slides"),
    "too many activities": (FRONT + "# A\n" + ":::think\n:::\n" * 501, 1007, "501 activities: at most 500"),
    "too many slides": (FRONT + "# A\n---\n" * 301, 606, "301 slides: at most 300"),
    "too large": (FRONT + "a" * 1024 * 1024, 1, "larger than 1 MiB"),
    "too large in bytes": (FRONT + "å" * 600_000, 1, "larger than 1 MiB"),
    "control character": (FRONT + "# A\n\x07\n", 7, "U+0007"),
    "half a sign": (FRONT + "# A\ud800\n", 6, "U+D800"),
    "open block": (slide(":::open{id=a}\n\n---\n# B"), 7, "`:::open` is not closed"),
    "open block before another": (slide(":::open{id=a}\n:::pair\n:::"), 7, "`:::open` is not closed"),
    "open note": (slide("<!-- a\n---\n# B"), 7, "note `<!--` is not closed"),
    "open note before another": (slide("<!-- a\n---\n# B\n<!-- b -->"), 7, "note `<!--` is not closed"),
    "open quote": (slide(':::open{id=a question="Hva}\n:::'), 7, "quote is not closed"),
    "open brace": (slide(":::open{id=a\n:::"), 7, "`}` is missing"),
    "after the brace": (slide(":::open{id=a} hei\n:::"), 7, "Nothing may follow `}`"),
    "stray end": (slide(":::"), 7, "no activity is open"),
    "kind": (slide(":::opne{id=a}\n:::"), 7, "Unknown kind of activity `opne` (did you mean `open`?)"),
    "norwegian kind": (slide(":::prikkr{id=a}\n:::"), 7, "(did you mean `prikker`?)"),
    "attribute": (slide(":::open{id=a mny=3}\n:::"), 7, "open has no attribute `mny` (did you mean `many`?)"),
    "attribute of another kind": (slide(":::pair{pick=3}\n:::"), 7, "pair has no attribute `pick`"),
    "word": (slide(":::open{id=a reveal=manul}\n:::"), 7, "not `manul` (did you mean `manual`?)"),
    "flag": (slide(":::open{id=a optional=maybe}\n:::"), 7, "optional is on or off"),
    "length": (slide(":::pair{time=2}\n:::"), 7, "time is written 2:00, 90s or 3m"),
    "length of nothing": (slide(":::pair{time=0:00}\n:::"), 7, "time is written"),
    "length of a day": (slide(":::pair{time=24h}\n:::"), 7, "at most 8 hours"),
    "no value": (slide(":::pair{time}\n:::"), 7, "time needs a value"),
    "many": (slide(":::open{id=a many=1001}\n:::"), 7, "many is a whole number from 1 to 1000"),
    "max": (slide(":::open{id=a max=0}\n:::"), 7, "max is a whole number from 1 to 1000"),
    "other digits": (slide(":::open{id=a max=٣}\n:::"), 7, "max is a whole number"),
    "twice in one": (slide(":::open{id=a max=1 maks=2}\n:::"), 7, "`maks` stands twice"),
    "id": (slide(":::open{id=a/b}\n:::"), 7, "`a/b` is no id"),
    "same id": (slide(":::open{id=a}\n:::\n:::open{id=a}\n:::"), 9, "id `a` is taken by line 7"),
    "from nobody": (slide(":::open{id=temaer}\n:::\n:::group{id=b from=tema}\n:::"), 9, "(did you mean `temaer`?)"),
    "from later": (slide(":::group{id=a from=b}\n:::\n:::open{id=b}\n:::"), 7, "no earlier activity: `b`"),
    "from itself": (slide(":::group{id=a from=a}\n:::"), 7, "no earlier activity: `a`"),
    "compare": (slide(":::choice{id=a compare=b}\n- X\n:::"), 7, "compare= names no earlier activity"),
    "no options": (slide(":::choice{id=a}\n:::"), 7, "`choice` needs options"),
    "empty option": (slide(":::choice{id=a}\n- X\n-\n:::"), 9, "option without words"),
    "pick": (slide(":::choice{id=a pick=3}\n- X\n- Y\n:::"), 7, "pick=3 is more than the 2 options"),
    "min": (slide(":::scale{id=a min=5 max=5}\n:::"), 7, "from 5 to 5"),
    "labels": (slide(':::scale{id=a labels="a|b|c"}\n:::'), 7, "labels has two words"),
    "more than a phone is sent": (slide(f":::open{{id=a}}\n{'ord ' * 900}\n:::"), 7, "Too much text for a phone"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_an_error_names_its_line(case):
    text, line, message = BAD[case]

    assert [] != [found for at, found in errors(text) if at == line and message in found]


def test_all_errors_are_listed_at_once():
    text = FRONT.replace("nb", "xx") + "# A\n:::opne{id=a}\n:::\n:::\n---\n:::pair{tid=2}\n:::\n<!--"

    assert [4, 7, 9, 11, 13] == [line for line, _ in errors(text)]


def test_an_unclosed_activity_hides_no_other_error():
    assert [7, 10] == [line for line, _ in errors(slide(":::open{id=a}\n---\n# B\n:::opne{id=b}\n:::"))]


def test_check_prints_file_line_and_the_nearest_word():
    with pytest.raises(WorkshopInvalid) as caught:
        parse(slide(":::open{id=a mny}\n:::"))

    assert ["x.md:7: open has no attribute `mny` (did you mean `many`?)"] == check_lines("x.md", caught.value.problems)


def test_text_that_is_not_utf8():
    assert [(2, "The file is not UTF-8: save it as plain text with encoding UTF-8")] == errors("a\nå".encode("latin-1"))
    assert [] != errors(SEMINAR.decode().encode("utf-16"))
    assert [(1, "The file is larger than 1 MiB")] == errors(b"\xff" * 5_000_000)


def test_problems_can_be_described_in_another_language():
    with pytest.raises(WorkshopInvalid) as caught:
        parse("# A", translate=lambda sentence: f"({sentence})")

    assert all(problem.message.startswith("(") for problem in caught.value.problems)


def test_a_flood_of_errors_is_cut_and_counted():
    found = errors(FRONT + "# A\n" + ":::\n" * 1000)

    assert 201 == len(found)
    assert "… and 800 more" == found[-1][1]


def test_slugs_and_letters():
    assert "nar-lykkes-det-aeoe" == slug("Når lykkes det? ÆØe".replace("Ø", "o"))
    assert "slide" == slug("…")
    assert 60 >= len(slug("langt " * 50))
    assert ["a", "z", "aa", "az", "ba"] == [letters(n) for n in (0, 25, 26, 51, 52)]


PIECES = st.sampled_from([
    "---", ":::", ":::open", ":::choice{", ":::scale{", "id=a", "}", "from=a", "min=3", "max=1", "many", '"', "'", "=",
    "<!--", "-->", "#", "##", "###", "+", "-", "1.", ">", "|", "```", "![", "](x)", "\\", "&", "<b>", "æ", "time=2:00",
    "format: workshop/1", "pick=9", "labels=a|b", "{", "{word}", "\ufeff", "\x00", "\ud800", "\u2028",
    "\n", "\n\n", "\r", " ",
])  # fmt: skip
TEXTS = st.text() | st.lists(PIECES, max_size=60).map("".join)


def problems_of(data: str | bytes) -> list:
    """Warnings of a valid workshop, or errors of an invalid one; the parser raises nothing else."""
    try:
        workshop, problems = parse_bytes(data) if isinstance(data, bytes) else parse(data)
    except WorkshopInvalid as invalid:
        return invalid.problems
    ids = [each.id for one in workshop.slides for each in one.activities]
    slides = [one.id for one in workshop.slides]
    assert slides
    assert sorted(set(ids)) == sorted(ids)
    assert sorted(set(slides)) == sorted(slides)
    assert all(problem.warning for problem in problems)
    return problems


@given(TEXTS, st.booleans())
def test_any_text_is_a_workshop_or_has_errors(text, with_front):
    found = problems_of((FRONT if with_front else "") + text)

    assert with_front or found
    assert [] == [problem for problem in found if not 1 <= problem.line <= text.count("\n") + text.count("\r") + 6]


@given(st.binary(max_size=200))
def test_no_bytes_are_a_workshop_by_chance(data):
    assert [] != problems_of(data)


@pytest.mark.uncounted
@pytest.mark.parametrize("kib", [128, pytest.param(1023, marks=pytest.mark.soak)])
@pytest.mark.parametrize(
    "piece",
    [
        "\n",
        "---\na\n",
        "<!--",
        "<!-- a\n",
        ":::\n",
        ":::a\n",
        ":::open{\n",
        ":::open\n:::\n",
        "# ",
        "![ ",
        "+ a\n",
        "[",
        "~~~ x\n",
        "```\n",
        "• a\n",
        "\t• a\n\n",
        "– a\n-b\n",
        "    a\n\n",
        "* * * * ",
        "\u00a0\t",
    ],
)
def test_a_hostile_file_is_read_in_seconds(piece, kib):
    """
    Two for the largest that is taken, 1 MiB. In quadratic time it would be minutes.
    """

    def read(size: int) -> None:
        problems_of(FRONT + piece * (size // len(piece)))

    assert grows_with_its_size(read, kib * 1024)


@pytest.mark.parametrize(("written", "days"), [("90", 90), ("30 dager", 30), ("1 døgn", 1), ("365 days", 365)])
def test_how_long_a_meeting_is_kept_is_written_in_days(written, days):
    text = one("open").replace("language:", f"slett-etter: {written}\nlanguage:")
    assert days == parse(text)[0].kept_days
    assert 90 == parse(one("open"))[0].kept_days


@pytest.mark.parametrize("written", ["0", "aldri", "3651", "3 måneder", "-1"])
def test_what_is_no_number_of_days_is_an_error(written):
    with pytest.raises(WorkshopInvalid) as invalid:
        parse(one("open").replace("language:", f"delete-after: {written}\nlanguage:"))
    assert "a number of days from 1 to 3650" in invalid.value.problems[0].message


def test_the_seminar_in_norwegian_words_is_the_same_seminar():
    norwegian = (EXAMPLES[0].parent / "naerdemokrati.nb.md").read_text("utf-8")
    assert parse(SEMINAR.decode()) == parse(norwegian)
    written = {
        word for line in norwegian.splitlines() if line.startswith(":::") for word in re.findall(r"[\w-]+", line)
    }
    assert set() == written & {
        "pair",
        "open",
        "group",
        "dots",
        "time",
        "neighbour",
        "many",
        "max",
        "reveal",
        "optional",
    }


def test_every_meeting_to_begin_from_can_be_run_and_exists_in_each_language():
    """
    There are seventeen in bokmål, nynorsk and English, with the language in the file name, and all are valid.
    """
    languages = Counter(parse(file.read_text("utf-8"))[0].language for file in EXAMPLES)
    assert languages["en"] == languages["nn"] == 17
    assert languages["nb"] == 17 + 2, "and the seminar, twice"
    for file in EXAMPLES:
        assert [] == [problem for problem in parse(file.read_text("utf-8"))[1] if not problem.warning]


@pytest.mark.parametrize("path", [path for path in EXAMPLES if path.suffixes[0] == ".nn"], ids=lambda path: path.stem)
def test_a_meeting_in_nynorsk_is_the_same_meeting(path):
    """
    It has the same steps with the same settings as in bokmål; only the texts differ.
    """

    def shape(path):
        activities = [
            one for slide in parse(path.read_text("utf-8"))[0].slides for one in [slide.steps, *slide.activities]
        ]
        fields = ("kind", "time_s", "many", "max", "reveal", "hold", "optional")
        return [
            one
            if isinstance(one, int)
            else [*(getattr(one, name) for name in fields), len(one.options), sorted(one.attrs)]
            for one in activities
        ]

    assert shape(path.with_name(path.name.replace(".nn", ""))) == shape(path)


AS_PASTED = """---
format: workshop/1
tittel: Møte om veg
språk: nb
---

## Hva mener dere?

:::par{tid="2 min" form=sidemann}
Snakk sammen.
:::

---

## Og så?

:::åpen{id=a flere vis=manuelt}
Skriv.
:::
"""


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace('"2 min"', "”2 min”"),
        lambda text: text.replace('"2 min"', "„2 min“"),
        lambda text: text.replace('"2 min"', "«2 min»"),
        lambda text: text.replace('"2 min"', "2 min"),
        lambda text: text.replace('"2 min"', "2\u00a0minutter"),
        lambda text: text.replace('"2 min"', "120 sek"),
        lambda text: text.replace("---", "—"),
        lambda text: text.replace("---", "–-"),
        lambda text: text.replace("---", "———"),
        lambda text: text.replace(": ", ":\u00a0").replace(" form=", "\u00a0form=").replace(" om ", "\u00a0om "),
        lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    ],
    ids=["curly", "low", "angled", "bare", "hard space", "seconds", "em", "en", "em em em", "hard spaces", "Windows"],
)
def test_what_a_word_processor_makes_of_it_is_read_the_same(spoil):
    """
    Curly quotes, long dashes and hard spaces give the same slides and activities.
    """

    def summary(text: str) -> list:
        written, warnings = parse(text)
        assert [] == warnings
        return [
            (" ".join(slide.title.split()), [(one.kind, one.time_s, one.many, one.reveal) for one in slide.activities])
            for slide in written.slides
        ]

    assert summary(AS_PASTED) == summary(spoil(AS_PASTED))


@pytest.mark.parametrize("line", ["–", "--", "- -", "----", "-–-–", "— x"])
def test_other_dashes_are_text(line):
    written, _ = parse(AS_PASTED.replace("Snakk sammen.", f"Snakk sammen.\n{line}"))
    assert 2 == len(written.slides)


def test_a_slide_is_hidden_by_a_word_after_its_heading():
    """
    It keeps the id it has without the word; an older text, in which the word was shown, is read as it was.
    """
    text = (
        FRONT
        + "## En {hidden}\n\n---\n\n# To ## { Skjult }\n\n---\n\n## Tre {hidden} her\n\n---\n\n## Fire \\{hidden\\}\n"
    )
    slides = parse(text)[0].slides
    titles = ["En", "To", "Tre {hidden} her", "Fire {hidden}"]
    assert list(zip(titles, [True, True, False, False], strict=True)) == [(one.title, one.hidden) for one in slides]
    assert ["en", "to"] == [one.id for one in slides[:2]]
    assert ["En {hidden}", False] == [reread(text, edition=2).slides[0].title, reread(text, edition=2).slides[0].hidden]


def test_what_a_hidden_slide_leaves_without_answers_is_told():
    source = FRONT + "## En {hidden}\n:::open{id=a}\nSkriv.\n:::\n"
    assert (6, "All slides are hidden: nothing is shown") in warnings(source)
    taken = source + "\n---\n\n## To\n:::group{id=b from=a}\n:::\n"
    assert [(14, "from=`a` names an activity on a hidden slide")] == warnings(taken)
    assert [] == warnings(taken.replace("## To", "## To {hidden}").replace("## En {hidden}", "## En"))
