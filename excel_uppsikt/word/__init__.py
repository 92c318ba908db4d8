"""Word documents without domain: pieces, lists, fields, charts, pages, accessibility, clean copies."""
