"""What a text put into the paper may hold: prose, and nothing that runs, hides or is lost."""

from __future__ import annotations

import pytest

from typology.study.paper.prose import refused_marks, without_comments

SHORTCODE, DIVISION = "a shortcode of Quarto", "a division (:::)"


@pytest.mark.parametrize(
    ("text", "line", "begins", "kind"),
    [
        ("a {{< video x >}}", 1, "{{< video x >}}", SHORTCODE),
        ("a\n>}} b", 2, ">}} b", SHORTCODE),
        ("a\n\n> ```", 3, "> ```", "a block of code"),
        ("~~~~", 1, "~~~~", "a block of code"),
        ("`r 1 + 1`", 1, "`r 1 + 1`", "code that would run"),
        ("a ` python x`", 1, "` python x`", "code that would run"),
        ("`x`{python}", 1, "`{python}", "code that would run"),
        ("x {=html}", 1, "{=html}", "raw code of a page"),
        ("  ::: x", 1, "::: x", DIVISION),
        ("> :::", 1, "> :::", DIVISION),
        ("![x](https://a.org/x.png)", 1, "![x](https://a.org/x.png)", "an image"),
        ("[x]{.aside}", 1, "]{.aside}", "an attribute in braces"),
        ("# Title { #top}", 1, "{ #top}", "an attribute in braces"),
        ("[x]: https://a.org", 1, "[x]: https://a.org", "an address set apart"),
        ("[x](file.pdf)", 1, "](file.pdf)", "a link to another place than the web"),
        ("[x]( <file.pdf>)", 1, "]( <file.pdf>)", "a link to another place than the web"),
        ("a\n---\nb", 2, "---", "a line of marks"),
        ("a\n==", 2, "==", "a line of marks"),
        ("a\n...  ", 2, "...", "a line of marks"),
        ("a <b>c</b>", 1, "<b>c</b>", "HTML"),
        ("a \\newpage", 1, "\\newpage", "a command of TeX"),
    ],
)
def test_each_kind_is_told_with_its_line_and_how_it_begins(
    text: str, line: int, begins: str, kind: str
) -> None:
    told = [(at, shown, str(what)) for at, shown, what in refused_marks(text)]
    assert (line, begins, kind) in told
    # Of what comes after its line nothing is shown.
    further = [(at, shown, str(what)) for at, shown, what in refused_marks(f"{text}\n\nb\n\nc\n")]
    assert further == told


@pytest.mark.parametrize(
    "text",
    [
        "[^1]: A note.",
        "$\\alpha = 2$ and $$\\frac{1}{2}\n$$",
        "<https://a.org> and <me@a.org> and <mailto:me@a.org>",
        "[x](https://a.org), [x](http://a.org), [x](mailto:me@a.org), [x](#part)",
        "a -- b, a = b, p < 0.05, 1 <2",
        "`x` is code that does not run",
        "| a | b |\n|--|--|",
        "a ::",
    ],
)
def test_prose_is_not_refused(text: str) -> None:
    assert list(refused_marks(text)) == []


def test_one_of_a_kind_is_told_and_forty_signs_of_it() -> None:
    long = "<b>" + "x" * 60
    assert list(refused_marks(f"a\n{long}\n<i>")) == [(2, long[:40], "HTML")]


def test_the_line_is_where_the_mark_begins() -> None:
    """Lines above are counted, also those of an address in angle brackets, which is prose."""
    ((line, shown, _),) = refused_marks("<https://a.org>\n\n  ::: x")
    assert (line, shown) == (3, "::: x")


def test_comments_leave_their_lines() -> None:
    assert without_comments("a<!-- b\n\nc -->d<!---->e") == "a\n\nde"
    assert without_comments("a <!-- not closed") == "a <!-- not closed"
