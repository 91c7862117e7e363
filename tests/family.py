"""A young person with guardians, and a couple, built through the real actions from the draft families that ship."""

from __future__ import annotations

from agreements.actions import drafting, library, signers
from agreements.management.walk import Script, walk
from agreements.models import Client, Draft, Edition
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Known, Role, SignatureKind
from tests import builders
from tests.builders import NOW

TYPED = Script(kind=SignatureKind.TYPED)
GUARDIANS = (("Ana B.", "Ana", Known.DOCUMENT), ("Rafi B.", "Rafi", Known.INTRODUCED))


def an_edition(family: str = "young-person") -> Edition:
    """A draft family as a practice publishes it for itself."""
    edition = Edition.objects.get(family__key=family)
    return library.publish(edition=edition, by=None, now=NOW, read_by="")


def begun(client: Client, family: str) -> Draft:
    """An open round of this family, nothing prepared yet."""
    return drafting.start(client=client, edition=an_edition(family), by=client.therapist, now=NOW)


def joins(draft: Draft, role: Role, name: str, called: str, known: Known | str = Known.PERSON) -> None:
    """Somebody takes part and, unless they help, must sign."""
    facts = {"name": name, "called": called, "signs": bool(known), "known": known}
    signers.add(agreement=draft.agreement, role=role, by=draft.agreement.therapist, now=NOW, **facts)


def a_young_person(*, until: Step | None = None, guardians: int = 2, script: Script = TYPED) -> Draft:
    """Noor, with guardians who must sign and an interpreter."""
    draft = begun(builders.a_client(name="Noor B.", called="Noor"), "young-person")
    for name, called, known in GUARDIANS[:guardians]:
        joins(draft, Role.GUARDIAN, name, called, known)
    joins(draft, Role.INTERPRETER, "Lin Wu", "Lin", "")
    return walk(draft, by=draft.agreement.therapist, now=NOW, until=until, script=script)


def a_couple(*, until: Step | None = None, script: Script = TYPED, partners: int = 1) -> Draft:
    """Maya and Sam, who answer and sign alone; or Maya with more partners than one."""
    draft = begun(builders.a_client(), "couple-one-thread")
    for called in ("Sam", "Kim", "Ira")[:partners]:
        joins(draft, Role.PARTNER, f"{called} Okafor", called)
    return walk(draft, by=draft.agreement.therapist, now=NOW, until=until, script=script)
