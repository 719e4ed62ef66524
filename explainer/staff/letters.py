"""Where somebody chooses how they are told that something waits for them."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from explainer.operations.models import How, Letters
from explainer.staff.decorators import page, staff, who


class Choice(forms.Form):
    """One's own choice, and nobody else's."""

    how = forms.ChoiceField(label="Tell me", choices=How.choices, widget=forms.RadioSelect)


@staff(methods=("GET", "HEAD", "POST"))
def choose(request: HttpRequest) -> HttpResponse:
    """Show the choice, or keep another."""
    person = who(request)
    row = Letters.objects.filter(person=person).first()
    form = Choice(request.POST or None, initial={"how": row.how if row else How.DAILY})
    if request.method == "POST" and form.is_valid():
        Letters.objects.update_or_create(person=person, defaults=form.cleaned_data)
        messages.success(request, "Kept: that is how you are told from now on.")
        return redirect("staff-letters")
    context = {"title": "Letters to you", "form": form, "email": person.email}
    return page(request, "staff/letters.html", context)
