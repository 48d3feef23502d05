"""Certificates that are printed: for exams passed, honours awarded."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from csctl.policy.keys import Names, StoredColumn, TableName, Text, WordColumn
from csctl.policy.parts import Identifier, Part, Where


class Certificate(Part):
    """One page for each row of the month."""

    id: Annotated[Identifier, Names("certificate")] = Field(description="name in files")
    label: Text = Field(description="heading")
    text: Text = Field("", description="what it is given for, in a sentence")
    table: TableName = Field(description="canonical table, each row of which earns one")
    where: Where = Field(default_factory=dict, description="which rows do")
    of: WordColumn = Field(description="column that says which training, exam or honour")
    number: StoredColumn | None = Field(None, description="column with the certificate's number")
    template: Text = Field("certificate", description="shipped template, or a file in the workspace's templates folder")
    rule: Text = Field("", description="rules it comes from")
