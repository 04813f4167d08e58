# fromscope: build, run, check. `make help` lists the targets.
# SPDX-License-Identifier: MIT

# What building and running needs, and what the tests need besides.
PACKAGES_RUN = gcc make pkg-config libc6-dev libglib2.0-dev libgmime-3.0-dev \
	libncurses-dev libssl-dev libldns-dev libidn2-dev libpsl-dev publicsuffix libspf2-dev libopendmarc-dev \
	libunbound-dev libunbound8 dns-root-data
PACKAGES_TEST = perl procps openssl tmux python3 python3-yaml python3-dkim python3-nacl python3-spf ncurses-term \
	python3-dnspython nsd ldnsutils python3-authres libopendkim-dev valgrind
PACKAGES_LINT = clang-tidy cppcheck clang-format

BUILD ?= build
PREFIX ?= /usr/local
DESTDIR ?=

CFLAGS ?= -O2 -g
WARNINGS = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wwrite-strings -Wpointer-arith -Wformat=2 -Wno-missing-field-initializers
VERSION = 0.1.0

# What is done is said in a word; V=1 shows the whole commands.
V ?= 0
ifeq ($(V),0)
say = @printf '  %-4s %s\n' '$(1)' '$@';
endif

CORE_PKGS = gmime-3.0 gio-2.0 libcrypto libidn2 libpsl
TUI_PKGS = ncursesw
# Asked only when something is compiled: a bare machine has no pkg-config yet.
CORE_CFLAGS = $(eval CORE_CFLAGS := $$(shell pkg-config --cflags $(CORE_PKGS)))$(CORE_CFLAGS)
CORE_LIBS = $(eval CORE_LIBS := $$(shell pkg-config --libs $(CORE_PKGS)) -lldns)$(CORE_LIBS)
TUI_CFLAGS = $(eval TUI_CFLAGS := $$(shell pkg-config --cflags $(TUI_PKGS)))$(TUI_CFLAGS)
TUI_LIBS = $(eval TUI_LIBS := $$(shell pkg-config --libs $(TUI_PKGS)))$(TUI_LIBS)
ALL_CPPFLAGS = -std=c11 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -DTHEMES_DIR='"$(PREFIX)/share/fromscope/themes"' -Isrc -MMD -MP $(CPPFLAGS)

# A folder is a layer; the core is everything below the screen.
CORE_DIRS = base facts message headers dns auth peers tree advice analysis report
CORE_SRC = $(wildcard $(CORE_DIRS:%=src/%/*.c))
TUI_SRC = $(wildcard src/tui/*.c)
MAIN_SRC = $(wildcard src/*.c)
TEST_SRC = $(wildcard tests/unit/test-*.c)
PROBE_SRC = $(wildcard tests/probe/*.c)
CORE_OBJ = $(CORE_SRC:%.c=$(BUILD)/%.o)
TUI_OBJ = $(TUI_SRC:%.c=$(BUILD)/%.o)
TESTS = $(TEST_SRC:tests/unit/%.c=$(BUILD)/tests/%)
PROBES = $(PROBE_SRC:tests/probe/%.c=$(BUILD)/tests/%)
MAIN_OBJ = $(MAIN_SRC:%.c=$(BUILD)/%.o)

.PHONY: all run check check-tests differential asan lint bench golden install clean help deps-run deps-test
.DEFAULT_GOAL = all

all: $(BUILD)/fromscope              ## build the program

run: deps-run                        ## install what is missing, build, open a sample
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@if [ -t 0 ] && [ -t 1 ]; then $(BUILD)/fromscope samples/webform.eml; \
	else $(BUILD)/fromscope report samples/webform.eml; fi

check: deps-test                     ## install what is missing, build, run all tests
	@$(MAKE) --no-print-directory -j$$(nproc) check-tests

check-tests: $(BUILD)/fromscope $(TESTS) $(PROBES)
	FROMSCOPE=$(abspath $(BUILD))/fromscope BUILD=$(abspath $(BUILD)) \
	prove --timer --merge -j2 $(TESTS) $(sort $(wildcard tests/*/*.t))

