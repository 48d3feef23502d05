"""A workspace: one folder with ``csctl.toml``, a policy, exports by month, and what csctl writes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import Field

from csctl.core.closing.limits import Limits
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.grammar import Step, migrated, removed_keys
from csctl.policy.load import Loaded, SourceText, load_policy
from csctl.policy.parse import parse
from csctl.policy.parts import Part
from csctl.policy.tree import locator, placed_tree
from csctl.policy.validate import validate_as
from csctl.problems import Place, Problem, shortened
from csctl.readers.columns.accepted import NOTHING, READINGS_NAME, Accepted, accepted_of
from csctl.readers.columns.file_months import for_any_month, for_month, month_of_path, names_month
from csctl.readers.columns.profile import header_faults, resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.imports import WantedExport
from csctl.readers.opening.written import read_text_file
from csctl.readers.policy_book import WORKBOOKS, policy_of_book
from csctl.store.engines import Engine, missing_engine
from csctl.store.shipped import policy_names, policy_text, template
from csctl.store.spark import LOCAL, Spark
from csctl.workspace_folder import CONFIG_NAME, STATE_NAME

ADOPT_NAME = "adopt.toml"
"""What ``csctl adopt`` asked about the files of a workspace, and what was answered."""
_QUESTIONS = 5
STEPS: Mapping[int, Step] = {}
"""For ``csctl.toml``, what the steps and the removed keys of ``csctl.policy.grammar`` are for policies."""
REMOVED: Mapping[str, str] = {}
POLICY_FILES = (".toml", *WORKBOOKS)
"""How the name of a file that holds a policy ends."""
COLLECTED = (
    ("ratings", "forms/{month}/ratings.csv"),
    ("appeals", "forms/{month}/appeals_*.csv"),
    ("events", "forms/{month}/events.csv"),
    ("quality", "forms/{month}/quality.csv"),
)
"""Tables that collected forms were written to: sources that no workspace has to name."""


class Notify(Part):
    """The ``[notify]`` part of ``csctl.toml``: a command of your own that is told what a run came to."""

    command: list[str] = Field(
        min_length=1,
        description="the program and its arguments, each a text of its own; no shell reads them, and it starts in the "
        "workspace",
    )
    after: list[Literal["run", "check", "close"]] = Field(
        default=["run", "close"], min_length=1, description="commands of csctl after which it is started"
    )
    seconds: int = Field(
        30, ge=1, le=600, description="it is ended if it has not ended by itself after so many seconds"
    )


class Config(Part):
    """What ``csctl.toml`` says."""

    name: str = Field(description="the team's name")
    policy: str = Field(description="a shipped policy, or a file of the workspace")
    language: Literal["zh", "en"] = Field("zh", description="language of the screen, sheets and reports")
    engine: Engine = Field("polars", description="what computes the measures; all but Polars are extras")
    spark: Spark = Field(LOCAL, description='where Spark is, for `engine = "spark"`')
    calendar: str = Field("", description="file with days that differ from the shipped working-day calendar")
    aliases: dict[str, str] = Field(default_factory=dict, description="other names in exports → staff number")
    sign_off: Limits = Field(Limits(), description="what must be looked at before a month is closed")
    notify: Notify | None = Field(None, description="who is told what a run came to")
    source: list[Source] = Field(default_factory=list, description="the exports")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder and its configuration, every source resolved against its profile; ``config_text`` is as written.

    ``problems``: what there is to say about the configuration, though it can be used. ``accepted`` is what
    ``readings.toml`` says of columns.
    """

    folder: Path
    config: Config
    sources: tuple[Source, ...]
    config_text: str = ""
    problems: tuple[Problem, ...] = ()
    accepted: Accepted = NOTHING

    @property
    def state_folder(self) -> Path:
        """csctl's own files: cache, lock, ledger."""
        return self.folder / STATE_NAME

    def out_folder(self, month: Month) -> Path:
        """Everything written for a month."""
        return self.folder / "out" / str(month)


