# The starter package, from text to a tested .argosmodel. Included by the Makefile, or run alone:
#   make -f training/starter.mk starter DATA=../shared/training HELD_OUT="../shared/eval ../shared/gold ../shared/seeds"
DATA ?= ../shared/training
HELD_OUT ?= ../shared/eval ../shared/gold ../shared/seeds
STARTER_WORK ?= training/work
STARTER_VENV ?= $(STARTER_WORK)/venv
# Budget in target tokens, or e.g. STARTER_FLAGS="--minutes 60 --width 384".
STARTER_FLAGS ?= --tokens 60e6
STARTER_RUN = PYTHONPATH=training $(STARTER_VENV)/bin/python -m starter

.PHONY: starter starter-samples

starter: $(STARTER_VENV)/.installed
	$(STARTER_RUN) all --data $(DATA) --held-out $(HELD_OUT) --work $(STARTER_WORK) $(STARTER_FLAGS)

# Two hundred sentences of each construction, to be read before training on them.
starter-samples: $(STARTER_VENV)/.installed
	$(STARTER_RUN) samples --count 200 --data $(DATA) --held-out $(HELD_OUT) --work $(STARTER_WORK)

$(STARTER_VENV)/.installed: training/requirements.txt
	test -x $(STARTER_VENV)/bin/python || $${PYTHON:-python3} -m venv $(STARTER_VENV)
	$(STARTER_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	touch $@
