"""Our own HTML as a tree: elements in their order, what closes itself, what nobody closed."""

from explainer.text.html_tree import tree_of


def shape(html):
    def told(node):
        return (node.tag, [one if isinstance(one, str) else told(one) for one in node.children])

    return told(tree_of(html))[1]


def test_elements_and_words_stand_in_their_order():
    assert shape("<p>a <b>b</b> &amp; c</p>") == [("p", ["a ", ("b", ["b"]), " & c"])]


def test_what_holds_nothing_and_what_closes_itself_stay_alone():
    assert shape("a<br>b<path/>c") == ["a", ("br", []), "b", ("path", []), "c"]


def test_what_nobody_closed_ends_with_what_holds_it_and_a_stray_end_closes_nothing():
    assert shape("<ul><li>a</ul></p>b") == [("ul", [("li", ["a"])]), "b"]


def test_an_element_is_found_by_its_tag_and_attributes():
    page = tree_of("<link rel=a href=x><main hidden class='a b'><link rel=b href=y></main>")

    assert page.find("link", rel="b").attributes["href"] == "y"
    assert page.find("link", rel="c") is None
    assert page.find("main").classes == ["a", "b"]
    assert [node.tag for node in page.walk()] == ["page", "link", "main", "link"]
