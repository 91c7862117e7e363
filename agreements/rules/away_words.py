"""The words of a time away: texting, something to hold on to, cover, and what is to be done."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Cover(TextChoices):
    """Who is there while the therapist is away. The crisis lines are there in any case."""

    PERSON = "person", _("A colleague")
    LINES = "lines", _("The crisis lines alone")


class AwayTexting(TextChoices):
    """Texting while the therapist is away."""

    NONE = "none", _("No texts")
    ONE = "one", _("One text half-way, on a set day")
    SLOWER = "slower", _("Texts go on, with slower answers")


class Hold(TextChoices):
    """Something to hold on to while the therapist is away (O9)."""

    CARD = "card", _("A handwritten card")
    KEEPSAKE = "keepsake", _("Something of ours, handed over before")
    NONE = "none", _("Nothing this time")


class Post(TextChoices):
    """How a card comes: by post to an address the client calls safe, or by hand (H19)."""

    MAILED = "mailed", _("By post")
    SEALED = "sealed", _("Handed over before, closed")


class Knows(TextChoices):
    """What the one who covers may know of a client, as the client said."""

    NOTHING = "nothing", _("Nothing")
    NAME = "name", _("My name, and that I may call")
    STEPS = "steps", _("My name and what helps me")


class AwayTask(TextChoices):
    """What is to be done around a time away, in the order in which it comes."""

    WRITE = "write", _("Write the card")
    GIVE = "give", _("Give it to the one who mails it")
    HAND = "hand", _("Hand it over")
    MAIL = "mail", _("The card goes into the post, to the address called safe")
    TEXT = "text", _("Send the one text")
    REREAD = "reread", _("Look at it together: how was it?")
