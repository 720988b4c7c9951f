.PHONY: report pages module screenshot test test-browser short race fuzz bench versus lint vet update second outside guards power soak mutate mutate-statements mutate-formulas recipes misbehave vectors packages wild exhaustive exhausted atlas

FUZZTIME ?= 10s

# Judge the source and the reference; leaves out/report.html.
report:
	go run . verify --out out

# Give the module the path under which it is published: in go.mod, in the modules that
# use it, and wherever a file of Go imports it.
module:
	@test -n "$(MODULE)" || { echo "make module MODULE=PATH: say the path, such as example.org/you/ebmcheck" >&2; exit 2; }
	contributing/module.sh "$(MODULE)"

# The ledger, the kill matrix, the mutation table and the wild page as pages, beside the
# report, if it is there.
pages:
	go run ./reports/pages reports out

# The picture of the report in the README.
screenshot: report
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1280,826 \
	  --screenshot=reports/report.png "file://$(CURDIR)/out/report.html"

# Everything that CI runs. Nothing is taken from the test cache. What is compiled,
# analysed and tested is many short processes, which may leave their garbage; nobody
# debugs them, and no C compiler is asked for. Lint has vetted the tests; in the workflow
# staticcheck reads them, too.
test lint: export GOGC = 1600
test lint: export CGO_ENABLED = 0
test lint: export GOFLAGS += -gcflags=all=-dwarf=false
test: lint
	go test -vet=off -count=1 ./...
	cd testdata/outside && go test -count=1 ./...

short:
	go test -short ./...

# The report as a browser shows it: colours, widths, anchors, filters, print, Tab and Enter. Needs
# chromium (apt-get install chromium); SHOTS=folder keeps pictures of it, RESULTS=file is
# a run to look at, such as out/results.jsonl of make report.
test-browser: export EBMCHECK_SHOTS = $(SHOTS)
test-browser: export EBMCHECK_RESULTS = $(abspath $(RESULTS))
test-browser:
	go test -tags browser ./reports/... -run TestBrowser -count=1 -v

# Data races, in the packages that start goroutines. Needs cgo, that is a C
# compiler (apt-get install gcc).
RACE = ./command ./properties ./properties/adapter ./properties/draw ./properties/judge
race:
	CGO_ENABLED=1 go test -race -short -count=1 $(RACE)

# Each fuzz target in turn, for FUZZTIME.
fuzz:
	@for p in $$(go list ./...); do \
	  for f in $$(go test -list '^Fuzz' $$p | grep '^Fuzz'); do \
	    echo "$$p $$f"; \
	    go test $$p -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 5s || exit 1; \
	  done; \
	done

# Ours beside gonum, and NumPy with SciPy, PyTorch, JAX, Hypothesis with mpmath where PYTHON has
# them, as ratios: some minutes, writes reports/bench.md, out/bench.txt for benchstat and the
# README's table.
PYTHON ?= python3
bench: export PYTHON := $(PYTHON)
bench:
	go test -tags bench ./contributing/bench -run TestBench -count=1 -v -timeout 20m
	go test ./reports -run TestBench -count=1 -update

# The planted faults before rapid, Hypothesis (where PYTHON has it), Go fuzzing and differences, each as one
# would use it: some minutes, by numbers of examples, writes reports/versus.md and the README's table.
versus: export PYTHON := $(PYTHON)
versus:
	go test -tags versus ./contributing/versus -run TestVersus -count=1 -v -timeout 1h
	go test ./reports -run TestBench -count=1 -update

lint:
	test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	go vet ./...
	go tool staticcheck -tests=false ./...

# On 32 bits, Windows and macOS, where what is compiled never runs: it is not
# optimised, which takes a quarter less time.
vet:
	GOOS=linux GOARCH=386 go vet -gcflags='all=-N -l' ./...
	GOOS=windows GOARCH=amd64 go vet -gcflags='all=-N -l' ./...
	GOOS=darwin GOARCH=arm64 go vet -gcflags='all=-N -l' ./...

# Write again what is committed and derived: the table of losses, the names of the
# operations, the list of identities, the page of claims, the rendered ledger and README table, the kill matrix, the schema, the
# tables of the SDKs, the corpora, the goldens.
update:
	go run . prove --write properties/proof/certificates
	go test ./properties/exact -run Hardest -update
	go test ./losses -run Doc -update
	go test ./ebm ./losses -run Claims -update
	go test ./properties -run Ops -update
	go test ./properties/theory -run Identities -update
	go test ./properties/profile -update
	go test ./reports -update
	go test ./properties/faults -update
	go test ./properties/adapter -run 'Schema|SDK' -update
	go test ./fuzz -run Corpus -update

# The certificates by another hand: the second checker takes them, refuses the attacks, and agrees
# with the first on 12 000 that are changed at random. Needs Python 3.8 and nothing else of it.
second:
	@command -v python3 >/dev/null || { echo "make second needs python3: apt-get install python3" >&2; exit 1; }
	python3 properties/proof/second/check.py properties/proof/certificates
	go test ./properties/proof -run 'TestSecondChecker|TestMutants' -count=1 -v -args -long

