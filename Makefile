# make help lists what can be done. Only setup and lock need a network.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := $(VENV)/packages.stamp
PROJECT := $(VENV)/project.stamp
COMPILED := $(patsubst %.po,%.mo,$(wildcard resources/locale/*/LC_MESSAGES/*.po))
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
OFFSCREEN := QT_QPA_PLATFORM=offscreen

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test check bench pictures translations lock clean python system FORCE

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 22

# The bytecode is written here, so that the first start is as fast as the second even where Python may not write it.
setup: $(PROJECT) $(COMPILED) ## make .venv with everything in it, and leave .venv/bin/ivigdesk
	@$(BIN)/python -m compileall -q ivigdesk

run: setup ## make a practice ward, print its sheets, open the window
	@$(BIN)/ivigdesk demo

test: check ## check, then every test
	@echo "Tests"
	@$(OFFSCREEN) $(BIN)/python -m pytest -n auto tests/scheduling --cov=ivigdesk.scheduling --cov-branch --cov-fail-under=100
	@$(OFFSCREEN) $(BIN)/python -m pytest -n auto --dist worksteal --ignore=tests/scheduling

check: setup ## style, types, layers and translations
	@echo "Style"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@echo "Types"
	@$(BIN)/mypy --no-error-summary
	@echo "Layers"
	@$(BIN)/lint-imports --no-cache --no-logo >$(VENV)/layers.txt || { cat $(VENV)/layers.txt; exit 1; }
	@echo "Translations"
	@$(BIN)/python tools/translations.py check

bench: setup ## measure speed, as ratios within one run
	@$(OFFSCREEN) $(BIN)/python -m tests.bench

pictures: setup ## draw every page in both languages into build/pictures
	@$(OFFSCREEN) $(BIN)/python -m tests.pictures

translations: setup ## collect new texts into the catalogues and compile them
	@$(BIN)/python tools/translations.py update

# make lock UPGRADE=--upgrade takes newer versions; without it, only what pyproject.toml asks for changes.
LOCK = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links $(UPGRADE)
lock: setup ## resolve the requirements anew and write them down with their hashes
	@$(LOCK) --group pyproject.toml:build --output-file requirements/run.txt
	@$(LOCK) --group pyproject.toml:dev --output-file requirements/dev.txt

clean: ## remove everything that was made here
	@rm -rf $(VENV) build dist .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@rm -f $(COMPILED)
	@find ivigdesk tests tools -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# A .venv knows its own path: one that came along with a copied or moved checkout is made anew.
ifneq ($(shell cat $(VENV)/made-for 2>/dev/null),$(CURDIR))
$(PACKAGES): FORCE
endif

$(PACKAGES): requirements/dev.txt | system
	@if [ "$$(cat $(VENV)/made-for 2>/dev/null)" != "$(CURDIR)" ] || ! $(BIN)/python -c '' 2>/dev/null; then \
		echo "Making $(VENV)" && $(PYTHON) -m venv --clear $(VENV); fi
	@echo "Installing the locked requirements"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@echo "$(CURDIR)" >$(VENV)/made-for
	@touch $@

$(PROJECT): pyproject.toml hatch_build.py $(PACKAGES)
	@echo "Installing ivigdesk from this checkout"
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(COMPILED): %.mo: %.po | $(PROJECT)
	@echo "Compiling the catalogues"
	@$(BIN)/python hatch_build.py

system: | python
	@PYTHON="$(PYTHON)" sh tools/system-libraries

python:
	@command -v $(PYTHON) >/dev/null && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "ivigdesk needs Python 3.11 or newer; name one with PYTHON, as in: make setup PYTHON=python3.11" >&2; \
		exit 1; }
