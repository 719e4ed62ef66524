"""The components of the pages: a tag's signature is the contract, so misuse raises."""

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from explainer.evidence.labels import SCALE
from explainer.library import rendering
from explainer.library.models import Revision
from explainer.library.rendering import ClaimEntry
from explainer.public.jsonld import Graph
from explainer.public.labels import SCALE_TITLE, WHOLE_SCALE, Tally
from explainer.public.machine.quote import Quote, quote_of
from explainer.public.people import people_of

register = template.Library()


@register.filter
def day(written: str) -> str:
    """Give a day as readers know it, 9 December 2019, of how fields hold it, 2019-12-09.

    What a draft holds in its place stands for itself.
    """
    try:
        return date_format(date.fromisoformat(written), "j F Y")
    except ValueError:
        return written


register.simple_tag(rendering.label_html, name="label")
register.simple_tag(rendering.claim_line)
register.filter("said", rendering.sentence_html)


@register.inclusion_tag("components/scale.html")
def scale(*, whole: bool = False) -> dict[str, Any]:
    return {"labels": WHOLE_SCALE if whole else SCALE, "title": SCALE_TITLE, "whole": whole}


@register.inclusion_tag("components/tally.html")
def tally(tally: Tally, title: str) -> dict[str, Any]:
    return {"tally": tally, "title": title}


@register.inclusion_tag("components/people.html")
def people(entry: rendering.ClaimEntry) -> dict[str, Any]:
    """Draw the people behind a claim's numbers, with its label; too many are told in words."""
    label = entry.assessed.label
    return {"people": people_of(entry), "label": label, "numbers": entry.numbers}


@register.filter
def display(revision: Revision, name: str) -> str:
    field = revision.document.kind.field(name)
    if field is None:
        raise ValueError(f"A {revision.document.kind.name} has no field '{name}'.")
    return field.type.display(revision.fields[name])


@register.filter
def trusted(piece: rendering.Cut) -> SafeString:
    return rendering.trusted(piece)


@register.filter
def without_stop(text: str) -> str:
    """Take off a last full stop where the template sets its own: "Gajjar PC et al"."""
    return text.rstrip().removesuffix(".")


@register.filter
def parted(words: str) -> tuple[str, str, str]:
    """Part the first word from the rest: the name of the site says one and shows the other."""
    return words.partition(" ")


@register.filter
def scenes(key: str) -> list[str]:
    """Name the drawing of a treatment, and the empty one that stands in for a missing drawing."""
    return [f"scenes/{key}.html", "scenes/none.html"]


@register.filter
def person_scenes(key: str) -> list[str]:
    """Name the drawing of a page for one kind of reader, and the empty one in its place."""
    return [f"scenes/persons/{key}.html", "scenes/none.html"]


@register.filter
def public_title(revision: Revision) -> str:
    return revision.document.kind.public_title(revision.fields)


@register.simple_tag
def quoted(entry: ClaimEntry) -> Quote:
    return quote_of(entry)


@register.simple_tag
def json_ld(graph: Graph) -> Graph:
    """Print structured data inside a script element; it escapes itself for that place."""
    return graph
