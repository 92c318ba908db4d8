"""From a plan workbook, through filled-in forms, to the Word report a committee decides on."""

__version__ = "0.1.0"
