"""Which pages there are: published ones by address, how they lead to each other, and long lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import Case, Subquery, When
from django.http import Http404
from django.utils import timezone

from explainer.evidence.levels import Role, Topic
from explainer.kinds import PAGES, TREATMENT, Kind, article, comparison, steps
from explainer.library.dates import start_of
from explainer.library.edition import compared, per_edition
from explainer.library.models import Change, Document, Revision
from explainer.library.models.revision import MenuOf, RevisionQuerySet

PAGE_SIZE = 50
HOME = article.HOME
FIRST = 1
"""The number of the change that filled the database."""
QUESTIONS = "questions"
SYRINGE = "-syringe"
"""A page whose key is the first words of a treatment's key and this tells what is injected."""

_MENUS = tuple(str(menu) for menu in article.Menu if menu is not article.Menu.NONE)
_TEXTS = ("title", "name", "short", "role", "menu")
_LISTED_ELSEWHERE = (article.Menu.NONE, article.Menu.PERSON, article.Menu.HELP, article.Menu.URGENT)


@dataclass(frozen=True, slots=True)
class NavLink:
    """A link to a page: where it leads and what it is called.

    A treatment's overview has the treatment's `role`; a page about a treatment names its key,
    and its topic if it is not the overview. `short` is its name in the menu at the top.
    """

    path: str
    name: str
    treatment: str = ""
    topic: str = ""
    role: str = ""
    menu: str = ""
    short: str = ""

    @property
    def key(self) -> str:
        return self.path.strip("/")


@dataclass(frozen=True, slots=True)
class Navigation:
    """Every public page but those in no menu, and when anything on the site last changed, if ever.

    When a database was filled is no change: until the next one, the newest words tell the day.
    """

    links: tuple[NavLink, ...]
    changed_on: date | None = None

    @property
    def treatments(self) -> tuple[NavLink, ...]:
        return tuple(link for link in self.links if link.role == Role.EXPLAINED)

    @property
    def options(self) -> tuple[NavLink, ...]:
        return tuple(link for link in self.links if link.role == Role.OPTION)

    @property
    def pages(self) -> tuple[NavLink, ...]:
        """The site's own pages, besides the home page."""
        return tuple(link for link in self.links if link.key and not link.treatment)

    @property
    def compare(self) -> NavLink | None:
        return next((link for link in self.pages if link.key == comparison.PAGE), None)

    @property
    def persons(self) -> tuple[NavLink, ...]:
        """The ways for one kind of reader each: who needs help now, then by their titles."""
        return (*self._listed(article.Menu.URGENT), *self._listed(article.Menu.PERSON))

    @property
    def help(self) -> tuple[NavLink, ...]:
        """What helps before and after paying: harm, money, clinics."""
        return (*self._listed(article.Menu.URGENT), *self._listed(article.Menu.HELP))

    def _listed(self, menu: str) -> tuple[NavLink, ...]:
        listed = (link for link in self.pages if link.menu == menu)
        return tuple(sorted(listed, key=lambda link: link.name))

    @property
    def footer(self) -> tuple[NavLink, ...]:
        """The pages that no other list of a page holds."""
        elsewhere = {
            link.key for treatment in self.treatments for link in self.companions(treatment.key)
        } | {comparison.PAGE}
        return tuple(
            link
            for link in self.pages
            if link.menu not in _LISTED_ELSEWHERE and link.key not in elsewhere
        )

    @property
    def sheets(self) -> tuple[NavLink, ...]:
        if not any(link.key == QUESTIONS for link in self.pages):
            return ()
        return tuple(
            NavLink(f"/{QUESTIONS}/{link.key}/", f"Questions about {link.name}, to print")
            for link in self.treatments
        )

    @property
    def names(self) -> dict[str, str]:
        """Give what treatments and options are called, by key."""
        return {link.key: link.name for link in (*self.treatments, *self.options)}

    def of(self, page: Revision) -> NavLink:
        """Give the link to a page, which may stand in no menu."""
        return _link(page.document.kind, page.document.key, *map(page.fields.get, _TEXTS))

    def overview(self, treatment: str) -> NavLink | None:
        return next((link for link in self.links if link.role and link.key == treatment), None)

    def subjects(self, treatment: str) -> set[str]:
        """Give the treatments whose promises a page counts: its own, or all if it is of none."""
        return {treatment} if treatment else {link.key for link in self.treatments}

    def chosen(self, treatment: str) -> NavLink | None:
        """Give the treatment or option of that key, None for no key; raises Http404 for others."""
        found = self.overview(treatment)
        if treatment and found is None:
            raise Http404("No published treatment is called so.")
        return found

    def named(self, names: Iterable[str]) -> tuple[NavLink, ...]:
        """Give each name with the way to its treatment or option, or to nowhere."""
        known = {link.name: link for link in (*self.treatments, *self.options)}
        return tuple(known.get(name, NavLink("", name)) for name in names)

    def companions(self, treatment: str) -> tuple[NavLink, ...]:
        """What a reader of a treatment's pages can take along: its sheet, its syringe page."""
        sheets = (link for link in self.sheets if link.key == f"{QUESTIONS}/{treatment}")
        syringes = (
            link
            for link in self.pages
            if link.key.endswith(SYRINGE)
            and f"{treatment}-".startswith(f"{link.key.removesuffix(SYRINGE)}-")
        )
        return (*sheets, *syringes)

    def parts(self, treatment: str) -> tuple[NavLink, ...]:
        """List a treatment's pages: the overview, then its topics in the method's order.

        An option has its overview alone, so it has no list.
        """
        overview = self.overview(treatment)
        if overview is None or overview.role != Role.EXPLAINED:
            return ()
        topics = (link for link in self.links if link.topic and link.treatment == treatment)
        in_order = sorted(topics, key=lambda link: list(Topic).index(Topic(link.topic)))
        return (NavLink(overview.path, self._whole_name(overview)), *in_order)

    def showing(self, document: Document) -> tuple[NavLink, ...]:
        """List the pages that show a document in a place that a link can lead to."""
        pages = Revision.objects.published().filter(mentions__document=document)
        shown = sorted(_rows(pages), key=lambda row: row[1])
        links = (_link(*row) for row in shown if row[1] not in steps.CUT)
        return tuple(NavLink(link.path, self._whole_name(link)) for link in links)

    def _whole_name(self, link: NavLink) -> str:
        if link.role:
            return f"{link.name}: overview"
        overview = self.overview(link.treatment)
        return f"{overview.name}: {link.name}" if overview else link.name


