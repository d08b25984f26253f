"""Tables as files that spreadsheets read: texts stay texts, whatever a pupil calls themselves."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

from xlsxwriter import Workbook

from quiz.core.spreadsheet import disarmed
from quiz.services.exporting import Table

LONGEST_SHEET = 31
"""Characters of a sheet's name, at most."""


def written(table: Table) -> str:
    """A table as CSV, its texts disarmed."""
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerow(table.heads)
    for row in table.rows:
        writer.writerow([disarmed(cell) if isinstance(cell, str) else cell for cell in row])
    return stream.getvalue()


def workbook(tables: Sequence[Table]) -> bytes:
    """Tables as the sheets of a workbook. Texts stay texts: nothing is taken for a formula or a link."""
    stream = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(stream, {"in_memory": True} | options) as book:
        bold = book.add_format({"bold": True})
        for table in tables:
            sheet = book.add_worksheet(table.name[:LONGEST_SHEET])
            sheet.write_row(0, 0, table.heads, bold)
            for number, row in enumerate(table.rows, start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(number, column, cell)
                    elif cell is not None:
                        sheet.write_number(number, column, cell)
            sheet.freeze_panes(1, 1)
            sheet.autofit()
    return stream.getvalue()
