"""A day is read as people write it, wherever one is given, and one that does not exist is never told to people."""

from datetime import date

import pytest

from live.errors import Refused, WorkshopInvalid
from live.exports.report_document import day
from live.i18n import dates
from live.views.expectations import WANTED
from tests.meeting import Meeting, one
from tests.reading import parse, reread

DAY = date(2027, 5, 17)
WRITTEN = [
    "2027-05-17", "2027-5-17", "17.05.2027", "17.5.2027", "17. 5. 2027", "17.05.27", "17/5-2027", "17/5/2027",
    "17. mai 2027", "17 mai 2027", "17. MAI 2027", "mandag 17. mai 2027", "måndag den 17. mai 2027", "17 May 2027",
    "Monday, 17 May 2027", "17.\u00a0mai\u00a02027",
]  # fmt: skip
IMPOSSIBLE = [
    "2027-06-31",
    "31.06.2027",
    "31. juni 2027",
    "2027-13-01",
    "29.2.2027",
    "0.5.2027",
    "32/1-27",
]
WORDS = [
    "i juni 2027",
    "våren 2027",
    "innen to uker",
    "17. mai",
    "2027",
    "mai 2027",
    "kl. 17.05",
    "9999-12-31",
    "17.05.0027",
]


def with_day(key: str, written: str) -> str:
    return one("open").replace("language:", f"{key}: {written}\nlanguage:")


@pytest.mark.parametrize("key", ["date", "report-by", "dato", "svar-innen", "svar-innan"])
@pytest.mark.parametrize("written", WRITTEN)
def test_a_day_is_read_as_it_is_written(key, written):
    workshop, problems = parse(with_day(key, written))
    assert ["2027-05-17"] == [value for name, value in workshop.meta.items() if name in {"date", "report-by"}]
    assert [] == problems


@pytest.mark.parametrize("key", ["date", "report-by"])
@pytest.mark.parametrize("written", IMPOSSIBLE)
def test_a_day_that_does_not_exist_is_an_error_with_its_line(key, written):
    with pytest.raises(WorkshopInvalid) as invalid:
        parse(with_day(key, written))
    assert [(4, f"{key} is no day in the calendar: `{written}`")] == [
        (problem.line, problem.message) for problem in invalid.value.problems
    ]
    assert written == reread(with_day(key, written)).meta[key], "a meeting that has it already goes on"


@pytest.mark.parametrize("written", WORDS)
def test_other_words_are_told_as_they_stand_with_a_warning(written):
    workshop, problems = parse(with_day("report-by", written))
    assert (written, [4]) == (workshop.meta["report-by"], [problem.line for problem in problems])
    assert "report-by" in WANTED


@pytest.mark.parametrize("month", ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "oktober",
                                   "desember", "des.", "sept.", "January", "March", "October", "Dec"])  # fmt: skip
def test_the_months_of_every_language_are_read(month):
    found = dates.read(f"3. {month} 2027")
    assert found is not None
    assert month[:2].casefold() in {dates.MONTHS[found.month - 1][:2].casefold(), "ma", "de", "ok"}


@pytest.mark.parametrize(("language", "written"), [("nb", "17.05.2027"), ("nn", "17.05.2027"), ("en", "2027-05-17")])
def test_a_report_writes_the_day_of_an_older_meeting_in_its_language(language, written):
    assert {written} == {day(text, language) for text in WRITTEN}


def test_a_reply_takes_the_same_forms():
    meeting = Meeting(one("open"))
    meeting.act("start", activity="a")
    meeting.answer("p1", "x", "a", "Flere benker")
    meeting.act("follow", activity="a", status="doing", date="17. mai 2027")
    assert "2027-05-17" == meeting.room.followup.entry_of("a", "").date
    with pytest.raises(Refused, match="bad-date"):
        meeting.act("follow", activity="a", status="doing", date="31.6.2027")
