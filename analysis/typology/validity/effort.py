"""How much work latent classes and the like are worth, by the number of respondents."""

from __future__ import annotations

from dataclasses import dataclass

from rfree.other_clusterings.sampled_medoids import MEDOID_SAMPLES, SAMPLE_SIZE
from typology.validity.notes import Note


@dataclass(frozen=True)
class Effort:
    """Work done for a number of respondents; the notes tell what is less than usual.

    ``starts`` of each latent class model; ``replicates``: samples simulated for each test of the
    number of latent classes (0: no test); ``thorough``: whether partitions under other choices are
    searched as far as the study's own.
    """

    starts: int
    replicates: int
    thorough: bool
    notes: tuple[Note, ...] = ()


USUAL = Effort(starts=50, replicates=39, thorough=True)
MANY, VERY_MANY = 1000, 5000
"""More respondents than these take less work each: a run is to end while one waits for it."""


def effort_for(n_respondents: int) -> Effort:
    """Return how much work a study of this size is worth.

    It depends on the size alone, never on the machine: the same answers give the same numbers
    everywhere.

    >>> effort_for(300) == USUAL
    True
    >>> [note.reason for note in effort_for(3000).notes]
    ['short_search', 'test_replicates', 'medoid_samples']
    """
    if n_respondents <= MANY:
        return USUAL
    notes = [Note.reduced("sensitivity", "short_search", most=MANY)]
    starts, replicates = USUAL.starts, 19
    if n_respondents > VERY_MANY:
        starts, replicates = 10, 0
        reduced = {"most": VERY_MANY, "starts": starts, "usual": USUAL.starts}
        notes.append(Note.reduced("latent classes", "no_test", **reduced))
    else:
        reduced = {"most": MANY, "replicates": replicates, "usual": USUAL.replicates}
        notes.append(Note.reduced("latent classes", "test_replicates", **reduced))
    if n_respondents > SAMPLE_SIZE:
        notes.append(
            Note.reduced(
                "other methods", "medoid_samples", most=SAMPLE_SIZE, samples=MEDOID_SAMPLES
            )
        )
    return Effort(starts, replicates, thorough=False, notes=tuple(notes))
