"""A backup holds everything and tells nothing; a restore brings back all of it or changes nothing."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import OperationalError, connection

from agreements.actions import chains, locked_file, safekeeping, stored_rows
from agreements.actions.safekeeping import CannotKeep
from agreements.models import AuditEvent, Client, Document, Edition, LogHead, Practice, User, triggers
from agreements.models.fields import key_ring
from tests import builders
from tests.photographs import copied_keys

pytestmark = pytest.mark.django_db(transaction=True)

PASSPHRASE = "four words, or five of them"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is made quickly, and pieces so small that a backup has many."""
    monkeypatch.setattr(locked_file, "MEMORY_COST", 2**4)
    monkeypatch.setattr(locked_file, "PIECE", 10_000)


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: Any) -> Iterator[None]:
    """A key folder that a test may empty."""
    settings.KEY_DIR = copied_keys(tmp_path / "keys")
    key_ring.cache_clear()
    yield
    key_ring.cache_clear()


def back_up(tmp_path: Path, name: str = "practice.backup") -> Path:
    file = tmp_path / name
    safekeeping.back_up(to=file, passphrase=PASSPHRASE, now=builders.NOW)
    return file


def restore(file: Path, passphrase: str = PASSPHRASE) -> safekeeping.Contents:
    now = builders.NOW + timedelta(days=1)
    return safekeeping.restore(file=file, passphrase=passphrase, prepare=lambda: None, now=now)


def a_new_place(settings: Any, tmp_path: Path) -> None:
    """An empty database in which permissions have other numbers, and an empty key folder."""
    triggers.drop(connection)
    call_command("flush", interactive=False, verbosity=0, reset_sequences=False)
    triggers.create(connection)
    ContentType.objects.all().delete()
    ContentType.objects.clear_cache()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    settings.KEY_DIR = tmp_path / "new keys"
    key_ring.cache_clear()


def every_stored_row() -> dict[str, list[Any]]:
    """All tables as they are stored, but for those whose rows each database numbers anew."""
    left_out = {"auth_permission", "django_content_type", "django_admin_log"}
    left_out |= {"auth_group_permissions", "agreements_user_user_permissions"}
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if (table := model._meta.db_table) not in left_out:
                columns = ", ".join(connection.ops.quote_name(field.column) for field in model._meta.local_fields)
                cursor.execute(f"SELECT {columns} FROM {connection.ops.quote_name(table)}")  # noqa: S608
                found[table] = sorted(map(str, cursor.fetchall()))
    moves_on = Practice.objects.get().pk  # a restore is written down in the practice's log
    found[LogHead._meta.db_table] = [
        row for row in found[LogHead._meta.db_table] if moves_on.hex not in row.replace("-", "")
    ]
    return found


def a_full_practice() -> Document:
    """A sealed agreement, and of everything else that hangs on people one each."""
    document = builders.a_sealed_document()
    therapist = User.objects.get()
    EmailAddress.objects.create(user=therapist, email="lee@example.org", primary=True, verified=True)
    Authenticator.objects.create(user=therapist, type=Authenticator.Type.TOTP, data={"secret": "stored as it is"})
    editors = Group.objects.create(name="template editors")
    editors.permissions.set(Permission.objects.filter(codename__endswith="_edition"))
    therapist.groups.add(editors)
    therapist.user_permissions.add(Permission.objects.get(codename="view_crisisresource"))
    LogEntry.objects.create(
        user=therapist,
        content_type=ContentType.objects.get_for_model(Edition),
        object_id=str(builders.an_edition().pk),
        object_repr="edition",
        action_flag=CHANGE,
    )
    return document


def test_everything_comes_back(tmp_path: Path, settings: Any) -> None:
    content = bytes(a_full_practice().content)
    file = back_up(tmp_path)
    before = every_stored_row()
    a_new_place(settings, tmp_path)
    restore(file)

    after = every_stored_row()
    last = AuditEvent.objects.order_by("at").last()
    assert last is not None and last.kind == "backup restored"
    assert list(chains.faults()) == []
    triggers.drop(connection)
    last.delete()
    triggers.create(connection)
    assert every_stored_row() == before != after
    document = Document.objects.get()
    assert document.content == content
    assert hashlib.sha256(document.content).hexdigest() == document.sha256


def test_permissions_come_back_by_their_names(tmp_path: Path, settings: Any) -> None:
    a_full_practice()
    old = set(Permission.objects.values_list("pk", flat=True))
    file = back_up(tmp_path)
    a_new_place(settings, tmp_path)
    restore(file)
    assert old.isdisjoint(Permission.objects.values_list("pk", flat=True))
    editors = Group.objects.get(name="template editors")
    names = {"add_edition", "change_edition", "delete_edition", "view_edition"}
    assert set(editors.permissions.values_list("codename", flat=True)) == names
    assert User.objects.get().has_perm("agreements.view_crisisresource")
    assert LogEntry.objects.get().content_type.model_class() is Edition


def test_work_goes_on_where_it_came_back(tmp_path: Path, settings: Any) -> None:
    builders.a_draft()
    file = back_up(tmp_path)
    a_new_place(settings, tmp_path)
    restore(file)
    another = builders.a_sealed_document(client=builders.a_client(name="Bo K.", called="Bo"))
    assert another.number == 1 and Client.objects.count() == 2
    with pytest.raises(Exception, match="a kept row cannot be changed"):
        Edition.objects.update(number=7)


