# Builds, tests and runs the Dynamo kiosk. `make help` lists what it can do.
# `make run` and `make check` install the Debian packages that they miss.
BUILD ?= debug
OUT ?= build
O := $(OUT)/$(BUILD)
PREFIX ?= /usr/local
ARCH ?= amd64
BOARD ?= pc
SHAREDIR = $(PREFIX)/share/dynamo-kiosk
VERSION := 0.1.0
.DEFAULT_GOAL := all

# A region needs libpq; a house that stands alone is built without.
ifeq ($(shell pkg-config --exists libpq 2>/dev/null && echo yes),yes)
REGION_MODULES := region sync regiondesk
endif

# The architecture: for each module the modules that it may include (base always).
# These edges order the link and feed check-layers. See src/README.md.
MODULES := base core i18n config crypt cert store flow ui sdl print speech screens kiosk display notice desk \
           net register upload report ctl $(REGION_MODULES)
DEPS_store := core crypt
DEPS_flow := core store
DEPS_ui := i18n
DEPS_sdl := ui
DEPS_print := core i18n config
DEPS_speech := i18n config
DEPS_screens := core ui flow i18n config
DEPS_kiosk := core screens ui sdl flow store i18n config print speech
DEPS_display := ui sdl store core i18n config speech
DEPS_notice := ui sdl i18n config print
DEPS_desk := core flow store report i18n config
DEPS_register := core config net crypt
DEPS_upload := core store register config net crypt
DEPS_report := core store i18n config
DEPS_region := core store
DEPS_sync := core store region config
DEPS_regiondesk := core flow store report i18n config desk region
DEPS_ctl := flow store report register upload net config core i18n crypt cert print

# Which Debian libraries a module links.
PKG_core := jansson
PKG_config := inih
PKG_crypt := libsodium liboath
PKG_cert := gnutls
PKG_store := sqlite3
PKG_sdl := sdl2 SDL2_ttf SDL2_image fribidi
PKG_print := libqrencode
PKG_desk := libmicrohttpd jansson
PKG_net := libcurl
PKG_register := jansson
PKG_upload := jansson
PKG_report := jansson
PKG_ctl := jansson
PKG_region := libpq
PKG_regiondesk := jansson

