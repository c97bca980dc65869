"""Run: the whole study, with how far it is, the time that is left, and a way to stop it."""

from __future__ import annotations

from datetime import datetime

from starlette.responses import JSONResponse, Response

from typology.app.editing.drafts import HOW_TO_RUN
from typology.app.jobs import JobProgress
from typology.app.screens.choose import unsaved_choices
from typology.app.visits import HEADERS, Visit
from typology.app.work_state import DONE
from typology.problems import InputError
from typology.results.freshness import made_from_others
from typology.results.run_results import MANIFEST, read_manifest
from typology.study import Study
from typology.words import word

QUICK = 19
_MINUTE = 60


def run(visit: Visit) -> Response:
    """Show how far the run is; begin one."""
    study = visit.opened
    if visit.asks:
        quick = QUICK if visit.text("how") == "quick" else None
        visit.draft(HOW_TO_RUN, {}).forget()
        visit.site.jobs.run(study.name, study.path, replicates=quick)
        return visit.go("run")
    try:
        loaded = study.load()
    except InputError as error:
        return visit.page("run.html", screen="run", problems=error.problems, progress=None)
    manifest = loaded.results_path / MANIFEST
    made = datetime.fromtimestamp(manifest.stat().st_mtime) if manifest.is_file() else None
    progress = _progress(visit)
    return visit.page(
        "run.html", screen="run", problems=(), progress=progress,
        told_progress=None if progress is None else progress_told(visit, progress),
        made=made, standing=standing(loaded) if made else "", choices=loaded.choices, quick=QUICK,
        draft=visit.draft(HOW_TO_RUN, {"how": "full"}), unsaved=unsaved_choices(visit, loaded),
    )  # fmt: skip


def state(visit: Visit) -> Response:
    """Say how far the work is, for the page to show."""
    progress = _progress(visit)
    content = {"end": "none"} if progress is None else progress_told(visit, progress)
    return JSONResponse(content, headers=HEADERS)


def stop(visit: Visit) -> Response:
    """Stop the work; the former results stay."""
    job = visit.site.jobs.of(visit.opened.name)
    if job is not None:
        job.stop()
    return visit.go(visit.text("screen") or "run")


def standing(study: Study) -> str:
    """Return how the results on disk stand to the study: "current", "trial" or "outdated".

    A trial is of this very study, with other numbers of replicates.
    """
    manifest = read_manifest(study.results_path)
    differing = made_from_others(study, manifest)
    if not differing:
        return "current"
    replicates = {"validity": None}
    alike = {**manifest["settings"], **replicates} == {**study.settings(), **replicates}
    return "trial" if differing == ("settings",) and alike else "outdated"


def progress_told(visit: Visit, progress: JobProgress) -> dict[str, object]:
    """Return how far the work is, in words."""
    stage = visit.say("starting")
    if progress.kind != "run":
        stage = visit.say("documents_made")
    elif progress.stage:
        stage = word("stage", visit.language, progress.stage)
    return {
        "kind": progress.kind,
        "end": progress.end,
        "share": round(100 * progress.share),
        "stage": stage,
        "left": _left(visit, progress),
        "told": list(progress.told.get(visit.language, ())),
    }


def _progress(visit: Visit) -> JobProgress | None:
    job = visit.site.jobs.of(visit.opened.name)
    return None if job is None else job.progress()


def _left(visit: Visit, progress: JobProgress) -> str:
    if progress.end == DONE or progress.left is None:
        return ""
    minutes = round(progress.left / _MINUTE)
    if minutes < 1:
        return visit.say("left_soon")
    return visit.say("left_minutes", plural=minutes, minutes=minutes)
