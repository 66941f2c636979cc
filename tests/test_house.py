"""Rules that hold in the whole project, checked by reading its sources: kinds, translations, security table, docs."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages import Catalog, Message, mofile, pofile
from babel.messages.extract import extract_from_dir

from live.activities import KINDS
from live.i18n.languages import LANGUAGES
from tests import package_diagram

HOUSE = Path(__file__).parents[1]
LOCALES = HOUSE / "live" / "locale"

TRANSLATED = [language for language in LANGUAGES if language != "en"]  # the English sentences are the keys
# Functions that are called with a sentence to translate, and the position of that argument; the last three report on a
# workshop file.
ASKS = {
    "_": 0, "N_": 0, "say": 0, "gettext": 0, "ngettext": 0, "_translate": 0, "BadValue": 0, "error": 1, "warn": 1,
    "refuse": 0,
}  # fmt: skip
# A match over all actions, one call each: read as a table, and checked by mypy to be complete.
FLAT_TABLES = {"live/rules/decide.py:_act"}
LONGEST = {ast.ClassDef: 250, ast.FunctionDef: 60, ast.AsyncFunctionDef: 60}  # lines
FORBIDDEN = re.compile(r"\b(rom(met|mene|ma|s)?|konsoll\w*|fasilitator\w*|aktivitet\w*|anonym\w*)\b", re.IGNORECASE)


def test_the_map_of_the_packages_is_current():
    """
    After a change of packages or imports, `make reference`.
    """
    assert package_diagram.page() == package_diagram.PAGE.read_text("utf-8")


def test_no_folder_is_crowded():
    """
    At most 12 modules at the top of live/, and 20 files in any folder but that of the kinds.
    """
    assert 12 >= len(list((HOUSE / "live").glob("*.py")))
    folders = [folder for tree in ("live", "presenter", "static", "templates") for folder in (HOUSE / tree).rglob("*/")]
    files = {folder: [one for one in folder.iterdir() if one.is_file()] for folder in folders if folder.is_dir()}
    crowded = {str(folder): len(found) for folder, found in files.items() if len(found) > 20}
    assert {} == {folder: n for folder, n in crowded.items() if not folder.endswith(("/activities", "/__pycache__"))}


def test_what_npm_installs_is_named_exactly_and_from_nowhere():
    """
    Everyone installs from the registry that their own npm knows: with `.npmrc`, npm writes no address into the lock.
    """
    asked = json.loads((HOUSE / "package.json").read_text("utf-8"))["devDependencies"]
    lock = json.loads((HOUSE / "package-lock.json").read_text("utf-8"))["packages"]
    assert asked == {name: lock[f"node_modules/{name}"]["version"] for name in asked}
    assert [] == [
        name for name, package in lock.items() if name and ("resolved" in package or "integrity" not in package)
    ]


def test_a_start_loads_no_library_that_only_some_commands_need():
    """
    Sheets, codes to scan, files of offices and metrics: their libraries took two fifths of a start.
    """
    late = ["xlsxwriter", "qrcode", "PIL", "prometheus_client", "docx", "pptx", "weasyprint", "icalendar", "simplemma"]
    ask = f"import sys, live.cli; print([name for name in {late} if name in sys.modules])"
    assert (
        "[]" == subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout.strip()
    )


def test_no_class_and_no_function_is_long():
    """
    A class fits on five screens and a function on one; what is longer is carved into parts with names of their own.
    """
    long = {
        f"{path.relative_to(HOUSE).as_posix()}:{node.name}"
        for path in (HOUSE / "live").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if type(node) in LONGEST and node.end_lineno - node.lineno + 1 > LONGEST[type(node)]
    }
    assert FLAT_TABLES == long


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "place", ["live/activities/{}.py", "templates/activities/{}.html", "tests/activities/test_{}.py"]
)
def test_a_kind_has_the_same_name_in_every_tree(kind, place):
    assert (HOUSE / place.format(kind)).is_file()


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.writes == "choices"])
def test_a_kind_with_choices_has_a_script_for_phones(kind):
    assert (HOUSE / "static" / "activities" / f"{kind}.js").is_file()


def test_every_kind_is_explained():
    readme = (HOUSE / "README.md").read_text("utf-8")
    assert [] == [kind for kind in KINDS if f":::{kind}" not in readme]


# -- the languages ----------------------------------------------------------------------------------------------


def catalogs(language: str) -> dict[Path, Catalog]:
    found = {}
    for path in sorted((LOCALES / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            found[path] = pofile.read_po(file, locale=language)
    return found


def key(message: Message) -> str:
    """The message id; of one with singular and plural, the singular."""
    return message.id if isinstance(message.id, str) else message.id[0]


def messages(language: str) -> dict[str, list[str]]:
    """Every message id with its translations, as all catalogues together give it."""
    return {
        key(message): list(plain(message.string))
        for catalog in catalogs(language).values()
        for message in catalog
        if message.id
    }


def asked_for() -> dict[str, str]:
    """Every message id that templates and sources use, with one place where it is used."""
    ids = {}
    for name, line, message, *_ in extract_from_dir(
        HOUSE / "templates", [("**.html", "jinja2.ext:babel_extract")], keywords={"_": None, "ngettext": (1, 2)}
    ):
        ids.setdefault(message if isinstance(message, str) else message[0], f"templates/{name}:{line}")
    # Babel reads no sentence inside an f-string; Python's own parser does.
    for path in (HOUSE / "live").glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if name in ASKS:
                    match args[ASKS[name] : ASKS[name] + 1]:
                        case [ast.Constant(value=str(id))]:
                            ids.setdefault(id, f"{path.relative_to(HOUSE)}:{node.lineno}")
    return ids


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language):
    translated = messages(language)
    assert {} == {id: place for id, place in asked_for().items() if not all(translated.get(id, [""]))}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_sentence_stands_in_one_catalogue(language):
    """
    All catalogues are read as one, so of two translations one would hide the other.
    """
    places: dict[str, list[str]] = {}
    for path, catalog in catalogs(language).items():
        for message in catalog:
            places.setdefault(key(message), []).append(path.stem)
    assert {} == {id: stems for id, stems in places.items() if id and len(stems) > 1}


def test_every_language_has_the_same_catalogues():
    """
    A sentence is in the same catalogue in every language, so that whoever corrects one finds the others.
    """

    def places(language):
        return {(path.stem, plain(message.id)) for path, catalog in catalogs(language).items() for message in catalog}

    first, *others = TRANSLATED
    assert [set()] * len(others) == [places(first) ^ places(other) for other in others]


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_unused(language):
    assert set() == messages(language).keys() - asked_for().keys()


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_placeholders(language):
    def names(text):
        return set(re.findall(r"\{(\w*)\}", text))

    wrong = {
        id: strings
        for id, strings in messages(language).items()
        if any(names(string) - names(id) or (len(strings) == 1 and names(id) - names(string)) for string in strings)
    }
    assert {} == wrong


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_norwegian_uses_the_words_people_use(language):
    """
    People read møte, møteleder, oppgave; never rom, fasilitator, aktivitet. And nothing is called anonymous.
    """
    assert [] == [string for strings in messages(language).values() for string in strings if FORBIDDEN.search(string)]


def plain(message: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """A sentence, or its singular and plural, always as a tuple."""
    return (message,) if isinstance(message, str) else tuple(message)


@pytest.mark.parametrize("language", TRANSLATED)
def test_compiled_messages_are_those_that_are_written(language):
    """
    After a change to a .po, `make messages`.
    """
    read = catalogs(language)
    assert read.keys() == {path.with_suffix(".po") for path in (LOCALES / language).glob("*/*.mo")}
    for path, catalog in read.items():
        with path.with_suffix(".mo").open("rb") as file:
            compiled = {plain(message.id): plain(message.string) for message in mofile.read_mo(file) if message.id}
        written = {plain(m.id): plain(m.string) for m in catalog if m.id and m.string and not m.fuzzy and all(m.string)}
        assert written == compiled, path


def test_every_attack_names_a_test_that_is_there():
    """
    docs/security.md: rows T1 to T48, L1 to L6, each with a file of tests, and words of a test's name where given.
    """
    rows = re.findall(
        r"^\| ([TL]\d+) \|.*\| ([^|]+) \|$", (HOUSE / "docs" / "security.md").read_text("utf-8"), re.MULTILINE
    )
    assert [f"T{n}" for n in range(1, 49)] + [f"L{n}" for n in range(1, 7)] == [number for number, _ in rows]
    for number, tests in rows:
        for file, words in re.findall(r"`([^`]+)`\s*(\w+)?", tests):
            path = HOUSE / file if file.startswith("docs/") else HOUSE / "tests" / file
            assert path.is_file(), f"{number}: {file}"
            if words and "_" in words:
                assert re.search(rf"def test_\w*{words}", path.read_text("utf-8")), f"{number}: {words}"


def test_the_guide_names_what_the_faces_say():
    """
    What stands between « and » in the facilitator's guide, and in italics, is on a button or a heading.
    """
    guide = (HOUSE / "docs" / "veiledning.md").read_text("utf-8")
    sentences = "".join(file.read_text("utf-8") for file in (LOCALES / "nb").glob("**/*.po"))
    named = re.findall(r"«([^»]+)»|(?<!\*)\*([^*]+)\*(?!\*)", guide)
    assert len(named) > 10
    assert [] == [quoted or italic for quoted, italic in named if (quoted or italic) not in sentences]
    for picture in re.findall(r"\(pictures/([^)]+)\)", guide):
        assert (HOUSE / "docs" / "pictures" / picture).is_file()


def test_the_screen_says_what_the_seminar_asks_for():
    """
    The seminar's own note gives the words that always stand beside the QR code.
    """
    seminar = (HOUSE / "examples" / "naerdemokrati.md").read_text("utf-8")
    words = re.search(r"som alltid viser: (.+?)\. -->", seminar)
    assert words
    assert any(string.startswith(words[1]) for strings in messages("nb").values() for string in strings)
