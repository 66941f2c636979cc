"""Own answers on a page of their own, and three words that find them again."""

import re
from pathlib import Path

import pytest

from live.journal.sqlite import FILE
from live.web.access import token_bucket
from live.web.access.guess_limits import PHRASES_PER_ADDRESS, PHRASES_PER_ROOM
from tests.meeting import answer_id
from tests.web.edge import bearer, serving

NB = {"Accept-Language": "nb"}


@pytest.fixture
async def edge(tmp_path: Path):
    async with serving(tmp_path) as edge:
        yield edge


async def given(edge, *texts: str):
    """A meeting that is over, where this phone has said *texts*."""
    opened = await edge.writing(attrs="id=a many=9")
    await edge.get(f"/{opened.code}")
    for text in texts:
        await edge.post(f"/{opened.code}/answers", data={"activity": "a", "id": answer_id(text), "text": text})
    for do in ("close", "reveal", "end"):
        await edge.act(opened, do)
    return opened


async def words_of(edge, opened) -> str:
    page = await edge.post(f"/{opened.code}/mine", data={"do": "phrase"})
    return re.search(r'class="words"[^>]*>([^<]+)<', page.text)[1]


async def search(edge, code: str, words: str):
    return await edge.post("/find", data={"code": code, "words": words}, headers=NB)


async def test_own_answers_are_deleted_after_the_end_without_script(edge, tmp_path):
    """
    The page asks once more; then the answer is in no report, export, view or public page, nor in any file.
    """
    opened = await given(edge, "Fru Strand i Nesvei 4", "Flere benker")
    strange = answer_id("Fru Strand i Nesvei 4")
    await edge.act(opened, "make_theme", activity="a", name="Trivsel", ids=[strange, answer_id("Flere benker")])
    await edge.act(opened, "release_answers", answers={strange: 1})
    await edge.act(opened, "publish")
    key = bearer(opened.facilitator_key)
    places = [f"/{opened.code}/report", f"/{opened.code}/mine", f"/{opened.code}", f"/{opened.code}/mine.txt"]
    places += [f"/api/rooms/{opened.code}/{end}" for end in ("answers", "export.html", "export.json", "export.csv")]
    texts = [(await edge.get(place, headers=key)).text for place in places]
    assert [] == [place for place, text in zip(places, texts, strict=True) if "Flere benker" not in text]
    assert 2 == texts[1].count("Slett</a>")
    assert f'href="/{opened.code}/mine?delete={strange}#a{strange}"' in texts[2]

    asked = await edge.get(f"/{opened.code}/mine?delete={strange}")
    assert 1 == asked.text.count("Slett</a>")  # a page that is asked for changes nothing
    done = await edge.post(f"/{opened.code}/mine", data={"do": "delete", "id": strange, "rev": "2"})
    assert (303, f"/{opened.code}/mine") == (done.status_code, done.headers["location"])

    texts = [(await edge.get(place, headers=key)).text for place in places]
    assert [] == [place for place, text in zip(places, texts, strict=True) if "Nesvei" in text]
    await edge.rooms.journal.close()  # which wipes
    assert [] == [file for file in (tmp_path / "data").glob(f"{FILE}*") if b"Nesvei" in file.read_bytes()]


async def test_only_a_phones_own_answers_are_its_to_read_and_delete(edge):
    opened = await given(edge, "Mitt")
    stranger = await edge.another()
    stranger.headers["Origin"] = edge.headers["Origin"]
    page = await stranger.get(f"/{opened.code}/mine")
    assert (303, f"/find?code={opened.code}") == (page.status_code, page.headers["location"])
    await stranger.get(f"/{opened.code}")  # now it is a phone too
    assert "Mitt" not in (await stranger.get(f"/{opened.code}/mine")).text
    for rev in ("2", "-1", "x"):
        form = {"do": "delete", "id": answer_id("Mitt"), "rev": rev}
        assert 422 == (await stranger.post(f"/{opened.code}/mine", data=form)).status_code
    assert "Mitt" in (await edge.get(f"/{opened.code}/mine")).text


async def test_three_words_find_copy_and_delete_from_any_device(edge, tmp_path, caplog):
    """
    The same words each time they are asked for; they stand in no address, no log and no file.
    """
    opened = await given(edge, "Mitt", "Mer")
    words = await words_of(edge, opened)
    assert words == await words_of(edge, opened)
    library = await edge.another()
    library.headers["Origin"] = edge.headers["Origin"]

    found = await search(library, f"{opened.code[:4]} {opened.code[4:]}", words.upper())
    assert (303, f"/{opened.code}/mine") == (found.status_code, found.headers["location"])
    assert "Max-Age=3600" in found.headers["set-cookie"]
    page = (await library.get(f"/{opened.code}/mine", headers=NB)).text
    assert "Mitt" in page
    assert "Vis de tre ordene" not in page
    assert "Hva mener dere?\n\n– Mitt\n– Mer\n" in (await library.get(f"/{opened.code}/mine.txt")).text

    await library.post(f"/{opened.code}/mine", data={"do": "delete", "id": answer_id("Mitt"), "rev": "2"})
    assert "Mitt" not in (await edge.get(f"/{opened.code}/mine")).text
    assert 422 == (await library.post(f"/{opened.code}/mine", data={"do": "phrase"})).status_code
    done = await library.post(f"/{opened.code}/mine", data={"do": "done"})
    assert "/find" == done.headers["location"]
    assert 303 == (await library.get(f"/{opened.code}/mine")).status_code

    await edge.rooms.journal.close()
    stored = b"".join(file.read_bytes() for file in (tmp_path / "data").glob(f"{FILE}*")).decode("utf-8", "replace")
    assert [] == [word for word in words.split() if word in caplog.text]
    assert words not in stored
    assert sum(word in stored for word in words.split()) < 3  # a short one may stand anywhere


