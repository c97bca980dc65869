"""Description of the axes: by hand and by property (R: test_mca_reference.py)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.exceptions import NotFittedError

from rfree.axes.dimdesc import _ranked, describe_axes
from rfree.axes.mca import MCA


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
        for _, p_values in table.groupby("axis")["p_value"]:
            assert (p_values.diff()[1:] >= -1e-9 * p_values[1:]).all()  # but for rounding


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


def spread_of_weights(values: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Covariance of the weighted mean of some columns over their dispersion: its eigenvalues."""
    centred = values - shares @ values
    own = centred.T @ (centred * shares[:, None])
    of_mean = centred.T @ (centred * (shares**2)[:, None])
    return np.linalg.eigvals(np.linalg.pinv(own, rcond=1e-10) @ of_mean).real


def test_weighted_tests_by_hand() -> None:
    table, further = survey(60), background(60)
    weights = np.random.default_rng(24).lognormal(size=60)
    weights[:4] = 0
    mca = MCA(n_components=2).fit(table, weights)
    described = describe_axes(mca, supplementary=further.iloc[::-1], proba=1)
    shares, n = weights / weights.sum(), 56
    total = shares @ shares
    for name in ("Axis 1", "Axis 2"):
        axis = mca.row_coordinates_[[name]].to_numpy()
        of_axis = spread_of_weights(axis, shares).sum()
        for variable in ("p", "sex"):
            values = pd.concat([table, further], axis=1)[variable]
            marks = pd.get_dummies(values).to_numpy(dtype=float)
            between, within = marks.shape[1] - 1, n - marks.shape[1]
            means = (shares * axis[:, 0]) @ marks / (shares @ marks)
            r2 = (shares @ marks) @ means**2 / (shares @ axis[:, 0] ** 2)
            of_variable = spread_of_weights(marks, shares)
            effect = of_variable.sum() * of_axis / total * n / between
            ratio = r2 / between / ((1 - r2) / within) / effect
            df = of_variable.sum() ** 2 / (of_variable**2).sum()
            row = described.variables.query("axis == @name and variable == @variable").iloc[0]
            assert row["r2"] == pytest.approx(r2)
            assert row["p_value"] == pytest.approx(stats.f.sf(ratio, df, within))
            for category, mark, mean in zip(sorted(set(values)), marks.T, means, strict=True):
                rows = described.categories.set_index(["axis", "variable", "category"])
                row = rows.loc[(name, variable, category)]
                assert row["estimate"] == pytest.approx(mean - means.mean())
                expected = p_of_correlation(mark, axis[:, 0], shares, of_axis, n)
                assert row["p_value"] == pytest.approx(expected)
        age = described.correlations.query("axis == @name").iloc[0]
        expected = p_of_correlation(further["age"].to_numpy(), axis[:, 0], shares, of_axis, n)
        assert age["p_value"] == pytest.approx(expected)


def p_of_correlation(
    values: np.ndarray, axis: np.ndarray, shares: np.ndarray, of_axis: float, n: int
) -> float:
    centred = values - shares @ values
    squared = (shares @ (centred * axis)) ** 2 / (shares @ centred**2) / (shares @ axis**2)
    effect = spread_of_weights(values[:, None], shares).sum() * of_axis / (shares @ shares) * n
    t = np.sqrt(squared * (n - 2) / (1 - squared) / effect)
    return float(2 * stats.t.sf(t, n - 2))


def test_rows_are_ranked_by_axis_then_p_value_then_size() -> None:
    table = pd.DataFrame(
        {
            "axis": ["Axis 1"] * 4 + ["Axis 2", "Axis 10"],
            "variable": list("abcdef"),
            "estimate": [0.1, -0.4, 0.2, 0.9, 0.0, 0.0],
            "p_value": [0.02, 0.02, 0.02, 0.05, 0.05, 0.01],
        }
    )
    assert "".join(_ranked(table, "estimate", 1)["variable"]) == "bcadef"
    assert "".join(_ranked(table, "estimate", 0.02)["variable"]) == "bcaf"


def test_two_respondents_leave_no_t_test_and_three_do() -> None:
    two = describe_axes(MCA(n_components=1).fit(pd.DataFrame({"p": list("ab"), "q": list("cd")})),
                        proba=1)  # fmt: skip
    assert two.categories["p_value"].isna().all()
    three = describe_axes(
        MCA(n_components=1).fit(pd.DataFrame({"p": list("abb"), "q": list("ccd")})), proba=1
    )
    assert three.categories["p_value"].notna().all()


def test_only_a_fitted_analysis_has_axes_to_describe():
    with pytest.raises(NotFittedError):
        describe_axes(MCA())
    with pytest.raises(TypeError, match="mca must be a fitted MCA, not DataFrame"):
        describe_axes(survey())
