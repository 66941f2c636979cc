"""Pictures in a workshop's text: where they stand, what is told of them, and what becomes of one that is missing."""

import pytest

from live.errors import ArchiveRefused
from live.workshop.markdown import LONGEST_HTML, render
from live.workshop.pagination import screens_needed
from live.workshop.pictures import (
    MOST_PICTURES,
    Gallery,
    Picture,
    PictureRef,
    check_limits,
    in_text,
    missing,
    uses,
)
from tests.effort import grows_with_its_size
from tests.meeting import one
from tests.reading import parse, reread

A, B = Picture("a" * 32, 1600, 900, 720, 9), Picture("b" * 32, 300, 400, 300, 9)
GALLERY = Gallery("/25054015/pictures/", (("a.png", A), ("b b.png", B)))
FRONT = "---\nformat: workshop/1\ntitle: Prøve\nlanguage: nb\n---\n"


def shown(body: str, **more) -> str:
    return render(body, shown=None, pictures=GALLERY, **more)


def looks(body: str) -> list[str]:
    """The places of the figures in *body*, in their order."""
    html = shown(body)
    return [part.partition('"')[0] for part in html.split('<figure class="')[1:]]


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("Tekst\n\n![A](a.png)", ["picture right"]),
        ("![A](a.png)\nTekst rett under", ["picture right"]),
        ("![A](a.png){venstre}\n\nTekst", ["picture left"]),
        ("![A](a.png){left}\n\n![B](<b b.png>){right}\n\nTekst", ["picture", "picture"]),
        ("![A](a.png){hele}\n\nTekst", ["picture full"]),
        ("![A](a.png){full}", ["picture full"]),
        ("![A](a.png) ![B](b%20b.png)\n\nTekst", ["picture", "picture"]),
        ("![A](a.png)", ["picture"]),
        ("### En\n![A](a.png)\n### To\nTekst", ["picture"]),
        ("![C](c.png)\n\nTekst", []),
    ],
)
def test_where_a_picture_stands(body, places):
    assert places == looks(body)


def test_alone_on_the_slide_it_has_all_the_room():
    assert '<div class="pictures only">' in shown("![A](a.png)")
    assert '<div class="pictures">' in shown("![A](a.png)![A](a.png)\n\nTekst")


def test_caption_source_and_words():
    html = shown('![Kart & "torg"](a.png "Torget"){kilde="Foto: <Ola>"}\n\nTekst')
    assert 'alt="Kart &amp; &quot;torg&quot;"' in html
    assert "<figcaption>Torget · <cite>Foto: &lt;Ola&gt;</cite></figcaption>" in html
    assert 'width="1600" height="900"' in html
    assert 'src="/25054015/pictures/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-1600.webp"' in html
    assert 'alt="" ' in shown("![Pynt](a.png){pynt}")
    small = render("![A](a.png)", shown=None, pictures=Gallery("/1/pictures/", GALLERY.pictures, small=True))
    assert "-720.webp" in small


def test_a_picture_in_a_list_or_a_table_is_in_its_line():
    html = shown("- En ![A](a.png) her\n\n| a |\n|---|\n| ![A](a.png) |")
    assert 2 == html.count("<img ")
    assert "<figure" not in html


def test_one_that_is_not_there_is_its_words_without_what_is_in_braces():
    assert '<p class="picture">Kart</p>\n' == shown("![Kart](c.png){right}")
    assert '<p>Se <span class="picture">Kart</span>.</p>\n' == shown("Se ![Kart](c.png){right}.")


def test_html_stays_within_its_limit_however_many_pictures_there_are():
    assert len(shown("![A](a.png)\n\n" * 700)) <= LONGEST_HTML


def test_a_question_and_its_options_have_pictures_and_keep_their_words():
    options = "- ![Rådhuset](a.png) Ved rådhuset\n- Ved elva ![](b.png){pynt}\n- ![Havna](c.png)"
    text = one("choice", "id=a", f"![Torget](torg.png)\nVelg **ett**.\n{options}")
    activity = parse(text)[0].slides[0].activities[0]
    assert ("Velg ett.", PictureRef("torg.png", "Torget")) == (activity.instruction, activity.picture)
    assert [
        ("Ved rådhuset", PictureRef("a.png", "Rådhuset")), ("Ved elva", PictureRef("b.png")),
        ("Havna", PictureRef("c.png", "Havna")),
    ] == [(option.text, option.picture) for option in activity.options]  # fmt: skip
    earlier = reread(text, edition=3).slides[0].activities[0]
    assert ("Torget Velg ett.", "Rådhuset Ved rådhuset", None) == (
        earlier.instruction, earlier.options[0].text, earlier.options[0].picture,
    )  # fmt: skip


def test_what_is_wrong_with_a_picture_is_told_with_its_line():
    text = FRONT + "# Hei\n![](a.png)\n![Kart](b.png){rigth}\n![](c.png){pynt}\n\n    ![](d.png)\n"
    told = [(one.line, one.message) for one in parse(text)[1]]
    assert [
        (7, "A picture without words for those who do not see it: write them in `![…](…)`, or `{decorative}` after a "
            "picture that tells nothing"),
        (8, "`rigth` says nothing about a picture (did you mean `right`?)"),
    ] == told  # fmt: skip
    inside = parse(one("open", "id=a", "![](a.png)\nSkriv."))[1]
    assert [10] == [problem.line for problem in inside]


def test_pictures_that_are_missing_are_told_once_each():
    text = FRONT + "# Hei\n![A](a.png)\n![A](a.png)\n![B](./b.png)\n![C](https://eksempel.no/c.png)\n"
    assert {"a.png": 7, "b.png": 9, "https://eksempel.no/c.png": 10} == uses(text)
    assert [(9, True), (10, True)] == [(one.line, one.warning) for one in missing(text, ["a.png"])]


def test_limits_count_a_picture_once_under_however_many_names():
    check_limits({f"{n}.png": A for n in range(MOST_PICTURES + 5)})
    with pytest.raises(ArchiveRefused, match="at most 40"):
        check_limits({f"{n}.png": Picture(f"{n:032}", 9, 9, 9, 1) for n in range(MOST_PICTURES + 1)})
    with pytest.raises(ArchiveRefused, match="more than 12 MB"):
        check_limits({"a.png": Picture("a" * 32, 9, 9, 9, 13 * 2**20)})


@pytest.mark.parametrize("piece", ["![", "![a](", "![a](b", "![a](b){", '![a](b "', "![a]( ", "{right"])
def test_a_hostile_line_is_read_in_linear_time(piece):
    assert grows_with_its_size(lambda n: list(in_text(piece * n)), 4_000)


def test_check_counts_with_the_room_that_a_picture_leaves():
    line = "- Punkt med mange nok ord til at det fyller en hel linje bortover skjermen\n"
    points, whole = line * 7, "![A](a.png){full}\n\n"
    bodies = [points, f"{points}\n![A](a.png)", f"![A](a.png) ![B](b.png)\n\n{points}", "![A](a.png)", whole + points]
    assert [1, 2, 2, 1, 1] == [screens_needed(parse(f"{FRONT}## T\n{body}\n")[0].slides[0]) for body in bodies]
