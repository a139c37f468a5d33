# make run and make test need nothing but Python 3.11+ and make. Samples bear their publication dates in their names.
PYTHON ?= python3
CORPORA ?= ../shared/corpora
BIN := .venv/bin

.PHONY: setup run test check eval bench train clean

setup: .venv/ready

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -e '.[dev]'
	touch $@

run: setup
	@for report in examples/*.txt; do \
	  echo "== $$report"; \
	  $(BIN)/brink brief $$report --published $$(basename $$report | cut -c1-10) || exit 1; echo; \
	done

test: setup
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: setup
	$(BIN)/python eval/run.py $(CORPORA)

bench: setup
	$(BIN)/python eval/speed.py

# Retrains and exports the model; CLEAN=1 uses openly licensed and own sets only.
train:
	$(MAKE) -C train CORPORA=$(abspath $(CORPORA)) CLEAN=$(CLEAN)

clean:
	rm -rf .venv dist build