# Programs and the module on top of each.
BINS := $(filter-out $(if $(REGION_MODULES),,dynamo-sync dynamo-region-desk),$(patsubst src/cmd/%.c,%,$(wildcard src/cmd/*.c)))
USES_dynamo-kiosk := kiosk
USES_dynamo-display := display
USES_dynamo-notice := notice
USES_dynamo-desk := desk
USES_dynamo-upload := upload
USES_dynamoctl := ctl
USES_dynamo-sync := sync
USES_dynamo-region-desk := regiondesk

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wconversion \
        -Wformat=2 -Wundef -Wvla -Wswitch-enum -Wpointer-arith -Wwrite-strings
CPPFLAGS += -Isrc -I. -I$(O)/gen -D_GNU_SOURCE -DDYNAMO_VERSION='"$(VERSION)"'
CFLAGS_debug := -O1 -g3 -fno-omit-frame-pointer
CFLAGS_release := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
CFLAGS_asan := $(CFLAGS_debug) -fsanitize=address,undefined -fno-sanitize-recover=all
CFLAGS_cov := -O0 -g --coverage
CFLAGS_fuzz := -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LDFLAGS_release := -pie -Wl,-z,relro,-z,now -Wl,--as-needed
ALL_CFLAGS = -std=gnu11 $(WARN) $(WERROR) $(CFLAGS_$(BUILD)) $(CFLAGS) -MMD -MP

# Derived; nothing below names a source file of the product.
closure = $(sort base $1 $(foreach d,$(DEPS_$1),$(if $(filter $d,$2),$(error module cycle: $2 $d),$(call closure,$d,$2 $d))))
closures = $(sort $(foreach m,$1,$(call closure,$m)))
objs = $(patsubst %.c,$(O)/%.o,$(wildcard src/$1/*.c)) $(if $(filter store,$1),$(O)/gen/sql.o)$(if $(filter region,$1),$(O)/gen/region_sql.o)
pkgs = $(strip $(foreach m,$(call closures,$1),$(PKG_$m)))
libs = $(if $(pkgs),$(shell pkg-config --libs $(pkgs)))
archives = $(foreach m,$(call closures,$1),$(O)/lib/$m.a)
link = @mkdir -p $(@D); $(CC) $(ALL_CFLAGS) $(LDFLAGS_$(BUILD)) $(LDFLAGS) -o $@ -Wl,--start-group $^ -Wl,--end-group -lm
MO := $(patsubst assets/po/%.po,$(O)/share/locale/%.mo,$(wildcard assets/po/*.po))
SHARE := $(addprefix $(O)/share/,$(notdir $(filter-out assets/po assets/pictures,$(wildcard assets/*))))
TEST_LIB := $(patsubst %.c,$(O)/%.o,$(wildcard tests/lib/*.c))
TESTS := $(patsubst tests/%.c,$(O)/tests/%,$(foreach m,$(MODULES),$(wildcard tests/$m/test_*.c)))
empty :=
comma := ,
colons = $(subst $(empty) $(empty),:,$(strip $1))
LAYERS := $(foreach m,$(MODULES),$(call colons,$m base $(DEPS_$m))) $(call colons,cmd base $(MODULES))

all: programs ## build the programs (BUILD=debug, release, asan or cov)
programs: $(addprefix $(O)/,$(BINS)) $(O)/dynamo-register $(MO) $(SHARE)

define module_rules
$(O)/lib/$1.a: $(call objs,$1) ; @mkdir -p $$(@D); rm -f $$@; $(AR) rcs $$@ $$^
$(if $(PKG_$1),$(O)/src/$1/%.o: CPPFLAGS += $$(shell pkg-config --cflags $(PKG_$1)))
$(if $(PKG_$1),$(O)/tests/$1/%.o: CPPFLAGS += $$(shell pkg-config --cflags $(PKG_$1)))
$(O)/tests/$1/%: $(O)/tests/$1/%.o $(TEST_LIB) $(filter-out $(if $(filter sync,$1),%/region.a),$(call archives,$1)) ; $$(link) -lcmocka $$(call libs,$1)
check-$1: $(filter $(O)/tests/$1/%,$(TESTS)) $(MO) $(SHARE) ; tools/run-tests $(filter $(O)/tests/$1/%,$(TESTS))
endef
$(foreach m,$(MODULES),$(eval $(call module_rules,$m)))
define bin_rules
$(O)/$1: $(O)/src/cmd/$1.o $(call archives,$(USES_$1)) ; $$(link) $$(call libs,$(USES_$1)) $(LIBS_$1)
endef
$(foreach b,$(BINS),$(eval $(call bin_rules,$b)))

# Tests whose verdict would hang on the machine's own time have a time of their own.
OWN_MONO := kiosk display
OWN_WALL := flow display upload
$(foreach m,$(OWN_MONO),$(eval $(O)/tests/$m/%: LDFLAGS += -Wl,--wrap=clock_real_mono_ms))
$(foreach m,$(OWN_WALL),$(eval $(O)/tests/$m/%: LDFLAGS += -Wl,--wrap=clock_wall_ms))

# Tests of the upload talk to the stand-in's own handlers, in their process.
NEAR := $(patsubst %.c,$(O)/%.o,tests/upload/near.c \
    $(filter-out %/main.c %/serve.c,$(wildcard tools/register/*.c)))
$(filter $(O)/tests/upload/%,$(TESTS)): $(NEAR)

# Tests of sync have a region in memory instead of src/region.
$(filter $(O)/tests/sync/%,$(TESTS)): $(O)/tests/sync/fake_region.o $(call archives,flow)

# How pages look: every screen with its real letters. Scenes are shared by those tests.
TESTS += $(patsubst tests/%.c,$(O)/tests/%,$(wildcard tests/look/test_*.c))
$(O)/tests/look/%.o: CPPFLAGS += $(shell pkg-config --cflags $(PKG_sdl))
$(O)/tests/look/%: $(O)/tests/look/%.o $(O)/tests/look/scenes.o $(TEST_LIB) $(call archives,kiosk) ; $(link) -lcmocka $(call libs,kiosk)
check-look: $(patsubst tests/%.c,$(O)/tests/%,$(wildcard tests/look/test_*.c)) $(MO) $(SHARE) ; tools/run-tests $(filter $(O)/tests/look/%,$(TESTS))

# Tests of faults run flow, store and upload on a simulated disk: tests/faults/calls.h.
WRAPPED := open close read __read_chk pread pwrite write stat lstat fstat access faccessat unlink rename renameat2 mkdir \
           chmod fchmod ftruncate flock fcntl statvfs fstatvfs posix_fadvise nanosleep clock_gettime
FAULT_LIB := $(patsubst %,$(O)/tests/faults/%.o,disk calls people box many day world visitors appointments the_end)
FAULTS := $(filter-out $(FAULT_LIB:.o=),$(patsubst %.c,$(O)/%,$(wildcard tests/faults/*.c)))
TESTS += $(FAULTS)
$(FAULTS): $(O)/tests/faults/%: $(O)/tests/faults/%.o $(FAULT_LIB) $(TEST_LIB) $(NEAR) $(call archives,flow upload)
	$(link) $(addprefix -Wl$(comma)--wrap=,$(WRAPPED)) -lcmocka $(call libs,flow upload)
check-faults: $(FAULTS) ; tools/run-tests $(FAULTS)
# The masses of histories and of images are made at -O2; another BUILD makes a share of them.
MASS := $(patsubst %,$(OUT)/release/tests/faults/%,simulate power_loss)
$(OUT)/release/tests/faults/many.o: CPPFLAGS += -DALL_ROUNDS

# Fuzz targets: with libFuzzer by `make fuzz`; their seeds are played by every `make check`.
FUZZ := $(patsubst tests/fuzz/%.c,$(O)/tests/fuzz/%,$(filter-out %/replay.c,$(wildcard tests/fuzz/*.c)))
FUZZ_MAIN := $(if $(filter fuzz,$(BUILD)),,$(O)/tests/fuzz/replay.o)
FUZZ_MODULES := desk kiosk notice register
TESTS += $(FUZZ)
$(O)/tests/fuzz/%.o: CPPFLAGS += $(shell pkg-config --cflags $(call pkgs,$(FUZZ_MODULES)))
$(FUZZ): LDFLAGS_fuzz := -fsanitize=fuzzer
$(FUZZ): $(O)/tests/fuzz/%: $(O)/tests/fuzz/%.o $(FUZZ_MAIN) $(call archives,$(FUZZ_MODULES)) ; $(link) $(call libs,$(FUZZ_MODULES))
check-fuzz: $(FUZZ) $(MO) $(SHARE) ; tools/run-tests $(FUZZ)

# Pixels are mixed by loops that the compiler should turn into vectors.
$(OUT)/release/src/sdl/canvas.o $(OUT)/release/src/sdl/fonts.o: CFLAGS_release += -O3

# The stand-in register is a developer's tool and shares only base and core.
$(O)/tools/register/%.o: CPPFLAGS += $(shell pkg-config --cflags libmicrohttpd jansson sqlite3)
$(O)/dynamo-register: $(patsubst %.c,$(O)/%.o,$(wildcard tools/register/*.c)) $(call archives,core crypt)
	$(link) $(shell pkg-config --libs libmicrohttpd jansson sqlite3 libsodium gnutls 2>/dev/null || pkg-config --libs libmicrohttpd jansson sqlite3 libsodium)

# Benchmarks: each a program that links flow and times one thing beside its bare peer.
BENCHES := $(patsubst tools/bench/%.c,$(O)/bench/%,$(filter-out tools/bench/rounds.c tools/bench/house.c,$(wildcard tools/bench/*.c)))
$(O)/bench/%: $(O)/tools/bench/%.o $(O)/tools/bench/rounds.o $(O)/tools/bench/house.o $(call archives,flow) ; $(link) $(call libs,flow)
BENCHES += $(O)/bench/commit $(O)/bench/upload
$(O)/bench/commit: $(patsubst %.c,$(O)/%.o,$(wildcard tools/bench/commit/*.c)) $(O)/tools/bench/rounds.o $(call archives,flow) ; $(link) $(call libs,flow)
$(O)/bench/upload: $(patsubst %.c,$(O)/%.o,$(wildcard tools/bench/upload/*.c)) $(O)/tools/bench/rounds.o $(call archives,upload) ; $(link) $(call libs,upload)
# The desk's peers, and what asks them for pages: they share nothing with it.
$(O)/tools/bench/desk/%.o: CPPFLAGS += $(shell pkg-config --cflags libmicrohttpd sqlite3)
$(O)/bench/desk-bare: $(O)/tools/bench/desk/bare.o ; $(link) $(shell pkg-config --libs libmicrohttpd sqlite3)
$(O)/bench/desk-load: $(O)/tools/bench/desk/load.o $(O)/tools/bench/rounds.o $(call archives,base) ; $(link) $(shell pkg-config --libs sqlite3)
BENCHES += $(O)/bench/desk-bare $(O)/bench/desk-load
# The kiosk itself, with the clock read around its touches and its painting.
REDRAW_WRAP := -Wl,--wrap=sdl_inject_touch -Wl,--wrap=sdl_inject_key -Wl,--wrap=sdl_paint -Wl,--wrap=stack_top
$(O)/bench-redraw: $(O)/tools/bench/kiosk/redraw.o $(O)/src/cmd/dynamo-kiosk.o $(call archives,$(USES_dynamo-kiosk))
	$(link) $(REDRAW_WRAP) $(call libs,$(USES_dynamo-kiosk))
# The kiosk itself, its time moved by its waits alone.
$(O)/bench/kiosk-steady: $(O)/tools/bench/kiosk/steady.o $(O)/src/cmd/dynamo-kiosk.o $(call archives,$(USES_dynamo-kiosk))
	$(link) -Wl,--wrap=sdl_wait -Wl,--wrap=clock_real_mono_ms $(call libs,$(USES_dynamo-kiosk))
BENCHES += $(O)/bench/kiosk-steady
$(O)/bench-bare: tools/bench/kiosk/bare.c ; @mkdir -p $(@D); $(CC) -std=gnu11 $(WARN) -O2 -o $@ $< $$(pkg-config --cflags --libs sdl2 SDL2_ttf)
$(O)/bench-x11: tools/bench/x11/x11.c ; @mkdir -p $(@D); $(CC) -std=gnu11 $(WARN) -O1 -o $@ $< -lX11 -lXtst

$(O)/%.o: %.c ; @mkdir -p $(@D); $(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<
$(O)/gen/%.o: $(O)/gen/%.c ; $(CC) $(CPPFLAGS) $(ALL_CFLAGS) -Wno-overlength-strings -c -o $@ $<
$(O)/gen/sql.c: $(wildcard src/store/sql/*.sql) tools/embed-sql
	@mkdir -p $(@D); tools/embed-sql $(wildcard src/store/sql/*.sql) >$@
$(O)/gen/region_sql.c: $(wildcard src/region/sql/*.sql) tools/embed-sql
	@mkdir -p $(@D); tools/embed-sql $(wildcard src/region/sql/*.sql) >$@
$(O)/share/locale/%.mo: assets/po/%.po ; @mkdir -p $(@D); msgfmt --check -o $@ $<
$(SHARE): $(O)/share/%: ; @mkdir -p $(@D); ln -sfn $(CURDIR)/assets/$* $@
-include $(shell find $(O) -name '*.d' 2>/dev/null)

check: ## every test; installs what is missing first (BUILD=asan adds the sanitizers)
	@tools/install-deps check
	@$(MAKE) --no-print-directory -j$$(nproc) programs tests
	@$(MAKE) --no-print-directory -j$$(nproc) BUILD=release counted
	@$(MAKE) --no-print-directory check-layers
	@tools/run-tests --all $(O) $(MASS) $(filter-out $(MASS),$(TESTS))
tests: $(TESTS)
soak: ## the random tests and the fuzzing at length: some seven hours on two cores (SOAK=N sets the factor)
	@tools/install-deps check
	@$(MAKE) --no-print-directory -j$$(nproc) programs tests $(FAULTS)
	@$(MAKE) --no-print-directory -j$$(nproc) BUILD=release programs $(MASS) $(OUT)/release/tests/faults/failures
	SOAK=$${SOAK:-50} tools/run-tests $(filter %_random %_many %_monkey %test_leak %test_slots %test_queue %test_programs %test_run %test_mix %test_matrix,$(TESTS)) $(MASS) $(filter-out $(MASS),$(FAULTS))
	tests/faults/mutants $(OUT)/release
	KILLS=2000 tests/faults/test_kill $(O)
	KILLS=900 tests/faults/test_kill_others $(O)
	KILLS=300 tests/e2e/test_upload_kill $(O)
	SOAK=$${SOAK:-50} tests/e2e/test_region $(O) five_houses
	FUZZ_SECONDS=$${FUZZ_SECONDS:-$$((36 * $${SOAK:-50}))} $(MAKE) --no-print-directory fuzz
fuzz: ## each fuzz target for FUZZ_SECONDS (30) with clang's libFuzzer, from a fresh SEED
	@tools/install-deps fuzz
	@$(MAKE) --no-print-directory -j$$(nproc) BUILD=fuzz CC=clang fuzz-targets
	@tools/fuzz $(OUT)/fuzz
fuzz-targets: $(FUZZ) $(MO) $(SHARE)
mutants: ## breaks one rule at a time: a test must notice each (twenty of them in make check)
	@tools/install-deps check
	@$(MAKE) --no-print-directory -j$$(nproc) tests
	@tests/mutants/run $(O)
	@$(MAKE) --no-print-directory -j$$(nproc) BUILD=release $(MASS) $(OUT)/release/tests/faults/failures
	@tests/faults/mutants $(OUT)/release
check-layers: ## module graph, forbidden headers and calls
	@tools/check-layers $(LAYERS)
run: ## the kiosk with a sample house, in a window; without a display, the demo
	@tools/install-deps run
	@$(MAKE) --no-print-directory -j$$(nproc) programs
	@tools/run-house $(O)
demo: ## a scripted day through the real programs, with pictures
	@tools/install-deps run
	@$(MAKE) --no-print-directory -j$$(nproc) programs
	@tools/demo $(O)
gallery: ## a picture of every screen and of every page of the desk, and those that README shows
	@tools/install-deps gallery
	@$(MAKE) --no-print-directory -j$$(nproc) programs
	@tools/gallery $(O)
	@tools/gallery-desk $(O)
deps: ## install the Debian packages that building and testing need
	@tools/install-deps check
deps-browser: ## also Chromium, Node and npm (400 MB), for the tests of the desk in a browser
	@tools/install-deps browser
bench: ## measure, each figure beside its peer or limit
	@tools/install-deps bench
	@tools/install-deps peers || echo "bench: the column of what is missing here will say so"
	@$(MAKE) --no-print-directory -j$$(nproc) BUILD=release programs benches
	@tools/bench/peers/build $(OUT)/release
	@tools/bench/run $(OUT)/release
bench-year: ## a year of five houses through the real rules and database, once
	@tools/install-deps bench
	@$(MAKE) --no-print-directory -j$$(nproc) BUILD=release programs benches
	@tools/bench/run $(OUT)/release year
counted: programs $(BENCHES) $(if $(filter release,$(BUILD)),$(MASS)) # in which make check counts, makes masses and kills
counted-arm64: ## count the guarded acts of an arm64 build, run by qemu-user (ARM64=FOLDER keeps its libraries)
	@tools/install-deps arm64
	@tools/bench/arm64/count $(or $(ARM64),$(OUT)/arm64) $(OUT)/release
benches: $(BENCHES) $(O)/bench-x11 $(O)/bench-redraw $(O)/bench-bare
IMAGE_OF = $(OUT)/image/$(ARCH)-$(BOARD)
# Another processor than the computer's is emulated twice as slowly.
IMAGE_FORM = $(or $(FORM),$(if $(filter amd64,$(ARCH)),full,short))
image: ## the appliance's disk image, from the last commit (ARCH=amd64 BOARD=pc; needs root)
	@tools/install-deps image
	@kiosk-image/build $(ARCH) $(BOARD) $(OUT)/image
bundle: ## the signed update of that image (KEYS=FOLDER: key.pem, cert.pem, ca.pem)
	@tools/install-deps image
	@LAST=70-bundle kiosk-image/build $(ARCH) $(BOARD) $(OUT)/image
image-test: image ## boots that image in an emulator and uses it in all ways (FORM=short: some 4 minutes)
	@kiosk-image/test/bundles $(IMAGE_OF) $(OUT)/image/workshop-$(ARCH) $(or $(KEYS),$(OUT)/image/keys) $(IMAGE_FORM)
	@kiosk-image/test/image_test $(IMAGE_OF) $(OUT)/image/workshop-$(ARCH) $(IMAGE_FORM)
image-soak: ## the same, with fifty power cuts
	@$(MAKE) --no-print-directory image-test FORM=soak
pot: ## collect the texts for translators and bring assets/po up to date
	@tools/pot --merge
install: programs ## honours DESTDIR and PREFIX
	tools/install-files "$(O)" "$(DESTDIR)$(PREFIX)" "$(DESTDIR)$(SHAREDIR)" "$(DESTDIR)"
clean: ## remove what was built
	rm -rf $(OUT)
help: ## this list
	@sed -n 's/^\([a-z-]*\):.* ## /\1\t/p' Makefile | expand -t 16
.PHONY: all counted counted-arm64 bench-year image bundle image-test image-soak programs benches tests check soak fuzz fuzz-targets check-fuzz mutants check-layers run demo gallery deps deps-browser bench pot install clean help check-look check-faults $(addprefix check-,$(MODULES))
.DELETE_ON_ERROR:
.SECONDARY:
