"""The records of a REDCap project, through its interface for programs."""

from __future__ import annotations

from redcap.project import Project

from typology.tools.fetch.access import Access
from typology.tools.fetch.exchange import options
from typology.tools.fetch.sources import AnswerSource


def export(source: AnswerSource, access: Access, _survey: str) -> bytes:
    """Return the records of the project as REDCap's CSV of raw data, with the times of surveys."""
    (token,) = access.secrets.values()
    project = Project(access.url, token, **options(source))
    records = project.export_records(format_type="csv", export_survey_fields=True)
    return str(records).encode()
