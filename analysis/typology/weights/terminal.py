"""What the command prints on weights and on margins that are made up."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from typology.exhibits.run_tables import Tables, is_weighted
from typology.weights.sentences import illustrative
from typology.words import number, word


def print_weights(console: Console, tables: Tables, language: str) -> None:
    """Print that results are weighted, and that margins are illustrative.

    Uses ``weights_summary`` and ``representativeness_tests`` where there are any.
    """
    if illustrative(tables):
        warning = word("margins_illustrative_warning", language)
        console.print(Text(warning, style="bold yellow"))
    if not is_weighted(tables) or "weights_summary" not in tables:
        return
    row = tables["weights_summary"].iloc[0]
    told = word(
        "weighted_results",
        language,
        weights=word("weights", language, row["weights"]),
        effective=number(row["effective_n"], language, 0),
        n=number(row["n"], language, 0),
        effect=number(row["design_effect"], language, 2),
    )
    console.print(Text(told, style="bold"))
    if not row["bounds_hold"]:
        told = word(
            "weights_beyond_bounds",
            language,
            low=number(row["smallest_weight"], language, 2),
            high=number(row["largest_weight"], language, 2),
        )
        console.print(Text(told, style="yellow"))
