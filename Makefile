# What people type. Each target is one line of work; the work itself is in scripts/ and a87lib/.
# PYTHON names another interpreter: make setup PYTHON=python3.12
# DATA names the countries of the screens: make dashboards DATA=pathfinders
PYTHON ?= python3
BIN := .venv/bin
BROWSER_PORT ?= 8866
DATA ?= exercise

.DEFAULT_GOAL := help
.PHONY: help setup pack exercise test fuzz soak mutants dashboards lab lock clean python

help:
	@echo "make pack        the review packs of all pathfinder countries, in outputs/pathfinders"
	@echo "make test        install what tests need and run everything"
	@echo "make fuzz        10,000 damaged workbooks: none may crash the intake or change the register"
	@echo "make soak        10,000 clashing saves by 8 clients, 1,000 saves, 100 screens and 100 batches under kill -9: nothing may be lost"
	@echo "make mutants     small faults in the rules, one at a time: a case or a test must notice each"
	@echo "make setup       the environment alone, in .venv"
	@echo "make exercise    the review packs of the fictional countries, in outputs/exercise"
	@echo "make dashboards  the screens in the browser, on this machine, nine of them (DATA=pathfinders: the public facts)"
	@echo "make lab         JupyterLab on the notebooks"
	@echo "make lock        pin the dependencies anew (after a change in pyproject.toml)"
	@echo "make clean       remove what was built in outputs/ (it can be built again)"

python:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here: install Python 3.11 or newer, or name it: make setup PYTHON=/path/to/python3." >&2; exit 1; }

setup: python
	@$(PYTHON) scripts/environment.py

pack: python
	@$(PYTHON) scripts/pack.py pathfinders

exercise: python
	@$(PYTHON) scripts/pack.py exercise

test: python
	@$(PYTHON) scripts/environment.py --test
	@$(BIN)/python scripts/checks.py

fuzz: python
	@$(PYTHON) scripts/environment.py --test
	@$(BIN)/python scripts/fuzz.py --mutations 10000

soak: python
	@$(PYTHON) scripts/environment.py --test
	@$(BIN)/python scripts/soak.py
	@$(BIN)/python scripts/soak_batch.py

mutants: python
	@$(PYTHON) scripts/environment.py --test
	@$(BIN)/pip install --quiet --disable-pip-version-check "cosmic-ray>=8.4"
	@$(BIN)/python scripts/mutants.py

dashboards: setup
	$(BIN)/a87 init --from data/$(DATA) --register data/$(DATA).db
	$(BIN)/a87 serve --register data/$(DATA).db --port=$(BROWSER_PORT)

lab: setup
	$(BIN)/jupyter lab --ip=127.0.0.1 --notebook-dir=notebooks

lock: setup
	$(BIN)/pip install --quiet --disable-pip-version-check "uv>=0.5"
	$(BIN)/python scripts/lock.py --upgrade

clean:
	find outputs -mindepth 1 ! -name .gitkeep -delete
