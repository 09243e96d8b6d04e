/*
** host.h: what the decorum program gives to its Lua: a database, JSON, connections, signals, a look at the
** terminal.
**
** Each binding is a Lua module; host.c makes them known to require. Errors inside are Lua errors with a
** message for people; the caller decides where they end.
*/
#ifndef DECORUM_HOST_H
#define DECORUM_HOST_H

#include <lauxlib.h>
#include <lua.h>

/* Makes a state with the modules below, calls start(arguments) in it, and returns the integer that it
** returns; 2, with a message on standard error, after an error. `arguments` is the global arg of Lua:
** argv[0] at 0, then the rest. */
int host_run(lua_CFunction start, char **argv);

/* require "host.sqlite": see sqlite.c */
int luaopen_host_sqlite(lua_State *lua);

/* require "host.json": see json.c */
int luaopen_host_json(lua_State *lua);

/* require "host.multi": see multi.c */
int luaopen_host_multi(lua_State *lua);

/* require "host.signal": see signal.c */
int luaopen_host_signal(lua_State *lua);

/* require "host.descriptor": see descriptor.c */
int luaopen_host_descriptor(lua_State *lua);

/* require "host.system": see system.c */
int luaopen_host_system(lua_State *lua);

#endif
