# Two commands: `make demo` builds an edition of the sample article, `make test` runs the suite.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test samples bench lint types check clean

demo: $(STAMP)
	$(BIN)/bilingual build docs/samples/yemen-2216.txt --glossary glossary --out outputs

test: $(STAMP)
	$(BIN)/python -m pytest

# The collection in outputs/, with everything it is published as.
samples: $(STAMP)
	$(BIN)/bilingual build docs/samples --glossary glossary --out outputs
	$(BIN)/bilingual publish outputs --to html,epub,pdf

bench: $(STAMP)
	$(BIN)/python -m benchmarks

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

check: lint types test

# uv reads the overrides in pyproject.toml that keep torch, stanza and spacy out.
$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV)
