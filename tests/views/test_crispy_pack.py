"""The template pack "own" and the field markup under it: nothing posted or written by a person becomes markup."""

import re
from html.parser import HTMLParser
from pathlib import Path

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Hidden, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.conf import settings
from django.utils.html import escape

from agreements.forms.choices import Option, OptionCheckboxes, OptionRadio

EVIL = "<script>alert(1)</script>\"'&"
SYNTAX = "{{ 7|add:7 }}{% now 'Y' %}"
TEMPLATES = Path(settings.BASE_DIR) / "templates"


class Reader(HTMLParser):
    """Collects every start tag with its attributes, and the ids in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag == name]

    @property
    def ids(self) -> list[str]:
        return [str(attrs["id"]) for _, attrs in self.tags if attrs.get("id")]


class Answers(forms.Form):
    """One field of each kind, with words nobody should trust."""

    use_required_attribute = False
    name = forms.CharField(label=f"Name {EVIL}", help_text=f"Hint {EVIL}{SYNTAX}")
    often = forms.ChoiceField(
        label="How often",
        help_text="Answers do not count.",
        widget=OptionRadio,
        choices=[("few", Option(f"1 or 2 {EVIL}", f"Less to do {EVIL}")), ("many", "Most days"), (EVIL, SYNTAX)],
    )
    purpose = forms.MultipleChoiceField(
        label="What for", widget=OptionCheckboxes, choices=[("a", Option("A note", "It waits.")), ("b", "Times")]
    )
    registered = forms.BooleanField(label="Registered on this phone")
    rev = forms.IntegerField(widget=forms.HiddenInput)


def shown(data: dict[str, object] | None = None, *layout: object) -> str:
    form = Answers(data)
    helper = FormHelper()
    helper.layout = Layout(*(layout or ("name", "often", "purpose", "registered", "rev")))
    helper.add_input(Submit("save", "Save and continue"))
    return render_crispy_form(form, helper, {"csrf_token": "token"})


def test_words_of_people_stay_words() -> None:
    html = shown({"name": EVIL + SYNTAX, "often": EVIL, "rev": "1"})
    assert "<script>" not in html
    assert SYNTAX.split("{%")[0] in html  # shown as typed, never run
    assert "14" not in html


def test_posted_values_come_back_as_they_were() -> None:
    values = {attrs.get("name"): attrs.get("value") for attrs in Reader(shown({"name": EVIL, "rev": "7"})).all("input")}
    assert values["name"] == EVIL
    assert values["rev"] == "7"


def test_legends_and_buttons_are_text() -> None:
    html = shown(None, Fieldset(f"Legend {EVIL}", "name", css_class="wide"), Div("often", css_id="box"))
    html += render_crispy_form(forms.Form(), button_helper())
    assert "<script>" not in html
    assert "Legend &lt;script&gt;" in html


def button_helper() -> FormHelper:
    helper = FormHelper()
    helper.add_input(Submit("go", f"Save {EVIL}"))
    helper.add_input(Hidden("form_key", EVIL))
    return helper


def test_no_template_trusts_its_data() -> None:
    ours = [path for path in TEMPLATES.rglob("*.html") if path.parent.name != "pdf"]
    trusting = [path.name for path in ours if re.search(r"\|\s*safe\b|autoescape off|safeseq", path.read_text("utf-8"))]
    assert trusting == []


def test_each_choice_is_named_by_its_label_and_its_line_and_nothing_is_chosen() -> None:
    rows = re.findall(r'<label class="option"><input.*?</label>', shown())
    assert re.sub(r"<[^>]+>", "", rows[0]) == f"1 or 2 {escape(EVIL)} Less to do {escape(EVIL)}"
    assert re.sub(r"<[^>]+>", "", rows[1]) == "Most days"
    assert not any("checked" in attrs for attrs in Reader(shown()).all("input"))


def test_every_reference_points_at_one_thing() -> None:
    for data in (None, {}):
        page = Reader(shown(data))
        assert sorted(page.ids) == sorted(set(page.ids))
        named = [attrs.get(key) for _, attrs in page.tags for key in ("for", "aria-labelledby", "aria-describedby")]
        assert {ref for value in named if value for ref in value.split()} <= set(page.ids)


def test_the_error_summary_leads_to_the_first_input_of_each_field() -> None:
    page = Reader(shown({}))
    targets = [str(attrs["href"])[1:] for attrs in page.all("a")]
    assert targets == ["id_name", "id_often_0", "id_purpose_0", "id_registered"]
    inputs = {attrs.get("id") for attrs in page.all("input")}
    assert set(targets) <= inputs
    summary = next(attrs for attrs in page.all("div") if attrs.get("id") == "error-summary")
    assert summary["role"] == "alert"
    assert summary["tabindex"] == "-1"


def test_a_wrong_group_is_described_once_and_its_radio_buttons_are_not_called_invalid() -> None:
    page = Reader(shown({}))
    group = page.all("fieldset")[0]
    assert group["aria-describedby"] == "id_often_helptext id_often_error"
    assert not any("aria-invalid" in attrs for attrs in page.all("input") if attrs.get("type") == "radio")


def test_the_browser_never_blocks_a_form() -> None:
    page = Reader(shown())
    assert "novalidate" in page.all("form")[0]
    assert not any("required" in attrs for _, attrs in page.tags)


def test_attributes_of_a_layout_reach_the_input() -> None:
    page = Reader(shown(None, Field("name", autocomplete="off")))
    assert page.all("input")[1]["autocomplete"] == "off"
