"""The short form as a page: answered in the browser, scored there, nothing sent anywhere."""

from __future__ import annotations

from typology.documents.short_form.page import short_form_document, short_form_html

__all__ = [
    "short_form_document",
    "short_form_html",
]
