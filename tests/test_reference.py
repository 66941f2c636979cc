"""The reference pages in docs/ agree with the code, and every row has its explanation."""

import re

import msgspec
import pytest

from live.activities import KINDS as RUN
from live.events import PicturesSet
from live.rules.commands import ACTIONS
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Presence
from live.web.problems import SENTENCES
from live.workshop.pictures import Picture
from tests.meeting import JOIN, START, Meeting, one
from tests.reading import parse
from tests.reference import HOUSE, TABLES, by_hand, cells, pages, renew, tables

DOCS = [*HOUSE.glob("*.md"), *(HOUSE / "docs").glob("**/*.md")]

EVERY_KIND = """---
format: workshop/1
title: All there is
owner: Kari
report-by: 2026-06-01
contact: kari@example.no
---

## First

+ one

<!-- a note -->

:::pair{turns=2 time=1:00}
Talk.
:::

:::qa{id=panel open=meeting}
Ask.
:::

:::open{id=said many}
Write.
:::

:::group{id=themes from=said by=all}
- Roads
:::

:::support{id=backed from=said}
Weigh.
:::

:::choice{id=chosen shuffle pick=2 other}
- Yes
- No
:::

:::scale{id=rated labels="low|high"}
- Roads
:::

:::number{id=guessed unit=km max=9}
Guess.
:::

:::gradient{id=agreed}
A street without cars.
:::

:::grid{id=placed x="Little work|Much work" y="Little use|Much use"}
- Roads
- Buses
:::

:::pin{id=pointed}
![Map of the town](map.png)
:::

:::consent{id=consented}
A street without cars.
:::

:::points{id=shared}
- Roads
- Buses
:::

:::points{id=bought cap=9}
- Roads {cost=4}
- Buses {cost=6}
:::

:::rank{id=ranked}
- Roads
- Buses
:::

:::pairwise{id=compared}
- Roads
- Buses
:::

:::statements{id=stated}
- Roads
- Buses
:::

:::dots{id=dotted dots=5 per=2}
- Roads
- Buses
:::
"""


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_a_page_tells_what_the_code_does(page):
    """
    After a change to a command, a setting, an address, a message or a kind: `make reference`.
    """
    text = page.read_text("utf-8")
    assert renew(text) == text


def test_every_table_stands_in_one_page():
    stand = [name for page in pages() for name, _ in tables(page.read_text("utf-8"))]
    assert sorted(TABLES) == sorted(stand)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_every_row_has_a_sentence(page):
    for name, lines in tables(page.read_text("utf-8")):
        heads, _, *rows = map(cells, lines)
        if heads[-1] in ("Is", "Does"):
            assert [] == [f"{name}: {row[0]}" for row in rows if not re.search(r"\w", row[-1])]


def test_what_is_shown_of_a_workshop_can_be_run():
    """
    The examples of docs/reference/workshop.md and of README have no fault, and show every kind that runs.
    """
    shown = (HOUSE / "docs" / "reference" / "workshop.md").read_text("utf-8")
    whole, kinds = re.findall(r"```(?:markdown)?\n(.*?)```", shown, re.DOTALL)
    readme = re.findall(r"```markdown\n(.*?)```", (HOUSE / "README.md").read_text("utf-8"), re.DOTALL)
    kinds_shown = set()
    for text in (whole, f"{EVERY_KIND.partition('## ')[0]}## All\n\n{kinds}", *readme):
        written, warnings = parse(text)
        kinds_shown |= {activity.kind for slide in written.slides for activity in slide.activities}
        assert [] == [one.message for one in warnings if "id=" not in one.message]
    assert set(RUN) == kinds_shown


def test_fields_and_refusals_are_those_there_are():
    words = by_hand((HOUSE / "docs" / "reference" / "routes.md").read_text("utf-8"))
    named = {place: set(re.findall(r"`(\w[\w-]*)`", cell)) for place, cell in words.items()}
    made = {"ask", "add_answer", "make_theme", "split", "accept_suggestion"}  # their `id` is made by the server
    for do, action in ACTIONS.items():
        fields = {field.name for field in msgspec.structs.fields(action)} - {"if_step", "id" if do in made else ""}
        assert fields == named.get(("actions", f"`{do}`", "Fields"), set()), do
    refuses = set().union(*(codes for (_, _, column), codes in named.items() if column == "Refuses"))
    assert set() == refuses - set(SENTENCES) - {"error", "mark", "report-by"}


def fields_shown() -> dict[str, set[int]]:
    """Every field of a view, and the faces that are shown it during a meeting: 0 phone, 1 screen, 2 console."""
    shown: dict[str, set[int]] = {}
    text = one("open", "id=a", "![Kart](kart.png)\nSkriv.").replace(
        "language:", "logo: kart.png\nidentity: optional\nlanguage:"
    )
    text += "\n:::pulse\n:::\n"
    pictured = Meeting(text)
    pictured.room.apply(PicturesSet(at=START, pictures={"kart.png": Picture("a" * 32, 1920, 1080, 720, 9)}))
    filmed = Meeting(one("film", "id=a src=havna.mp4"))
    for meeting in (Meeting(EVERY_KIND), pictured, filmed):
        while meeting.room.state != "ended":
            for face, view in enumerate(
                (
                    phone_view(meeting.room),
                    screen_view(meeting.room, Presence(), JOIN),
                    console_view(meeting.room, Presence(), JOIN, warnings=[]),
                )
            ):
                for name in view:
                    shown.setdefault(name, set()).add(face)
            meeting.act("next")
    return shown


