"""The HTML of a page as it is sent: no indents, no quotes that a browser does without."""

import minify_html


def minified(html: str) -> str:
    """Shorten a whole page; its text, its order and what scripts read in it stay the same.

    Elements keep their end tags, `pre` and `textarea` their spaces. Nothing within a style or a
    script is touched.
    """
    return minify_html.minify(
        html,
        keep_closing_tags=True,
        keep_html_and_head_opening_tags=True,
        keep_input_type_text_attr=True,
    )
