"""The JSON of an agreement: both ways, strictly."""

import copy
import json
import unicodedata
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.rules.plain_values import RecordError, parsed, unprintable
from agreements.rules.record import (
    FORMAT,
    AgreementRecord,
    PartyRecord,
    Sealed,
    SignatureRecord,
    TermRecord,
    transcript,
)
from agreements.rules.signing import HELPERS
from agreements.rules.vocabulary import Outcome, Role, SignatureKind, TermState
from tests.records import a_record, a_short_record, signed

LETTERS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), max_size=12)
SIMPLE = {
    str: LETTERS.map(lambda text: unicodedata.normalize("NFC", text)),
    int: st.integers(1, 10_000),
    bool: st.booleans(),
    date: st.dates(),
    time: st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    datetime: st.datetimes(timezones=st.just(UTC)),
}


def any_of(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type as the record's fields name it."""
    if get_origin(kind) is UnionType:
        return st.none() | any_of(get_args(kind)[0])
    if get_origin(kind) is tuple:
        return st.lists(any_of(get_args(kind)[0]), max_size=3).map(tuple)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return st.builds(kind, **{field.name: any_of(hints[field.name]) for field in fields(kind)})
    if issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    return SIMPLE[kind]


def any_term() -> st.SearchStrategy[TermRecord]:
    hints = get_type_hints(TermRecord)
    either = {name: any_of(hints[name]) for name in ("topic", "heading", "value", "words")}
    interim, until = any_of(get_args(hints["interim"])[0]), st.dates()
    agreed = st.builds(TermRecord, key=st.just("a"), state=st.just(TermState.AGREED), **either)
    still_open = st.builds(
        TermRecord, key=st.just("b"), state=st.just(TermState.OPEN), interim=interim, open_until=until, **either
    )
    return agreed | still_open


def any_agreement() -> st.SearchStrategy[AgreementRecord]:
    hints = get_type_hints(AgreementRecord)
    parts = {field.name: any_of(hints[field.name]) for field in fields(AgreementRecord) if field.name != "terms"}
    hexadecimal = st.text("0123456789abcdef", min_size=64, max_size=64)
    party = [
        st.builds(PartyRecord, role=st.just(role), name=SIMPLE[str], called=SIMPLE[str], named_only=st.just(helps))
        for role in Role
        for helps in [role in HELPERS]
    ]
    return st.builds(
        AgreementRecord,
        **parts
        | {
            "nonce": hexadecimal.map(lambda text: text[:32]),
            "replaces": st.none() | hexadecimal,
            "parties": st.tuples(*party),
            "terms": st.lists(any_term(), min_size=1, max_size=2, unique_by=lambda term: term.key).map(tuple),
        },
    )


@settings(max_examples=40)
@given(any_agreement())
def test_every_agreement_comes_back_as_it_was(record: AgreementRecord) -> None:
    sealed = signed(record)
    assert Sealed.from_json(json.loads(json.dumps(sealed.to_json()))) == sealed


def test_the_format_is_spelled_as_documented() -> None:
    data = signed(a_record()).to_json()
    assert list(data) == ["format", "agreement", "digest", "signatures", "log"]
    assert data["format"] == FORMAT
    agreement = data["agreement"]
    calls = {"mode": "these", "days": "weekdays", "start": "09:00", "end": "18:00", "zone": ""}
    assert agreement["box"]["calls"] == calls
    assert agreement["box"]["steps"][0]["number"] == 1
    assert agreement["made_on"] == "2026-11-23"
    assert agreement["terms"][1]["interim"]["value"] == {"chosen": ["three_to_five"], "words": ""}
    assert agreement["terms"][1]["open_until"] == "2026-12-21"
    assert data["signatures"][0] == {
        "role": "client",
        "kind": "drawn",
        "at": "2026-11-23T20:12:09Z",
        "zone": "America/New_York",
    }


@pytest.mark.parametrize("never", ["position", "why", "address", "safe_contact", "question", "strokes"])
def test_it_holds_nothing_but_what_the_paper_shows(never: str) -> None:
    assert f'"{never}' not in json.dumps(signed(a_record()).to_json())


def paths(data: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value below."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    found = []
    for key, value in inner:
        found += [(*way, key), *paths(value, (*way, key))]
    return found


def spelled(way: tuple[Any, ...]) -> str:
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in way).removeprefix(".")


WHOLE = signed(a_record()).to_json()
OBJECT_KEYS = [way for way in paths(WHOLE) if isinstance(way[-1], str)]


def at(data: Any, way: tuple[Any, ...]) -> Any:
    for key in way:
        data = data[key]
    return data


@pytest.mark.parametrize("way", OBJECT_KEYS[::11], ids=spelled)
def test_a_missing_key_is_named(way: tuple[Any, ...]) -> None:
    data = copy.deepcopy(WHOLE)
    del at(data, way[:-1])[way[-1]]
    with pytest.raises(RecordError, match="is missing") as error:
        Sealed.from_json(data)
    assert error.value.key == spelled(way)


@pytest.mark.parametrize("way", sorted({way[:-1] for way in OBJECT_KEYS}, key=str)[::9], ids=spelled)
def test_an_unknown_key_is_named(way: tuple[Any, ...]) -> None:
    data = copy.deepcopy(WHOLE)
    at(data, way)["surprise"] = 1
    with pytest.raises(RecordError, match="not known") as error:
        Sealed.from_json(data)
    assert error.value.key == spelled((*way, "surprise"))


@pytest.mark.parametrize("way", [way for way in OBJECT_KEYS if way != ("format",)][::11], ids=spelled)
@pytest.mark.parametrize("value", [1.5, "\x07", [0], {"x": 1}], ids=["float", "bell", "list", "object"])
def test_a_wrong_value_is_named(way: tuple[Any, ...], value: Any) -> None:
    data = copy.deepcopy(WHOLE)
    at(data, way[:-1])[way[-1]] = value
    with pytest.raises(RecordError) as error:
        Sealed.from_json(data)
    assert error.value.key.startswith(spelled(way))


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"nonce": "XYZ"}, "nonce"),
        ({"number": 0}, "number"),
        ({"number": True}, "number"),
        ({"outcome": "perhaps"}, "outcome"),
        ({"made_on": "20261123"}, "made_on"),
        ({"made_on": "2026-02-30"}, "made_on"),
        ({"replaces": "abc"}, "replaces"),
        ({"parties": []}, "parties"),
        ({"terms": []}, "terms"),
    ],
)
def test_a_value_that_cannot_be_is_named(change: dict[str, Any], key: str) -> None:
    with pytest.raises(RecordError) as error:
        AgreementRecord.from_json(a_record().to_json() | change)
    assert error.value.key == f"agreement.{key}"


