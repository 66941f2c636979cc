"""The one-page sheet (A4): what is chosen when not everything fits, and that it is one page."""

import re

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live import exports, qr
from live.exports.one_page import sheet as one_page_sheet
from live.exports.one_page.layout import COLUMN, choose, cut, wide, wrapped
from live.rules import commands
from live.workshop.accent import FJORD
from tests.meeting import Meeting, answer_id

URL = "https://innspill.eksempel.kommune.no/25054015/report"
HEAD = (
    "---\nformat: workshop/1\ntitle: Nærdemokrati\nlanguage: {language}\norganisation: Eksempel kommune\n"
    "owner: Kommunedirektøren\nreport-by: 2027-06-01\n---\n\n## {question}\n\n"
    ":::open{{id=a many=99 max=1000}}\nSkriv.\n:::\n"
)
LONG = "At kommunen svarer når vi spør, og forklarer hva som skjer med innspillene våre, også når svaret er nei. "
BLANK = " \t\r\n"
SHORT = ["Flere benker", "Åpne møter på kveldstid", "Svar innen en uke", "Bygdehus for alle", "Ta med ungdomsrådet"]


def gathered(
    themes: int, answers: int = 6, texts: list[str] = SHORT, *, question: str = "Hva er viktigst?", name: str = "Tema",
    promises: int = 0, language: str = "nb",
) -> Meeting:  # fmt: skip
    """A meeting after its end, with so many *themes* of so many *answers*; 0 themes: nothing was gathered."""
    at = Meeting(HEAD.format(question=question, language=language))
    at.act("start", activity="a")
    for n in range(themes or 1):
        ids = []
        for k in range(answers):
            at.answer(f"p{k}", f"{n}-{k}", "a", texts[(n + k) % len(texts)])
            ids.append(answer_id(f"{n}-{k}"))
        if themes:
            at.command(commands.MakeTheme(activity="a", id=f"t{n}", name=f"{name} {n}", ids=ids))
    for k in range(promises):
        at.act("promise", text=f"{k} {LONG * 3}" if k else "Vi tar det med oss.", who="Ordføreren")
    at.act("end")
    return at


CROWDED = {
    "few and short": gathered(3),
    "twelve themes": gathered(12, texts=[*SHORT, LONG], promises=1),
    "all of it long": gathered(
        12, 8, [LONG * 9], question="Hva er viktigst for dere " * 12, name="Et langt navn på et tema om mye og",
        promises=20,
    ),
    "forty themes": gathered(40, 3),
    "no themes": gathered(0, 99, [*SHORT, LONG]),
    "no answers": gathered(0, 0),
    "wide letters": gathered(
        12, 8, ["W" * 1000, "漢字" * 400, "😀" * 400], name="W" * 50, question="W" * 150, promises=3,
    ),
}  # fmt: skip


def sheet_of(at: Meeting) -> one_page_sheet.Sheet:
    return one_page_sheet.sheet(exports.take_snapshot(at.room, withheld=False, rehearsal=False), URL)


def page(at: Meeting, url: str = URL) -> str:
    return one_page_sheet.write(exports.take_snapshot(at.room, withheld=False, rehearsal=False), url).decode()


def test_three_quotes_of_each_theme_and_how_many_more():
    one = sheet_of(gathered(12, texts=[*SHORT, LONG]))
    themes = [*one.themes[0], *one.themes[1]]
    assert [(6, 3, 3)] * 12 == [(theme.answers, len(theme.quotes), theme.more) for theme in themes]
    assert [LONG.strip()] != {quote for theme in themes for quote in theme.quotes}
    assert 0 == one.left_out


def test_the_sheet_says_how_much_did_not_fit():
    one = sheet_of(CROWDED["forty themes"])
    assert 28 == one.left_out
    assert "og 28 temaer til, i rapporten" in page(CROWDED["forty themes"])
    assert "og 18 til" in page(CROWDED["all of it long"])  # promises
    loose = sheet_of(CROWDED["no themes"]).themes
    assert 99 == len(loose[0][0].quotes) + len(loose[1][0].quotes) + loose[1][0].more


def test_a_short_meeting_is_set_in_larger_letters():
    assert sheet_of(gathered(3)).scale > sheet_of(gathered(12, texts=[LONG])).scale == 1.0


def test_withheld_deleted_and_withdrawn_answers_are_not_on_it():
    at = gathered(1, 3, ["Nordmann bor her", "Strand bor der", "Vik bor hit"])
    at.act("hide_answer", id=answer_id("0-0"), reason="navn")
    at.act("redact_answer", id=answer_id("0-1"))
    at.withdraw("p2", "0-2")
    assert [] == [name for name in ("Nordmann", "Strand", "Vik") if name in page(at)]


