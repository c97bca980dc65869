"""What a render of the site does once for all pages, or not at all when nothing changed."""

from __future__ import annotations
