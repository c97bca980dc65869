"""Keyed pseudonyms: the same person has the same one in every file, and nobody can turn it back.

The key is in the private folder of the project; whoever has it can only check a guess.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from typology.files.output_places import PRIVATE_FOLDER

KEY = "pseudonyms.key"
LENGTH = 10
"""Characters of a pseudonym: 50 bits, hence no two alike among a million respondents."""


@dataclass(frozen=True)
class Pseudonyms:
    """The pseudonyms of a project.

    ``path`` is the file of the key, made by :meth:`keep` where there is none.
    """

    path: Path
    _key: bytes = field(repr=False)

    @classmethod
    def of(cls, private: Path) -> Pseudonyms:
        """Return those of the key in a private folder, or of a new key, not yet written."""
        path = private / KEY
        if path.is_file():
            return cls(path, bytes.fromhex(path.read_text(encoding="ascii").strip()))
        return cls(path, secrets.token_bytes(32))

    def pseudonym(self, name: str) -> str:
        """Return the pseudonym of a name, whatever its case, its spaces and its punctuation."""
        folded = re.sub(r"[\s().-]", "", name.casefold())
        if re.fullmatch(r"(\+33|0033)\d{9}", folded):
            folded = f"0{folded[-9:]}"
        digest = hmac.new(self._key, folded.encode("utf-8"), hashlib.sha256).digest()
        return f"P-{base64.b32encode(digest).decode('ascii')[:LENGTH].lower()}"

    def keep(self) -> None:
        """Write the key, where there is none, in a folder that git ignores."""
        if self.path.is_file():
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        ignored = self.path.parent / ".gitignore"
        if not ignored.exists():
            ignored.write_bytes(b"*\n")
        self.path.write_bytes(f"{self._key.hex()}\n".encode())


def private_folder(project: Path) -> Path:
    """Return the private folder of a project: in ``data`` where it has one."""
    data = project / "data"
    return (data if data.is_dir() else project) / PRIVATE_FOLDER
