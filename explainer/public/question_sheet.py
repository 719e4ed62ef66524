"""The question sheet of a treatment: what to ask a clinic, made from the register.

Every published promise that nothing supports brings its question; promises
that ask the same share one. Nothing is typed here but the order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from explainer.evidence.levels import Bearing, Level, Topic
from explainer.library.models import ArticleVersion, ClaimVersion, Edition, Treatment
from explainer.library.questions import Asked, by_topic, without
from explainer.library.rendering import Questions, explain_questions
from explainer.public.claim_list import Facet


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and how many promises of a topic it is about."""

    text: str
    promises: int
    register: str


@dataclass(frozen=True, slots=True)
class Group:
    """The questions that the promises of one topic bring."""

    topic: Topic
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What to ask about one treatment.

    `groups` come from the register, `always` from the guidance of the page of
    questions; `promises` is the number of promises that brought a question.
    """

    treatment: Treatment
    groups: tuple[Group, ...]
    always: tuple[Questions, ...]
    changed_at: datetime | None

    @property
    def promises(self) -> int:
        """All promises behind the questions."""
        return sum(question.promises for group in self.groups for question in group.questions)

    @property
    def register(self) -> str:
        """Where the register lists the treatment's unsupported promises."""
        return _register(self.treatment)


def sheet_of(treatment: Treatment, page: ArticleVersion) -> Sheet:
    """Make a treatment's sheet, in three queries; `page` is the page of questions."""
    versions = (
        ClaimVersion.objects.published()
        .filter(claim__treatment=treatment, level=Level.UNSUPPORTED, bearing=Bearing.PROMISE)
        .exclude(ask="")
        .order_by("claim__key")
    )
    asked = [(Topic(topic), ask) for topic, ask in versions.values_list("topic", "ask")]
    groups = _groups(treatment, asked)
    said = {question.text for group in groups for question in group.questions}
    always = without(explain_questions(page), said)
    return Sheet(treatment, groups, always, Edition.objects.current().changed_at)


def _groups(treatment: Treatment, asked: Iterable[tuple[Topic, str]]) -> tuple[Group, ...]:
    return tuple(
        Group(topic, tuple(_question(treatment, question) for question in found))
        for topic, found in by_topic(asked).items()
    )


def _question(treatment: Treatment, asked: Asked) -> Question:
    register = _register(treatment, None if asked.shared else asked.topic)
    return Question(asked.text, asked.promises, register)


def _register(treatment: Treatment, topic: Topic | None = None) -> str:
    chosen = {
        Facet.TREATMENT: treatment.key,
        Facet.TOPIC: topic,
        Facet.LEVEL: Level.UNSUPPORTED,
        Facet.BEARING: Bearing.PROMISE,
    }
    return f"/claims/?{urlencode({facet.value: word for facet, word in chosen.items() if word})}"
