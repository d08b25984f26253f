"""Cells that spreadsheets take for text, whatever a pupil calls themselves."""

DANGEROUS = tuple("=+-@\t\r")
"""First characters after which a spreadsheet may run what a cell holds."""


def disarmed(cell: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could take it for a formula."""
    return f"'{cell}" if cell.lstrip().startswith(DANGEROUS) or cell.startswith(DANGEROUS) else cell
