"""The crisis box spelled out from moments.md, for every place that ships and each answer about voice.

Written down by hand from that page and the published numbers, not taken from the code.
"""

from __future__ import annotations

from typing import NamedTuple

from agreements.rules.vocabulary import Contact, Voice

LEAD = (
    "You may act on thoughts of suicide, you have already hurt yourself or taken something, or someone may be hurt: "
    "do not text"
)
THERAPIST = "all Dr Lee, (555) 010-0143, Monday to Friday, 9 am to 6 pm. No answer, other hours, or time away: call "
VOICEMAIL = "right away, any hour. A voicemail is fine; do not wait for a call back."
SAME = ", the same service. No answer there: call"
ASK = "ask someone safe near you to call "
NO_TEXTS = " We found no crisis line here that takes texts or chat. Nobody near: step 1."
LAST = "If anything in this agreement says otherwise, this box wins."
HEADS = [
    "Danger now.",
    "Suicidal, but not about to act.",
    "You cannot speak, or it is not safe to:",
    "You texted anyway?",
]
CONTACT = {Voice.CALLS: Contact.CALL, Voice.NO_VOICE: Contact.TEXT, Voice.UNSAFE: Contact.TEXT}


class Place(NamedTuple):
    """What fills the blanks. `busy` is for who calls, `busy_unsafe` and `busy_silent` for the other two answers."""

    emergency: str
    silent: str
    line: str
    again: str
    busy: str
    busy_unsafe: str
    written: str
    busy_silent: str
    written_again: str
    heard: str = ""  # for who hears and has no such device, instead of `silent`


def voice_only(emergency: str, line: str, again: str, silent: str = "") -> Place:
    """A place where no line takes texts or chat."""
    helped = f"{ASK}{line}, any hour.{NO_TEXTS}"
    return Place(emergency, silent, line, again, f"call {emergency}", "step 1", helped, "", "")


GERMAN_LINE = "TelefonSeelsorge, 0800 111 0 111 (Germany)"
GERMAN_CHAT = "chat at online.telefonseelsorge.de"
SECOND_GERMAN_LINE = "TelefonSeelsorge (zweite Nummer), 0800 111 0 222 (Germany)"
SAMARITANS = "Samaritans, 116 123 (United Kingdom)"
SHOUT = "text SHOUT to 85258 (Shout, United Kingdom)"
CRISIS_TEXT_LINE = "text HOME to 741741 (Crisis Text Line, United States)"
DUTCH_FREE_LINE = "113 Zelfmoordpreventie (gratis), 0800-0113 (Netherlands)"
MINDLINE = "national mindline, 1771 (Singapore)"

