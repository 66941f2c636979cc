"""Files that faces load are kept by browsers forever, and found again when they change."""

import gzip
import re

import pytest

from live.web.assets import Assets, folder
from tests.web.edge import serving


async def test_a_file_is_kept_forever_under_an_address_of_its_version(tmp_path):
    async with serving(tmp_path) as edge:
        url = Assets().url("tokens.css")
        answer = await edge.get(url, headers={"Accept-Encoding": "gzip"})
        plain = await edge.get(url, headers={"Accept-Encoding": "identity"})
        again = await edge.get(url, headers={"If-None-Match": answer.headers["etag"]})
        head = await edge.head(url)

    assert re.fullmatch(r"/static/[0-9a-f]{10}/tokens\.css", url)
    assert 200 == answer.status_code == head.status_code
    assert "immutable" in answer.headers["cache-control"]
    assert ("gzip", "text/css; charset=utf-8") == (answer.headers["content-encoding"], answer.headers["content-type"])
    assert answer.content == plain.content
    assert "content-encoding" not in plain.headers
    assert (304, b"") == (again.status_code, again.content)
    assert b"" == head.content


async def test_modules_find_each_other_by_relative_addresses(tmp_path):
    """
    What one module imports stands under the same version; no import leads nowhere.
    """
    assets = Assets()
    async with serving(tmp_path) as edge:
        for tree in assets.trees:
            for path, file in tree.files.items():
                if path.endswith(".js"):
                    for name in re.findall(rb'(?:from|import)\s*\(?["\'](\.{1,2}/[^"\']+)', file.body):
                        url = str(edge.base_url.join(tree.url(path)).join(name.decode()))
                        assert 200 == (await edge.get(url)).status_code, f"{path} imports {name.decode()}"


@pytest.mark.parametrize(
    "path",
    ["", "tokens.css/", "../templates/report.html", "%2e%2e/pyproject.toml", "..%2f..%2fpyproject.toml", "none.js"],
)
async def test_nothing_else_is_served(tmp_path, path):
    async with serving(tmp_path) as edge:
        folder = Assets().url("tokens.css").removesuffix("tokens.css")
        answer = await edge.get(folder + path)

    assert 404 == answer.status_code


async def test_an_older_version_is_not_answered_with_a_newer_one(tmp_path):
    async with serving(tmp_path) as edge:
        assert 404 == (await edge.get("/static/0123456789/tokens.css")).status_code


def test_what_is_packed_unpacks_to_the_same():
    for tree in Assets().trees:
        for file in tree.files.values():
            assert file.packed is None or gzip.decompress(file.packed) == file.body


def test_only_comments_and_indentation_are_kept_from_phones():
    """
    Which is safe as long as no text in the source runs over several lines, and no comment behind code is cut in a text.
    """
    for path, file in Assets().trees[0].files.items():
        if path.endswith(".js"):
            source = (folder("static") / path).read_text("utf-8")
            assert all(line.count("`") % 2 == 0 for line in source.splitlines()), path
            lines = [line.strip() for line in source.splitlines()]
            before = {line.partition(" // ")[0].rstrip() for line in lines}
            assert set(file.body.decode().splitlines()) <= before | set(lines), path
            assert file.body.startswith((b"import", b"export", b"const")), path


async def test_a_part_of_a_file_is_the_whole_of_it(tmp_path):
    """
    Ranges are not served, so none can be made costly.
    """
    url = Assets().url("tokens.css")
    async with serving(tmp_path) as edge:
        whole = await edge.get(url)
        part = await edge.get(url, headers={"Range": "bytes=" + ",".join(f"{n}-{n}" for n in range(3000))})
    assert (200, whole.content) == (part.status_code, part.content)
