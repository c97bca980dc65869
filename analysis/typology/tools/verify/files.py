"""A verification, and its table on disk."""

from __future__ import annotations

from pathlib import Path

from typology.files.output_files import refuse_places, write_files
from typology.files.written_tables import table_bytes
from typology.study import load_study
from typology.tools.verify.verification import VERIFY_TOLERANCE, Verification, verify_run
from typology.words.progress import Progress, silent


def verify_files(
    path: Path,
    *,
    manifest: Path | None = None,
    responses: Path | None = None,
    tolerance: float = VERIFY_TOLERANCE,
    output: Path | None = None,
    force: bool = False,
    language: str | None = None,
    progress: Progress = silent,
    n_jobs: int | None = None,
) -> Verification:
    """Verify a run (see `verify_run`) and write the table of its outputs.

    ``output`` is a file (.csv, .tsv or .xlsx) of `Verification.outputs`, None for none; with
    ``force`` it replaces one with other contents, never a file that is read.
    """
    inputs = [*load_study(path, responses=responses, for_checking=True).inputs.values()]
    if output is not None:
        refuse_places([output], inputs=inputs)
    verification = verify_run(
        path,
        manifest=manifest,
        responses=responses,
        tolerance=tolerance,
        language=language,
        progress=progress,
        n_jobs=n_jobs,
    )
    if output is not None:
        content = table_bytes(output, verification.outputs)
        write_files({output: content}, inputs=inputs, force=force)
    return verification
