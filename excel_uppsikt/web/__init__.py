"""The coordinator's page: the steps of a round in a browser, on the coordinator's own computer."""
