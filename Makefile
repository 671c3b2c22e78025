# Two commands on a fresh machine: `make demo` and `make test`. Both set themselves up.

PYTHON ?= python3
# The PyTorch that .venv gets; any release from 2.4 on will do, e.g. make test TORCH="torch torchvision".
TORCH ?= torch==2.13.0 torchvision==0.28.0

# nbgrader starts programs of the environment by name.
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: demo test proof setup docs lint clean

demo: setup
	.venv/bin/gradus demo

test: setup lint
	OMP_NUM_THREADS=1 .venv/bin/python -m pytest -n auto --dist worksteal tests/answers --proof build/answers.json $(PYTEST_OPTIONS)
	.venv/bin/python -m pytest --ignore tests/answers --proof build/attacks.json $(PYTEST_OPTIONS)
	$(if $(PYTEST_OPTIONS),,.venv/bin/gradus proof --check --from build/answers.json --from build/attacks.json)

proof: setup
	.venv/bin/gradus proof

setup: .venv/.done
	@tools/system-packages

.venv/.done: pyproject.toml tools/make-venv
	@PYTHON="$(PYTHON)" TORCH="$(TORCH)" tools/make-venv

docs: setup
	.venv/bin/python tools/build_docs.py

lint:
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy

clean:
	rm -rf .venv demo-course site
