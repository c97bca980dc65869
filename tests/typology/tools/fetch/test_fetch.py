"""Answers fetched from a platform: the table that an export gives, or a sentence."""

from __future__ import annotations

import csv
import re
import socket
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import kinds_study
import stand_in_platform as stand_in
from command_line import call, said
from platform_exports import export_rows, write_export
from typology.answers.responses import Responses, read_responses
from typology.files.output_places import PRIVATE_FOLDER
from typology.problems import InputError
from typology.questionnaire.file import load_questionnaire
from typology.tools.fetch import exchange, files, kobo
from typology.tools.fetch.access import read_access
from typology.tools.fetch.files import fetch_answers
from typology.tools.fetch.sources import SOURCES

NAMED = {"limesurvey": "LimeSurvey", "redcap": "REDCap", "kobo": "KoboToolbox"}
SURVEYS = {"limesurvey": stand_in.SURVEY, "redcap": "", "kobo": stand_in.FORM}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with a question of every kind, and its answers."""
    folder = tmp_path_factory.mktemp("kinds")
    kinds_study.write_kinds_study(folder, n=40)
    return folder


@pytest.fixture(scope="module")
def plain(study: Path) -> Responses:
    asked = load_questionnaire(study / "questionnaire.yml")
    return read_responses(study / "responses.csv", asked)


@pytest.fixture(scope="module")
def served() -> Iterator[stand_in.Platform]:
    with stand_in.served() as platform:
        yield platform


@pytest.fixture
def platform(
    served: stand_in.Platform, monkeypatch: pytest.MonkeyPatch, plain: Responses
) -> stand_in.Platform:
    """The platforms as they answer when all is well, and the environment that opens them."""
    served.saying, served.instead = "", None
    served.asked.clear()
    for name in ("LIMESURVEY_URL", "REDCAP_URL", "KOBO_URL"):
        monkeypatch.setenv(name, served.address)
    monkeypatch.setenv("LIMESURVEY_USERNAME", stand_in.USER)
    monkeypatch.setenv("LIMESURVEY_PASSWORD", stand_in.PASSWORD)
    monkeypatch.setenv("REDCAP_TOKEN", stand_in.REDCAP_TOKEN)
    monkeypatch.setenv("KOBO_TOKEN", stand_in.KOBO_TOKEN)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("COLUMNS", "1000")
    served.submissions = submissions(export_rows(plain, "KoboToolbox"))
    served.lines = form_lines(export_rows(plain, "KoboToolbox"))
    return served


def exported(plain: Responses, platform: str, path: Path) -> bytes:
    return write_export(path, export_rows(plain, platform), platform).read_bytes()


def submissions(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Rows as Kobo's JSON has them: what was not answered is not there, choices in one text."""
    named = "about_you/tools/"
    return [
        {name: value for name, value in row.items() if value and not name.startswith(named)}
        | {"_validation_status": {}, "_tags": [], "_attachments": []}
        for row in rows
    ]


