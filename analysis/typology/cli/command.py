"""The command `typology`: its options. What each command does is imported when it runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from typology.cli.command_errors import INPUT_ERROR, errors_told, system_language
from typology.cli.console_text import make_readable
from typology.cli.spoken_command import (
    SpokenCommand,
    SpokenGroup,
    language_asked,
    spoken_command,
    told_misuse,
)
from typology.files.interruption import stops_raised
from typology.problems import InputError, Problem
from typology.words.phrases import phrase
from typology.words.visible_text import visible

__all__ = ["INPUT_ERROR", "app", "main"]


class Spoken(StrEnum):
    """The languages of the option ``--language``."""

    fr = "fr"
    en = "en"


class Target(StrEnum):
    """What a questionnaire is written for: those of `typology.tools.forms.platforms`."""

    limesurvey = "limesurvey"
    redcap = "redcap"
    xlsform = "xlsform"
    google_forms = "google-forms"
    qualtrics = "qualtrics"
    docx = "docx"
    html = "html"


class FetchPlatform(StrEnum):
    """Where answers are fetched from: those of `typology.tools.fetch.sources`."""

    limesurvey = "limesurvey"
    redcap = "redcap"
    kobo = "kobo"


app = typer.Typer(
    cls=SpokenGroup,
    help="From a Likert questionnaire and its answers to a typology.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

command = partial(app.command, cls=SpokenCommand)

HERE = Path()
"""Where a study is looked for: the folder the terminal is in."""

StudyArgument = Annotated[
    Path,
    typer.Argument(
        help="The study file, or its folder; by default the folder you are in.", show_default=False
    ),
]
AskedArgument = Annotated[
    Path,
    typer.Argument(
        help="The study file, or its folder (by default the folder you are in); or a "
        "questionnaire alone.",
        show_default=False,
    ),
]
ResponsesOption = Annotated[
    Path | None,
    typer.Option(help="Answers to use instead of those of the study file, wherever they are."),
]
ResultsOption = Annotated[
    Path | None, typer.Option(help="Folder of the results, instead of that of the study file.")
]
ForceOption = Annotated[
    bool,
    typer.Option("--force", help="Replace files that exist already; never those that are read."),
]
SimulatedOption = Annotated[
    bool,
    typer.Option(
        "--simulated",
        help="The answers of --responses are simulated, and the results say so. Files written by "
        "`typology simulate` say it themselves.",
    ),
]
LanguageOption = Annotated[
    Spoken | None,
    typer.Option(help="Language of the messages and figures, instead of that of the study file."),
]
SystemLanguageOption = Annotated[
    Spoken | None, typer.Option(help="Language of the messages, instead of the system's.")
]
CoresOption = Annotated[
    int | None, typer.Option(min=1, help="All by default. The results do not depend on it.")
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        help="Address of a dask scheduler (tcp://host:8786) whose workers make the replicates. The "
        "results do not depend on it. Needs the extra `scale`.",
    ),
]
WorkshopOption = Annotated[
    Path, typer.Option(help="Folder of the tables, the workbooks and the figure.")
]
SimulatedVotesOption = Annotated[
    bool,
    typer.Option(
        "--simulated",
        help="The sheet is made up, and the results say so; a column `simulated` says it too.",
    ),
]


@command(
    epilog="Example: `typology run` in a checkout, or `typology run my_study/study.yml`",
)
def run(
    *,
    study: StudyArgument = HERE,
    responses: ResponsesOption = None,
    results: ResultsOption = None,
    replicates: Annotated[
        int | None,
        typer.Option(
            min=19,
            help="Resamples, and samples drawn from each population without groups, instead of "
            "those of the study file: more is slower and finer.",
        ),
    ] = None,
    cores: CoresOption = None,
    scheduler: SchedulerOption = None,
    simulated: SimulatedOption = False,
    language: LanguageOption = None,
) -> None:
    """Run a study: from its answers to types, tables and figures."""
    from typology.study import load_study, study_language

    with errors_told(language or study_language(study)):
        from typology.cli.console import Terminal
        from typology.cli.terminal import print_summary, stage_printer
        from typology.tools.cluster import replicates_on
        from typology.tools.run import run_study

        console = Terminal()
        loaded = load_study(
            study,
            responses=responses,
            results=results,
            simulated=simulated,
            language=language,
            replicates=replicates,
            for_checking=True,
        )
        with (
            replicates_on(scheduler),
            stage_printer(console, loaded.choices.language) as progress,
        ):
            analysis = run_study(loaded, progress=progress, n_jobs=cores)
        print_summary(console, analysis)


@command(epilog="Example: `typology check --responses export.xlsx`")
def check(
    study: AskedArgument = HERE,
    *,
    responses: ResponsesOption = None,
    simulated: SimulatedOption = False,
    language: LanguageOption = None,
    before_sharing: Annotated[
        bool,
        typer.Option(
            "--before-sharing",
            help="Refuse if answers of respondents would be shared or committed with the study.",
        ),
    ] = False,
    install_hook: Annotated[
        bool,
        typer.Option("--install-hook", help="Have git make this check before every commit."),
    ] = False,
) -> None:
    """Check a study: all that `run` would refuse, told at once."""
    from typology.questionnaire.file import is_questionnaire, load_questionnaire
    from typology.study import load_study, study_language

    with errors_told(language or study_language(study)) as spoken:
        from typology.cli.check_terminal import print_check, print_questionnaire_check
        from typology.cli.console import Terminal

        if is_questionnaire(study):
            print_questionnaire_check(Terminal(), load_questionnaire(study), spoken)
            return
        from typology.results.checking import check_study_answers

        loaded = load_study(
            study,
            responses=responses,
            simulated=simulated,
            language=language,
            for_checking=True,
        )
        if before_sharing or install_hook:
            from typology.cli.sharing_terminal import print_sharing

            print_sharing(Terminal(), loaded, hook=install_hook)
            return
        print_check(Terminal(), check_study_answers(loaded))


@command(
    epilog="Example: `typology new my_study`, `typology new my_study --template satisfaction`, or "
    '`typology new my_study --title "Telehealth" --languages en --block Hopes:favourable:12 '
    "--block Fears:unfavourable:9`",
)
def new(
    folder: Annotated[
        Path | None,
        typer.Argument(help="A new folder, or an empty one.", show_default=False),
    ] = None,
    *,
    title: Annotated[
        list[str] | None,
        typer.Option(help='Its title; in two languages, between them: "Titre | Title".'),
    ] = None,
    languages: Annotated[
        str | None, typer.Option(help="Of the questionnaire, the main one first: fr, en, fr,en.")
    ] = None,
    block: Annotated[
        list[str] | None,
        typer.Option(
            help="A block of items, as often as there are blocks: "
            "title[:favourable|unfavourable|neutral][:number of items][:scale]."
        ),
    ] = None,
    scale: Annotated[
        str | None,
        typer.Option(
            help="Scale of the blocks that name none, and its number of points, like "
            '"frequency 4": agreement, frequency, importance, satisfaction, truth, likelihood; '
            "2 to 11 points, an odd number with a midpoint."
        ),
    ] = None,
    types: Annotated[
        str | None,
        typer.Option(
            help="Names of the types expected, from the least favourable to the most, with commas "
            'between: 2 to 5; "" for none.'
        ),
    ] = None,
    template: Annotated[
        str | None, typer.Option(help="Begin with a template; --list names them.")
    ] = None,
    items: Annotated[
        Path | None,
        typer.Option(
            help="Begin with a list of items, CSV or Excel: columns block, item, theme, fr, en, "
            "short, reversed, direction, scale; an id and a wording are enough."
        ),
    ] = None,
    example: Annotated[
        str | None, typer.Option("--from", help="Copy the shipped example: cpts.")
    ] = None,
    listed: Annotated[
        bool, typer.Option("--list", help="Name the templates, and make nothing.")
    ] = False,
    language: SystemLanguageOption = None,
) -> None:
    """Make a study that runs at once: asks what it is to be, unless options say it."""
    with errors_told(language) as spoken:
        from typology.cli.console import Terminal
        from typology.cli.new_study import asked_wishes, place_of
        from typology.tools.new.files import make_study
        from typology.tools.new.terminal import print_new, print_templates
        from typology.tools.new.wished.wishes import Wishes, read_wishes

        if listed:
            print_templates(Terminal(), spoken)
            return
        wishes = read_wishes(
            titles=title or (),
            languages=languages,
            blocks=block or (),
            scale=scale,
            types=types,
            template=template,
            items=items,
            example=example,
        )
        folder = place_of(folder, spoken)
        if wishes == Wishes():
            wishes = asked_wishes(folder, spoken)
        print_new(Terminal(), make_study(folder, wishes, language=spoken), spoken)


@command(epilog="Example: `typology schema schemas`")
def schema(
    folder: Annotated[Path, typer.Argument(help="Where to write them.")] = Path("schemas"),
    *,
    language: Annotated[
        Spoken | None, typer.Option(help="Of what they say of each key, instead of both.")
    ] = None,
) -> None:
    """Write the JSON schemas by which an editor completes and checks both YAML files."""
    with errors_told(language) as spoken:
        from typology.study.keys.schemas import write_schemas

        written = write_schemas(folder, *([[language]] if language else []))
        for path in written:
            typer.echo(visible(phrase("schema: {file}", file=path).in_(spoken)))


@command(
    epilog="Example: `typology simulate --respondents 500 --seed 7 --output answers.csv`",
)
def simulate(
    *,
    questionnaire: Annotated[
        Path | None,
        typer.Option(help="The questionnaire to answer; by default that of the study."),
    ] = None,
    design: Annotated[
        Path | None,
        typer.Option(
            help="The planted types and the levels of the items; by default simulation.yml beside "
            "the questionnaire, or else four types and levels drawn from the seed."
        ),
    ] = None,
    respondents: Annotated[
        int | None, typer.Option(min=1, help="How many, instead of the number of the design.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, help="Instead of the seed of the design.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            help="File of the answers (.csv, .tsv or .xlsx), by default simulated_responses.csv "
            "beside the questionnaire. The planted types go to a file of their own beside it."
        ),
    ] = None,
    force: ForceOption = False,
    language: SystemLanguageOption = None,
) -> None:
    """Simulate answers to a questionnaire, with planted types."""
    with errors_told(language) as spoken:
        from typology.study import usual_questionnaire
        from typology.tools.simulate.files import write_simulation

        written = write_simulation(
            questionnaire or usual_questionnaire(),
            design_path=design,
            n=respondents,
            seed=seed,
            output=output,
            force=force,
        )
        answers = phrase(
            "{count} simulated respondents: {file}", count=written.n, file=written.responses
        )
        types = phrase("planted types: {file}", file=written.types)
        for told in (answers, types):
            typer.echo(visible(told.in_(spoken)))


@command(
    epilog="Example: `typology questionnaire --to limesurvey --output forms`",
)
def questionnaire(
    source: AskedArgument = HERE,
    *,
    to: Annotated[Target, typer.Option(help="The platform, or the kind of document.")],
    output: Annotated[
        Path | None,
        typer.Option(
            help="A folder or the name of a file, by default files named after the questionnaire. "
            "Where each language has a file, its name ends in the language."
        ),
    ] = None,
    languages: Annotated[
        str, typer.Option(help="Languages of the form, such as fr,en: all by default.")
    ] = "",
    force: ForceOption = False,
    language: LanguageOption = None,
) -> None:
    """Write the questionnaire as a form: for a survey platform, on paper, as a page."""
    from typology.study import study_language

    with errors_told(language or study_language(source)) as spoken:
        from typology.cli.console import Terminal
        from typology.tools.forms.files import write_form
        from typology.tools.forms.terminal import print_form

        written = write_form(
            source,
            platform=to,
            languages=languages.replace(",", " ").split(),
            output=output,
            force=force,
        )
        print_form(Terminal(), written, spoken)


@command(
    epilog="Example: `typology fetch --from limesurvey --survey 123456`, with LIMESURVEY_URL, "
    "LIMESURVEY_USERNAME and LIMESURVEY_PASSWORD in the environment; for REDCap REDCAP_URL and "
    "REDCAP_TOKEN, for Kobo KOBO_URL and KOBO_TOKEN",
)
def fetch(
    study: AskedArgument = HERE,
    *,
    platform: Annotated[
        FetchPlatform, typer.Option("--from", help="The platform that holds the answers.")
    ],
    survey: Annotated[
        str | None,
        typer.Option(
            help="Which survey: its number in LimeSurvey, its name in the address in Kobo; none "
            "for REDCap, whose token names the project."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            help="File of the answers (.csv), by default one named after the survey in the folder "
            "private beside the questionnaire."
        ),
    ] = None,
    force: ForceOption = False,
    language: LanguageOption = None,
) -> None:
    """Fetch the answers from the survey platform into a file of the study."""
    from typology.study import study_language

    with errors_told(language or study_language(study)) as spoken:
        from typology.cli.console import Terminal
        from typology.tools.fetch.files import fetch_answers
        from typology.tools.fetch.terminal import print_fetched

        fetched = fetch_answers(
            study, platform=platform, survey=survey or "", output=output, force=force
        )
        print_fetched(Terminal(), fetched, study, spoken)


@command(epilog="Example: `typology assign new_answers.csv --output types.csv`")
def assign(
    answers: Annotated[Path, typer.Argument(help="The answers of the new respondents.")],
    *,
    model: Annotated[Path, typer.Option(help="The model of a run.")] = Path("results/model.json"),
    questionnaire: Annotated[
        Path | None,
        typer.Option(help="The questionnaire of that run; by default that of the study."),
    ] = None,
    output: Annotated[Path, typer.Option(help="File of the types: .csv, .tsv or .xlsx.")] = Path(
        "assigned.csv"
    ),
    short_form: Annotated[
        bool, typer.Option("--short-form", help="Score the items of the short form only.")
    ] = False,
    force: ForceOption = False,
    language: LanguageOption = None,
) -> None:
    """Give new respondents their type, from the model of a run alone."""
    with errors_told(language) as spoken:
        from typology.cli.console import Terminal
        from typology.study import usual_questionnaire
        from typology.tools.assign.files import assign_file
        from typology.tools.assign.terminal import print_assigned

        assigned = assign_file(
            answers,
            model_path=model,
            questionnaire_path=questionnaire or usual_questionnaire(),
            output=output,
            language=spoken,
            short_form=short_form,
            force=force,
        )
        print_assigned(Terminal(), assigned, spoken, short=short_form)


@command(
    epilog="Example: `typology compare wave_2021.csv wave_2023.csv`, "
    "or `typology compare analysis/study.yml --group sex`",
)
def compare(
    first: Annotated[Path, typer.Argument(help="A study, or a file of answers.")],
    second: Annotated[
        Path | None, typer.Argument(help="The second wave: a study, or a file of answers.")
    ] = None,
    *,
    group: Annotated[
        str | None, typer.Option(help="Compare the groups of this question instead of waves.")
    ] = None,
    first_group: Annotated[
        str | None, typer.Option("--first", help="The answer that makes the first group.")
    ] = None,
    second_group: Annotated[
        str | None, typer.Option("--second", help="The answer that makes the second group.")
    ] = None,
    study: Annotated[
        Path, typer.Option(help="The study of files of answers: questionnaire and choices.")
    ] = HERE,
    output: Annotated[Path, typer.Option(help="Folder of the tables and the figure.")] = Path(
        "comparison"
    ),
    panel: Annotated[
        bool, typer.Option("--panel", help="The waves asked the same people, by identifier.")
    ] = False,
    independent: Annotated[
        bool,
        typer.Option(
            "--independent", help="The waves asked different people, whatever their identifiers."
        ),
    ] = False,
    language: LanguageOption = None,
) -> None:
    """Compare two waves, or two groups, in the same types."""
    from typology.study import study_language

    with errors_told(language or study_language(study)):
        from typology.cli.console import Terminal
        from typology.tools.compare.files import compare_groups, compare_waves
        from typology.tools.compare.terminal import print_compared

        if (second is None) == (group is None):
            expected = phrase("a second wave, or a question that makes groups")
            found = phrase("both at once") if second is not None else ""
            remedy = phrase("Give a second file, or the option --group.")
            raise InputError(Problem("", "", found, expected, remedy, "compare"))
        if second is not None:
            compared = compare_waves(
                first,
                second,
                study=study,
                output=output,
                language=language,
                panel=panel,
                independent=independent,
            )
        else:
            compared = compare_groups(
                first,
                study=study,
                group=group or "",
                categories=(first_group, second_group),
                output=output,
                language=language,
            )
        print_compared(Terminal(), compared)


@command(
    epilog="Example: `typology plan`, or "
    "`typology plan my_questionnaire.yml --sizes 100,200,400 --separation 1.25`",
)
def plan(
    study: AskedArgument = HERE,
    *,
    sizes: Annotated[
        str | None,
        typer.Option(
            help="Numbers of respondents to try, like 100,200,400 (20 to 5000).  "
            "[default: 100,150,200,300,500,700,1000]"
        ),
    ] = None,
    samples: Annotated[int, typer.Option(min=2, help="Simulated samples of each size.")] = 40,
    verdict_samples: Annotated[
        int,
        typer.Option(min=1, help="How many of them the verdict is asked of: it takes longest."),
    ] = 20,
    without_verdict: Annotated[
        bool, typer.Option("--without-verdict", help="Do not ask whether groups would be shown.")
    ] = False,
    separation: Annotated[
        float,
        typer.Option(min=0.01, help="How many times as far apart as planned the types are."),
    ] = 1.0,
    shares: Annotated[
        str | None,
        typer.Option(help="Sizes of the types in their order, like 20,40,30,10."),
    ] = None,
    missing: Annotated[
        float | None, typer.Option(min=0, max=100, help="Missing answers, in percent.")
    ] = None,
    design: Annotated[
        Path | None,
        typer.Option(
            help="What is planted; by default simulation.yml beside the questionnaire, or else the "
            "types that the study declares, or else four types."
        ),
    ] = None,
    asked_right: Annotated[
        float, typer.Option(min=0, max=100, help="Asked: percent of respondents typed right.")
    ] = 80.0,
    asked_rand: Annotated[
        float, typer.Option(min=0, max=1, help="Asked: adjusted Rand index with the planted types.")
    ] = 0.65,
    asked_number: Annotated[
        float,
        typer.Option(
            min=0, max=100, help="Asked: percent of samples with the right number of classes."
        ),
    ] = 80.0,
    asked_stability: Annotated[
        float, typer.Option(min=0, max=1, help="Asked: Jaccard index of the least stable type.")
    ] = 0.75,
    asked_groups: Annotated[
        float,
        typer.Option(min=0, max=100, help="Asked: percent of samples whose types prove groups."),
    ] = 80.0,
    seed: Annotated[int, typer.Option(min=0, help="Everything random starts here.")] = 2019,
    cores: CoresOption = None,
    output: Annotated[Path, typer.Option(help="Folder of the tables and the figure.")] = Path(
        "plan"
    ),
    language: LanguageOption = None,
) -> None:
    """Tell how many respondents a study needs, from simulated samples."""
    from typology.study import study_language

    with errors_told(language or study_language(study)) as spoken:
        from typology.cli.console import Terminal
        from typology.tools.plan.criteria import Criteria
        from typology.tools.plan.files import read_positive_numbers, read_sizes, write_plan
        from typology.tools.plan.measure import PLANNED_SIZES, PlanGrid
        from typology.tools.plan.terminal import print_plan, work_shown

        console = Terminal()
        judged = 0 if without_verdict else min(samples, verdict_samples)
        grid = PlanGrid(
            read_sizes(sizes) if sizes is not None else PLANNED_SIZES, samples, judged, seed
        )
        planned_shares = None if shares is None else read_positive_numbers(shares, "--shares")
        with work_shown(console, grid.work, spoken) as progress:
            written = write_plan(
                study,
                output=output,
                grid=grid,
                criteria=Criteria(
                    asked_right, asked_rand, asked_number, asked_stability, asked_groups
                ),
                design_path=design,
                language=language,
                separation=separation,
                shares=planned_shares,
                missing=missing,
                n_jobs=cores,
                progress=progress,
            )
        print_plan(console, written)


@command(
    epilog="Example: `typology verify`, or `typology verify --manifest received/manifest.json`",
)
def verify(
    study: StudyArgument = HERE,
    *,
    manifest: Annotated[
        Path | None,
        typer.Option(
            help="The manifest of the run to verify, or the folder of its results, instead of the "
            "results of the study."
        ),
    ] = None,
    responses: ResponsesOption = None,
    tolerance: Annotated[
        float,
        typer.Option(
            min=0.0, help="Largest difference of two numbers that are the same, relative above one."
        ),
    ] = 1e-8,
    output: Annotated[
        Path | None,
        typer.Option(help="File of the comparison, a row a result: .csv, .tsv or .xlsx."),
    ] = None,
    force: ForceOption = False,
    cores: CoresOption = None,
    language: LanguageOption = None,
) -> None:
    """Run a study again, and tell what is the same as in a manifest and what moved."""
    from typology.study import study_language

    with errors_told(language or study_language(study)) as spoken:
        from typology.cli.console import Terminal
        from typology.cli.terminal import stage_printer
        from typology.tools.verify.files import verify_files
        from typology.tools.verify.terminal import print_verification

        console = Terminal()
        with stage_printer(console, spoken) as progress:
            verification = verify_files(
                study,
                manifest=manifest,
                responses=responses,
                tolerance=tolerance,
                output=output,
                force=force,
                language=language,
                progress=progress,
                n_jobs=cores,
            )
        print_verification(console, verification, output)
    if not verification.holds:
        raise typer.Exit(1)


@command(epilog="Example: `typology archive study.zip`")
def archive(
    output: Annotated[Path, typer.Argument(help="The zip file to write.")],
    *,
    study: Annotated[
        Path, typer.Option(help="The study file, or its folder; by default the folder you are in.")
    ] = HERE,
    with_answers: Annotated[
        bool,
        typer.Option(
            "--with-answers",
            help="Enclose answers that are not simulated: only where everybody may read them.",
        ),
    ] = False,
    force: ForceOption = False,
    language: LanguageOption = None,
) -> None:
    """Write a study and its results into one file to deposit: an RO-Crate."""
    from typology.study import study_language

    with errors_told(language or study_language(study)):
        from typology.cli.console import Terminal
        from typology.tools.archive.files import write_archive
        from typology.tools.archive.terminal import print_archive

        written = write_archive(
            study, output=output, with_answers=with_answers, language=language, force=force
        )
        print_archive(Terminal(), written)


@command(
    epilog="Example: `typology codebook`, or `typology codebook my_questionnaire.yml`",
)
def codebook(
    study: AskedArgument = HERE,
    *,
    responses: ResponsesOption = None,
    output: Annotated[
        Path, typer.Option(help="Folder of the workbook and of the DDI-Codebook file.")
    ] = Path("codebook"),
    language: LanguageOption = None,
) -> None:
    """Write the codebook of a study: Excel, and DDI-Codebook 2.5 for archives."""
    from typology.study import study_language

    with errors_told(language or study_language(study)):
        from typology.cli.console import Terminal
        from typology.tools.codebook.files import write_codebook
        from typology.tools.codebook.terminal import print_codebook

        written = write_codebook(study, output=output, responses=responses, language=language)
        print_codebook(Terminal(), written)


@command(
    "compare-questionnaires",
    epilog="Example: `typology compare-questionnaires questionnaire_2021.yml questionnaire.yml`",
)
def compare_questionnaires(
    old: Annotated[Path, typer.Argument(help="The old version: a questionnaire, or a study.")],
    new: Annotated[Path, typer.Argument(help="The new version: a questionnaire, or a study.")],
    *,
    output: Annotated[
        Path, typer.Option(help="File of the table of changes: .csv, .tsv or .xlsx.")
    ] = Path("questionnaire_changes.csv"),
    force: ForceOption = False,
    language: SystemLanguageOption = None,
) -> None:
    """Tell what changed between two versions of a questionnaire, and what may be compared."""
    with errors_told(language) as spoken:
        from typology.cli.console import Terminal
        from typology.tools.questionnaire_versions.files import compare_version_files
        from typology.tools.questionnaire_versions.terminal import print_versions

        compared = compare_version_files(old, new, output=output, language=spoken, force=force)
        print_versions(Terminal(), compared, spoken)


@command(
    "nominal-group",
    epilog="Example: `typology nominal-group votes.xlsx --points --output nominal_group`",
)
def nominal_group(
    sheet: Annotated[
        Path,
        typer.Argument(
            help="One row an idea (column `idea`, `group` if there are several), one column a "
            "participant: CSV or Excel."
        ),
    ],
    *,
    ranks: Annotated[
        bool, typer.Option("--ranks", help="The cells are ranks: 1 is the best.")
    ] = False,
    points: Annotated[
        bool, typer.Option("--points", help="The cells are points: more is better.")
    ] = False,
    most: Annotated[
        float | None,
        typer.Option(
            min=1,
            help="How many ideas a participant could rank, or the most points for one idea; by "
            "default the most that anyone did.",
        ),
    ] = None,
    output: WorkshopOption = Path("nominal_group"),
    simulated: SimulatedVotesOption = False,
    language: SystemLanguageOption = None,
) -> None:
    """Count the votes of a nominal group: totals, ranks, agreement."""
    with errors_told(language) as spoken:
        from typology.cli.console import Terminal
        from typology.workshops.files import write_nominal_group
        from typology.workshops.terminal import print_workshop

        if ranks == points:
            found = phrase("both at once") if ranks else ""
            expected = phrase("ranks, or points")
            remedy = phrase("Add --ranks if 1 is the best, or --points if more is better.")
            raise InputError(Problem("", "", found, expected, remedy, "nominal-group"))
        written = write_nominal_group(
            sheet,
            votes="ranks" if ranks else "points",
            most=most,
            output=output,
            simulated=simulated,
        )
        print_workshop(Terminal(), written, spoken)


@command(epilog="Example: `typology swot statements.xlsx --output swot`")
def swot(
    sheet: Annotated[
        Path,
        typer.Argument(
            help="One row a statement (columns `field` and `statement`, `group` if there are "
            "several): CSV or Excel."
        ),
    ],
    *,
    output: WorkshopOption = Path("swot"),
    simulated: SimulatedVotesOption = False,
    language: SystemLanguageOption = None,
) -> None:
    """Make the four-field table of a SWOT workshop, with its counts by group."""
    with errors_told(language) as spoken:
        from typology.cli.console import Terminal
        from typology.workshops.files import write_swot
        from typology.workshops.terminal import print_workshop

        written = write_swot(sheet, output=output, simulated=simulated)
        print_workshop(Terminal(), written, spoken)


@command("app", epilog="Example: `typology app`, or `typology app my_study`")
def local_page(
    study: Annotated[
        Path | None,
        typer.Argument(
            help="A study to open besides those made there: its file, or its folder.",
            show_default=False,
        ),
    ] = None,
    *,
    folder: Annotated[
        Path | None,
        typer.Option(
            help="Where new studies are made; by default the folder `typologie` in yours.",
            show_default=False,
        ),
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Of this machine; 0 for any that is free.")
    ] = 0,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address, and open nothing.")
    ] = False,
    language: SystemLanguageOption = None,
) -> None:
    """Open the page of this machine: everything, from the answers to the article."""
    with errors_told(language) as spoken:
        from typology.cli.opened_page import open_page

        opened = [] if study is None else [study]
        open_page(opened, folder=folder, port=port, browser=not no_browser, language=spoken)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; what is wrong with an input is told, and the exit code is then 2.

    Parameters
    ----------
    arguments : sequence of str, optional
        By default those of the command line.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    make_readable((sys.stdout, sys.stderr))
    language = language_asked(given) or system_language()
    with stops_raised(), errors_told(language):
        _refuse_unwritable(given)
        command = spoken_command(app, language)
        try:
            left = command.main(given, "typology", standalone_mode=False, obj=language)
        except TyperException as error:
            typer.echo(visible(told_misuse(error, language)), err=True)
            left = INPUT_ERROR
        sys.exit(left or 0)


def _refuse_unwritable(arguments: Sequence[str]) -> None:
    """Refuse what no system takes in the name of a file."""
    expected = phrase("a text without this character")
    remedy = phrase("Type it again: it was perhaps pasted from another program.")
    problems = [
        Problem("", "", phrase("the character 0 (NUL)"), expected, remedy, each.replace("\0", "?"))
        for each in arguments
        if "\0" in each
    ]
    if problems:
        raise InputError(problems)
