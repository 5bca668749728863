# fx: the compiler, its runtime, and everything that is run on them. `make help` lists the targets.

BUILD ?= build
PREFIX ?= /usr/local
DESTDIR ?=
ifeq ($(origin CC),default)
CC := $(shell command -v gcc >/dev/null 2>&1 && echo gcc || { command -v clang >/dev/null 2>&1 && echo clang || echo cc; })
endif
RE2C ?= re2c
LEMON ?= lemon
PYTHON ?= python3
AR ?= ar
PORT ?= 8000
CORES := $(shell nproc 2>/dev/null || echo 2)
MAKEFLAGS += --no-builtin-rules --no-print-directory
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += --jobs=$(CORES)
endif

WARNINGS := -Wall -Wextra -Werror
# The compiler's core is plain C11; what touches the world (main.c, tools/) and the runtime speak POSIX and GNU C.
CORE_STANDARD := -std=c11
WORLD_STANDARD := -std=gnu11
GENERATED := $(BUILD)/generated
INCLUDES_compiler := -Icompiler -Icompiler/syntax -I$(GENERATED)
INCLUDES_runtime := -Iruntime
UV_CFLAGS := $(shell pkg-config --cflags libuv 2>/dev/null)
# A program gets only those functions of the runtime that it can reach (fx build --release).
FLAGS_release := -O2 -g -ffunction-sections -fdata-sections
# GCC would put together an fx_answer, which is returned in two registers, in memory.
FLAGS_runtime_release := -fno-tree-slp-vectorize
FLAGS_debug := -Og -g -DFX_MALLOC
FLAGS_sanitize := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -DFX_MALLOC
# What lemon and re2c write is not ours to tidy.
GENERATED_WARNINGS := -Wno-unused-parameter -Wno-unused-variable -Wno-unused-but-set-variable -Wno-unused-function -Wno-sign-compare -Wno-implicit-fallthrough

