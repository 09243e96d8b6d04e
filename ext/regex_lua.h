/*
** regex_lua.h: regular expressions for policies: re.find, re.match, re.gmatch, re.gsub.
**
**     re.find("pay 30 now", [[\d+]])                     5, 6
**     re.match("a-17", [[^(\w)-(\d+)$]])                 "a", "17"
**     for word in re.gmatch("one two", [[\w+]]) do       "one", "two"
**     re.gsub("one two", [[(\w)\w*]], "%1.")             "o. t.", 2
**
** Arguments and results are those of Lua's string functions: positions in bytes, a replacement that is a text (with
** %0 to %9 and %%), a table or a function. A group that took no part gives false.
*/
#ifndef DECORUM_REGEX_LUA_H
#define DECORUM_REGEX_LUA_H

#include <lua.h>

/* Pushes a table of the functions. */
void regex_push(lua_State *lua);

#endif
