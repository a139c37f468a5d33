# make run and make test need nothing but Python 3.11+ and make. Samples bear their publication dates in their names.
PYTHON ?= python3
CORPORA ?= ../shared/corpora
BIN := .venv/bin
SAMPLE := examples/ukraine-2022
PORT ?= 8080
MINUTES ?= 4

.PHONY: setup browser run test check eval bench bench-others soak train fuzz licences sbom audit web screenshots clean

FUZZ_SECONDS ?= 600
READERS := html feed warc jsonl any encodings dates numbers parquet

setup: .venv/ready

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -e '.[dev]'
	touch $@

# The tests of the pages drive Debian's browser; whoever is not root installs it beforehand.
browser:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq \
	  && apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core >/dev/null; } \
	  || { echo "The tests of the pages need chromium: apt-get install chromium"; exit 1; }

run: setup
	@for report in examples/*.txt; do \
	  echo "== $$report"; \
	  $(BIN)/brink brief $$report --published $$(basename $$report | cut -c1-10) || exit 1; echo; \
	done
	@mkdir -p build
	$(BIN)/brink read $(SAMPLE) --db build/sample.sqlite --crisis $(SAMPLE)/crisis.toml
	$(BIN)/brink brief --db build/sample.sqlite --crisis $(SAMPLE)/crisis.toml --as-of 2022-02-17
	$(BIN)/brink serve --db build/sample.sqlite --crisis $(SAMPLE)/crisis.toml --as-of 2022-02-24 --port $(PORT)

test: setup browser
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: setup
	$(BIN)/python eval/run.py $(CORPORA)

# What a user's machine has: the package with all extras but dev's, in a place of its own.
build/user/ready: pyproject.toml
	$(PYTHON) -m venv --clear build/user
	build/user/bin/python -m pip install --quiet --upgrade pip
	build/user/bin/python -m pip install --quiet '.[postgres,bulk,ray,stores]'
	touch $@

build/tools/ready: Makefile
	$(PYTHON) -m venv --clear build/tools
	build/tools/bin/python -m pip install --quiet 'cyclonedx-bom>=7' 'pip-audit>=2.7' packaging
	touch $@

# Each reader for FUZZ_SECONDS; the first input that breaks one ends it, and lies in build/fuzz/READER/.
fuzz: setup
	$(PYTHON) -m venv build/fuzz/venv
	build/fuzz/venv/bin/python -m pip install --quiet -e '.[bulk]' 'atheris>=3.0'
	for reader in $(READERS); do build/fuzz/venv/bin/python trust/fuzz.py $$reader --seconds $(FUZZ_SECONDS) || exit 1; done

licences: build/user/ready
	build/user/bin/python -m pip install --quiet packaging
	build/user/bin/python trust/licences.py

sbom: build/user/ready build/tools/ready
	build/tools/bin/cyclonedx-py environment --pyproject pyproject.toml --mc-type library --output-reproducible --of JSON \
	  -o build/sbom.json build/user/bin/python

audit: build/user/ready build/tools/ready
	build/user/bin/python -m pip freeze --exclude brink-monitor > build/user/requirements.txt
	build/tools/bin/pip-audit --strict --progress-spinner off --no-deps --disable-pip -r build/user/requirements.txt

bench: setup
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/ledger.py --memory 50000
	$(BIN)/python benchmarks/simulation.py

# Watches 200 local feeds for MINUTES and a minute more to drain; MINUTES=120 is the long form. docs/reliability.md.
soak: setup
	$(BIN)/python benchmarks/soak.py --minutes $(MINUTES)

# Beside other coders and beside fp32: torch, transformers, spaCy and onnx live in a place of their own.
build/bench/ready: benchmarks/requirements.txt
	$(PYTHON) -m venv --clear build/bench
	build/bench/bin/python -m pip install --quiet --upgrade pip
	build/bench/bin/python -m pip install --quiet -r benchmarks/requirements.txt -e '.[bulk]'
	touch $@

bench-others: build/bench/ready
	build/bench/bin/python benchmarks/precision.py
	build/bench/bin/python benchmarks/others.py

# Retrains and exports the model; CLEAN=1 uses openly licensed and own sets only.
train:
	$(MAKE) -C train CORPORA=$(abspath $(CORPORA)) CLEAN=$(CLEAN)

# Builds the map anew (Node 20 and npm); what it builds is kept in src/brink/serve/static/map.
web:
	cd web && npm ci && npm run build

# Pictures of every page of the sample crisis into docs/screenshots.
screenshots: setup browser
	@mkdir -p build
	$(BIN)/brink read $(SAMPLE) --db build/sample.sqlite --crisis $(SAMPLE)/crisis.toml
	$(BIN)/python docs/screenshots.py build/sample.sqlite $(SAMPLE)/crisis.toml 2022-02-17

clean:
	rm -rf .venv dist build