def test_restored_keys_are_for_their_owner_only(tmp_path: Path, settings: Any) -> None:
    builders.a_practice()
    kept = {path.name: path.read_bytes() for path in settings.KEY_DIR.iterdir()}
    file = back_up(tmp_path)
    a_new_place(settings, tmp_path)
    restore(file)
    assert {path.name: path.read_bytes() for path in settings.KEY_DIR.iterdir()} == kept
    assert {path.stat().st_mode & 0o777 for path in settings.KEY_DIR.iterdir()} == {0o600}
    assert settings.KEY_DIR.stat().st_mode & 0o777 == 0o700


def nothing_is_here(settings: Any) -> bool:
    return not stored_rows.anything() and (not settings.KEY_DIR.exists() or not list(settings.KEY_DIR.iterdir()))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda content: content + b"\0",
        lambda content: content[:-1] + bytes([content[-1] ^ 1]),
        lambda content: content[:100] + bytes([content[100] ^ 1]) + content[101:],
        lambda content: b"",
        lambda content: b"between-sessions-backup/2\n" + content[26:],
    ],
)
def test_a_damaged_file_changes_nothing(spoil: Callable[[bytes], bytes], tmp_path: Path, settings: Any) -> None:
    builders.a_practice()
    file = back_up(tmp_path)
    file.write_bytes(spoil(file.read_bytes()))
    a_new_place(settings, tmp_path)
    with pytest.raises(CannotKeep):
        restore(file)
    assert nothing_is_here(settings)


def test_a_wrong_passphrase_changes_nothing(tmp_path: Path, settings: Any) -> None:
    builders.a_practice()
    file = back_up(tmp_path)
    a_new_place(settings, tmp_path)
    with pytest.raises(CannotKeep, match="passphrase is wrong"):
        restore(file, passphrase="five words, or four of them")
    assert nothing_is_here(settings)


def test_a_database_that_holds_something_is_left_alone(tmp_path: Path, settings: Any) -> None:
    builders.a_practice()
    file = back_up(tmp_path)
    settings.KEY_DIR = tmp_path / "new keys"
    with pytest.raises(CannotKeep, match="already holds something"):
        restore(file)
    assert Practice.objects.count() == 1


def test_a_key_folder_that_holds_keys_is_left_alone(tmp_path: Path, settings: Any) -> None:
    builders.a_practice()
    file = back_up(tmp_path)
    a_new_place(settings, tmp_path)
    settings.KEY_DIR.mkdir()
    (settings.KEY_DIR / "root.pem").write_text("another practice's")
    with pytest.raises(CannotKeep, match="root.pem"):
        restore(file)
    assert not stored_rows.anything()
    assert [path.name for path in settings.KEY_DIR.iterdir()] == ["root.pem"]


def test_a_disk_that_fills_up_while_restoring_leaves_nothing(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.a_sealed_document()
    file = back_up(tmp_path)
    a_new_place(settings, tmp_path)

    def fill_up(contents: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(safekeeping, "_prove", fill_up)
    with pytest.raises(CannotKeep, match="database or disk is full"):
        restore(file)
    assert nothing_is_here(settings)


def test_keys_that_open_nothing_are_not_restored(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.a_practice()
    (settings.KEY_DIR / "field.keys").write_text(f"k1:{'A' * 43}=\n")  # the ring in memory is still the right one
    file = back_up(tmp_path)
    a_new_place(settings, tmp_path)
    with pytest.raises(CannotKeep, match="do not open this database"):
        restore(file)
    assert nothing_is_here(settings)


def test_a_sealed_document_must_be_what_it_was(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    builders.a_sealed_document()
    monkeypatch.setattr(stored_rows, "every_row", with_another_sha256(stored_rows.every_row))
    file = back_up(tmp_path)
    a_new_place(settings, tmp_path)
    with pytest.raises(CannotKeep, match="not what it was"):
        restore(file)
    assert nothing_is_here(settings)


def with_another_sha256(every_row: Callable[[], Iterator[Any]]) -> Callable[[], Iterator[Any]]:
    def changed() -> Iterator[Any]:
        for label, row in every_row():
            yield label, {**row, "sha256": "0" * 64} if label == "agreements.document" else row

    return changed


def test_a_backup_of_another_version_is_named_as_such(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.a_practice()
    with monkeypatch.context() as older:
        older.setattr(safekeeping, "_steps", lambda: ["0001_initial"])
        file = back_up(tmp_path)
    a_new_place(settings, tmp_path)
    with pytest.raises(CannotKeep, match="Another version"):
        restore(file)
    assert nothing_is_here(settings)


def test_a_table_or_column_that_is_not_here_is_another_version(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.a_practice()
    file = back_up(tmp_path)
    known = stored_rows.columns()
    for changed in ({**known, "agreements.practice": {"id"}}, {**known, "agreements.new": {"id"}}):
        monkeypatch.setattr(stored_rows, "columns", lambda changed=changed: changed)
        with pytest.raises(CannotKeep, match="Another version"):
            safekeeping.look_through(file=file, passphrase=PASSPHRASE)
