"""Every page of the desk, on a tablet in the dark and a screen in the light, is in reach of all.

To hold a new page to it, add a row to `PAGES`.
"""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.desk_people import (
    ARTICLE,
    DRAFT,
    SOURCE,
    SUBMITTED,
    let_in,
    make_people,
)

LOOKS = {"tablet": (768, "dark"), "screen": (1280, "light")}
PUBLIC = "claims/mesotherapy/only-minor-effects"
PAGES = {
    "dashboard": "/admin/",
    "claims": "/admin/library/claim/",
    "filtered claims": "/admin/library/claim/?state=published&topic=safety&q=needle",
    "no claim": "/admin/library/claim/?q=nothing-has-this-word",
    "articles": "/admin/library/article/",
    "sources": "/admin/library/source/",
    "terms": "/admin/library/glossaryterm/",
    "treatments": "/admin/library/treatment/",
    "guide": "/admin/desk/guide/",
    "styles": "/admin/desk/styles/",
    "a public claim": f"/admin/desk/edit/{PUBLIC}/",
    "claim form": f"/admin/desk/edit/{DRAFT}/",
    "article form": f"/admin/desk/edit/{ARTICLE}/",
    "source form": f"/admin/desk/edit/{SOURCE}/",
    "a new claim": "/admin/desk/new/claims/",
    "review of a draft": f"/admin/desk/review/{DRAFT}/",
    "review of what was submitted": f"/admin/desk/review/{SUBMITTED}/",
    "review of an article": f"/admin/desk/review/{ARTICLE}/",
    "withdraw": f"/admin/desk/withdraw/{PUBLIC}/",
    "raise caution": "/admin/desk/caution/claims/msc-therapy/early-pattern-loss/",
    "history": f"/admin/desk/history/{DRAFT}/",
    "a version": f"/admin/desk/history/{DRAFT}/1/",
    "a save": f"/admin/desk/history/{DRAFT}/2/save/1/",
    "past": "/admin/desk/past/",
    "audit": "/admin/desk/audit/",
    "images": "/admin/desk/images/",
    "password": "/admin/account/password/",
    "second factor": "/admin/account/factor/",
}


@pytest.fixture(scope="module")
def people(site: str, environment: dict[str, str]) -> dict[str, tuple[str, str]]:
    return make_people(environment)


@pytest.fixture
def open_page(browser: Browser, site: str, people) -> Iterator[Callable[..., Page]]:
    """Open pages of the site as somebody, at a width and in a colour scheme."""
    contexts = []

    def opened(at: str, who: str = "bo", look: str = "screen") -> Page:
        width, scheme = LOOKS[look]
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        if who:
            let_in(context, site, people[who])
        page = context.new_page()
        answer = page.goto(f"{site}{at}")
        assert answer is not None
        assert answer.status == 200, at
        return page

    yield opened
    for context in contexts:
        context.close()


