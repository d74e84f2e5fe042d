# `make quarter` and `make test` each set up what they need on a fresh machine: Python 3.11 or newer
# with venv, git and make. Both are quick the second time.
PYTHON ?= python3
PORT ?= 8888
LAB ?=
ORGANISATIONS ?= 12
QUARTERS ?= 20
# JupyterLab asks nobody on the network for news or updates.
LAB_SETTINGS := {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}}
BIN := .venv/bin
READY := .venv/.ready

.PHONY: quarter test test-all lab picture benchmark validation lock lint format chromium conda clean

quarter: $(READY)
	@$(BIN)/lt-analysis invent --only-if-empty --organisations $(ORGANISATIONS) --quarters $(QUARTERS)
	@$(BIN)/lt-analysis run --years-before 3

# What a change must pass.
test: $(READY) chromium
	$(BIN)/python -m pytest -m 'not thorough'

# Besides: every fault by every kind of kernel, every page at every size, and long properties.
test-all: $(READY) chromium
	$(BIN)/python -m pytest

# In JupyterLab too, kernels are copies of a process that has done the imports (README.md says more).
ifneq ($(wildcard lt_analysis/reporting/warm/provisioner.py),)
lab: export JUPYTER_DEFAULT_PROVISIONER_NAME ?= lt-analysis-warm
endif
lab: $(READY)
	$(BIN)/jupyter lab --ip=127.0.0.1 --port=$(PORT) --notebook-dir=. $(if $(filter 0,$(shell id -u)),--allow-root) $(LAB)

# The picture of a page that the README shows, made from the pages of the last `make quarter`.
picture: $(READY) chromium
	$(BIN)/python docs/picture.py

# The exact engine beside its peers, as ratios; beside R too, where Rscript and its survival package are.
# Then 20,000 spoilt files, of which each must get a receipt; then ten million applications taken in.
benchmark: $(READY)
	@$(BIN)/python benchmarks/evidence.py
	@! command -v Rscript >/dev/null || $(BIN)/python -m benchmarks.beside_r
	@$(BIN)/python -m benchmarks.fuzzing
	@$(BIN)/python -m benchmarks.collection

# The whole validation study, on a page of its own.
validation: $(READY)
	@mkdir -p data/processed
	@$(BIN)/papermill notebooks/analyst/validation.ipynb data/processed/validation.ipynb -p size full
	@$(BIN)/jupyter nbconvert --to html --no-input --log-level WARN data/processed/validation.ipynb
	@echo Open $(CURDIR)/data/processed/validation.html

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Versions and hashes only: no index address and no folder, so that the lock serves any mirror.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --all-extras \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	    --output-file requirements.lock pyproject.toml

# Debian's own Chromium, where this user may install it. `lt-analysis pack` prints with it; the tests say what they skip
# without it.
chromium:
	@command -v chromium >/dev/null || $(if $(filter 0,$(shell id -u)),,sudo -n) sh -c \
	    'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null' \
	    || echo 'Chromium is not installed and could not be: the tests of pages in a browser will be skipped.'

# pip refuses an editable project in the same run as hashes, so the project is installed after its lock.
$(READY): requirements.lock pyproject.toml
	@echo 'Setting up .venv (once; a minute or two)'
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@mkdir -p .venv/share/jupyter/lab/settings
	@echo '$(LAB_SETTINGS)' > .venv/share/jupyter/lab/settings/overrides.json
	@touch $@

# The same environment by conda, where that is installed: `conda activate lt_analysis` then has `lt-analysis`.
CONDA ?= conda
conda:
	$(CONDA) env create --file environment.yml
	$(CONDA) run --name lt_analysis pip install -qq --no-deps --no-build-isolation --editable .

clean:
	rm -rf .venv build *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis
