# The same commands for those who type make; dev.py does the work and needs no make. Arguments: make test ARGS="tests/stories -k join"
PYTHON ?= python3

.PHONY: help run test lint play package
help:
	@$(PYTHON) dev.py --help
run test lint play package:
	@$(PYTHON) dev.py $@ $(ARGS)
