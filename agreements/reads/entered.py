"""What somebody just entered, in words, for a page that offers to save it again. Never writes.

Only what was posted is shown, under the headings of the published edition: nothing that is saved in the round, so that
the page tells nothing to who is not signed in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.http import QueryDict
from django.utils.translation import gettext as _

from agreements.models import Draft
from agreements.reads import saying
from agreements.rules.vocabulary import LEAVE_OUT, UNSURE

HIDDEN = re.compile(r"csrfmiddlewaretoken|form_key|digest|strokes|.*password.*|(.*[-_])?rev")
ROUND = re.compile(r"/room/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")
KEY = re.compile(r"[a-z0-9_-]*")


def entered(posted: QueryDict, path: str) -> list[tuple[str, list[str]]]:
    """Heading and values of each field that was filled in; "" as heading where the field has no name in words.

    `path` is where it was posted to: the words are those of that round's edition.
    """
    filled = {name: posted.getlist(name) for name in posted if not HIDDEN.fullmatch(name)}
    keys = {name: re.sub(r"_(words|reason|heard)$", "", name) for name in filled}
    clauses = _clauses(set(keys.values()), path)
    found: dict[str, list[str]] = {}
    for name, values in filled.items():
        heading, labels = clauses.get(keys[name], ("", {}))
        said = [labels.get(value, value) for value in values if value in labels or not KEY.fullmatch(value)]
        if said:
            found.setdefault(heading, []).extend(said)
    return list(found.items())


def _clauses(keys: set[str], path: str) -> dict[str, tuple[str, Mapping[str, str]]]:
    """Clause key → its heading and the labels of its options, in the language of the round."""
    at = ROUND.match(path)
    draft = Draft.objects.filter(pk=at[1]).select_related("edition", "agreement").first() if at else None
    if draft is None:
        return {}
    said = saying.clauses(draft.edition, draft.agreement.language)
    fixed = {UNSURE: _("Not sure yet"), LEAVE_OUT: _("Leave it out")}
    return {
        each.clause.key: (each.text.heading, {**fixed, **{choice.key: choice.label for choice in each.choices}})
        for each in said.values()
        if each.clause.key in keys
    }
