"""The tables of the index. They hold no truth of their own: all can be rebuilt from the files."""

from __future__ import annotations

from sqlmodel import JSON, BigInteger, Column, Field, SQLModel


class RecordRow(SQLModel, table=True):
    __tablename__ = "record"
    key: str = Field(primary_key=True)
    source: str = Field(index=True)
    searched: str
    file: str
    line: int
    title: str
    abstract: str
    authors: list[str] = Field(sa_column=Column(JSON))
    year: int | None
    journal: str
    volume: str
    issue: str
    pages: str
    doi: str
    pmid: str
    pmcid: str
    issn: str
    isbn: str
    url: str
    language: str
    keywords: list[str] = Field(sa_column=Column(JSON))
    type: str
    accession: str
    imprint: str
    digest: int = Field(sa_column=Column(BigInteger))  # of all the others: what tells that a record is as it was


class RejectRow(SQLModel, table=True):
    __tablename__ = "reject"
    n: int = Field(primary_key=True)
    source: str
    searched: str
    file: str
    line: int
    reason: str
    raw: str


class MemberRow(SQLModel, table=True):
    """Which report a record belongs to."""

    __tablename__ = "member"
    record: str = Field(primary_key=True)
    report: str = Field(index=True)


class LinkRow(SQLModel, table=True):
    """A pair of records that was compared, with what was found."""

    __tablename__ = "link"
    a: str = Field(primary_key=True)
    b: str = Field(primary_key=True)
    probability: float
    rule: str
    evidence: str
    verdict: str = Field(index=True)


class ResultRow(SQLModel, table=True):
    """What a stage made, as one JSON document, beside the tables above."""

    __tablename__ = "result"
    name: str = Field(primary_key=True)
    content: dict[str, object] = Field(sa_column=Column(JSON))


class StageRow(SQLModel, table=True):
    __tablename__ = "stage"
    name: str = Field(primary_key=True)
    version: int
    inputs: dict[str, str] = Field(sa_column=Column(JSON))
    fingerprint: str
    digest: str
    summary: str
    waits: list[list[object]] = Field(sa_column=Column(JSON))
    warnings: list[str] = Field(sa_column=Column(JSON))
