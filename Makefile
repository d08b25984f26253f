.DEFAULT_GOAL := help
.PHONY: help run styleguide demo test test-all faults poolers fuzz scan bench lighthouse screens check format static lock clean messages

PIP := .venv/bin/pip --disable-pip-version-check --quiet
PYTHON ?= python3

help:  ## say what can be done here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/run static  ## serve the app on HOST and PORT (127.0.0.1:8000)
	@.venv/bin/quiz upgrade
	@.venv/bin/quiz run

styleguide: .venv/run static  ## serve the app in debug mode: the design on one page, at /styleguide
	@.venv/bin/quiz upgrade
	@FLASK_DEBUG=1 .venv/bin/quiz run

demo: .venv/run static  ## fill and serve a class of 28 that nobody sat in
	@.venv/bin/quiz demo

test: .venv/dev static  ## run all tests that this machine has the programs for
	@.venv/bin/pytest -n auto --dist worksteal

test-all: .venv/dev static  ## run all tests; fail where Chromium, nginx, PgBouncer or Redis is missing
	@REQUIRE_TOOLS=1 .venv/bin/pytest -n auto --dist worksteal

faults: .venv/dev static  ## kill it, stop its database, fill its disk, crowd it: what was confirmed stays (long)
	@KILLS=200 LEARNERS=200 SECONDS=120 FOREIGN=20 .venv/bin/pytest -o faulthandler_timeout=0 \
		tests/faults tests/browser/test_foreign.py -s

poolers: .venv/dev static  ## answer for a minute behind PgBouncer in transaction mode
	@SECONDS=60 REQUIRE_TOOLS=1 .venv/bin/pytest -o faulthandler_timeout=0 tests/faults/test_poolers.py -s

fuzz: .venv/dev static  ## send more than 10,000 odd requests to every route, on both databases (long)
	@FUZZ_EACH=30 FUZZ_SEED=$${FUZZ_SEED:-$$(date +%s)} .venv/bin/pytest -o faulthandler_timeout=0 tests/fuzz -s

scan: .venv/dev static .venv-scan/bin/wapiti  ## let a scanner at it from outside, signed in as a teacher (long)
	@.venv/bin/python -m bench.scan .venv-scan/bin/wapiti

bench: .venv/dev static  ## how fast it is beside the least that Flask does, side by side (long)
	@.venv/bin/python -W ignore -m bench.speed

lighthouse: .venv/dev static .venv-lighthouse/node_modules/.bin/lighthouse  ## what Lighthouse says of four pages, and what they weigh
	@.venv/bin/python -W ignore -m bench.lighthouse .venv-lighthouse/node_modules/.bin/lighthouse

screens: .venv/dev static  ## pictures of every page and state, at each width, light and dark, in build/screens
	@.venv/bin/python -W ignore -m bench.screens $(SCREENS)

check: .venv/dev  ## format, lint, types, imports, templates, content and its language
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/djlint templates --quiet --lint
	@.venv/bin/quiz check --language

format: .venv/dev  ## put code in form
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

messages: .venv/run  ## gather all that is said on pages into translations/messages.pot
	@mkdir -p translations
	@.venv/bin/pybabel --quiet extract

static: .venv/run  ## pack static files for the network
	@.venv/bin/python -m whitenoise.compress --quiet static

lock: ## renew both locks; needs uv
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml \
		--extra postgres --extra redis --group build --upgrade -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml \
		--extra postgres --extra redis --group build --group dev -c requirements.lock -o requirements-dev.lock

clean:  ## take away what was built; keeps instance/
	rm -rf build .venv .venv-scan .venv-lighthouse .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find static -name '*.gz' -delete -o -name '*.br' -delete

.venv-scan/bin/wapiti:
	@echo "Installing the scanner into .venv-scan"
	@$(PYTHON) -m venv .venv-scan
	@.venv-scan/bin/pip --disable-pip-version-check --quiet install wapiti3==3.2.3

.venv-lighthouse/node_modules/.bin/lighthouse:
	@echo "Installing Lighthouse into .venv-lighthouse"
	@npm install --silent --no-audit --no-fund --no-package-lock --prefix .venv-lighthouse lighthouse@12.8.2

.venv/run: requirements.lock pyproject.toml
	@echo "Installing what the app needs into .venv"
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/run requirements-dev.lock
	@echo "Installing what tests and checks need into .venv"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