def test_every_field_of_a_view_is_documented_for_its_faces():
    """
    docs/views.md: a row for each field, and a tick under every face that is shown it.
    """
    documented = {}
    for line in (HOUSE / "docs" / "views.md").read_text("utf-8").splitlines():
        if line.startswith("| `"):
            names, *ticks, _ = cells(line)
            documented |= {name: tuple(map(bool, ticks)) for name in re.findall(r"`(\w+)`", names)}
    shown = fields_shown()
    assert {} == {
        name: faces
        for name, faces in shown.items()
        if not all(documented.get(name, (False,) * 3)[face] for face in faces)
    }
    assert set() == set(documented) - set(shown)


@pytest.mark.parametrize(
    ("type_", "face"), [("Timer", 0), ("Timer", 1), ("PhoneView", 0), ("View", 1), ("ConsoleView", 2)]
)
def test_scripts_are_told_of_no_field_that_a_view_does_not_have(type_, face):
    """
    The types by which scripts are checked; they need not name every field.
    """
    types = "\n".join((HOUSE / tree / "shared" / "types.d.ts").read_text("utf-8") for tree in ("static", "presenter"))
    body = re.search(rf"^interface {type_}\b[^\n]*\n(.*?)^\}}", types, re.MULTILINE | re.DOTALL)
    typed = re.findall(r"^ {2}(\w+)\??:", body[1], re.MULTILINE)
    assert typed
    assert [] == [name for name in typed if face not in fields_shown().get(name, ())]


def test_every_link_between_the_papers_leads_somewhere():
    gone = []
    for page in DOCS:
        shown = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
        text = shown.sub("", page.read_text("utf-8"))  # what is only shown leads nowhere
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            if not (page.parent / link).exists():
                gone.append(f"{page.relative_to(HOUSE)}: {link}")
    assert [] == gone


def test_every_demand_on_accessibility_has_an_answer():
    """
    docs/wcag.md: the 47 of WCAG 2.1 that bind in Norway, in their order, and what is new in 2.2; tests it names exist.
    """
    text = (HOUSE / "docs" / "wcag.md").read_text("utf-8")
    rows = [cells(line) for line in text.splitlines() if re.match(r"\| \d\.", line)]
    numbers = [tuple(map(int, row[0].split()[0].split("."))) for row in rows]
    assert (47, 6) == (len(numbers[:47]), len(numbers[47:]))
    assert sorted(set(numbers[:47])) == numbers[:47]
    assert [(2, 4, 11), (2, 5, 7), (2, 5, 8), (3, 2, 6), (3, 3, 7), (3, 3, 8)] == numbers[47:]
    assert {row[1] for row in rows} <= {"Oppfylt", "Oppfylt, for hånd", "Delvis", "Brudd", "Ikke aktuelt"}
    for file, words in re.findall(r"`([\w/]+\.py)`(?: (\w+_\w+))?", text):
        path = HOUSE / file if "/" in file else HOUSE / "tests" / "browser" / file
        assert path.is_file(), file
        assert not words or re.search(rf"def test_\w*{words}", path.read_text("utf-8")), words
    statement = (HOUSE / "templates" / "about" / "accessibility.html").read_text("utf-8")
    lacks = [row[0].split()[0] for row in rows if row[1] in ("Delvis", "Brudd")]
    assert [] == [number for number in lacks if number not in statement]


def test_the_assessment_of_risk_leads_to_rows_that_are_there():
    """
    docs/risikovurdering.md names rows of docs/security.md; and says nowhere that answers can't be traced.
    """
    text = (HOUSE / "docs" / "risikovurdering.md").read_text("utf-8")
    rows = set(re.findall(r"^\| (T\d+) ", (HOUSE / "docs" / "security.md").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"T\d+", text))
    assert len(named) > 15
    assert set() == named - rows
    assert "anonym" not in text.casefold()
    assert "pseudonym" in text


def test_every_paper_is_a_step_from_readme():
    """
    Whoever reads README has a link to each of docs/, and finds each command there by name.
    """
    readme = (HOUSE / "README.md").read_text("utf-8")
    papers = [page for page in DOCS if page.parent.name in ("docs", "reference")]
    assert [] == [str(page) for page in papers if f"({page.relative_to(HOUSE)})" not in readme]
    named = {row[0].strip("`").split()[1] for row in TABLES["commands"]()} - {"healthcheck"}
    assert set() == named - set(re.findall(r"\w+", readme))


def test_each_kind_of_fault_has_a_test_that_is_there():
    text = (HOUSE / "docs" / "faults.md").read_text("utf-8")
    rows = re.findall(r"^\| .* \| `([^`]+\.(?:py|test\.js))` (.+) \|$", text, re.MULTILINE)
    assert len(rows) == len(re.findall(r"^\| ", text, re.MULTILINE)) - 1
    tests = HOUSE / "tests"
    begins = {True: "def {}(", False: "test('{}', "}
    named = [(file, begins[file.endswith(".py")].format(name)) for file, name in rows]
    assert [] == [test for file, test in named if test not in (tests / file).read_text("utf-8")]
