"""What a reader can ask about a treatment: the questions that its promises bring, in order.

Given the questions of some promises, of today or of the past; finds none itself.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from explainer.evidence.levels import Topic
from explainer.library.rendering import Questions

_ORDER = tuple(Topic)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, and the topic of each promise that brings it."""

    text: str
    topics: tuple[Topic, ...]

    @property
    def promises(self) -> int:
        """How many promises it is about."""
        return len(self.topics)

    @property
    def topic(self) -> Topic:
        """Where it stands: a question that promises of several topics share, under the first."""
        return min(self.topics, key=_ORDER.index)

    @property
    def shared(self) -> bool:
        """True if promises of several topics bring it."""
        return len(set(self.topics)) > 1


def by_topic(brought: Iterable[tuple[Topic, str]]) -> dict[Topic, tuple[Asked, ...]]:
    """Put each distinct question once under its topic, that about most promises first."""
    topics: dict[str, list[Topic]] = {}
    for topic, question in brought:
        topics.setdefault(" ".join(question.split()), []).append(topic)
    groups: dict[Topic, list[Asked]] = {topic: [] for topic in _ORDER}
    for text, of in topics.items():
        asked = Asked(text, tuple(of))
        groups[asked.topic].append(asked)
    return {
        topic: tuple(sorted(found, key=lambda asked: asked.promises, reverse=True))
        for topic, found in groups.items()
        if found
    }


def without(always: Iterable[Questions], asked: Collection[str]) -> tuple[Questions, ...]:
    """Leave out what is asked already: each question stands on a sheet once."""
    left = (
        Questions(each.title, tuple(text for text in each.asked if text not in asked))
        for each in always
    )
    return tuple(each for each in left if each.asked)
