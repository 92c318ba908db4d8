"""Mail: drafts to open and send from Outlook."""