PLACES = {
    ("AU", ""): Place(
        "000 (Australia)", "call 106 (Australia) by TTY", "Lifeline, 13 11 14 (Australia)", "Lifeline, 13 11 14",
        f"text 0477 13 11 14 (Lifeline, Australia){SAME} 000 (Australia)", "step 1",
        "text 0477 13 11 14 (Lifeline, Australia), any hour, or chat at lifeline.org.au.",
        f"{ASK}Lifeline, 13 11 14 (Australia)", "text 0477 13 11 14",
        f"{ASK}000 (Australia), or call 106 (Australia) by TTY",
    ),
    ("CA", ""): Place(
        "911 (Canada)", "", "988 (Canada)", "988", f"text 988 (Canada){SAME} 911 (Canada)", "step 1",
        "text 988 (Canada), any hour.",
        f"{ASK}988 (Canada)", "text 988",
    ),
    ("DE", ""): Place(
        "112 (Germany)", "", GERMAN_LINE, "TelefonSeelsorge, 0800 111 0 111", SECOND_GERMAN_LINE, SECOND_GERMAN_LINE,
        f"{GERMAN_CHAT} (TelefonSeelsorge, Germany). No answer there: {ASK}{GERMAN_LINE}, any hour.", "", GERMAN_CHAT,
    ),
    ("ES", ""): voice_only("112 (Spain)", "024 (Spain)", "024"),
    ("FI", ""): voice_only("112 (Finland)", "MIELI kriisipuhelin, 09 2525 0111 (Finland)", "MIELI kriisipuhelin, 09 2525 0111"),
    ("FR", ""): voice_only("112 (France)", "3114 (France)", "3114", "reach 114 (France) by text, app, video or web"),
    ("GB", ""): Place(
        "999 (United Kingdom)", "", SAMARITANS, "Samaritans, 116 123", SHOUT, "step 1", f"{SHOUT}, any hour.",
        f"{ASK}{SAMARITANS}", "text SHOUT to 85258",
    ),
    ("GB", "ENG"): Place(
        "999 (United Kingdom)", "", SAMARITANS, "Samaritans, 116 123",
        "NHS 111, mental health option, 111 then 2 (England)", "NHS 111, mental health option, 111 then 2 (England)",
        f"{SHOUT}, any hour.", f"{ASK}{SAMARITANS}", "text SHOUT to 85258",
    ),
    ("IN", ""): voice_only("112 (India)", "Tele-MANAS, 14416 (India)", "Tele-MANAS, 14416"),
    ("KR", ""): voice_only("119 (South Korea)", "109 (South Korea)", "109"),
    ("NL", ""): Place(
        "112 (Netherlands)", "", "113 (Netherlands)", "113", DUTCH_FREE_LINE, DUTCH_FREE_LINE,
        f"chat at 113.nl (113 Zelfmoordpreventie, Netherlands). No answer there: {ASK}113 (Netherlands), any hour.", "",
        "chat at 113.nl",
    ),
    ("NZ", ""): Place(
        "111 (New Zealand)", "", "1737 (New Zealand)", "1737", f"text 1737 (New Zealand){SAME} 111 (New Zealand)", "step 1",
        "text 1737 (New Zealand), any hour.", f"{ASK}1737 (New Zealand)", "text 1737",
    ),
    ("PT", ""): voice_only("112 (Portugal)", "1411 (Portugal)", "1411"),
    ("SG", ""): Place(
        "995 (Singapore)", "", "Samaritans of Singapore, 1767 (Singapore)", "Samaritans of Singapore, 1767",
        MINDLINE, MINDLINE, "message 9151 1767 on WhatsApp (Samaritans of Singapore, Singapore), any hour.",
        "message +65 6669 1771 on WhatsApp (national mindline, Singapore)", "message 9151 1767 on WhatsApp",
    ),
    ("US", ""): Place(
        "911 (United States)", "text 911 (United States) where it works (a message tells you if not), or use relay or TTY",
        "988 (United States)", "988", CRISIS_TEXT_LINE, CRISIS_TEXT_LINE,
        "text 988 (United States), any hour, or chat at 988lifeline.org, or use an ASL videophone.", CRISIS_TEXT_LINE,
        "text 988",
    ),
}  # fmt: skip


def steps(place: Place, voice: Voice) -> list[str]:
    """The four steps without their headings, as they stand on paper, screen and card."""
    silent = place.silent or f"{ASK}{place.emergency}"
    busy = {Voice.CALLS: place.busy, Voice.UNSAFE: place.busy_unsafe, Voice.NO_VOICE: place.busy_silent}[voice]
    after = f"{f' Line busy: {busy}.' if busy else ''} Getting worse: step 1. Not sure which step: "
    if voice != Voice.NO_VOICE and place.heard:
        silent = place.heard
    nearby = "" if place.silent and not place.heard else " Or go to the nearest emergency room."
    seen = "by phone" if voice == Voice.CALLS else "by text"
    helped = "Steps 1 and 2 say what to do without speaking. Someone safe near you can also call for you: "
    texted = (
        "You are not in trouble. It may not be seen for hours. Start at step 1 or 2 now. When Dr Lee sees it, Dr Lee "
        f"will try to reach you {seen} and may ask emergency help to come."
    )
    if voice == Voice.CALLS:
        return [
            f"{LEAD}. Call {place.emergency} or go to the nearest emergency room.",
            f"Do not text. C{THERAPIST}{place.line} {VOICEMAIL}{after}call {place.again}.",
            f"Danger now: {silent}.{nearby} Not about to act: {place.written}",
            texted,
        ]
    cannot = f"{helped}{place.emergency} in danger, {place.line} if not."
    if voice == Voice.NO_VOICE:
        return [
            f"{LEAD} Dr Lee. Instead: {silent}. Or go to the nearest emergency room.",
            f"Do not text Dr Lee. Right away: {place.written}{after}{place.written_again or 'step 1'}.",
            cannot,
            texted,
        ]
    unsure = f"call {place.again}, or {place.written_again or 'not safe to speak: step 1'}"
    return [
        f"{LEAD} Dr Lee. Safe to speak: call {place.emergency}. Not safe: {silent}. Or go to the nearest emergency room.",
        f"Do not text Dr Lee. Safe to speak: c{THERAPIST}{place.line} {VOICEMAIL} Not safe to speak: {place.written}"
        f"{after}{unsure}.",
        cannot,
        texted,
    ]
