"""The words every floor shares: who, what kind, which state. Meanings of a term's answer live in topics.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Somebody's place in an agreement, in the order of the paper. The last two help and are no party to it."""

    CLIENT = "client", _("Client")
    PARTNER = "partner", _("Partner")
    GUARDIAN = "guardian", _("Guardian")
    COVERING = "covering", _("Covering therapist")
    THERAPIST = "therapist", _("Therapist")
    INTERPRETER = "interpreter", _("Interpreter")
    HELPER = "helper", _("Helper")


class ClauseKind(TextChoices):
    """What an answer to a clause looks like."""

    CHOOSE = "choose", _("Choose one")
    MANY = "many", _("Choose any number")
    HOURS = "hours", _("Hours of the day")
    WORDS = "words", _("Short text")
    FIXED = "fixed", _("Set by the practice")


class ClauseMode(TextChoices):
    """How free the two are: locked text, stated by the therapist, an answer required, or optional."""

    LOCKED = "locked", _("Locked")
    STATED = "stated", _("Stated by the therapist")
    REQUIRED = "required", _("Required")
    OPTIONAL = "optional", _("Optional")


class AskedOn(TextChoices):
    """The page of the journey on which a clause is asked (moments.md, "Journey")."""

    PRIVACY = "privacy", _("How private texts are")
    TURN = "turn", _("The client's turn")
    HARD = "hard", _("If it gets hard")
    HOW = "how", _("How we text")


class TermState(TextChoices):
    """Where one term of a draft stands. "Left open" always carries an interim answer and a date."""

    UNDECIDED = "undecided", _("Not decided yet")
    AGREED = "agreed", _("Agreed")
    OPEN = "open", _("Left open")


class Voice(TextChoices):
    """The client's answer about speaking on the phone (H16)."""

    CALLS = "calls", _("Phone calls work")
    NO_VOICE = "no_voice", _("Text, relay or video only")
    UNSAFE = "unsafe", _("Not always safe to speak")


class Amount(TextChoices):
    """What somebody says of the texting between the two when they want to look at it again."""

    MUCH = "much", _("Too much")
    LITTLE = "little", _("Too little")
    OTHER = "other", _("Something else")


class Contact(TextChoices):
    """How the client may be reached first (H19). "None" means: never reach out first."""

    CALL = "call", _("A phone call")
    TEXT = "text", _("A text message")
    RELAY = "relay", _("A relay or video call")
    NONE = "none", _("Do not contact me first")


class CalendarTitle(TextChoices):
    """What an entry in the client's own calendar may say; anybody may see it (H19)."""

    LOOK = "look", _("Look at our agreement")
    DATE = "date", _("A date to keep")
    BACK = "back", _("Look back")
    MEETING = "meeting", _("Appointment")


class CallHours(TextChoices):
    """When the therapist takes a call about suicide; a required setting, printed in step 2 (H3)."""

    ANY = "any", _("At any hour")
    THESE = "these", _("In these hours")
    NEVER = "none", _("Not at all: the line comes first")


class CallDays(TextChoices):
    """On which days the call hours hold."""

    WEEKDAYS = "weekdays", _("Monday to Friday")
    DAILY = "daily", _("Every day")


class Channel(TextChoices):
    """Where messages go. It stands in the document's head, it is not a term."""

    SMS = "sms", _("Text message (SMS)")
    SIGNAL = "signal", _("Signal")
    WHATSAPP = "whatsapp", _("WhatsApp")
    IMESSAGE = "imessage", _("iMessage")
    PORTAL = "portal", _("The practice's own portal")
    EMAIL = "email", _("E-mail")


ORDINARY_CHANNELS = (Channel.SMS, Channel.IMESSAGE, Channel.EMAIL)


class Paper(TextChoices):
    """Paper size of the document."""

    LETTER = "letter", _("Letter")
    A4 = "a4", _("A4")


class Outcome(TextChoices):
    """What a version records. Each prints the crisis box first (H5)."""

    TEXTING = "texting", _("Texting agreement")
    NO_TEXTING = "no_texting", _("No texting")
    NOT_FOR_NOW = "not_for_now", _("Not for now")


class SignatureKind(TextChoices):
    """How a person signs. The three are equals."""

    DRAWN = "drawn", _("drawn on screen")
    TYPED = "typed", _("typed on screen")
    PAPER = "paper", _("by hand on paper")


class Known(TextChoices):
    """How the therapist knew who signed: a fact they record, not a proof."""

    PERSON = "person", _("Known in person")
    DOCUMENT = "document", _("Showed a document with a photo")
    INTRODUCED = "introduced", _("Introduced by the client, in the room")
    SIGNED_IN = "signed_in", _("Signed in to this program")


