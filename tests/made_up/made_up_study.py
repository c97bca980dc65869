"""Result tables as the pipeline writes them, made up from a seed, for any shape of study."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage

from typology.axes.ellipses import class_ellipses
from typology.words import number, p_value, percent, word

SCALES = {
    4: ["Pas du tout d'accord", "Plutôt pas d'accord", "Plutôt d'accord", "Tout à fait d'accord"],
    5: [
        "Pas du tout d'accord",
        "Plutôt pas d'accord",
        "Ni d'accord ni pas d'accord",
        "Plutôt d'accord",
        "Tout à fait d'accord",
    ],
    6: [
        "Très inexact",
        "Assez inexact",
        "Plutôt inexact",
        "Plutôt exact",
        "Assez exact",
        "Très exact",
    ],
    7: [
        "Pas du tout d'accord",
        "Pas d'accord",
        "Plutôt pas d'accord",
        "Ni d'accord ni pas d'accord",
        "Plutôt d'accord",
        "D'accord",
        "Tout à fait d'accord",
    ],
}
SCALE_EN = [
    "Strongly disagree",
    "Rather disagree",
    "Neither agree nor disagree",
    "Rather agree",
    "Strongly agree",
]
EXPECTATIONS = [
    (
        "La CPTS améliorera la connaissance entre les professionnels de santé d'un territoire",
        "Se connaître",
    ),
    (
        "La CPTS améliorera la coordination interprofessionnelle pendant les crises sanitaires "
        "(COVID-19)",
        "Coordination pendant les crises sanitaires",
    ),
    (
        "La CPTS améliorera l'aide au maintien à domicile des personnes âgées",
        "Aide au maintien à domicile",
    ),
    (
        "La CPTS permettra de financer le temps de travail hors consultation (organisation des "
        "soins, réunions, formation, coordination avec les autres professionnels du territoire)",
        "Financer le temps hors consultation",
    ),
    ("La CPTS allégera ma charge mentale", "Charge mentale allégée"),
    (
        "La CPTS rendra le territoire plus attractif pour les jeunes médecins",
        "Attractivité du territoire",
    ),
    (
        "La CPTS organisera les soins non programmés à l'échelle du territoire",
        "Soins non programmés",
    ),
    ("La CPTS facilitera l'accès à un logiciel médical partagé", "Logiciel médical partagé"),
]
FEARS = [
    (
        "La lourdeur administrative compliquera la mise en place du projet",
        "Lourdeur : mise en place",
    ),
    (
        "La lourdeur administrative compliquera le travail de tous les jours",
        "Lourdeur : travail quotidien",
    ),
    ("Le financement des CPTS ne sera pas pérenne", "Financement non pérenne"),
    (
        "Je n'aurai pas la disponibilité nécessaire pour m'investir dans le développement "
        "du projet",
        "Manque de disponibilité",
    ),
    (
        "La multiplicité des structures ajoutera une difficulté supplémentaire à se coordonner",
        "Multiplicité des structures",
    ),
    ("Les médecins perdront leur autonomie professionnelle", "Perte d'autonomie professionnelle"),
    ("Des groupes privés mettront la main sur les CPTS", "Mainmise de groupes privés"),
    ("Les conflits entre professionnels se multiplieront", "Conflits interprofessionnels"),
]
TYPES = {
    "fr": ["les réticents", "les mitigés", "les enthousiastes", "les inconditionnels"],
    "en": ["the reluctant", "the mixed", "the enthusiastic", "the unconditional"],
}
QUESTIONS = {
    "practice": ["seul", "en groupe", "en maison de santé pluriprofessionnelle"],
    "knowledge": ["Pas du tout", "Un peu", "Bien"],
}


@dataclass(frozen=True)
class MadeUpLabels:
    """Labels of the made-up study."""

    language: str
    n_points: int
    wordings: dict[str, tuple[str, str]]
    n_named: int = 4

    def word(self, key: str, /, *members: str, plural: int | None = None, **values: object) -> str:
        return word(key, self.language, *members, plural=plural, **values)

    def number(self, value: float, decimals: int = 1) -> str:
        return number(value, self.language, decimals)

    def percent(self, value: float, decimals: int = 1) -> str:
        return percent(value, self.language, decimals)

    def p(self, value: float, decimals: int = 3, *, named: bool = False) -> str:
        return p_value(value, self.language, decimals, named=named)

    def variable(self, variable: str) -> str:
        return self.wordings[variable][0] if variable in self.wordings else f"Question {variable}"

    def short(self, variable: str) -> str:
        return self.wordings[variable][1] if variable in self.wordings else variable.capitalize()

    def answer(self, variable: str, category: str) -> str:
        if category == "no answer":
            return "Sans réponse" if self.language == "fr" else "No answer"
        if variable in self.wordings:
            return self.scale("")[int(category) - 1]
        return QUESTIONS[variable][int(category) - 1]

    def category(self, variable: str, category: str) -> str:
        colon = "\u00a0: " if self.language == "fr" else ": "
        return self.short(variable) + colon + self.answer(variable, category)

    def block(self, block_id: str) -> str:
        names = {
            "expectations": ("Les attentes", "Expectations"),
            "fears": ("Les craintes", "Fears"),
        }
        return names[block_id][0 if self.language == "fr" else 1]

    def scale(self, block_id: str) -> list[str]:  # noqa: ARG002
        return SCALE_EN if self.language == "en" and self.n_points == 5 else SCALES[self.n_points]

    def categories(self, block_id: str) -> list[str]:
        return self.scale(block_id)

    def type(self, type_id: str, class_number: int) -> str:
        if not type_id:
            return f"Classe {class_number}" if self.language == "fr" else f"Class {class_number}"
        return TYPES[self.language][class_number - 1]


@dataclass(frozen=True)
class Study:
    """The tables that the figures read, with their labels."""

    labels: MadeUpLabels
    item_distribution: pd.DataFrame
    item_agreement: pd.DataFrame
    axes: pd.DataFrame
    categories: pd.DataFrame
    respondents: pd.DataFrame
    classes: pd.DataFrame
    class_profiles: pd.DataFrame
    tree: pd.DataFrame
    inertia_gains: pd.DataFrame
    guttman: pd.DataFrame
    ellipses: pd.DataFrame = field(repr=False)


def make_study(
    *,
    language: str = "fr",
    n: int = 312,
    n_classes: int = 4,
    n_points: int = 5,
    n_items: tuple[int, int] = (24, 25),
    seed: int = 1,
    named: bool = True,
) -> Study:
    """Make up the tables of a study of this shape."""
    random = np.random.default_rng(seed)
    wordings = _wordings(n_items)
    blocks = {item: "expectations" if item[0] == "E" else "fears" for item in wordings}
    labels = MadeUpLabels(language, n_points, wordings)
    attitude = np.sort(random.normal(size=n))
    position = np.column_stack(
        [attitude + random.normal(0, 0.3, n), 0.5 * (attitude**2 - 1) + random.normal(0, 0.4, n)]
    )
    levels = pd.Series({item: random.normal(0.3, 0.7) for item in wordings})
    signs = pd.Series(
        {item: 1.0 if block == "expectations" else -1.0 for item, block in blocks.items()}
    )
    latent = (
        attitude[:, None] * signs.to_numpy()
        + levels.to_numpy()
        + random.normal(size=(n, len(wordings)))
    )
    cuts = np.linspace(-1.6, 1.6, n_points - 1)
    answers = pd.DataFrame(np.digitize(latent, cuts) + 1, columns=list(wordings))
    rows = linkage(position, method="ward")
    tree = pd.DataFrame(rows, columns=["left", "right", "height", "size"])
    tree["height"] = tree["height"] ** 2 / (2 * n)
    classes_of = _ordered_classes(fcluster(rows, n_classes, "maxclust"), position[:, 0])
    respondents = pd.DataFrame(
        {"respondent": np.arange(n), "class": classes_of, "tree_class": classes_of, "weight": 1.0}
    ).assign(**{"Axis 1": position[:, 0], "Axis 2": position[:, 1]})
    types = {
        number: ["reluctant", "mixed", "enthusiastic", "unconditional"][number - 1]
        if named and number <= 4
        else ""
        for number in range(1, n_classes + 1)
    }
    respondents["type"] = respondents["class"].map(types)
    axes = _axes(len(wordings) * (n_points - 1), len(wordings))
    return Study(
        labels=labels,
        item_distribution=_distribution(answers, blocks, n_points),
        item_agreement=_agreement(answers, blocks, n_points),
        axes=axes,
        categories=_categories(
            answers, position / np.sqrt(axes["eigenvalue"].to_numpy()[:2]), random
        ),
        respondents=respondents,
        classes=_classes(answers, blocks, respondents, types),
        class_profiles=_profiles(answers, blocks, classes_of, n_points),
        tree=tree,
        inertia_gains=_gains(tree, n_classes),
        guttman=pd.DataFrame({"axis_x": [1], "axis_y": [2], "r2": [0.712]}),
        ellipses=pd.concat(
            [class_ellipses(respondents, kind=kind) for kind in ("concentration", "confidence")]
        ),
    )


def _wordings(n_items: tuple[int, int]) -> dict[str, tuple[str, str]]:
    wordings = {}
    for letter, texts, count in (("E", EXPECTATIONS, n_items[0]), ("F", FEARS, n_items[1])):
        for index in range(count):
            wording, short = texts[index % len(texts)]
            number = index // len(texts)
            wordings[f"{letter}{index + 1:02}"] = (
                (wording, short)
                if number == 0
                else (f"{wording} ({number + 1})", f"{short} ({number + 1})")
            )
    return wordings


def _ordered_classes(labels: np.ndarray, axis: np.ndarray) -> np.ndarray:
    means = pd.Series(axis).groupby(labels).mean().sort_values()
    return pd.Series(labels).map({label: k + 1 for k, label in enumerate(means.index)}).to_numpy()


def _distribution(answers: pd.DataFrame, blocks: dict[str, str], n_points: int) -> pd.DataFrame:
    long = answers.melt(var_name="item", value_name="code")
    counts = pd.crosstab(long["item"], long["code"])
    counts = counts.reindex(columns=range(1, n_points + 1), fill_value=0).reset_index()
    table = counts.melt(id_vars="item", var_name="code", value_name="n")
    table["share"] = 100 * table["n"] / len(answers)
    return table.assign(block=table["item"].map(blocks))


def _agreement(answers: pd.DataFrame, blocks: dict[str, str], n_points: int) -> pd.DataFrame:
    middle = (n_points + 1) / 2
    table = pd.DataFrame(
        {
            "block": pd.Series(blocks),
            "n": float(len(answers)),
            "mean": answers.mean(),
            "disagree_share": 100 * (answers < middle).mean(),
            "neutral_share": 100 * (answers == middle).mean(),
            "agree_share": 100 * (answers > middle).mean(),
        }
    )
    return table.rename_axis("item").reset_index()


def _axes(n_axes: int, n_variables: int) -> pd.DataFrame:
    eigenvalues = 0.25 * 0.78 ** np.arange(n_axes) + 0.3 / n_variables
    percent = 100 * eigenvalues / eigenvalues.sum()
    excess = np.where(eigenvalues > 1 / n_variables, (eigenvalues - 1 / n_variables) ** 2, np.nan)
    benzecri = 100 * excess / np.nansum(excess)
    return pd.DataFrame(
        {
            "axis": np.arange(1, n_axes + 1),
            "eigenvalue": eigenvalues,
            "percent": percent,
            "cumulative": percent.cumsum(),
            "benzecri": benzecri,
            "greenacre": 0.85 * benzecri,
        }
    )


def _categories(
    answers: pd.DataFrame, position: np.ndarray, random: np.random.Generator
) -> pd.DataFrame:
    long = answers.melt(var_name="variable", value_name="code", ignore_index=False)
    long["x"], long["y"] = position[long.index, 0], position[long.index, 1]
    means = long.groupby(["variable", "code"]).agg(
        n=("x", "size"), x=("x", "mean"), y=("y", "mean")
    )
    active = means.reset_index().rename(columns={"code": "category"}).assign(role="active")
    passive = pd.DataFrame(
        {
            "variable": ["E01", "F02"],
            "category": "no answer",
            "n": 4,
            "x": [0.1, -0.2],
            "y": [0.2, 0.3],
        }
    ).assign(role="passive")
    supplementary = pd.DataFrame(
        [
            {"variable": variable, "category": str(code + 1), "n": 90}
            for variable, choices in QUESTIONS.items()
            for code in range(len(choices))
        ]
    ).assign(role="supplementary")
    supplementary["x"] = random.normal(0, 0.4, len(supplementary))
    supplementary["y"] = random.normal(0, 0.3, len(supplementary))
    table = pd.concat([active, passive, supplementary], ignore_index=True)
    table["category"] = table["category"].astype(str)
    tables = []
    for axis, column in ((1, "x"), (2, "y")):
        part = table.drop(columns=["x", "y"]).assign(axis=axis, coordinate=table[column])
        inertia = (part["n"] * part["coordinate"] ** 2).where(part["role"] == "active")
        part["contribution"] = 100 * inertia / inertia.sum()
        part["v_test"] = part["coordinate"] * 8
        tables.append(part)
    return pd.concat(tables, ignore_index=True)


def _classes(
    answers: pd.DataFrame, blocks: dict[str, str], respondents: pd.DataFrame, types: dict[int, str]
) -> pd.DataFrame:
    counts = respondents["class"].value_counts().sort_index()
    table = pd.DataFrame(
        {"type": pd.Series(types), "n": counts, "share": 100 * counts / counts.sum()}
    ).rename_axis("class")
    for block in dict.fromkeys(blocks.values()):
        items = [item for item, of in blocks.items() if of == block]
        table[f"mean_{block}"] = answers[items].mean(axis=1).groupby(respondents["class"]).mean()
    return table.reset_index()


def _profiles(
    answers: pd.DataFrame, blocks: dict[str, str], classes_of: np.ndarray, n_points: int
) -> pd.DataFrame:
    agrees = answers > (n_points + 1) / 2
    shares = 100 * agrees.groupby(classes_of).mean()
    shares = shares.rename_axis("class").reset_index()
    table = shares.melt(id_vars="class", var_name="item", value_name="agree_share")
    table["overall_agree_share"] = table["item"].map(100 * agrees.mean())
    return table.assign(block=table["item"].map(blocks))


def _gains(tree: pd.DataFrame, n_classes: int) -> pd.DataFrame:
    classes = np.arange(2, 11)
    heights = tree["height"].to_numpy()[::-1]
    return pd.DataFrame(
        {
            "classes": classes,
            "gain": heights[classes - 2],
            "suggested": classes == 3,
            "chosen": classes == n_classes,
            "suggested_by": "within_ratio",
        }
    )
