"""Data and the promises the database keeps about it. Verbs are in actions/, questions over several models in reads/."""

from agreements.models.absence import Absence
from agreements.models.agreement import Agreement
from agreements.models.audit import AuditEvent
from agreements.models.crisis import CrisisCheck, CrisisResource, Withdrawal
from agreements.models.draft import Draft, Looked, Position, StepTaken, Term
from agreements.models.ending import Ending
from agreements.models.library import Clause, ClauseText, Edition, Family, Option, OptionText, Retirement
from agreements.models.looking_back import Look, OpenlyAsked, Verdict
from agreements.models.party import Party, whose
from agreements.models.people import Client, KeyCheck, Practice, User, UsualAnswer, UsualChannel
from agreements.models.recall import Recall, RecallAnswer
from agreements.models.reminder import CalendarFeed, LastPass, Reminder, ReminderState, Wish
from agreements.models.review import Raised, Review
from agreements.models.version import (
    CarriedResource,
    CopyRecord,
    Document,
    LargePrint,
    SealAttempt,
    SeenInk,
    Signature,
    Version,
)

__all__ = [
    "Absence",
    "Agreement",
    "AuditEvent",
    "CalendarFeed",
    "CarriedResource",
    "Clause",
    "ClauseText",
    "Client",
    "CopyRecord",
    "CrisisCheck",
    "CrisisResource",
    "Document",
    "Draft",
    "Edition",
    "Ending",
    "Family",
    "KeyCheck",
    "LargePrint",
    "LastPass",
    "Look",
    "Looked",
    "OpenlyAsked",
    "Option",
    "OptionText",
    "Party",
    "Position",
    "Practice",
    "Raised",
    "Recall",
    "RecallAnswer",
    "Reminder",
    "ReminderState",
    "Retirement",
    "Review",
    "SealAttempt",
    "SeenInk",
    "Signature",
    "StepTaken",
    "Term",
    "UsualAnswer",
    "UsualChannel",
    "User",
    "Verdict",
    "Version",
    "Wish",
    "Withdrawal",
    "whose",
]