def page_at(key: str, *, withdrawn: bool = False) -> Revision | None:
    """Give what is public at /KEY/, or was withdrawn if nothing stands there now."""
    revisions = Revision.objects.withdrawn() if withdrawn else Revision.objects.published()
    found = revisions.of(*PAGES).filter(document__key=key)
    return found.with_document().first()


@per_edition
def navigation() -> Navigation:
    links, at = _public()
    return Navigation(links, timezone.localdate(at) if at else None)


# Every publishing changes the time, and few the day, the pages or their names.
compared(navigation, lambda found: found)


def last_changed_at() -> datetime | None:
    """Give the time that `Navigation` tells the day of: a page that shows it is made anew often."""
    return _public()[1]


@per_edition
def _public() -> tuple[tuple[NavLink, ...], datetime | None]:
    # The time of the last change comes along with the pages, so that the footer costs no query.
    last = Change.objects.so_far().order_by("-number")
    newest = Revision.objects.published().filter(changed_on__isnull=False).order_by("-changed_on")
    first = When(last_number=FIRST, then=Subquery(newest.values("changed_on")[:1]))
    asked = {
        "last_at": Subquery(last.values("at")[:1]),
        "last_number": Subquery(last.values("number")[:1]),
        # Asked only while it tells the day: it looks at everything that is public.
        "newest_words": Case(first),
    }
    public = Revision.objects.published()
    # Asked apart and for no kind (articles alone have menus), or a database looks at every page.
    listed = public.alias(menu=MenuOf("fields")).filter(menu__in=_MENUS)
    rows = _rows(public.of(TREATMENT), **asked).union(_rows(listed, **asked), all=True)
    found = sorted(rows, key=lambda row: row[1])
    links = (_link(*row[: 2 + len(_TEXTS)]) for row in found)
    return tuple(links), _changed_at(*found[0][-3:]) if found else None


def _rows(pages: RevisionQuerySet, **asked: Any) -> Any:
    """Read what links are made of: kind, key and texts; and what else is asked."""
    columns = ("document__kind", "document__key", *(f"text_{name}" for name in _TEXTS), *asked)
    return pages.with_texts(*_TEXTS).annotate(**asked).order_by().values_list(*columns)


def _changed_at(at: datetime | None, number: int | None, words: date | None) -> datetime | None:
    return min(at, start_of(words)) if at and words and number == FIRST else at


def _link(kind: Kind, key: str, title: str, name: str, short: str, role: str, menu: str) -> NavLink:
    topic = kind.topic(key, {})
    return NavLink(
        path=kind.address(key),
        name=Topic(topic).words if topic else kind.title({"title": title, "name": name}),
        treatment=kind.treatment(key),
        topic=topic,
        role=role or "",
        menu=menu or "",
        short=short or "",
    )


def get_page(rows: Any, number: str) -> Page:
    """Give one page of rows; raises Http404 for a number that is none or has no page."""
    if not (number.isascii() and number.isdigit() and len(number) < 7):
        raise Http404("Pages are numbered from 1.")
    try:
        return Paginator(rows, PAGE_SIZE).page(int(number))
    except EmptyPage as absent:
        raise Http404("The list has no such page.") from absent
