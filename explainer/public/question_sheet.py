"""The question sheet of a treatment: what to ask a clinic, made from the public claims.

Every published promise that nothing supports brings its question; promises
that ask the same share one. Nothing is typed here but the order.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from explainer.evidence.levels import Bearing, Level, Topic
from explainer.kinds import CLAIM
from explainer.library.models import Revision
from explainer.library.questions import (
    FirstQuestion,
    Questions,
    explain_questions,
    first_questions,
)
from explainer.library.rendering import terms
from explainer.public.claim_list import Facet
from explainer.public.navigation import NavLink

BOXES = (
    "Product", "Maker", "Batch number", "Date", "Who held the needle", "Sessions, weeks apart",
    "Price in all", "Whom to call if ill",
)  # fmt: skip
"""What to copy from the pack and the plan: without product and batch no harm can be traced."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question about a treatment, and the topic of each promise that brings it."""

    text: str
    treatment: str
    topics: tuple[Topic, ...]

    @property
    def topic(self) -> Topic:
        """Where it stands: a question that promises of several topics share, under the first."""
        return min(self.topics, key=list(Topic).index)

    @property
    def claims(self) -> str:
        is_shared = len(set(self.topics)) > 1
        return _address(self.treatment, None if is_shared else self.topic)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What to ask about one treatment.

    `first` and `always` come from the guidance of the page of questions, `questions` from its
    claims, by topic; `promises` is the number of promises that brought a question.
    """

    treatment: NavLink
    first: tuple[FirstQuestion, ...]
    questions: tuple[Question, ...]
    always: tuple[Questions, ...]
    changed_on: date | None
    boxes: tuple[str, ...] = BOXES

    @property
    def promises(self) -> int:
        return sum(len(question.topics) for question in self.questions)

    @property
    def claims(self) -> str:
        return _address(self.treatment.key)


def sheet_of(treatment: NavLink, page: Revision, changed_on: date | None) -> Sheet:
    claims = Revision.objects.published().of(CLAIM).with_texts("topic", "ask")
    promises = claims.filter(
        document__treatment__key=treatment.key,
        level=Level.UNSUPPORTED,
        fields__bearing=Bearing.PROMISE.value,
    ).order_by("document__key")
    asked = promises.values_list("text_topic", "text_ask")
    questions = by_topic(treatment.key, ((Topic(topic), ask) for topic, ask in asked if ask))
    words = terms()
    always = without(explain_questions(page, words), {question.text for question in questions})
    first = first_questions(page, treatment.name, words)
    return Sheet(treatment, first, questions, always, changed_on)


def by_topic(treatment: str, asked: Iterable[tuple[Topic, str]]) -> tuple[Question, ...]:
    """Give each distinct question once, by topic, that about most promises first."""
    topics: dict[str, list[Topic]] = defaultdict(list)
    for topic, text in asked:
        topics[" ".join(text.split())].append(topic)
    questions = (Question(text, treatment, tuple(found)) for text, found in topics.items())
    order = list(Topic)
    return tuple(sorted(questions, key=lambda q: (order.index(q.topic), -len(q.topics))))


def without(always: Iterable[Questions], asked: Collection[str]) -> tuple[Questions, ...]:
    left = (
        Questions(each.title, tuple(text for text in each.asked if text not in asked))
        for each in always
    )
    return tuple(each for each in left if each.asked)


def _address(treatment: str, topic: Topic | None = None) -> str:
    chosen = {
        Facet.TREATMENT: treatment,
        Facet.TOPIC: topic,
        Facet.LEVEL: Level.UNSUPPORTED,
        Facet.BEARING: Bearing.PROMISE,
    }
    return f"/claims/?{urlencode({facet.value: word for facet, word in chosen.items() if word})}"