COMPILER_SOURCES := $(sort $(shell find compiler -name '*.c'))
LEXERS := $(sort $(shell find compiler -name '*.re'))
GRAMMARS := $(sort $(shell find compiler -name '*.y'))
RUNTIME_SOURCES := $(sort $(wildcard runtime/*.c) $(shell find stdlib -name '*.c'))
GENERATED_SOURCES := $(patsubst %.re,$(GENERATED)/%.c,$(notdir $(LEXERS))) $(patsubst %.y,$(GENERATED)/%.c,$(notdir $(GRAMMARS)))
GENERATED_HEADERS := $(patsubst %.y,$(GENERATED)/%.h,$(notdir $(GRAMMARS)))
WORLD_SOURCES := compiler/main.c $(filter compiler/tools/% $(addprefix compiler/semantics/,real_world.c recorded_world.c convert.c call.c run_tests.c),$(COMPILER_SOURCES))
# The interpreter runs programs with the runtime and the libraries' C within fx itself, and finds their functions by name.
WORLD_LIBRARIES := -lm -lpthread $(shell pkg-config --libs libuv 2>/dev/null || echo -luv) -lgmp -ldl
WHOLE_RUNTIME = -Wl,--whole-archive $(1) -Wl,--no-whole-archive -Wl,--export-dynamic-symbol='fx_*'
ifeq ($(V),)
Q := @
say = @$(if $(QUIET),:,printf '%-8s %s\n' $(1) $(2))
else
Q :=
say = @:
endif

.PHONY: all variants run test bless mutate cascades walk made fuzz library-page bench bench-pluto bench-steady bench-http soak slow test-browser test-nginx test-haproxy grammar install uninstall clean help check_tools
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:

all: $(BUILD)/fx $(BUILD)/libfx_runtime.a
	@:

# The same with sanitizers, and with a runtime for debuggers and valgrind, where every object is malloc'd: an fx in each folder takes the
# libfx_runtime.a beside it. libfx_compiler.a is for programs in C that call the compiler.
variants: $(BUILD)/sanitize/fx $(BUILD)/sanitize/libfx_runtime.a $(BUILD)/debug/fx $(BUILD)/debug/libfx_runtime.a $(BUILD)/sanitize/libfx_compiler.a
	@:

# ---- the parser's sources ----

vpath %.re $(sort $(dir $(LEXERS)))
vpath %.y $(sort $(dir $(GRAMMARS)))

$(GENERATED)/%.c: %.re | check_tools
	$(call say,re2c,$<)
	$(Q)mkdir -p $(GENERATED) && $(RE2C) -W -Wno-nondeterministic-tags --no-generation-date -o $@ $<

# lemon writes the .c and the .h together; it leaves a .h that would be the same alone, which would be older than the .y for ever.
$(GENERATED)/%.c $(GENERATED)/%.h: %.y | check_tools
	$(call say,lemon,$<)
	$(Q)mkdir -p $(GENERATED) && $(LEMON) -q -d$(GENERATED) $< && touch $(GENERATED)/$*.h

.SECONDARY: $(GENERATED_SOURCES) $(GENERATED_HEADERS)

# ---- variants: release (the empty folder name), debug, sanitize ----

# $(1): folder under $(BUILD) with its slash; $(2): name of the variant
define variant
COMPILER_OBJECTS_$(2) := $$(patsubst %.c,$(BUILD)/objects/$(2)/%.o,$$(COMPILER_SOURCES)) \
	$$(patsubst $(GENERATED)/%.c,$(BUILD)/objects/$(2)/generated/%.o,$$(GENERATED_SOURCES))
RUNTIME_OBJECTS_$(2) := $$(patsubst %.c,$(BUILD)/objects/$(2)/%.o,$$(RUNTIME_SOURCES))
OBJECTS += $$(COMPILER_OBJECTS_$(2)) $$(RUNTIME_OBJECTS_$(2))

$(BUILD)/$(1)fx: $$(COMPILER_OBJECTS_$(if $(filter debug,$(2)),release,$(2))) $(BUILD)/$(if $(filter debug,$(2)),,$(1))libfx_runtime.a
	$$(call say,link,$$@)
	$$(Q)mkdir -p $$(@D) && $$(CC) $$(FLAGS_$(2)) $$(CFLAGS) $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) $$(call WHOLE_RUNTIME,$$(filter %.a,$$^)) $$(WORLD_LIBRARIES)

# All but main.c: for programs in C that call the compiler (tests/).
$(BUILD)/$(1)libfx_compiler.a: $$(filter-out %/compiler/main.o,$$(COMPILER_OBJECTS_$(2)))
	$$(call say,archive,$$@)
	$$(Q)mkdir -p $$(@D) && rm -f $$@ && $$(AR) rcs $$@ $$^

$(BUILD)/$(1)libfx_runtime.a: $$(RUNTIME_OBJECTS_$(2))
	$$(call say,archive,$$@)
	$$(Q)mkdir -p $$(@D) && rm -f $$@ && $$(AR) rcs $$@ $$^

$(BUILD)/objects/$(2)/compiler/%.o: compiler/%.c | $$(GENERATED_HEADERS)
	$$(call say,$$(CC),$$<)
	$$(Q)mkdir -p $$(@D) && $$(CC) $$(if $$(filter $$<,$$(WORLD_SOURCES)),$$(WORLD_STANDARD),$$(CORE_STANDARD)) $$(WARNINGS) $$(FLAGS_$(2)) $$(INCLUDES_compiler) $$(UV_CFLAGS) $$(CFLAGS) -MMD -MP -c -o $$@ $$<

$(BUILD)/objects/$(2)/generated/%.o: $(GENERATED)/%.c | $$(GENERATED_HEADERS)
	$$(call say,$$(CC),$$<)
	$$(Q)mkdir -p $$(@D) && $$(CC) $$(CORE_STANDARD) $$(WARNINGS) $$(GENERATED_WARNINGS) $$(FLAGS_$(2)) $$(INCLUDES_compiler) $$(CFLAGS) -MMD -MP -c -o $$@ $$<

$(BUILD)/objects/$(2)/runtime/%.o: runtime/%.c | check_tools
	$$(call say,$$(CC),$$<)
	$$(Q)mkdir -p $$(@D) && $$(CC) $$(WORLD_STANDARD) $$(WARNINGS) $$(FLAGS_$(2)) $$(FLAGS_runtime_$(2)) $$(INCLUDES_runtime) $$(UV_CFLAGS) $$(CFLAGS) -MMD -MP -c -o $$@ $$<

$(BUILD)/objects/$(2)/stdlib/%.o: stdlib/%.c | check_tools
	$$(call say,$$(CC),$$<)
	$$(Q)mkdir -p $$(@D) && $$(CC) $$(WORLD_STANDARD) $$(WARNINGS) $$(FLAGS_$(2)) $$(FLAGS_runtime_$(2)) $$(INCLUDES_runtime) $$(UV_CFLAGS) $$(CFLAGS) -MMD -MP -c -o $$@ $$<
endef
$(eval $(call variant,,release))
$(eval $(call variant,debug/,debug))
$(eval $(call variant,sanitize/,sanitize))
-include $(OBJECTS:.o=.d)

# Says in one line what is missing, before a compiler says it in a hundred.
check_tools:
	@.ci/dependencies --check build

# ---- running ----

run:
	@.ci/dependencies run
	@$(MAKE) $(BUILD)/pluto
	@echo "Ctrl-C stops it."
	@exec $(BUILD)/pluto $(PORT) examples/pluto/site

# ONLY=errors/E02 runs the tests whose name starts so. Everything is built with both compilers.
test:
	@.ci/dependencies test
	@$(MAKE) QUIET=1 all variants
	@$(MAKE) QUIET=1 CC=clang BUILD=$(BUILD)/clang all
	@$(PYTHON) tests/run_tests --build $(BUILD) $(ONLY)

bless: all
	@$(PYTHON) tests/run_tests --build $(BUILD) --bless $(ONLY)

mutate:
	@.ci/dependencies test
	@$(MAKE) QUIET=1 all variants
	@$(PYTHON) tests/run_tests --build $(BUILD) --mutations 1000 mutate

# The share of single slips of the keyboard that give more than one error. SEED=2 COUNT=1000 for others.
SEED ?= 1
COUNT ?= 500
cascades: all
	@$(PYTHON) tests/cascades --fx $(BUILD)/fx --seed $(SEED) --count $(COUNT)

walk:
	@.ci/dependencies test
	@$(MAKE) QUIET=1 all variants
	@$(PYTHON) tests/run_tests --build $(BUILD) --walk 3000 walk

made:
	@.ci/dependencies test
	@$(MAKE) QUIET=1 all
	@$(PYTHON) tests/run_tests --build $(BUILD) --made 500 made

# The parsers of HTTP under libFuzzer, guided by what of them an input reaches. SECONDS=600 for longer.
SECONDS ?= 60
FUZZER_LIBRARY = $(shell clang -print-file-name=libclang_rt.fuzzer_no_main-$(shell uname -m).a)
FUZZER_FLAGS = -DFX_MALLOC -DFX_LIBFUZZER -fsanitize=fuzzer-no-link,address,undefined -Wl,--undefined=LLVMFuzzerRunDriver $(FUZZER_LIBRARY) -lstdc++

fuzz:
	@.ci/dependencies test
	@$(MAKE) QUIET=1 all variants
	@mkdir -p $(BUILD)/fuzz/http
	@$(BUILD)/sanitize/fx build --debug --cc "clang $(FUZZER_FLAGS)" tests/fuzz/http_fuzzer.fx -o $(BUILD)/fuzz/http_fuzzer
	@$(BUILD)/fuzz/http_fuzzer -max_total_time=$(SECONDS) -max_len=600 -artifact_prefix=$(BUILD)/fuzz/ $(BUILD)/fuzz/http tests/fuzz/http_seeds

bench:
	@.ci/dependencies bench
	@$(MAKE) QUIET=1 all
	@$(PYTHON) tests/bench/run --build $(BUILD) $(ONLY)

# Pluto beside nginx and its peers; as many of those as are installed.
bench-pluto:
	@.ci/dependencies bench-pluto
	@$(MAKE) QUIET=1 all
	@$(PYTHON) tests/bench/pluto/run --build $(BUILD)

# A JSON API by Http.Server beside Go's and Node's.
bench-http:
	@.ci/dependencies bench-http
	@$(MAKE) QUIET=1 all
	@$(PYTHON) tests/bench/http/run --build $(BUILD)

# Ten runs on one page beside nginx: no error, no growth of memory.
bench-steady:
	@.ci/dependencies bench-pluto
	@$(MAKE) QUIET=1 all
	@$(PYTHON) tests/bench/pluto/run --build $(BUILD) --steady Pluto

PLUTO_SOURCES := $(shell find examples/pluto stdlib -name '*.fx') $(wildcard runtime/*.h)

$(BUILD)/pluto: $(BUILD)/fx $(BUILD)/libfx_runtime.a $(PLUTO_SOURCES)
	$(call say,build,"examples/pluto (the C compiler's -O2: some ten seconds)")
	$(Q)$(BUILD)/fx build --release examples/pluto/pluto.fx -o $@

# Ten minutes of mixed load, or SOAK_SECONDS of it.
SOAK_SECONDS ?= 600
soak: $(BUILD)/pluto
	@$(PYTHON) tests/pluto/soak.py $(BUILD)/pluto $(SOAK_SECONDS)

# Ten thousand clients that never end their requests, beside a quick one.
SLOW ?= 10000
slow: $(BUILD)/pluto
	@$(PYTHON) tests/pluto/slow.py $(BUILD)/pluto $(SLOW)

# The clients of make test, and Chromium.
test-browser:
	@.ci/dependencies browser
	@$(MAKE) QUIET=1 $(BUILD)/pluto
	@$(PYTHON) tests/pluto/clients.py $(BUILD)/pluto --browser

test-nginx:
	@.ci/dependencies nginx
	@$(MAKE) QUIET=1 $(BUILD)/pluto
	@$(PYTHON) tests/pluto/differential.py $(BUILD)/pluto

# Restarts two Plutos behind HAProxy under load.
test-haproxy:
	@.ci/dependencies haproxy
	@$(MAKE) QUIET=1 $(BUILD)/pluto
	@$(PYTHON) tests/pluto/rolling.py $(BUILD)/pluto

GRAMMAR = $(LEMON) -g -d$(GENERATED) compiler/syntax/parse.y | $(PYTHON) docs/print_grammar compiler/syntax/token.def

grammar: check_tools
	@mkdir -p $(GENERATED) && $(GRAMMAR) > docs/grammar.md

# The modules of the library, from their doc comments.
library-page: all
	@$(BUILD)/fx doc --markdown > docs/library.md

# ---- installing ----

LIBRARY := $(DESTDIR)$(PREFIX)/lib/fx

install: all
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(LIBRARY)/include'
	install -m 755 $(BUILD)/fx '$(DESTDIR)$(PREFIX)/bin/fx'
	install -m 644 $(BUILD)/libfx_runtime.a '$(LIBRARY)/libfx_runtime.a'
	install -m 644 runtime/fx.h runtime/fx_code.h '$(LIBRARY)/include/'
	cd stdlib && find . -name '*.fx' -exec sh -c 'for f; do install -D -m 644 "$$f" "$$0/$$f" || exit 1; done' '$(abspath $(LIBRARY))/stdlib' {} +

uninstall:
	rm -rf '$(LIBRARY)'
	rm -f '$(DESTDIR)$(PREFIX)/bin/fx'

clean:
	rm -rf $(BUILD)

help:
	@echo 'make            the command at $(BUILD)/fx and its runtime'
	@echo 'make run        installs what is missing, builds, and serves examples/pluto/site with Pluto (PORT=$(PORT))'
	@echo 'make test       installs what is missing, builds, and runs every test; ONLY=errors/E02 runs those whose name starts so'
	@echo 'make bless      writes the expectations of ONLY=... anew, for you to read the difference'
	@echo 'make cascades   the share of single mistakes that give more than one error, and those that do'
	@echo 'make mutate     1 000 mutations of each example and test program through the compiler'
	@echo 'make walk       cancels each waiting program at every step, fails each of its allocations and system calls (of the first 3 000)'
	@echo 'make made       500 made-up programs, compiled and by the executable semantics'
	@echo 'make fuzz       HTTP'"'"'s parsers under libFuzzer for SECONDS=$(SECONDS)'
	@echo 'make bench      fx beside C, OCaml, Lwt and libuv: one table of ratios; ONLY=fib runs one'
	@echo 'make bench-pluto   Pluto beside nginx and other web servers; make bench-steady: ten runs on one page, and the memory after each'
	@echo 'make bench-http    a JSON API by Http.Server beside Go and Node'
	@echo 'make soak          ten minutes of mixed load for Pluto; make slow: 10 000 slow clients; make test-browser shows it to Chromium'
	@echo 'make test-nginx    asks Pluto and nginx the same 320 questions; make test-haproxy restarts Plutos behind it under load'
	@echo 'make grammar    docs/grammar.md from the parser'"'"'s grammar'
	@echo 'make library-page  docs/library.md from the doc comments of stdlib/'
	@echo 'make install    to PREFIX=$(PREFIX); make uninstall removes it'
	@echo 'make clean      removes $(BUILD)/'
	@echo 'CC=clang BUILD=build-clang builds with another compiler; V=1 shows the commands'
