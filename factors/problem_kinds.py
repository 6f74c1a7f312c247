"""Every kind of problem: its severity and sentences. Messages name what is wrong, cures what to do about it.

The English sentences are the keys of the catalogues in ``templates/locale``. Names in braces are filled in from the
problem: ``read`` is what stood in the cell, ``column`` and ``sheet`` where, the others are given by the guard. A name
with an at sign is the key of a sheet or column: whoever knows the user's workbook puts its own word there.
"""

import string
from dataclasses import dataclass
from typing import Literal


def N_(text: str) -> str:  # noqa: N802 - the mark that gettext tools look for
    """Mark a text for translation; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Kind:
    """Severity and sentences of a code; ``absent`` marks what is rightly named but not here (exit code 4)."""

    severity: Literal["error", "gap", "warning"]
    message: str
    cure: str
    expected: str = ""
    absent: bool = False

    @property
    def names(self) -> set[str]:
        """Names that its sentences are filled with, given by the guard."""
        return {name for name in self._fields if not name.startswith("@")}

    @property
    def words(self) -> dict[str, str]:
        """Names of sheets and columns in its sentences, to their keys."""
        return {name: name[1:] for name in self._fields if name.startswith("@")}

    @property
    def _fields(self) -> set[str]:
        sentences = (self.message, self.cure, self.expected)
        return {name for text in sentences for _, name, _, _ in string.Formatter().parse(text) if name}


KINDS: dict[str, Kind] = {
    # --- the file ---------------------------------------------------------------------------------
    "file-empty": Kind("error", N_("The file {file} is empty."), N_("Save the workbook again and look at its size.")),
    "not-a-workbook": Kind(
        "error",
        N_("{file} is not an Excel workbook."),
        N_("Open it in Excel or LibreOffice and save it as .xlsx."),
        N_("a workbook (.xlsx)"),
    ),
    "results-workbook": Kind(
        "error",
        N_("{file} is a result workbook: it holds what was calculated, not what was typed."),
        N_("Give the workbook of the study that it was made from; its name lacks “-results”."),
        N_("the workbook of a study"),
    ),
    # --- files of a study -------------------------------------------------------------------------
    "series-missing": Kind(
        "error",
        N_("The file {file} is not beside the workbook."),
        N_("Put it into the folder of the workbook, or clear the cell."),
        absent=True,
    ),
    "series-path": Kind(
        "error",
        N_("{read} is not the name of a file in the folder of the workbook."),
        N_("Put the file itself, no link to it, into the folder of the workbook and type its name alone."),
    ),
    "series-unreadable": Kind(
        "error", N_("{file} cannot be read as text. {read}"), N_("Save it as CSV in UTF-8, smaller than 64 MB.")
    ),
    "series-empty": Kind(
        "error", N_("{file} holds no values."), N_("Export it again, with a header and a row an hour.")
    ),
    "series-quote": Kind(
        "error",
        N_("{file}, line {line}: a quotation mark opens a cell, and none closes it."),
        N_("Remove the quotation mark, or close it on the same line."),
    ),
    "series-field": Kind(
        "error",
        N_("{file}, line {line} has a cell of more than 131,072 characters: it is no cell of a table."),
        N_("Export the file again, a row an hour, cells parted by commas or semicolons."),
    ),
    "series-no-time": Kind(
        "error",
        N_("{file} has no column of times: {read}."),
        N_("Call the column “time [UTC]” or “time [Europe/Helsinki]”."),
    ),
    "series-roles": Kind(
        "error",
        N_("{file} is named for two purposes; which of its columns is meant for which is not said."),
        N_("Name the column each time behind a number sign, {file}#COLUMN, or use two files."),
    ),
    "series-cells": Kind(
        "error",
        N_("{file}, line {line} has more cells than the header: {read}."),
        N_("Write decimal points, or part the cells by semicolons."),
    ),
    "series-thousands": Kind(
        "error",
        N_("{file}, line {line}: {read} may be a thousand or a decimal."),
        N_("Write numbers without thousands separators."),
    ),
    "series-above": Kind(
        "error", N_("{file}, line {line}: {read} is above {most}."), N_("Check the unit of the column.")
    ),
    "series-intensity": Kind(
        "error",
        N_("{file}, line {line}: {read} is above {most} {unit}, more than electricity of any fuel emits."),
        N_("Check the unit in the header: grams or kilograms, per kWh or per MWh."),
    ),
    "series-fraction": Kind(
        "error",
        N_("The relative humidity of {file} is never above {read} %: it looks like a fraction."),
        N_("Write it in percent: 0.85 is 85."),
    ),
    "series-saturated": Kind(
        "warning",
        N_("{file} has hours with a relative humidity above 100 %, up to {read} %: {count}. They are taken as 100 %."),
        N_("Nothing to do; EPW files may hold up to 110 %."),
    ),
    "series-zero": Kind(
        "error",
        N_("{file} holds nothing but zeros: that is no shape of a year."),
        N_("Export it again, or clear the cell that names it."),
    ),
    "series-shape-only": Kind(
        "warning",
        N_("{file} states no unit: it is taken as a shape, hours against each other; its sum is not checked."),
        N_("Write the unit into the header: value [kWh]."),
    ),
    "series-celsius": Kind(
        "warning",
        N_("{file} states no unit: its temperatures, from {low} to {high}, are taken as °C."),
        N_("Write the unit into the header: temperature [°C]; degrees Fahrenheit are not read."),
    ),
    "series-spike": Kind(
        "warning",
        N_("{file}, line {line}: {read} is {times} times the mean of the hours above zero; such hours: {count}."),
        N_("Check the hour against the meter: its unit, its decimal mark, a reading that was summed."),
    ),
    "series-level": Kind(
        "warning",
        N_("{file}, line {line}: from here on a week is {times} times the week before."),
        N_("Check whether the unit changes there: W and kW, kWh and MWh."),
    ),
    "series-columns": Kind(
        "error",
        N_("{file} has several columns of values: {options}."),
        N_("Name the one that is meant behind a number sign: {file}#{first}."),
    ),
    "series-column": Kind("error", N_("{file} has no column {read}."), N_("Choose one of: {options}.")),
    "series-no-values": Kind(
        "error", N_("{file} has no column of numbers: {read}."), N_("Add one with its unit: value [kWh].")
    ),
    "series-unit": Kind("error", N_("The unit {read} of {file} does not fit."), N_("Use one of: {units}.")),
    "series-zone": Kind(
        "error",
        N_("{file}, line {line}: nothing says in which time zone {read} is."),
        N_("Write the zone into the header: “time [UTC]”, “time [UTC+02:00]” or “time [Europe/Helsinki]”."),
    ),
    "series-zone-unknown": Kind(
        "error",
        N_("{file}: {read} is no time zone that is known."),
        N_("Write “UTC”, “UTC+02:00” or a place of the IANA database, “Europe/Helsinki”; abbreviations are not read."),
    ),
    "series-stamp": Kind(
        "error",
        N_("{file}, line {line}: {read} is not a time."),
        N_("Write times as 2025-01-31 14:00 or 31.1.2025 14:00."),
    ),
    "series-skipped": Kind(
        "error",
        N_("{file}, line {line}: the clock of {zone} skips {read}."),
        N_("If the times are standard time all year, write the zone as “UTC+02:00”."),
    ),
    "series-order": Kind(
        "error", N_("{file}, line {line}: {read} stands before the hour above it."), N_("Sort the rows by time.")
    ),
    "series-duplicate": Kind(
        "error", N_("{file}, line {line}: the time {read} stands twice."), N_("Remove the row that is too many.")
    ),
    "series-gap": Kind(
        "error",
        N_("{file}, line {line}: values missing between {after} and {read}: {count}."),
        N_("Fill them in from the meter; Jälki does not. An hour that the clock repeats stands twice."),
    ),
    "series-step": Kind(
        "error",
        N_("{file}: the step of {read} does not divide an hour."),
        N_("Export values by the hour, or by 30, 15, 5 or 3 minutes."),
    ),
    "series-blank": Kind(
        "error", N_("{file}, line {line}: the value is missing."), N_("Fill it in from the meter; Jälki does not.")
    ),
    "series-number": Kind(
        "error", N_("{file}, line {line}: {read} is not a number."), N_("Write digits, with one decimal sign at most.")
    ),
    "series-decimals": Kind(
        "error",
        N_("{file}, line {line}: decimal commas and decimal points are mixed."),
        N_("Use one of them throughout."),
    ),
    "series-below": Kind(
        "error",
        N_("{file}, line {line}: {read} is below {least}."),
        N_("Check the direction of the meter; what is sold has a row of its own."),
    ),
    "series-length": Kind(
        "error",
        N_("{file} holds {read} hours, from {first} to {last}; one whole year from there has {expected}."),
        N_("Export exactly one whole year: 8,760 hours, or 8,784 where it holds a 29 February."),
    ),
    "series-start": Kind(
        "error",
        N_("{file} begins at {read}: a year begins at a full hour, and not on 29 February."),
        N_("Export exactly one whole year, from a full hour."),
    ),
    "series-epw-hours": Kind(
        "error",
        N_("{file}, line {line}: the hour is {read}; EPW counts the hours of a day from 1 to 24."),
        N_("Add 1 to every hour, or download the file anew."),
    ),
    "series-epw": Kind(
        "error",
        N_("{file}, line {line} is not as EPW files are."),
        N_("Download the file anew, and do not edit it."),
    ),
    "series-more": Kind(
        "error", N_("{file}: {count} more of the kind {read}."), N_("Mend the first ones and check again.")
    ),
    "series-slip": Kind(
        "error",
        N_("{file} sums to {sum} MWh, the row says {amount} MWh: they differ as {slip} do."),
        N_("Mend the unit in the header of the file or on the row."),
    ),
    "series-sum": Kind(
        "warning",
        N_("{file} sums to {sum} MWh, the row says {amount} MWh; the amount counts, the file gives its shape."),
        N_("Check which of the two is right."),
    ),
    "series-leap": Kind(
        "warning",
        N_("{file} is of a leap year; its 29 February is left out, a year has 8,760 hours."),
        N_("Nothing to do; it is said in the report."),
    ),
    "trajectory-rise": Kind(
        "error",
        N_("{file}: {read} in {year} is more than ten times {other} in {before}."),
        N_("Check the unit and the decimal mark of both: the header states one unit for all years."),
    ),
    "trajectory-unit": Kind(
        "error",
        N_("The header of {file} is {read}: the unit of its values is missing."),
        N_("Write the first line as: year;factor [kg CO2e/kWh]."),
    ),
    "trajectory-line": Kind(
        "error",
        N_("{file}, line {line}: {read} is not a year and a value, in ascending order, each year once."),
        N_("Write a year and a number a line, at least two lines."),
    ),
    "trajectory-series": Kind(
        "error",
        N_("{read} is no series of a grid: it needs at least two years of module B6."),
        N_("Choose constant, national or exponential, a factor with several years, or a CSV file."),
    ),
    "trajectory-short": Kind(
        "error",
        N_("The trajectory {read} begins in {first}, after the newest grid factor ({newest}) that it continues."),
        N_("Add its value for {newest}."),
    ),
    "trajectory-zero": Kind(
        "error",
        N_("The trajectory {read} is 0 in {newest}, the year of the grid factor that it continues."),
        N_("Type a value above 0 for {newest}."),
    ),
    "trajectory-exponential": Kind(
        "error",
        N_("An exponential trajectory needs its floor and its decline."),
        N_("Fill in {@trajectory_floor} and {@trajectory_decline_percent}."),
    ),
    "trajectory-floor": Kind(
        "error",
        N_("The floor of the trajectory, {read} kg CO₂e/kWh, is above the grid of today, {today}."),
        N_("Type a floor below it."),
    ),
    "results-unreadable": Kind(
        "error",
        N_("{file} is no results document of Jälki; missing or wrong: {read}."),
        N_("Give the results document (STEM-results.json) as `jalki assess` wrote it, or assess the workbook again."),
        N_("a results document (JSON)"),
    ),
    "results-version": Kind(
        "error",
        N_("{file} is a results document of schema version {read}; this version of Jälki reads version {known}."),
        N_("Assess its workbook again with this version, or use the version of Jälki that wrote it."),
        N_("schema version {known}"),
    ),
    "file-encrypted": Kind(
        "error",
        N_("{file} is locked with a password."),
        N_("Open it, take the password off and save it again."),
        N_("a workbook without a password"),
    ),
    "external-links": Kind(
        "warning",
        N_("{file} takes values from other workbooks; the values stored last were read."),
        N_("Open it with the other workbooks and save it, or type the values."),
    ),
    "macros": Kind("error", N_("{file} holds macros."), N_("Save it as .xlsx, without macros.")),
    "file-too-large": Kind(
        "error",
        N_("{file} unpacks to {size} MB, more than an inventory can be."),
        N_("Copy the filled cells into a new workbook."),
    ),
    "sheet-too-wide": Kind(
        "error",
        N_("A sheet of {file} has a cell in row {rows} and column {columns}; the grid up to it is too large to read."),
        N_("Delete stray cells far from the table, or copy the table into a new workbook."),
    ),
    "format-unknown": Kind(
        "error",
        N_("The workbook is of format {format}; this version of Jälki reads format {known}."),
        N_("Use the version of Jälki it was made with, or copy its values into a workbook made by `jalki new FILE`."),
        N_("format {known}"),
    ),
    # --- sheets and headers -----------------------------------------------------------------------
    "sheet-missing": Kind(
        "error",
        N_("The sheet {sheet} is missing."),
        N_("Add the sheet; `jalki new FILE` makes a workbook that has it."),
        N_("a sheet named {names}"),
    ),
    "sheet-near": Kind(
        "error", N_("The sheet “{read}” is not known; {nearest} is very close."), N_("Rename the sheet to {nearest}.")
    ),
    "sheet-unknown": Kind(
        "warning", N_("The sheet “{read}” is not read."), N_("Rename it if it is meant; the nearest name is {nearest}.")
    ),
    "sheet-repeated": Kind("error", N_("Two sheets are {sheet}."), N_("Keep one of them.")),
    "sheet-unread": Kind(
        "warning",
        N_("The sheet {sheet} is filled, but not read before version {version}."),
        N_("Its rows are not in the result; leave it for later or enter an exclusion."),
    ),
    "sheet-hidden": Kind("warning", N_("The sheet {sheet} is hidden; it was read."), N_("Show it, or delete it.")),
    "rows-hidden": Kind(
        "warning", N_("Rows {read} of {sheet} are hidden; they were read and count."), N_("Show them, or delete them.")
    ),
    "columns-hidden": Kind(
        "warning", N_("Columns {read} of {sheet} are hidden; they were read."), N_("Show them, or delete them.")
    ),
    "cells-merged": Kind(
        "error",
        N_("The cells {read} are merged; their value stands for the first of them alone."),
        N_("Part the cells and fill in each of them."),
    ),
    "header-blank": Kind(
        "warning",
        N_("Columns {read} hold values under no header; they are not read."),
        N_("Write a header above them, or delete them."),
    ),
    "header-many": Kind(
        "warning", N_("{count} more columns of {sheet} are not read."), N_("Delete them, or write known headers.")
    ),
    "header-unknown": Kind(
        "warning",
        N_("The column “{read}” is not read."),
        N_("Rename it if it is meant; the nearest name is “{nearest}”."),
    ),
    "header-near": Kind(
        "error",
        N_("The column “{read}” is not known; “{nearest}” is very close."),
        N_("Write “{nearest}”."),
        N_("“{nearest}”"),
    ),
    "header-repeated": Kind("error", N_("The column {column} stands twice."), N_("Keep one of the two columns.")),
    "header-languages": Kind(
        "warning",
        N_("The headers are in two languages; numbers typed as text are read as {language}."),
        N_("Write all headers of the sheet in one language."),
    ),
    "column-missing": Kind(
        "error", N_("The column {column} is missing."), N_("Add a column “{label}”."), N_("“{label}”")
    ),
    "column-unread": Kind(
        "warning",
        N_("The column {column} is filled, but not used before version {version}."),
        N_("Its values change nothing yet."),
    ),
    "key-missing": Kind("error", N_("The key {column} is missing."), N_("Add a row “{label}” with its value.")),
    "key-unknown": Kind(
        "warning", N_("The key “{read}” is not read."), N_("Rename it if it is meant; the nearest is “{nearest}”.")
    ),
    "key-near": Kind(
        "error", N_("The key “{read}” is not known; “{nearest}” is very close."), N_("Write “{nearest}”.")
    ),
    "key-repeated": Kind("error", N_("The key {column} stands twice."), N_("Keep one of the two rows.")),
    # --- cells ------------------------------------------------------------------------------------
    "required": Kind("error", N_("{column} is blank."), N_("Fill in {column}.")),
    "required-one": Kind(
        "error", N_("None of {options} is filled."), N_("Fill in exactly one of them."), N_("one of {options}")
    ),
    "required-only-one": Kind(
        "error", N_("More than one of these is filled: {options}."), N_("Keep exactly one of them.")
    ),
    "not-a-number": Kind(
        "error",
        N_("“{read}” is not a number."),
        N_("Type a number, without words, with the decimal mark of the headers' language."),
        N_("a number"),
    ),
    "ambiguous-number": Kind(
        "error",
        N_("“{read}” can be {first} or {second} in the language of this sheet."),
        N_("Type it as a number, or with the decimal mark of the headers' language."),
        N_("{first} or {second}"),
    ),
    "doubtful-number": Kind(
        "warning", N_("“{read}” was read as {value}."), N_("If a thousand was meant, type it without a mark.")
    ),
    "boolean-number": Kind(
        "error", N_("“{read}” is true or false, not a number."), N_("Type a number."), N_("a number")
    ),
    "date-number": Kind("error", N_("“{read}” is a date or time, not a number."), N_("Type a number."), N_("a number")),
    "not-an-integer": Kind("error", N_("“{read}” is not a whole number."), N_("Type a whole number.")),
    "negative": Kind(
        "error",
        N_("{read} is negative; {column} cannot be."),
        N_("Type a number that is not below 0."),
        N_("0 or more"),
    ),
    "too-small": Kind(
        "error", N_("{read} is too small for {column}."), N_("Type a value of at least {limit}."), N_("{limit}")
    ),
    "too-large": Kind(
        "error", N_("{read} is too large for {column}."), N_("Type a value of at most {limit}."), N_("at most {limit}")
    ),
    "not-a-year": Kind(
        "error",
        N_("“{read}” is not a year."),
        N_("Type a year such as 2027, or a range such as 2027-2031 where the column takes one."),
        N_("a year from 1900 to 2150"),
    ),
    "date-year": Kind("warning", N_("“{read}” is a date; the year {value} was read."), N_("Type the year alone.")),
    "not-a-date": Kind(
        "error", N_("“{read}” is not a date."), N_("Type a date as 2027-03-31."), N_("YYYY-MM-DD or a year")
    ),
    "choice-unknown": Kind(
        "error",
        N_("“{read}” is not one of the choices of {column}."),
        N_("Nearest: {nearest}. Choose one of: {options}."),
        N_("{options}"),
    ),
    "transport-leg": Kind(
        "error", N_("“{piece}” is not a leg of transport."), N_("Write legs as factor:km; factor:km."), N_("factor:km")
    ),
    "merit-unit": Kind(
        "error",
        N_("“{piece}” is not a unit of a merit order."),
        N_("Write units as factor:kW; factor:kW."),
        N_("factor:kW"),
    ),
    "covers-unknown": Kind(
        "error",
        N_("“{piece}” names nothing a contract can cover."),
        N_("Write meter:X, use:it or owner:facility, parted by semicolons."),
    ),
    "total-row": Kind(
        "error",
        N_("This row looks like a sum; counting it would count everything twice."),
        N_("Delete the row; Jälki makes the sums."),
    ),
    "error-cell": Kind("error", N_("The cell holds the error {read}."), N_("Mend the formula in {column}.")),
    "formula-unsaved": Kind(
        "error",
        N_("The cell holds a formula without a stored value."),
        N_("Open the file in Excel or LibreOffice, save it and try again."),
    ),
    "percent-fraction": Kind(
        "warning",
        N_("{read} in {column} is read as {value} %."),
        N_("Type {percent} if {percent} % is meant; a cell in percent format is read as shown."),
    ),
    "unit-unknown": Kind(
        "error", N_("“{read}” is not a unit of {label}."), N_("Use one of: {units}."), N_("one of: {units}")
    ),
    "unit-behind": Kind(
        "error",
        N_("“{unit}” in “{read}” is not a unit of {column}."),
        N_("Type the number alone and its unit in the unit cell or the header; one of: {units}."),
        N_("one of: {units}"),
    ),
    "unit-none": Kind(
        "error", N_("{column} takes no unit."), N_("Type the number alone, without a unit."), N_("a number")
    ),
    "unit-missing": Kind(
        "error", N_("{label} has no unit."), N_("Put the unit in the header, in a unit row or in the unit cell.")
    ),
    "unit-twice": Kind("error", N_("Two units are given: {units}."), N_("Keep one of them.")),
    "unit-fixed": Kind(
        "error", N_("{column} is in {unit} and in nothing else."), N_("Convert the value to {unit}."), N_("{unit}")
    ),
    "unit-dimension": Kind(
        "error",
        N_("{unit} is not a unit of {dimension}."),
        N_("Use one of: {units}."),
        N_("one of: {units}"),
    ),
    # --- rows together ----------------------------------------------------------------------------
    "factor-unknown": Kind(
        "error",
        N_("The factor “{read}” is neither in the library nor on the sheet {@Factors}."),
        N_("Nearest: {nearest}. Search with `jalki factors search WORDS`, or add your own row to {@Factors}."),
        N_("a factor id; nearest: {nearest}"),
    ),
    "factor-shadows": Kind(
        "error", N_("{read} is already a factor or a gas of the library."), N_("Give your own factor another id.")
    ),
    "factor-bundle": Kind(
        "error",
        N_("The factor {id} bundles {read}: a bundle holds modules of A, B1 to B5 and C, each once."),
        N_("State D1, D2, B6, B7 and B8 in rows of their own, and each module once."),
    ),
    "factor-twice": Kind(
        "error", N_("The factor {read} states this module, part and year twice; first in {first}."), N_("Keep one row.")
    ),
    "factor-components": Kind(
        "error",
        N_("{@fossil} + {@biogenic} + {@land_use} of {id} is {sum}, its value is {value}."),
        N_("Make value the sum of the components."),
    ),
    "factor-negative": Kind(
        "error",
        N_("{id} has a negative fossil part outside module D."),
        N_("Put credits in D1 or D2, uptake in {@biogenic}."),
    ),
    "factor-units": Kind(
        "error",
        N_("Rows of the factor {read} are per {first} and per {other}."),
        N_("State all rows of one factor per the same kind of unit."),
    ),
    "factor-value-unit": Kind(
        "error",
        N_("“{read}” is not the unit of an emission factor."),
        N_("Write kg CO2e per something, for example kg CO2e/kWh."),
        N_("kg CO2e/…"),
    ),
    "factor-gas": Kind(
        "error",
        N_("{id} names the gas {read}, but {unit} does not count its mass."),
        N_("Leave {@gas} blank, or write kg of the gas per something, for example kg/kWh."),
        N_("kg/… of the gas, or a blank gas"),
    ),
    "factor-part": Kind(
        "error",
        N_("{id} gives a part ({read}) of {module}; only B6 has parts."),
        N_("Leave {@part} blank, or choose the module B6."),
        N_("blank"),
    ),
    "factor-valid-to": Kind(
        "error",
        N_("{id} is valid to {read}, before its year {first}."),
        N_("Mend {@year} or {@valid_to}."),
        N_("{first} or later"),
    ),
    "factor-split": Kind(
        "warning",
        N_("{id} is bio-based ({family}), but its value is not split; all of it counts as fossil."),
        N_("Fill in {@fossil} and {@biogenic}, as the source states them."),
    ),
    "id-duplicate": Kind("error", N_("The id {read} stands twice; first in {first}."), N_("Give each row its own id.")),
    "line-unknown": Kind(
        "error",
        N_("{@replaced_by} names {read}, which is no id of this sheet."),
        N_("Write same, none or the id of a line."),
    ),
    "meter-unknown": Kind(
        "error",
        N_("{read} is no meter and no row of the sheet {@Energy}."),
        N_("Write a meter or an id of the sheet {@Energy}."),
    ),
    "years-empty": Kind("error", N_("The sheet {@Years} has no rows."), N_("Describe at least the start year.")),
    "years-gap": Kind(
        "error", N_("No {@Years} row stands for {first} to {last}."), N_("Extend a row or add one for these years.")
    ),
    "years-before": Kind(
        "error",
        N_("The study begins in {read}, after every {@Years} row; the last one begins in {last}."),
        N_("Correct the start year, or let a {@Years} row begin in {read}."),
        N_("a year in which a {@Years} row begins"),
    ),
    "hours-few": Kind(
        "warning",
        N_("A year of {read} hours is short; a year has 8,760."),
        N_("Leave it blank, unless the facility stands still for weeks."),
    ),
    "life-unusual": Kind(
        "warning",
        N_("A service life of {read} years is unusual."),
        N_("Check that it is in years."),
        N_("0.1 to 200 years"),
    ),
    "years-overlap": Kind(
        "error", N_("This row begins in {read}, before the one above it ends."), N_("Let it begin in {expected}.")
    ),
    "years-backwards": Kind("error", N_("The row ends in {read}, before it begins."), N_("Mend {@from} or {@to}.")),
    "annual-period": Kind(
        "error", N_("An annual study is of one year, not {read}."), N_("Set {@reference_period} to 1.")
    ),
    "country-unknown": Kind("error", N_("“{read}” is not a country code."), N_("Write two letters, for example FI.")),
    "year-outside": Kind(
        "error",
        N_("{read} lies outside the period {first}–{last}."),
        N_("Type a year of the period."),
        N_("{first}–{last}"),
    ),
    "until-before": Kind(
        "error", N_("{@until} ({read}) is before {@installed} ({installed})."), N_("Mend one of the two.")
    ),
    "year-twice": Kind(
        "error",
        N_("{id} and {first} stand for the same thing, owner and zone in one year."),
        N_("Give the rows different meters, items or years; a year has one row."),
    ),
    "meter-held-beside": Kind(
        "error",
        N_(
            "{id} ({read}) is held beyond its last year, beside {other} ({later}) of another meter: from {first} on "
            "both would count."
        ),
        N_(
            "Give both rows the same {@meter} if one follows the other. If both go on, leave the years of {id} open, "
            "as in 2027-."
        ),
    ),
    "successor-twice": Kind(
        "error", N_("{read} follows two lines, or itself."), N_("Let each line be followed by one other line.")
    ),
    "successor-life": Kind(
        "error", N_("Without a service life {id} has no date to follow."), N_("Fill in {@service_life}.")
    ),
    "successor-dates": Kind(
        "error",
        N_("{read} is due in {due}, when the life of this line ends, but is installed in {installed}."),
        N_("Leave its {@installed} blank, or change the service life."),
    ),
    "bounds-order": Kind(
        "error", N_("{read} as {column} does not fit the value {value}."), N_("{@min} ≤ value ≤ {@max}.")
    ),
    "share-evidence": Kind(
        "error",
        N_("Only {read} % of this row counts, and nothing says why."),
        N_("Fill in {@evidence}, or count it whole."),
    ),
    "source-order": Kind(
        "error",
        N_("The source of {id} comes at {read} °C and leaves at {other} °C: it is not cooled."),
        N_("Let {@source_in_c} be above {@source_out_c}."),
    ),
    "sink-order": Kind(
        "error",
        N_("The sink of {id} leaves at {read} °C and comes at {other} °C: it is not heated."),
        N_("Let {@sink_out_c} be above {@sink_in_c}."),
    ),
    "sink-colder": Kind(
        "error",
        N_("The sink of {id} is heated to {read} °C, and its source comes at {other} °C: no heat pump is needed."),
        N_("Look at the temperatures, or set {@heat_pump} to none."),
    ),
    "exchanger-colder": Kind(
        "error",
        N_("The source of {id} comes at {read} °C to a sink of {other} °C: no heat flows without a pump."),
        N_("Look at the temperatures, or enter the heat pump."),
    ),
    "network-return": Kind(
        "error",
        N_("The network comes back at {other} °C, and leaves at {read} °C."),
        N_("Let the return be below every supply temperature."),
    ),
    "ground-warm": Kind(
        "error",
        N_("The ground is at {read} °C, and the water comes back at {other} °C: the pipe would make heat."),
        N_("Type the mean temperature of the ground around the pipe."),
    ),
    "cop-unusual": Kind(
        "warning",
        N_("{id} has a COP of {read}; heat pumps that warm networks reach {low} to {high}."),
        N_("Look at the data sheet, and whether the number is heat delivered over electricity."),
    ),
    "model-only": Kind(
        "warning",
        N_("{column} of {id} is not used: its COP is typed or metered, and holds it already."),
        N_("Clear the cell, or let a model give the COP."),
    ),
    "holder-nameless": Kind("error", N_("“{read}” is no name of who claims {id}."), N_("Type a name, or unclaimed.")),
    "holder-spelled": Kind(
        "error", N_("{read} and {other} would be two claim holders."), N_("Spell the name alike in every row.")
    ),
    "contract-late": Kind(
        "warning",
        N_("The contract on the heat begins in {read}, but the heat is delivered and claimed from {first} on."),
        N_("Give the rows of {@Heat} the years that are agreed, or type in {@contract_from} the year agreed."),
    ),
    "heat-pump-idle": Kind(
        "error",
        N_("The heat pump of {id} takes no heat in {year}: it gives {read} MWh and uses as much electricity, or more."),
        N_("Look at heat, electricity and units: a heat pump gives more heat than it takes electricity."),
    ),
    "heat-pump-theirs": Kind(
        "warning",
        N_("The heat pump {read} is the utility’s, and no {@Heat} row tells its heat: it is not in the footprint."),
        N_("Add the row of {@Heat}, with {@heat_pump} inside, if the footprint holds it."),
    ),
    "heat-pump-alone": Kind(
        "warning",
        N_("The heat pump {read} is in the footprint: no {@Heat} row says that it stands outside."),
        N_("Add the row of {@Heat}, with {@heat_pump} outside, if it is somebody else’s."),
    ),
    "curve-order": Kind(
        "error",
        N_("{read} as {column} does not go with {other}: the network is warmest in the cold."),
        N_("Type the colder outdoor temperature with the warmer supply."),
    ),
    "displaced-kind": Kind(
        "error",
        N_("{id} takes the merit order, which is the marginal unit, and {@displaced_kind} says {read}."),
        N_("Leave {@displaced_kind} blank, or name a factor."),
    ),
    "displaced-kind-blank": Kind(
        "warning",
        N_("Nothing says what the displaced factor of {id} is: average of the network, marginal unit or a plant."),
        N_("Choose it in {@displaced_kind}; the credit rests on it."),
    ),
    "heat-simulated-delivered": Kind(
        "error",
        N_("{id} has no heat of its own and takes the simulated hall's, which is heat at the source."),
        N_("Set {@measured_at} to source, or type the heat."),
    ),
    "heat-simulated-twice": Kind(
        "error",
        N_("{first} takes the heat of the simulated hall already; {id} would count it again."),
        N_("Type the heat of {id}, or enter one heat with several claims."),
    ),
    "temperature-missing": Kind(
        "error",
        N_("The COP of {id} comes from its temperatures, and one of them is not there."),
        N_("Fill in {@source_in_c}, {@source_out_c}, {@sink_in_c} and {@sink_out_c}; or give the {@cop}."),
    ),
    "cop-range": Kind(
        "error",
        N_("The model {model} does not hold here: {quantity} is {read}, and it was made for {low} to {high}."),
        N_("Choose another model, or give the {@cop}."),
    ),
    "cop-above-lorenz": Kind(
        "error",
        N_("The heat pump of {id} would have a COP of {read} in {year}; its temperatures allow {limit} at most."),
        N_("Look at heat, electricity and temperatures: no machine goes beyond the Lorenz COP."),
    ),
    "source-above-hall": Kind(
        "warning",
        N_("The heat of {id} comes at {read} °C, but the simulated hall gives it at {limit} °C."),
        N_("Look at {@source_in_c} and at the temperatures of the sheet {@Simulation}: one of them is another hall's."),
    ),
    "cop-capped": Kind(
        "warning",
        N_("The model gives {id} a COP of {cop}; it is held to {limit}."),
        N_("Give the {@cop} of the data sheet if the plant is better."),
    ),
    "heat-missing": Kind(
        "error",
        N_("{id} has no heat in {year}, and no simulated hall that gives it."),
        N_("Type {@heat} with its unit, or fill in the sheet {@Simulation}."),
    ),
    "heat-matched-twice": Kind(
        "error",
        N_("The network decides how much of {id} it takes, and nothing is left to tell how much of this heat."),
        N_("Type {@used_percent} here, or enter one heat with several claims."),
    ),
    "heat-beyond-need": Kind(
        "warning",
        N_("{read} MWh of {id} are called used in {year}, in hours in which the network needs less."),
        N_("Look at {@used_percent} and at the need of the network; leave it blank to let the network decide."),
    ),
    "capacity-missing": Kind(
        "error",
        N_("{column} is a share of the capacity, and no capacity is stated."),
        N_("Fill in {@heat_pump_capacity}."),
    ),
    "part-load-cop": Kind(
        "error",
        N_("With a part-load loss of {read} % the heat pump of {id} would give less than it takes."),
        N_("Type a smaller loss, or the {@least_load_percent} at which the pump stops."),
    ),
    "pipe-loses-all": Kind(
        "error",
        N_("The pipe of {id} loses more than it carries in {year}."),
        N_("Look at the length, the heat loss coefficient and the heat."),
    ),
    "merit-order-missing": Kind(
        "error",
        N_("{id} displaces the units that stand still, and no {@merit_order} names them."),
        N_("Fill in {@merit_order} on the sheet {@Heat network}, or name a factor."),
    ),
    "merit-order-short": Kind(
        "warning",
        N_("The units of the merit order are {read} kW short of the largest need; the last one is taken for it."),
        N_("Add the unit that runs at the peak."),
    ),
    "claim-share": Kind("error", N_("The claims on {id} sum to {read} %."), N_("Let them sum to 100 or less.")),
    "heat-rows-differ": Kind(
        "error",
        N_("The rows of the heat {id} differ in {column}: {read}."),
        N_("Rows of one heat in one year differ in their claims alone; give another heat an id of its own."),
    ),
    "heat-pump-shared": Kind(
        "error",
        N_("The heat pump {read} is named by {first} and by {id}; its electricity would be counted twice."),
        N_("Meter each heat pump on its own, or enter one heat with several claims."),
    ),
    "heat-pump-unnamed": Kind(
        "error",
        N_("The heat pump {read} is metered, but no {@Heat} row names it; its electricity would be counted twice."),
        N_("Write {read} in {@heat_pump_meter} of the {@Heat} row, and leave its {@cop} blank."),
    ),
    "simulation-missing": Kind(
        "error", N_("The sheet {@Simulation} is empty."), N_("Fill in its required keys; a blank workbook has them.")
    ),
    "simulation-temperatures": Kind(
        "error",
        N_("What comes back at {read} °C is not warmer than what is supplied at {supply} °C."),
        N_("Type the temperature before and after the IT equipment."),
    ),
    "simulation-lift": Kind(
        "error",
        N_("Free cooling ends {read} K below the supply; the chiller has no lift there ({lift} K)."),
        N_("Type a smaller {@approach}, or larger differences of evaporator and condenser."),
    ),
    "simulation-humidity": Kind(
        "error",
        N_("Evaporative cooling needs the relative humidity, which {read} does not hold."),
        N_("Choose a weather file with it, EPW for example, or no evaporative cooling."),
    ),
    "simulation-line": Kind("error", N_("{read} is no line of {@Plant}."), N_("Type ids as they stand on {@Plant}.")),
    "simulation-area": Kind(
        "error",
        N_("{read} W/m² of lighting need an area."),
        N_("Fill in {@computer_room_area} or {@floor_area} on {@Years}."),
    ),
    "captured-above-liquid": Kind(
        "error",
        N_("{read} % of the heat is captured at the temperature of the liquid, which takes {liquid} % of it."),
        N_("Type at most {@liquid_share_percent}: what goes into the air does not reach the heat recovery."),
    ),
    "service-units": Kind(
        "error",
        N_("{read} are several service units; {@service_amount} counts one."),
        N_("Choose one service unit a study, for example GPU-h, and type its yearly amounts."),
    ),
    "simulation-fit": Kind(
        "error",
        N_("The efficiencies of the UPS give a loss below 0 at {read} % load."),
        N_("Check them against the data sheet: 25, 50 and 100 % load."),
    ),
    "simulation-ups": Kind(
        "error",
        N_("In {year} {load} kW run over the UPS, whose modules are rated for {read} kW together."),
        N_("Type a larger {@ups_rating}, or check the IT load."),
    ),
    "contract-profile": Kind(
        "error",
        N_("Contract {id} is matched by the hour, but nothing says when it produces."),
        N_("Type the name of a CSV file with its hourly production into {@profile}, or match it annually."),
    ),
    "profile-even": Kind(
        "warning",
        N_("No hourly profile is known for {read}: the consumption is taken as even over the year."),
        N_("Add the meter’s hourly values as {@profile}; an IT hall is nearly even, heat pumps and cooling are not."),
    ),
    "contract-for-others": Kind(
        "error",
        N_("Contract {id} covers {read}, a heat pump outside the boundary that its owner supplies."),
        N_("Take it out of {@covers}; its certificates belong to whoever buys its electricity."),
    ),
    "design-measured": Kind(
        "warning", N_("A design study has no measured values."), N_("Choose calculated, supplier or estimated.")
    ),
    "power-implausible": Kind(
        "error", N_("One piece of hardware draws {read} W."), N_("Type the mean power of one piece in watts.")
    ),
    "quality-scores": Kind(
        "error", N_("“{read}” is not five scores."), N_("Type five digits from 1 to 5, for example 23123.")
    ),
    # --- measures ---------------------------------------------------------------------------------
    "target-unknown": Kind(
        "error",
        N_("“{piece}” names no rows."),
        N_("Write ids parted by semicolons, the name of a sheet, or Sheet[column=value]."),
    ),
    "measure-target-missing": Kind(
        "error", N_("Measure {id} does not say which rows it changes."), N_("Fill in {@target}.")
    ),
    "measure-target": Kind(
        "error",
        N_("{read} names no row of the study."),
        N_("Write what exists, for example {known}; rows that a measure brings are typed on their own sheet first."),
    ),
    "measure-sheet": Kind(
        "error",
        N_("{read} is on a sheet that a measure of kind {kind} does not change."),
        N_("Name rows of {@Contracts} for contract, of {@Heat} for heat, and of the inventory for the others."),
    ),
    "measure-unused": Kind(
        "error",
        N_("A measure of kind {kind} takes no {column}: {read}."),
        N_("Clear the cell; the row that comes or goes is typed on its own sheet."),
    ),
    "measure-parameter": Kind(
        "error",
        N_("{read} is no column of {on} that a measure of this kind can change."),
        N_("Type the header of a column of {on}, for example that of its amount."),
    ),
    "measure-value-missing": Kind(
        "error", N_("Measure {id} does not say what it changes the value to."), N_("Fill in {@value}.")
    ),
    "measure-multiplier": Kind(
        "error",
        N_("{read} is no multiplier."),
        N_("Type a number such as 0.75 without a unit, or -25 with the unit %."),
    ),
    "measure-beyond": Kind(
        "error",
        N_("What measure {id} does to {row} is not evaluated exactly by this version ({reason})."),
        N_("The how-to on measures tells what the reason means, and how else to say the change."),
    ),
    "measure-followed": Kind(
        "error",
        N_("{read} cannot be taken away alone: {follower} follows it."),
        N_("Name {follower} as well and let {read} be followed by its equal, or set its {@until}."),
    ),
    "measure-result": Kind(
        "error",
        N_("With measure {id} the study gives no result: {reason}."),
        N_("Look at what the measure changes; the study with it is checked as the study itself is."),
    ),
    "measure-blank": Kind(
        "error",
        N_("{read} of {row} is blank: there is nothing to multiply."),
        N_("Type the value in that row, or let the measure set one instead of scaling it."),
    ),
    "measure-effect": Kind(
        "error",
        N_("{read} takes away more than there is."),
        N_("Type a reduction of at most 100 %, or a multiplier of 0 or more."),
        N_("a reduction of at most 100 %"),
    ),
    "measure-unit": Kind(
        "error",
        N_("{read} is no unit of {parameter}."),
        N_("Use one of: {units}; leave it blank where there is none."),
    ),
    "measure-value": Kind(
        "error",
        N_("{read} is nothing that {parameter} can be."),
        N_("Type what a cell of that column may hold."),
    ),
    "measure-rows-differ": Kind(
        "error",
        N_("Rows of measure {id} differ in {column}: {read}."),
        N_("Rows with one id are one measure: type it once, or give another id."),
    ),
    "measure-network": Kind(
        "error",
        N_("Measure {id} changes the network from {read} on; a network is one for the whole period."),
        N_("Leave {@start_year} blank."),
    ),
    "measure-unknown": Kind(
        "error", N_("{read} is no other measure."), N_("Write the id of another measure: {known}.")
    ),
    "measure-cycle": Kind(
        "error", N_("Measures require each other in a ring: {ring}."), N_("Take one of them out of {@requires}.")
    ),
    "measure-never": Kind(
        "error",
        N_("Measure {id} can never be carried out: {one} and {other} exclude each other, and it needs both."),
        N_("Look at {@requires} and {@excludes}."),
    ),
    "measure-twice": Kind(
        "error",
        N_("{id} and {other} both change {read} of row {row} to a value of their own."),
        N_("Let them exclude each other in {@excludes}, or change the value in one of them."),
    ),
    "measure-before": Kind(
        "error",
        N_("Measure {id} begins in {read}, before {other}, which it requires, in {year}."),
        N_("Let {other} begin earlier, or {id} later."),
    ),
    "measure-decided": Kind(
        "error",
        N_("Measure {id} is to be carried out, and it cannot be together with what is decided on {other}."),
        N_("Change one of the two decisions in {@decision}; look at {@requires} and {@excludes}."),
    ),
    "plan-budget": Kind(
        "error",
        N_("The measures that are decided on cost {capital} EUR, more than the plan may: {read} EUR."),
        N_("Raise the budget, or leave a decision open in {@decision}."),
    ),
    "multiplier-large": Kind(
        "warning",
        N_("Measure {id} multiplies by {read}."),
        N_("Type % in {@unit} where a change in percent is meant, for example -20 and %."),
    ),
    "multiplier-small": Kind(
        "warning",
        N_("Measure {id} changes by {read} %, less than one percent."),
        N_("Leave {@unit} blank where a multiplier is meant: 0.9 is a tenth less."),
    ),
    "rate-fraction": Kind(
        "warning",
        N_("A discount rate of {read} % a year is unusual: a fraction was perhaps typed."),
        N_("Type the rate in percent: 5 for five percent."),
    ),
    "tax-missing": Kind(
        "warning",
        N_("No tax on electricity is in the costs of measures: neither the price nor row {id} of {@Energy} names one."),
        N_("Fill in {@tax}, or {@tax_class} of the rows of {@Energy}; type 0 where none is paid."),
    ),
    "price-carbon": Kind(
        "error",
        N_("A price in {read} cannot stand here: carbon is priced by its mass, and nothing else is priced by CO2e."),
        N_("Type for example EUR/t for carbon, and EUR/MWh for energy."),
    ),
    "target-twice": Kind(
        "error",
        N_("A target is stated twice: there is {other} too."),
        N_("Keep one of them on {@Study}."),
    ),
    "target-empty": Kind(
        "error",
        N_("The pathway covers no year: it begins after its base year {base}, and ends in {read}."),
        N_("Choose an earlier {@target_base_year} or a later {@target_year}; a study of one year has no pathway."),
    ),
    "target-missing": Kind(
        "error",
        N_("A year of the target is stated, {read}, and no target."),
        N_("Fill in {@target_percent}, {@target_footprint} or {@target_pathway} on {@Study}, or clear the year."),
    ),
    "currency-year": Kind(
        "error",
        N_("Measure {id} costs {read}, and no year says what money that is."),
        N_("Fill in {@currency_year} on {@Study}."),
    ),
    # --- what follows from the numbers ------------------------------------------------------------
    "factor-unit": Kind(
        "error",
        N_("An amount in {read} does not fit the factor {factor} in {unit}."),
        N_("Change the unit or the factor, or give {@mass_kg}."),
        N_("a unit that fits {unit}"),
    ),
    "factor-is-energy": Kind(
        "error",
        N_("{read} is a factor of energy."),
        N_("Put energy on the sheet {@Energy}; choose a factor of a product here."),
    ),
    "factor-not-energy": Kind(
        "error", N_("{read} is not a factor of energy."), N_("Choose a factor with module B6, per kWh or MWh.")
    ),
    "factor-not-transport": Kind(
        "error",
        N_("{read} is not a factor of transport per t·km."),
        N_("Choose one with `jalki factors search transport`."),
    ),
    "factor-module": Kind(
        "error",
        N_("{read} has rows of {module}, which no installed thing has."),
        N_("Enter it on the sheet {@Water and waste}; exported energy on the sheets {@Energy} and {@Heat}."),
    ),
    "factor-overlap": Kind(
        "error",
        N_("Rows of the factor {read} hold {module} twice."),
        N_("State each module and part of a factor once; a bundle holds what it names."),
    ),
    "reuse-bundle": Kind(
        "error",
        N_("{factor} does not part making from the rest, so that reuse cannot lower the making alone."),
        N_("Choose a factor with A1–A3 of its own, or lower the count."),
    ),
    "carrier-family": Kind(
        "error",
        N_("{read} is no fuel, it is of the family {family}."),
        N_("Choose the carrier electricity or district-heat, and give a factor beside it."),
    ),
    "losses-unknown": Kind(
        "gap",
        N_("The library has no grid losses for {read}; they are not included."),
        N_("Leave {@grid_connection} blank, or add the losses as an {@Energy} row of use power-losses."),
    ),
    "trajectory-unknown": Kind(
        "warning",
        N_("The library has no national trajectory for {read}; the grid is held constant."),
        N_("Choose constant."),
    ),
    "power-partial": Kind(
        "gap",
        N_("IT energy is derived from {@power_w}, but these lines state none: {read}."),
        N_("Fill in {@power_w} of all hardware, or enter the IT meter on the sheet {@Energy}."),
    ),
    "factor-without-c": Kind("error", N_("{read} has no rows for C1–C4."), N_("Choose an end-of-life factor.")),
    "factor-doubtful": Kind(
        "warning", N_("The factor {factor} is doubtful: {reason}"), N_("Replace it by a better one if you can.")
    ),
    "module-twice": Kind(
        "error",
        N_("{factor} holds module {module} already."),
        N_("Leave this column blank, or choose another factor."),
        "",
    ),
    "mass-missing": Kind("error", N_("{wanted} needs the mass of one unit."), N_("Fill in {@mass_kg}.")),
    "service-life": Kind(
        "error", N_("No service life is given, and the library has none for {factor}."), N_("Fill in {@service_life}.")
    ),
    "carrier-factor": Kind(
        "error", N_("{carrier} needs a factor."), N_("Fill in factor; search with `jalki factors search`.")
    ),
    "grid-missing": Kind(
        "error",
        N_("The library has no grid factor for {read}."),
        N_("Give each electricity row a factor of your own."),
        absent=True,
    ),
    "gas-unknown": Kind("error", N_("The gas {read} is not in the table of gases."), N_("Choose one of: {options}.")),
    "equipment-unknown": Kind(
        "error",
        N_("{read} is neither a kind of equipment nor the id of a {@Plant} line."),
        N_("Choose one of: {options}; or type the id of the line of {@Plant} that holds the charge."),
    ),
    "refrigerant-default": Kind(
        "error",
        N_("{wanted} is blank, and without a kind of equipment the library has no default for it."),
        N_("Fill in {wanted}, or say in {@equipment} what holds the charge."),
    ),
    "refrigerant-kind": Kind(
        "error",
        N_("{wanted} is blank, and {read} is no kind of equipment with a default for it."),
        N_("Fill in {wanted}, or name equipment that holds a charge: {options}, or its {@Plant} line."),
    ),
    "refrigerant-life": Kind(
        "error",
        N_("The charge has a service life of {read} a, but {equipment}, which holds it, is not replaced by its equal."),
        N_("Leave {@service_life} blank, or name what follows the charge in {@replaced_by}."),
    ),
    "refrigerant-ends": Kind(
        "gap",
        N_("The charge of {id} ends with {read}; {follower}, which follows it, has no row of its own."),
        N_("Add a row of {@Refrigerants} whose {@equipment} is {follower}."),
    ),
    "production-bundle": Kind(
        "error",
        N_("{read} holds the end of life in one bundle with the making, which every top-up would buy again."),
        N_("Choose a factor of A1-A3 alone; what is lost at the end is counted from the charge."),
    ),
    "production-biogenic": Kind(
        "error",
        N_("{read} takes up biogenic carbon, which a leaking charge gives back where no row counts it."),
        N_("Give the factor without its biogenic part."),
    ),
    "refrigerant-production": Kind(
        "gap",
        N_("Making the refrigerant of {id} is not included: {@production_factor} is blank."),
        N_("Name a factor (`jalki factors search refrigerant`), or exclude A1-A3 of refrigerants with a reason."),
    ),
    "factor-not-made": Kind(
        "error",
        N_("{read} has no row of A1-A3 per kilogram."),
        N_("Choose one with `jalki factors search refrigerant`."),
    ),
    "it-above-capacity": Kind(
        "warning",
        N_("The IT meters of {year} show {load} % of what the IT capacity gives in a year."),
        N_("Check the unit of the meters and of {@it_capacity}."),
    ),
    "load-against-meter": Kind(
        "warning",
        N_("{@it_load_percent} is {read}; the IT meters of {year} show a load of {load} %."),
        N_("Correct the load or the meters; the meters count."),
    ),
    "water-twice": Kind(
        "warning",
        N_("{id} takes a factor that holds waste water, and {other} counts waste water too."),
        N_("Take a factor of water supply alone for {id}, or drop {other}."),
    ),
    "charge-implausible": Kind(
        "warning",
        N_("{id} holds {read} kg for each kilowatt of {plant}; equipment holds 0.1 to 0.5 kg/kW."),
        N_("Check the charge and its unit against the name plate."),
    ),
    "screening-used": Kind(
        "warning",
        N_("{share} % of the footprint rests on screening values (location-based; {market} % market-based)."),
        N_("Replace them by an inventory before the result is used for more than a first look."),
    ),
    "screening-twice": Kind(
        "error",
        N_("{read} holds the whole site, {other} a part of it: together they count twice."),
        N_("Keep the row of the whole site, or those of building and plant."),
    ),
    "factor-not-water": Kind(
        "error",
        N_("{read} has no row of {modules}, which {kind} is counted in."),
        N_("Choose one with `jalki factors search {kind}`."),
    ),
    "cycle": Kind("error", N_("Processes feed each other: {processes}."), N_("Break the circle.")),
    "year-missing": Kind(
        "gap", N_("{id} has no amount for {year}."), N_("Add a row for this year, or one with blank {@year}.")
    ),
    "losses-missing": Kind(
        "gap",
        N_("Grid losses are not included: {@grid_connection} is blank."),
        N_("Write transmission or distribution on the sheet {@Study}."),
    ),
    "residual-missing": Kind(
        "gap",
        N_("No residual mix is known for {read}; uncontracted electricity is at the grid on the market basis too."),
        N_("Give a factor in {@residual_mix}, or contracts that cover everything."),
    ),
    "bases-differ": Kind(
        "gap",
        N_("{read} has no {part} part and the location grid has none to lend: the bases hold different parts."),
        N_("Use a factor with the same parts as the grid."),
    ),
    "contract-backwards": Kind(
        "error", N_("The contract ends ({read}) before it begins ({first})."), N_("Mend its first or its last year.")
    ),
    "contract-short": Kind(
        "warning",
        N_("The contract on the heat ends in {read}, but the heat is delivered and claimed until {last}."),
        N_("Give the rows of {@Heat} the years that are agreed, or type in {@contract_to} the year agreed."),
    ),
    "contract-outside": Kind(
        "warning",
        N_("Contract {id} is valid {read}, outside the period {first}–{last}; it covers nothing."),
        N_("Check its years."),
    ),
    "contract-not-cancelled": Kind(
        "warning",
        N_("The certificates of contract {id} are not cancelled; it covers nothing."),
        N_("Cancel them and write yes; until then the consumption is at the residual mix."),
    ),
    "factor-of-other-energy": Kind(
        "error",
        N_("{read} is a factor of {family}, not of electricity."),
        N_("Choose a factor of electricity generation or of a grid."),
    ),
    "contract-surplus": Kind(
        "warning",
        N_("Contract {id} holds {read} MWh more than it can cover in {year}; the surplus counts for nothing."),
        N_("Lower amount or share, or cover more consumption; matched by the hour a surplus is usual, and stays."),
    ),
    "onsite-surplus": Kind(
        "warning",
        N_("On-site electricity makes {read} kWh more in {year} than is used when it is made; they count for nothing."),
        N_("Enter what leaves the site as exported-electricity."),
    ),
    "displaced-self": Kind(
        "gap",
        N_("The displaced factor of {id} includes this heat; D2 is not computed."),
        N_("Use a factor of the network without this heat."),
    ),
    "saved-cooling-metered": Kind(
        "error",
        N_("Cooling is metered: the saving is in the meter already."),
        N_("Leave {@saved_cooling} blank."),
    ),
    "coverage-missing": Kind(
        "gap",
        N_("{module} of {section} is asked for, but has neither rows nor an exclusion."),
        N_("Add rows, or say why it is left out on the sheet {@Exclusions}."),
    ),
    "coverage-share": Kind(
        "gap",
        N_("Only {read} % of {section} (by A1–A3) has {module}."),
        N_("Complete the lines, or say why not on the sheet {@Exclusions}."),
    ),
    "it-energy-missing": Kind(
        "gap",
        N_("Nothing tells the IT energy of {year}."),
        N_("Add an {@Energy} row of use it, {@power_w} of the hardware, or {@it_load_percent}."),
    ),
    "intensity-missing": Kind(
        "warning",
        N_("Blank for {year}: no footprint per {unit} is told."),
        N_("Fill it in for every year of the period; 0 is a number too."),
    ),
    "gpu-hour-implausible": Kind(
        "warning",
        N_("IT hardware carries {read} kg CO2e in a GPU-hour; more than {limit} is likely a slip of the decimal."),
        N_("Check the count and factors of {@Hardware}, and that {@service_amount} counts the GPU-hours of a year."),
    ),
    "power-against-meter": Kind(
        "warning",
        N_("Hardware draws {read} MWh in {year}, the IT meter says {meter} MWh."),
        N_("Check {@power_w} and the meter; they should agree within 30 %."),
    ),
    "pue-high": Kind(
        "warning",
        N_("In {year} the facility takes {read} times the electricity of its IT (PUE)."),
        N_("Check the units of the meters; {usual} is the average that data centres reported in the European Union."),
    ),
    "heat-above-energy": Kind(
        "error",
        N_("More heat leaves in {year} than energy enters: {read} MWh."),
        N_("Check the {@Heat} row and its unit."),
    ),
    "certificate-twice": Kind(
        "error",
        N_("Contracts {first} and {read} rest on the same certificates in {years}: {evidence}."),
        N_("A certificate counts once: keep one row, or name in {@evidence} which certificates are of which."),
    ),
    "evidence-twice": Kind(
        "warning",
        N_("Contracts {first} and {read} have one source and one evidence in {years}, each an amount: {evidence}."),
        N_("If both rows are of one delivery, keep one; else name in {@evidence} what tells them apart."),
    ),
    "certificate-cancelled": Kind(
        "warning",
        N_("Nothing says whether the certificates of contract {id} are cancelled; they are taken as cancelled."),
        N_("Choose yes or no in {@cancelled}; certificates that are not cancelled cover nothing."),
    ),
    "zone-elsewhere": Kind(
        "warning",
        N_("Contract {id} is of bidding zone {read}, the facility in {country}; whether power flows is not checked."),
        N_("Say in {@note} why it counts: a certificate may come from another zone, a delivery by the hour hardly."),
    ),
    "zones-several": Kind(
        "warning",
        N_("Contract {id} is of bidding zone {read}, another of {first}; where the facility lies is not checked."),
        N_("Say in {@note} why both count."),
    ),
    "profiles-of-two-years": Kind(
        "warning",
        N_("{file} is of {year}, {first} of {other}: hours are matched whose weekdays and weather do not agree."),
        N_("Use files of one year."),
    ),
    "fill-unused": Kind(
        "warning",
        N_("{@it_load_percent} gives the IT load of {years}; {column} is not used."),
        N_("Clear one of them."),
    ),
    "it-peak-above-capacity": Kind(
        "warning",
        N_("In {year} the IT load rises to {read} kW by its profile, above the IT capacity of {capacity} kW."),
        N_("Check the profile, the amount it goes with and {@it_capacity}."),
    ),
    "boundary-extended": Kind(
        "warning",
        N_("{module} is outside the boundary, but rows are typed in it; they count."),
        N_("Add {module} to {@boundary}."),
    ),
    "sunk": Kind(
        "warning",
        N_("{id} was bought before the start year: under whole replacement the set in place is not counted."),
        N_("Choose pro-rata to count the part of its life inside the period."),
    ),
    "share-outside": Kind(
        "warning", N_("{read} % of {id} is outside the study."), N_("Nothing to do; it is said in the report.")
    ),
    "gas-replaced": Kind(
        "warning",
        N_("{gas} has no value in {chosen}; its AR6 value is used."),
        N_("Nothing to do; it is said in the report."),
    ),
}
"""Kinds of problems by code."""
