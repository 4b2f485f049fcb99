"""A document made by hand with everything that documents can hold, to test the converters."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from a87lib.report import documents as doc

ASOF = date(2026, 5, 1)
KNOWN_AT = datetime(2026, 5, 2, 6, 30, tzinfo=UTC)
DIGEST = "9f2c41d07b6e5a83" * 4

INTRODUCTION = (
    "Le pays a présenté son rapport après l'échéance ; le comité d'examen l'a lu avec le cadre "
    "d'indicateurs et les observations des organisations d'employeurs et de travailleurs. Ce "
    "document dit ce qui figure au dossier et ce qui en découle ; il ne porte aucun jugement."
)
ARABIC = (
    "تستعرض هذه الوثيقة ما ورد في ملف البلد حتى تاريخ 1 أيار/مايو 2026، "
    "وتبيّن الأسباب التي تستند إليها كل نتيجة."
)
SIGNS = [
    ("Aucun rapport deux cycles de suite", "good", "Absent", "Rapports reçus en 2024 et en 2025."),
    ("Aucun rapport final", "attention", "Présent", "Aucune version finale en 2024 ni en 2025."),
    ("Aucun cadre d'indicateurs", "bad", "Présent", "Non reçu en 2024 ni en 2025."),
    ("Aucune preuve de progrès", "missing", "Non au dossier", "Le comité ne s'est pas prononcé."),
    ("Aucune collaboration", "neutral", "Trop tôt", "Échéance : 30 avril 2027."),
]
SUBMITTED = """# Observations

Nous *partageons* le constat et précisons :

1. la loi est **en vigueur** ;
2. les décrets :
   - inspection,
   - registre.

#### Suite

