"""The page that says who can use this: it stands a press away from everywhere, and is filled in by those who run it."""

import pytest

from live.settings import SettingWrong, read
from tests.web.edge import bearer, serving


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "Dette holder ikke mål ennå"),
        ("nn", "Dette held ikkje mål enno"),
        ("en", "What we know falls short"),
    ],
)
async def test_it_is_told_in_each_language(tmp_path, language, sentence):
    async with serving(tmp_path) as edge:
        answer = await edge.get("/accessibility", headers={"Accept-Language": language})

    assert 200 == answer.status_code
    assert sentence in answer.text
    assert language == answer.headers["content-language"]


async def test_a_link_to_it_stands_on_every_page(tmp_path):
    """
    Also on the one that says there is no such meeting. On the big screen it is with the keys.
    """
    async with serving(tmp_path) as edge:
        opened = await edge.open()
        await edge.act(opened, "next")
        pages = ["", "/results", "/report", "/slides/1", "/console", "/screen"]
        for path in ("/", "/new", "/?code=10203040", *(f"/{opened.code}{page}" for page in pages)):
            answer = await edge.get(path, headers=bearer(opened.facilitator_key) | {"Accept": "text/html"})
            assert 1 == answer.text.count('href="/accessibility"'), path
        chosen = await edge.get("/?lang=nn")
    assert 'href="/accessibility?lang=nn"' in chosen.text


async def test_those_who_run_it_say_their_part(tmp_path):
    """
    Bokmål from the file that is named, other languages from those beside it, and bokmål where there is none.
    """
    (tmp_path / "tilgjengelighet.md").write_text("Vi er **Eksempel kommune**.\n\n<script>alert(1)</script>", "utf-8")
    (tmp_path / "tilgjengelighet.nn.md").write_text("Vi er Døme kommune.", "utf-8")
    async with serving(tmp_path, accessibility=str(tmp_path / "tilgjengelighet.md")) as edge:
        nb, nn, en = [(await edge.get(f"/accessibility?lang={language}")).text for language in ("nb", "nn", "en")]

    assert '<section lang="nb"><p>Vi er <strong>Eksempel kommune</strong>.</p>' in nb
    assert '<section lang="nn"><p>Vi er Døme kommune.</p>' in nn
    assert '<section lang="nb"><p>Vi er <strong>Eksempel kommune</strong>.</p>' in en
    assert "<script>alert" not in nb
    assert "INNSPILL_ACCESSIBILITY" not in nb


async def test_until_then_it_says_that_they_have_not(tmp_path):
    async with serving(tmp_path) as edge:
        text = (await edge.get("/accessibility?lang=en")).text

    assert "They have not written anything here yet." in text
    assert "INNSPILL_ACCESSIBILITY" in text


def test_a_file_that_cannot_be_read_stops_the_start(tmp_path):
    (tmp_path / "latin.md").write_bytes("Tilgjengelighetserklæring".encode("latin-1"))
    for name in ("missing.md", "latin.md"):
        with pytest.raises(SettingWrong, match=f"INNSPILL_ACCESSIBILITY .*{name}"):
            read({"INNSPILL_ACCESSIBILITY": str(tmp_path / name)})
