"""The forms by which staff send an image in and say what it shows."""

from django import forms

_NO_FILE = "No file came with it. Choose an image, then send."


class FileForm(forms.Form):
    """An image as the editor sends it: what it shows is said in the text."""

    image = forms.FileField(
        error_messages={
            "required": _NO_FILE,
            "invalid": _NO_FILE,
            "empty": "The file is empty. Choose another one.",
        }
    )


class DescriptionForm(forms.Form):
    """What an image shows; `before` is what its page said when it was opened."""

    before = forms.CharField(required=False)
    alternative = forms.CharField(
        max_length=500,
        error_messages={
            "required": "Say what the image shows, for readers who cannot see it.",
            "max_length": "The words have %(show_value)d characters; at most %(limit_value)d. "
            "Say the rest in the article, where everybody can read it.",
        },
    )


class UploadForm(FileForm, DescriptionForm):
    """An image and what it shows, as the page of images sends them."""


def errors(form: forms.Form) -> str:
    """Give all that is wrong with a form in one line."""
    return " ".join(str(error) for each in form.errors.values() for error in each)
