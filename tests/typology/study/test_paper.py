"""What the paper tells of the study: the key ``paper`` and its Markdown files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from adapted_study import STUDIES, write_study
from typology.problems import InputError
from typology.questionnaire.file import load_questionnaire
from typology.study import Study, check_study, load_study
from typology.study.paper import PAPER_PARTS, unwritten
from typology.study.paper.credit import CREDIT_ROLES, credit_role
from typology.words import word


def study_with(folder: Path, paper: dict[str, Any], **files: str) -> Study:
    """A study whose paper says this, beside its files (``en="..."`` is paper-en.md)."""
    path = write_study(STUDIES["one block"], folder)
    content = yaml.safe_load(path.read_text("utf-8"))
    for language, text in files.items():
        (folder / f"paper-{language}.md").write_text(text, "utf-8")
        paper = {**paper, "text": {**paper.get("text", {}), language: f"paper-{language}.md"}}
    path.write_text(yaml.safe_dump({**content, "paper": paper}), "utf-8")
    return load_study(path)


def told(folder: Path, paper: dict[str, Any], **files: str) -> list[str]:
    with pytest.raises(InputError) as raised:
        study_with(folder, paper, **files)
    return [str(problem) for problem in raised.value.problems]


def by_name(**author: Any) -> dict[str, Any]:
    return {"authors": [{"name": "A. Author", **author}]}


@pytest.mark.parametrize(
    "orcid",
    # Those that orcid.org gives as examples.
    ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X",
     "https://orcid.org/0000-0002-1694-233x"],
)  # fmt: skip
def test_an_orcid_of_a_right_checksum_is_taken(tmp_path: Path, orcid: str) -> None:
    (author,) = study_with(tmp_path, by_name(orcid=orcid)).choices.paper.authors
    assert author.orcid == orcid.removeprefix("https://orcid.org/").upper()


@pytest.mark.parametrize("at", range(15))
def test_an_orcid_with_one_digit_mistyped_is_refused(tmp_path: Path, at: int) -> None:
    digits = [*"0000000218250097"]
    digits[at] = str((int(digits[at]) + 3) % 10)
    wrong = "".join(digits)
    written = "-".join(wrong[start : start + 4] for start in range(0, 16, 4))
    (problem,) = told(tmp_path, by_name(orcid=written))
    assert "A. Author › orcid" in problem
    assert "whose last character is that of the others" in problem


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (by_name(orcid="12"), "an ORCID iD, like"),
        (by_name(email="nobody"), "an e-mail address"),
        (by_name(email="a@b.org>, <c@d.org"), "an e-mail address"),
        (by_name(corresponding=True), "the e-mail address of a corresponding author"),
        (by_name(roles=["Driving"]), "a role of CRediT"),
        (by_name(roles=["Methodologi"]), "Did you mean 'Methodology'?"),
        ({"authors": [{"name": "A"}, {"name": "A"}]}, "each author once"),
        ({"authors": [{"orcid": "0000-0002-1825-0097"}]}, "the key 'name'"),
        ({"invited": 0}, "a number from 1"),
        ({"invited": "many"}, "a whole number"),
        ({"dates": {"from": "2021-03-01", "to": "2021-02-28"}}, "a date from 2021-03-01 on"),
        ({"dates": {"from": "2021-02-30"}}, "a date, like 2021-01-15"),
        ({"dates": {"from": "2021-03", "until": "2021-04"}}, "one of these keys: from, to"),
        ({"subtitel": {"en": "A"}}, "Did you mean 'subtitle'?"),
        ({"text": {"en": "nowhere.md"}}, "a file that exists"),
        ({"text": {"en": "../outside.md"}}, "a place inside the project folder"),
        ({"references": "list.docx"}, "which ends in .bib"),
    ],
)
def test_what_does_not_fit_is_told(tmp_path: Path, paper: dict[str, Any], expected: str) -> None:
    assert any(expected in problem for problem in told(tmp_path, paper))


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    paper = {"invited": -3, "dates": {"from": "2021-03", "to": "2020"}, **by_name(email="x")}
    assert len(told(tmp_path, paper)) == 3


@pytest.mark.parametrize(
    ("first", "last"),
    [("2021-01-15", "2021-03-31"), ("2021-01", "2021-01"), ("2021-01-20", "2021-01"),
     (2020, "2021-01-01"), ("2021-01-15", "2021"), (2021, 2022), (2021, 2021), ("2021-06", 2021),
     ("2020-02-29", "2020-12-31"), ("2021-12-31", "2022-01-01")],
)  # fmt: skip
def test_dates_in_order_are_days_months_or_years(
    tmp_path: Path, first: object, last: object
) -> None:
    dates = study_with(tmp_path, {"dates": {"from": first, "to": last}}).choices.paper.dates
    assert dates is not None
    assert (dates.first, dates.last) == (str(first), str(last))


def test_the_space_about_a_date_is_no_part_of_it(tmp_path: Path) -> None:
    spaced = {"from": " 2021-03 ", "to": " 2021-04-30 "}
    dates = study_with(tmp_path, {"dates": spaced}).choices.paper.dates
    assert dates is not None
    assert (dates.first, dates.last) == ("2021-03", "2021-04-30")


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        ({"dates": {"from": "2021-03-02", "to": "2021-03-01"}}, "a date from 2021-03-02 on"),
        ({"dates": {"from": 2022, "to": 2021}}, "a date from 2022 on"),
        ({"dates": {"from": "2021-03", "to": "2021-02-28"}}, "a date from 2021-03 on"),
        ({"dates": {"from": "2021-13"}}, "a month, like 2021-01"),
        ({"dates": {"from": "2021", "to": "2021-02-29"}}, "a month, like 2021-01"),
        ({"dates": {"from": True}}, "a month, like 2021-01"),
        ({"dates": {"from": "2021", "to": True}}, "dates › to"),
        ({"dates": {"from": "2021", "to": 12}}, "a month, like 2021-01"),
        ({"dates": {"to": "2021"}}, "from"),
        ({"opened": 0}, "a number from 1"),
    ],
)
def test_what_is_no_date_or_count_is_refused(
    tmp_path: Path, paper: dict[str, Any], expected: str
) -> None:
    (problem,) = told(tmp_path, paper)
    assert expected in problem


@pytest.mark.parametrize(
    ("key", "given", "kept"),
    [
        ("doi", "10.5281/zenodo.3674056", "https://doi.org/10.5281/zenodo.3674056"),
        ("doi", " doi: 10.1000/a.b ", "https://doi.org/10.1000/a.b"),
        ("doi", "https://dx.doi.org/10.1000/a", "https://doi.org/10.1000/a"),
        ("doi", "DOI.org/10.1000/A", "https://doi.org/10.1000/A"),
        ("license", " CC-BY-4.0 ", "CC-BY-4.0"),
        ("license", "https://example.org/my terms".replace(" ", "-"),
         "https://example.org/my-terms"),
        ("site", "https://example.org", "https://example.org/"),
        ("site", " http://example.org/study// ", "http://example.org/study/"),
        ("invited", 1, 1),
        ("opened", 1, 1),
    ],
)  # fmt: skip
def test_what_is_given_in_one_of_its_forms_is_kept_in_one(
    tmp_path: Path, key: str, given: object, kept: object
) -> None:
    assert getattr(study_with(tmp_path, {key: given}).choices.paper, key) == kept


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("doi", "10.123/a"), ("doi", "10.1000/"), ("doi", "see 10.1000/a"),
        ("license", "CC BY 4.0"), ("license", ""), ("site", "example.org"),
        ("site", "https://example.org/a b"), ("site", "ftp://example.org"),
    ],
)  # fmt: skip
def test_what_is_none_of_its_forms_is_refused(tmp_path: Path, key: str, given: str) -> None:
    (problem,) = told(tmp_path, {key: given})
    assert key in problem


def test_only_authors_who_give_an_address_can_be_written_to(tmp_path: Path) -> None:
    paper = by_name(email=" a.author+x@mail.example.org ", corresponding=True)
    (author,) = study_with(tmp_path, paper).choices.paper.authors
    assert (author.email, author.corresponding) == ("a.author+x@mail.example.org", True)
    (silent,) = study_with(tmp_path, by_name()).choices.paper.authors
    assert (silent.email, silent.orcid, silent.corresponding) == (None, None, False)
    assert (silent.affiliations, silent.roles) == ((), ())


def test_each_orcid_and_each_address_is_of_one_author(tmp_path: Path) -> None:
    orcid, email = "0000-0002-1825-0097", "a@example.org"
    paper = {"authors": [{"name": "A", "orcid": orcid, "email": email},
                         {"name": "B"}, {"name": "C"},
                         {"name": "D", "orcid": orcid, "email": email}]}  # fmt: skip
    problems = told(tmp_path, paper)
    assert len(problems) == 2
    assert all("each author once" in problem for problem in problems)
    assert ["orcid" in problem for problem in problems] == [True, False]


def test_roles_are_those_of_credit_in_both_languages() -> None:
    assert len(CREDIT_ROLES) == 14
    for role in CREDIT_ROLES:
        assert {credit_role(word("credit_role", language, role)) for language in ("fr", "en")} == {
            role
        }
    assert credit_role("writing - Review and editing") == "review_editing"


def test_a_part_stands_under_its_name_in_either_language_or_its_key(tmp_path: Path) -> None:
    text = "# Introduction\n\nOne.\n\nTwo.\n\n## Where\n\nHere.\n\n# financement\n\nNone.\n\n" + (
        "# competing_interests\n\nNone either.\n\n# Ethics\n\n<!-- to be asked\n-->\n"
    )
    parts = study_with(tmp_path, {}, en=text).parts["en"]
    assert parts == {
        "introduction": "One.\n\nTwo.\n\n### Where\n\nHere.",
        "funding": "None.",
        "competing_interests": "None either.",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Words.\n# Ethics\nYes.", "row 1: found 'Words.', expected a heading"),
        ("# Ethic\nYes.", "Did you mean 'ethics'?"),
        ("# Cooking\nYes.", "the name of a part of the paper"),
        ("# Ethics\nYes.\n# Éthique\nNo.", "each part once"),
        ("# Ethics\n### Committee\nYes.", "a part without headings of its own"),
        ("# Ethics\nYes.\n\n{{< include /etc/passwd >}}", "row 4: found '{{< include"),
        ("# Ethics\n```{python}\n1\n```", "a block of code"),
        ("# Ethics\nSo `{python} 1 + 1`.", "code that would run"),
        ("# Ethics\nSo `r 1 + 1`.", "code that would run"),
        ("# Ethics\n`<b>`{=html}", "not raw code of a page"),
        ("# Ethics\n<script>alert(1)</script>", "not HTML"),
        ("# Ethics\n<img src=x\nonerror=alert(1)>", "not HTML"),
        ("# Ethics\nBefore <!-- never closed", "not HTML"),
        ("# Ethics\n[x](javascript:alert(1))", "a link to another place than the web"),
        ("# Ethics\n[x](../data/private/a.csv)", "a link to another place than the web"),
        ("# Ethics\n[x]: javascript:alert(1)\n[x]", "an address set apart"),
        ("# Ethics\n<javascript:alert(1)>", "not HTML"),
        ("# Ethics\n![x](https://example.org/a.png)", "an image"),
        ("# Ethics\n[Yes]{.fr}", "an attribute"),
        ("# Ethics\n::: {.en}\nYes.\n:::", "a division"),
        ("# Ethics\n\n---\ntitle: Mine\n---\n", "a line of marks"),
        ("# Ethics\n\\input{secret}", "a command of TeX"),
    ],
)
def test_what_would_run_or_hide_is_refused_with_its_line(
    tmp_path: Path, text: str, expected: str
) -> None:
    problems = told(tmp_path, {}, en=text)
    assert any(expected in problem for problem in problems), problems
    assert all("paper-en.md" in problem for problem in problems)


def test_what_prose_holds_is_kept_as_it_is(tmp_path: Path) -> None:
    prose = (
        "An *old* question [@likert1932; @masters1982, p. 3], n < 30 and $\\alpha = 0.05$[^1].\n\n"
        "- See <https://example.org/a_b> or [there](https://example.org), or <a@example.org>.\n\n"
        "[^1]: A note. It cost 5\\$ & more; {braces}."
    )
    assert study_with(tmp_path, {}, en=f"# Introduction\n\n{prose}\n").parts["en"] == {
        "introduction": prose
    }


def test_a_text_of_the_study_file_is_plain(tmp_path: Path) -> None:
    hostile = "It *was* {{< meta x >}} <b>\n\n# `{python} 1`"
    parts = study_with(tmp_path, {"funding": {"en": hostile}}).parts
    assert parts["en"]["funding"] == (
        r"It \*was\* \{\{\< meta x \>\}\} \<b\>" "\n\n" r"\# \`\{python\} 1\`"
    )
    assert parts["fr"] == {}


def test_a_part_written_twice_is_told(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, {"ethics": {"en": "Yes."}}, en="# Ethics\n\nNo.")
    assert "paper › ethics › en" in problem
    assert "each part once, here or in paper-en.md" in problem


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = write_study(STUDIES["one block"], tmp_path)
    (tmp_path / "p.md").write_bytes("# Éthique\n".encode("latin-1"))
    with path.open("a", encoding="utf-8") as file:
        file.write("paper: {text: {fr: p.md}}\n")
    with pytest.raises(InputError, match="text in UTF-8"):
        load_study(path)


def test_a_text_that_may_not_be_read_is_told_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_study(STUDIES["one block"], tmp_path)
    (tmp_path / "p.md").write_text("# Ethics\n\nYes.\n", encoding="utf-8")
    with path.open("a", encoding="utf-8") as file:
        file.write("paper: {text: {fr: p.md}}\n")
    monkeypatch.setattr("typology.study.paper.parts._MOST_BYTES", 8)
    with pytest.raises(InputError) as raised:
        load_study(path)
    (problem,) = raised.value.problems
    assert (problem.row, problem.column, problem.where) == ("", "", "p.md")
    assert problem.expected == "a text file in Markdown"
    assert problem.value.startswith("a file of")
    assert problem.remedy


def test_a_language_that_the_questionnaire_has_not_is_told(tmp_path: Path) -> None:
    study = study_with(tmp_path, {"subtitle": {"fr": "Un", "en": "One"}}, fr="# Éthique\n\nOui.")
    questionnaire = load_questionnaire(study.questionnaire_path)
    check_study(study, questionnaire)
    one_language = questionnaire.model_copy(update={"languages": ("en",)})
    with pytest.raises(InputError) as raised:
        check_study(study, one_language)
    assert [problem.where for problem in raised.value.problems] == [
        "study.yml › paper › subtitle", "study.yml › paper › text",
    ]  # fmt: skip


def test_what_is_not_written_is_listed_by_language(tmp_path: Path) -> None:
    study = study_with(
        tmp_path,
        {"funding": {"en": "None."}, "invited": 200, **by_name(roles=["Software"])},
        fr="# Financement\n\nAucun.\n\n# Éthique\n\nOui.",
    )
    lacking = unwritten(study.choices.paper, study.parts, ("fr", "en"))
    assert "funding" not in lacking
    assert lacking["ethics"] == ("en",)
    assert not {"authors", "contributions", "invited", "discussion"} & set(lacking)
    assert set(lacking) >= {"subtitle", "keywords", "dates", "respondents", "introduction"}
    nothing = unwritten(study_with(tmp_path, {}).choices.paper, {}, ("en",))
    optional = {"discussion", "wordings", "pretest", "sample_size", "consent"}
    assert set(PAPER_PARTS) - optional <= set(nothing)


def test_the_paper_changes_no_result(tmp_path: Path) -> None:
    bare, told = study_with(tmp_path, {}), study_with(tmp_path, {"invited": 300})
    assert bare.settings() == told.settings()
