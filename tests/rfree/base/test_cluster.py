"""Two processes of a cluster, with limited memory and one of them killed: the same numbers."""

from __future__ import annotations

import os
import signal
from operator import methodcaller

import joblib
import numpy as np
import pandas as pd
import pytest

from rfree import HCPC, MCA, describe_categories
from rfree.base.parts import PartsOnCluster, as_parts
from rfree.base.replicates import run_replicates, run_until_decided

distributed = pytest.importorskip("distributed")
frames = pytest.importorskip("dask.dataframe")

pytestmark = pytest.mark.filterwarnings("ignore")

N, PARTITIONS = 600, 5


@pytest.fixture(scope="module")
def cluster():
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, memory_limit="700MB", dashboard_address=None
        ) as two,
        distributed.Client(two) as client,
    ):
        yield client


@pytest.fixture(scope="module", name="X")
def answers():
    rng = np.random.default_rng(5)
    levels = np.digitize(rng.normal(size=(N, 1)) + rng.normal(size=(N, 8)), [-1, 0, 1])
    return pd.DataFrame(levels, columns=[f"q{at}" for at in range(8)]).astype("category")


# One that workers can import: they do not have this file.
drawn = methodcaller("normal")


def below(value):
    return value < 0


def same_bytes(one, other):
    tables = {name for name, value in vars(one).items() if isinstance(value, pd.DataFrame)}
    assert tables == {name for name in tables if vars(one)[name].equals(vars(other)[name])}
    assert one.eigenvalues_.tobytes() == other.eigenvalues_.tobytes()


@pytest.mark.usefixtures("cluster")
def test_a_dask_table_has_the_numbers_of_the_whole(X):
    weights = np.random.default_rng(6).uniform(0.5, 2, N)
    partitions = frames.from_pandas(X, npartitions=PARTITIONS)
    here = [part for _, part in X.groupby(np.repeat(range(PARTITIONS), N // PARTITIONS))]
    far = MCA().fit(partitions)
    same_bytes(MCA().fit(X), far)
    same_bytes(MCA().fit(here, weights), MCA().fit(partitions, weights))
    labels = HCPC().fit(far.row_coordinates_).labels_
    assert describe_categories(partitions, labels).equals(describe_categories(X, labels))


@pytest.mark.usefixtures("cluster")
def test_sums_are_made_by_the_workers(X):
    partitions = as_parts(frames.from_pandas(X, npartitions=PARTITIONS))
    assert isinstance(partitions, PartsOnCluster)
    (burt,) = partitions.total(lambda part: (np.ones((4, 4)) * len(part),))
    np.testing.assert_array_equal(burt, np.full((4, 4), N))


@pytest.mark.usefixtures("cluster")
def test_replicates_are_the_same_on_a_cluster():
    alone = run_replicates(drawn, 40, seed=3)
    decided = run_until_decided(drawn, below, 99, enough=5, seed=4)
    with joblib.parallel_config("dask"):
        assert run_replicates(drawn, 40, seed=3) == alone
        assert run_until_decided(drawn, below, 99, enough=5, seed=4) == decided


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no such signal")
def test_a_worker_that_is_killed_changes_nothing(cluster, X):
    expected = MCA().fit(X)
    victim = next(iter(cluster.run(os.getpid).values()))

    def killing(part):
        """Kill the worker that is to die, when it is given a part."""
        if os.getpid() == victim:
            os.kill(victim, signal.SIGKILL)
        return part

    partitions = frames.from_pandas(X, npartitions=PARTITIONS)
    dying = partitions.map_partitions(killing, meta=X.iloc[:0])
    same_bytes(expected, MCA().fit(dying))
    assert victim not in cluster.run(os.getpid).values()
