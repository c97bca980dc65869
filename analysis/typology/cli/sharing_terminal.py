"""What is printed of the check before a study is shared."""

from __future__ import annotations

from typology.cli.console import Terminal
from typology.study import Study
from typology.tools.sharing.before_sharing import check_before_sharing
from typology.tools.sharing.hook import install_hook
from typology.words import word


def print_sharing(console: Terminal, study: Study, *, hook: bool) -> None:
    """Make the check, or have git make it, and say so."""
    language = study.choices.language
    if hook:
        path = install_hook(study)
        console.print(word("hook_installed", language, path=path.as_posix()))
        return
    count = check_before_sharing(study)
    console.print(word("sharing_checked", language, plural=count, count=count))