@pytest.mark.parametrize("key", ["interim", "open_until"])
def test_an_open_term_has_an_interim_and_a_date_and_no_other_has(key: str) -> None:
    data = a_record().to_json()
    data["terms"][1][key] = None
    with pytest.raises(RecordError, match=rf"terms\[1\]\.{key}"):
        AgreementRecord.from_json(data)
    data = a_record().to_json()
    data["terms"][0][key] = data["terms"][1][key]
    with pytest.raises(RecordError, match=rf"terms\[0\]\.{key}"):
        AgreementRecord.from_json(data)


@pytest.mark.parametrize("mark", ["\x00", "\x1b", "\u2028", "\u202e", "\u2066", "\ud800"])
def test_characters_that_cannot_be_printed_are_refused(mark: str) -> None:
    data = a_record().to_json()
    data["parties"][0]["name"] = f"Maya{mark}R."
    with pytest.raises(RecordError, match=r"parties\[0\]\.name.*U\+"):
        AgreementRecord.from_json(data)
    assert unprintable(f"a\n{mark}b{mark}") == [mark]


def test_names_are_kept_in_one_spelling() -> None:
    record = replace(a_record(), parties=(PartyRecord(Role.CLIENT, "Zoe\u0308", "Zoe\u0308"), a_record().parties[1]))
    assert Sealed.of(record).agreement.party(Role.CLIENT).name == "Zo\u00eb"


def test_what_nobody_could_read_back_is_not_bound() -> None:
    with pytest.raises(RecordError, match="before_text"):
        Sealed.of(replace(a_record(), before_text=("a\x00b",)))


def test_a_digest_of_something_else_is_refused() -> None:
    data = copy.deepcopy(WHOLE)
    data["agreement"]["made_on"] = "2026-11-24"
    with pytest.raises(RecordError, match="digest"):
        Sealed.from_json(data)


def test_nobody_signs_who_is_not_in_the_agreement() -> None:
    data = copy.deepcopy(WHOLE)
    data["agreement"]["parties"].append(data["agreement"]["parties"][0])
    with pytest.raises(RecordError, match="parties"):
        Sealed.from_json(data)


@pytest.mark.parametrize("data", [None, [], {}, {"format": "between-sessions/2"}, {"format": 1}, "text"])
def test_a_file_of_another_kind_is_refused(data: Any) -> None:
    with pytest.raises(RecordError):
        Sealed.from_json(data)
    with pytest.raises(RecordError):
        transcript(data)


def test_a_transcript_needs_neither_digest_nor_signatures() -> None:
    data = copy.deepcopy(WHOLE)
    assert transcript(data) == a_record()
    data["agreement"]["practice"]["name"] = "Another"
    assert transcript({"format": FORMAT, "agreement": data["agreement"]}).practice.name == "Another"
    with pytest.raises(RecordError, match="surprise"):
        transcript(data | {"surprise": 1})


@pytest.mark.parametrize("text", ['{"a":1,"a":2}', '{"a": NaN}', "[" * 100_000, "not json", '{"a": Infinity}'])
def test_a_file_that_is_no_plain_json_is_refused(text: str) -> None:
    with pytest.raises(RecordError):
        parsed(text)


def test_a_moment_is_kept_in_whole_seconds_of_utc() -> None:
    east = timezone(timedelta(hours=9))
    given = datetime(2026, 11, 24, 5, 12, 9, 7, tzinfo=east)
    kept = SignatureRecord(Role.CLIENT, SignatureKind.TYPED, given, "Asia/Tokyo")
    assert kept.at == datetime(2026, 11, 23, 20, 12, 9, tzinfo=UTC)
    with pytest.raises(RecordError, match="zone"):
        SignatureRecord(Role.CLIENT, SignatureKind.TYPED, datetime(2026, 11, 24), "Asia/Tokyo")  # noqa: DTZ001


@pytest.mark.parametrize("outcome", [Outcome.NO_TEXTING, Outcome.NOT_FOR_NOW])
def test_no_texting_and_not_for_now_need_no_terms(outcome: Outcome) -> None:
    record = a_short_record(outcome)
    assert AgreementRecord.from_json(record.to_json()) == record


def test_a_record_sealed_before_it_named_its_log_reads_the_same() -> None:
    before = signed(a_record()).to_json()
    log = before.pop("log")
    assert log == {"entries": 74, "head": "f00dcafe" * 8}
    assert Sealed.from_json(before).to_json() == before


@pytest.mark.parametrize("log", [{}, {"entries": 0, "head": "f00dcafe" * 8}, {"entries": 1, "head": "F00D"}])
def test_a_log_that_cannot_be_one_is_refused(log: dict[str, object]) -> None:
    with pytest.raises(RecordError, match="^log"):
        Sealed.from_json({**signed(a_record()).to_json(), "log": log})