class TrustedTime(TextChoices):
    """Whether a time authority stamped the seal: none is named here, it did, or it was asked and did not."""

    NONE = "none", _("no trusted time is set up")
    STAMPED = "stamped", _("trusted time")
    UNAVAILABLE = "unavailable", _("no trusted time could be had")


class CopyGiven(TextChoices):
    """What the client took home: a recorded choice, never inferred from a download."""

    PRINTED = "printed", _("Printed")
    SAVED = "saved", _("Saved")
    LARGE = "large", _("Large print")
    CARDS = "cards", _("Cards")
    PHOTO = "photo", _("Photographed")
    GUARDIAN = "guardian", _("Page for guardians")
    NONE = "none", _("No copy for now")


class ResourceKind(TextChoices):
    """What a crisis resource is."""

    EMERGENCY = "emergency", _("Emergency number")
    SUICIDE = "suicide", _("Suicide line")
    GENERAL = "general", _("Crisis line")
    YOUTH = "youth", _("Line for young people")
    LOCAL = "local", _("Local line: an extra, never instead")


class CheckedHow(TextChoices):
    """How somebody made sure that a crisis resource works (H17). "Demo" counts only in a demo database."""

    CALLED = "called", _("I called")
    TEXTED = "texted", _("I texted")
    READ = "read", _("I read their page")
    DEMO = "demo", _("demo, not checked")


class Hearing(TextChoices):
    """How people with an older edition hear of a new one. What they signed stays as it is (H21)."""

    REVIEW = "review", _("At their next review")
    TALK = "talk", _("We talk about it before a date")
    NEW = "new", _("In new agreements only")


class Told(TextChoices):
    """How a client who carries a number that no longer holds was told of the new one. Nobody is sent the number."""

    HANDED = "handed", _("New card handed over")
    TOLD = "told", _("Told")
    UNREACHED = "unreached", _("Could not reach")


class Fit(TextChoices):
    """What one of the two says of words that were suggested to both."""

    WORKS = "works", _("Works for me")
    LIVES = "lives", _("I can live with it")
    NOT = "not", _("Does not work for me")


class Works(TextChoices):
    """What one of the two says of a term since it was signed."""

    WORKING = "working", _("Working")
    NOT = "not_working", _("Not working")
    UNUSED = "not_used", _("Not used")


class Enough(TextChoices):
    """What the client says of the texting as a whole, asked openly each time the two look again."""

    MUCH = "much", _("Too much")
    LITTLE = "little", _("Too little")
    RIGHT = "right", _("About right")


class Load(TextChoices):
    """Whether the therapist can do it without strain, asked openly each time the two look again (five-1)."""

    FINE = "fine", _("Yes, as it is")
    MUCH = "much", _("It is getting much")
    STRAIN = "strain", _("No longer")


class Hurt(TextChoices):
    """Whether a text or a silence hurt or puzzled somebody. Both are asked the same."""

    NO = "no", _("No")
    TALK = "talk", _("Yes, let’s talk")
    UNSURE = "unsure", _("Not sure")


class StopReason(TextChoices):
    """Why a therapist stops sooner than the notice they agreed to (moments.md, "Stopping is not symmetrical")."""

    SAFETY = "safety", _("Safety")
    ILLNESS = "illness", _("Illness")
    CLOSING = "closing", _("The practice closes")
    CANNOT = "cannot", _("I cannot go on")


class StoppedHow(TextChoices):
    """How the client stopped. Both count at once."""

    SAID = "said", _("Said it")
    TEXTED = "texted", _("Texted it")


UNSURE = "unsure"
LEAVE_OUT = "leave_out"  # what a form posts for an optional clause that the paper shall not have


@dataclass(frozen=True)
class Answer:
    """What a party wants, or what the two decided, for one clause: option keys and, for words, a text.

    Keys are stored, never labels, so a value keeps its meaning when wording changes.
    """

    chosen: tuple[str, ...] = ()
    words: str = ""

    @property
    def unsure(self) -> bool:
        return self.chosen == (UNSURE,)

    def to_json(self) -> dict[str, Any]:
        return {"chosen": list(self.chosen), "words": self.words}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Answer:
        """Raises ValueError when `data` is not what `to_json` writes."""
        chosen, words = data.get("chosen", []), data.get("words", "")
        if not isinstance(words, str) or not isinstance(chosen, list) or any(not isinstance(k, str) for k in chosen):
            raise ValueError("an answer is {chosen: [keys], words: text}")
        return cls(tuple(chosen), words)
