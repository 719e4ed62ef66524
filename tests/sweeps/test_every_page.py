"""What is true of every public page, swept over the real content and counted."""

from collections import Counter
from itertools import pairwise
from urllib.parse import urldefrag, urlsplit

from django.conf import settings

from tests.files.folders import real_check
from tests.sweeps.whole_site import Site

FEWEST = 300
"""Pages the sweeps must at least have met: both treatments, their claims and sources."""

TABLE_ROLES = {
    ("table", "table"),
    ("thead", "rowgroup"),
    ("tbody", "rowgroup"),
    ("tr", "row"),
    ("th", "columnheader"),
    ("th", "rowheader"),
    ("td", "cell"),
}
"""Elements of tables and the roles that keep them tables where a phone lays them out as blocks."""

OWN_FILES = ("/static/", "/favicon.ico", "/site.webmanifest")


def test_every_address_that_anything_leads_to_answers(site: Site) -> None:
    wrong = {a.address: a.status for a in site.answers.values() if a.status != 200}

    assert len(site.answers) > FEWEST
    assert wrong == {"/no-page/": 404}


def test_the_sitemap_lists_every_page_that_may_be_listed_and_no_other(site: Site) -> None:
    later_pages = {f"/claims/?page={number}" for number in range(2, 20)}
    reached = {page.address for page in site.listed}

    assert len(reached) > FEWEST
    assert reached - later_pages == set(site.mapped)


def test_every_page_has_one_h1_a_language_and_a_viewport(site: Site) -> None:
    for page in site.pages:
        assert page.one("//h1[1]/ancestor::main/@id") == "main", page.address
        assert len(page.tree.xpath("//h1")) == 1, page.address
        assert page.tree.get("lang") == "en"
        assert "width=device-width" in page.one("//meta[@name='viewport']/@content")


def test_titles_and_descriptions_are_there_and_unique(site: Site) -> None:
    for xpath in ("//head/title/text()", "//meta[@name='description']/@content"):
        found = Counter(page.one(xpath) for page in site.listed)

        assert len(found) > FEWEST
        assert [words for words, times in found.items() if times > 1] == []
        assert "" not in found


def test_titles_and_descriptions_are_short_enough_to_be_shown_whole(site: Site) -> None:
    told = {
        page.address: (
            page.one("//head/title/text()"),
            page.one("//meta[@name='description']/@content"),
        )
        for page in site.listed
    }

    assert len(told) > FEWEST
    assert {a: title for a, (title, _) in told.items() if len(title) > 60} == {}
    assert {a: words for a, (_, words) in told.items() if len(words) > 155} == {}
    assert {a: words for a, (_, words) in told.items() if not words.endswith((".", ".)"))} == {}


def test_every_listed_page_names_its_own_address_as_canonical(site: Site) -> None:
    for page in site.listed:
        own = f"{settings.SITE_URL}{page.address}"
        assert page.one("//link[@rel='canonical']/@href") == own
        assert page.one("//meta[@property='og:url']/@content") == own


def test_a_filtered_register_is_unlisted_and_points_to_the_whole(site: Site) -> None:
    filtered = [
        page
        for page in site.pages
        if page.path == "/claims/" and "=" in page.address and not page.address.count("?page=")
    ]

    assert len(filtered) >= 7
    for page in filtered:
        assert not page.listed
        assert page.one("//link[@rel='canonical']/@href") == f"{settings.SITE_URL}/claims/"


def test_no_page_has_inline_style_script_or_handler(site: Site) -> None:
    for page in site.pages:
        attributes = {name for element in page.tree.iter("*") for name in element.attrib}
        assert not [n for n in attributes if n == "style" or n.startswith("on")], page.address
        assert not page.tree.xpath("//style"), page.address
        scripts = page.tree.xpath("//script[not(@type='application/ld+json')]")
        assert all(
            one.get("src", "").startswith(settings.STATIC_URL + "js/public/")
            and "defer" in one.attrib
            and not one.text
            for one in scripts
        ), page.address


def test_no_page_fetches_anything_from_another_host(site: Site) -> None:
    fetched: Counter[str] = Counter()
    for page in site.pages:
        fetched.update(page.tree.xpath("//@src | //@srcset | //@poster | //@data"))
        fetched.update(page.tree.xpath("//link[not(@rel='canonical' or @rel='alternate')]/@href"))
        fetched.update(
            page.tree.xpath(
                "//form/@action[not(contains(' /claims/ /check/ /search/ ', concat(' ', ., ' ')))]"
            )
        )

    assert fetched.total() > FEWEST
    assert [address for address in fetched if not address.startswith(OWN_FILES)] == []


def test_no_page_sets_a_cookie_or_varies_by_one(site: Site) -> None:
    for answer in site.answers.values():
        assert answer.cookies == [], answer.address
        assert "cookie" not in answer.headers.get("Vary", "").lower(), answer.address
        assert "csrf" not in answer.text.lower(), answer.address


def test_headings_go_down_one_step_at_a_time(site: Site) -> None:
    for page in site.pages:
        levels = [int(heading.tag[1]) for heading in page.tree.iter("h1", "h2", "h3", "h4")]
        main = levels[levels.index(1) :]
        steps = [after - before for before, after in pairwise(main)]
        assert max(steps, default=0) <= 1, page.address


def test_every_fragment_leads_somewhere_and_every_id_is_unique(site: Site) -> None:
    ids = {page.address: Counter(page.tree.xpath("//@id")) for page in site.pages}
    twice = {a: i for a, found in ids.items() for i, times in found.items() if times > 1}
    swept = 0
    for page in site.pages:
        for link in page.links:
            address, fragment = urldefrag(link)
            swept += bool(fragment)
            assert not fragment or fragment in ids[address], f"{page.address}: {link}"

    assert twice == {}
    assert swept > 1000


def test_links_to_other_sites_leave_quietly(site: Site) -> None:
    links = [
        (page.address, link)
        for page in site.pages
        for link in page.tree.xpath("//a[starts-with(@href, 'http')]")
        if urlsplit(link.get("href")).netloc != urlsplit(settings.SITE_URL).netloc
    ]

    assert len(links) > 50
    for address, link in links:
        assert link.get("rel") == "noopener noreferrer external", address


def test_no_page_shows_words_that_are_for_the_makers_of_the_site(site: Site) -> None:
    told = {
        f"{answer.address}: {slip}"
        for answer in site.answers.values()
        for slip in ("et al..", "title not shown", "content files", "..)")
        if slip in answer.text
    }

    assert told == set()


def test_the_method_page_tells_how_many_sources_were_read_how_far(site: Site) -> None:
    seen = Counter(source.seen for source in real_check().context.sources.values())
    told = site.answers["/method/"].visible_text

    assert f"this site had {seen.total()} sources. We read {seen['full']} of them in full" in told
    assert f"Of {seen['abstract']} we read a part" in told
    assert f"For the other {seen['summary']} we had only" in told


def test_every_part_of_a_table_has_the_role_of_its_element(site: Site) -> None:
    found = {
        (element.tag, element.get("role"))
        for page in site.pages
        for element in page.tree.xpath("//table[@role]/descendant-or-self::*[not(self::caption)]")
        if element.tag in {tag for tag, _ in TABLE_ROLES}
    }

    assert found == TABLE_ROLES
