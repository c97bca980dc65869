"""Who can be told apart by what is known of them, and by which question most of all."""

from __future__ import annotations

import pandas as pd
import pytest

from rfree.disclosure.anonymity import anonymity, riskiest_questions

# Combinations: f-young twice, f-old once, m-young three times, m without an age twice.
KNOWN = pd.DataFrame(
    {
        "sex": ["f", "f", "f", "m", "m", "m", "m", "m"],
        "age": ["young", "young", "old", "young", "young", "young", None, None],
    }
)


def test_who_is_alone_with_their_answers_is_counted() -> None:
    known = pd.DataFrame(
        {"sex": ["f", "f", "m", "m", "f"], "town": ["a", "a", "b", "c", "a"], "age": 1}
    )
    found = anonymity(known, [1, 2, 1, 1, 1])
    assert (found.k, found.diversity, found.unique) == (1, 1, 2)
    risky = riskiest_questions(known, top=1).iloc[0]
    assert (risky["question"], risky["unique_without"]) == ("town", 0)
    assert set(risky["merged"]) == {"b", "c"}
    assert risky["unique_merged"] == 0


def test_the_rarest_combination_and_the_fewest_sensitive_values_by_hand() -> None:
    found = anonymity(KNOWN, ["a", "b", "a", "a", "b", "c", "a", "a"])
    assert (found.k, found.diversity, found.unique) == (1, 1, 1)
    # Without the only one who is old: no age is a combination of two, who say the same.
    several = KNOWN.drop(index=2)
    found = anonymity(several, ["a", "b", "a", "b", "c", "a", "a"])
    assert (found.k, found.diversity, found.unique) == (2, 1, 0)
    found = anonymity(several, ["a", "b", "a", "b", "c", "b", "a"])
    assert (found.k, found.diversity, found.unique) == (2, 2, 0)


def test_sensitive_values_go_by_their_labels() -> None:
    known = pd.DataFrame({"sex": ["f", "f", "m", "m"]}, index=list("wxyz"))
    values = pd.Series(["a", "b", "a", "b"], index=list("wyxz"))
    # w and x say a; y and z say b: by position each sex would say both.
    assert anonymity(known, values).diversity == 1
    assert anonymity(known, values.tolist()).diversity == 2


def test_each_question_is_left_out_and_its_two_rarest_answers_are_made_one() -> None:
    known = pd.DataFrame(
        {
            "sex": ["f", "f", "f", "m", "m", "m", "m"],
            "town": ["a", "a", "b", "a", "a", "b", "c"],
            "job": ["x", "x", "x", "x", "x", "x", "x"],
            "age": [1, 1, 1, 2, 2, 2, 2],
        }
    )
    # Alone: the woman in b, the man in b, the man in c. Without the town nobody is; without the
    # sex or the age (which tell the same) nor the job, the same three.
    table = riskiest_questions(known, top=4)
    assert list(table.columns) == ["question", "unique_without", "merged", "unique_merged"]
    assert table["question"].tolist() == ["town", "sex", "job", "age"]
    assert table["unique_without"].tolist() == [0, 3, 3, 3]
    assert [None if pd.isna(each) else each for each in table["merged"].iloc[1:]] == [None] * 3
    assert set(table["merged"].iloc[0]) == {"b", "c"}
    assert table["unique_merged"].tolist() == [1, 3, 3, 3]  # the woman in b or c
    pd.testing.assert_frame_equal(riskiest_questions(known), table.head(3))


def test_without_the_only_question_nobody_is_alone() -> None:
    [row] = riskiest_questions(pd.DataFrame({"town": ["a", "b", "b"]})).to_dict("records")
    assert (row["unique_without"], row["merged"], row["unique_merged"]) == (0, None, 1)


def test_of_the_three_questions_shown_the_riskiest_comes_first() -> None:
    known = pd.DataFrame(
        {"a": [1, 1, 1, 1], "b": [1, 1, 2, 2], "c": [1, 2, 1, 2], "d": [1, 2, 3, 4]}
    )
    table = riskiest_questions(known)
    # d tells all apart, and so do b and c together.
    assert table["question"].tolist() == ["a", "b", "c"]
    assert table["unique_without"].tolist() == [4, 4, 4]
    few = riskiest_questions(known[["a", "b", "d"]])
    assert few["question"].tolist() == ["d", "a", "b"]
    assert few["unique_without"].tolist() == [0, 4, 4]
    assert few["merged"].tolist()[1:] == [None, None]


def test_answers_in_an_order_are_merged_with_one_they_touch() -> None:
    years = [1998, 1998, 1998, 2001, 2002, 2002, 2002, 2010, 2019, 2020, 2020]
    known = pd.DataFrame({"year": years})
    [by_count] = riskiest_questions(known).to_dict("records")
    assert by_count["merged"] == (2001, 2010)  # the two rarest, nine years apart
    [row] = riskiest_questions(known, orders={"year": range(1990, 2030)}).to_dict("records")
    assert row["merged"] == (2019, 2020)
    assert row["unique_merged"] == 2  # 2001 and 2010
    [apart] = riskiest_questions(
        known[known["year"].isin([1998, 2010, 2020])], orders={"year": range(1990, 2030)}
    ).to_dict("records")
    assert apart["merged"] is None


def test_of_neighbours_as_rare_as_one_another_the_first_are_merged() -> None:
    known = pd.DataFrame({"year": [1, 2, 3, 4, 4]})
    [row] = riskiest_questions(known, orders={"year": [1, 2, 3, 4]}).to_dict("records")
    assert (row["merged"], row["unique_merged"]) == ((1, 2), 1)
    [last] = riskiest_questions(known, orders={"year": [4, 1, 3, 2]}).to_dict("records")
    assert (last["merged"], last["unique_merged"]) == ((1, 3), 1)


def test_nobody_or_nothing_known_is_refused() -> None:
    with pytest.raises(ValueError, match="no respondent or no column"):
        anonymity(pd.DataFrame(), [])
    with pytest.raises(ValueError, match="no respondent or no column"):
        anonymity(pd.DataFrame({"sex": []}), [])
