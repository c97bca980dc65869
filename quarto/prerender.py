"""Quarto runs this before it renders: the study, unless its results are current."""

import sys

try:
    from typology.cli.prerender import main
except ModuleNotFoundError as error:
    sys.exit(
        f"{error}. Python here is {sys.executable}.\n"
        'Install the study for this Python: pip install ".[paper]" in the folder of the project.\n'
        "To render with another Python, name it in the environment variable QUARTO_PYTHON."
    )

main()
