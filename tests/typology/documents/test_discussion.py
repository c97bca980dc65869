"""The sentences of the discussion, on tables made by hand: each changes when its table does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from typology.documents.choices import (
    axes_rule,
    classes_rule,
    consolidation_rule,
    exclusion_rule,
    missing_rule,
    wording_origin,
)
from typology.documents.discussion import (
    confirmation_sentence,
    curvature_sentence,
    first_axis_sentence,
    shared_themes_sentence,
    use_sentence,
)
from typology.documents.quoted import Facts
from typology.exhibits.labels import Labels
from typology.questionnaire import Questionnaire, Text
from typology.study import load_study

SCALE = [
    {"code": 1, "fr": "Non", "en": "No"},
    {"code": 2, "fr": "Ni l'un ni l'autre", "en": "Neither"},
    {"code": 3, "fr": "Oui", "en": "Yes"},
]
TYPES = {"calm": Text(fr="les calmes", en="the calm")}


def item(name: str, theme: str, **more: object) -> dict[str, Any]:
    return {"id": name, "theme": theme, "fr": f"Avoir {name}", "en": f"Have {name}", **more}


def block(name: str, title: str, direction: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": name, "title": {"fr": title, "en": title}, "scale": "yes",
            "direction": direction, "items": items}  # fmt: skip


def content(second: str = "unfavourable", **of_first_item: object) -> dict[str, Any]:
    return {
        "title": {"fr": "Essai", "en": "Trial"},
        "scales": {"yes": SCALE},
        "themes": {
            "time": {"fr": "Temps", "en": "Time"},
            "money": {"fr": "Argent", "en": "Money"},
        },
        "blocks": [
            block("hopes", "Attentes", "favourable",
                  [item("H1", "time", **of_first_item), item("H2", "money"),
                   item("H3", "money")]),
            block("fears", "Craintes", second, [item("F1", ""), item("F2", "time")]),
        ],
        "respondent": [
            {"id": "sex", "type": "single", "fr": "Sexe", "en": "Sex",
             "choices": [{"code": "f", "fr": "Femme", "en": "Woman"},
                         {"code": "m", "fr": "Homme", "en": "Man"}]},
        ],
    }  # fmt: skip


def labels(language: str, questionnaire: dict[str, Any] | None = None) -> Labels:
    return Labels(Questionnaire.model_validate(questionnaire or content()), language, TYPES)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def tables() -> dict[str, pd.DataFrame]:
    agreement = pd.DataFrame(
        {"block": ["hopes"] * 3 + ["fears"] * 2, "item": ["H1", "H2", "H3", "F1", "F2"],
         "agree_share": [20.0, 50.0, 60.0, 40.0, 30.0]}
    )  # fmt: skip
    profiles = agreement.rename(columns={"agree_share": "overall_agree_share"})
    return {
        "item_agreement": agreement,
        "classes": pd.DataFrame(
            {"class": [1, 2], "type": ["calm", None], "n": [40.0, 60.0],
             "mean_hopes": [1.5, 2.5], "mean_fears": [2.5, 1.5]}
        ),
        "class_profiles": pd.concat(
            [profiles.assign(agree_share=[5.0, 30.0, 25.0, 70.0, 60.0]).assign(**{"class": 1}),
             profiles.assign(agree_share=[30.0, 63.0, 83.0, 20.0, 10.0]).assign(**{"class": 2})]
        ),
        "guttman": pd.DataFrame({"axis_x": [1], "axis_y": [2], "r2": [0.6]}),
        "class_variables": pd.DataFrame(
            {"variable": ["H1", "sex", "F1", "F2"],
             "role": ["active", "supplementary", "supplementary", "supplementary"],
             "p_adjusted": [0.001, 0.01, 0.2, 0.04], "cramers_v": [0.9, 0.5, 0.1, 0.2]}
        ),
        "categories": first_axis(hopes=1, fears=-1),
    }  # fmt: skip


def first_axis(*, hopes: int, fears: int, fears_weight: float = 1.0) -> pd.DataFrame:
    """Agreement on the side given (0: both ends on one side, the middle on the other)."""
    rows = []
    for items, side, weight in (("H1 H2 H3", hopes, 1.0), ("F1 F2", fears, fears_weight)):
        for name in items.split():
            for code, position in (("1", -1), ("2", 0), ("3", 1)):
                coordinate = position * side if side else abs(position) - 0.5
                contribution = weight * (5.0 if position else 1.0)
                rows.append((name, code, "active", 1, float(coordinate), contribution))
    columns = ["variable", "category", "role", "axis", "coordinate", "contribution"]
    table = pd.DataFrame(rows, columns=columns)
    total = table["contribution"].sum()
    return table.assign(contribution=100 * table["contribution"] / total)


def test_themes_are_told_from_the_most_to_the_least_agreed_with() -> None:
    assert plain(shared_themes_sentence(tables(), labels("fr"))) == (
        "Parmi les attentes, l'accord est le plus large sur le thème « argent » (55,0 % d'accord "
        "en moyenne) et le plus faible sur le thème « temps » (20,0 %)."
    )
    given = tables()
    given["item_agreement"] = given["item_agreement"].assign(agree_share=[90.0, 5, 6, 40, 30])
    assert "widest on the theme “time” (90.0% agree on average)" in shared_themes_sentence(
        given, labels("en")
    )


def test_without_themes_nothing_is_said_of_them() -> None:
    bare = content()
    for each in bare["blocks"]:
        for one in each["items"]:
            one["theme"] = ""
    assert shared_themes_sentence(tables(), labels("fr", bare)) == ""


def test_opposite_sides_are_one_attitude() -> None:
    told = plain(first_axis_sentence(tables(), labels("fr")))
    assert told.startswith(
        "Sur le premier axe, l'accord avec les attentes va de pair avec le désaccord avec les "
        "craintes : ce sont les deux faces d'une même attitude"
    )
    turned = {**tables(), "categories": first_axis(hopes=-1, fears=1)}
    assert plain(first_axis_sentence(turned, labels("fr"))) == told


def test_the_same_side_is_a_way_of_answering() -> None:
    given = {**tables(), "categories": first_axis(hopes=1, fears=1)}
    told = first_axis_sentence(given, labels("en"))
    assert "agreement with the attentes goes with agreement with the craintes" in told
    assert "way of answering" in told


@pytest.mark.parametrize(
    "fears", [{"fears": 0}, {"fears": 1, "fears_weight": 0.1}], ids=["not graded", "no weight"]
)
def test_an_axis_of_one_block_names_the_other(fears: dict[str, Any]) -> None:
    given = {**tables(), "categories": first_axis(hopes=1, **fears)}
    assert plain(first_axis_sentence(given, labels("fr"))) == (
        "Le premier axe range les répondants selon leur accord avec les attentes. L'autre bloc y "
        "a peu de part (les craintes)."
    )


def test_two_blocks_of_one_direction_are_ranked_or_opposed_together() -> None:
    favourable = content("favourable")
    together = {**tables(), "categories": first_axis(hopes=1, fears=1)}
    assert "ranks the respondents by their agreement with the attentes and the craintes." in (
        first_axis_sentence(together, labels("en", favourable))
    )
    assert "opposes agreement with the craintes to agreement with the attentes" in (
        first_axis_sentence(tables(), labels("en", favourable))
    )


def test_an_axis_of_extremes_is_no_attitude() -> None:
    given = {**tables(), "categories": first_axis(hopes=0, fears=0)}
    assert "dans aucun bloc" in first_axis_sentence(given, labels("fr"))


def test_reversed_items_count_turned_round() -> None:
    reversed_ = content()
    for each in reversed_["blocks"][1]["items"]:
        each["reversed"] = True
    assert "way of answering" in first_axis_sentence(tables(), labels("en", reversed_))


@pytest.mark.parametrize(
    ("r2", "said"),
    [(0.6, "une bonne part du second axe"), (0.3, "une part du second axe"),
     (0.1, "n'est pas la courbure du premier (R² = 0,10)")],
)  # fmt: skip
def test_the_curvature_depends_on_its_measure(r2: float, said: str) -> None:
    given = {**tables(), "guttman": pd.DataFrame({"axis_x": [1], "axis_y": [2], "r2": [r2]})}
    assert said in plain(curvature_sentence(given, labels("fr")))
    nothing = {**tables(), "guttman": given["guttman"].iloc[:0]}
    assert curvature_sentence(nothing, labels("fr")) == ""


def test_confirmation_counts_the_variables_that_made_nothing() -> None:
    assert "(trois), deux leur sont associées" in confirmation_sentence(tables(), labels("fr"))
    assert "« sexe » (V de Cramér de 0,50)" in plain(confirmation_sentence(tables(), labels("fr")))
    told = plain(confirmation_sentence(tables(), labels("fr")))
    assert "vont dans le même sens que les types sans les confirmer" in told
    given = tables()
    weak = {"class_variables": given["class_variables"].assign(cramers_v=0.12)}
    assert "s'accordent peu avec les types" in confirmation_sentence(weak, labels("fr"))
    for p_values, said in (
        ([0.01, 0.2, 0.2], "only one is associated"),
        ([0.5, 0.2, 0.2], "none is associated"),
        ([0.01, 0.01, 0.01], "(three), all are associated"),
    ):
        given["class_variables"] = given["class_variables"].assign(p_adjusted=[0.5, *p_values])
        assert said in confirmation_sentence(given, labels("en"))
    given["class_variables"] = given["class_variables"].query("role == 'active'")
    assert confirmation_sentence(given, labels("en")) == ""


def test_confirmation_says_why_it_differs_from_the_table_of_characteristics() -> None:
    given = tables()
    names = list(given["class_variables"].query("role != 'active'")["variable"])
    for p_holm, told in ((0.2, True), (0.01, False)):
        tests = pd.DataFrame({"variable": names, "p_holm": p_holm})
        sentence = confirmation_sentence({**given, "characteristic_tests": tests}, labels("en"))
        assert ("No answer counts as an answer here" in sentence) is told


def test_confirmation_counts_the_variables_whose_tests_are_published() -> None:
    given = tables()
    rows = given["class_variables"]
    last = [*[False] * (len(rows) - 1), True]
    given["class_variables"] = rows.assign(p_adjusted=[0.5, 0.01, 0.01, float("nan")], hidden=last)
    told = confirmation_sentence(given, labels("en"))
    assert "(two whose tests are published), all are associated" in told
    assert "(deux dont le test est publié)" in confirmation_sentence(given, labels("fr"))


def test_wordings_are_counted_in_the_questionnaire(project: Path) -> None:
    study = load_study(project / "analysis" / "study.yml").choices
    assert wording_origin(Facts({}, labels("fr"), study)) == ""
    some = content(wording="reported")
    for each in some["blocks"][0]["items"][1:] + some["blocks"][1]["items"]:
        each["wording"] = "reconstructed"
    assert plain(wording_origin(Facts({}, labels("fr", some), study))) == (
        "Sur 5 énoncés, un seul est connu mot pour mot ; les quatre autres ont été reconstitués."
    )


def test_a_typology_not_to_be_used_is_not_recommended() -> None:
    told = plain(use_sentence(tables(), labels("fr")))
    assert told.endswith(
        "Chez les répondants du type le moins d'accord avec les attentes (« les calmes »), "
        "l'énoncé le plus approuvé est « avoir H2 » (30,0 % d'accord, contre 50,0 % dans "
        "l'ensemble)."
    )
    assert "“class 2”" in use_sentence(
        {**tables(), "classes": tables()["classes"].assign(mean_hopes=[2.5, 1.5])}, labels("en")
    )
    reversed_ = content()
    reversed_["blocks"][0]["items"][1]["reversed"] = True
    assert "« avoir H3 » (25,0 %" in plain(use_sentence(tables(), labels("fr", reversed_)))
    nothing = {**tables(), "verdict": pd.DataFrame({"rung": ["no structure"]})}
    assert use_sentence(nothing, labels("fr")) == ""
    regions = {**tables(), "verdict": pd.DataFrame({"rung": ["regions"]})}
    assert plain(use_sentence(regions, labels("fr"))) == told


@pytest.mark.parametrize(
    ("rule", "choices", "said"),
    [
        (missing_rule, {"missing": "passive category", "passive_below": 7},
         "ne construit pas les axes. Toute réponse choisie par moins de 7 répondants est passive."),
        (missing_rule, {"missing": "own category", "passive_below": 0}, "titre que les autres."),
        (missing_rule, {"missing": "complete cases", "passive_below": 0}, "sont écartés."),
        (missing_rule, {"missing": "imputation", "passive_below": 0}, "la plus vraisemblable"),
        (axes_rule, {"axes": "greenacre >= 0.8"}, "80 % de l'inertie corrigée selon Greenacre."),
        (axes_rule, {"axes": 5}, "Le nombre d'axes retenus (5) est fixé d'avance."),
        (classes_rule, {"classes": "auto"}, "celui que suggère l'arbre."),
        (classes_rule, {"classes": 3}, "Le nombre de classes (trois) est fixé d'avance"),
        (consolidation_rule, {"consolidate": True}, "sont ensuite consolidées."),
        (consolidation_rule, {"consolidate": False}, "ne sont pas consolidées."),
        (exclusion_rule, {}, "plus de 50 % des énoncés actifs sont écartés."),
    ],
)  # fmt: skip
def test_the_methods_follow_the_study_file(
    project: Path, rule: Any, choices: dict[str, Any], said: str
) -> None:
    study = load_study(project / "analysis" / "study.yml").choices
    facts = Facts({}, labels("fr"), study.model_copy(update=choices))
    told = plain(rule(facts))
    assert told.endswith(said) or said in told
    english = rule(Facts({}, labels("en"), study.model_copy(update=choices)))
    assert english != told


def test_who_is_left_out_follows_the_study_file(project: Path) -> None:
    study = load_study(project / "analysis" / "study.yml").choices
    strict = study.exclusions.model_copy(update={"straight_liners": True, "duplicates": True,
                                                 "max_missing_share": 100})  # fmt: skip
    told = plain(
        exclusion_rule(Facts({}, labels("fr"), study.model_copy(update={"exclusions": strict})))
    )
    assert told.startswith("Les répondants qui n'ont répondu à aucun énoncé actif sont écartés.")
    assert told.count("Le sont aussi ceux") == 2
