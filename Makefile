# What one does with a checkout: `make` lists it. Works on Debian and Ubuntu with a Swift toolchain.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo build release test test-swift conformance test-browser test-contract test-crash test-cluster test-servers coverage \
	bench bench-micro bench-macro fuzz lint packages providers recordings

PORT ?= 8080
SIMULATOR_PORT ?= 9090
DATA ?= var

# One kind of build for everything: what the demo has compiled, the tests do not compile again.
BUILD_OPTIONS := --enable-code-coverage
MARTLET := .build/debug/martlet
PYTHON := .venv/bin/python
PYTEST := MARTLET_BINARY=$(MARTLET) $(PYTHON) -B -m pytest

help:  ## List what there is.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo:  ## Build and run the service beside simulated providers (PORT=8080, SIMULATOR_PORT=9090, DATA=var).
	@.ci/packages build
	@echo "Building; the first time takes some minutes."
	@swift build --product martlet $(BUILD_OPTIONS)
	@LLVM_PROFILE_FILE=/dev/null $(MARTLET) demo --port $(PORT) --simulator-port $(SIMULATOR_PORT) --folder $(DATA)

build:  ## Build everything, tests included.
	@.ci/packages build
	swift build --build-tests $(BUILD_OPTIONS)

# With packed relocations (glibc 2.36 or newer) the idle service takes some six megabytes less.
RELEASE_OPTIONS := --configuration release --static-swift-stdlib -Xswiftc -use-ld=lld \
	-Xlinker -z -Xlinker pack-relative-relocs \
	-Xswiftc -Xfrontend -Xswiftc -function-sections -Xcc -ffunction-sections

# $(call build_release,SWIFT_BUILD,FOLDER): builds martlet, and links it again, stripped, with the functions that a login
# runs side by side: some six megabytes less once more.
define build_release
	$(1) --product martlet
	.ci/function-order $(2)/release/martlet > $(2)/function-order
	$(1) --product martlet -Xlinker --strip-all \
		-Xlinker --symbol-ordering-file=$(CURDIR)/$(2)/function-order -Xlinker --no-warn-symbol-ordering
endef

release:  ## Build the program for deployment, the Swift runtime inside: .build-release/release/martlet.
	@.ci/packages build release
	$(call build_release,swift build --scratch-path .build-release $(RELEASE_OPTIONS),.build-release)

test: packages test-swift coverage test-browser test-contract test-crash test-cluster test-servers  ## Run every test, installing what they need.

# Swift Testing puts its report beside the file that is named.
REPORT := .build/report.xml
TESTED := .build/report-swift-testing.xml

# Without a bound, everything starts at once, and requests wait for seconds behind other tests.
TEST_OPTIONS := --skip-build $(BUILD_OPTIONS) --experimental-maximum-parallelization-width 8 --xunit-output $(REPORT)

test-swift: packages build  ## Run the Swift tests.
	.ci/with-postgres swift test $(TEST_OPTIONS)
	@python3 -B .ci/conformance.py --check $(TESTED)

conformance: build  ## Run the tests by certification module, and write docs/conformance.md.
	swift test $(TEST_OPTIONS) --filter ConformanceTests
	@python3 -B .ci/conformance.py $(TESTED)

coverage:  ## Check how much of the code the last run of the Swift tests reached.
	@python3 -B .ci/coverage.py "$$(swift test --show-codecov-path)"

test-browser: build .venv/installed  ## Run the tests with a real browser; pictures go to var/screenshots.
	$(PYTEST) Tests/BrowserTests

test-contract: build .venv/installed  ## Ask the running service all that its OpenAPI description allows, and through proxies.
	$(PYTEST) Tests/ContractTests Tests/ProxyTests

test-crash: build .venv/installed  ## Kill the service, and copies of its data, at random moments, and see that nothing is lost.
	.ci/with-postgres env $(PYTEST) Tests/CrashTests

test-cluster: build .venv/installed  ## Restart nodes behind balancers, and kill the primary of a database, while people sign in.
	$(PYTEST) -s Tests/ClusterTests

test-servers: build .venv/installed  ## Run the tests with OpenID providers that others wrote.
	$(PYTEST) Tests/RealServerTests

bench: bench-micro bench-macro  ## Measure everything; fails if something costs more than it may.

bench-micro:  ## Measure what the library's calls cost.
	@.ci/packages build
	@python3 -B .ci/benchmarks.py

# Benchmarks/Package.swift makes the program that is measured, too.
BENCH_BUILD := swift build --package-path Benchmarks --scratch-path Benchmarks/.build-release $(RELEASE_OPTIONS)
BENCH_OPTIONS ?=

bench-macro: Benchmarks/.venv/installed  ## Measure the service under load, beside others; writes docs/benchmarks.md (BENCH_OPTIONS=--quick).
	@.ci/packages build release bench
	@for program in BareRoute ByHand StubProvider Load ProviderCall; do $(BENCH_BUILD) --product $$program || exit; done
	$(call build_release,$(BENCH_BUILD),Benchmarks/.build-release)
	@cd Benchmarks && python3 -B -m macro --binaries .build-release/release --write $(BENCH_OPTIONS)

RUNS ?= 1000000

fuzz:  ## Fuzz the parsers of what strangers send (RUNS=1000000 inputs each).
	@.ci/packages build
	@RUNS=$(RUNS) .ci/fuzz

providers:  ## Write docs/providers.md, its Chinese and the icons from the catalogue.
	@.ci/packages build
	swift build --product martlet $(BUILD_OPTIONS)
	@LLVM_PROFILE_FILE=/dev/null $(MARTLET) providers list --markdown --language en > docs/providers.md
	@LLVM_PROFILE_FILE=/dev/null $(MARTLET) providers list --markdown --language zh-Hans > docs/providers.zh-CN.md
	@rm -f docs/icons/*.svg
	@LLVM_PROFILE_FILE=/dev/null $(MARTLET) providers list --icons docs/icons

recordings:  ## Write the simulator's recordings from the fixtures of the catalogue's tests.
	@.ci/recordings > Sources/MartletSimulator/Recordings/Recordings.swift

lint:  ## Check form and documentation of the Swift code.
	swift format lint --strict --parallel --recursive --configuration .swift-format Sources Tests Examples Package.swift \
		Benchmarks/{BareRoute,ByHand,Load,Login,ProviderCall,StubProvider,Support} Benchmarks/Package.swift Fuzz/Sources Fuzz/Package.swift
	@.ci/forbidden

packages:  ## Install the system packages that building and testing need and this machine lacks.
	@.ci/packages build test

.venv/installed: Tests/requirements.txt Tests/constraints.txt
	@.ci/packages build test
	@echo "Installing the tests' Python packages into .venv."
	python3 -m venv --clear .venv
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --requirement Tests/requirements.txt
	@touch $@

Benchmarks/.venv/installed: Benchmarks/Peers/requirements.txt
	@.ci/packages bench
	@echo "Installing the peers' Python packages into Benchmarks/.venv."
	python3 -m venv --clear Benchmarks/.venv
	Benchmarks/.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@
