# fromscope: build, run, check. `make help` lists the targets.
# SPDX-License-Identifier: MIT

# What building and running needs, and what the tests need besides.
PACKAGES_RUN = gcc make pkg-config gettext libc6-dev libglib2.0-dev libgmime-3.0-dev \
	libncurses-dev libssl-dev libldns-dev libidn2-dev libpsl-dev zlib1g-dev publicsuffix libspf2-dev libopendmarc-dev \
	libunbound-dev libunbound8 libgsf-1-dev libgsf-1-114 dns-root-data libunistring-dev
PACKAGES_TEST = perl procps openssl tmux python3 python3-yaml python3-dkim python3-nacl python3-spf ncurses-term \
	python3-dnspython strace nsd ldnsutils python3-authres libopendkim-dev valgrind \
	man-db mandoc desktop-file-utils mailcap zsh fish chromium cmark-gfm poppler-utils \
	parallel openssh-client openssh-server slurm-wlm munge postgresql shellcheck $(PACKAGES_NPM)
# A nodejs that is no package of Debian's brings npm along, and refuses Debian's.
PACKAGES_NPM = $(if $(shell command -v npm),,nodejs npm)
# mailauth comes by npm, into the build folder; what is not there is told and skipped.
PACKAGES_BENCH = htop openssl mutt grep python3 util-linux libopendkim-dev opendkim-tools rspamd nsd python3-dnspython \
	linux-perf $(PACKAGES_NPM)
PACKAGES_DEB = debhelper dpkg-dev lintian perl python3
PACKAGES_LINT = clang-tidy cppcheck clang-format
PACKAGES_FUZZ = clang llvm libclang-rt-dev python3

BUILD ?= build
PREFIX ?= /usr/local
DESTDIR ?=

CFLAGS ?= -O2 -g
WARNINGS = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wwrite-strings -Wpointer-arith -Wformat=2 -Wno-missing-field-initializers
# Of the program, its manual pages and its package.
VERSION = 0.1.0
DATE = 2026-11-22

# Each of the hundreds of files that are included below would be looked for by every rule that make brings along: seconds.
MAKEFLAGS += --no-builtin-rules

# What is done is said in a word; V=1 shows the whole commands.
V ?= 0
ifeq ($(V),0)
say = @printf '  %-4s %s\n' '$(1)' '$@';
endif

CORE_PKGS = libcrypto glib-2.0
LEAF_PKGS = libidn2 libpsl zlib
# Loaded by the program itself, when it needs them.
LOADED_PKGS = gmime-3.0 libgsf-1
TUI_PKGS = tinfo
# Used by tests only.
TEST_PKGS = gio-2.0
# Small libraries that every start needs are linked from their archives, where there are some: together they were a
# fifth of what a start takes (doc/benchmarks.md). Packages link them shared, so that they are mended in one place.
LEAVES ?= static
# libcrypto, too: its 4,191 symbols are a third of what is left. An old one stays in the program until it is built again
# (doc/security.md); CRYPTO=shared for who would rather have it mended by the system.
CRYPTO ?= $(LEAVES)
leaf = $(if $(and $(filter static,$(LEAVES)),$(filter /%,$(shell $(CC) -print-file-name=lib$(1).a))),-l:lib$(1).a,-l$(1))
leaves = $(foreach flag,$(1),$(if $(filter -l%,$(flag)),$(call leaf,$(flag:-l%=%)),$(flag)))
crypto = $(if $(filter static,$(CRYPTO)),$(patsubst -lcrypto,$(call leaf,crypto),$(1)),$(1))
# Asked only when something is compiled: a bare machine has no pkg-config yet.
CORE_CFLAGS = $(eval CORE_CFLAGS := $$(shell pkg-config --cflags $(CORE_PKGS) $(LEAF_PKGS) $(LOADED_PKGS)))$(CORE_CFLAGS)
CORE_LIBS = $(eval CORE_LIBS := $$(call leaves,-lldns -lpsl -lidn2 -lunistring -lz) $$(call crypto,$$(shell pkg-config --libs $(CORE_PKGS))))$(CORE_LIBS)
TEST_LIBS = $(eval TEST_LIBS := $$(shell pkg-config --libs $(TEST_PKGS)))$(TEST_LIBS)
TUI_CFLAGS = $(eval TUI_CFLAGS := $$(shell pkg-config --cflags $(TUI_PKGS)))$(TUI_CFLAGS)
TUI_LIBS = $(eval TUI_LIBS := $$(call leaves,$$(shell pkg-config --libs $(TUI_PKGS)) $(TEXT_LIBS)))$(TUI_LIBS)
# Borders of characters as readers see them; it comes without a .pc file.
TEXT_LIBS = $(call leaf,unistring)
ALL_CPPFLAGS = -std=c11 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -DDATA_DIR='"$(PREFIX)/share/fromscope"' \
	-DLOCALE_DIR='"$(PREFIX)/share/locale"' -Isrc -MMD -MP $(CPPFLAGS)

