# Needs Python >= 3.11 and make. Everything else is set up in .venv.
PYTHON ?= python3
BIN := .venv/bin
SETUP := .venv/.set-up

.PHONY: demo test quick test-system lint format clean

demo: $(SETUP)            ## run the founding review from its protocol, offline
	$(BIN)/review run protocols/healthy-communities.yaml
	@echo "The report: $(CURDIR)/reports/healthy-communities/report.html"

test: $(SETUP) lint       ## all checks
	$(BIN)/python -m pytest -n auto --dist worksteal

quick: $(SETUP)           ## the tests that take no time
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not slow and not system"

lint: $(SETUP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(SETUP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test-system:              ## system packages that only tests need
	@missing=""; \
	command -v tmux >/dev/null || missing="$$missing tmux"; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	command -v git >/dev/null || missing="$$missing git"; \
	if [ -n "$$missing" ]; then \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	fi

$(SETUP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=…"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	$(BIN)/python -m compileall -q review  # for where a start may not write what it compiled
	@touch $(SETUP)

clean:
	rm -rf .venv .review .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
