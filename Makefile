# Decorum. `make help` lists what there is to make; everything that is made stands in build/.

BUILD = build
PREFIX = /usr/local
DESTDIR =
CC = gcc
CFLAGS = -O2 -g
SANITIZE =

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion
LUA = -I/usr/include/lua5.4
ALL_CFLAGS = -std=c11 -fPIC -ffp-contract=off -fvisibility=hidden $(WARNINGS) $(SANITIZE) $(CFLAGS) \
	-D_XOPEN_SOURCE=700 -Iext -I$(BUILD) $(LUA)
LIBS = -llua5.4 -lpcre2-8 -lm

# What Debian 12 calls what is needed to build and run, and then to check.
PACKAGES = gcc libc6-dev libsqlite3-dev liblua5.4-dev libpcre2-dev libjansson-dev libcurl4-openssl-dev lua-argparse sqlite3 xz-utils
CHECK_PACKAGES = perl libcmocka-dev lua-busted lua-check python3 libxml2-utils chromium luajit binutils ngircd inspircd openssl
LINT_PACKAGES = lua-check clang-format cppcheck

EXT = $(wildcard ext/*.c)
HOST = $(wildcard lua/host/*.c)
EXT_OBJECTS = $(EXT:ext/%.c=$(BUILD)/ext/%.o)
CORE_OBJECTS = $(EXT:ext/%.c=$(BUILD)/core/%.o)
HOST_OBJECTS = $(HOST:lua/host/%.c=$(BUILD)/host/%.o)

.PHONY: all help deps deps-check demo check check-sql check-unit check-sandbox check-lua check-e2e check-crash check-soak check-hosts \
	check-asan node-host newest-host bench lint reference install clean

all: $(BUILD)/decorum.so $(BUILD)/decorum  ## build the extension and the program

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 20

# Lua and C meet here: the extension carries its Lua text as arrays of bytes.
$(BUILD)/embed.h: $(wildcard ext/*.lua) lua/decorum/nearest.lua lua/policies/_facts.lua | $(BUILD)
	@{ printf '/* Made by the Makefile. */\n'; \
	for pair in library:ext/policy_library.lua nearest:lua/decorum/nearest.lua check:ext/policy_check.lua \
	  policy:ext/policy.lua state:ext/policy_state.lua names:ext/policy_names.lua test:ext/policy_test.lua \
	  neutral_facts:lua/policies/_facts.lua; do \
	  printf 'static const unsigned char embed_%s[] = {\n' $${pair%%:*}; \
	  od -An -v -tu1 $${pair#*:} | sed 's/  *\([0-9][0-9]*\)/\1,/g'; \
	  printf '};\nstatic const size_t embed_%s_size = sizeof embed_%s;\n' $${pair%%:*} $${pair%%:*}; \
	done; } > $@.new && mv $@.new $@

$(BUILD)/ext/sandbox.o $(BUILD)/core/sandbox.o: $(BUILD)/embed.h

$(BUILD) $(BUILD)/ext $(BUILD)/core $(BUILD)/host $(BUILD)/tests:
	@mkdir -p $@

$(BUILD)/ext/%.o: ext/%.c | $(BUILD)/ext
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/core/%.o: ext/%.c | $(BUILD)/core
	$(CC) $(ALL_CFLAGS) -DSQLITE_CORE -MMD -MP -c -o $@ $<

$(BUILD)/host/%.o: lua/host/%.c | $(BUILD)/host
	$(CC) $(ALL_CFLAGS) -DSQLITE_CORE -MMD -MP -c -o $@ $<

$(BUILD)/decorum.so: $(EXT_OBJECTS)
	$(CC) $(SANITIZE) -shared -o $@ $^ $(LIBS)

$(BUILD)/decorum: $(CORE_OBJECTS) $(HOST_OBJECTS)
	$(CC) $(SANITIZE) -o $@ $^ -lsqlite3 -ljansson -lcurl $(LIBS)

# The host without decorum.main: runs the Lua file it is given. For tests.
$(BUILD)/tests/lua: tests/lua/lua.c $(CORE_OBJECTS) $(filter-out %/main.o,$(HOST_OBJECTS)) | $(BUILD)/tests
	$(CC) $(ALL_CFLAGS) -Ilua/host -o $@ $^ -lsqlite3 -ljansson -lcurl $(LIBS)

# What ends the program at any of its steps, for tests/endurance.
$(BUILD)/tests/fault.so: tests/endurance/fault.c | $(BUILD)/tests
	$(CC) -std=c11 -fPIC $(WARNINGS) $(CFLAGS) -shared -o $@ $<

$(BUILD)/tests/%_test: tests/unit/%_test.c $(CORE_OBJECTS) | $(BUILD)/tests
	$(CC) $(ALL_CFLAGS) -DSQLITE_CORE -MMD -MP -MF $@.d -o $@ $< $(CORE_OBJECTS) -lcmocka -lsqlite3 $(LIBS)

$(BUILD)/tests/sandbox: tests/sandbox/sandbox.c $(CORE_OBJECTS) | $(BUILD)/tests
	$(CC) $(ALL_CFLAGS) -DSQLITE_CORE -o $@ $^ -lsqlite3 $(LIBS)

$(BUILD)/tests/bench: $(wildcard tests/bench/*.c tests/bench/*.h) $(CORE_OBJECTS) | $(BUILD)/tests
	$(CC) $(ALL_CFLAGS) -DSQLITE_CORE -o $@ $(filter %.c %.o,$^) -lsqlite3 $(LIBS)

-include $(wildcard $(BUILD)/*/*.d)

# $(call install-packages,LIST): those of LIST that are missing.
define install-packages
@missing=; for package in $(1); do \
  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
done; \
if [ -n "$$missing" ]; then \
  sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
  echo "installing$$missing"; \
  $$sudo apt-get update -q && $$sudo env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends $$missing; \
fi
endef

deps:  ## install what is missing to build and run (apt-get, with sudo if needed)
	$(call install-packages,$(PACKAGES))

deps-check: deps  ## install what is missing to test
	$(call install-packages,$(CHECK_PACKAGES))

demo: deps  ## replay the sample chat in examples/ and show reports of it
	@$(MAKE) --no-print-directory -s all
	@BUILD=$(BUILD) sh examples/demo.sh

UNIT = $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/*_test.c))
SQL_TESTS = tests/sql/run.sh tests/sql/help.sh
SANDBOX_TESTS = tests/sandbox/run.sh
LUA_TESTS = $(wildcard tests/lua/*.sh)
E2E_TESTS = $(filter-out %/tap.sh %/irc_server.sh,$(wildcard tests/e2e/*.sh))
ENDURANCE_TESTS = $(filter-out %/python.sh,$(wildcard tests/endurance/*.sh))
HOST_TESTS = tests/hosts/shell.sh tests/hosts/newest.sh tests/hosts/python.sh tests/hosts/node.sh tests/hosts/luajit.sh
NODE = $(abspath $(BUILD))/node
NEWEST = $(abspath $(BUILD))/newest
INSTALLED = DECORUM_NODE=$(NODE) DECORUM_NEWEST=$(NEWEST)
PROVE = DECORUM_BUILD=$(abspath $(BUILD)) $(INSTALLED) prove

check: deps-check  ## run all tests; ends with prove's summary
	@$(MAKE) --no-print-directory -s all $(UNIT) $(BUILD)/tests/lua $(BUILD)/tests/sandbox $(BUILD)/tests/fault.so
	@$(INSTALLED) tests/hosts/node.sh install
	@$(INSTALLED) tests/hosts/newest.sh install
	@$(PROVE) $(SQL_TESTS) $(HOST_TESTS) $(UNIT) $(SANDBOX_TESTS) $(LUA_TESTS) $(E2E_TESTS) $(ENDURANCE_TESTS)

check-sql: all  ## the extension in the sqlite3 shell
	@$(PROVE) -v $(SQL_TESTS)

check-unit: $(UNIT)  ## the extension from C
	@$(PROVE) -v $(UNIT)

check-sandbox: $(BUILD)/tests/sandbox  ## hostile policies
	@$(PROVE) -v $(SANDBOX_TESTS)

check-lua: all $(BUILD)/tests/lua  ## the runner's modules
	@$(PROVE) -v $(LUA_TESTS)

check-e2e: all $(BUILD)/tests/lua  ## the program as a whole
	@$(PROVE) -v $(E2E_TESTS)

check-crash: all $(BUILD)/tests/fault.so  ## a bot that is killed 200 times, and at every second of its steps (four minutes)
	@DECORUM_KILLS=200 DECORUM_EVERY=2 $(PROVE) -v tests/endurance/crash.sh tests/endurance/faults.sh

check-hosts: all  ## the rules in the sqlite3 shell, Python and Node; all of tests/sql in the newest SQLite
	@$(INSTALLED) tests/hosts/node.sh install
	@$(INSTALLED) tests/hosts/newest.sh install
	@$(PROVE) -v $(HOST_TESTS)

node-host:  ## install better-sqlite3 into build/, for check-hosts (npm, network)
	@$(INSTALLED) tests/hosts/node.sh again

newest-host:  ## compile the newest SQLite's shell in build/, for check-hosts (npm, network)
	@$(INSTALLED) tests/hosts/newest.sh again

SANITIZERS = -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
check-asan: deps-check  ## all tests under the address and undefined-behaviour sanitizers
	@DECORUM_SHELL="env LD_PRELOAD=$$($(CC) -print-file-name=libasan.so)" \
	  $(MAKE) --no-print-directory check BUILD=$(BUILD)/asan NODE=$(NODE) NEWEST=$(NEWEST) SANITIZE="$(SANITIZERS)" CFLAGS="-O1 -g"

bench: deps  ## measure the speed; prints ratios and their targets
	@$(MAKE) --no-print-directory -s $(BUILD)/tests/bench $(BUILD)/tests/lua
	@status=0; for program in $(BUILD)/tests/bench "$(BUILD)/tests/lua tests/bench/decision.lua" \
	  "$(BUILD)/tests/lua tests/bench/live.lua"; do $$program || status=$$?; done; exit $$status

lint: deps  ## luacheck, clang-format, cppcheck
	$(call install-packages,$(LINT_PACKAGES))
	luacheck -q lua tests ext examples
	clang-format --dry-run -Werror $(EXT) $(HOST) $(wildcard ext/*.h lua/host/*.h tests/*/*.c)
	cppcheck -q --error-exitcode=1 --enable=warning,performance,portability --inline-suppr -Iext $(EXT) $(HOST)

reference: all  ## write ext/reference.md anew from decorum_help
	@sqlite3 -batch -cmd ".load $(BUILD)/decorum" :memory: <ext/reference.sql >ext/reference.md

install: all  ## install under PREFIX (and DESTDIR)
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/lib"
	install $(BUILD)/decorum "$(DESTDIR)$(PREFIX)/bin/"
	install -m 644 $(BUILD)/decorum.so "$(DESTDIR)$(PREFIX)/lib/"
	find lua sql \( -name '*.lua' -o -name '*.sql' -o -name '.lua*' \) | while read -r file; do \
	  install -D -m 644 "$$file" "$(DESTDIR)$(PREFIX)/share/decorum/$$file" || exit 1; done
	install -D -m 644 examples/sqliterc "$(DESTDIR)$(PREFIX)/share/decorum/examples/sqliterc"

clean:  ## remove build/
	rm -rf $(BUILD)
