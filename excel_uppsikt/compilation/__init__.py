"""The compilation: rows merged into activities, the edits kept, ut/sammanstallning.xlsx written and read."""
