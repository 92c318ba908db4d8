"""One module for each format of workbook, that goes the whole way from a file's bytes to a `Workbook`."""
