"""Encrypted columns: everything comes back, nothing opens without the right key, nothing can be searched."""

import base64
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from agreements.models import Client, fields
from agreements.models.fields import EncryptedField, FieldKeyUnavailable, decrypt, encrypt, key_ring
from tests import builders

CONTEXTS = {
    "absence.cover_name", "absence.cover_phone", "audit.details", "away_plan.instead", "away_plan.mailer",
    "calendar_feed.token", "client.called", "client.comes_of_age", "client.contact_person", "client.name",
    "document.content", "draft.text_number", "ending.reason", "ending_page.instead", "ending_page.taper",
    "keycheck.value", "large_print.content", "log_head.mark", "looked.sentence", "openly_asked.away_words", "openly_asked.hurt",
    "openly_asked.hurt_words", "openly_asked.missing", "openly_asked.texting", "party.called", "party.name", "position.reason", "position.value",
    "seen_ink.witness", "signature.name", "signature.strokes", "signature.typed", "term.interim", "term.value",
    "term.why", "user.called", "user.name", "user.text_number", "usual.reason", "usual.value", "verdict.says",
    "version.snapshot", "wish.email", "wish.token",
}  # fmt: skip
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
TEXT = fields.EncryptedTextField(context="client.name")
JSON = fields.EncryptedJSONField(context="term.value")
BYTES = fields.EncryptedBytesField(context="document.content")


def encrypted_fields() -> list[EncryptedField]:
    models = apps.get_app_config("agreements").get_models()
    return [field for model in models for field in model._meta.local_fields if isinstance(field, EncryptedField)]


def write_ring(folder: Path, **keys: bytes) -> None:
    """A key file with these keys, the active one first, as a process that starts now reads it."""
    lines = [f"{kid}:{base64.b64encode(key).decode()}\n" for kid, key in keys.items()]
    (folder / fields.FIELD_KEYS_FILE).write_text("".join(lines), encoding="ascii")
    key_ring.cache_clear()


@pytest.fixture(scope="module", autouse=True)
def own_keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hypothesis runs many examples in one test; they share this key folder."""
    folder = tmp_path_factory.mktemp("keys")
    with override_settings(KEY_DIR=folder):
        write_ring(folder, k1=b"m" * 32)
        yield
    key_ring.cache_clear()


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    """A key folder of one test's own, without a key."""
    settings.KEY_DIR = tmp_path
    return tmp_path


def back(field: EncryptedField, value: object) -> object:
    return field.from_db_value(field.get_prep_value(value), None, None)


@given(st.text())
def test_any_text_comes_back_in_nfc(text: str) -> None:
    assert back(TEXT, text) == unicodedata.normalize("NFC", text)


@given(ANY_JSON)
def test_any_json_value_comes_back(value: object) -> None:
    assert back(JSON, value) == value


@given(st.binary())
def test_any_bytes_come_back(value: bytes) -> None:
    assert back(BYTES, value) == value


def test_nothing_stays_nothing() -> None:
    assert [back(field, None) for field in (TEXT, JSON, BYTES)] == [None, None, None]


def test_the_same_text_is_never_locked_the_same_way() -> None:
    assert len({encrypt(b"Maya", "client.name") for _ in range(50)}) == 50


@given(st.text() | st.binary().map(lambda raw: f"e1:k1:{base64.b64encode(raw).decode()}"))
def test_whatever_else_stands_in_a_column_is_refused_in_one_way(stored: str) -> None:
    with pytest.raises(FieldKeyUnavailable, match="does not open"):
        decrypt(stored, "client.name")


@given(st.integers(min_value=0, max_value=31), st.integers(min_value=1, max_value=255))
def test_a_changed_byte_does_not_open(place: int, flip: int) -> None:
    head, body = encrypt(b"Maya", "client.name").rsplit(":", 1)
    raw = bytearray(base64.b64decode(body))
    raw[place] ^= flip
    with pytest.raises(FieldKeyUnavailable):
        decrypt(f"{head}:{base64.b64encode(raw).decode()}", "client.name")


def test_another_format_is_not_guessed_at() -> None:
    stored = encrypt(b"Maya", "client.name")
    with pytest.raises(FieldKeyUnavailable):
        decrypt(stored.replace("e1:", "e2:", 1), "client.name")


