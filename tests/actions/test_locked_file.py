"""What a passphrase locks comes back whole, or not at all."""

import io

import pytest

from agreements.actions import locked_file
from agreements.actions.locked_file import CannotOpen, Locking, NotOurFile, Unlocked

PIECE = 50
START = len(locked_file.MAGIC) + locked_file.SALT
LOCKED_PIECE = PIECE + locked_file.TAG


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small pieces, and a key that is made quickly."""
    monkeypatch.setattr(locked_file, "PIECE", PIECE)
    monkeypatch.setattr(locked_file, "MEMORY_COST", 2**4)


def locked(content: bytes, passphrase: str = "open sesame") -> bytes:
    file = io.BytesIO()
    locking = Locking(file, passphrase)
    locking.write(content[:7])
    locking.write(content[7:])
    locking.finish()
    return file.getvalue()


def opened(content: bytes, passphrase: str = "open sesame") -> bytes:
    return io.BufferedReader(Unlocked(io.BytesIO(content), passphrase)).read()


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 5 * PIECE + 3])
def test_what_was_locked_comes_back(length: int) -> None:
    content = (bytes(range(256)) * 2)[:length]
    assert opened(locked(content)) == content


def test_nothing_of_the_content_can_be_read() -> None:
    assert b"Maya" not in locked(b"Maya" * 100)


def test_the_same_content_never_looks_the_same() -> None:
    assert locked(b"Maya") != locked(b"Maya")


def test_a_passphrase_may_be_typed_on_another_keyboard() -> None:
    assert opened(locked(b"content", "caf\u00e9 au lait"), "cafe\u0301 au lait") == b"content"


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(CannotOpen, match="passphrase is wrong"):
        opened(locked(b"content"), "open sesame!")


def test_no_byte_can_be_changed() -> None:
    whole = locked(b"x" * (2 * PIECE + 1))
    for place in range(len(whole)):
        with pytest.raises((CannotOpen, NotOurFile)):
            opened(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])


def test_nothing_can_be_cut_off() -> None:
    whole = locked(b"x" * (2 * PIECE + 1))
    for length in range(len(whole)):
        with pytest.raises((CannotOpen, NotOurFile)):
            opened(whole[:length])


def test_nothing_can_be_added() -> None:
    whole = locked(b"x" * PIECE)
    for more in (b"\0", whole[START:], whole):
        with pytest.raises(CannotOpen):
            opened(whole + more)


def test_pieces_cannot_change_places_or_be_left_out() -> None:
    whole = locked(b"a" * PIECE + b"b" * PIECE + b"c")
    start, one, two = whole[:START], whole[START:][:LOCKED_PIECE], whole[START + LOCKED_PIECE :][:LOCKED_PIECE]
    rest = whole[START + 2 * LOCKED_PIECE :]
    for other in (start + two + one + rest, start + one + rest, start + one + two):
        with pytest.raises(CannotOpen):
            opened(other)


def test_another_file_is_told_apart_from_a_wrong_passphrase() -> None:
    with pytest.raises(NotOurFile):
        opened(b"%PDF-1.7 and so on")