# The theorems in Coq, each proved again there; writes reports/outside.md. And Coq refuses what the
# first checker refuses: certificates and statements with a change in them. Needs Coq 8.16 or later.
outside:
	@command -v coqc >/dev/null || { echo "make outside needs coqc, of Coq 8.16 or later: apt-get install coq" >&2; exit 1; }
	go test ./properties/proof/coq -run 'TestOutside|TestRefused' -count=1 -v -timeout 2h -args -outside

# The checker of proofs without each of its guards: an attack goes through.
guards:
	go test ./properties/proof -run TestGuards -count=1 -v -timeout 1h -args -guards

# What misbehaves at length: 20 kills of the runner, and of a shard, lines of 15 MB, long
# tracebacks; what engines for many machines run, on right children and wrong ones.
misbehave:
	go test ./command -run 'TestKilled|TestMisbehaviour|Shards$$' -count=1 -args -kills 20 -long

# All vectors, not a part: how many and how large, by their schema, what they refute, and what not.
vectors:
	go test ./command -run TestVectors -count=1 -v -args -long

# The reference on all of each finite set: every pair of float16 numbers, every float32, short
# vectors over a grid. SETS='log/*' are some of them, ON='-- python3 mine.py' is another
# subject. It goes on with what an earlier run left in EXHAUSTED.
SETS ?=
EXHAUSTED ?= out/exhaustive
ON ?=
exhaustive:
	go run . exhaustive --sets '$(SETS)' --out $(EXHAUSTED) $(if $(wildcard $(EXHAUSTED)/exhausted.jsonl),--resume) $(ON)

# What it has done so far, as a page: which sets are exhausted, and how much of the others.
JOURNALS ?= $(EXHAUSTED)/exhausted.jsonl
exhausted:
	go run . report --exhausted reports/exhaustive.md $(JOURNALS)

# The templates of CONTRIBUTING, filled in, and with each part left out in turn.
recipes:
	go test . -run TestTemplates -count=1 -args -omissions

# How soon random cases alone refute each planted fault; writes reports/power.md.
power:
	go test -tags power ./properties/faults -run TestPower -count=1 -v -timeout 3h

# False alarms: the right variants on a hundred million cases. Of many machines each does a
# SHARD of them, 0/4 to 3/4: all pass if none fails.
CASES ?= 100000000
SHARD ?= 0/1
soak:
	go test ./properties/faults -run KillMatrix -count=1 -timeout 1h -args -whole
	go test -tags soak ./properties/faults -run TestSoak -count=1 -v -timeout 6h -args -cases $(CASES) -shard $(SHARD)

# Operator mutants of ebm and losses against their own tests. A mutant may
# allocate for ever: memory is limited. BY is what runs on each. What became of those of
# each file is noted in properties/faults/operators.tsv.
MUTATE ?= losses,ebm,ebm/descent,ebm/kernel,ebm/quadrature,ebm/twofold
BY ?= .
mutate:
	ulimit -v 16000000; go test -tags mutate ./properties/faults -run TestMutate -count=1 -v -timeout 12h -args -of $(MUTATE) -by '$(BY)' -score properties/faults/operators.tsv

# The same of the ledger's checks that are Go code, against what they decide and show;
# writes properties/theory/testdata/operators.tsv and its table in reports/mutations.md.
STATEMENTS = [CX][0-9]+ \
	Formulas FormulasFail Difference Words Related Tight Find Grounds Mentioned \
	Findings Settle Examine ExamineFew Probe Shrink Excuses Outcomes Counterexample Smallest ShownCases ShownAlike Latent \
	Constraints Clauses Planted Laws Line Dot Renamed Low Contrasted Collapse Near Lessons Flat Decay Towers \
	Freezing Uneven Paths Descent Training TrainingRoundings TrainingSteps Terrains Integral Tables Pairs \
	ChainIsBruteForce Machine Spread Induction InductionsOnDescents Evidence ForAll NothingUnsaid ProvedInPart
mutate-statements:
	ulimit -v 16000000; go test -tags mutate ./properties/faults -run TestMutate -count=1 -v -timeout 12h -args -of properties/theory -by "^Test($$(echo '$(STATEMENTS)' | tr ' ' '|'))$$" -score properties/theory/testdata/operators.tsv
	go test ./properties/theory -run MutationPage -count=1 -update

# Every one-node mutant of the ledger's formulas against the verdict of its statement; writes reports/mutations.md.
mutate-formulas:
	go test ./properties/theory -run 'TestMutants' -count=1 -timeout 1h -args -every 1
	go test ./properties/theory -run MutationPage -count=1 -update

# The packages of Python and Node as they are installed, and what somebody new writes,
# right and wrong, in Go, NumPy, PyTorch and JavaScript, with the first screen of each.
# Needs pip, npm and their registries; LIBRARIES=numpy saves 5 GB of PyTorch.
packages:
	adapters/packages.sh

# Libraries as they are: installs what can be had into WILD, once, judges each
# and writes reports/wild.md.
WILD ?= out/wild
wild:
	adapters/wild.sh $(WILD)

# The largest errors that a search finds in libraries and in the reference, and all of those
# over a grid: writes reports/atlas.md. WILD is where make wild has the libraries.
atlas:
	adapters/atlas.sh $(WILD)