def grave(page: Page) -> list[str]:
    # Judged half loaded, a page is without its styles.
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {[node['target'] for node in one['nodes']]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_within_reach_of_everybody(open_page, name, look) -> None:
    who = "anna" if name == "audit" else "bo"
    page = open_page(PAGES[name], who, look)

    assert page.evaluate("document.documentElement.scrollWidth") <= LOOKS[look][0]
    assert grave(page) == []


def test_a_fold_of_the_review_opens_by_a_key_and_is_open_on_paper(open_page) -> None:
    page = open_page(f"/admin/desk/review/{ARTICLE}/")
    fold = page.locator(".review__fold").last
    words = fold.locator("li").first

    page.emulate_media(media="print")
    on_paper = words.is_visible()
    page.emulate_media(media="screen")
    closed = words.is_visible()
    fold.locator("summary").press("Enter")

    assert (on_paper, closed, words.is_visible()) == (True, False, True)


def test_words_of_a_checked_text_have_a_line_under_every_label(open_page) -> None:
    marks = open_page(PAGES["styles"]).locator("mark.checked__mark")
    lines = marks.evaluate_all(
        "them => them.map((one) => getComputedStyle(one).textDecorationLine)"
    )

    assert len(lines) > 6
    assert set(lines) == {"underline"}


@pytest.mark.parametrize("look", LOOKS)
def test_the_log_in_page_is_within_reach_of_everybody(open_page, look) -> None:
    assert grave(open_page("/admin/", "", look)) == []


@pytest.mark.parametrize("look", LOOKS)
def test_the_page_after_a_stale_save_is_within_reach_of_everybody(open_page, look) -> None:
    first = open_page(f"/admin/desk/edit/{SOURCE}/", "anna", look)
    second = open_page(f"/admin/desk/edit/{SOURCE}/", "bo", look)
    for page, words in ((first, f"First {look}."), (second, f"Second {look}.")):
        page.fill("[name=note]", words)
        page.click("[name=save]")

    assert second.locator("text=Save the text as chosen above").count() == 1
    assert grave(second) == []


@pytest.mark.parametrize("look", LOOKS)
def test_what_was_thrown_away_is_found_and_gone_on_with(open_page, look) -> None:
    page = open_page("/admin/desk/new/claims/", "anna", look)
    page.fill("[name=statement]", f"Words on a {look}.")
    page.select_option("[name=treatment]", index=1)
    page.fill("[name=key]", f"on-a-{look}")
    page.click("form.forms [type=submit]")
    page.click("text=Discard this draft")
    page.click("text=Yes, discard it")
    assert grave(page) == []
    page.click("text=its history")
    assert grave(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= LOOKS[look][0]

    page.click("text=as it was begun")
    assert grave(page) == []
    page.click("text=Start a new version from this")

    assert page.locator("[name=statement]").input_value() == f"Words on a {look}."


@pytest.mark.parametrize("look", LOOKS)
def test_the_page_about_a_newer_version_is_within_reach_of_everybody(open_page, look) -> None:
    page = open_page(f"/admin/desk/edit/{PUBLIC}/", "anna", look)
    page.locator("[name=seen]").evaluate("field => { field.value = '0' }")

    page.click("text=Start a new version")

    assert page.locator("text=Start from version 1, the newest").count() == 1
    assert grave(page) == []


@pytest.mark.parametrize(
    ("subject", "field"), [(ARTICLE, "body"), (DRAFT, "why"), (SOURCE, "note")]
)
def test_a_form_larger_than_the_site_takes_stays_on_the_page(open_page, subject, field) -> None:
    page = open_page(f"/admin/desk/edit/{subject}/", "anna")
    long = page.locator(f"form.forms [name={field}]")
    long.evaluate("field => { field.value = 'word '.repeat(400000) }")

    page.click("[name=save]")

    assert "Nothing was sent" in long.evaluate("field => field.validationMessage")
    assert long.evaluate("field => field.value.length") == 2_000_000
    long.evaluate("field => { field.value = ''; field.dispatchEvent(new Event('input')) }")
    assert long.evaluate("field => field.validationMessage") == ""


def test_what_a_browser_makes_of_a_line_s_end_is_counted(open_page) -> None:
    page = open_page(f"/admin/desk/edit/{SOURCE}/", "anna")
    long = page.locator("form.forms [name=note]")
    long.evaluate("field => { field.value = 'ab\\n'.repeat(200000) }")

    page.click("[name=save]")

    # 5 signs a line as the page counts them, 8 as they are sent; 1.5 million fit.
    assert "Nothing was sent" in long.evaluate("field => field.validationMessage")


def test_a_keyboard_alone_finds_a_claim_and_opens_it(open_page) -> None:
    page = open_page("/admin/")

    _press_until(page, "document.activeElement.textContent === 'Claims'", "Enter")
    _press_until(page, "document.activeElement.name === 'q'", "")
    page.keyboard.type("remarkably")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=remarkably**")
    assert page.locator("#result_list tbody tr").count() == 1

    _press_until(page, "document.activeElement.closest('tbody')", "Enter")
    page.wait_for_url("**/desk/edit/claims/mesotherapy/overall-safety/")


def test_words_that_a_claim_lacks_are_added_to_it_beside_their_problem(open_page) -> None:
    typed = "[Some clinics promise much; nobody has tested it.](claim:mesotherapy/overall-safety)"
    page = open_page(f"/admin/desk/edit/{ARTICLE}/")
    # The textarea has the same id until the editor takes its place.
    page.locator(".cm-content").fill(typed)
    page.click("[data-live-problems] button[name=add-wording]")

    page.wait_for_selector(".messagelist")
    assert "was added to the draft" in page.inner_text(".messagelist")
    assert page.input_value("[name=body]") == typed


def test_a_planted_fault_is_seen(open_page) -> None:
    page = open_page(PAGES["claims"])
    page.evaluate("document.querySelector('.finding label').remove()")

    assert any(said.startswith("label") for said in grave(page))


def _press_until(page: Page, reached: str, key: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"Boolean({reached})"):
            break
    else:
        pytest.fail(f"Sixty tabs do not lead to: {reached}")
    if key:
        with page.expect_navigation():
            page.keyboard.press(key)