async def test_whatever_is_wrong_the_answer_is_the_same(edge):
    opened = await given(edge, "Mitt")
    words = await words_of(edge, opened)
    other = await given(edge, "Ditt")
    wrong = [(opened.code, "agat agat agat"), ("99999999", words), (other.code, words), (opened.code, ""), ("", words)]
    pages = [await search(edge, code, typed) for code, typed in wrong]
    assert {404} == {page.status_code for page in pages}
    assert 1 == len({re.sub(r'value="\d*"', "", page.text) for page in pages})
    assert "Ordene finner ingen svar i det møtet" in pages[0].text
    for junk in (b"code=%ff&words=%ff", b"&" * 50):
        answer = await edge.post("/find", content=junk, headers={"Content-Type": "application/x-www-form-urlencoded"})
        assert 500 > answer.status_code


async def test_guessing_ends_soon_and_right_words_cost_nothing(edge):
    opened = await given(edge, "Mitt")
    words = await words_of(edge, opened)
    for _ in range(PHRASES_PER_ADDRESS + 2):
        assert 303 == (await search(edge, opened.code, words)).status_code
    for _ in range(PHRASES_PER_ADDRESS):
        assert 404 == (await search(edge, opened.code, "agat eple åsside")).status_code
    assert 404 == (await search(edge, opened.code, "eple eple epel")).status_code  # a slip, and no guess
    tired = await search(edge, opened.code, words)
    assert 429 == tired.status_code
    assert "prøvd for mange ganger" in tired.text


async def test_guesses_elsewhere_do_not_make_it_forget(edge, monkeypatch):
    """
    An address that has tried too often stays so, however many meetings that are none it asks for meanwhile.
    """
    monkeypatch.setattr(token_bucket, "REMEMBERED", 20)
    opened = await given(edge, "Mitt")
    wrong = "agat eple åsside"
    assert [404] * PHRASES_PER_ADDRESS + [429] == [
        (await search(edge, opened.code, wrong)).status_code for _ in range(PHRASES_PER_ADDRESS + 1)
    ]
    for n in range(40):
        await search(edge, str(10_000_000 + n), wrong)
    assert 429 == (await search(edge, opened.code, wrong)).status_code


async def test_many_addresses_together_guess_no_more(tmp_path):
    async with serving(tmp_path, proxies="127.0.0.1") as edge:
        opened = await given(edge, "Mitt")

        async def guess(n: int) -> int:
            """From another place each time; what one home has of IPv6 is one place."""
            where = {"X-Forwarded-For": f"2001:db8:0:{n}::{n}"}
            data = {"code": opened.code, "words": "agat eple åsside"}
            return (await edge.post("/find", data=data, headers=where)).status_code

        assert [404] * PHRASES_PER_ROOM + [429] * 3 == [await guess(n) for n in range(PHRASES_PER_ROOM + 3)]
        assert [404] * PHRASES_PER_ADDRESS + [429] == [
            (
                await edge.post(
                    "/find",
                    data={"code": "99999999", "words": "agat eple åsside"},
                    headers={"X-Forwarded-For": f"2001:db8::{n}"},
                )
            ).status_code
            for n in range(PHRASES_PER_ADDRESS + 1)
        ]


@pytest.mark.parametrize(
    ("hop", "last"), [("::ffff:192.0.2.{}", 404), ("192.0.2.1:{}", 429), ("[2001:db8::1]:{}", 429), ("192.0.2.{}", 404)]
)
async def test_an_address_counts_as_one_however_a_proxy_writes_it(tmp_path, hop, last):
    """
    A socket for both kinds of addresses says `::ffff:` before each of IPv4, and some proxies tell the port.
    """
    async with serving(tmp_path, proxies="127.0.0.1") as edge:
        opened = await given(edge, "Mitt")
        data = {"code": opened.code, "words": "agat eple åsside"}
        statuses = [
            (await edge.post("/find", data=data, headers={"X-Forwarded-For": hop.format(n)})).status_code
            for n in range(1, PHRASES_PER_ADDRESS + 2)
        ]
        assert [404] * PHRASES_PER_ADDRESS + [last] == statuses


async def test_a_made_up_finding_finds_nothing(edge):
    """The cookie that three words give is for one phone in one meeting, and ends."""
    opened, other = await given(edge, "Mitt"), await given(edge, "Ditt")
    words = await words_of(edge, opened)
    library = await edge.another()
    library.headers["Origin"] = edge.headers["Origin"]
    await search(library, opened.code, words)
    name = f"innspill_o_{opened.code}"
    phone, until, signature = library.cookies[name].split(".")
    for value in (
        f"{phone}.{int(until) + 1}.{signature}", f"{phone[:-1]}x.{until}.{signature}", f"{phone}..{signature}",
        f"{phone}.{until}", "", "..", f"{phone}.-1.{signature}",
    ):  # fmt: skip
        library.cookies.clear()
        library.cookies.set(name, value)
        assert 303 == (await library.get(f"/{opened.code}/mine")).status_code, value
    library.cookies.clear()
    library.cookies.set(f"innspill_o_{other.code}", f"{phone}.{until}.{signature}")
    assert 303 == (await library.get(f"/{other.code}/mine")).status_code
