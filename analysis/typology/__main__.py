"""The command, as ``typology`` and as ``python -m typology``."""

from __future__ import annotations

import sys

from typology.files.interruption import Stopped, stops_raised


def main() -> None:
    """Run the command, which can be stopped while it is still being loaded."""
    with stops_raised():
        try:
            from typology.cli.command import main as command  # noqa: PLC0415 - slow to import
        except Stopped as stop:
            from typology.cli.command_errors import system_language, tell_stop  # noqa: PLC0415

            tell_stop(stop, system_language())
            sys.exit(stop.exit_code)
        command()


if __name__ == "__main__":  # not in the processes that a run starts
    main()
