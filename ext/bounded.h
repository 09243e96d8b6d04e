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

/* Pushes a table of the functions, by name, for policy_library.lua. Lua's library must be open. */
void bounded_push(lua_State *lua);

#endif
