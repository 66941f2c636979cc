"""Files that faces load are kept by browsers forever, and found again when they change."""

import gzip
import json
import re
import subprocess
from pathlib import Path

import pytest

from live.web import minify
from live.web.assets import Assets, folder
from tests.web.edge import serving

TEMPLATES = Path(__file__).parents[2] / "templates"
AWKWARD = Path(__file__).parent / "awkward.js"
TREES = """
const { parse } = require("internal/deps/acorn/acorn/dist/acorn")
const plain = (key, it) => ["start", "end"].includes(key) ? undefined : typeof it === "bigint" ? String(it) : it
const tree = (text) => JSON.stringify(parse(text, { ecmaVersion: "latest", sourceType: "module" }), plain)
console.log(JSON.stringify(JSON.parse(require("fs").readFileSync(0, "utf8")).map(tree)))
"""


async def test_a_file_is_kept_forever_under_an_address_of_its_version(tmp_path):
    async with serving(tmp_path) as edge:
        url = Assets().url("static/shared/tokens.css")
        answer = await edge.get(url, headers={"Accept-Encoding": "gzip"})
        plain = await edge.get(url, headers={"Accept-Encoding": "identity"})
        again = await edge.get(url, headers={"If-None-Match": answer.headers["etag"]})
        head = await edge.head(url)

    assert re.fullmatch(r"/assets/[0-9a-f]{10}/static/shared/tokens\.css", url)
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
        for path, file in assets.files.items():
            if path.endswith(".js"):
                for name in re.findall(rb'(?:from|import)\s*\(?["\'](\.{1,2}/[^"\']+)', file.body):
                    url = str(edge.base_url.join(assets.url(path)).join(name.decode()))
                    assert 200 == (await edge.get(url)).status_code, f"{path} imports {name.decode()}"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "static/shared/tokens.css/",
        "static/../templates/report.html",
        "templates/base.html",
        "%2e%2e/pyproject.toml",
        "..%2f..%2fpyproject.toml",
        "none.js",
    ],
)
async def test_nothing_else_is_served(tmp_path, path):
    async with serving(tmp_path) as edge:
        folder = Assets().url("static/shared/tokens.css").removesuffix("static/shared/tokens.css")
        answer = await edge.get(folder + path)

    assert 404 == answer.status_code


async def test_an_older_version_is_not_answered_with_a_newer_one(tmp_path):
    async with serving(tmp_path) as edge:
        assert 404 == (await edge.get("/assets/0123456789/static/shared/tokens.css")).status_code


def test_what_is_packed_unpacks_to_the_same():
    for file in Assets().files.values():
        assert file.packed is None or gzip.decompress(file.packed) == file.body


def test_a_phone_is_sent_the_same_program():
    """
    What was written and what is sent are one syntax tree, and a third of it was for readers. Styles go as written.
    """
    files = {path: file for path, file in Assets().files.items() if path.startswith("static/")}
    scripts = [path for path in files if path.endswith(".js")]
    sources = {
        path: (folder("static") / path.removeprefix("static/")).read_bytes()
        for path in files
        if path.endswith((".js", ".css"))
    }
    assert tree([sources[path] for path in scripts]) == tree([files[path].body for path in scripts])
    assert all(b"/*" not in files[path].body and len(files[path].body) < len(sources[path]) for path in scripts)
    assert [] == [path for path in sources if path.endswith(".css") and files[path].body != sources[path]]


def test_awkward_code_means_the_same(tmp_path):
    """
    Comments in strings and templates, quotes in patterns, private fields, lines that end a statement.
    """
    source = AWKWARD.read_bytes()
    sent = minify.script(source)
    (tmp_path / "sent.mjs").write_bytes(sent)
    assert node(AWKWARD) == node(tmp_path / "sent.mjs")
    assert tree([source]) == tree([sent])
    assert len(sent) < len(source)


@pytest.mark.parametrize(
    "source", ["x = (s) => /a  b/.test(s)", 'x = `${"`"}   // a`', "x = `${a ? `b   c` : 1}`", "class A { #a = 1\n#b }"]
)
def test_what_other_minifiers_break(source):
    """
    A pattern behind an arrow, templates within templates, and private fields that only a line break ends.
    """
    assert tree([source.encode()]) == tree([minify.script(source.encode())])


def test_what_cannot_be_read_is_sent_as_it_is():
    assert b"x = // a\n" == minify.script(b"x = // a\n")


def node(*arguments: str | Path, sent: str = "") -> str:
    return subprocess.run(
        ["node", *arguments], input=sent, capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout


def tree(sources: list[bytes]) -> str:
    """Syntax trees without positions, by the parser that Node has inside: not the one that was asked first."""
    sent = json.dumps([source.decode() for source in sources])
    return node("--expose-internals", "--input-type=commonjs", "-e", TREES, sent=sent)


async def test_a_part_of_a_file_is_the_whole_of_it(tmp_path):
    """
    Ranges are not served, so none can be made costly.
    """
    url = Assets().url("static/shared/tokens.css")
    async with serving(tmp_path) as edge:
        whole = await edge.get(url)
        part = await edge.get(url, headers={"Range": "bytes=" + ",".join(f"{n}-{n}" for n in range(3000))})
    assert (200, whole.content) == (part.status_code, part.content)
