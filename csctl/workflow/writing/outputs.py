"""What a run writes: every file whole, all of them or none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from csctl.core.records.lines import Score, as_records
from csctl.messages import problem
from csctl.problems import Problem, errors
from csctl.reports.problems_csv import problems_csv
from csctl.reports.run_json import InputFile, json_bytes, run_object
from csctl.reports.summary_text import summary_markdown
from csctl.sheets.form_fields import FormValues
from csctl.sheets.form_fill import filled_file
from csctl.sheets.form_values import form_values
from csctl.sheets.names import safe_names
from csctl.sheets.pay_book import pay_book
from csctl.sheets.scores_book import scores_book
from csctl.store.program import program
from csctl.store.publish import publish
from csctl.workflow.forms.interviews import interviews_of
from csctl.workflow.month.compute import Computed
from csctl.workflow.writing.certificates import certificate_files
from csctl.workflow.writing.making import Order, made, made_before
from csctl.workflow.writing.payslips import payslip_files, published_files
from csctl.workflow.writing.reporting import report_files
from csctl.workflow.writing.templates import sheet_problems
from csctl.workspace import sheet_template

Files = dict[str, bytes]
"""Name relative to the month's folder → content."""


@dataclass(frozen=True, slots=True)
class Written:
    """Names of the files written, in order; empty if a problem of severity error kept all of them back."""

    names: tuple[str, ...]
    problems: tuple[Problem, ...]


def scores_files(computed: Computed) -> Files:
    """The workbook of scores."""
    return {"scores.xlsx": scores_book(computed.result, computed.workspace.config.language)}


def pay_files(computed: Computed) -> tuple[Files, list[Problem]]:
    """The salary workbook."""
    if computed.result.policy.pay is None:
        return {}, [problem("no-pay-in-policy", found=computed.result.policy.id)]
    return {"pay.xlsx": pay_book(computed.result, computed.workspace.config.language)}, []


def sheet_files(computed: Computed) -> tuple[Files, list[Problem]]:
    """One performance sheet for each scored agent, and the certificates; none with a template that cannot be filled."""
    result, folder, language = computed.result, computed.workspace.folder, computed.workspace.config.language
    problems = sheet_problems(folder, result.policy, language)
    template = sheet_template(folder, result.policy.sheet.template)
    if errors(problems) or template is None:
        return {}, problems
    names = safe_names((agent.agent_id, agent.name) for agent in result.agents)
    scored = [one.agent_id for one in as_records(result.scores, Score) if one.score is not None]
    talks, found = interviews_of(folder, result.month, names, language)

    def values(agent_id: str) -> FormValues:
        return form_values(result, result.everybody[agent_id], language, talks.get(agent_id))

    orders = [Order(f"sheets/{names[one]}.xlsx", one) for one in scored]
    sheets, unmade = made(computed, orders, values, partial(filled_file, template, result.month, language))
    certificates, odd = certificate_files(computed)
    return sheets | certificates, [*problems, *found, *unmade, *odd]


def run_files(computed: Computed) -> tuple[Files, list[Problem]]:
    """Everything a run writes but its record."""
    files, problems = sheet_files(computed)
    if computed.result.policy.pay is not None:
        paid, found = pay_files(computed)
        slips, unpaid = payslip_files(computed)
        files, problems = {**files, **paid, **slips}, problems + found + unpaid
    published, kept_back = published_files(computed)
    files, problems = files | scores_files(computed) | published, problems + kept_back
    return {**files, **report_files(computed, problems)}, problems


def with_record(computed: Computed, files: Files, problems: Iterable[Problem]) -> Files:
    """The files with ``problems.csv``, ``summary.md`` and ``run.json``, which names all of them."""
    language = computed.workspace.config.language
    everything = [*computed.result.problems, *problems]
    names = [*files, "problems.csv", "summary.md", "run.json"]
    record = run_record(computed, everything, names)
    told = {
        "problems.csv": problems_csv(everything, language),
        "summary.md": summary_markdown(computed.result, everything, computed.workspace.config.name, language),
    }
    return {**files, **told, "run.json": json_bytes(record)}


def run_record(computed: Computed, problems: Iterable[Problem], names: Iterable[str]) -> dict[str, object]:
    """The month as one JSON object."""
    books, month = computed.books, computed.month
    about = {
        "version": books.seals[month].basis.program if computed.closed else program(),
        "workspace": computed.workspace.config.name,
        "fingerprint": computed.loaded.fingerprint,
        "language": computed.workspace.config.language,
    }
    inputs = [InputFile(one.file, one.sha256, one.table, one.accepted, one.rejected) for one in computed.own]
    return run_object(computed.result, inputs, problems, list(names), about, books.signature(month))


def write(computed: Computed, files: Mapping[str, bytes], *, remove_stale: bool) -> Written:
    """Publish the files in the month's folder. Sheets of an earlier run that this one has not are removed."""
    stale = _files_of_last_run(computed) - set(files) if remove_stale else set()
    problems = publish(computed.workspace.out_folder(computed.month), files, sorted(stale))
    if not errors(problems):
        made_before(computed).published()
    return Written(() if errors(problems) else tuple(sorted(files)), tuple(problems))


def _files_of_last_run(computed: Computed) -> set[str]:
    """What the last run says it wrote; nothing if there is no readable record."""
    try:
        record = json.loads((computed.workspace.out_folder(computed.month) / "run.json").read_text("utf-8"))
        return {name for name in record["files"] if isinstance(name, str)}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
