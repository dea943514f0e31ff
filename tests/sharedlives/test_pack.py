"""The form templates: every kind of field, its hint, its error, and where the error summary leads."""

import re

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from sharedlives.forms import DateField

CHOICES = [("a", "First"), ("b", "Second")]


class Everything(forms.Form):
    name = forms.CharField(label="Full name", help_text="As on their certificate")
    notes = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=40)
    number = forms.IntegerField()
    area = forms.ChoiceField(choices=[("", "Choose"), *CHOICES])
    kind = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(help_text="Ask first")
    on = DateField(label="Since when")
    secret = forms.CharField(widget=forms.PasswordInput)
    file = forms.FileField()
    maybe = forms.CharField(required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, initial="the-key")


VISIBLE = [name for name in Everything.base_fields if name != "form_key"]


def crispy(form):
    request = RequestFactory().get("/")
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(
        Context({"form": form, "request": request, "csrf_token": "token"})
    )


def summary(form):
    return Template("{% load fields %}{% error_summary form %}").render(Context({"form": form}))


@pytest.fixture
def wrong():
    return Everything({"form_key": "the-key"}, {})


def test_each_field_shows_its_own_error_and_names_it_to_screen_readers(wrong):
    html = crispy(wrong)
    for name in VISIBLE:
        if name == "maybe":
            continue
        assert f'id="id_{name}_error"' in html, name
        assert re.search(rf'aria-describedby="[^"]*id_{name}_error', html), name


def test_the_summary_leads_to_an_element_that_takes_the_focus(wrong):
    html = crispy(wrong)
    targets = re.findall(r'href="#([^"]+)"', summary(wrong))
    assert len(targets) == len(VISIBLE) - 1
    for target in targets:
        assert re.search(rf'<(input|select|textarea)[^>]* id="{target}"', html), target


def test_each_line_of_the_summary_stands_alone(wrong):
    html = summary(wrong)
    assert "This field is required" not in html + crispy(wrong)
    for words in (
        "Fill in “Full name”.",
        "Choose an answer to “Kind”.",
        "Please tick “Agreed”.",
        "Since when: Enter a date",
    ):
        assert words in html
    own = Everything({}, {})
    own.fields["name"].error_messages["required"] = "Enter the carer’s full name"
    assert "Enter the carer’s full name" in summary(own)


def test_hints_are_shown_and_described(wrong):
    html = crispy(Everything())
    assert 'id="id_name_helptext"' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert re.search(r'<input[^>]* id="id_agreed"[^>]* aria-describedby="id_agreed_helptext"', html)


def test_what_need_not_be_answered_says_so():
    html = crispy(Everything())
    assert html.count("(optional)") == 1


def test_checkboxes_are_not_taken_for_radios():
    html = crispy(Everything())
    assert html.count('type="radio"') == 2
    assert html.count('name="needs"') == 2
    assert 'class="govuk-checkboxes__input" type="checkbox" id="id_needs"' in html


def test_a_date_has_three_labelled_boxes_and_keeps_what_was_typed():
    form = Everything({"on_0": "31", "on_1": "2", "on_2": "2027"}, {})
    html = crispy(form)
    for label, number, typed in (("Day", 0, "31"), ("Month", 1, "2"), ("Year", 2, "2027")):
        assert re.search(rf'<label[^>]* for="id_on_{number}">{label}</label>', html)
        assert re.search(rf'<input[^>]* name="on_{number}" value="{typed}"', html)
    assert "is not a date in the calendar" in html
    assert 'href="#id_on_0"' in summary(form)


def test_a_long_text_counts_its_characters_and_a_file_makes_the_form_multipart():
    html = crispy(Everything())
    assert 'data-maxlength="40"' in html
    assert 'aria-describedby="id_notes-info"' in html
    assert 'enctype="multipart/form-data"' in html


def test_a_refusal_of_the_whole_form_leads_to_its_first_field(wrong):
    wrong.add_error(None, "A home has three places at most. (SCIE Guide 5)")
    assert '<a href="#id_name">A home has three places at most. (SCIE Guide 5)</a>' in summary(wrong)


def test_the_key_travels_even_where_a_layout_forgot_it():
    form = Everything()
    form.helper = FormHelper()
    form.helper.layout = Layout(Fieldset("About them", "name", "kind"))
    html = crispy(form)
    assert html.count('name="form_key"') == 1
    assert 'value="the-key"' in html
    assert '<h2 class="govuk-fieldset__heading">About them</h2>' in html
    assert 'name="notes"' not in html


def test_buttons_look_like_what_they_do():
    form = Everything()
    form.helper = FormHelper()
    form.helper.add_input(Submit("save", "Save"))
    form.helper.add_input(Submit("end", "End it", css_class="govuk-button govuk-button--warning"))
    form.helper.add_input(Submit("later", "Later", css_class="govuk-button--secondary"))
    html = crispy(form)
    assert re.search(r'class="govuk-button"[^>]*>Save<', html)
    assert re.search(r'class="govuk-button govuk-button--warning"[^>]*>End it<', html)
    assert re.search(r'class="govuk-button govuk-button--secondary"[^>]*>Later<', html)


def test_a_plain_form_gets_key_token_and_buttons_from_the_component():
    html = Template(
        '{% include "components/form.html" with form=form submit="Send" cancel_url="/back/" %}'
    ).render(Context({"form": Everything(), "csrf_token": "token", "request": RequestFactory().get("/")}))
    assert 'name="csrfmiddlewaretoken"' in html
    assert html.count('name="form_key"') == 1
    assert ">Send</button>" in html
    assert '<a class="govuk-link" href="/back/">Cancel</a>' in html


def test_no_style_or_script_stands_in_the_page(wrong):
    html = crispy(wrong) + summary(wrong)
    assert " style=" not in html
    assert "<script" not in html
    assert not re.search(r" on[a-z]+=", html.replace(' on="', ""))


def test_options_may_have_hints():
    form = Everything()
    form.fields["kind"].hints = {"b": "Only with training"}
    assert (
        '<div id="id_kind-2-hint" class="govuk-hint govuk-radios__hint">Only with training</div>'
        in crispy(form)
    )


def test_what_is_typed_is_shown_as_text_never_as_markup():
    html = crispy(Everything({"name": '"><script>alert(1)</script>'}, {}))
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html
