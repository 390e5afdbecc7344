# Targets for a fresh checkout: `make pdf` builds the shipped issue, `make test` runs all checks and tests.
# Both first install what is missing on a Debian or Ubuntu machine.

SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help pdf quick test bench proofs golden locale lock editor setup setup-test clean

VENV := .venv
BIN := $(VENV)/bin
# What pytest makes of the modules of tests is kept, as is what Python makes: else each process makes it anew each time.
TESTS := env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest

# Debian packages: the text engine for layout; for tests: PDF tools, Java, a browser (with its driver's library), Perl as a second mail parser, and Postfix for its smtp-sink.
PRESS_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
TEST_PACKAGES := $(PRESS_PACKAGES) poppler-utils default-jre-headless ghostscript chromium libatomic1 perl openssl postfix

# $(call system-packages,LIST): install missing packages, or list them where there is no permission.
define system-packages
missing=()
for package in $(1); do
	if [ "$$package" = default-jre-headless ] && command -v java >/dev/null; then continue; fi
	dpkg-query -W -f '$${Status}' "$$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$$package")
done
if [ $${#missing[@]} -gt 0 ]; then
	if [ "$$(id -u)" = 0 ]; then as=(); elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as=(sudo -n); else
		echo "These system packages are missing: $${missing[*]}" >&2
		echo "Install them, then run make again:" >&2
		echo "    sudo apt-get update && sudo apt-get install -y $${missing[*]}" >&2
		exit 1
	fi
	echo "Installing system packages: $${missing[*]}"
	$${as[@]+"$${as[@]}"} apt-get update -qq
	case " $${missing[*]} " in *" postfix "*)
		# Only smtp-sink is used; the mail server itself must not be configured to run.
		echo "postfix postfix/main_mailer_type select No configuration" | $${as[@]+"$${as[@]}"} debconf-set-selections;;
	esac
	$${as[@]+"$${as[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$${missing[@]}" >/dev/null
fi
endef

# $(call virtual-environment,LOCK,STAMP): install the packages of the lock file, with hashes, and this package.
define virtual-environment
if [ ! -e $(2) ] || [ $(1) -nt $(2) ] || [ pyproject.toml -nt $(2) ]; then
	python=
	for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
		if command -v "$$candidate" >/dev/null && "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then python=$$candidate; break; fi
	done
	if [ -z "$$python" ]; then echo "Python 3.11 or newer is needed: sudo apt-get install -y python3" >&2; exit 1; fi
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then
		version=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
		if [ "$$(id -u)" = 0 ] || sudo -n true 2>/dev/null; then
			as=(); [ "$$(id -u)" = 0 ] || as=(sudo -n)
			$${as[@]+"$${as[@]}"} apt-get update -qq
			$${as[@]+"$${as[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "python$$version-venv" >/dev/null
		else
			echo "Install Python's venv, then run make again: sudo apt-get install -y python$$version-venv" >&2; exit 1
		fi
	fi
	[ -x $(BIN)/python ] && $(BIN)/python -m pip --version >/dev/null 2>&1 || { rm -rf $(VENV); "$$python" -m venv $(VENV); }
	echo "Installing Python packages from $(1)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(2)
fi
# So that a command that may not write its bytecode does not compile the package and its templates anew each time.
$(BIN)/python -m compileall -q pipeline tests
$(BIN)/python -c 'from pipeline.page.templates.environment import compile_templates; compile_templates()'
endef

help: ## what can be asked for
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup:
	@$(call system-packages,$(PRESS_PACKAGES))
	$(call virtual-environment,requirements.lock,$(VENV)/.press)

setup-test: setup
	@$(call system-packages,$(TEST_PACKAGES))
	$(call virtual-environment,requirements-test.lock,$(VENV)/.test)

pdf: setup ## set up, then build the shipped issue
	@$(BIN)/bulletin build 2023-12-20
	echo
	echo "The command is $(BIN)/bulletin; the issue lies in issues/2023-12-20/, its PDF in out/2023-12-20/."

quick: setup-test ## while you work: format, types, floors and the fast tests, in about a minute
	@$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(TESTS) --quiet -m "not slow"

test: setup-test ## set up, then check format, types, floors and every promise
	@$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(TESTS)

bench: setup-test ## measure the budgets, as ratios
	@$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.pages

proofs: setup-test ## the slow proofs: the tests that take too long for every day; sixty issues filed and made again, fifty kills, sixty kills at writes, two hundred hostile PDFs; mail under load, two hundred kills, two thousand runs against a model, returned mail sorted; the editor against seeded errors
	@$(BIN)/pytest --proofs
	$(BIN)/pytest --seek
	$(BIN)/python -m tests.bench.archive
	$(BIN)/python -m tests.standards.bulletins
	$(BIN)/python -m tests.bench.killing
	$(BIN)/python -m tests.bench.kills
	$(BIN)/python -m tests.bench.hostile_pdfs
	$(BIN)/python -m tests.bench.mail_load
	$(BIN)/python -m tests.bench.mail_killing
	$(BIN)/python -m tests.bench.mail_states
	$(BIN)/python -m tests.bench.mail_headers
	$(BIN)/python -m tests.bench.returned_mail
	$(BIN)/python -m tests.bench.arriving_mail
	$(BIN)/python -m tests.bench.editor

golden: setup-test ## renew the golden files, after looking at what changed
	@$(BIN)/python -m tests.golden renew

locale: setup-test ## gather, renew and compile the catalogues of wording
	@$(BIN)/python -m tests.support.catalogues renew

lock: setup-test ## resolve the dependencies anew
	@$(BIN)/python -m pip install --quiet uv
	flags=(--quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links)
	$(BIN)/uv pip compile "$${flags[@]}" --upgrade --extra build --extra mail pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile "$${flags[@]}" --extra build --extra mail --extra cluster --extra test -c requirements.lock pyproject.toml -o requirements-test.lock

editor: ## build the studio's editor anew from its sources (needs Node.js 20 and npm)
	@mkdir -p build/editor
	rm -rf build/editor/source
	cp -R pipeline/studio/editor/. build/editor/
	npm --prefix build/editor ci --no-audit --no-fund --ignore-scripts --silent
	node build/editor/build.mjs pipeline/studio/static

clean: ## remove what was installed and built here
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .hypothesis