def test_without_a_key_nothing_is_written_and_nothing_is_read(folder: Path) -> None:
    write_ring(folder, k1=b"1" * 32)
    stored = encrypt(b"Maya", "client.name")
    (folder / fields.FIELD_KEYS_FILE).unlink()
    key_ring.cache_clear()
    with pytest.raises(FieldKeyUnavailable, match="cannot be read"):
        encrypt(b"Maya", "client.name")
    with pytest.raises(FieldKeyUnavailable, match="cannot be read"):
        decrypt(stored, "client.name")


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"k1", b"k1:", b"k1:@@@@", b"k1:AAAA", b"k1:\xff\xff", b"k1:" + b"A" * 43 + b"=:x", b"\0"]
)
def test_a_damaged_key_file_locks_nothing(folder: Path, content: bytes) -> None:
    (folder / fields.FIELD_KEYS_FILE).write_bytes(content)
    with pytest.raises(FieldKeyUnavailable):
        encrypt(b"Maya", "client.name")


def test_another_installations_key_does_not_open(folder: Path) -> None:
    write_ring(folder, k1=b"1" * 32)
    stored = encrypt(b"Maya", "client.name")
    write_ring(folder, k1=b"2" * 32)
    with pytest.raises(FieldKeyUnavailable, match=r"client\.name"):
        decrypt(stored, "client.name")


def test_a_rotated_ring_reads_old_values_and_writes_with_the_new_key(folder: Path) -> None:
    write_ring(folder, k1=b"1" * 32)
    old = encrypt(b"Maya", "client.name")
    write_ring(folder, k2=b"2" * 32, k1=b"1" * 32)
    new = encrypt(b"Maya", "client.name")
    assert (old[:6], new[:6]) == ("e1:k1:", "e1:k2:")
    assert [decrypt(stored, "client.name") for stored in (old, new)] == [b"Maya", b"Maya"]
    write_ring(folder, k2=b"2" * 32)
    with pytest.raises(FieldKeyUnavailable):
        decrypt(old, "client.name")


def test_every_column_has_a_context_of_its_own_that_never_changes() -> None:
    contexts = [field.context for field in encrypted_fields()]
    assert sorted(contexts) == sorted(CONTEXTS)


def test_migrations_carry_the_context() -> None:
    for field in encrypted_fields():
        _, _, _, options = field.deconstruct()
        assert options["context"] == field.context


@pytest.mark.parametrize("field", encrypted_fields(), ids=lambda field: field.context)
def test_an_encrypted_column_cannot_be_searched(field: EncryptedField) -> None:
    for lookup in set(field.get_lookups()) - {"isnull"}:
        with pytest.raises(FieldError, match="cannot be searched"):
            field.model.objects.filter(**{f"{field.name}__{lookup}": ["a", "b"]})


@pytest.mark.django_db
class TestInTheDatabase:
    """What the database itself holds."""

    @pytest.fixture
    def client(self) -> Client:
        return builders.a_client(name="Maya R.", called="Maya")

    def raw(self, column: str) -> str:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM agreements_client")
            return str(cursor.fetchone()[0])

    def test_a_name_is_ciphertext_there_and_text_here(self, client: Client) -> None:
        assert self.raw("name").startswith("e1:k1:")
        assert "Maya" not in self.raw("name") + self.raw("called")
        assert Client.objects.values_list("name", "called").get() == ("Maya R.", "Maya")

    def test_a_value_moved_to_another_column_does_not_open(self, client: Client) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE agreements_client SET name = called")
        with pytest.raises(FieldKeyUnavailable, match=r"client\.name"):
            Client.objects.get()

    def test_only_whether_there_is_a_value_can_be_asked(self, client: Client) -> None:
        assert [Client.objects.filter(name__isnull=empty).count() for empty in (False, True)] == [1, 0]
        with pytest.raises(FieldError):
            Client.objects.filter(name="Maya R.").exists()

    def test_without_the_key_a_new_client_leaves_no_row(self, client: Client, folder: Path) -> None:
        with pytest.raises(FieldKeyUnavailable):
            builders.a_client(client.therapist, name="Anton K.")
        assert Client.objects.count() == 1
