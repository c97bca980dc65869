"""The machines of a cluster, which replicates are sent to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

from typology.problems import InputError, Problem
from typology.words.phrases import Phrase, phrase

PATIENCE = 20
"""Seconds that a scheduler has to answer."""

PATIENCE_FOR_WORKERS = 600
"""Seconds that the first worker has to come: a cluster may let it wait."""


@contextmanager
def replicates_on(scheduler: str | None) -> Iterator[None]:
    """Send the replicates of what runs within ``with`` to the workers of a dask scheduler.

    ``scheduler`` is its address, "tcp://host:8786"; None: they stay here. A replicate draws from a
    generator of its own wherever it runs, on one thread, so that the results are the same. Raises
    InputError if dask.distributed is not installed, or nobody answers.
    """
    if scheduler is None:
        yield
        return
    if find_spec("distributed") is None:
        raise _refusal(
            scheduler,
            phrase("dask.distributed is not installed"),
            phrase("Install the extra 'scale' of attitude-typology, or leave the option out."),
        )
    from joblib import parallel_config  # noqa: PLC0415 - slow to import

    try:
        client = import_module("distributed").Client(scheduler, timeout=PATIENCE)
    except (OSError, ValueError):
        raise _refusal(
            scheduler,
            phrase("no dask scheduler answers at this address"),
            phrase("Start it (`dask scheduler`) and check the address that it prints."),
        ) from None
    with client, parallel_config("dask"):
        try:
            client.wait_for_workers(1, timeout=PATIENCE_FOR_WORKERS)
        except TimeoutError:
            raise _refusal(
                scheduler,
                phrase("a dask scheduler without any worker"),
                phrase("Start some (`dask worker {address} --nthreads 1`).", address=scheduler),
            ) from None
        yield


def _refusal(scheduler: str, found: Phrase, remedy: Phrase) -> InputError:
    expected = phrase("the address of a dask scheduler, such as tcp://host:8786")
    return InputError(Problem("", scheduler, found, expected, remedy, "--scheduler"))
