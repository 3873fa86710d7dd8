# slant: stance and sentiment of sentences. `make help` lists the targets.
VERSION := $(shell sed -n 's/^.define SLANT_VERSION "\(.*\)"/\1/p' include/slant.h)
SOVERSION := 0

CC ?= cc
HOSTCC ?= cc
CFLAGS ?= -O3 -g
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
DESTDIR ?=
BUILD ?= build

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
       -Wvla -Wformat=2
# -ffp-contract=off: no fused multiply-add, so that every machine rounds alike
BASE = -std=c11 -D_POSIX_C_SOURCE=200809L -fvisibility=hidden -fPIC -ffp-contract=off \
       -Iinclude -Isrc -isystem /usr/include/libxml2 -MMD -MP
HARDEN ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong
LDHARDEN ?= -Wl,-z,relro,-z,now
LIBS = -lsvm -lstemmer -lutf8proc -ljansson -lxml2 -lz -lzstd -lm -lpthread
CLI_LIBS = -lseccomp

FLOORS = base text quote input feat model judge report run train
LIB_SRC := $(sort $(wildcard $(FLOORS:%=src/%/*.c)))
CLI_SRC := $(sort $(wildcard src/cli/*.c))
# The tables of words that attribution knows are made from text files before anything is compiled.
WORDS := $(BUILD)/gen/quote_words.c
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/gen/quote_words.o
LIB_OBJ += $(BUILD)/obj/page_files.o
CLI_OBJ := $(CLI_SRC:%.c=$(BUILD)/obj/%.o)
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
UNIT := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/tests/%)
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))
REPLAY := $(FUZZ_SRC:tests/fuzz/%.c=$(BUILD)/tests/replay_%)
FUZZERS := $(FUZZ_SRC:tests/fuzz/%.c=$(BUILD)/fuzz/%)
SO := $(BUILD)/libslant.so.$(VERSION)

# `make accuracy` prints every figure that README.md states, `make ablation` those of docs/choices.md.
.PHONY: accuracy bench ablation
.PHONY: all help demo test check install uninstall packages packages-test models coverage fuzz tidy format \
        format-check layers asan tsan clean unit-tests torture abi

all: $(BUILD)/slant $(BUILD)/libslant.a $(SO)

help:
	@echo "make            build/slant, build/libslant.a, build/libslant.so"
	@echo "make demo       install what is missing, build, train, report on the sample articles"
	@echo "make test       install what is missing, build, run every test"
	@echo "make check      tests, their programs under sanitizers, gcc and clang -Werror, layers, format"
	@echo "make models     train what models/ holds"
	@echo "make bench      speed beside wc, fasttext, liblinear, scikit-learn (BENCH=parts, ROUNDS=n)"
	@echo "make accuracy   print the figures that README.md states"
	@echo "make ablation   print what each ingredient brings"
	@echo "make install    to DESTDIR/PREFIX, libraries to DESTDIR/LIBDIR (PREFIX/lib); make uninstall"
	@echo "make fuzz       fuzz each parser for FUZZ_SECONDS (60)"
	@echo "make torture    every failure in turn, hostile models, text and engines, every test under"
	@echo "                sanitizers, clang-tidy; prints a table"
	@echo "make coverage   line and branch coverage per floor"

$(BUILD)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(BASE) $(WARN) $(WERROR) $(HARDEN) $(CFLAGS) $(CPPFLAGS) -c $< -o $@

# the style and script of the HTML report, as C
PAGE_FILES = $(BUILD)/page_files.c
$(PAGE_FILES): src/report/embed.sh src/report/page.css src/report/chart.css src/report/page.js
	@mkdir -p $(@D)
	sh src/report/embed.sh src/report > $@.new
	mv $@.new $@
$(BUILD)/obj/page_files.o: $(PAGE_FILES) Makefile
	@mkdir -p $(@D)
	$(CC) $(BASE) $(WARN) $(WERROR) $(HARDEN) $(CFLAGS) $(CPPFLAGS) -c $< -o $@

$(BUILD)/gen/quote_words: src/gen/quote_words.c src/quote/words.h
	@mkdir -p $(@D)
	$(HOSTCC) -std=c11 -O1 -Wall -Wextra -Isrc $< -o $@

$(WORDS): $(BUILD)/gen/quote_words src/quote/words.tsv src/quote/cues.tsv
	$< src/quote/words.tsv src/quote/cues.tsv > $@.part
	mv $@.part $@

$(BUILD)/obj/gen/quote_words.o: $(WORDS) Makefile
	@mkdir -p $(@D)
	$(CC) $(BASE) $(WARN) $(WERROR) $(HARDEN) $(CFLAGS) $(CPPFLAGS) -c $< -o $@

$(BUILD)/libslant.a: $(LIB_OBJ)
	rm -f $@
	ar rcs $@ $(LIB_OBJ)

$(SO): $(LIB_OBJ) src/slant.map
	$(CC) -shared $(CFLAGS) $(LDFLAGS) $(LDHARDEN) -Wl,-soname,libslant.so.$(SOVERSION) \
	      -Wl,--version-script=src/slant.map -o $@ $(LIB_OBJ) $(LIBS)
	ln -sf libslant.so.$(VERSION) $(BUILD)/libslant.so.$(SOVERSION)
	ln -sf libslant.so.$(SOVERSION) $(BUILD)/libslant.so

$(BUILD)/slant: $(CLI_OBJ) $(BUILD)/libslant.a
	$(CC) $(CFLAGS) $(LDFLAGS) $(LDHARDEN) -o $@ $(CLI_OBJ) $(BUILD)/libslant.a $(LIBS) $(CLI_LIBS)

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d)

# ---- set-up ----

packages:
	@sh tests/packages.sh build

packages-test:
	@sh tests/packages.sh build test

# ---- demo ----

# The inner make runs after the packages are there: it needs them to build.
demo: packages
	@$(MAKE) --no-print-directory -s all
	@sh tests/demo.sh $(BUILD)

# ---- tests ----

$(BUILD)/tests/%: tests/unit/%.c $(BUILD)/libslant.a
	@mkdir -p $(@D)
	$(CC) $(BASE) $(WARN) $(WERROR) -Wno-missing-prototypes $(CFLAGS) -o $@ $< $(BUILD)/libslant.a $(LIBS) -lcmocka

$(BUILD)/tests/replay_%: tests/fuzz/%.c tests/fuzz/replay.c tests/fuzz/fuzz.h $(BUILD)/libslant.a
	@mkdir -p $(@D)
	$(CC) $(BASE) $(WARN) $(WERROR) -Wno-missing-prototypes $(CFLAGS) -o $@ $< tests/fuzz/replay.c \
	      $(BUILD)/libslant.a $(LIBS)

# Failures on demand: linked in with --wrap, or preloaded (see tests/fault/fault.h).
FAULTY = malloc calloc realloc aligned_alloc strdup free read write open close fsync rename unlink pthread_create
$(BUILD)/fault/library: tests/fault/library.c tests/fault/fault.c tests/fault/fault.h $(BUILD)/libslant.a
	@mkdir -p $(@D)
	$(CC) $(BASE) $(WARN) $(WERROR) -Wno-missing-prototypes $(CFLAGS) -o $@ tests/fault/library.c \
	      tests/fault/fault.c $(BUILD)/libslant.a $(FAULTY:%=-Wl,--wrap=%) $(LIBS)

$(BUILD)/fault/preload.so: tests/fault/fault.c tests/fault/fault.h
	@mkdir -p $(@D)
	$(CC) $(BASE) $(WARN) $(WERROR) -DFAULT_PRELOAD -shared -O1 -g -o $@ tests/fault/fault.c

$(BUILD)/fault/inside.so: tests/fault/inside.c
	@mkdir -p $(@D)
	$(CC) $(BASE) $(WARN) $(WERROR) -Wno-missing-prototypes -shared -O1 -g -o $@ $<

$(BUILD)/torture/models: tests/torture/models.c tests/fuzz/fuzz_bundle.c tests/fuzz/fuzz.h tests/fault/fault.c tests/fault/fault.h $(BUILD)/libslant.a
	@mkdir -p $(@D)
	$(CC) $(BASE) $(WARN) $(WERROR) -Wno-missing-prototypes $(CFLAGS) -o $@ tests/torture/models.c \
	      tests/fault/fault.c $(BUILD)/libslant.a $(FAULTY:%=-Wl,--wrap=%) $(LIBS)

$(BUILD)/torture/hostile: tests/torture/hostile.c
	@mkdir -p $(@D)
	$(CC) -std=c11 $(WARN) $(WERROR) -O2 -o $@ $<

unit-tests: $(UNIT) $(REPLAY) $(BUILD)/fault/library $(BUILD)/fault/preload.so $(BUILD)/fault/inside.so $(BUILD)/torture/models $(BUILD)/torture/hostile

test: packages-test
	@$(MAKE) --no-print-directory -s all unit-tests
	@BUILD=$(BUILD) sh tests/run.sh

# The same tests under a sanitizer, in a build of its own; PROGRAMS=1: without the scripts.
asan:
	@BUILD=build/asan $(MAKE) --no-print-directory -s BUILD=build/asan HARDEN= LDHARDEN= \
	  CFLAGS="-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all" \
	  all unit-tests
	@BUILD=build/asan SANITIZER=asan PROGRAMS=$(PROGRAMS) sh tests/run.sh

tsan:
	@BUILD=build/tsan $(MAKE) --no-print-directory -s BUILD=build/tsan HARDEN= LDHARDEN= \
	  CFLAGS="-O1 -g -fsanitize=thread" all unit-tests
	@BUILD=build/tsan SANITIZER=tsan PROGRAMS=$(PROGRAMS) sh tests/run.sh

# What is too long for `make test`: half an hour or so. TORTURE names parts.
torture: all unit-tests
	@BUILD=build/asan $(MAKE) --no-print-directory -s BUILD=build/asan HARDEN= LDHARDEN= \
	  CFLAGS="-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all" \
	  build/asan/fault/library build/asan/torture/models
	@sh tests/torture/run.sh $(BUILD) build/asan

# The binary interface of the shared library, on record; tests/cli/library.sh compares.
abi: $(SO)
	abidw --no-corpus-path --no-comp-dir-path --drop-private-types --drop-undefined-syms \
	  --exported-interfaces-only --headers-dir include --no-show-locs --no-elf-needed \
	  $(SO) > tests/libslant.abi

layers:
	@sh tests/layers.sh

tidy:
	@printf '%s\n' $(LIB_SRC) $(CLI_SRC) | xargs -P 2 -n 3 sh -c \
	  'clang-tidy-14 --quiet --config-file=src/.clang-tidy "$$@" -- $(filter-out -MMD -MP,$(BASE)) 2>/dev/null' sh

format:
	clang-format-14 -i --style=file:src/.clang-format $(LIB_SRC) $(CLI_SRC) src/*/*.h include/*.h \
	  tests/unit/*.[ch] tests/fuzz/*.[ch] tests/fault/*.[ch] tests/torture/*.c tests/embed/*.c docs/example.c

format-check:
	clang-format-14 --dry-run --Werror --style=file:src/.clang-format $(LIB_SRC) $(CLI_SRC) \
	  src/*/*.h include/*.h tests/unit/*.[ch] tests/fuzz/*.[ch] tests/fault/*.[ch] tests/torture/*.c tests/embed/*.c docs/example.c

# What fits in ten minutes on two processors, the longest first; `make torture` has the rest.
.PHONY: werror
check:
	@sh tests/packages.sh build test check
	@$(MAKE) --no-print-directory -s -j2 --output-sync=target test tsan-programs asan-programs werror
	@$(MAKE) --no-print-directory layers format-check

%-programs:
	@$(MAKE) --no-print-directory -s PROGRAMS=1 $*

werror:
	@$(MAKE) --no-print-directory -s BUILD=build/gcc WERROR=-Werror all
	@$(MAKE) --no-print-directory -s BUILD=build/clang CC=clang-14 WERROR=-Werror all

# The library is compiled once for all fuzzers, in a build of its own.
FUZZ_FLAGS = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
FUZZ_BUILD = build/fuzz-library
.PHONY: fuzz-library
fuzz-library:
	@$(MAKE) --no-print-directory -s BUILD=$(FUZZ_BUILD) CC=clang-14 HARDEN= \
	  CFLAGS="$(FUZZ_FLAGS) -fsanitize=fuzzer-no-link" $(FUZZ_BUILD)/libslant.a
# the recipe, though empty, makes make look at its age again
ifneq ($(BUILD),$(FUZZ_BUILD))
$(FUZZ_BUILD)/libslant.a: fuzz-library ;
endif
$(BUILD)/fuzz/%: tests/fuzz/%.c tests/fuzz/fuzz.h $(FUZZ_BUILD)/libslant.a
	@mkdir -p $(@D)
	clang-14 $(filter-out -MMD -MP,$(BASE)) $(FUZZ_FLAGS) -fsanitize=fuzzer -o $@ $< \
	  $(FUZZ_BUILD)/libslant.a $(LIBS)

FUZZ_SECONDS ?= 60
fuzz: $(FUZZERS)
	@sh tests/fuzz/run.sh $(BUILD)/fuzz $(FUZZ_SECONDS)

# What is locked down or starved cannot open its counters and says so, which some tests take for a
# failure: here their verdict does not count.
coverage:
	@BUILD=build/coverage $(MAKE) --no-print-directory -s BUILD=build/coverage HARDEN= \
	  CFLAGS="-O0 -g --coverage -fprofile-update=atomic" all unit-tests
	@BUILD=build/coverage sh tests/run.sh || true
	gcovr --root . --object-directory build/coverage --filter 'src/' --gcov-ignore-parse-errors --json build/coverage/all.json
	python3 tests/coverage.py build/coverage/all.json

# ---- speed ----

BENCH_CC = $(CC) -std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude -Isrc $(WARN) -O2

$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libslant.a
	@mkdir -p $(@D)
	$(BENCH_CC) -o $@ $< $(BUILD)/libslant.a $(LIBS)

# Beside wc, fasttext, liblinear and scikit-learn; BENCH names parts, ROUNDS how often each runs.
bench: all $(BUILD)/bench/generate $(BUILD)/bench/measure $(BUILD)/bench/fit
	@sh tests/bench/run.sh $(BUILD) $(BENCH)

# ---- models ----

models: all
	sh models/train.sh $(BUILD)

accuracy: all
	@sh tests/accuracy.sh $(BUILD)

ablation: all
	@sh tests/ablation.sh $(BUILD)

# ---- install ----

# Quoted where they are used: DESTDIR may have a blank.
TO = $(DESTDIR)$(PREFIX)
TO_LIB = $(DESTDIR)$(LIBDIR)
DOC = LICENSE docs/formats.md docs/example.c $(wildcard docs/*.schema.json)

install: all
	install -d "$(TO)/bin" "$(TO_LIB)/pkgconfig" "$(TO)/include" "$(TO)/share/man/man1" \
	  "$(TO)/share/slant/models" "$(TO)/share/doc/slant" \
	  "$(TO)/share/bash-completion/completions" "$(TO)/share/zsh/site-functions"
	install -m 755 $(BUILD)/slant "$(TO)/bin/slant"
	install -m 644 include/slant.h "$(TO)/include/slant.h"
	install -m 644 $(BUILD)/libslant.a "$(TO_LIB)/libslant.a"
	install -m 755 $(SO) "$(TO_LIB)/libslant.so.$(VERSION)"
	ln -sf libslant.so.$(VERSION) "$(TO_LIB)/libslant.so.$(SOVERSION)"
	ln -sf libslant.so.$(SOVERSION) "$(TO_LIB)/libslant.so"
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' -e 's|@LIBDIR@|$(LIBDIR)|' \
	  -e '/^libdir=/s|=$(PREFIX)/|=$${prefix}/|' src/slant.pc.in > "$(TO_LIB)/pkgconfig/slant.pc"
	chmod 644 "$(TO_LIB)/pkgconfig/slant.pc"
	install -m 644 docs/man/*.1 "$(TO)/share/man/man1/"
	install -m 644 docs/completion/slant.bash "$(TO)/share/bash-completion/completions/slant"
	install -m 644 docs/completion/_slant "$(TO)/share/zsh/site-functions/_slant"
	install -m 644 models/*.slant "$(TO)/share/slant/models/"
	install -m 644 training/lexicon.tsv "$(TO)/share/slant/lexicon.tsv"
	install -m 644 $(DOC) "$(TO)/share/doc/slant/"

# What install wrote, and the folders that are slant's alone, unless others put files there.
uninstall:
	rm -f "$(TO)/bin/slant" "$(TO)/include/slant.h" "$(TO_LIB)/pkgconfig/slant.pc" \
	  "$(TO_LIB)/libslant.a" "$(TO_LIB)/libslant.so" "$(TO_LIB)/libslant.so.$(SOVERSION)" \
	  "$(TO_LIB)/libslant.so.$(VERSION)" "$(TO)/share/bash-completion/completions/slant" \
	  "$(TO)/share/zsh/site-functions/_slant" "$(TO)/share/slant/lexicon.tsv"
	for f in docs/man/*.1; do rm -f "$(TO)/share/man/man1/$${f##*/}"; done
	for f in models/*.slant; do rm -f "$(TO)/share/slant/models/$${f##*/}"; done
	for f in $(DOC); do rm -f "$(TO)/share/doc/slant/$${f##*/}"; done
	for d in share/slant/models share/slant share/doc/slant; do \
	  rmdir "$(TO)/$$d" 2>/dev/null || true; done

clean:
	rm -rf build
