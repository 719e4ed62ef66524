"""HTML is cut where nothing is open, and a cleaner looks at each element that it leaves once."""

import pytest

from explainer.text.html_parts import Cleaner, outermost

ROW = "<p>One.</p>"
LIST = "<ul><li>Two <b>more</b>.</li></ul>"


def test_each_outermost_element_is_a_part_with_the_text_before_it() -> None:
    html = f'{ROW}\n<h2 id="a">A</h2>{LIST}<hr>\n<img src="/a" alt="a &gt; b">the end'

    assert outermost(html) == [
        ROW,
        '\n<h2 id="a">A</h2>',
        LIST,
        "<hr>",
        '\n<img src="/a" alt="a &gt; b">',
        "the end",
    ]


@pytest.mark.parametrize(
    "html",
    [
        f"{ROW}<p>Left open.",
        f"{ROW}</p>",
        f"{ROW}<p><b>Crossed.</p></b>",
        f"{ROW}<p title='<p>'>",
        f'{ROW}<p title="a<b">x</p>',
        f"{ROW}<p onclick=x()>x</p>",
        f"{ROW}a < b{ROW}",
        f"{ROW}<!-- {ROW} -->",
        f"{ROW}<P>Loud.</P>",
        f"{ROW}<p",
    ],
)
def test_html_whose_tags_do_not_say_how_it_nests_is_one_part(html: str) -> None:
    assert outermost(html) == [html]


def test_of_a_text_that_changed_the_new_elements_are_looked_at_and_no_others() -> None:
    looked: list[str] = []
    clean = Cleaner(lambda html: looked.append(html) or html)

    for html in (f"{ROW}{LIST}", f"{ROW}<p>New.</p>{LIST}", f"{LIST}{ROW}", f"{LIST}{ROW}"):
        assert clean(html) == html

    assert looked == [f"{ROW}{LIST}", "<p>New.</p>"]


def test_a_text_with_an_element_that_does_not_pass_is_cleaned_as_a_whole_each_time() -> None:
    looked: list[str] = []

    def clean(html: str) -> str:
        looked.append(html)
        return html.replace("<script>x</script>", "")

    cleaner, bad = Cleaner(clean), f"{ROW}<script>x</script>{LIST}"
    cleaner(ROW + LIST)

    assert [cleaner(bad), cleaner(bad)] == [ROW + LIST] * 2
    assert looked[1:] == ["<script>x</script>", bad] * 2


def test_what_is_known_again_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cleaner, "MOST", 3)
    looked: list[str] = []
    clean = Cleaner(lambda html: looked.append(html) or html)

    for number in range(4):
        clean(f"<p>{number}</p>")
    clean("<p>0</p>")

    assert looked.count("<p>0</p>") == 2
