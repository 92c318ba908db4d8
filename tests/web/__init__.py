"""The page: by requests made by hand, and by a browser where there is one."""
