"""Files of statistics programs, read in a process of their own."""

from __future__ import annotations

from typology.answers.platforms.statistical.files import read_spss, read_stata

__all__ = ["read_spss", "read_stata"]
