# `make` builds, `make check` has the result judged, `make help` lists the rest.
PYTHON ?= python3
export PYTHON

.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: build check package test test-fast lint judges bench clean help

build: .venv/ready-build .venv/ready-fonts ## Set up what is missing and build all of content/ into build/
	.venv/bin/communique build --format all

check: judges build ## Set up what is missing, build, have every judge look at build/ and write reports beside the files
	.venv/bin/communique check

package: check ## The same, then make every kind of package for archives
	.venv/bin/communique package

test: judges lint ## Set up what is missing and run every test, outside judges included
	.venv/bin/pytest

test-fast: .venv/ready-test ## Run the tests that need no outside judge
	.venv/bin/pytest -m "not judge"

# ruff would format the code in Markdown too, and masters are not for formatting.
lint: .venv/ready-test ## Check style and types
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

judges: .venv/ready-judges ## Install the outside judges (veraPDF, EPUBCheck, Ace, Nu, axe, Open XML SDK, LibreOffice, roc-validator, commons-ip)

bench: .venv/ready-judges ## Measure a build, and all PDFs, against pandoc and WeasyPrint; a hundred checks against one; the memory of a large bag; how the PDF grows
	PATH="$(CURDIR)/.venv/bin:$$PATH" scripts/bench build
	PATH="$(CURDIR)/.venv/bin:$$PATH" scripts/bench pdfs
	PATH="$(CURDIR)/.venv/bin:$$PATH" scripts/bench checks
	PATH="$(CURDIR)/.venv/bin:$$PATH" scripts/bench archive
	PATH="$(CURDIR)/.venv/bin:$$PATH" scripts/bench pages

clean: ## Remove everything that make has made, except Debian packages
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache scripts/judges/.venv scripts/judges/lib scripts/judges/node_modules templates/fonts/fetched
	find build -mindepth 1 ! -path build/.gitignore -delete
	find scripts tests -name __pycache__ -prune -exec rm -rf {} +

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# bootstrap leaves these files behind; a level is set up again when what it installs has changed.
.venv/ready-build: requirements.txt
.venv/ready-test .venv/ready-judges: requirements-dev.txt
.venv/ready-test .venv/ready-judges: templates/fonts/scripts.yaml
.venv/ready-judges: $(addprefix scripts/judges/,package.json package-lock.json pom.xml jars.sha256 requirements-crate.txt)
.venv/ready-fonts: $(wildcard content/*/statement*.md) templates/fonts/scripts.yaml scripts/fetch_fonts.py
.venv/ready-%: scripts/bootstrap pyproject.toml
	scripts/bootstrap $*
