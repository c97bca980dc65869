from __future__ import annotations

import gc
from pathlib import Path

import pandas as pd
import pytest

from typology.exhibits.labels import Labels
from typology.results.figures import draw_figures

Explored = tuple[dict[str, pd.DataFrame], dict[str, Labels]]


@pytest.mark.parametrize("enabled", [True, False])
def test_drawing_leaves_the_search_for_unused_objects_as_it_was(
    physicians: Explored, tmp_path: Path, enabled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables, labels = physicians
    found = []
    monkeypatch.setattr(
        "typology.results.figures._draw_figure", lambda *_: [found.append(gc.isenabled())]
    )
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        draw_figures(tables, labels, tmp_path, simulated=True)
        after = gc.isenabled()
    finally:
        (gc.enable if before else gc.disable)()
    assert after is enabled
    assert found
    assert not any(found)
