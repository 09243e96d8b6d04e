/*
** signal.c: signals as something to wait for.
**
**     local signal = require "host.signal"
**     signal.catch("TERM")        -- from now on it is recorded, and ends nothing; also INT HUP USR1 USR2 CHLD
**     signal.descriptor()         -- can be read once a caught signal came
**     signal.take()               -- "TERM", then nil: what came since, each name once
**     signal.release("TERM")      -- as it was before catch
**
** A signal that comes twice before it is taken is told once. Programs that are started meanwhile get their
** signals as always: what is caught is not passed on by exec. All are released when Lua's state is closed.
**
** HOW IT WORKS: the handler sets a flag and writes to an eventfd, both of which a handler may do, whatever
** Lua is at, in whichever thread it runs.
*/
#include "host.h"
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

static const char *const signal_names[] = {"TERM", "INT", "HUP", "USR1", "USR2", "CHLD", NULL};
static const int signal_numbers[] = {SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGUSR2, SIGCHLD};
enum { COUNT = sizeof signal_numbers / sizeof *signal_numbers };

/* Of the process, as signals are. */
static atomic_int signal_came[COUNT];
static struct sigaction signal_before[COUNT];
static int signal_is_caught[COUNT];
static int signal_event = -1;

static void signal_on(int number) {
  int saved = errno;
  uint64_t one = 1;
  for (int i = 0; i < COUNT; i++) {
    if (signal_numbers[i] == number) atomic_store(&signal_came[i], 1);
  }
  ssize_t written = write(signal_event, &one, sizeof one); /* fails only if it can be read anyway */
  (void)written;
  errno = saved;
}

static void signal_restore(int i) {
  if (signal_is_caught[i]) sigaction(signal_numbers[i], &signal_before[i], NULL);
  signal_is_caught[i] = 0;
  atomic_store(&signal_came[i], 0);
}

static int signal_catch(lua_State *lua) {
  int i = luaL_checkoption(lua, 1, NULL, signal_names);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = signal_on;
  action.sa_flags = SA_RESTART; /* reads and writes of other modules know nothing of signals */
  sigemptyset(&action.sa_mask);
  if (signal_is_caught[i]) return 0;
  if (sigaction(signal_numbers[i], &action, &signal_before[i]) != 0) {
    return luaL_error(lua, "cannot catch %s: %s", signal_names[i], strerror(errno));
  }
  signal_is_caught[i] = 1;
  return 0;
}

static int signal_release(lua_State *lua) {
  signal_restore(luaL_checkoption(lua, 1, NULL, signal_names));
  return 0;
}

static int signal_descriptor(lua_State *lua) {
  lua_pushinteger(lua, signal_event);
  return 1;
}

static int signal_take(lua_State *lua) {
  uint64_t count;
  ssize_t got =
      read(signal_event, &count, sizeof count); /* first, or one between would not be told */
  (void)got;
  for (int i = 0; i < COUNT; i++) {
    if (atomic_exchange(&signal_came[i], 0)) {
      uint64_t one = 1; /* there may be more */
      ssize_t written = write(signal_event, &one, sizeof one);
      (void)written;
      lua_pushstring(lua, signal_names[i]);
      return 1;
    }
  }
  return 0;
}

static int signal_end(lua_State *lua) {
  (void)lua;
  for (int i = 0; i < COUNT; i++) signal_restore(i);
  if (signal_event >= 0) close(signal_event);
  signal_event = -1;
  return 0;
}

int luaopen_host_signal(lua_State *lua) {
  static const luaL_Reg functions[] = {{"catch", signal_catch}, {"release", signal_release},
      {"descriptor", signal_descriptor}, {"take", signal_take}, {NULL, NULL}};
  if (signal_event < 0) {
    signal_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (signal_event < 0) return luaL_error(lua, "cannot watch signals: %s", strerror(errno));
    lua_newtable(lua); /* lives in the registry, and ends all with the state */
    lua_newtable(lua);
    lua_pushcfunction(lua, signal_end);
    lua_setfield(lua, -2, "__gc");
    lua_setmetatable(lua, -2);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &signal_event);
  }
  luaL_newlib(lua, functions);
  return 1;
}
