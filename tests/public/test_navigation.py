"""A page that stands in no menu is a page all the same, and costs the others nothing."""

import pytest

from explainer.public.navigation import navigation
from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db


def test_a_page_in_no_menu_has_its_address_and_is_named_where_its_claims_appear(client):
    shop.build()
    shelf.publish(shelf.article_draft("apart", title="Apart from all", menu="none"))

    page, claim = client.get("/apart/"), client.get("/claims/t/hope/")

    assert page.status_code == 200
    assert "Apart from all" in claim.content.decode()
    assert "/apart/" not in {link.path for link in navigation().links}


def test_pages_in_menus_are_found_with_those_of_treatments():
    shop.build()
    shelf.publish(shelf.article_draft("help", title="Help", menu="help"))

    paths = {link.path for link in navigation().links}

    assert {"/help/", "/t/", "/t/safety/"} <= paths
