"""The inbox: received files, workbooks, sheets and rows read into entries, nothing lost."""