# What makes a hole harder to use (doc/security.md); tests/hostile/hardened.t reads it in the program. HARDEN= builds without.
# Where a packager, or no optimization, or a sanitizer, speaks of _FORTIFY_SOURCE, it is left alone.
HARDEN_FORTIFY = $(if $(findstring -O,$(CFLAGS)),$(if $(findstring -fsanitize,$(CFLAGS))$(findstring _FORTIFY_SOURCE,$(CFLAGS)\
	$(CPPFLAGS)),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2))
# Jumps land only where they may, where the processor knows how to see to that.
HARDEN_JUMPS = $(eval HARDEN_JUMPS := $$(patsubst x86_64%,-fcf-protection,$$(filter x86_64%,$$(shell $(CC) -dumpmachine))))$(HARDEN_JUMPS)
HARDEN ?= -fPIE -fstack-protector-strong -fstack-clash-protection $(HARDEN_JUMPS) $(HARDEN_FORTIFY)
HARDEN_LINK ?= $(if $(HARDEN),-pie -Wl$(comma)-z$(comma)relro -Wl$(comma)-z$(comma)now -Wl$(comma)-z$(comma)noexecstack \
	-Wl$(comma)-z$(comma)separate-code)
comma = ,

# A folder is a layer; the core is everything below the screen.
CORE_DIRS = base facts process message repair mailbox headers dns batch auth peers tree whatif receivers lesson advice analysis survey report
MAIN_DIRS = options session command
CORE_SRC = $(wildcard $(CORE_DIRS:%=src/%/*.c))
TUI_SRC = $(wildcard src/tui/*.c src/tui/*/*.c)
MAIN_SRC = $(wildcard src/*.c $(MAIN_DIRS:%=src/%/*.c))
TEST_SRC = $(wildcard tests/unit/test-*.c)
PROBE_SRC = $(wildcard tests/probe/*.c)
BENCH_SRC = $(wildcard tests/bench/*.c)
CORPUS_SRC = $(wildcard tests/bench/corpus/*.c)
FUZZ_SRC = $(wildcard tests/fuzz/*.c)
# A target is tests/fuzz/target-NAME.c; its name is a word of C.
FUZZ_TARGETS = $(patsubst tests/fuzz/target-%.c,%,$(wildcard tests/fuzz/target-*.c))
FUZZ_SHARED = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/fuzz/fuzz*.c))
CORE_OBJ = $(CORE_SRC:%.c=$(BUILD)/%.o)
TUI_OBJ = $(TUI_SRC:%.c=$(BUILD)/%.o)
TESTS = $(TEST_SRC:tests/unit/%.c=$(BUILD)/tests/%)
PROBES = $(PROBE_SRC:tests/probe/%.c=$(BUILD)/tests/%)
BENCHES = $(BENCH_SRC:%.c=$(BUILD)/%) $(BUILD)/tests/bench/make-corpus
MAIN_OBJ = $(MAIN_SRC:%.c=$(BUILD)/%.o) $(BUILD)/baked.o
BAKE_SRC = $(wildcard src/bake/*.c)
TABLES_SRC = $(wildcard src/tables/*.c)
TABLES_OBJ = $(TABLES_SRC:%.c=$(BUILD)/%.o)
PAGES = $(patsubst doc/man/%.in,$(BUILD)/man/%,$(wildcard doc/man/*.in))
COMPLETIONS = $(patsubst doc/completion/%.in,$(BUILD)/completion/%,$(wildcard doc/completion/*.in))
LANGUAGES = $(patsubst src/po/%.po,%,$(wildcard src/po/*.po))
CATALOGUES = $(LANGUAGES:%=$(BUILD)/locale/%/LC_MESSAGES/fromscope.mo)

.PHONY: all run check check-tests differential asan torture lint fuzz fuzz-targets bench golden man po install uninstall deb clean help \
	deps-run deps-test deps-bench deps-lint deps-fuzz deps-deb
.DEFAULT_GOAL = all

all: $(BUILD)/fromscope              ## build the program

run: deps-run                        ## install what is missing, build, open a sample
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@if [ -t 0 ] && [ -t 1 ]; then $(BUILD)/fromscope samples/webform.eml; \
	else $(BUILD)/fromscope report samples/webform.eml; fi

check: deps-test                     ## install what is missing, build, run all tests
	@$(MAKE) --no-print-directory -j$$(nproc) check-tests

check-tests: $(BUILD)/fromscope $(TESTS) $(PROBES) $(BENCHES) $(BUILD)/tests/fuzz/replay man
	FROMSCOPE=$(abspath $(BUILD))/fromscope BUILD=$(abspath $(BUILD)) XDG_CONFIG_HOME=$(abspath $(BUILD))/no-config \
	XDG_STATE_HOME=$(abspath $(BUILD))/test-state \
	prove --timer --merge -j2 $(TESTS) $(sort $(wildcard tests/*/*.t))

