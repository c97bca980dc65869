"""Description of the axes: by hand and by property (R: test_mca_reference.py)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from rfree.dimdesc import describe_axes
from rfree.mca import MCA


def survey(n: int = 90) -> pd.DataFrame:
    rng = np.random.default_rng(21)
    trait = rng.normal(size=(n, 1)) + rng.normal(size=(n, 4))
    return pd.DataFrame((np.digitize(trait, [-1, 1]) + 1).astype(str), columns=list("pqrs"))


def background(n: int = 90) -> pd.DataFrame:
    rng = np.random.default_rng(22)
    return pd.DataFrame({"sex": rng.choice(["f", "m"], n), "age": rng.normal(50, 9, n)})


def test_tests_are_the_textbook_ones():
    table, further = survey(), background()
    mca = MCA(n_components=2).fit(table)
    described = describe_axes(mca, supplementary=further, proba=1)
    axis = mca.row_coordinates_["Axis 1"]
    first = described.variables[described.variables["axis"] == "Axis 1"].set_index("variable")
    for variable in table:
        groups = [axis[table[variable] == code] for code in sorted(set(table[variable]))]
        assert first.loc[variable, "p_value"] == pytest.approx(stats.f_oneway(*groups).pvalue)
    one = described.categories.query("axis == 'Axis 1' and variable == 'sex'").set_index("category")
    women, men = axis[further["sex"] == "f"], axis[further["sex"] == "m"]
    assert one.loc["f", "p_value"] == pytest.approx(stats.ttest_ind(women, men).pvalue)
    assert one.loc["f", "estimate"] == pytest.approx((women.mean() - men.mean()) / 2)
    correlation = described.correlations.set_index("axis").loc["Axis 1"]
    expected = stats.pearsonr(further["age"], axis)
    assert correlation["correlation"] == pytest.approx(expected.statistic)
    assert correlation["p_value"] == pytest.approx(expected.pvalue)


def test_repeating_rows_is_weighting_them():
    table, further = survey(), background()
    counts = np.random.default_rng(23).integers(1, 4, len(table))
    rows = table.index.repeat(counts)
    weighted = describe_axes(
        MCA(n_components=2).fit(table, sample_weight=counts, frequencies=True),
        supplementary=further,
        proba=1,
    )
    repeated = describe_axes(
        MCA(n_components=2).fit(table.loc[rows]), supplementary=further.loc[rows], proba=1
    )
    for name in ("variables", "categories", "correlations"):
        pd.testing.assert_frame_equal(
            getattr(weighted, name), getattr(repeated, name), rtol=1e-9, atol=1e-12
        )


def test_roles_and_order():
    mca = MCA(n_components=2, passive=[("p", "1")]).fit(survey())
    described = describe_axes(mca, supplementary=background(), proba=1)
    roles = described.categories.drop_duplicates(["variable", "category"])
    named = roles.set_index(["variable", "category"])["role"]
    assert named["p", "1"] == "passive"
    assert named["p", "2"] == "active"
    assert named["sex", "f"] == "supplementary"
    for table in (described.variables, described.categories, described.correlations):
        assert list(table["axis"].unique()) == ["Axis 1", "Axis 2"]
        assert table.groupby("axis")["p_value"].apply(lambda p: p.is_monotonic_increasing).all()


def test_only_what_is_significant_is_kept():
    mca = MCA(n_components=2).fit(survey())
    every = describe_axes(mca, supplementary=background(), proba=1)
    some = describe_axes(mca, supplementary=background(), proba=0.01)
    for name in ("variables", "categories", "correlations"):
        table = getattr(every, name)
        kept = table[table["p_value"] <= 0.01].reset_index(drop=True)
        pd.testing.assert_frame_equal(getattr(some, name), kept)
    assert 0 < len(some.categories) < len(every.categories)


def test_question_with_one_category_is_no_evidence():
    mca = MCA(n_components=1).fit(survey().assign(same="yes"))
    described = describe_axes(mca, proba=1)
    same = described.variables.set_index("variable").loc["same"]
    assert same["p_value"] == 1
    category = described.categories.set_index("variable").loc["same"]
    assert category["p_value"] == pytest.approx(1)


def test_too_few_respondents_for_an_error_give_no_p_value():
    mca = MCA(n_components=1).fit(pd.DataFrame({"p": ["a", "b"], "q": ["c", "d"]}))
    assert describe_axes(mca, proba=1).variables["p_value"].isna().all()
    assert describe_axes(mca).variables.empty


@pytest.mark.parametrize("proba", [0, -0.1, 1.5])
def test_impossible_probability_is_refused(proba):
    with pytest.raises(ValueError, match="above 0 and at most 1"):
        describe_axes(MCA().fit(survey()), proba=proba)


def test_roles_of_variables_are_told_apart():
    mca = MCA(n_components=1, passive=[("p", "1")]).fit(survey())
    variables = describe_axes(mca, supplementary=background(), proba=1).variables
    roles = variables.set_index("variable")["role"].to_dict()
    assert roles == {**dict.fromkeys("pqrs", "active"), "sex": "supplementary"}


def test_tables_have_their_columns_and_rows_from_zero():
    mca = MCA(n_components=2).fit(survey())
    described = describe_axes(mca, supplementary=background(), proba=1)
    assert list(described.variables.columns) == ["axis", "variable", "role", "r2", "p_value"]
    assert list(described.categories.columns) == [
        "axis", "variable", "category", "role", "estimate", "p_value",
    ]  # fmt: skip
    assert list(described.correlations.columns) == ["axis", "variable", "correlation", "p_value"]
    for table in (described.variables, described.categories, described.correlations):
        assert table.index.tolist() == list(range(len(table)))


def test_a_p_value_at_the_limit_is_kept():
    mca = MCA(n_components=1).fit(survey())
    every = describe_axes(mca, supplementary=background(), proba=1)
    for name in ("variables", "categories", "correlations"):
        p_value = getattr(every, name)["p_value"].iloc[0]
        kept = getattr(describe_axes(mca, supplementary=background(), proba=p_value), name)
        assert p_value in kept["p_value"].tolist()


def test_as_many_categories_as_respondents_leave_no_error():
    table = pd.DataFrame({"p": list("abcd"), "q": list("xxyy"), "r": list("xyyx")})
    variables = describe_axes(MCA(n_components=1).fit(table), proba=1).variables
    p_values = variables.set_index("variable")["p_value"]
    assert np.isnan(p_values["p"])
    assert p_values.drop("p").notna().all()
