"""Data and the promises the database keeps about it. Verbs are in actions/, questions over several models in reads/."""

from agreements.models.absence import Absence, AbsenceTask, AwayPlan, AwaySheet, AwayTold, CalledOff
from agreements.models.agreement import Agreement
from agreements.models.audit import AuditEvent, LogHead
from agreements.models.crisis import CrisisCheck, CrisisResource, Withdrawal
from agreements.models.draft import Draft, Looked, Position, StepTaken, Term
from agreements.models.ending import EndedSooner, Ending, EndingPage, Tightening
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
    "AbsenceTask",
    "Agreement",
    "AuditEvent",
    "CalendarFeed",
    "AwayPlan",
    "AwaySheet",
    "AwayTold",
    "CalledOff",
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
    "EndedSooner",
    "Ending",
    "EndingPage",
    "Family",
    "KeyCheck",
    "LargePrint",
    "LastPass",
    "LogHead",
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
    "Tightening",
    "UsualAnswer",
    "UsualChannel",
    "User",
    "Verdict",
    "Version",
    "Wish",
    "Withdrawal",
    "whose",
]
