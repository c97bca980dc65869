"""Sentences on the types, read against tables made by hand."""

from __future__ import annotations

from narrated_study import labels, plain, tables
from typology.exhibits.run_tables import consolidation_moves
from typology.types.grouped import branch_continuations
from typology.types.sentences import (
    classes_sentence,
    consolidation_sentence,
    type_sentences,
    type_title,
)


def test_a_named_type_in_french() -> None:
    assert plain(type_sentences(tables(), labels("fr"), 1)) == (
        "Le type 1, « les calmes » (n = 25 ; 25,0 %), est nettement moins d'accord que l'ensemble "
        "des répondants avec les attentes (accord moyen de 1,4 contre 2,0, sur une échelle de 1 à "
        "3) et plus d'accord avec le bloc « Ouverture » (2,6 contre 2,3). L'accord y est bien "
        "moins fréquent que dans l'ensemble avec « gagner du temps » (10,0 % contre 60,0 %) ; il y "
        "est bien plus fréquent avec « changer » (91,0 % contre 50,0 %). Quant aux questions qui "
        "n'ont pas servi à former les types, une réponse y est plus fréquente que dans l'ensemble "
        ": « femme » à « sexe » (80,0 % contre 50,0 %) ; une autre l'est moins : « enseignement » "
        "à « travail » (5,0 % contre 30,0 %). La moyenne y est plus élevée que dans l'ensemble "
        "pour « âge » (50,04 contre 50,01 ans)."
    )


def test_a_named_type_in_english() -> None:
    assert plain(type_sentences(tables(), labels("en"), 1)) == (
        "Type 1, “the calm” (n = 25; 25.0%), agrees far less than respondents as a whole with the "
        "hopes (mean 1.4 against 2.0, on a scale from 1 to 3) and more with the “Openness” items "
        "(2.6 against 2.3). Agreement is much less frequent than in the whole sample with “save "
        "time” (10.0% against 60.0%); it is much more frequent with “change” (91.0% against "
        "50.0%). As for the questions that played no part in forming the types, one answer is more "
        "frequent than in the whole sample: “woman” to “sex” (80.0% against 50.0%); another is "
        "less frequent: “teaching” to “work” (5.0% against 30.0%). The mean is higher "
        "than in the whole sample for “age” (50.04 against 50.01 years)."
    )


def test_a_class_without_a_name_and_with_nothing_significant_says_so() -> None:
    told = plain(type_sentences(tables(), labels("fr"), 2))
    assert told.startswith("La classe 2 (n = 75 ; 75,0 %) est plus d'accord que l'ensemble")
    assert "Sur aucun énoncé la part d'accord ne s'y écarte de 10 points" in told
    assert "aucune réponse n'y est significativement plus ou moins fréquente" in told
    assert plain(type_title(tables(), labels("en"), 2)) == "Class 2 (n = 75; 75.0%)"
    assert plain(type_title(tables(), labels("fr"), 1)) == (
        "Type 1, « les calmes » (n = 25 ; 25,0 %)"
    )


def test_without_supplementary_variables_nothing_is_said_of_them() -> None:
    given = tables()
    given["class_categories"] = given["class_categories"].query("role == 'active'")
    given["class_quantities"] = given["class_quantities"].iloc[:0]
    for number in (1, 2):
        assert "n'ont pas servi" not in type_sentences(given, labels("fr"), number)


def test_the_number_of_classes_is_compared_with_the_criterion() -> None:
    told = plain(classes_sentence(tables(), labels("fr")))
    assert told.startswith(
        "Le critère de perte relative d'inertie suggère trois classes ; l'étude en retient deux."
    )
    assert "Une coupure en deux classes" not in told
    assert told.endswith(
        "Les types sont « les calmes » (n = 25 ; 25,0 %) et la classe 2 (n = 75 ; 75,0 %)."
    )
    better = tables()
    better["inertia_gains"] = better["inertia_gains"].assign(criterion=[0.4, 0.5, 0.66])
    assert "(0,40 contre 0,50" in classes_sentence(better, labels("fr"))


def test_moves_are_counted_whatever_the_numbers_of_the_classes() -> None:
    assert plain(consolidation_sentence(tables(), labels("fr"))) == (
        "La consolidation a fait changer de classe un répondant sur 100 (1,0 %)."
    )
    given = tables()
    given["class_moves"] = given["class_moves"].assign(
        n=[0, 75, 25, 0], continues=[False, True, True, False]
    )
    given["consolidation"] = branch_continuations(given["class_moves"])
    assert consolidation_moves(given).continues == {1: 2, 2: 1}
    assert consolidation_sentence(given, labels("en")) == "Consolidation moved nobody."


def test_a_tree_of_micro_clusters_says_so() -> None:
    made = tables()
    large = {**made, "inertia_gains": made["inertia_gains"].assign(
        micro_clusters=2000, exact_up_to=20000
    )}  # fmt: skip
    told = "l'arbre n'est plus construit répondant par répondant"
    assert told in classes_sentence(large, labels("fr"))
    assert told not in classes_sentence(made, labels("fr"))
    assert "2,000 weighted groups" in classes_sentence(large, labels("en"))