asan:                                ## all tests under AddressSanitizer and UBSan
	@$(MAKE) --no-print-directory check BUILD=build-asan \
	CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined'

torture: deps-test                   ## faults and hostile input at full size, for two or three hours: ONLY=name
	@$(MAKE) --no-print-directory -j$$(nproc) $(BUILD)/fromscope $(BUILD)/tests/bench/make-corpus $(PROBES)
	@FROMSCOPE=$(abspath $(BUILD))/fromscope BUILD=$(abspath $(BUILD)) XDG_CONFIG_HOME=$(abspath $(BUILD))/no-config \
	XDG_STATE_HOME=$(abspath $(BUILD))/test-state tests/faults/torture $(ONLY)

lint: deps-lint                      ## clang-tidy, cppcheck and the layer rules
	tests/lint $(CORE_SRC) $(TUI_SRC) $(MAIN_SRC) $(TABLES_SRC) $(BAKE_SRC)

analyze: deps-lint deps-fuzz         ## gcc -fanalyzer and clang --analyze over every file (minutes)
	tests/analyze gcc $(CORE_SRC) $(TUI_SRC) $(MAIN_SRC)
	tests/analyze clang $(CORE_SRC) $(TUI_SRC) $(MAIN_SRC)

COUNT ?= 5000
differential: deps-test              ## random messages and records against other engines: COUNT=5000
	@$(MAKE) --no-print-directory $(BUILD)/fromscope $(PROBES)
	FROMSCOPE=$(abspath $(BUILD))/fromscope BUILD=$(abspath $(BUILD)) sh -c 'status=0; \
	for script in differential/spf differential/dkim-peers differential/arc-peers differential/key-records grid/grid; do \
	tests/$$script.py $(COUNT) || status=1; done; exit $$status'

TIME ?= 60
TARGET ?= $(FUZZ_TARGETS)
fuzz: deps-fuzz                      ## fuzz every parser with libFuzzer: TIME=60 seconds each, or TARGET=name
	@$(MAKE) --no-print-directory -j$$(nproc) BUILD=build-fuzz CC=clang FUZZ='$(TARGET)' \
	CFLAGS='-O2 -gline-tables-only -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined' \
	fuzz-targets
	@BUILD=build-fuzz tests/fuzz/run $(TIME) $(TARGET)

fuzz-targets: $(FUZZ:%=$(BUILD)/fuzz/%) $(if $(FUZZ),$(BUILD)/tests/fuzz/replay)

bench: deps-bench all $(BENCHES)     ## time the program against its yardsticks
	BUILD=$(abspath $(BUILD)) tests/bench/run $(abspath $(BUILD))/fromscope

golden: all                          ## rewrite the expected outputs; review the diff
	FROMSCOPE=$(abspath $(BUILD))/fromscope tests/golden/golden.t --write

man: $(PAGES) $(COMPLETIONS)          ## build the manual pages and the completions

po: $(BUILD)/fromscope.pot            ## merge new texts into src/po, list what is not translated
	@for language in $(LANGUAGES); do src/po/merge src/po/$$language.po $<; done

