"""The template editor, their browser, and a draft that says the same as the starter edition."""

from __future__ import annotations

import pytest
from django.test import Client as Browser

from agreements.actions import library
from agreements.models import Edition, User
from tests import builders
from tests.admin.desk import an_editor, signed_in
from tests.builders import NOW


@pytest.fixture
def editor() -> User:
    return an_editor()


@pytest.fixture
def desk(editor: User) -> Browser:
    return signed_in(editor)


@pytest.fixture
def draft(editor: User) -> Edition:
    return library.copy(edition=builders.an_edition(), by=editor, now=NOW)
