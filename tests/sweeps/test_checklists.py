"""The checklists under tests/checklists/ are whole and true, as far as a machine can tell.

IPDAS for the comparison and the JAMA benchmarks for every kind of page; the
ratings of the articles are in test_pemat. What only a reader can judge is
marked "by reading" there.
"""

import re
from collections import Counter

import pytest
from lxml import html

from explainer.kinds import comparison
from tests.files.folders import real_check
from tests.sweeps import checklists
from tests.sweeps.whole_site import Answer, Site

BENCHMARKS = {"authorship", "attribution", "disclosure", "currency"}
KINDS = {
    "home": r"/",
    "compare": r"/compare/",
    "register": r"/claims/(?:map/)?",
    "sources": r"/sources/",
    "glossary": r"/glossary/",
    "records": r"/records/",
    "changes": r"/changes/",
    "check": r"/check/",
    "claim": r"/claims/[\w-]+/[\w-]+/",
    "record": r"/records/[\w-]+/[\w-]+/",
    "source": r"/sources/[\w-]+/",
    "question sheet": r"/questions/[\w-]+/",
    "overview": r"/(mesotherapy|msc-therapy|licensed-treatments|doing-nothing)/",
    "article": r"/(mesotherapy|msc-therapy)/[\w-]+/",
    "page": r"/[\w-]+/",
}


def shown(site: Site, kind: str) -> list[Answer]:
    """Give the listed pages of one kind; a page is of the first kind that fits."""
    return [page for page in site.listed if kind_of(page) == kind]


def kind_of(page: Answer) -> str:
    return next(kind for kind, path in KINDS.items() if re.fullmatch(path, page.path))


def compared() -> comparison.Comparison:
    return comparison.read(real_check().pages["compare"].body.explanation)


def test_every_row_of_every_checklist_is_filled_and_says_how_it_is_checked() -> None:
    counted = Counter(name for name, row in checklists.every_row() if all(row.values()))

    assert counted == {"ipdas": 12, "jama": 60, "pemat": 24 + 10 + 10 + 10}
    for name, row in checklists.every_row():
        assert all(row.values()), f"{name}: {row}"
        if "Checked by" in row:
            checked = row["Checked by"]
            assert checked == "by reading" or checklists.quoted(checked, "tests/"), row


@pytest.mark.parametrize("name", checklists.NAMES)
def test_every_page_file_and_test_that_a_checklist_names_exists(site: Site, name: str) -> None:
    text = checklists.text_of(name)
    tests = {name for name in checklists.quoted(text, "tests/") if "::" in name}

    assert len(tests) >= 6
    assert [test for test in tests if not checklists.is_a_test(test)] == []
    for address in checklists.quoted(text, "/"):
        assert site.answers[address].status == 200, address
    for path in checklists.quoted(text, "content/"):
        assert (checklists.FOLDER.parents[1] / path).is_file(), path


def test_all_twelve_criteria_for_decision_aids_are_met() -> None:
    qualifying, certifying = checklists.tables("ipdas")

    for table in (qualifying, certifying):
        assert [row["Nr"] for row in table] == list("123456")
        assert {row["Met"] for row in table} == {"yes"}


def test_the_comparison_opens_with_condition_decision_funding_and_updates() -> None:
    opening = html.fromstring(f"<div>{compared().html}</div>")
    text = opening.text_content()

    assert len(text.split()) <= 120 + 6, "the title of the box has six words"
    assert text.strip().startswith("The choice here is to pay for MSC therapy or mesotherapy")
    for words in ("Hair loss has many causes", "nobody has paid for a label", "by November 2027"):
        assert words in text
    assert {"/about/", "/corrections/"} <= set(opening.xpath(".//a/@href"))


def test_every_option_answers_every_question_of_the_comparison() -> None:
    read = compared()

    assert read.problems == ()
    assert len(read.options) == 4
    assert len(read.rows) == 9, "more do not fit on one page"
    assert read.closing is not None
    assert all(cell.words for row in read.rows for cell in row.cells)


def test_gains_and_harms_of_an_option_have_the_same_number_of_claims() -> None:
    rows = compared().rows
    gains, harms = (
        [
            cell.html.count('class="label--')
            for row in rows
            if row.question == question
            for cell in row.cells
        ]
        for question in ("What could it do?", "What can go wrong?")
    )

    assert gains == harms == [2, 2, 2, 2]


def test_each_benchmark_is_judged_for_each_kind_of_page(site: Site) -> None:
    (table,) = checklists.tables("jama")
    judged = {(row["Kind of page"], row["Benchmark"]) for row in table}

    assert judged == {(kind, benchmark) for kind in KINDS for benchmark in BENCHMARKS}
    assert {row["Met"] for row in table} <= {"yes", "in part", "no", "n/a"}
    for row in table:
        assert kind_of(site.answers[row["For instance"].strip("`")]) == row["Kind of page"]


def date_of(evidence: str) -> str:
    """Say where a date stands: at the foot, after words that the evidence quotes, or anywhere."""
    if "The foot of the page" in evidence:
        return "//footer//time"
    if quoted := re.match('"(.+?)"', evidence):
        before, title = "preceding-sibling::text()[1]", "ancestor::section[1]/h2"
        words = f"contains({before}, '{quoted[1]}') or {title} = '{quoted[1]}'"
        return f"//main//time[{words}]"
    return "//main//time"


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_page_shows_a_date_where_the_checklist_says_so(site: Site, kind: str) -> None:
    (table,) = checklists.tables("jama")
    (row,) = (r for r in table if (r["Kind of page"], r["Benchmark"]) == (kind, "currency"))
    pages = shown(site, kind)
    undated = [page.address for page in pages if not page.tree.xpath(date_of(row["Evidence"]))]

    assert pages
    assert row["Met"] == "yes"
    assert undated == []


def test_every_page_that_shows_claims_leads_to_their_sources(site: Site) -> None:
    pages = [page for page in site.pages if page.tree.xpath("//section[@aria-labelledby='claims']")]

    assert len(pages) > 15
    for page in pages:
        rows = page.tree.xpath("//section[@aria-labelledby='claims']//li")
        assert rows, page.address
        for row in rows:
            claim = site.answers[row.xpath("./a/@href")[0]]
            assert claim.tree.xpath("//li//a[@class='source']"), claim.address


def test_every_label_of_the_home_page_leads_to_the_sources_of_its_claim(site: Site) -> None:
    ways = site.answers["/"].tree.xpath("//*[contains(@class, 'claim')]//a[@aria-label]/@href")

    assert len(ways) >= 4
    for way in ways:
        assert site.answers[way].tree.xpath("//li//a[@class='source']"), way


def test_every_claim_page_names_its_sources(site: Site) -> None:
    pages = shown(site, "claim")

    assert len(pages) > 200
    for page in pages:
        assert page.tree.xpath("//li[contains(@class, 'positions__item')]//a[@class='source']")


def test_every_source_page_tells_what_it_is_and_how_far_we_read_it(site: Site) -> None:
    pages = shown(site, "source")

    assert len(pages) > 120
    for page in pages:
        facts = page.tree.xpath("//dl[contains(@class, 'facts')]/dt/text()")
        assert {"Kind", "Sells the treatment", "How far we read it"} <= set(facts), page.address


def test_every_page_leads_to_who_runs_the_site_and_who_earns_from_it(site: Site) -> None:
    about = site.answers["/about/"].tree.xpath("//main//h2/text()")

    assert {"Who runs this site?", "Who earns from it?"} <= set(about)
    assert len(site.pages) > 300
    for page in site.pages:
        assert page.tree.xpath("//footer//a[@href='/about/']"), page.address
