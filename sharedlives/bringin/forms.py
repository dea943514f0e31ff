"""What can be typed about a file and its rows."""

from django import forms

from sharedlives.forms import ActionForm

from .models import BringInRow


class SendForm(ActionForm):
    """A file to bring in. It is refused by its size before it gets here."""

    submit = "Check the file"

    organisation = forms.ChoiceField(label="For whom is it?")
    file = forms.FileField(label="The file", help_text="CSV or XLSX. The first line names the columns.")

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        self.fields["organisation"].choices = [(pk, str(place)) for pk, place in self.places.items()]
        if len(self.places) == 1:
            del self.fields["organisation"]
        self.fields["file"].allow_empty_file = True  # refused with words that help, by the rule

    def facts(self):
        facts = super().facts()
        chosen = facts.get("organisation") or next(iter(self.places))
        return facts | {"organisation": self.places[chosen]}


class ColumnsForm(ActionForm):
    """Which column of the file is which: one question for each heading."""

    submit = "Check the rows"

    def __init__(self, *args, bring_in, **kwargs):
        super().__init__(*args, **kwargs)
        kind = bring_in.spec
        choices = [("", "Not used")] + [(c.key, c.heading + (" (needed)" if c.needed else "")) for c in kind.columns]  # fmt: skip
        examples = list(bring_in.rows.values_list("raw", flat=True)[:3])
        for place, heading in enumerate(bring_in.headings):
            shown = [raw[place] for raw in examples if place < len(raw) and raw[place]]
            if not heading and not shown:
                continue
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=heading or f"Column {place + 1}, without a heading",
                choices=choices,
                required=False,
                initial=bring_in.columns.get(str(place), ""),
                help_text=f"Such as: {'; '.join(shown)[:120]}" if shown else "Empty in the first rows.",
            )

    def facts(self):
        return {
            "columns": {
                name.removeprefix("column-"): key
                for name, key in super().facts().items()
                if name.startswith("column-")
            }
        }


class ConfirmForm(ActionForm):
    submit = "Bring in what is new"


class PutAsideForm(ActionForm):
    submit = "Put the file aside"
    warning = True


class MendForm(ActionForm):
    """The cells of one row, as text: those that are wrong, or all of them. What is wrong stands beside each."""

    submit = "Save and try again"

    def __init__(self, data=None, *, mended, everything=False, **kwargs):
        self.kind, self.mended = mended.bring_in.spec, mended
        if data is None:  # shown as if it had just been sent, so that each problem stands beside its box
            data = mended.cells
        super().__init__(data, **kwargs)
        wrong = [key for key in mended.problems if key]
        for column in self.kind.columns:
            if everything or not wrong or column.key in wrong:
                self.fields[column.key] = forms.CharField(
                    label=column.heading, required=False, max_length=2000, help_text=column.what
                )

    def show_problems(self):
        """Put each problem of the row beside its box; those of the whole row stand above."""
        self.full_clean()
        for key, words in self.mended.problems.items():
            self.add_error(key if key in self.fields else None, words)
        self.data = {**self.mended.cells, "form_key": self.fields["form_key"].initial}

    def facts(self):
        return {"cells": super().facts()}


class DecideForm(ActionForm):
    """Whom does this row mean?"""

    submit = "Decide"

    who = forms.ChoiceField(label="Whom does this row mean?", widget=forms.RadioSelect)

    def __init__(self, *args, decided, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(one["id"], f"{one['label']} ({one['why']})") for one in decided.candidates]
        choices.append(("here", "A record that I am not shown, or another one: leave the row as it is"))
        choices.append(("new", "Nobody who has a record: bring the row in"))
        self.fields["who"].choices = choices


class LeaveOutForm(ActionForm):
    submit = "Leave the row out"
    warning = True

    why = forms.CharField(
        label="Why is it not brought in?", max_length=300, widget=forms.Textarea({"rows": 3})
    )


class RowFilterForm(forms.Form):
    """Narrows the rows of a file."""

    state = forms.ChoiceField(
        label="What became of it", required=False, choices=[("", "All rows"), *BringInRow.State.choices]
    )
