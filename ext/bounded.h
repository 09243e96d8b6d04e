/*
** bounded.h: the functions of Lua's library that a policy has, each bounded.
**
** Lua's own do what they are asked for in one call, however long it takes: table.insert moves 2^61 items.
** These take what the call will cost from the budget (budget.h) before they begin; 1 unit is the work of one
** instruction, some 10 ns.
*/
#ifndef DECORUM_BOUNDED_H
#define DECORUM_BOUNDED_H

#include <lua.h>
#include <stddef.h>

/* Pushes a table of the functions, by name, for policy_library.lua. Lua's library must be open. */
void bounded_push(lua_State *lua);

/* The place, from 0 on, where a search in a text of that length begins by the argument at the index, which counts from 1
** or, below 0, from the end; 1 if there is none. It may lie behind the end. */
size_t bounded_start(lua_State *lua, int index, size_t length);

#endif
