"""A part of a questionnaire, as a questionnaire of its own."""

from __future__ import annotations

from collections.abc import Sequence

from typology.questionnaire.questionnaire import Questionnaire


def only_items(questionnaire: Questionnaire, items: Sequence[str]) -> Questionnaire:
    """Return a questionnaire with some of its items and nothing on the respondent.

    They stay in their order; blocks and scales without items are left out.
    """
    content = questionnaire.model_dump(mode="python", exclude={"respondent"})
    kept = set(items)
    blocks = []
    for block in content["blocks"]:
        left = [item for item in block["items"] if item["id"] in kept]
        if left:
            blocks.append({**block, "items": left})
    scales = {block["scale"] for block in blocks}
    content["blocks"] = blocks
    content["scales"] = {name: scale for name, scale in content["scales"].items() if name in scales}
    return Questionnaire.model_validate(content)
