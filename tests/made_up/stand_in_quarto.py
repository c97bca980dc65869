"""A program that stands in for Quarto where there is none: it writes files where Quarto would."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PROGRAM = '''"""Stands in for: quarto render FOLDER/NAME.qmd --to KIND."""
import sys, time, zipfile
from pathlib import Path

asked, page, to, kind = sys.argv[1:]
assert (asked, to) == ("render", "--to"), sys.argv
source = Path(page)
text = source.read_text(encoding="utf-8")
site = source.parent / "_site"
site.mkdir(exist_ok=True)
time.sleep(1)
if kind == "docx":
    with zipfile.ZipFile(site / f"{source.stem}.docx", "w") as written:
        written.writestr("word/document.xml", f"<p>{len(text)}</p>")
else:
    (site / f"{source.stem}.pdf").write_bytes(b"%PDF-1.7 a stand-in")
'''


def write_stand_in(folder: Path) -> Path:
    """Write the program into a folder that is then put on PATH; return the folder."""
    script = folder / "stand_in.py"
    script.write_text(_PROGRAM, encoding="utf-8")
    if os.name == "nt":
        started = f'@"{sys.executable}" "{script}" %*\r\n'
        (folder / "quarto.cmd").write_text(started, encoding="utf-8")
    else:
        program = folder / "quarto"
        program.write_text(
            f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n', encoding="utf-8"
        )
        program.chmod(0o755)
    return folder
