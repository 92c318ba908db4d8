# Two commands for a newcomer: `make demo` and `make test`. `make check` is what the gate runs. `make
# endurance` takes hours: it tries many new examples of what the gate tries a few of, always the same.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Without bytecode every process that a test starts would compile the program and pandas anew.
unexport PYTHONDONTWRITEBYTECODE

# A worker for each core and one more; one that runs out of tests takes some of another's, from the end, so that what a
# module's tests share is seldom made twice.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist worksteal --durations 15

.PHONY: demo test check bench endurance samples windows-zip clean

demo: $(VENV)/.installed
	$(BIN)/uppsikt demo demo

test: $(VENV)/.installed-test
	$(PYTEST)

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(PYTEST)

# What is random is chosen anew each time; a failure says how to make it again. Every tool here takes its
# time and ends with 1 where something is wrong, and --keep-going runs the others all the same:
#   endurance-tests   the tests, with many examples by hypothesis and many seeds
#   endurance-fuzz    damaged workbooks beside a good one
#   endurance-worst   the files that cost the most, each within ten seconds and a gigabyte
#   endurance-kills   runs that are killed at any moment
#   endurance-mail    mail sent by runs that are killed, refused and cut off at any step
#   endurance-posts   the commands that mail and fetch, killed at any moment
# A new tool, as one that goes through sequences of commands against a model, is a target in this list.
ENDURANCE := endurance-tests endurance-fuzz endurance-worst endurance-kills endurance-mail \
             endurance-posts
SEED := $(shell date +%s)

.PHONY: $(ENDURANCE)

endurance:
	$(MAKE) --keep-going $(ENDURANCE)

endurance-tests: $(VENV)/.installed-test
	UPPSIKT_ENDURANCE=1 $(PYTEST) --override-ini faulthandler_timeout=0

endurance-fuzz: $(VENV)/.installed-test
	$(BIN)/python -m tests.corpus.fuzz 10000 --seed $(SEED)

endurance-worst: $(VENV)/.installed-test
	$(BIN)/python -m tests.corpus.worst

endurance-kills: $(VENV)/.installed-test
	$(BIN)/python -m tests.corpus.kills 300 --seed $(SEED)

endurance-mail: $(VENV)/.installed-test
	$(BIN)/python -m tests.mail.kills 300 --seed $(SEED)

endurance-posts: $(VENV)/.installed-test
	$(BIN)/python -m tests.mail.command_kills 100 --seed $(SEED)

# Each part of the program beside what else would do the same, on data from a seed; a quarter of an hour.
bench: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks

# The committed samples, ready-made workbooks and the pictures of README and the handbook, made anew.
samples: $(VENV)/.installed-dev
	$(BIN)/python -m samples.build
	$(BIN)/python -m docs.pictures

# What people on Windows install from: dist/uppsikt-<version>-windows.zip. It fetches some 200 MB.
windows-zip: $(VENV)/.installed-windows
	$(BIN)/python -m windows.build

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.installed-test: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

$(VENV)/.installed-bench: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	touch $@

$(VENV)/.installed-windows: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[windows]'
	touch $@

clean:
	rm -rf $(VENV) demo build dist .mypy_cache .pytest_cache .ruff_cache