def document_in(folder: Path, name: str) -> Mapping[str, object]:
    """What a file of csctl's in a workspace says, by itself: nothing where it cannot be read, since the command that
    needs it says what is wrong with it.
    """
    try:
        text, _ = read_text_file(folder / name, name)
    except OSError:
        return {}
    return parse(SourceText(name, text or ""))[0] or {}


def open_workspace(folder: Path, language: str | None = None) -> tuple[Workspace | None, list[Problem]]:
    """Read ``csctl.toml``; all that is wrong with it at once. A ``language`` given takes the place of its own."""
    path = folder / CONFIG_NAME
    try:
        text, read = read_text_file(path, CONFIG_NAME)
    except FileNotFoundError:
        return None, [problem("workspace-missing", found=folder)]
    except OSError as fault:
        return None, [problem("workspace-unreadable", Place(CONFIG_NAME), type(fault).__name__)]
    if text is None:
        return None, read
    opened, problems = workspace_of(folder, text, readings=_readings_text(folder))
    if opened is None:
        return None, [*read, *problems]
    config = opened.config if language is None else opened.config.model_copy(update={"language": language})
    lacking = missing_engine(opened.config.engine, opened.config.spark)
    if lacking:
        return None, [*read, *problems, *lacking]
    return replace(opened, config=config, problems=(*read, *_open_questions(folder))), problems


def _open_questions(folder: Path) -> list[Problem]:
    """What nobody has answered about files that are read as it was proposed; ``csctl adopt`` lists it."""
    asked = document_in(folder, ADOPT_NAME).get("question")
    questions = [one for one in asked if isinstance(one, dict)] if isinstance(asked, list) else []
    names = [str(one["name"]) for one in questions if "name" in one and not one.get("answer")]
    found = shortened(names, _QUESTIONS)
    return [problem("adopt-questions-open", Place(ADOPT_NAME), found, count=len(names))] if names else []


def _readings_text(folder: Path) -> str:
    """The text of ``readings.toml``; a stray byte in it is left for its parser to refuse."""
    path = folder / READINGS_NAME
    return path.read_text("utf-8", errors="replace") if path.is_file() else ""


def workspace_of(
    folder: Path, text: str, grammar: int | None = None, readings: str = ""
) -> tuple[Workspace | None, list[Problem]]:
    """The workspace in a folder by the text of its configuration, which may be an older one than the file's.

    ``readings`` is the text of ``readings.toml`` that goes with it.
    ``grammar`` is that of a sealed text, which is brought to today's; None: the text is of today. Raises
    NewerGrammarError for a grammar to come.
    """
    source_text = SourceText(CONFIG_NAME, text)
    document, problems = parse(source_text)
    if document is None:
        return None, problems
    if grammar is not None:
        document = migrated(document, grammar, STEPS)
    tree = placed_tree(document, source_text)
    problems = removed_keys(tree, REMOVED) if grammar is None else []
    if problems:
        return None, problems
    config, problems = validate_as(Config, tree)
    if config is None:
        return None, problems
    accepted, problems = accepted_of(readings)
    if accepted is None:
        return None, problems
    locate = locator(tree)
    sources: list[Source] = []
    for index, source in enumerate(config.source):
        resolved, found = resolve_source(source, locate(("source", index)), accepted.of(source.table, source.files))
        problems += found
        # A sealed text was read without a word: one of the two was passed over then as now.
        problems += header_faults(source, locate(("source", index))) if grammar is None else []
        sources += [resolved] if resolved else []
    if not any(source.table == "roster" for source in sources) and not problems:
        problems.append(problem("no-roster-source", Place(CONFIG_NAME)))
    sources += collected_sources(folder)
    return (None, problems) if problems else (Workspace(folder, config, tuple(sources), text, accepted=accepted), [])


