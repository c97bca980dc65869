"""A questionnaire whose texts and names would break the files of every platform."""

from __future__ import annotations

from typing import Any

from typology.questionnaire import Questionnaire
from typology.questionnaire.forms.form import Form, make_form

HOSTILE = (
    'A "quoted" text, with, commas | and | bars',
    "Tab\tand\nline\r\nends",
    "<b>HTML</b> & <script>alert('x')</script> </script>",
    '=HYPERLINK("http://x";"y")',
    "+1 -1 @x {TOKEN} {= 1+1}",
    "${age} [age] [[Block:x]] ]] [[Question:MC]]",
    "It ends in a backslash \\",
    "Émotion 😀 « déjà », 50 % ≥ 3",
    "*star* _under_ `tick` # hash ${x} \\n",
    "-- '; DROP TABLE x; --",
)
LONG_ID = "a_very_long_name_of_an_item_that_no_platform_takes_as_it_is"


def content() -> dict[str, Any]:
    def both(text: str) -> dict[str, str]:
        return {"fr": text, "en": f"{text} (en)"}

    def choices(*codes: str) -> list[dict[str, str]]:
        return [{"code": code, **both(f"{HOSTILE[at]} ({code})")} for at, code in enumerate(codes)]

    items = [
        {"id": name, **both(text), "short": {"fr": f"i{at}", "en": f"i{at} en"}}
        for at, (name, text) in enumerate(
            zip(
                ["E_1", "E1", "e1x", LONG_ID, f"{LONG_ID}2", "time", "other_", "I8", "I9", "I10"],
                HOSTILE,
                strict=True,
            )
        )
    ]
    few = [
        {"id": f"F{at}", **both(f"Second {text}"), "short": {"fr": f"f{at}", "en": f"f{at} en"}}
        for at, text in enumerate(HOSTILE[:3])
    ]
    scale = [{"code": at - 2, **both(f"{HOSTILE[at]} [{at}]")} for at in range(5)]
    short = {"fr": "court", "en": "short"}
    return {
        "title": both(HOSTILE[0]),
        "about": both(HOSTILE[2]),
        "scales": {
            "agree": {"points": scale, "no_opinion": {"code": 9, **both(f"NSP {HOSTILE[5]}")}},
            "yes": [{"code": 0, **both("Non")}, {"code": 1, **both("Oui")}],
        },
        "blocks": [
            {"id": "SID", "title": both(HOSTILE[3]), "intro": both(HOSTILE[5]), "scale": "agree",
             "direction": "favourable", "items": items},
            {"id": "about_you", "title": both(HOSTILE[7]), "scale": "yes",
             "direction": "neutral", "items": few},
        ],
        "respondent": [
            {"id": "record_id", "type": "single", **both(f"Q1 {HOSTILE[4]}"), "short": short,
             "choices": choices("semi_urban", "semi-urban", "Semi.Urban+")},
            {"id": "tools__used_", "type": "multiple", **both(f"Q2 {HOSTILE[0]}"),
             "short": {"fr": "outils", "en": "tools"},
             "choices": choices("mail", "video_call", "other", "x.1")},
            {"id": "meta", "type": "number", **both(f"Q3 {HOSTILE[5]}"),
             "short": {"fr": "nombre", "en": "number"}, "unit": both(HOSTILE[4]),
             "min": 0.5, "max": 1000000},
            {"id": "free", "type": "number", **both("Q4"), "min": 0},
            {"id": "Order", "type": "rank", **both(f"Q5 {HOSTILE[7]}"),
             "short": {"fr": "ordre", "en": "order"}, "choices": choices("a", "b_long_code", "c")},
            {"id": "since", "type": "date", **both(f"Q5b {HOSTILE[0]}"),
             "short": {"fr": "depuis", "en": "since"},
             "earliest": "1990-01-31", "latest": "2021-12-01"},
            {"id": "how", "type": "single", **both(f"Q5c {HOSTILE[1]}"),
             "short": {"fr": "comment", "en": "how"},
             "choices": [{"code": "Else", "text": True, **both("Autre, <i>lequel</i> : …")},
                         {"code": "mail", **both("Courriel")},
                         {"code": "post", **both("Courrier")}]},
            {"id": "whom", "type": "multiple", **both(f"Q5d {HOSTILE[8]}"),
             "short": {"fr": "qui", "en": "whom"},
             "choices": [{"code": "gp", **both("Généraliste")},
                         {"code": "o", "text": True, "fr": "Autre | qui", "en": "Other | who"}]},
            {"id": "note", "type": "text", **both(f"Q6 {HOSTILE[6]}"),
             "short": {"fr": "note", "en": "a note"}},
        ],
    }  # fmt: skip


def hostile_form() -> Form:
    """Return its form in its two languages, the first being French."""
    return make_form(Questionnaire.model_validate(content()))
