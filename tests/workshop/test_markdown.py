import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.workshop.markdown import LONGEST_HTML, count_steps, plain, render
from tests.effort import grows_with_its_size

MARKUP = st.text(alphabet="abæ# +-*_`[]()<>!|\\&:/\"'=\n1.~", max_size=300)


def whole(body: str) -> str:
    return render(body, shown=None)


def test_items_not_shown_yet_are_not_in_the_page():
    body = "+ Først\n+ Så\n+ Sist\n\nEtterpå"

    assert "<p>Etterpå</p>\n" == render(body, shown=0)
    assert '<ul>\n<li data-step="1">Først</li>\n</ul>\n<p>Etterpå</p>\n' == render(body, shown=1)
    assert ["1", "2", "3"] == re.findall(r'data-step="(\d)"', whole(body))
    assert 3 == count_steps(body)


def test_an_item_takes_what_is_inside_it_along():
    body = "- Alltid\n  + En\n    + Inni\n  + To\n"

    assert ["1", "2", "3"] == re.findall(r'data-step="(\d)"', whole(body))
    assert "Alltid" in render(body, shown=0)
    assert [] == [word for word in ("En", "Inni", "To") if word in render(body, shown=0)]
    assert "Inni" not in render(body, shown=1)


def test_two_or_three_headings_become_columns():
    assert (
        '<p>Først</p>\n<div class="columns">\n<section>\n<h3>A</h3>\n<p>a</p>\n</section>\n'
        "<section>\n<h3>B</h3>\n<p>b</p>\n</section>\n</div>\n"
    ) == whole("Først\n\n### A\n\na\n\n### B\n\nb")
    assert 3 == whole("### A\n### B\n### C").count("<section>")


def test_a_column_may_have_no_heading():
    assert (
        '<div class="columns">\n<section>\n<p>a</p>\n</section>\n<section>\n<h3>B</h3>\n<p>b</p>\n</section>\n</div>\n'
    ) == whole("###\n\na\n\n### B\n\nb")
    assert "<h3>" not in whole("###\n\na\n\n###\n\nb")


@pytest.mark.parametrize("count", [1, 4])
def test_other_numbers_of_headings_stay_headings(count):
    html = whole("### A\n" * count)

    assert count == html.count("<h3>")
    assert "columns" not in html


def test_a_picture_is_its_words_for_now():
    assert '<p class="picture">Kart over bygda</p>\n' == whole("![Kart over *bygda*](kart.png)")
    assert '<p class="picture">A</p>\n<p class="picture">B</p>\n' == whole("![A](a.png)\n![B](b.png)")
    assert '<p>Se <span class="picture">A</span> her</p>\n' == whole("Se ![A](a.png) her")
    assert "a.png" not in whole("![](a.png)")


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "<!-- note -->",
        "<style>*{}</style>",
        '![<b onload="x">](x)',
        "```<script>\n</script>\n```",
        "| <b>a</b> |\n|---|\n| <script> |",
        "## <iframe>",
    ],
)
def test_markup_in_the_file_is_text(body):
    html = whole(body)

    assert [] == re.findall(r"<(?:script|img|style|b|iframe|!--)", html)
    assert "&lt;" in html or "note" in html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "/api/rooms",
        "//x.example",
        "vbscript:x",
        "&#106;avascript:x",
    ],
)
def test_links_lead_nowhere_odd(target):
    assert "<p><span>her</span></p>\n" == whole(f"[her]({target})")


def test_links_to_the_web_do_not_tell_where_they_were_found():
    link = '<a href="https://example.org/" rel="noopener noreferrer">'

    assert f"<p>{link}her</a></p>\n" == whole('[her](https://example.org/ "tittel")')
    assert f"<p>{link}https://example.org/</a></p>\n" == whole("<https://example.org/>")


def test_tables_are_aligned_without_styles():
    html = whole("| | b |\n|---|--:|\n| c | d |")

    assert '<td></td>\n<th class="right" scope="col">b</th>' in html
    assert '<td class="right">d</td>' in html
    assert "style" not in html


def test_where_the_corner_of_a_table_is_empty_each_row_has_a_header():
    html = whole("| | b |\n|---|---|\n| c | d |\n| | e |")

    assert '<th scope="row">c</th>\n<td>d</td>' in html
    assert "<td></td>\n<td>e</td>" in html
    assert '<th scope="row">' not in whole("| a | b |\n|---|---|\n| c | d |")


def test_a_quote_with_bold_words():
    assert "<blockquote>\n<p>Når <strong>to</strong></p>\n</blockquote>\n" == whole("> Når **to**")


@pytest.mark.parametrize(
    ("body", "numbers"),
    [
        ("17. mai stenges.\n24. juni er det bål.", [17, 24]),
        ("17. mai stenges.\n\n24. juni er det bål.", [17, 24]),
        ("1. Først\n1. Så", [1, 1]),
        ("3. Tredje\n2. Andre\n1. Første", [3, 2, 1]),
        ("0) Null\n10) Ti", [0, 10]),
        ("- a\n  2026. året\n\n  2030. året", [2030]),
        ("> 5. fem\n> 9. ni", [5, 9]),
        ("+ Vi:\n\n  4. fire\n  8. åtte", [4, 8]),
    ],
)
def test_a_number_is_shown_as_it_was_typed(body, numbers):
    html = whole(body)
    assert numbers == [int(number) for number in re.findall(r'<li value="(\d+)"', html)]
    assert ("bracket" in html) == (") " in body)
    assert "start=" not in html


def test_plain_is_one_line_without_marks():
    assert "Hva er viktigst?" == plain(" Hva er\n **viktigst**? ")
    assert "kart og lenke" == plain("![kart](a) og [lenke](https://a.no)")
    assert "[Bakgrunn]" == plain("[Bakgrunn]")
    assert "<b> & æ" == plain("<b> &amp; æ")


@given(MARKUP)
def test_no_slide_has_markup_of_its_own(body):
    """
    Whatever people write, the HTML has only the elements we make, with only the attributes we set.
    """
    tags = set(re.findall(r"<(/?[a-zA-Z!][^\s>]*)", whole(body)))
    attributes = set(re.findall(r'\s([a-z-]+)="', " ".join(re.findall(r"<[^>]*>", whole(body)))))

    ours = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "a", "em", "strong", "code", "pre", "hr", "br"}
    ours |= {"blockquote", "table", "thead", "tbody", "tr", "th", "td", "div", "section", "span"}
    assert set() == {tag.removeprefix("/") for tag in tags} - ours
    assert set() == attributes - {"href", "rel", "class", "data-step", "value", "scope"}


@given(MARKUP, st.integers(0, 5))
def test_as_many_steps_as_counted(body, shown):
    steps = count_steps(body)

    assert [str(n + 1) for n in range(steps)] == re.findall(r'data-step="(\d+)"', whole(body))
    assert [str(n + 1) for n in range(min(steps, shown))] == re.findall(r'data-step="(\d+)"', render(body, shown=shown))


@pytest.mark.uncounted
@pytest.mark.parametrize(
    ("head", "piece", "times"),
    [
        ("", "[", 10**6),
        ("", "![", 10**5),
        ("|a" * 300 + "\n" + "|-" * 300 + "\n", "|\n", 10**4),
        ("", "+ a\n", 10**5),
        ("", "&", 10**6),
    ],
)
def test_a_hostile_slide_is_small_and_quick(head, piece, times):
    assert LONGEST_HTML >= len(whole(head + piece * times))
    assert grows_with_its_size(lambda size: whole(head + piece * size), times)
