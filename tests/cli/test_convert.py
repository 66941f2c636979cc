"""`innspill convert`: a folder with workshop.md and its pictures, and what could not be taken over."""

import pytest
from click.testing import CliRunner

from live.cli import main
from tests.decks import seminar_deck


def output_of(*arguments, code: int = 0) -> str:
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert code == done.exit_code, done.output
    return done.output


@pytest.fixture
def deck(tmp_path):
    file = tmp_path / "seminar.pptx"
    file.write_bytes(seminar_deck.make())
    return file


def test_a_deck_becomes_a_folder_that_passes_check(tmp_path, deck, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = output_of("convert", deck, "--language", "en")
    assert f"{deck}: slide 25: Hidden in the deck, and left out: Reserve: budsjett" in told
    assert "Wrote seminar/workshop.md: 24 slides and 3 files beside it" in told
    assert ["slide-21-1.mp4", "slide-21-2.png", "slide-3-1.png", "workshop.md"] == sorted(
        file.name for file in (tmp_path / "seminar").iterdir()
    )
    checked = output_of("check", "seminar")
    assert "24 slides, 3 activities, 2 pictures, 1 film." in checked
    warnings = [line.partition("warning: ")[2] for line in checked.split("\n") if "warning: " in line]
    lacks = ("A picture without words", "A film without `captions=`", "This slide is shown in about")
    assert all(one.startswith(lacks) for one in warnings)


def test_it_writes_over_nothing_and_tells_in_the_language_of_the_terminal(tmp_path, deck, monkeypatch):
    monkeypatch.setenv("LC_ALL", "nb_NO.UTF-8")
    there = tmp_path / "there"
    there.mkdir()
    assert "Skjult i presentasjonen" in output_of("convert", deck, "-o", there)
    before = (there / "workshop.md").read_bytes()
    assert f"{there} is there already. Choose a new folder with -o." in output_of("convert", deck, "-o", there, code=1)
    assert before == (there / "workshop.md").read_bytes()


def test_what_cannot_be_read_is_told_and_leaves_nothing(tmp_path):
    file = tmp_path / "notes.pptx"
    file.write_text("notes")
    told = output_of("convert", file, "--language", "en", "-o", tmp_path / "out", code=1)
    assert f"{file}: This is no deck that can be read here. Save it as .pptx, .odp or .pdf." in told
    assert not (tmp_path / "out").exists()
    assert "No such file" in output_of("convert", tmp_path / "none.pptx", code=1)
