# Two commands: `make demo` builds an edition of the sample article, `make test` runs the suite.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev

.PHONY: demo test samples bench lint types check clean

demo: $(STAMP)
	$(BIN)/bilingual build docs/samples/yemen-2216.txt --glossary glossary --out outputs

test: $(DEV_STAMP)
	$(BIN)/python -m pytest -n 2 --dist loadfile

# The collection in outputs/, with everything it is published as.
samples: $(DEV_STAMP)
	$(BIN)/bilingual build docs/samples --glossary glossary --out outputs
	$(BIN)/bilingual publish outputs --to html,epub,pdf

bench: $(DEV_STAMP)
	$(BIN)/python -m benchmarks

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV_STAMP)
	$(BIN)/mypy

check: lint types test

# uv reads the overrides in pyproject.toml that keep torch, stanza and spacy out.
UV_INSTALL = $(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt

$(BIN)/uv: constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv
	touch $@

$(STAMP): pyproject.toml constraints.txt $(BIN)/uv
	$(UV_INSTALL) --editable .
	touch $@

$(DEV_STAMP): $(STAMP)
	$(UV_INSTALL) --editable '.[dev]'
	touch $@

include training/starter.mk

clean:
	rm -rf $(VENV)
