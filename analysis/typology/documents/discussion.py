"""The sentences of the discussion: what the results say once the tables have been read."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from typology.axes.sentences import curvature, guttman_degree, with_stances
from typology.exhibits.clauses import (
    block_phrase,
    blocks_phrase,
    items_of_block,
    listed,
    quoted,
    with_count,
)
from typology.exhibits.hidden_counts import is_hidden, least_effect, told_agreement, told_effect
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import LEVEL, Tables, active_blocks, type_id

# A block has its part in an axis from half of what its number of items would give it; it is graded
# along the axis when agreement and disagreement weigh on opposite sides, half of it at least.
_LEAST_PART, _GRADED = 0.5, 0.5
_MANY_THEMES = 4  # from which two themes are told rather than one
_STRONG = 0.3  # Cramér's V from which an association is told to confirm the types
_LEVERS = 2  # blocks told at most
_TOWARDS = {"agree": 1.0, "disagree": -1.0}


def shared_themes_sentence(tables: Tables, labels: Labels) -> str:
    """Return the themes on which each active block gathers the most and the least agreement.

    The questionnaire says the theme of each item. Nothing on a block whose items have fewer than
    two themes, or whose themes gather the same agreement. The agreement on a theme is the mean of
    the shares agreeing with its items. Uses ``item_agreement`` and ``classes``.
    """
    sentences = []
    for block in active_blocks(tables):
        means = _agreement_by_theme(tables, labels, block)
        if len(means) < 2 or round(means.iloc[0], 1) == round(means.iloc[-1], 1):
            continue
        top = 2 if len(means) >= _MANY_THEMES else 1
        sentences.append(
            labels.word(
                "discussion_themes",
                items=items_of_block(labels, block),
                high=_themes(means.head(top), labels, first=True),
                low=_themes(means.tail(1), labels, first=False),
            )
        )
    return " ".join(sentences)


def first_axis_sentence(tables: Tables, labels: Labels) -> str:
    """Return what the first axis is: one attitude, a way of answering, the matter of one block.

    The side on which a block's agreement lies is the sign of the sum of its contributions, each
    counted +1 where agreement lies on the positive side or disagreement on the negative one, and
    -1 the other way round; reversed items are turned round. Favourable and unfavourable blocks
    whose agreement lies on opposite sides are one attitude; on the same side, they rank the
    respondents by how much they agree with anything (a size factor). Uses ``categories`` and
    ``classes``.
    """
    parts = _parts_in_first_axis(tables, labels)
    counting = parts[parts["counts"]]
    low, high = (list(counting.index[counting["side"] == side]) for side in (-1, 1))
    if not low and not high:
        return labels.word("discussion_axis_ungraded")
    sentence = _reading(labels, low, high)
    others = [block for block in parts.index if block not in (*low, *high)]
    if not others:
        return sentence
    told = blocks_phrase(labels, others)
    return f"{sentence} {labels.word('discussion_axis_other', plural=len(others), blocks=told)}"


def curvature_sentence(tables: Tables, labels: Labels) -> str:
    """Return what the Guttman effect takes away from the second axis.

    Marked from an R² of 0.5, present from 0.2; empty when it was not computed. Uses ``guttman``.
    """
    r2 = curvature(tables)
    if r2 is None:
        return ""
    key = guttman_degree(r2)
    return labels.word("discussion_curvature", key, r2=labels.number(r2, 2))


def confirmation_sentence(tables: Tables, labels: Labels) -> str:
    """Return how many variables that did not make the types are associated with them.

    Empty without supplementary variables. An association is told from an adjusted p-value below
    0.05; the one named is that of the greatest Cramér's V, from 0.3 of which several are told to
    confirm the types. Where one of them is not told apart by the test of the characteristics, why
    is said. Uses ``class_variables``, and ``characteristic_tests`` where there is one.
    """
    language = labels.language
    table = tables["class_variables"]
    tested = table[table["role"] == "supplementary"].dropna(subset=["p_adjusted"])
    if tested.empty:
        return ""
    linked = tested[tested["p_adjusted"] < LEVEL].sort_values("cramers_v", ascending=False)
    untold = (table["role"] == "supplementary") & table["p_adjusted"].isna()
    hidden = any(is_hidden(row) for row in table[untold].to_dict("records"))
    level, total = labels.number(LEVEL, 2), with_count(len(tested), language)
    published = labels.word("discussion_published", plural=len(tested)) if hidden else ""
    if linked.empty:
        return labels.word(
            "discussion_linked", plural=0, level=level, total=total, published=published
        )
    count = with_count(len(linked), language)
    strongest = linked.iloc[0].to_dict()
    strong = least_effect(strongest, "cramers_v") >= _STRONG
    worth = "strong" if strong and len(linked) > 1 else "weak"
    sentence = labels.word(
        "discussion_linked",
        plural=len(linked),
        total=total,
        published=published,
        linked=labels.word("discussion_linked_all") if len(linked) == len(tested) else count,
        level=level,
        first=quoted(labels.short(str(strongest["variable"])), language),
        v=told_effect(strongest, "cramers_v", language),
        worth=labels.word("discussion_confirmation", worth),
    )
    if _tested_otherwise(tables, set(linked["variable"].astype(str))):
        return f"{sentence} {labels.word('discussion_missing_counts')}"
    return sentence


def _tested_otherwise(tables: Tables, linked: set[str]) -> bool:
    """Return whether a variable is linked here that no test of the characteristics tells apart."""
    if "characteristic_tests" not in tables:
        return False
    tests = tables["characteristic_tests"]
    apart = set(tests.loc[tests["p_holm"] >= LEVEL, "variable"].astype(str))
    return not apart.isdisjoint(linked)


def use_sentence(tables: Tables, labels: Labels) -> str:
    """Return what the typology is for, unless it is not to be used.

    Empty when the verdict is that there is no structure. With favourable blocks (two at most are
    told), the item on which the type that agrees least with the block agrees most. Uses
    ``verdict``, ``classes`` and ``class_profiles``.
    """
    if "verdict" in tables and tables["verdict"]["rung"].iloc[0] == "no structure":
        return ""
    favourable = _of_direction(labels, active_blocks(tables), "favourable")
    use = labels.word("discussion_use")
    levers = [_lever(tables, labels, block) for block in favourable[:_LEVERS]]
    return " ".join(filter(None, [use, *levers]))


def _agreement_by_theme(tables: Tables, labels: Labels, block: str) -> pd.Series[float]:
    """Return the mean share agreeing with the items of each theme, the greatest first."""
    table = tables["item_agreement"]
    own = table[table["block"] == block]
    items = labels.questionnaire.items
    themes = [items[item].theme for item in own["item"]]
    means = own["agree_share"].groupby(themes, sort=False).mean().drop("", errors="ignore")
    return means.dropna().sort_values(ascending=False, kind="stable")


def _themes(means: pd.Series[float], labels: Labels, *, first: bool) -> str:
    language = labels.language
    told = [
        labels.word(
            "discussion_theme_first" if first and not place else "discussion_theme",
            theme=quoted(labels.questionnaire.themes[str(theme)].in_(language), language),
            share=labels.percent(mean),
        )
        for place, (theme, mean) in enumerate(means.items())
    ]
    return labels.word("discussion_theme_list", plural=len(told), list=listed(told, language))


def _parts_in_first_axis(tables: Tables, labels: Labels) -> pd.DataFrame:
    """Return, by active block, whether it counts in axis 1 and the side of its agreement."""
    table = tables["categories"]
    active = table[(table["axis"] == 1) & (table["role"] == "active")]
    active = with_stances(active, labels)
    side = active["coordinate"].gt(0).map({True: 1.0, False: -1.0})
    active = active.assign(
        towards=active["contribution"] * active["stance"].map(_TOWARDS).fillna(0.0) * side
    )
    blocks = active.groupby("block")
    total = blocks["contribution"].sum().reindex(active_blocks(tables), fill_value=0.0)
    items = blocks["variable"].nunique().reindex(total.index, fill_value=0)
    towards = blocks["towards"].sum().reindex(total.index, fill_value=0.0)
    counts = total / total.sum() >= _LEAST_PART * items / items.sum()
    graded = (towards.abs() >= _GRADED * total) & (total > 0)
    sides = towards.gt(0).map({True: 1, False: -1}).where(graded, 0)
    return pd.DataFrame({"counts": counts & (total > 0), "side": sides})


def _reading(labels: Labels, low: Sequence[str], high: Sequence[str]) -> str:
    """Return what an axis is whose two sides are agreement with these blocks."""
    together = [*low, *high]
    favourable, unfavourable = (
        _of_direction(labels, together, each) for each in ("favourable", "unfavourable")
    )
    if low and high:
        for for_, against in ((low, high), (high, low)):
            apart = set(favourable) <= set(for_) and set(unfavourable) <= set(against)
            if apart and favourable and unfavourable:
                return labels.word(
                    "discussion_axis_attitude",
                    favourable=blocks_phrase(labels, for_),
                    unfavourable=blocks_phrase(labels, against),
                )
        return labels.word(
            "discussion_axis_opposed",
            low=blocks_phrase(labels, low),
            high=blocks_phrase(labels, high),
        )
    if favourable and unfavourable:
        return labels.word(
            "discussion_axis_size",
            favourable=blocks_phrase(labels, favourable),
            unfavourable=blocks_phrase(labels, unfavourable),
        )
    return labels.word("discussion_axis_graded", blocks=blocks_phrase(labels, together))


def _of_direction(labels: Labels, blocks: Sequence[str], direction: str) -> list[str]:
    return [each for each in blocks if labels.questionnaire.block(each).direction == direction]


def _lever(tables: Tables, labels: Labels, block: str) -> str:
    """Return the item of a block that the type least in agreement with it agrees most with."""
    language = labels.language
    classes = tables["classes"]
    least = int(classes.sort_values(f"mean_{block}", kind="stable")["class"].iloc[0])
    profiles = tables["class_profiles"]
    own = profiles[(profiles["class"] == least) & (profiles["block"] == block)]
    items = labels.questionnaire.items
    own = own[[not items[item].reversed for item in own["item"]]]
    if own.empty or not own["agree_share"].round(1).max() > 0:
        return ""
    best = own.sort_values("agree_share", ascending=False, kind="stable").iloc[0].to_dict()
    return labels.word(
        "discussion_lever",
        blocks=block_phrase(labels, block),
        type=quoted(labels.type(type_id(tables, least), least), language),
        item=quoted(labels.variable(str(best["item"])), language),
        share=told_agreement(best, language),
        all=told_agreement(best, language, "overall_agree_share"),
    )
