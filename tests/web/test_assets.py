"""Files that faces load are kept by browsers forever, and found again when they change."""

import gzip
import json
import posixpath
import re
import subprocess
from pathlib import Path

import pytest

from live.web import minify
from live.web.assets import FOR_PRESENTERS, Assets, File, joined
from live.web.bundle import join_apart, join_flat
from tests.web.edge import serving

TEMPLATES = Path(__file__).parents[2] / "templates"
AWKWARD = Path(__file__).parent / "awkward.js"
TREES = """
const { parse } = require("internal/deps/acorn/acorn/dist/acorn")
const plain = (key, it) => ["start", "end"].includes(key) ? undefined : typeof it === "bigint" ? String(it) : it
// Names are numbered in the order in which they come: private ones, and those of variables, which are no keys.
const isKey = (field, of) => !of.computed && (field === "key" || field === "property")
const numbered = (node, names, field, of) => {
  if (!node || typeof node !== "object") return
  if (node.type === "PrivateIdentifier" || (node.type === "Identifier" && !isKey(field, of))) {
    const name = node.type + node.name
    if (!names.includes(name)) names.push(name)
    node.name = `${names.indexOf(name)}`
  } else if (node.type !== "ImportSpecifier" && node.type !== "ExportSpecifier") {
    for (const [key, inside] of Object.entries(node)) {
      for (const one of Array.isArray(inside) ? inside : [inside]) numbered(one, names, key, node)
    }
  }
  return node
}
const tree = (text) =>
  JSON.stringify(numbered(parse(text, { ecmaVersion: "latest", sourceType: "module" }), [], "", {}), plain)
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


def test_modules_find_each_other_by_relative_addresses():
    """
    What one module imports stands under the same version; no import leads nowhere.
    """
    sources = Assets().sources
    imports = re.compile(rb'(?:from|import)\s*\(?["\'](\.{1,2}/[^"\']+)')
    found = [
        (path, posixpath.normpath(posixpath.join(posixpath.dirname(path), name.decode())))
        for path in sources
        if path.endswith(".js")
        for name in imports.findall(re.sub(rb"/\*.*?\*/", b"", sources[path], flags=re.DOTALL))
    ]
    assert 300 < len(found)
    assert [] == [(path, name) for path, name in found if name not in sources]


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


def test_types_are_for_the_checker_and_not_sent():
    files = sent()
    assert {"presenter/shared/dom.js", "static/shared/outbox.js"} <= set(files)
    assert [] == [path for path in files if path.endswith(".d.ts")]


async def test_what_phones_load_later_is_there_after_a_deploy(tmp_path):
    """
    A page that was opened before it asks for the script of a kind under the old mark, when the first one begins.
    """
    async with serving(tmp_path) as edge:
        for path in ("static/activities/scale.js", "static/phone/results.js"):
            answer = await edge.get(f"/assets/0123456789/{path}")
            assert (200, "no-store") == (answer.status_code, answer.headers["cache-control"])
            assert answer.content == Assets().file(path).body


def test_what_is_packed_unpacks_to_the_same():
    for file in sent().values():
        assert file.packed is None or gzip.decompress(file.packed) == file.body


def test_every_face_is_sent_the_same_program():
    """
    What was written and what is sent are one syntax tree, but for names that are its own, and more than two fifths of
    it was for readers.
    """
    files = sent()
    scripts = [path for path in files if path.endswith(".js")]
    written = Assets().sources
    sources = {path: joined(path, written) for path in scripts}
    assert tree([sources[path] for path in scripts]) == tree([files[path].body for path in scripts])
    assert [] == [path for path in scripts if b"/*" in files[path].body or len(files[path].body) >= len(sources[path])]


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ("/* a; b */\na  >  b ,\n c {\n  color : red ;\n}\n", "a > b,c{color : red;}\n"),
        ("a { margin: calc(1px + 2px); }", "a{margin: calc(1px + 2px);}\n"),
        ("a::before { content: ' ; /* no */ {' ; }", "a::before{content: ' ; /* no */ {';}\n"),
        ('@import "a  b.css"; a { }', '@import "a  b.css";a{}\n'),
        ("a :hover, a:is(b, c) d { --x: 1 , 2 }", "a :hover,a:is(b,c) d{--x: 1,2}\n"),
    ],
)  # fmt: skip
def test_a_style_is_sent_without_what_it_does_not_need(source, sent):
    assert sent.encode() == minify.style(source.encode())


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


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ("a  =  b + c ;\nd", b"a=b+c;d\n"),
        ("a - -b + +c - --d", b"a- -b+ +c- --d\n"),
        ("a / /b/.c", b"a/ /b/.c\n"),
        ("1 .toFixed()", b"1 .toFixed()\n"),
        ("return_ = `${a} ${b}  c ${ d }`", b"return_=`${a} ${b}  c ${d}`\n"),
        ("a\n++b\nc\n(d)", b"a\n++b\nc\n(d)\n"),
        ("f(\n  a,\n  b,\n)\n", b"f(a,b,)\n"),
        ("if (a) {\n  b\n} else {\n  c\n}", b"if(a){b}else{c}\n"),
        ("class A { #long = 1; has(it) { return #long in it && this . #long } }", None),
    ],
)
def test_as_little_as_possible_stands_between_tokens(source, sent):
    assert sent in (None, minify.script(source.encode()))
    assert tree([source.encode()]) == tree([minify.script(source.encode())])


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ("a = /** @type {A} */ (b).c", b"a=b.c\n"),
        ("return_(/** @type {A} */ (a.b('c')), (d))", b"return_(a.b('c'),(d))\n"),
        ("const f = () => { return /** @type {A} */ (this.a[0]) in b }", b"const f=()=>{return this.a[0]in b}\n"),
        ("a = /** @type {A} */ (b?.c).d", b"a=(b?.c).d\n"),
        ("a = /** @type {A} */ (b?.()[0]).d", b"a=(b?.()[0]).d\n"),
        ("new (/** @type {A} */ (a().b))(c)", b"new(a().b)(c)\n"),
        ("new /** @type {A} */ (a()).b(c)", b"new(a()).b(c)\n"),
        ("if /** @type {A} */ (a) b", b"if(a)b\n"),
        ("a * /** @type {A} */ (b + c)", b"a*(b+c)\n"),
        ("/** @type {A} */ ({ b }).b", b"({b}).b\n"),
        ("/** A note. */ (a).b", b"(a).b\n"),
    ],
)
def test_parentheses_of_casts_are_not_sent(source, sent):
    assert sent == minify.script(source.encode())
    assert tree([source.encode()]) == tree([sent])


def test_a_script_and_what_it_imports_become_one():
    """
    Each once and before who needs it; only the exports of the script itself stay.
    """
    files = {
        "a/one.js": b"import { two } from '../b/two.js'\nimport { three } from './three.js'\n"
        b"export const one = two + three\n",
        "b/two.js": b"import { three } from '../a/three.js'\nexport const two = three * 2, four = 4\n",
        "a/three.js": b"// the third\nconst three = 3\nexport { three }\n",
        "a/again.js": b"export { two } from '../b/two.js'\n",
    }
    one = join_flat("a/one.js", files.__getitem__)
    assert b"const three = 3\n\nconst two = three * 2, four = 4\nexport const one = two + three" in one
    assert minify.script(join_flat("a/again.js", files.__getitem__)).endswith(b"export{two}\n")


@pytest.mark.parametrize(
    "source",
    [
        "import { a as b } from './a.js'",
        "import * as a from './a.js'",
        "import a from './a.js'",
        "import a, { b } from './a.js'",
        "export * from './a.js'",
        "export default 1",
        "import './a.js'",
    ],
)
def test_what_cannot_be_joined_is_said(source):
    with pytest.raises(ValueError, match=r"b\.js:1: only named"):
        join_flat("b.js", {"b.js": source.encode(), "a.js": b"export const a = 1"}.__getitem__)


def test_modules_that_name_things_alike_are_joined_apart(tmp_path):
    """
    Each runs once, in the order in which a browser would run them, with whatever way to import and export there is.
    """
    files = {
        "a/start.js": b"import first, { two as second, Three } from './parts.js'\nimport * as all from './all.js'\n"
        b"import '../b/quiet.js'\nconst secret = 'start'\n"
        b"console.log(first, second, new Three().n, await all.four(), all.named.secret(), all.two, secret, ran)\n",
        "a/parts.js": b"import { secret } from '../b/deep.js'\nexport default { of: secret() }\nconst two = 2\n"
        b"export class Three { n = 3 }\nexport { two }\n",
        "a/all.js": b"export { default as named } from '../b/named.js'\nexport { two } from './parts.js'\n"
        b"const secret = 4, more = secret\nexport async function four() { return more }\n",
        "b/named.js": b"import * as deep from './deep.js'\nexport default deep\n",
        "b/deep.js": b"globalThis.ran = `${globalThis.ran ?? ''}d`\nexport const secret = () => 'deep', other = 1\n",
        "b/quiet.js": b"globalThis.ran += 'q'\n",
    }
    for path, source in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).with_suffix(".mjs").write_bytes(source.replace(b".js'", b".mjs'"))
    (tmp_path / "joined.mjs").write_bytes(minify.script(join_apart("a/start.js", files.__getitem__)))
    assert node(tmp_path / "joined.mjs") == node(tmp_path / "a/start.mjs") == "{ of: 'deep' } 2 3 4 deep 2 start dq\n"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("export let a = 1", "this way to export"),
        ("export * from './a.js'", "this way to export"),
        ("export const { a } = b", "this way to export"),
        ("import './b.js'", "import each other"),
        ("import './around.js'", "import each other"),
    ],
)
def test_what_cannot_be_joined_apart_is_said(source, why):
    files = {"b.js": source, "a.js": "export const a = 1", "around.js": "import { b } from './b.js'"}
    with pytest.raises(ValueError, match=rf"\.js:1: .*{why}"):
        join_apart("b.js", {path: text.encode() for path, text in files.items()}.__getitem__)


def test_all_that_a_page_loads_is_one_file():
    """
    What a template names is joined, and has no import left but those that wait for a kind.
    """
    loaded = {
        path
        for template in TEMPLATES.rglob("*.html")
        for path in re.findall(r'type="module" src="{{ asset\(\'([^\']+)', template.read_text(encoding="utf-8"))
    }
    assert set(FOR_PRESENTERS) <= loaded
    files = sent()
    assert [] == [path for path in loaded if re.search(rb"(^|[;}\n])import[ {*]", files[path].body)]
    assert 7 < len(loaded)


def sent() -> dict[str, File]:
    """Every file as it is sent, by its path."""
    assets = Assets()
    return {path: assets.file(path) for path in assets.sources}


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
