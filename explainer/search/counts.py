"""Counts over all that is kept: those of the phrases, and how many items have a word."""

import json
from collections import Counter
from collections.abc import Iterable

from explainer.text.weights import Weights


class Counts:
    """What words weigh follows from these; they are kept as one text."""

    def __init__(self, told: str = "") -> None:
        kept = json.loads(told) if told else {}
        self.weights = Weights.of(kept["weights"]) if kept else Weights()
        self.items: int = kept.get("items", 0)
        self.having: Counter[str] = Counter(kept.get("having", {}))

    def add_item(self, stems: Iterable[str], times: int = 1) -> None:
        """Count an item's stems; -1 takes away one that was counted."""
        self.items += times
        for stem in set(stems):
            self.having[stem] += times
            if not self.having[stem]:
                del self.having[stem]

    def told(self) -> str:
        return json.dumps(
            {"weights": self.weights.told(), "items": self.items, "having": self.having}
        )
