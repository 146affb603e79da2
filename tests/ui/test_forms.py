"""Forms in our markup: label, hint, control and error belong together."""

import re

from django import forms

from intranet.ui.forms import EditorInput, Form, TitleInput, TokenField
from intranet.ui.tags import coded


class Sample(Form):
    title = forms.CharField(label="Title", widget=TitleInput)
    code = forms.CharField(label="Code", help_text="As printed", required=False)
    mail = forms.EmailField(label="Mail")
    text = forms.CharField(label="Text", widget=EditorInput)
    kinds = forms.MultipleChoiceField(
        label="Kinds", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple
    )
    agree = forms.BooleanField(label="Agree")
    client_token = TokenField()


def rendered(form):
    return re.sub(r"\s+", " ", str(form))


def test_hint_and_error_are_tied_to_their_control():
    page = rendered(Sample({"code": ""}))
    assert '<div class="hint" id="id_code_helptext">As printed</div>' in page
    assert 'aria-describedby="id_code_helptext"' in page
    assert '<div id="id_mail_error">' in page
    assert 'aria-describedby="id_mail_error"' in page


def test_what_was_typed_comes_back():
    page = rendered(Sample({"title": "<b>Why</b>", "text": "שלום & more", "mail": "no"}))
    assert 'value="&lt;b&gt;Why&lt;/b&gt;"' in page
    assert "שלום &amp; more</textarea>" in page


def test_each_kind_of_field_has_its_direction_and_look():
    page = rendered(Sample())
    assert re.search(r'<input type="text" name="title" class="input input--title" [^>]*dir="auto"', page)
    assert re.search(r'<input type="email" name="mail" [^>]*class="input" dir="ltr"', page)
    assert re.search(r'<textarea name="text" [^>]*class="area" dir="auto"', page)
    assert '<fieldset class="field"> <legend>Kinds</legend>' in page
    assert '<input type="hidden" name="client_token"' in page


def test_options_are_labelled_one_by_one():
    assert re.search(
        r'<label class="pick"><input type="checkbox" name="kinds" value="a"[^>]*><span>A</span></label>',
        rendered(Sample()),
    )


def test_code_in_a_title_is_set_as_code_and_nothing_else_is():
    assert coded("Why `line-3/<b>`?") == "Why <code>line-3/&lt;b&gt;</code>?"
    assert coded("One ` alone") == "One ` alone"
