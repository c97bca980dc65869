"""Tables too large to hold: read part after part, with the numbers of the whole."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset
import pytest

from rfree import MCA, describe_categories, describe_variables
from rfree.base import parts
from rfree.base.coded_answers import coded_answers
from rfree.base.parts import PartsHere, added, as_parts

N = 240
LEVELS = pd.CategoricalDtype(["never", "seldom", "often", "always"], ordered=True)


@pytest.fixture(scope="module", name="X")
def answers():
    rng = np.random.default_rng(5)
    leaning = rng.normal(size=(N, 1))
    levels = np.digitize(leaning + rng.normal(size=(N, 6)), [-1, 0, 1])
    columns = {f"q{at}": pd.Categorical.from_codes(levels[:, at], dtype=LEVELS) for at in range(6)}
    return pd.DataFrame(columns)


@pytest.fixture(scope="module")
def folder(X, tmp_path_factory):
    path = tmp_path_factory.mktemp("parts")
    for start in range(0, N, 100):
        part = X.iloc[start : start + 100].reset_index(drop=True)
        part.assign(name="not a question").to_parquet(path / f"part-{start:03d}.parquet")
    return path


def tables(fitted):
    return {
        name: value
        for name, value in vars(fitted).items()
        if isinstance(value, pd.DataFrame | pd.Series)
    }


def same_numbers(one, other):
    for name, table in tables(one).items():
        again = tables(other)[name]
        assert list(again.index) == list(table.index), name
        np.testing.assert_array_equal(again.to_numpy(), table.to_numpy(), err_msg=name)


@pytest.mark.parametrize("kind", ["frames", "table", "dataset", "path"])
def test_parts_give_the_numbers_of_the_whole(X, folder, kind):
    source = {
        "frames": [X.iloc[:100], X.iloc[100:101], X.iloc[101:]],
        "table": pa.Table.from_pandas(X, preserve_index=False),
        "dataset": pyarrow.dataset.dataset(folder, format="parquet"),
        "path": folder,
    }[kind]
    same_numbers(MCA().fit(X), MCA().fit(as_parts(source, columns=list(X.columns))))


def test_weights_and_descriptions_go_through_the_parts_too(X):
    rng = np.random.default_rng(6)
    weights, labels = rng.integers(1, 4, N).astype(float), rng.integers(1, 4, N)
    halves = [X.iloc[:77], X.iloc[77:]]
    whole = MCA().fit(X, weights, frequencies=True)
    same_numbers(whole, MCA().fit(halves, weights, frequencies=True))
    for describe in (describe_categories, describe_variables):
        one = describe(X, labels, sample_weight=weights)
        pd.testing.assert_frame_equal(describe(halves, labels, sample_weight=weights), one)


def test_texts_of_arrow_are_in_the_order_of_texts(X):
    texts = pa.table({"q": ["10", "9", None], "r": ["b", "a", "b"]}).slice(0, 2)
    assert coded_answers(texts).coding.names.tolist() == ["9", "10", "a", "b"]
    same_numbers(MCA().fit(X.astype(str)), MCA().fit(pa.Table.from_pandas(X.astype(str))))


def test_levels_that_only_some_parts_know_are_joined():
    early = pd.DataFrame({"q": pd.Categorical(["low", "high"], categories=["low", "mid", "high"])})
    late = pd.DataFrame({"q": pd.Categorical(["high", "top"], categories=["high", "top"])})
    assert coded_answers([early, late]).coding.names.tolist() == ["low", "high", "top"]
    texts = [pd.DataFrame({"q": ["b", "d"]}), pd.DataFrame({"q": ["c", "a"]})]
    assert coded_answers(texts).coding.names.tolist() == ["a", "b", "c", "d"]


def test_missing_answers_of_all_parts_are_counted(X):
    holed = X.copy()
    holed.iloc[[0, 150, 151], 2] = None
    with pytest.raises(ValueError, match=r"missing values: column 'q2' \(3\)"):
        MCA().fit([holed.iloc[:100], holed.iloc[100:]])


def test_parts_with_other_columns_and_things_that_are_no_table_are_refused(X):
    with pytest.raises(ValueError, match="different columns: q5"):
        MCA().fit([X, X.drop(columns="q5")])
    with pytest.raises(ValueError, match="no respondent"):
        MCA().fit([X.iloc[:0]])
    with pytest.raises(TypeError, match="X must be a pandas DataFrame, not dict; or a path"):
        MCA().fit({"q": ["a"]})


def test_respondents_are_numbered_through_the_parts_or_keep_their_names(X, folder):
    assert coded_answers(as_parts(folder)).index.equals(pd.RangeIndex(N))
    named = X.set_axis([f"R{number}" for number in range(N)])
    assert coded_answers([named.iloc[:9], named.iloc[9:]]).index.equals(named.index)


def test_one_part_is_held_at_a_time_and_each_is_read_thrice(X, folder, monkeypatch):
    monkeypatch.setattr(parts, "CELLS_AT_ONCE", 7 * 40)
    held = []
    frame = parts._frame

    def counted(batch):
        held.append(batch.num_rows)
        return frame(batch)

    monkeypatch.setattr(parts, "_frame", counted)
    MCA().fit(as_parts(folder, columns=list(X.columns)))
    assert max(held) <= 7 * 40 // 6
    assert sum(held) == 3 * N  # categories, Burt table, coordinates


@pytest.mark.parametrize("n_parts", range(1, 12))
def test_neighbours_are_added_two_by_two(n_parts):
    frames = [pd.DataFrame({"q": [number]}) for number in range(n_parts)]
    given = PartsHere(lambda: frames).total(lambda part: (np.array([Told(str(part.q[0]))]),))
    told = [(np.array([Told(str(number))]),) for number in range(n_parts)]
    while len(told) > 1:
        pairs = [added(*told[at : at + 2]) for at in range(0, len(told) - 1, 2)]
        told = pairs + told[2 * len(pairs) :]
    assert given[0][0].text == told[0][0][0].text


class Told:
    """A number that remembers in which order it was added."""

    def __init__(self, text):
        self.text = text

    def __add__(self, other):
        return Told(f"({self.text}+{other.text})")
