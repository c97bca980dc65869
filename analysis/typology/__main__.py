"""The command, as ``python -m typology``."""

from typology.cli import main

if __name__ == "__main__":  # not in the processes that a run starts
    main()
