# Two commands do it all on a machine with Python 3.11 or newer and make: `make run` and `make test`.
.DEFAULT_GOAL := run
.DELETE_ON_ERROR:
SHELL := /bin/sh

PYTHON ?= $(shell for it in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$it -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$it && break; done)
BIN := .venv/bin
WORKSHOP ?= examples/naerdemokrati.md
ARGS ?=

.PHONY: run serve test check lint javascript-lint types browser-tests python-tests pure-tests javascript-tests soak bench reference \
	screenshots messages format needs clean sbom dist check-deps

run: .venv/run-ready
	$(BIN)/innspill run $(WORKSHOP) $(ARGS)

serve: .venv/run-ready
	$(BIN)/innspill serve $(ARGS)

test: needs lint types javascript-tests browser-tests python-tests

# For the hand, between two changes: what can be said in a minute, of what needs no server, no browser and no PDF.
check: lint types javascript-tests pure-tests

lint: .venv/test-ready javascript-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-logo

javascript-lint: node_modules/.ready
	node_modules/.bin/biome lint --error-on-warnings
	node_modules/.bin/tsc

types: .venv/test-ready
	$(BIN)/mypy

# Three at a time on two processors: 296 s on a busy machine where two took 443.
browser-tests: .venv/test-ready
	$(BIN)/python -m pytest -q -n 3 --dist worksteal tests/browser $(ARGS)

# Three at a time on two processors, because many tests wait for servers. What is counted, and where that is not worth its
# price, tests/conftest.py says. The old figures go first: coverage adds up what it finds.
python-tests: .venv/test-ready
	@rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest -q -n 3 --dist worksteal --ignore tests/browser $(ARGS)
	@$(BIN)/coverage combine -q
	$(BIN)/coverage report

PURE := text workshop activities room rules views public_page exports i18n rehearsal test_house.py

pure-tests: .venv/test-ready
	$(BIN)/python -m pytest -q -n 2 --dist worksteal -k "not pdf and not zip and not office" \
		$(wildcard $(addprefix tests/,$(PURE))) $(ARGS)

javascript-tests:
	node --test $$(find tests/js -name '*.test.js')

# The whole seminar with the talk at its real length, what else takes minutes, and the browser tests on a slow machine.
soak: needs .venv/test-ready
	$(BIN)/python -m pytest -q -m soak --timeout 1800 $(ARGS)
	SLOW=6 $(BIN)/python -m pytest -q -n 2 --timeout 1800 tests/browser $(ARGS)
	$(BIN)/python -m pytest -q -n 2 -m "hypothesis and not soak" --hypothesis-profile explore --timeout 1800 $(ARGS)

bench: .venv/test-ready
	$(BIN)/python -m bench.seminar $(ARGS)
	$(BIN)/python -m bench.crowd
	$(BIN)/python -m bench.faces
	$(BIN)/python -m bench.drawn
	$(BIN)/python -m bench.moving
	$(BIN)/python -m bench.export
	$(BIN)/python -m bench.gathering
	$(BIN)/python -m bench.labelled

# The tables of docs/reference as the code has them now; sentences are kept.
reference: .venv/test-ready
	$(BIN)/python -m tests.reference
	$(BIN)/python -m tests.package_diagram

# A bill of materials in CycloneDX: what `make run` has installed, for those who watch for known holes.
sbom: .venv/run-ready
	@mkdir -p dist
	$(BIN)/python -m live.sbom > dist/sbom.json

# The wheel, the source distribution and the bill of materials, for a release (docs/releasing.md).
dist: sbom
	@$(BIN)/pip install -q -U 'pip>=25.1' && $(BIN)/pip install -q --group release
	$(BIN)/python -m build --outdir dist .

# What is imported is declared, what is declared is imported, and nothing installed has a known hole. Asks the index.
check-deps: .venv/test-ready
	@$(BIN)/pip install -q -U 'pip>=25.1' && $(BIN)/pip install -q --group audit
	$(BIN)/deptry live
	$(BIN)/pip-audit --strict --skip-editable

screenshots: needs .venv/test-ready
	$(BIN)/python -m tests.browser.screenshots $(ARGS)

# The .mo files are kept in git, so that installing needs no tool; a test says when one is older than its .po. msgfmt and
# not pybabel, which writes the day into each, so that all change with one.
messages: needs
	@for po in live/locale/*/LC_MESSAGES/*.po; do msgfmt -o $${po%.po}.mo $$po || exit 1; done

format: .venv/test-ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .venv node_modules .mypy_cache .ruff_cache .import_linter_cache .pytest_cache .hypothesis .coverage .coverage.* build dist screenshots

# -- the ground ---------------------------------------------------------------------------------------------------

# Debian keeps what `venv` needs in a package of its own.
.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "Innspill needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -m venv .venv || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
		&& apt-get update -qq && apt-get install -qq -y --no-install-recommends python3-venv && $(PYTHON) -m venv .venv; } \
		|| { echo "Python's venv is missing. On Debian: apt-get install python3-venv"; exit 1; }

# uv takes exactly what uv.lock names; where it is missing or can't reach the index, pip takes what fits pyproject.toml.
.venv/run-ready: pyproject.toml | .venv/bin/pip
	@{ command -v uv >/dev/null && uv sync -q --locked --inexact --no-dev --all-extras --python $(BIN)/python; } \
		|| $(BIN)/pip install -q -e '.[fast,redis,office,pdf,language]'
	@touch $@

.venv/test-ready: pyproject.toml | .venv/bin/pip
	@{ command -v uv >/dev/null && uv sync -q --locked --inexact --group dev --python $(BIN)/python; } \
		|| { $(BIN)/pip install -q -U 'pip>=25.1' && $(BIN)/pip install -q -e . --group dev; }
	@touch $@ .venv/run-ready

# Exactly what package-lock.json names; no package runs anything while it is installed.
node_modules/.ready: package.json package-lock.json
	npm ci --no-audit --no-fund --ignore-scripts
	@touch $@

# What the tests drive and pip can't install, as command:package. Missing is a failure, never a skipped test.
NEEDS := chromium:chromium chromium-headless-shell:chromium-headless-shell redis-server:redis-server caddy:caddy node:nodejs npm:npm msgfmt:gettext cc:gcc ip:iproute2

needs:
	@missing=$$(for it in $(NEEDS); do command -v $${it%%:*} >/dev/null || echo $${it##*:}; done); \
	test -z "$$missing" && exit 0; \
	if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
		echo "Installing for the tests:" $$missing; \
		case "$$missing" in *gcc*) missing="$$missing libc6-dev";; esac; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$missing >/dev/null; \
	else \
		echo "The tests need these, which are missing:" $$missing; \
		echo "On Debian: apt-get install" $$missing; exit 1; \
	fi
