# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)

.DELETE_ON_ERROR:  # a .venv that could not get its pip is no .venv
.PHONY: help install dev pywb demo serve test check bench campaign lock clean

help:
	@echo 'make demo      the whole job on the bundled sample sites, without network'
	@echo 'make serve     search in a browser what `make demo` archived'
	@echo 'make install   .venv with $(BIN)/qarchive'
	@echo 'make test      the tests          make check     lint and types'
	@echo 'make bench     CPU and memory     make lock      pin the dependencies anew'

install: .venv/installed
dev: .venv/installed-dev

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'qarchive needs Python 3.11 or newer: make PYTHON=/path/to/python3'; exit 1; }
ifdef UV
	uv venv --quiet --python $(PYTHON) .venv
else
	$(PYTHON) -m venv .venv
endif

.venv/installed: requirements.txt pyproject.toml | .venv/bin/python
	@echo 'Installing into .venv ...'
ifdef UV
	uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.txt
	uv pip install --quiet --python $(BIN)/python --no-deps -e .
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
# Setuptools warns of editable installations, whatever stands in the folder.
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
endif
	@$(BIN)/python -m compileall -q scraper pipelines exports  # some machines never write bytecode
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@echo 'Installing the development tools into .venv ...'
ifdef UV
	uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.txt
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
endif
	@touch $@

# pywb needs old versions of what others need new; the tests that replay run it from here.
pywb: .venv-pywb/installed

.venv-pywb/installed: requirements-pywb.txt
ifdef UV
	uv venv --quiet --clear --python $(PYTHON) .venv-pywb
	uv pip install --quiet --compile-bytecode --python .venv-pywb/bin/python --require-hashes -r requirements-pywb.txt
else
	$(PYTHON) -m venv --clear .venv-pywb
	.venv-pywb/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-pywb.txt
endif
	@touch $@

demo: install
	@$(BIN)/qarchive demo

serve: install
	@test -e demo/archive.db || { echo 'There is no demo/ yet: run make demo first.'; exit 1; }
	@$(BIN)/qarchive serve --archive demo

test: dev
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto  # its rewriting of the asserts is kept

check: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: dev
	$(BIN)/python -m tests.bench

campaign: dev
	$(BIN)/python -m pytest -m campaign

lock:
	uv lock --quiet --upgrade
	uv export --quiet --format requirements-txt --no-emit-project --no-header --no-annotate > requirements.txt
	uv export --quiet --format requirements-txt --no-emit-project --no-header --no-annotate --extra dev > requirements-dev.txt
	printf 'pywb>=2.10,<3\nsetuptools<81\n' | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --no-header --no-emit-index-url - > requirements-pywb.txt

clean:
	rm -rf .venv .venv-pywb demo build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
