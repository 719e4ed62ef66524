"""Each id stands once on the staff's pages that show a text as readers would see it."""

from collections import Counter

import pytest
from lxml import html

from tests.library.people import ALL, staff
from tests.staff.rows import at, draft, of_every_kind, posted

NAMES = ("Content", "Preview", "Id body", "Positions", "Changes", "Short words", "Short words")
HEADINGS = "\n\n".join(f"## {name}\n\n[Words.](background:)" for name in NAMES)
TEXTS = {
    "claims": {"why": HEADINGS},
    "articles": {"summary": f"## Words\n\n{HEADINGS}", "body": HEADINGS},
    "sources": {"appraisal": HEADINGS},
    "glossary": {"definition": HEADINGS},
    "treatments": {"summary": HEADINGS, "body": HEADINGS},
}


@pytest.mark.django_db
@of_every_kind
def test_no_text_takes_an_id_of_the_page_that_shows_it(client, article, document):
    writer = staff("rita", *ALL)
    client.force_login(writer)
    revision = draft(document, writer)
    typed = posted(revision, note="New.", **TEXTS[document.subject.partition("/")[0]])

    client.post(at("edit", document.subject), typed)
    previewed = {**typed, "base": str(revision.lock_version + 1), "preview": "1"}
    client.force_login(staff("reader", "reviewer"))
    read, review = (client.get(at(name, document.subject)) for name in ("edit", "review"))
    client.force_login(writer)

    for shown in (client.post(at("edit", document.subject), previewed), read, review):
        ids = html.fromstring(shown.content.decode()).xpath("//@id")
        assert "Words." in shown.text
        assert [name for name, times in Counter(ids).items() if times > 1] == []
