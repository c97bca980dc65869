"""A part of a questionnaire: some items in their order, nothing on the respondent."""

from __future__ import annotations

from kinds_study import questionnaire
from typology.questionnaire import Questionnaire
from typology.questionnaire.parts import only_items


def test_a_part_has_its_items_in_order_and_the_scales_that_they_need() -> None:
    whole = Questionnaire.model_validate(questionnaire())
    part = only_items(whole, ["N2", "H3", "H1"])
    assert list(part.items) == ["H1", "H3", "N2"]
    assert part.respondent == ()
    blocks = {whole.block_of(item).id for item in part.items}
    assert [block.id for block in part.blocks] == [
        block.id for block in whole.blocks if block.id in blocks
    ]
    assert list(part.scales) == [
        name for name in whole.scales if name in {block.scale for block in part.blocks}
    ]
    assert len(part.scales) < len(whole.scales)
    assert part.items["H3"] == whole.items["H3"]
    assert part.scale_of("N2") == whole.scale_of("N2")
    assert part.block_of("H1").title == whole.block_of("H1").title
    assert whole == Questionnaire.model_validate(questionnaire())