def collected_sources(folder: Path) -> list[Source]:
    """What collected forms were written to, as far as there are any."""
    found = [(table, files) for table, files in COLLECTED if any(folder.glob(for_any_month(files)))]
    return [Source(table=table, files=files, optional=True) for table, files in found]


def workspace_policy(workspace: Workspace) -> tuple[Loaded | None, list[Problem]]:
    """The policy the workspace names."""
    name, folder = workspace.config.policy, workspace.folder
    named = Place(CONFIG_NAME, column="policy")
    return load_policy(name, lambda text: policy_source(text, folder), policy_names(), asked=named)


def policy_source(name: str, folder: Path | None) -> SourceText | None:
    """The text of a shipped policy, or of a TOML file or workbook below the folder; None if there is none."""
    text = policy_text(name)
    if text is not None:
        return SourceText(f"{name}.toml", text)
    path = inside(folder, name) if folder else None
    if path is None:
        return None
    if path.suffix.lower() in WORKBOOKS:
        return policy_of_book(path, name)
    text, problems = read_text_file(path, name)
    return SourceText(name, text or "", tuple(problems))


def inside(folder: Path, name: str) -> Path | None:
    """A file below a folder by the name that a configuration gives it, a backslash between folders too; None if there
    is none.
    """
    try:
        path = (folder / name.replace("\\", "/")).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
    except (OSError, ValueError):  # no name that a system knows
        return None


def sheet_template(folder: Path, name: str) -> bytes | None:
    """The workbook to fill: one of the ``templates`` folder of a workspace's folder, else a shipped one."""
    own = folder / "templates" / (name if name.endswith(".xlsx") else f"{name}.xlsx")
    return own.read_bytes() if own.is_file() else template(name)


def has_month(source: Source) -> bool:
    """Whether the source has files of its own for each month."""
    return names_month(source.files)


def source_files(workspace: Workspace, source: Source, month: Month | None) -> list[WantedExport]:
    """The files of a source (for a month, where its pattern names one), by name."""
    pattern = for_month(source.files, month)
    paths = sorted(path for path in workspace.folder.glob(pattern) if not path.name.startswith(("~$", ".")))
    own_month = month if has_month(source) else None
    if own_month:
        # 1* also meets the names of October; what the name says decides.
        paths = [path for path in paths if _month_in_name(workspace, source, path) in (own_month, None)]
    return [WantedExport(path, _shown(path.relative_to(workspace.folder)), source, own_month) for path in paths]


def _shown(path: Path) -> str:
    """A file's name for people: one in another encoding is read in Chinese, marks that steer a screen are replaced."""
    name = path.as_posix()
    if not name.isprintable():
        written = os.fsencode(name)
        with suppress(UnicodeDecodeError):
            name = written.decode("gb18030" if _is_no_unicode(name) else "utf-8")
    return "".join(mark if mark.isprintable() else "\ufffd" for mark in name)


def _is_no_unicode(name: str) -> bool:
    """Whether bytes of a name are not text in the system's encoding."""
    return any("\udc80" <= mark <= "\udcff" for mark in name)


def months_in_names(workspace: Workspace) -> set[Month]:
    """Months for which any source that names its month has a file."""
    months: set[Month] = set()
    for source in workspace.sources:
        if has_month(source):
            met = workspace.folder.glob(for_any_month(source.files))
            months |= {month for path in met if (month := _month_in_name(workspace, source, path))}
    return months


def _month_in_name(workspace: Workspace, source: Source, path: Path) -> Month | None:
    return month_of_path(source.files, path.relative_to(workspace.folder).as_posix())


def missing_files(workspace: Workspace, month: Month) -> list[Problem]:
    """A source that must have a file and has none."""
    return [
        problem("source-file-missing", Place(CONFIG_NAME, column=source.table), for_month(source.files, month))
        for source in workspace.sources
        if not source.optional and not source_files(workspace, source, month)
    ]
