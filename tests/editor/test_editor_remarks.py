"""What a reviewer wants mended stands at its place in the editor until it is handed over again."""

import pytest

from explainer.library import drafts, workflow
from explainer.library.models import AuditEntry
from explainer.library.workflow import Remark
from explainer.review.change import mark
from tests.library import people, shelf
from tests.library.people import ALL, AT
from tests.staff.rows import ARTICLE, CLAIM, at

pytestmark = pytest.mark.django_db

BODY = "[](claim:t/hope)\n\n::: background\nHair grows in cycles.\n:::"


@pytest.fixture
def sent_back(client, claim):
    """A draft of the article, sent back from its own page with remarks in two places."""
    ana, ben = people.staff("ana", *ALL), people.staff("ben", *ALL)
    shelf.publish(shelf.article_draft())
    revision = people.submitted(shelf.document(ARTICLE), ana, body=BODY, title="Another title")
    client.force_login(ben)
    shown = client.get(at("review", ARTICLE)).text
    boxes = {
        f"remark {ARTICLE} body Hair grows in cycles.": "Which hair?",
        f"remark {ARTICLE} title": "Shorter.",
    }
    assert all(f'name="{name}"' in shown for name in boxes)
    typed = {"do": "send-back", "base": mark(revision), "comment": "", **boxes}
    assert client.post(at("review", ARTICLE), typed).status_code == 302
    client.force_login(ana)
    return revision


def test_each_remark_stands_at_its_field_with_its_line(client, sent_back):
    page = client.get(at("edit", ARTICLE))

    form = page.context["form"]
    body, title = form["body"].remarks, form["title"].remarks
    assert [(it.line, it.message) for it in body] == [(4, "“Hair grows in cycles.”: Which hair?")]
    assert [it.message for it in title] == ["Shorter."]
    assert 'id="id_body_remarks"' in page.text
    assert "id_body_remarks" in form["body"].aria_describedby
    kept = AuditEntry.objects.get(action="send back").after["remarks"]
    assert {it["text"] for it in kept} == {"Which hair?", "Shorter."}


def test_they_stay_while_it_is_saved_and_go_when_it_is_handed_over(client, sent_back):
    ana = people.User.objects.get(username="ana")
    draft, fields = drafts.newest(sent_back.document), {"title": "Shorter title"}
    drafts.save(revision=draft, expected=1, fields=fields, actor=ana, now=AT)

    saved = client.get(at("edit", ARTICLE)).context["sent_back"]
    workflow.submit(revision=draft, expected=2, actor=ana, now=AT)
    workflow.take_back(revision=draft, expected=2, actor=ana, now=AT)
    again = client.get(at("edit", ARTICLE)).context["sent_back"]

    assert (len(saved["remarks"]), again) == (2, {})


def test_a_remark_on_a_position_leads_to_the_rows_and_a_refused_step_keeps_it(client, claim):
    ana, ben = people.staff("ana", *ALL), people.staff("ben", *ALL)
    revision = people.submitted(claim, ana, positions=[shelf.position(says="Says more.")])
    name = f"remark {CLAIM} positions"
    client.force_login(ben)

    stale = {"do": "send-back", "base": "1.1", name: "Who says more?"}
    refused = client.post(at("review"), stale)
    remarks = [Remark(CLAIM, "positions", "", "Who says more?")]
    given = {"actor": ben, "now": AT, "comment": "", "remarks": remarks}
    workflow.send_back(revision=revision, expected=1, **given)
    client.force_login(ana)

    assert refused.status_code == 409
    assert "Who says more?" in refused.text
    (remark,) = client.get(at("edit")).context["sent_back"]["remarks"]
    assert (remark.id, remark.label) == ("id_positions", "Who says what")
