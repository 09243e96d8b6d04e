/*
** lua_origin.h: whose Lua is it that this process gives us?
*/
#ifndef DECORUM_LUA_ORIGIN_H
#define DECORUM_LUA_ORIGIN_H

#include <stdbool.h>
#include <stddef.h>

/* True if the functions of Lua that the extension calls are those of Lua 5.4. Otherwise says in `problem` which are
** not, in words such as "lua_newstate is of luajit, not of Lua 5.4". Calls none of them unless they are. */
bool lua_origin_is_ours(char *problem, size_t size);

#endif
