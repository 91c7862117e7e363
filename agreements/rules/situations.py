"""What may happen, and what is known of it: the situation, the moment, the terms of the two and their printed words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from agreements.rules.moment import Moment
from agreements.rules.topics import Meaning, Open, Privacy, Purpose, QuietHours, ReplyWindow, in_force

Terms = Mapping[str, Meaning | Open]


class Situation(TextChoices):
    """What may happen, ordinary situations first and last."""

    ORDINARY = "ordinary", _("An ordinary text")
    NO_ANSWER = "no_answer", _("No answer to a text sent then")
    UPSET = "upset", _("A text while upset")
    ANGRY = "angry", _("A long angry text")
    HURT = "hurt", _("A text that hurt")
    SUICIDAL = "suicidal", _("Suicidal")
    ABOUT_TO_ACT = "about_to_act", _("About to act")
    ALREADY_HURT = "already_hurt", _("Already hurt myself")
    NOT_SURE = "not_sure", _("Not sure if I am safe")
    AWAY = "away", _("Time away")
    TOO_MUCH = "too_much", _("Too much for one of us")
    FINE_AGAIN = "fine_again", _("Fine again")


@dataclass(frozen=True)
class RehearsalTexts:
    """What the two are called, the practice's phone, and by topic the printed words that hold now."""

    client: str
    therapist: str
    phone: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One line, and the topic of the term that says so; ours alone has none."""

    words: str
    topic: str = ""


@dataclass(frozen=True)
class Agreed:
    """What the lines are made of: the terms by topic, the words, and the moment."""

    terms: Terms
    texts: RehearsalTexts
    moment: Moment

    @property
    def quiet(self) -> QuietHours | None:
        """The quiet hours, if there are any."""
        hours = in_force(self.terms["night"]) if "night" in self.terms else None
        return hours if isinstance(hours, QuietHours) and hours.quiet else None

    @property
    def is_quiet(self) -> bool:
        """Whether the moment lies in the quiet hours."""
        return self.quiet is not None and self.moment.is_quiet(self.quiet)

    @property
    def read_from(self) -> date:
        """The practice's day from which an answer is counted."""
        return self.moment.read_from(self.quiet)

    @property
    def last_day_away(self) -> date | None:
        """The last day of the time away in which the text is written, or would be sent."""
        return self.moment.last_day_away(self.moment.day) or self.moment.last_day_away(self.read_from)

    @property
    def texting(self) -> bool:
        """Whether the two text at all."""
        purpose = in_force(self.terms["purpose"]) if "purpose" in self.terms else None
        return not isinstance(purpose, Purpose) or purpose.texting

    @property
    def in_session(self) -> bool:
        """Whether texts are answered in session and not by text."""
        window = in_force(self.terms["window"]) if "window" in self.terms else None
        return isinstance(window, ReplyWindow) and window.working_days is None

    @property
    def only_times(self) -> str:
        """The topic by which the two text about times and dates and nothing else; empty when there is none."""
        purpose, privacy = (in_force(self.terms[key]) if key in self.terms else None for key in ("purpose", "privacy"))
        if isinstance(purpose, Purpose) and set(purpose.uses) == {"times"}:
            return "purpose"
        return "privacy" if isinstance(privacy, Privacy) and privacy.choice == "times_only" else ""

    def words(self, topic: str) -> list[Line]:
        """What is printed for a topic, if anything is."""
        return [Line(self.texts.terms[topic], topic)] if self.texts.terms.get(topic) else []