def form_lines(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    lines, group = [{"type": "start", "name": "start"}, {"type": "end", "name": "end"}], ""
    for name in rows[0]:
        parts = name.split("/")
        if len(parts) != 2:
            continue
        if parts[0] != group:
            lines += [{"type": "end_group"}] if group else []
            group = parts[0]
            lines.append({"type": "begin_group", "name": group})
        lines.append({"type": "select_one", "$autoname": parts[1]})
    return [*lines, {"type": "end_group"}]


def fetch(study: Path, name: str, *more: object) -> int:
    survey = ("--survey", SURVEYS[name]) if SURVEYS[name] else ()
    return call("fetch", study, "--from", name, *survey, "--language", "en", *more)


def nothing_written(study: Path) -> None:
    assert not (study / PRIVATE_FOLDER).exists()
    assert {each.name for each in study.iterdir()} >= {"study.yml", "questionnaire.yml"}


@pytest.mark.parametrize("name", list(SOURCES))
def test_what_is_fetched_is_the_table_that_was_answered(
    study: Path,
    *,
    plain: Responses,
    platform: stand_in.Platform,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    platform.fields = [{"field_name": "record_id", "form_name": "questionnaire"}]
    platform.csv = exported(plain, NAMED[name], tmp_path / "export.csv") if name != "kobo" else b""
    monkeypatch.setattr(kobo, "_PAGE", 17)
    file = tmp_path / "private" / "answers.csv"
    assert fetch(study, name, "--output", file) == 0
    told = said(capsys)
    assert f"{NAMED[name]}: 40 responses, on 2 May 2023." in told.replace("\u00a0", " ")
    assert f"Next: typology check {study} --responses {file}" in told
    if name != "kobo":
        assert file.read_bytes() == platform.csv
    read = read_responses(file, plain.questionnaire)
    pd.testing.assert_frame_equal(read.items, plain.items, check_names=False)
    for each in ("sex", "place", "age", "reasons:care", "since", "wish"):
        pd.testing.assert_series_equal(
            read.respondent[each], plain.respondent[each], check_names=False, check_dtype=False
        )
    assert any(NAMED[name] in notice for notice in read.notices)
    if name == "limesurvey":
        assert platform.asked == ["get_session_key", "export_responses", "release_session_key"]
        assert call("check", study, "--responses", file) == 0
    for each in stand_in.SECRETS:
        assert each not in told + said(capsys)
        assert all(each not in path.read_text("utf-8") for path in tmp_path.rglob("*.csv"))


def test_the_file_goes_to_the_private_folder_and_over_no_other(
    tmp_path: Path, plain: Responses, platform: stand_in.Platform,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    kinds_study.put(tmp_path / "questionnaire.yml", kinds_study.questionnaire())
    platform.csv = exported(plain, "LimeSurvey", tmp_path / "export.csv")
    asked = (tmp_path / "questionnaire.yml", "limesurvey")
    file = tmp_path / "private" / f"limesurvey_{stand_in.SURVEY}.csv"
    assert fetch(*asked) == 0
    assert file.read_bytes() == platform.csv
    assert fetch(*asked) == 0  # the same answers: nothing is lost
    file.write_text("my own", encoding="utf-8")
    assert fetch(*asked) == 2
    assert "--force" in said(capsys)
    with pytest.raises(InputError, match="there already"):
        fetch_answers(asked[0], platform="limesurvey", survey=stand_in.SURVEY)
    assert file.read_text("utf-8") == "my own"
    assert fetch(*asked, "--force") == 0
    assert file.read_bytes() == platform.csv
    assert fetch(*asked, "--output", tmp_path / "questionnaire.yml", "--force") == 2
    assert sorted(each.name for each in file.parent.iterdir()) == [file.name]


SAYINGS = {
    "Invalid session key": "a session that has expired",
    "No permission": "an account that may not export",
    "No Data, survey table does not exist.": "a survey that was never activated",
    "No Data, could not get max id.": "a survey without any answer",
    "You have exceeded the number of maximum login attempts.": "too many attempts",
    "Something new": "a refusal (Something new)",
    f"Something about {stand_in.PASSWORD}": "a refusal of the server",
}


@pytest.mark.parametrize("saying", SAYINGS)
def test_what_limesurvey_says_is_told_in_words(
    study: Path, platform: stand_in.Platform, capsys: pytest.CaptureFixture[str], saying: str
) -> None:
    platform.saying = saying
    assert fetch(study, "limesurvey") == 2
    told = said(capsys)
    assert SAYINGS[saying] in told
    assert stand_in.PASSWORD not in told
    assert platform.asked[-1] == "release_session_key"
    nothing_written(study)


WRONG = {
    "limesurvey": ("LIMESURVEY_PASSWORD", "another-password", "a password that LimeSurvey"),
    "redcap": ("REDCAP_TOKEN", "F" * 32, "a refusal of the server (403)"),
    "kobo": ("KOBO_TOKEN", "F" * 40, "a refusal of the server (401)"),
}


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize("name", list(SOURCES))
def test_a_wrong_secret_is_told_without_it(
    study: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], name: str,
) -> None:  # fmt: skip
    variable, value, found = WRONG[name]
    monkeypatch.setenv(variable, value)
    assert fetch(study, name) == 2
    told = said(capsys)
    assert found in told
    assert variable in told
    assert value not in told
    nothing_written(study)


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize("name", ["limesurvey", "kobo"])
def test_an_unknown_survey_is_told(
    study: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    asked = ("fetch", study, "--from", name, "--language", "en", "--survey")
    assert call(*asked, "99999") == 2
    assert re.search("no survey 99999|nothing at this address", said(capsys))
    assert call(*asked, "../../x") == 2
    assert "a survey as" in said(capsys)
    nothing_written(study)


INSTEAD = {
    "a page": ((200, {}, stand_in.PAGE), "a web page in place of answers"),
    "elsewhere": (
        (307, {"Location": "http://elsewhere.example/x"}, b""), "a server that sends to another"
    ),
    "busy": ((429, {}, b""), "a server that is asked too often (429)"),
    "broken": ((502, {}, stand_in.PAGE), "a server that answers 502"),
    "nothing there": ((404, {}, stand_in.PAGE), "nothing at this address (404)"),
    "cut short": ((200, {"Content-Length": "9000"}, b'{"id": 1'), "an answer cut short"),
    "no JSON": ((200, {}, b"[1, 2]"), "an answer of another kind"),
}  # fmt: skip


@pytest.mark.parametrize("instead", INSTEAD)
@pytest.mark.parametrize("name", list(SOURCES))
def test_what_is_no_answer_is_told(
    study: Path, platform: stand_in.Platform, capsys: pytest.CaptureFixture[str],
    name: str, instead: str,
) -> None:  # fmt: skip
    platform.instead, found = INSTEAD[instead]
    assert fetch(study, name) == 2
    told = said(capsys)
    assert found in told
    assert "Traceback" not in told
    assert "elsewhere.example" not in told
    assert all(each not in told for each in (*stand_in.SECRETS, platform.address))
    nothing_written(study)


@pytest.mark.parametrize("content", [b"", b"\n", b"record_id,e01\n", b'{"error": "x"}'])
def test_a_project_without_records_is_told(
    study: Path, platform: stand_in.Platform, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    platform.csv = content
    platform.fields = [{"field_name": "record_id", "form_name": "questionnaire"}]
    assert fetch(study, "redcap") == 2
    assert re.search("a survey without any answer|no table of answers", said(capsys))
    nothing_written(study)


@pytest.mark.usefixtures("platform")
def test_a_server_that_is_not_there_or_does_not_answer_is_told(
    study: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(exchange, "SECONDS", (2.0, 0.05))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        for name, source in SOURCES.items():
            monkeypatch.setenv(source.address, f"http://127.0.0.1:{silent.getsockname()[1]}")
            assert fetch(study, name) == 2
            assert "no answer in time" in said(capsys)
    for name, source in SOURCES.items():
        monkeypatch.setenv(source.address, "http://127.0.0.1:9")
        assert fetch(study, name) == 2
        assert "no connection" in said(capsys)
    nothing_written(study)


@pytest.mark.parametrize(
    "address",
    ["http://survey.example", "https://me:secret@survey.example", "survey.example", "https://",
     "https://survey.example/?token=secret", "https://[::1", "ftp://survey.example",
     "https://survey.example:port"],
)  # fmt: skip
def test_an_address_that_would_not_do_is_refused_before_anything_is_sent(address: str) -> None:
    environment = {"REDCAP_URL": address, "REDCAP_TOKEN": stand_in.REDCAP_TOKEN}
    with pytest.raises(InputError) as raised:
        read_access(SOURCES["redcap"], environment)
    told = str(raised.value)
    assert "REDCAP_URL" in told
    assert address not in told
    assert "secret" not in told


def test_every_variable_that_is_missing_is_named_at_once(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    variables = ("LIMESURVEY_URL", "LIMESURVEY_USERNAME", "LIMESURVEY_PASSWORD")
    for name in variables:
        monkeypatch.delenv(name, raising=False)
    assert fetch(study, "limesurvey") == 2
    told = said(capsys)
    assert all(name in told for name in variables)
    monkeypatch.setenv("KOBO_URL", "https://kf.example")
    monkeypatch.setenv("KOBO_TOKEN", "l’apostrophe 1234")
    assert fetch(study, "kobo") == 2
    told = said(capsys)
    assert "a token of KoboToolbox" in told
    assert "apostrophe" not in told


@pytest.mark.parametrize("name", list(SOURCES))
@pytest.mark.parametrize("tail", ["", "/", "end", *SOURCES["limesurvey"].tails])
def test_an_address_may_end_as_its_user_knows_it(name: str, tail: str) -> None:
    source = SOURCES[name]
    if tail.startswith("/") and tail != "/" and tail not in source.tails:
        return
    secrets = dict.fromkeys(source.secrets, "a" * 32)
    base = "https://survey.example/research"
    given = base + (source.end if tail == "end" else tail)
    assert read_access(source, {source.address: given, **secrets}).url == base + source.end


def test_limesurvey_behind_another_form_of_address_is_left_as_it_is() -> None:
    given = {"LIMESURVEY_URL": "https://s.example/index.php?r=admin/remotecontrol",
             "LIMESURVEY_USERNAME": "a", "LIMESURVEY_PASSWORD": "b"}  # fmt: skip
    opened = read_access(SOURCES["limesurvey"], given)
    assert opened.url == given["LIMESURVEY_URL"]
    assert "example" not in repr(opened)


@pytest.mark.parametrize("name", list(SOURCES))
def test_without_the_client_one_sentence_says_what_to_install(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    monkeypatch.setattr(files, "find_spec", lambda _: None)
    assert fetch(study, name) == 2
    assert 'pip install "attitude-typology[platforms]"' in said(capsys)
    nothing_written(study)


def test_answers_without_dates_are_told_so(
    study: Path, platform: stand_in.Platform, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["id", "submitdate", "lastpage", "hopes[H1]"], ["1", "1980-01-01 00:00:00", "3", "2"]]
    written = StringIO()
    csv.writer(written).writerows(rows)
    platform.csv = written.getvalue().encode()
    assert fetch(study, "limesurvey", "--output", tmp_path / "answers.csv") == 0
    assert "LimeSurvey: one response, without dates." in said(capsys)
