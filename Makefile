# Every target does its own set-up, and none repeats it: node_modules/.installed stands for "the packages of the lock file are here".
.PHONY: help bench bench-quick bench-real bench-engine bench-kafka results claims docs test test-real check clean

# Node 24 comes with the packages and goes before any other.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

# make bench BROKER=compose, BROKER=host:9092 or BROKER=log
BROKER ?= embedded

# make results RUN=quick-run: the matrices docs/results/RUN*.yaml
RUN ?= full-run
# make claims PAIRS= leaves the real Flink and Spark out
PAIRS ?= --real
# make results RESTART=--restart throws away what an earlier one measured; without it that is continued, and what is complete stays
RESTART ?=

help:
	@echo "make bench        every workload on both engines, in full: table and results/bench/report.html (about 10 minutes)"
	@echo "make bench-quick  the same, short (about 3 minutes after set-up)"
	@echo "make bench-real   every workload on both engines and on the real Apache Flink and Spark, with their ratios (at most 30 minutes; the first time 500 MB of jars)"
	@echo "make bench-engine both engines alone and Kafka to Kafka, each figure beside its target (about 11 minutes)"
	@echo "make bench-kafka  the Kafka client alone, beside unchanged kafkajs and Kafka's own tools"
	@echo "make results      the matrices of docs/results (about 2 hours; RUN=quick-run: half an hour), into docs/results and docs/results.md; continues after Ctrl-C, RESTART=--restart begins anew"
	@echo "make claims       what the published claims rest on, on all four engines (\`npx crosscurrent claims --real --dry-run\` says how long), into docs/claims.md"
	@echo "make docs         every generated page and schema again, from the code and the committed results"
	@echo "make test         all that CI runs: format, lint, types, layers, unit, property, conformance, end to end on real Kafka"
	@echo "make test-real    the jobs for the real Flink and Spark by the engines' own test tools, and both adapters end to end (Maven, a JDK)"
	@echo "make check        the part of it that needs no broker and no engine"
	@echo "make clean        removes what the targets made"

node_modules/.installed: package.json package-lock.json
	@command -v npm >/dev/null || { echo "error: npm not found. Install Node.js 20 or newer with npm." >&2; exit 2; }
	@node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' || { echo "error: Node $$(node --version) is too old. Install Node.js 20 or newer." >&2; exit 2; }
	npm install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

bench: node_modules/.installed
	@node harness/cli/bin.js run --preset bench --broker $(BROKER) --out results/bench

bench-quick: node_modules/.installed
	@node harness/cli/bin.js run --preset bench-quick --broker $(BROKER) --out results/bench-quick

bench-real: node_modules/.installed
	@node harness/cli/bin.js run --preset bench-real --attempts 5 --broker $(BROKER) --out results/bench-real

bench-engine: node_modules/.installed
	@node harness/bench/engine.ts

bench-kafka: node_modules/.installed
	@node kafka/bench/main.ts

# First all that is measured, then all that is written: a result says whether the tree was clean. 6 is a run that stayed refused, which the page tells.
results: node_modules/.installed
	@for file in docs/results/$(RUN)*.yaml; do \
	  node harness/cli/bin.js matrix $$file --broker $(BROKER) --out results/$$(basename $$file .yaml) $(RESTART); code=$$?; \
	  case $$code in 0|6) ;; *) exit $$code ;; esac; \
	done
	@for file in docs/results/$(RUN)*.yaml; do \
	  name=$$(basename $$file .yaml); \
	  node harness/cli/bin.js report results/$$name --format compact=docs/results/$$name.json || exit $$?; \
	done
	@$(MAKE) --no-print-directory docs

claims: node_modules/.installed
	@node harness/cli/bin.js claims $(PAIRS) --broker $(BROKER) --out results/claims $(RESTART); code=$$?; \
	  case $$code in 0|6) ;; *) exit $$code ;; esac
	@cp results/claims/claims.json docs/results/claims.json
	@$(MAKE) --no-print-directory docs

# The pictures need a browser and a result that is whole.
PAGES = $(filter-out %.test.ts docs/generate-picture.ts,$(wildcard docs/generate-*.ts))

docs: node_modules/.installed
	@failed=0; for page in $(PAGES); do node $$page || failed=1; done; exit $$failed
	@node harness/cli/bin.js matrix --print-schema > docs/matrix.schema.json
	@biome format --write --log-level=warn docs/matrix.schema.json
	@vitest run --project unit --update -t 'is fresh' reports/model/json-schema reports/json/regression reports/history/history reports/claims/parse-ledger

test: node_modules/.installed
	@node ci/run-checks.ts

test-real: node_modules/.installed
	@node ci/run-job-tests.ts

check: node_modules/.installed
	biome ci .
	tsc --noEmit
	knip
	vitest run --project unit architecture docs compose

clean:
	rm -rf node_modules results .cache