Voir <https://example.org>.
"""
MINISTRIES = ("Travail", "Éducation", "Justice", "Santé", "Agriculture")


def chart(title: str) -> Any:
    """A small line chart with a gap where a year has no survey."""
    with doc.style():
        drawn = doc.drawing(2.6)
        axes = drawn.subplots()
        axes.plot([2012, 2015, 2018, 2022], [24.1, 21.8, 18.2, 16.9], marker="o", label="Filles")
        axes.plot([2012, 2015, 2018, 2022], [27.4, 25.0, 22.3, 19.5], marker="s", label="Garçons")
        axes.set_title(title)
        axes.set_ylabel("% des 5-17 ans")
        axes.set_ylim(0, 30)
        axes.legend(ncols=2, loc="lower left")
        return drawn


def bars(title: str) -> Any:
    """A stacked bar for each priority."""
    with doc.style():
        drawn = doc.drawing(2.2)
        axes = drawn.subplots()
        left = [0, 0, 0]
        for label, values in (
            ("Faites", [4, 2, 1]),
            ("En cours", [3, 3, 2]),
            ("Pas lancées", [1, 2, 5]),
        ):
            axes.barh(["Priorité 1", "Priorité 2", "Priorité 3"], values, left=left, label=label)
            left = [a + b for a, b in zip(left, values, strict=True)]
        axes.set_title(title)
        axes.grid(axis="y", visible=False)
        axes.legend(ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.12))
        return drawn


def head(language: str = "fr", **changes: Any) -> doc.Title:
    """The title of the sample."""
    facts: dict[str, Any] = {
        "asof": ASOF,
        "known_at": KNOWN_AT,
        "digest": DIGEST,
        "framework": "8.7-2026.1",
        "country": "QMA",
        "country_name": "Maravie",
        "cycle": 2025,
        "kind": "Examen du pays",
        "notice": "Pays inventé : ces données ne décrivent aucun État.",
    }
    return doc.title("Maravie", language=language, **(facts | changes))


def elements() -> list[doc.Element]:
    """The cells of the sample in French, with an Arabic paragraph."""
    return [
        head(),
        doc.stack(
            doc.section(2, "Situation du pays", "situation"),
            doc.paragraph(INTRODUCTION, kind="lead"),
            _status(),
        ),
        doc.stack(doc.section(2, "Les cinq signes"), _signs(), _attention()),
        doc.stack(
            doc.section(2, "Feuille de route"), doc.section(3, "Priorités"), _roadmap(), _bars()
        ),
        doc.stack(doc.section(3, "Activités, priorité par priorité"), _long_table()),
        doc.stack(doc.section(2, "Indicateurs"), _wide_table(), _chart()),
        doc.stack(doc.section(2, "Réponse du pays"), _reply()),
    ]


def _status() -> doc.Element:
    return doc.stack(
        doc.definition_list(
            [
                (
                    "Statut",
                    doc.joined(
                        (doc.badge("good", "Pays pionnier actif"), " depuis le 14 mars 2019")
                    ),
                ),
                (
                    "Décision",
                    doc.joined(
                        (
                            "Réunion 4 du Groupe de coordination, ",
                            doc.link("https://example.org/pv-4", "procès-verbal, point V"),
                            ".",
                        )
                    ),
                ),
                (
                    "Règle",
                    [doc.code("standing.status"), "Aucune décision ultérieure n'est au dossier."],
                ),
            ]
        ),
        doc.callout(
            "decision",
            "À décider par le Groupe de coordination",
            "Inviter le pays à un dialogue sur le mécanisme et sur les progrès.",
        ),
    )


def _signs() -> doc.Element:
    return doc.table(
        "Les cinq signes d'une participation insuffisante, avec leurs raisons",
        [doc.Column("Signe", width=2), "Réponse", doc.Column("Raisons", width=3)],
        [(name, doc.badge(kind, word), why) for name, kind, word, why in SIGNS],
        note=doc.joined(
            (
                "Source : registre des soumissions. Voir ",
                doc.link("#situation", "la situation du pays"),
                ".",
            )
        ),
    )


def _attention() -> doc.Element:
    return doc.callout(
        "attention",
        "Alerte précoce",
        doc.paragraph(
            "Un nouveau signe apparaîtrait le ",
            doc.strong("1er mai 2027"),
            " si aucun cadre n'est reçu.",
        ),
        doc.items(
            [
                "Rappel envoyé le 3 mars 2026",
                ("Appui proposé", ["Partage d'expériences", "Assistance technique directe"]),
            ]
        ),
    )


def _roadmap() -> doc.Element:
    return doc.items(
        [
            ("Prévenir", ["Inspection dans l'agriculture", ("Écoles", ["cantines", "transport"])]),
            ("Protéger", ["Registre des victimes", "Abris"]),
            doc.joined((doc.emphasis("Poursuivre"), " : pas encore d'activité")),
        ],
        ordered=True,
    )


def _bars() -> doc.Element:
    return doc.figure(
        bars("Activités par état"),
        "État des activités par priorité",
        "Trois barres : priorité 1, quatre activités faites sur huit ; priorité 2, deux sur "
        "sept ; priorité 3, une sur huit.",
        doc.table(
            "activités par priorité et par état",
            ["Priorité", "Faites", "En cours", "Pas lancées"],
            [["Priorité 1", 4, 3, 1], ["Priorité 2", 2, 3, 2], ["Priorité 3", 1, 2, 5]],
        ),
    )


def _long_table() -> doc.Element:
    states = (("good", "Faite"), ("info", "En cours"), ("missing", "Non communiqué"))
    rows = [
        (
            f"Activité {number}",
            f"Ministère chargé du domaine : {MINISTRIES[number % 5]}",
            1250.5 * number,
            doc.badge(*states[number % 3]),
            f"31 décembre {2024 + number % 4}",
        )
        for number in range(1, 41)
    ]
    return doc.table(
        "Activités de la feuille de route",
        ["Activité", "Responsable", "Budget (EUR)", "État", "Échéance"],
        rows,
    )


def _wide_table() -> doc.Element:
    years = range(2014, 2024)
    rows = [
        [
            f"{code} {name}",
            *(
                doc.number(value - (year - 2014) * step, 1) if year % 3 == 0 else "s. d."
                for year in years
            ),
        ]
        for code, name, value, step in (
            ("8.7.1", "Travail des enfants", 24.1, 0.9),
            ("16.9.1", "Enregistrement des naissances", 61.0, -2.2),
            ("8.8.2", "Droits du travail", 3.4, 0.1),
        )
    ]
    return doc.table(
        "Indicateurs par année d'enquête",
        ["Indicateur", *(str(year) for year in years)],
        rows,
        note="s. d. : sans donnée. Unité : pour cent ; 8.8.2 : indice de 0 à 10.",
    )


def _chart() -> doc.Element:
    return doc.figure(
        chart("Enfants de 5 à 17 ans au travail"),
        "Travail des enfants par sexe, enquêtes de 2012 à 2022",
        "Deux lignes descendantes de 2012 à 2022 : filles de 24,1 à 16,9 %, "
        "garçons de 27,4 à 19,5 %.",
        doc.table(
            "travail des enfants par sexe",
            ["Année", "Filles", "Garçons"],
            [
                [str(y), doc.number(f, 1, True), doc.number(g, 1, True)]
                for y, f, g in (
                    (2012, 24.1, 27.4),
                    (2015, 21.8, 25.0),
                    (2018, 18.2, 22.3),
                    (2022, 16.9, 19.5),
                )
            ],
        ),
    )


def _reply() -> doc.Element:
    return doc.stack(
        doc.paragraph(ARABIC, lang="ar"),
        doc.markdown(
            SUBMITTED,
            lang="fr",
        ),
        doc.quotation(
            "Le rapport final sera remis en juin.\nIl portera sur les deux cycles.",
            "Lettre du point focal, 12 avril 2026",
        ),
        doc.paragraph(
            "Remarque : la version 中文 et les caractères 한국어, አማርኛ et हिन्दी restent lisibles."
        ),
    )


def notebook(cells: list[doc.Element] | None = None) -> NotebookNode:
    """The elements as the outputs of an executed notebook."""
    made = new_notebook(cells=[new_markdown_cell("# Note d'analyste, hors du document")])
    for number, element in enumerate(cells if cells is not None else elements(), 1):
        data: dict[str, Any] = {"text/html": element._repr_html_(), "text/plain": repr(element)}
        if isinstance(element, doc.Title):
            data |= element._repr_mimebundle_()
        output = new_output("execute_result", data=data, execution_count=number)
        made.cells.append(new_code_cell("…", outputs=[output], execution_count=number))
    nbformat.validate(made)
    return made
