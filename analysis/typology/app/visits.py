"""A request, as a screen answers it: in which language, for which study, with what was sent."""

from __future__ import annotations

import io
import secrets
import sys
import traceback
import zipfile
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from typology.app.editing.drafts import ScreenForm, draft_key, fields_sent
from typology.app.editing.fields import Fields
from typology.app.editing.kept_forms import KeptForms
from typology.app.jobs import Jobs
from typology.app.rendering import page
from typology.app.shelf import OpenStudy, Shelf
from typology.files.write_errors import write_problem
from typology.problems import InputError
from typology.words import LANGUAGES, word

SCREENS = ("answers", "mend", "questionnaire", "choose", "run", "read", "leave")
"""The screens of a study, in their order."""

LANGUAGE = "typology_language"
_MOST_TOLD = 200
_POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "frame-src 'self'; frame-ancestors 'self'; form-action 'self'; base-uri 'none'"
)
SELF_CONTAINED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "frame-ancestors 'self'"
)
"""What a page of its own style may load."""

HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@dataclass
class Site:
    """What every request shares: the studies, the work under way, what is to be said once."""

    shelf: Shelf
    jobs: Jobs = field(default_factory=Jobs)
    previews: dict[str, Any] = field(default_factory=dict)
    kept: KeptForms = field(default_factory=KeptForms)
    language: str = ""  # chosen last: a browser that is killed may lose what it was told
    _told: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stop: Callable[[], None] = lambda: None

    def keep(self, told: tuple[str, ...]) -> str:
        """Keep what the next page of one tab is to say; return under which name."""
        name = secrets.token_hex(6)
        for old in list(self._told)[: max(0, len(self._told) - _MOST_TOLD)]:
            del self._told[old]
        self._told[name] = told
        return name

    def take(self, name: str) -> tuple[str, ...]:
        """Return what was kept, once."""
        return self._told.pop(name, ())


@dataclass(frozen=True)
class Visit:
    """One request."""

    site: Site
    request: Request
    language: str
    form: FormData
    study: OpenStudy | None = None

    @property
    def opened(self) -> OpenStudy:
        """Return the study of the address."""
        if self.study is None:
            raise HTTPException(404)
        return self.study

    @property
    def asks(self) -> bool:
        """Return whether something is to be done, not only shown."""
        return self.request.method == "POST"

    def say(self, name: str, *, plural: int | None = None, **values: object) -> str:
        """Return words of the page."""
        return word("app", self.language, name, plural=plural, **values)

    def text(self, name: str) -> str:
        """Return what was typed into a field, "" where nothing was."""
        value = self.form.get(name, "")
        return value.strip().replace("\r\n", "\n") if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """Return what was chosen of several."""
        return [each for each in self.form.getlist(name) if isinstance(each, str) and each]

    @property
    def sent(self) -> dict[str, str]:
        """Return every field of the form, those of one name together."""
        return fields_sent(self.form.multi_items())

    def draft(self, form: str, saved: Fields) -> ScreenForm:
        """Return a form of the screen, given what the file says of it."""
        study = "" if self.study is None else self.study.name
        return ScreenForm(form, draft_key(study, form), saved, self.site.kept)

    def file(self, name: str) -> tuple[str, bytes] | None:
        """Return the name and the content of a file that was sent, None without one."""
        sent = self.form.get(name)
        if not isinstance(sent, UploadFile) or not sent.filename:
            return None
        return sent.filename, sent.file.read()

    def page(self, template: str, *, status: int = 200, **context: Any) -> Response:
        """Return a page, which says first what a former request left to be said."""
        told = self.site.take(self.request.query_params.get("told", ""))
        shown = {"study": self.study, "screens": SCREENS, "screen": "", "title": ""} | context
        of_study = "/" if self.study is None else f"/s/{self.study.name}/answers"
        shown["here"] = of_study if self.asks else self.request.url.path
        return HTMLResponse(
            page(template, self.language, shown, told=told), status, headers=HEADERS
        )

    def go(self, screen: str, *told: str) -> Response:
        """Return the way to a screen of the study, which says something first."""
        return self.to(f"/s/{self.opened.name}/{screen}", *told)

    def to(self, path: str, *told: str) -> Response:
        """Return the way to another page."""
        address = f"{path}?told={self.site.keep(told)}" if told else path
        return RedirectResponse(address, 303)


Screen = Callable[[Visit], Response]
Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


def endpoint(screen: Screen) -> Endpoint:
    """Return what the server calls for a screen: bad input ends in a sentence, so does a fault."""

    async def answer(request: Request) -> Response:
        form = await request.form() if request.method == "POST" else FormData()
        try:
            visit = _visit(request, form)
            return await run_in_threadpool(_answered, screen, visit)
        finally:
            await form.close()

    return answer


def _visit(request: Request, form: FormData) -> Visit:
    site: Site = request.app.state.site
    chosen = site.language or request.cookies.get(LANGUAGE, LANGUAGES[0])
    language = chosen if chosen in LANGUAGES else LANGUAGES[0]
    name = request.path_params.get("study")
    study = None if name is None else site.shelf.get(name)
    return Visit(site, request, language, form, study)


def _answered(screen: Screen, visit: Visit) -> Response:
    if "study" in visit.request.path_params and visit.study is None:
        return visit.page("sentence.html", status=404, sentence=visit.say("no_such_study"))
    try:
        return screen(visit)
    except InputError as error:
        return refusal(visit, error)
    except OSError as error:
        return refusal(visit, InputError(write_problem(error)))
    except HTTPException:
        return visit.page("sentence.html", status=404, sentence=visit.say("no_such_page"))
    except Exception:
        traceback.print_exc(file=sys.stderr)
        return visit.page("sentence.html", status=500, sentence=visit.say("fault"))


def refusal(visit: Visit, error: InputError) -> Response:
    """Return the page that says what is wrong, and that nothing was changed."""
    return visit.page("refused.html", status=422, problems=error.problems)


def alone(html: str, policy: str) -> Response:
    """Return a page of its own style, which is shown within one of these."""
    return HTMLResponse(html, headers={**HEADERS, "Content-Security-Policy": policy})


def sent_together(name: str, files: Iterable[tuple[Path, str]]) -> Response:
    """Return many files as one zip, each under a name of its own."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, inner in files:
            archive.write(path, inner)
    return sent(name, content.getvalue())


def sent(name: str, content: bytes) -> Response:
    """Return a file to be kept."""
    told = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type="application/octet-stream", headers={**HEADERS, **told})
