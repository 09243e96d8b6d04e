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
LIBS = -llua5.4 -lm

# What Debian 12 calls what is needed to build and run, and then to check.
PACKAGES = gcc libc6-dev libsqlite3-dev liblua5.4-dev libjansson-dev lua-argparse sqlite3 xz-utils
CHECK_PACKAGES = perl libcmocka-dev lua-check lua5.4

EXT = $(wildcard ext/*.c)
HOST = $(wildcard lua/host/*.c)
EXT_OBJECTS = $(EXT:ext/%.c=$(BUILD)/ext/%.o)
CORE_OBJECTS = $(EXT:ext/%.c=$(BUILD)/core/%.o)
HOST_OBJECTS = $(HOST:lua/host/%.c=$(BUILD)/host/%.o)

.PHONY: all help deps deps-check demo check check-sql check-unit check-lua check-e2e check-asan \
	bench lint install clean

all: $(BUILD)/decorum.so $(BUILD)/decorum  ## build the extension and the program

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 20

# Lua and C meet here: the extension carries its Lua text as arrays of bytes.
$(BUILD)/embed.h: ext/policy.lua lua/policies/_facts.lua | $(BUILD)
	@{ printf '/* Made by the Makefile. */\n'; \
	for pair in policy:ext/policy.lua neutral_facts:lua/policies/_facts.lua; do \
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
	$(CC) $(SANITIZE) -o $@ $^ -lsqlite3 -ljansson $(LIBS)

-include $(wildcard $(BUILD)/*/*.d)

clean:  ## remove build/
	rm -rf $(BUILD)
