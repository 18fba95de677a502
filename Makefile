# `make help` lists what there is. Everything is installed into .venv; data is kept in var/.

PORT ?= 8000
DB ?= sqlite
ARGS ?=
# The first that runs and is new enough: a version manager may list interpreters that do not run.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$python; exit; fi; done; echo python3)
BIN := .venv/bin
TEMPLATES := $(wildcard templates/*.html templates/*/*.html templates/*/*/*.html templates/*/*/*/*.html)
PRODUCTION := env -u CALCQUIZ_DEBUG CALCQUIZ_HTTPS=1 CALCQUIZ_SECRET_KEY=9f2b7c41d8e05a63-only-to-check-settings-7d1e84c6f03b52a9
WITH_sqlite := env -u CALCQUIZ_DATABASE_URL
WITH_postgres := $(BIN)/python scripts/postgres.py

LOCK := uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-header

.DEFAULT_GOAL := help
.PHONY: help run test check format bench pictures lock clean environment tools

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: environment ## the site with its first deck and demo people, on port 8000 (PORT=8001)
	@exec $(BIN)/python scripts/serve.py --port $(PORT)

test: tools ## every test, browser included (DB=postgres; ARGS="tests/core -k fuzz")
	@$(BIN)/python scripts/browser.py
	@$(or $(WITH_$(DB)),$(error DB is sqlite or postgres, not $(DB))) $(BIN)/python -m pytest -n 2 $(ARGS)

check: tools ## formatter, linter, types, map of imports, Django's checks, missing migrations
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/djade --target-version 5.2 --check $(TEMPLATES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(PRODUCTION) $(BIN)/python manage.py makemigrations --check --dry-run

format: tools ## rewrites code and templates in the project's format
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format
	$(BIN)/djade --target-version 5.2 $(TEMPLATES)

bench: tools ## the speed of answering, drawing, queueing and importing; experiments on memory
	@$(BIN)/python -m bench $(ARGS)

pictures: tools ## the pictures of the README, taken anew
	@$(BIN)/python scripts/browser.py
	@$(BIN)/python scripts/pictures.py

lock: ## with uv: the newest packages that requirements*.in allow, one version for all Pythons
	$(LOCK) requirements.in -o requirements.lock
	$(LOCK) -c requirements.lock requirements-dev.in -o requirements-dev.lock

clean: ## removes what can be made again; keeps the data in var/
	rm -rf .venv .ruff_cache .mypy_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov test-results var/static
	find . -name __pycache__ -prune -exec rm -rf {} +

environment:
	@$(PYTHON) scripts/bootstrap.py

tools:
	@$(PYTHON) scripts/bootstrap.py --dev