def test_what_people_wrote_is_text_and_nothing_is_loaded():
    written = page(gathered(1, 1, ["<script>alert(1)</script>"], name="<b>"))
    assert "<script" not in written
    assert "&lt;script&gt;" in written
    assert [] == re.findall(r"(?:src|href|url)\s*[=(]", written)
    assert one_page_sheet.policy(FJORD) in written
    assert written.count("<style>") == 1
    assert qr.path(URL)[0] in written
    assert "<svg" not in page(gathered(1), url="")


@pytest.mark.parametrize(
    ("language", "heading"), [("nb", "Hva skjer nå"), ("nn", "Kva skjer no"), ("en", "What happens next")]
)
def test_it_is_in_the_language_of_the_meeting(language, heading):
    assert heading in page(gathered(1, language=language))
    assert f'<html lang="{language}">' in page(gathered(1, language=language))


def test_each_question_has_a_sheet():
    """Choices have figures instead of quotes; and on the screen, each sheet has links to the others."""
    choice = "\n---\n\n## Hvor?\n\n:::choice{id=sted}\n- Skolen\n- Torget\n:::\n"
    at = Meeting(HEAD.format(question="Hva?", language="nb") + choice)
    at.act("start", activity="a")
    at.answer("p", "w", "a", "Flere benker")
    at.act("start", activity="sted")
    for phone in ("p", "q"):
        at.answer(phone, phone, "sted", value=["b"])
    all_of_it = exports.take_snapshot(at.room, withheld=False, rehearsal=False)
    one = one_page_sheet.sheet(all_of_it, URL)
    assert ("Hva?", [("sted", "Hvor?")]) == (one.question, one.others)
    assert '<a href="?activity=sted">Hvor?</a>' in page(at)
    assert "Torget" not in page(at)
    other = one_page_sheet.write(all_of_it, URL, "sted").decode()
    assert "Torget: 2 (100\u00a0%)" in other
    assert "Andre spørsmål, i rapporten: 1" in other
    assert one_page_sheet.write(all_of_it, URL, "no such one") == one_page_sheet.write(all_of_it, URL)


def test_the_code_leads_to_where_letters_count():
    assert qr.matrix("https://a.no/25054015/report") != qr.matrix("https://a.no/25054015/REPORT")
    assert qr.matrix("https://a.no/25054015") == qr.matrix("HTTPS://A.NO/25054015")


@settings(max_examples=60)
@given(st.text(max_size=300), st.floats(20, 100), st.integers(1, 4))
def test_lines_are_as_wide_as_they_may_be_and_nothing_is_lost(text, width, most):
    lines = wrapped(text, 3.35, width)
    assert [sign for sign in text if sign not in BLANK] == [
        sign for line in lines for sign in line if sign not in BLANK
    ]
    assert [] == [line for line in lines if len(line) > 1 and wide(line, 3.35) > width + 1e-6]
    shown, n = cut(text, 3.35, width, most)
    assert n == min(len(lines), most)
    if len(lines) > most:
        assert shown.endswith("…")
    else:
        assert "".join(lines).replace(" ", "") == shown.replace(" ", "")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(min_size=1, max_size=60), st.lists(st.text(min_size=1, max_size=200), max_size=8)),
        max_size=15,
    ),
    st.floats(20, 200),
)
def test_columns_are_never_higher_than_the_sheet(themes, high):
    columns, scale, left_out = choose(themes, high)
    kept = [*columns[0], *columns[1]]
    assert len(themes) == len(kept) + left_out
    assert [len(texts) for _, texts in themes[: len(kept)]] == [one.answers for one in kept]
    assert [one.answers for one in kept] == [len(one.quotes) + one.more for one in kept]
    for column in columns:
        lines = sum(len(wrapped(quote, 3.35 * scale, COLUMN - 3.5 * scale)) for one in column for quote in one.quotes)
        assert 4.4 * scale * lines <= high


@pytest.mark.soak
def test_the_pdf_is_one_page():
    body = exports.SHEETS["pdf"](
        exports.take_snapshot(CROWDED["all of it long"].room, withheld=False, rehearsal=False), URL, ""
    )
    file = pypdfium2.PdfDocument(body)
    assert 1 == len(file)
    assert pypdfium2.raw.FPDFCatalog_IsTagged(file)
    assert "og 18 til" in file[0].get_textpage().get_text_bounded()
