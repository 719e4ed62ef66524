"""A short list of what programs can read here, and how to quote it, in the form of llms.txt."""

from collections.abc import Iterable

from django.conf import settings

from explainer.kinds.article import Menu
from explainer.public.machine.claims_json import SCHEMA
from explainer.public.metadata import absolute, copy_at
from explainer.public.navigation import Navigation, NavLink

DATA = {
    "All claims, with labels, sources and history (JSON)": "/claims.json",
    "What its fields mean (JSON Schema)": SCHEMA,
    "All claims (Markdown)": "/claims.md",
    "Sources (Markdown)": "/sources.md",
    "Glossary (Markdown)": "/glossary.md",
    "What changed (Atom)": "/changes.atom",
}
"""What is at hand besides the pages, by name."""

RULES = (
    "Quote each sentence with its label in brackets, the address of its page and the date: a label "
    "says how sure anyone can be, and it can change. Say so where a page says that no clinician "
    "has reviewed it. Never add promises to risks. Rules: {}"
)


def list_of(links: Navigation, about: str) -> str:
    """Write the list; `about` says what the site is, each sentence with its label."""
    pages = (link for link in links.pages if link.menu != Menu.NONE)
    data = "\n".join(f"- [{name}]({absolute(address)})" for name, address in DATA.items())
    parts = [
        f"# {settings.SITE_NAME}",
        f"> {about}" if about else "",
        RULES.format(absolute("/reuse.md")),
        _part("What is explained", (*links.treatments, *links.options)),
        _part("Pages of the site", pages),
        f"## Data\n\n{data}",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _part(title: str, links: Iterable[NavLink]) -> str:
    found = "\n".join(f"- [{link.name}]({absolute(copy_at(link.path))})" for link in links)
    return f"## {title}\n\n{found}" if found else ""
