/*
** assigns.h: does a compiled script assign a variable of an enclosing function?
*/
#ifndef DECORUM_ASSIGNS_H
#define DECORUM_ASSIGNS_H

#include <lua.h>
#include <stdbool.h>

/* For the function on top of the stack, with all functions in it; it stays there. True also if that cannot be
** told. */
bool assigns_upvalues(lua_State *lua);

#endif
