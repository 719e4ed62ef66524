"""The items that have some of a query's words, ranked by those alone; `index` weighs the rest."""

from collections.abc import Iterator, Mapping, Sequence

import tantivy

BOOSTS = {"names": 2.5, "said": 2.0, "body": 0.6}
MOST = 150
HEAP = 15_000_000
"""The least that the writer takes; one thread, so that equal results keep their order."""


class Candidates:
    """The stems of all items, each by its place, kept by tantivy in memory."""

    def __init__(self, stems: Sequence[Mapping[str, list[str]]]) -> None:
        schema = tantivy.SchemaBuilder().add_unsigned_field("number", stored=True)
        for field in BOOSTS:
            schema = schema.add_text_field(field, tokenizer_name="whitespace")
        self._index = tantivy.Index(schema.build())
        writer = self._index.writer(HEAP, num_threads=1)
        for number, of in enumerate(stems):
            texts = {name: " ".join(words) for name, words in of.items()}
            writer.add_document(tantivy.Document(number=number, **texts))
        writer.commit()
        self._index.reload()
        self._schema = self._index.schema

    def of(self, stems: Sequence[str]) -> Iterator[tuple[float, int]]:
        """Give score and place of the items that have some of the stems, the best first."""
        query, should = tantivy.Query, tantivy.Occur.Should
        terms = [
            (should, query.boost_query(query.term_query(self._schema, name, stem), boost))
            for stem in stems
            for name, boost in BOOSTS.items()
        ]
        searcher = self._index.searcher()
        found = searcher.search(query.boolean_query(terms), MOST).hits if terms else ()
        for score, address in found:
            yield float(score), int(searcher.doc(address).get_first("number") or 0)