asan:                                ## all tests under AddressSanitizer and UBSan
	@$(MAKE) --no-print-directory check BUILD=build-asan \
	CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined'

lint: deps-lint                      ## clang-tidy, cppcheck and the layer rules
	tests/lint $(CORE_SRC) $(TUI_SRC) $(MAIN_SRC)

COUNT ?= 5000
differential: deps-test              ## random messages and records against other engines: COUNT=5000
	@$(MAKE) --no-print-directory $(BUILD)/fromscope $(PROBES)
	FROMSCOPE=$(abspath $(BUILD))/fromscope BUILD=$(abspath $(BUILD)) sh -c 'status=0; \
	for script in differential/spf differential/dkim-peers differential/arc-peers grid/grid; do \
	tests/$$script.py $(COUNT) || status=1; done; exit $$status'

bench: deps-test all                 ## time the program against its yardsticks
	tests/bench/run $(BUILD)/fromscope

golden: all                          ## rewrite the expected outputs; review the diff
	FROMSCOPE=$(abspath $(BUILD))/fromscope tests/golden/golden.t --write

install: all                         ## install below $(DESTDIR)$(PREFIX)
	install -D -m 755 $(BUILD)/fromscope $(DESTDIR)$(PREFIX)/bin/fromscope
	install -d $(DESTDIR)$(PREFIX)/share/fromscope/samples $(DESTDIR)$(PREFIX)/share/fromscope/themes
	install -m 644 $(wildcard themes/*.theme) $(DESTDIR)$(PREFIX)/share/fromscope/themes/
	install -m 644 $(wildcard samples/*.eml samples/*.dns) $(DESTDIR)$(PREFIX)/share/fromscope/samples/
	install -D -m 644 README.md $(DESTDIR)$(PREFIX)/share/doc/fromscope/README.md
	install -m 644 LICENSE $(DESTDIR)$(PREFIX)/share/doc/fromscope/LICENSE

clean:                               ## remove everything that was built
	rm -rf build build-asan

help:                                ## list these targets
	@awk -F '##' '/^[a-z-]+:.*##/ { split($$1, t, ":"); printf "  %-10s%s\n", t[1], $$2 }' Makefile

deps-run:
	@.ci/install $(PACKAGES_RUN)
deps-test:
	@.ci/install $(PACKAGES_RUN) $(PACKAGES_TEST)
deps-lint:
	@.ci/install $(PACKAGES_RUN) $(PACKAGES_LINT)

$(BUILD)/fromscope: $(MAIN_OBJ) $(TUI_OBJ) $(BUILD)/libcore.a
	$(call say,LD)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(CORE_LIBS) $(TUI_LIBS)

$(BUILD)/libcore.a: $(CORE_OBJ)
	@rm -f $@
	$(call say,AR)$(AR) rcs $@ $^

# The whole core, without curses: a core that called the screen would not link.
$(BUILD)/tests/%: $(BUILD)/tests/unit/%.o $(BUILD)/libcore.a
	$(call say,LD)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< -Wl,--whole-archive $(BUILD)/libcore.a -Wl,--no-whole-archive $(CORE_LIBS)

$(BUILD)/tests/%: $(BUILD)/tests/probe/%.o $(BUILD)/libcore.a
	$(call say,LD)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(BUILD)/libcore.a $(CORE_LIBS)

$(BUILD)/src/tui/%.o: src/tui/%.c
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(ALL_CPPFLAGS) $(WARNINGS) $(CORE_CFLAGS) $(TUI_CFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/src/%.o: src/%.c
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(ALL_CPPFLAGS) $(WARNINGS) $(CORE_CFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(ALL_CPPFLAGS) $(WARNINGS) $(CORE_CFLAGS) $(CFLAGS) -c -o $@ $<

.SECONDARY: $(patsubst %.c,$(BUILD)/%.o,$(TEST_SRC) $(PROBE_SRC))

-include $(patsubst %.c,$(BUILD)/%.d,$(CORE_SRC) $(TUI_SRC) $(MAIN_SRC) $(TEST_SRC) $(PROBE_SRC))
