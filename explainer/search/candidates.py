"""What has some of a query's words, ranked by those alone; `index` and `text.matching` weigh it.

Texts lie in tantivy, in memory or in a folder, each by a number that `kept` knows.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import tantivy

HEAP = 15_000_000
"""The least that the writer takes; one thread, so that equal results keep their order."""
OUT_OF_DATE = 100
"""All is written anew when one text of so many was taken away: until then they still count."""

Texts = Iterable[tuple[int, Mapping[str, str]]]
"""Numbers with the stems of each field, parted by blanks."""


class Candidates:
    """Texts of some fields, each with what a word in it counts."""

    def __init__(self, boosts: Mapping[str, float], folder: Path | None = None) -> None:
        schema = tantivy.SchemaBuilder().add_integer_field("number", indexed=True, fast=True)
        for field in boosts:
            schema = schema.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
        self._boosts = boosts
        if folder:
            folder.mkdir(mode=0o700, exist_ok=True)
        self._index = tantivy.Index(schema.build(), path=str(folder) if folder else None)
        self.reload()

    def reload(self) -> None:
        """See what was written; until then all answers are of one moment."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def change(self, gone: Sequence[int], new: Texts, *, anew: bool = False) -> None:
        """Take texts away and add others, all at once; `anew` keeps none of those there were."""
        writer = self._index.writer(HEAP, num_threads=1)
        if anew:
            writer.delete_all_documents()
        for number in gone:
            writer.delete_documents_by_term("number", number)
        for number, texts in new:
            writer.add_document(tantivy.Document(number=number, **texts))
        writer.commit()
        # It gives the lock and its memory back.
        writer.wait_merging_threads()
        self.reload()

    def of(self, stems: Iterable[str], most: int) -> list[int]:
        """Give the numbers of what has some of the stems, the best first."""
        return self._numbers(self._hits(stems, most))

    def scored(self, stems: Iterable[str], most: int) -> list[tuple[int, float]]:
        """Give them with their scores."""
        hits = self._hits(stems, most)
        return [*zip(self._numbers(hits), (float(score) for score, _ in hits), strict=True)]

    def _numbers(self, hits: Sequence[tuple[Any, tantivy.DocAddress]]) -> list[int]:
        places = [address for _, address in hits]
        return [int(n or 0) for n in self._searcher.fast_field_values("number", places)]

    def _hits(self, stems: Iterable[str], most: int) -> list[tuple[Any, tantivy.DocAddress]]:
        query, should, schema = tantivy.Query, tantivy.Occur.Should, self._index.schema
        terms = [
            (should, query.boost_query(query.term_query(schema, name, stem, "freq"), boost))
            for stem in stems
            for name, boost in self._boosts.items()
        ]
        if not terms:
            return []
        return self._searcher.search(query.boolean_query(terms), most, count=False).hits
