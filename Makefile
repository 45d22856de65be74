# The front door: `make` lists what there is. Each target is one line that can as well be typed by hand.
.DEFAULT_GOAL := help
.PHONY: help run test check fmt fuzz bench interop screens

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## start the server with the sources as they are now
	./ehlo serve

test: ## run the tests; T=SmtpSessionTest, T=SmtpSessionTest#oneMethod, S=smtp/4.1.4 for some conversation scripts
	./mvnw -q test $(if $(T),-Dtest='$(T)') $(if $(S),-Dscripts='$(S)')

check: ## all that must hold before a push: format, Error Prone, NullAway, tests, architecture, tidiness
	./mvnw verify

fmt: ## format the sources
	./mvnw -q spotless:apply

fuzz: ## look for what breaks a parser: T=CommandParserFuzz, or each in turn; FOR=60s for each
	@for target in $(or $(T),$$(find src/test -name '*Fuzz.java' -exec basename {} .java ';')); do \
	  echo "$$target"; \
	  JAZZER_FUZZ=1 ./mvnw -q test -Dtest="$$target" -Djazzer.hooks=true -Djazzer.max_duration=$(or $(FOR),60s) \
	    || exit 1; \
	done

bench: ## measure, beside other mail servers where they are installed
	@test -x bench/run || { echo 'bench/run is not there yet'; exit 1; }
	bench/run

interop: ## test with the mail programs of Debian's packages, which it installs where they are missing
	@test -x interop/run || { echo 'interop/run is not there yet'; exit 1; }
	interop/run

screens: ## make the recording and the pictures of docs/screens again
	docs/screens/make
