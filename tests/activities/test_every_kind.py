"""Every kind, on every face, without script, in every export and in the form."""

from importlib import import_module

import pytest

from live.activities import KINDS
from tests.activities import every_kind
from tests.web.edge import serving


@pytest.fixture
async def edge(tmp_path):
    async with serving(tmp_path) as edge:
        yield edge


@pytest.fixture(params=KINDS)
def example(request) -> str:
    return import_module(f"tests.activities.test_{request.param}").EXAMPLE


def test_it_has_a_view_on_every_face(example):
    every_kind.has_a_view_on_every_face(example)


async def test_it_is_answered_without_script(edge, example):
    await every_kind.is_answered_without_script(edge, example)


async def test_it_is_gone_through_before_the_meeting(edge, example):
    await every_kind.is_gone_through_before_the_meeting(edge, example)


async def test_it_is_changed_and_deleted_without_script(edge, example):
    await every_kind.is_changed_and_deleted_without_script(edge, example)


def test_it_is_in_every_export(example):
    every_kind.is_in_every_export(example)


def test_it_comes_back_from_json(example):
    every_kind.comes_back_from_json(example)


def test_it_is_made_and_changed_in_the_form(example):
    every_kind.is_made_and_changed_in_the_form(example)