# What is installed: FILE:PLACE below the prefix. `uninstall` goes by the same list.
ZSH_FUNCTIONS ?= share/zsh/site-functions
COMPLETED = $(BUILD)/completion/fromscope
# The program comes last: what is older than it was read when it was built (src/session/data.c).
INSTALLED = \
	$(foreach page,$(PAGES),$(page):share/man/man$(subst .,,$(suffix $(page)))/$(notdir $(page))) \
	$(COMPLETED).bash:share/bash-completion/completions/fromscope $(COMPLETED).zsh:$(ZSH_FUNCTIONS)/_fromscope \
	$(COMPLETED).fish:share/fish/vendor_completions.d/fromscope.fish \
	$(foreach file,$(shell find themes samples -type f),$(file):share/fromscope/$(file)) \
	$(foreach file,$(shell find src/data -type f 2>/dev/null),$(file):share/fromscope/$(file:src/%=%)) \
	$(foreach file,$(CATALOGUES),$(file):share/$(file:$(BUILD)/%=%)) \
	doc/desktop/fromscope.desktop:share/applications/fromscope.desktop \
	$(foreach file,README.md LICENSE $(wildcard doc/*.md doc/*.svg doc/scale/*),$(file):share/doc/fromscope/$(file)) \
	doc/desktop/fromscope.mailcap:share/doc/fromscope/doc/fromscope.mailcap \
	$(BUILD)/fromscope:bin/fromscope

install: all man                     ## install below $(DESTDIR)$(PREFIX)
	@for pair in $(INSTALLED); do file=$${pair%%:*} place='$(DESTDIR)$(PREFIX)'/$${pair#*:}; mode=644; \
	case $$place in */bin/*) mode=755 ;; *.mo) [ -e "$$file" ] || continue ;; esac; \
	install -D -m $$mode "$$file" "$$place" || exit 1; done
	@echo "  installed below $(DESTDIR)$(PREFIX)"

uninstall:                           ## remove what `install` put there
	@for pair in $(INSTALLED); do rm -f '$(DESTDIR)$(PREFIX)'/$${pair#*:}; done
	@find '$(DESTDIR)$(PREFIX)/share/fromscope' '$(DESTDIR)$(PREFIX)/share/doc/fromscope' -depth -type d \
	-exec rmdir --ignore-fail-on-non-empty {} + 2>/dev/null || true

# doc/debian says what is in the package; version and date stand above.
DEB_TREE = $(BUILD)/deb/fromscope-$(VERSION)
# Whoever hands the package on: MAINTAINER='Name <address>'.
MAINTAINER ?= $(shell sed -n 's/^Maintainer: //p' doc/debian/control)
DEB_DATE = $(shell LC_ALL=C date -R -u -d '$(DATE) 12:00:00 UTC')
deb: deps-deb all man                ## build a Debian package and check it, with lintian, too
	@rm -rf $(BUILD)/deb && mkdir -p $(DEB_TREE)
	@cp -R Makefile README.md LICENSE src themes samples doc $(DEB_TREE) && mv $(DEB_TREE)/doc/debian $(DEB_TREE)/debian
	@printf 'fromscope ($(VERSION)) unstable; urgency=medium\n\n  * Version $(VERSION).\n\n -- %s  $(DEB_DATE)\n' \
	'$(MAINTAINER)' >$(DEB_TREE)/debian/changelog
	@sed -i 's|^Maintainer: .*|Maintainer: $(MAINTAINER)|' $(DEB_TREE)/debian/control
	# Its own make decides about flags and folders: ours are not handed on.
	@cd $(DEB_TREE) && env -u MAKEFLAGS -u MFLAGS -u MAKEOVERRIDES dpkg-buildpackage --no-sign --build=binary -j$$(nproc)
	@cd $(BUILD)/deb && lintian --fail-on error,warning --tag-display-limit 0 *.changes
	@FROMSCOPE_DEB=$(abspath $(BUILD)/deb) BUILD=$(abspath $(BUILD)) prove tests/platform/deb.t
	@cp $(BUILD)/deb/fromscope_*.deb $(BUILD) && ls $(BUILD)/fromscope_*.deb

clean:                               ## remove everything that was built
	rm -rf build build-asan build-fuzz

help:                                ## list these targets
	@awk -F '##' '/^[a-z-]+:.*##/ { split($$1, t, ":"); printf "  %-10s%s\n", t[1], $$2 }' Makefile

deps-run:
	@.ci/install $(PACKAGES_RUN)
deps-test:
	@.ci/install $(PACKAGES_RUN) $(PACKAGES_TEST)
deps-deb:
	@.ci/install $(PACKAGES_RUN) $(PACKAGES_DEB)
deps-bench:
	@.ci/install $(PACKAGES_RUN)
	@.ci/install $(PACKAGES_BENCH) || for package in $(PACKAGES_BENCH); do \
	.ci/install $$package || echo "$$package is not here: what it is needed for is skipped"; done
deps-lint:
	@.ci/install $(PACKAGES_RUN) $(PACKAGES_LINT)
deps-fuzz:
	@.ci/install $(PACKAGES_RUN) $(PACKAGES_FUZZ)

$(BUILD)/fromscope: $(MAIN_OBJ) $(TUI_OBJ) $(BUILD)/libcore.a | $(CATALOGUES)
	$(call say,LD)$(CC) $(HARDEN_LINK) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(CORE_LIBS) $(TUI_LIBS)

$(BUILD)/libcore.a: $(CORE_OBJ)
	@rm -f $@
	$(call say,AR)$(AR) rcs $@ $^

# The whole core, without curses: a core that called the screen would not link.
$(BUILD)/tests/%: $(BUILD)/tests/unit/%.o $(BUILD)/libcore.a
	$(call say,LD)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< -Wl,--whole-archive $(BUILD)/libcore.a -Wl,--no-whole-archive $(CORE_LIBS) $(TEST_LIBS)

$(BUILD)/tests/test-baked: $(BUILD)/tests/unit/test-baked.o $(BUILD)/baked.o $(BUILD)/libcore.a
	$(call say,LD)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(CORE_LIBS)

# The screen without its terminal: everything but what curses needs.
SCREEN_OBJ = $(filter-out %/front.o %/front-take.o %/front-tell.o %/term.o %/term-wait.o %/terminfo.o %/run.o %/waiting.o,$(TUI_OBJ))
$(BUILD)/tests/test-screen-%: $(BUILD)/tests/unit/test-screen-%.o $(SCREEN_OBJ) $(BUILD)/libcore.a
	$(call say,LD)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(CORE_LIBS) $(TEXT_LIBS) -lm

# … and with what is taken from the core: the test stands in place of the terminal.
$(BUILD)/tests/test-screen-front: $(BUILD)/src/tui/front/front-take.o

# A fuzz target takes what it needs of the core and of the screen (tests/fuzz/fuzz.h).
$(BUILD)/libscreen.a: $(SCREEN_OBJ)
	@rm -f $@
	$(call say,AR)$(AR) rcs $@ $^

# … and of what reads configuration and command line, which needs no session.
$(BUILD)/libsettings.a: $(filter $(BUILD)/src/options/%,$(MAIN_OBJ))
	@rm -f $@
	$(call say,AR)$(AR) rcs $@ $^

# What looks at results is no part of what is explored: its branches would make each report look new, and slow it down. Nor is a
# distance between words, which compares all letters with all.
$(FUZZ_SHARED) $(BUILD)/src/base/nearest.o: override CFLAGS := $(subst fuzzer-no-link$(comma),,$(CFLAGS))

$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/target-%.o $(FUZZ_SHARED) $(BUILD)/libsettings.a $(BUILD)/libscreen.a $(BUILD)/libcore.a
	@mkdir -p $(@D)
	$(call say,LD)$(CC) $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(CORE_LIBS) $(TEXT_LIBS) -lm

# All targets in one program without libFuzzer, for what was found and a few mutations.
$(BUILD)/tests/fuzz/replay-%.o: tests/fuzz/target-%.c
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(ALL_CPPFLAGS) -DLLVMFuzzerTestOneInput=fuzz_target_$* $(WARNINGS) $(CORE_CFLAGS) $(CFLAGS) -c -o $@ $<
$(BUILD)/tests/fuzz/replay.o: $(wildcard tests/fuzz/target-*.c)
$(BUILD)/tests/fuzz/replay.o: ALL_CPPFLAGS += -DFUZZ_TARGETS='$(foreach name,$(FUZZ_TARGETS),T($(name)))'
$(BUILD)/tests/fuzz/replay: $(BUILD)/tests/fuzz/replay.o $(FUZZ_TARGETS:%=$(BUILD)/tests/fuzz/replay-%.o) $(FUZZ_SHARED) \
		$(BUILD)/libsettings.a $(BUILD)/libscreen.a $(BUILD)/libcore.a
	$(call say,LD)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(CORE_LIBS) $(TEXT_LIBS) -lm

$(BUILD)/tests/%: $(BUILD)/tests/probe/%.o $(BUILD)/libcore.a
	$(call say,LD)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(BUILD)/libcore.a $(CORE_LIBS)

# The files of data as tables of C, by the program's own readers (src/baked.h). The folder itself: one more, or one less.
$(BUILD)/bake: $(BAKE_SRC:%.c=$(BUILD)/%.o) $(BUILD)/libcore.a
	$(call say,LD)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(CORE_LIBS)

$(BUILD)/baked.c: $(BUILD)/bake src/data/receivers $(wildcard src/data/*.ini src/data/receivers/*.ini)
	$(call say,BAKE)LC_ALL=C $(BUILD)/bake src/data >$@.new && mv $@.new $@

$(BUILD)/baked.o: $(BUILD)/baked.c
	$(call say,CC)$(CC) $(ALL_CPPFLAGS) $(HARDEN) $(WARNINGS) $(CORE_CFLAGS) $(CFLAGS) -c -o $@ $<

# Messages for the benches and the tests of limits: nothing of the program is in it.
$(BUILD)/tests/bench/make-corpus: $(CORPUS_SRC:%.c=$(BUILD)/%.o)
	$(call say,LD)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $$(pkg-config --libs libcrypto glib-2.0)

# With its terminal: everything but main().
$(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(TUI_OBJ) $(BUILD)/libcore.a
	$(call say,LD)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(CORE_LIBS) $(TUI_LIBS)

# The program's own tables as text, manual pages and completions: all of the program but main().
$(BUILD)/tables: $(TABLES_OBJ) $(filter-out $(BUILD)/src/main.o,$(MAIN_OBJ)) $(TUI_OBJ) $(BUILD)/libcore.a
	$(call say,LD)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(CORE_LIBS) $(TUI_LIBS)

$(TABLES_OBJ): ALL_CPPFLAGS += -DRELEASE_DATE='"$(DATE)"'
# Where the version and the date are said.
$(TABLES_OBJ) $(BUILD)/src/main.o $(BUILD)/src/command/info.o: Makefile

$(BUILD)/man/%: doc/man/%.in $(BUILD)/tables
	@mkdir -p $(@D)
	$(call say,MAN)$(BUILD)/tables man $< >$@.new && mv $@.new $@

$(BUILD)/completion/fromscope.%: doc/completion/fromscope.%.in $(BUILD)/tables
	@mkdir -p $(@D)
	$(call say,SH)$(BUILD)/tables $* $< >$@.new && mv $@.new $@

# Every text that is marked in a source, for translators (src/po/README.md).
$(BUILD)/fromscope.pot: $(CORE_SRC) $(TUI_SRC) $(MAIN_SRC)
	@mkdir -p $(@D)
	$(call say,POT)xgettext --from-code=UTF-8 --keyword=N_ --keyword=_ --add-comments=TRANSLATORS: --add-location=file \
	--sort-by-file --package-name=fromscope -o $@ $(sort $^)

$(BUILD)/locale/%/LC_MESSAGES/fromscope.mo: src/po/%.po
	@mkdir -p $(@D)
	$(call say,MO)if command -v msgfmt >/dev/null; then msgfmt --check -o $@ $<; \
	else echo "gettext is missing: the program will speak English only"; fi

$(BUILD)/src/tui/%.o: src/tui/%.c
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(ALL_CPPFLAGS) $(HARDEN) $(WARNINGS) $(CORE_CFLAGS) $(TUI_CFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/src/%.o: src/%.c
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(ALL_CPPFLAGS) $(HARDEN) $(WARNINGS) $(CORE_CFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(ALL_CPPFLAGS) $(HARDEN) $(WARNINGS) $(CORE_CFLAGS) $(CFLAGS) -c -o $@ $<

.SECONDARY: $(patsubst %.c,$(BUILD)/%.o,$(TEST_SRC) $(PROBE_SRC) $(BENCH_SRC) $(CORPUS_SRC) $(FUZZ_SRC))

# They come with the objects, and by no rule.
%.d: ;
-include $(BUILD)/baked.d $(patsubst %.c,$(BUILD)/%.d,$(CORE_SRC) $(TUI_SRC) $(MAIN_SRC) $(TABLES_SRC) $(BAKE_SRC) $(TEST_SRC) $(PROBE_SRC) $(BENCH_SRC) $(CORPUS_SRC) $(FUZZ_SRC)) \
	$(FUZZ_TARGETS:%=$(BUILD)/tests/fuzz/replay-%.d)
