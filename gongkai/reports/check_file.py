"""Checking anyone's report file: read it, recognise the form, run the rules on figures and text. No Django."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gongkai.law import identities
from gongkai.law.findings import Finding
from gongkai.law.refusal import Refused
from gongkai.law.report_forms import ReportForm, load
from gongkai.papers import docx, html, pdf, text, xlsx
from gongkai.papers.reading import Reading
from gongkai.papers.unreadable import Unreadable
from gongkai.reports import package as packages
from gongkai.reports.package import Package, PackagedFigure
from gongkai.reports.recognise import recognise

READERS: Mapping[str, Callable[[bytes], Reading]] = {
    ".html": html.read,
    ".htm": html.read,
    ".docx": docx.read,
    ".pdf": pdf.read,
    ".xlsx": xlsx.read,
    ".txt": text.read,
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A file read and checked. not_understood: cells that hold what is no figure; missing: cells not found."""

    package: Package
    not_understood: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def failing(self) -> list[Finding]:
        return [finding for finding in self.package.findings if finding.verdict == "fail"]


def read_report(path: str, form_id: str | None = None) -> Checked:
    """The report in a file, not yet checked. Refused when it cannot be read or no form fits it."""
    suffix = Path(path).suffix.lower()
    try:
        data = Path(path).read_bytes()
    except OSError as fault:
        raise Refused("unreadable_file", f"打不开文件 {path}:{fault.strerror}") from None
    if suffix == ".json":
        return Checked(packages.parse(data))
    if suffix not in READERS:
        raise Refused("unknown_file_kind", f"{path} 不是能读的格式;能读 json、{'、'.join(k[1:] for k in READERS)}")
    try:
        reading = READERS[suffix](data)
    except Unreadable as fault:
        raise Refused(fault.code, f"{path}:{fault.reason}") from None
    return _recognised(reading, (load(form_id),) if form_id else None)


def _recognised(reading: Reading, forms: tuple[ReportForm, ...] | None) -> Checked:
    found = recognise(reading, forms)
    figures = {ref: PackagedFigure(value) for ref, value in found.figures.items()}
    read = Package(
        found.organ, found.year, found.form, figures, versions=packages.versions(found.form.id), sections=found.sections
    )
    return Checked(read, tuple(found.not_understood), found.missing)


def check_file(
    path: str, form_id: str | None = None, previous: str | None = None, reporter_kind: str = "department"
) -> Checked:
    """A report file with every finding of every rule of its form.

    form_id: the form to take it for, else the one that fits best. previous: file of the report of the year before;
    without it rules across years are not assessable. Refused when a file cannot be read.
    """
    read = read_report(path, form_id)
    before = read_report(previous).package if previous else None
    return Checked(checked(read.package, before, reporter_kind), read.not_understood, read.missing)


def checked(package: Package, previous: Package | None, reporter_kind: str) -> Package:
    """The package with the findings of the rules of its form in place of any that it came with."""
    findings = identities.check(
        package.form, package.values,
        previous=(previous.form, previous.values) if previous else None,
        reporter_kind=reporter_kind,
        sections=package.sections or None,
        year=package.year or None,
    )  # fmt: skip
    return Package(
        package.organ, package.year, package.form, package.figures, tuple(findings), package.versions,
        package.sections, package.published_on, package.provenance,
    )  # fmt: skip
