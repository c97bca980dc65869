"""The forms of the questionnaire in the page: written or kept, in both languages, by keys alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="The page (extra: app) is not installed.")

from command_line import call
from served_page import Answer, Served, Visitor, served
from typology.files.yaml_files import load_mapping
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("studies")) as page:
        yield page


@pytest.fixture
def visitor(page: Served) -> Visitor:
    visitor = page.visitor()
    visitor.open(visitor.post("/new", title="Café", begin="satisfaction", languages=["fr", "en"]))
    return visitor


def file_of(page: Served, visitor: Visitor) -> Path:
    study = page.site.shelf.get(visitor.study.rpartition("/")[2])
    assert study is not None
    return study.folder / "questionnaire.yml"


def saved(page: Served, visitor: Visitor) -> dict[str, Any]:
    return load_mapping(file_of(page, visitor))


def shown(answer: Answer, *words: str) -> bool:
    return all(word in answer.text for word in words)


SCALE = {
    "name": "Fréquence", "first": "1", "points/0/fr": "Jamais", "points/0/en": "Never",
    "points/1/fr": "Parfois", "points/1/en": "Sometimes", "points/2/fr": "Souvent",
    "points/2/en": "Often",
}  # fmt: skip


def test_a_scale_is_saved_given_undone(page: Served, visitor: Visitor) -> None:
    before = file_of(page, visitor).read_bytes()
    answer = visitor.post("edit/scale", act="save", **SCALE, **{"blocks/satisfaction": "1"})
    assert shown(answer, "Enregistré dans questionnaire.yml", "frequence – 3 degrés", "Annuler")
    content = saved(page, visitor)
    assert content["scales"]["frequence"][2] == {"code": 3, "fr": "Souvent", "en": "Often"}
    assert content["blocks"][0]["scale"] == "frequence"
    assert "Souvent" in visitor.get("blank").html
    assert "Souvent" in visitor.get("seen/scale/frequence").html
    visitor.post("undo", screen="questionnaire")
    assert file_of(page, visitor).read_bytes() == before


def test_a_scale_that_is_in_use_is_not_taken_away(page: Served, visitor: Visitor) -> None:
    fields = {"first": "1"}
    answer = visitor.post("edit/scale/satisfaction", act="remove", **fields)
    assert shown(
        answer, "rien n'y a été écrit", "questionnaire.yml › scales", "au moins un élément"
    )
    assert "satisfaction" in saved(page, visitor)["scales"]
    visitor.post("edit/scale", act="save", **SCALE)
    used = visitor.post("edit/scale/satisfaction", act="remove", **fields)
    assert shown(used, "blocks › satisfaction › scale", "l'un des noms déclarés")
    frequency = visitor.get("edit/scale/frequence")
    given = SCALE | {"blocks/satisfaction": "1", "former": frequency.value("former")}
    visitor.post("edit/scale/frequence", act="save", **given)
    gone = visitor.post("edit/scale/satisfaction", act="remove", **fields)
    assert shown(gone, "Ôté de questionnaire.yml")
    assert list(saved(page, visitor)["scales"]) == ["frequence"]


def test_what_is_refused_waits_in_its_form_in_both_languages(
    page: Served, visitor: Visitor
) -> None:
    before = file_of(page, visitor).read_bytes()
    refused = visitor.post("edit/scale", act="save", **(SCALE | {"points/1/en": ""}))
    assert shown(refused, "rien n'y a été écrit", "attendu le libellé en anglais")
    assert 'id="f-points-1-en-fault"' in refused.html
    assert 'aria-describedby="f-points-1-en-fault" autofocus' in refused.html
    assert 'value="Souvent"' in refused.html
    assert file_of(page, visitor).read_bytes() == before
    english = visitor.post("/language", language="en", here=f"{visitor.study}/edit/scale")
    assert shown(english, "nothing was written into it", "expected the English wording")
    assert 'value="Souvent"' in english.html
    assert "not saved yet" in visitor.get("questionnaire").text
    forgotten = visitor.post("edit/scale", act="discard")
    assert "Souvent" not in forgotten.html
    assert "not saved yet" not in visitor.get("questionnaire").text
    visitor.post("/language", language="fr", here="/")


def test_what_is_typed_outlives_the_browser(page: Served, visitor: Visitor) -> None:
    mark = visitor.get("edit/question").value("former")
    fields = {"type": "text", "fr": "Que dire de plus ?", "en": "", "turn": "0"}
    kept = visitor.post("edit/question", act="keep", former=mark, **fields)
    assert kept.html == '{"reads":false}'
    another = page.visitor()
    another.study = visitor.study
    assert shown(another.get("edit/question"), "pas encore enregistré", "Que dire de plus ?")
    assert "attendu" not in another.get("edit/question").text
    fields["en"] = "Anything else?"
    assert another.post("edit/question", act="keep", former=mark, **fields).html == (
        '{"reads":true}'
    )
    assert "Que dire de plus" in another.get("seen/question").html
    another.post("edit/question", act="save", former=mark, **fields)
    late = another.post("edit/question", act="keep", former=mark, **fields)
    assert late.status == 200
    assert "pas encore enregistré" not in another.get("edit/question").text
    assert saved(page, visitor)["respondent"][-1]["type"] == "text"


def test_a_form_that_was_opened_before_another_change_overwrites_nothing(
    page: Served, visitor: Visitor
) -> None:
    old = visitor.get("edit/scale/satisfaction").value("former")
    content = saved(page, visitor)["scales"]["satisfaction"]
    fields = {"first": "1"}
    for at, point in enumerate(content):
        fields |= {f"points/{at}/{each}": point[each] for each in ("fr", "en")}
    first = visitor.post("edit/scale/satisfaction", act="save", former=old,
                         **(fields | {"points/0/en": "Awful"}))  # fmt: skip
    assert shown(first, "Enregistré")
    second = visitor.post("edit/scale/satisfaction", act="save", former=old,
                          **(fields | {"points/0/en": "Bad"}))  # fmt: skip
    assert shown(second, "Le fichier a changé")
    assert saved(page, visitor)["scales"]["satisfaction"][0]["en"] == "Awful"
    again = visitor.post("edit/scale/satisfaction", act="save", former=second.value("former"),
                         **(fields | {"points/0/en": "Bad"}))  # fmt: skip
    assert shown(again, "Enregistré")
    assert saved(page, visitor)["scales"]["satisfaction"][0]["en"] == "Bad"


def test_what_arrives_after_a_button_was_pressed_is_late(visitor: Visitor) -> None:
    form = visitor.get("edit/question")
    fields = {"type": "number", "fr": "Âge", "en": "Age", "former": form.value("former"),
              "turn": form.value("turn")}  # fmt: skip
    more = visitor.post("edit/question", act="add/bands", **fields)
    visitor.post("edit/question", act="keep", **fields)
    assert 'name="bands/0"' in visitor.get("edit/question").html
    fields["turn"] = more.value("turn")
    visitor.post("edit/question", act="discard", **fields)
    visitor.post("edit/question", act="keep", **fields)
    assert "pas encore enregistré" not in visitor.get("questionnaire").text


def test_simulated_answers_follow_the_questionnaire(page: Served, visitor: Visitor) -> None:
    visitor.post("edit/scale", act="save", **SCALE, **{"blocks/satisfaction": "1"})
    assert shown(visitor.get("mend"), "Refaire les réponses simulées")
    made = visitor.post("questionnaire", part="made_up", screen="mend")
    assert shown(made, "Rien à réparer", "sont simulés")
    path = file_of(page, visitor)
    study = path.with_name("study.yml")
    responses = path.with_name("simulated_responses.csv")
    mine = responses.with_name("mine.csv")
    mine.write_bytes(responses.read_bytes())
    text = study.read_text(encoding="utf-8")
    study.write_text(text.replace("simulated_responses.csv", "mine.csv"), encoding="utf-8")
    assert "Refaire" not in visitor.get("questionnaire").text
    assert shown(visitor.post("questionnaire", part="made_up"), "Rien n'était choisi")


def test_rows_are_added_and_taken_out_without_a_script(page: Served, visitor: Visitor) -> None:
    fields = {"type": "number", "fr": "Âge", "en": "Age", "bands/0": "40", "bands/1": "50"}
    more = visitor.post("edit/question", act="add/bands", **fields)
    assert 'name="bands/2" autofocus' in more.html
    less = visitor.post("edit/question", act="out/bands/0", **fields)
    assert 'name="bands/0" autofocus value="50"' in less.html
    assert 'name="bands/1"' not in less.html
    up = visitor.post("edit/question", act="up/bands/1", **fields)
    assert 'name="bands/0" autofocus value="50"' in up.html
    assert visitor.post("edit/question", act="out/nothing/7", **fields).status == 200
    assert len(saved(page, visitor)["respondent"]) == 3


def test_an_item_is_edited_or_nothing_changes(page: Served, visitor: Visitor) -> None:
    path = file_of(page, visitor)
    block = saved(page, visitor)["blocks"][0]
    fields = {"title/fr": "Le café", "title/en": "Coffee", "scale": block["scale"],
              "direction": "favourable"}  # fmt: skip
    kept = [each for each in block["items"] if each["id"] != "S02"]
    for at, item in enumerate(kept):
        fields |= {f"items/{at}/{key}": item[key] for key in ("id", "fr", "en")}
        fields |= {f"items/{at}/was": item["id"]}
    fields |= {"items/0/fr": "Le café est : chaud", "items/0/reversed": "1"}
    new = {f"items/{len(kept)}/{key}": text
           for key, text in (("id", "N1"), ("fr", "Neuf"), ("en", "New"))}  # fmt: skip
    address = f"edit/block/{block['id']}"
    assert shown(visitor.post(address, act="save", **fields, **new), "Enregistré")
    after = saved(page, visitor)["blocks"][0]
    assert after["title"] == {"fr": "Le café", "en": "Coffee"}
    assert [each["id"] for each in after["items"]] == [*(each["id"] for each in kept), "N1"]
    assert after["items"][0]["fr"] == "Le café est : chaud"
    assert after["items"][0]["reversed"] is True
    assert "Le café est : chaud" in visitor.get("blank").html
    assert visitor.get("form/docx").content.startswith(b"PK")
    before = path.read_bytes()
    again = {f"items/{len(kept)}/id": "S01"}
    refused = visitor.post(address, act="save", **(fields | new | again))
    assert shown(refused, "rien n'y a été écrit", "un nom employé une seule fois")
    assert path.read_bytes() == before
    only_french = {f"items/{len(kept)}/fr": "Un énoncé " * 6, f"items/{len(kept)}/en": ""}
    half = visitor.post(address, act="save", **(fields | new | only_french))
    assert shown(half, "attendu le libellé en anglais")


def test_a_form_of_nothing_is_nowhere(visitor: Visitor) -> None:
    for address in ("edit/scale/none", "edit/question/none", "edit/other", "seen/other/x"):
        assert visitor.get(address).status == 404, address


CHROMIUM = any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))


@pytest.fixture
def walk(page: Served, request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    if not (CHROMIUM and shutil.which("chromedriver")):
        pytest.skip("No Chromium with its chromedriver on PATH: the page was not opened.")
    pytest.importorskip("selenium.webdriver", reason="selenium (extra: test) is not installed.")
    from keyboard_walk import Walk  # noqa: PLC0415 - selenium is optional

    walk = Walk(request.getfixturevalue("browser"), tmp_path)
    page.keys.used = False
    walk.browser.get(page.keys.address)
    return walk


def fill(walk: Any, **fields: str) -> None:
    for name, text in fields.items():
        walk.type_into(name.replace("__", "/"), text)


SAVE = ".whole .main"


def make_scale(walk: Any, axe: Any, visitor: Visitor) -> None:
    """A scale of four points, with "don't know" and merged points, by the keys alone."""
    from selenium.webdriver.common.keys import Keys  # noqa: PLC0415 - optional

    walk.follow('[href$="/edit/scale"]')
    walk.look(axe)
    walk.choose("kind", "frequency")
    walk.choose("number", "4")
    walk.follow('[value="prepare"]')
    assert walk.focused == "points/0/fr"
    walk.type_into("points/1/en", "Seldom")
    walk.tick("no_opinion")
    fill(walk, no_opinion__fr="Ne sait pas", no_opinion__en="Don't know", no_opinion__code="9")
    walk.choose("no_opinion/counts_as", "passive")
    walk.follow('[value="add/merge"]')
    assert walk.focused == "merge/0/fr"
    fill(walk, merge__0__fr="Peu", merge__0__en="Little", merge__1__fr="Beaucoup")
    walk.until(lambda: "Beaucoup" in visitor.get("edit/scale").html)  # a browser may be killed now
    walk.tick("blocks/satisfaction")
    walk.follow(SAVE)
    assert walk.focused == "merge/1/en"
    assert "attendu le libellé en anglais" in walk.text
    walk.look(axe)
    walk.press("Much", Keys.ENTER)
    walk.until(lambda: "Enregistré" in walk.text)


def ask(walk: Any, kind: str, french: str, english: str) -> None:
    walk.follow('[href$="/edit/question"]')
    walk.choose("type", kind)
    fill(walk, fr=french, en=english)


def make_single(walk: Any) -> None:
    ask(walk, "single", "Où exercez-vous ?", "Where do you work?")
    fill(walk, choices__0__fr="Ville", choices__0__en="Town", choices__1__fr="Autre : …",
         choices__1__en="Other: …", choices__1__code="other")  # fmt: skip
    walk.tick("choices/1/text")


def make_multiple(walk: Any) -> None:
    ask(walk, "multiple", "Quels outils ?", "Which tools?")
    fill(walk, choices__0__fr="Courriel", choices__0__en="E-mail", choices__1__fr="Téléphone",
         choices__1__en="Telephone", choices__2__fr="Lettre", choices__2__en="Letter")  # fmt: skip
    walk.follow('[value="add/choices"]')
    assert walk.focused == "choices/3/fr"
    fill(walk, choices__3__fr="Autre", choices__3__en="Other")
    walk.tick("choices/3/text")


def make_number(walk: Any) -> None:
    ask(walk, "number", "Combien de patients ?", "How many patients?")
    fill(walk, min="0", max="5000", unit__fr="patients", unit__en="patients")
    walk.follow('[value="add/bands"]')
    fill(walk, bands__0="800")


def make_rank(walk: Any) -> None:
    ask(walk, "rank", "Du plus au moins utile", "From the most to the least useful")
    fill(walk, choices__0__fr="Un", choices__0__en="One", choices__1__fr="Deux",
         choices__1__en="Two")  # fmt: skip


def make_date(walk: Any) -> None:
    ask(walk, "date", "Depuis quand ?", "Since when?")
    fill(walk, earliest="01012021", latest="12122021")
    walk.choose("date_format", "dd/mm/yyyy")


def make_text(walk: Any) -> None:
    ask(walk, "text", "Autre chose ?", "Anything else?")
    walk.follow('[value="add/themes"]')
    fill(walk, themes__0__fr="Temps", themes__0__en="Time", themes_column="themes")


def check_scale(asked: Questionnaire) -> None:
    scale = asked.scales[asked.block("satisfaction").scale]
    assert scale.labels("en") == ["Never", "Seldom", "Often", "Always"]
    assert scale.no_opinion is not None
    assert (scale.no_opinion.code, scale.no_opinion.counts_as) == (9, "passive")
    assert [(each.codes, each.en) for each in scale.merge] == [((1, 2), "Little"),
                                                              ((3, 4), "Much")]  # fmt: skip
    assert [each.id for each in asked.items.values() if each.reversed] == ["S03"]


def check_questions(asked: Questionnaire) -> None:
    made = asked.respondent[3:]
    assert [each.type for each in made] == ["single", "multiple", "number", "rank", "date", "text"]
    single, multiple, number, _, day, text = made
    assert [(each.code, each.text) for each in single.choices] == [("town", False),
                                                                  ("other", True)]  # fmt: skip
    assert [each.fr for each in multiple.worded_choices] == ["Autre"]
    assert (number.min, number.max, number.bands) == (0, 5000, (800,))
    assert (str(day.earliest), str(day.latest)) == ("2021-01-01", "2021-12-12")
    assert (text.themes[0].en, text.themes_column) == ("Time", "themes")


def test_keys_alone_make_a_scale_and_a_question_of_each_kind(
    walk: Any, page: Served, visitor: Visitor
) -> None:
    import selenium_axe_python as axe  # noqa: PLC0415 - optional

    walk.browser.get(f"{page.top}{visitor.study}/questionnaire")
    walk.look(axe)
    make_scale(walk, axe, visitor)
    walk.look(axe)
    for make in (make_single, make_multiple, make_number, make_rank, make_date, make_text):
        make(walk)
        walk.look(axe)
        walk.follow(SAVE)
        assert "Enregistré" in walk.text
    walk.follow('[href$="/edit/block/satisfaction"]')
    walk.tick("items/2/reversed")
    walk.look(axe)
    walk.follow(SAVE)
    assert "Enregistré" in walk.text
    assert walk.faults == []
    assert [each for each in walk.browser.get_log("browser") if each["level"] == "SEVERE"] == []

    path = file_of(page, visitor)
    check_scale(load_questionnaire(path))
    check_questions(load_questionnaire(path))
    walk.follow('[value="made_up"] + button')
    assert "sont simulés" in walk.text
    assert call("check", path.parent / "study.yml") == 0


def test_a_title_and_types_that_are_refused_wait_where_they_were_typed(
    page: Served, visitor: Visitor
) -> None:
    before = file_of(page, visitor).read_bytes()
    refused = visitor.post("questionnaire", part="title", **{"title/fr": "Le zinc", "title/en": ""})
    assert refused.address.split("?")[0].endswith("/questionnaire")
    assert shown(refused, "Rien n'a été écrit", "attendu", "Le zinc", "pas encore enregistré")
    assert file_of(page, visitor).read_bytes() == before
    english = visitor.post("/language", language="en", here=f"{visitor.study}/questionnaire")
    assert shown(english, "Nothing was written", "expected the English wording", "Le zinc")
    visitor.post("/language", language="fr", here="/")
    study = file_of(page, visitor).with_name("study.yml")
    former, n = study.read_bytes(), len(load_mapping(study)["types"])
    fields = {
        f"types/{at}/{each}": type_[each]
        for at, type_ in enumerate(load_mapping(study)["types"])
        for each in ("fr", "en")
    }
    named = {f"types/{n}/fr": "les ravis", f"types/{n}/en": "the delighted"}
    level = {f"types/{n}/profile/satisfaction": "very high"}
    visitor.post("questionnaire", part="title", act="discard")
    told = visitor.post("questionnaire", part="types", **(fields | named))
    assert shown(told, "Rien n'a été écrit", "profile", "pas encore enregistré")
    assert 'value="les ravis"' in told.html
    assert study.read_bytes() == former
    told = visitor.post("questionnaire", part="types", **(fields | named | level))
    assert shown(told, "Enregistré dans study.yml")
    assert load_mapping(study)["types"][n]["en"] == "the delighted"
    assert load_mapping(study)["types"][0]["profile"]
    forgotten = visitor.post("questionnaire", part="title", act="discard")
    assert "Le zinc" not in forgotten.html


def test_a_title_that_is_typed_outlives_the_browser_and_overwrites_nothing(
    page: Served, visitor: Visitor
) -> None:
    seen = visitor.get("questionnaire")
    form = {"part": "title", "former": seen.value("former"), "turn": seen.value("turn")}
    typed = {"title/fr": "Le thé", "title/en": "Tea"}
    assert visitor.post("questionnaire", act="keep", **form, **typed).html == '{"reads":false}'
    another = page.visitor()
    another.study = visitor.study
    assert shown(another.get("questionnaire"), "Le thé", "pas encore enregistré")
    another.post("questionnaire", part="title", **{"title/fr": "Le lait", "title/en": "Milk"})
    late = visitor.post("questionnaire", act="save", **form, **typed)
    assert shown(late, "Le fichier a changé", "Le thé")
    assert saved(page, visitor)["title"]["en"] == "Milk"
