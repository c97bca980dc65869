"""The platforms that answers are fetched from, by the names of the option ``--from``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class AnswerSource:
    """A platform.

    ``title`` is its own name, ``library`` the module of the client that asks it. ``address`` is the
    environment variable of its address, ``secrets`` those of what opens it, each with the pattern
    of its values. An address ends in ``end``; what users write instead is one of ``tails``.
    ``survey`` is the pattern of the name of a survey, "" where what opens the platform names it.
    ``dates`` are the columns that say when an answer was given, the best first; * for any letters.
    """

    title: str
    library: str
    address: str
    secrets: Mapping[str, str]
    end: str
    tails: tuple[str, ...]
    survey: str
    dates: tuple[str, ...]


_ANY, _TOKEN = r"(?s).+", r"[0-9A-Za-z]{8,256}"
SOURCES: Mapping[str, AnswerSource] = MappingProxyType(
    {
        "limesurvey": AnswerSource(
            title="LimeSurvey",
            library="citric",
            address="LIMESURVEY_URL",
            secrets={"LIMESURVEY_USERNAME": _ANY, "LIMESURVEY_PASSWORD": _ANY},
            end="/index.php/admin/remotecontrol",
            tails=("/admin/remotecontrol", "/admin", "/index.php"),
            survey=r"[1-9][0-9]{0,9}",
            dates=("submitdate", "datestamp", "startdate"),
        ),
        "redcap": AnswerSource(
            title="REDCap",
            library="redcap",
            address="REDCAP_URL",
            secrets={"REDCAP_TOKEN": r"[0-9A-Za-z]{32}"},
            end="/api/",
            tails=("/api",),
            survey="",
            dates=("*_timestamp",),
        ),
        "kobo": AnswerSource(
            title="KoboToolbox",
            library="requests",
            address="KOBO_URL",
            secrets={"KOBO_TOKEN": _TOKEN},
            end="",
            tails=("/api/v2", "/api"),
            survey=r"[0-9A-Za-z]{5,40}",
            dates=("_submission_time", "end"),
        ),
    }
)
