/*
** bounded.c: the functions of Lua's library that a policy has, each bounded. See bounded.h.
**
** HOW IT WORKS
**
** Most are Lua's own behind a function that charges for them: a closure of the original and of its place in the
** table `guarded`. Where Lua's own cannot be bounded by its arguments, or is not the same on every
** machine, there is another: find is plain and linear, sort is a stable merge sort (Lua's takes its pivot
** from the clock), format shows no addresses and no sign of NaN, rep is limited.
*/
#define _GNU_SOURCE /* memmem */
#include "bounded.h"
#include <lauxlib.h>
#include <math.h>
#include <string.h>
#include "budget.h"

/* The length of argument i if it is a text. */
static lua_Unsigned bounded_length(lua_State *lua, int i) {
  return lua_type(lua, i) == LUA_TSTRING ? lua_rawlen(lua, i) : 0;
}

/* ---- what a call of Lua's own costs ---- */

static lua_Unsigned bounded_cost_text(lua_State *lua) {
  return bounded_length(lua, 1) / 8;
}

static lua_Unsigned bounded_cost_list(lua_State *lua) {
  return lua_istable(lua, 1) ? (lua_Unsigned)luaL_len(lua, 1) : 0;
}

/* insert(t, position, value) and remove(t, position) move what stands behind. */
static lua_Unsigned bounded_cost_move(lua_State *lua, int arguments) {
  if (lua_gettop(lua) != arguments || !lua_istable(lua, 1)) return 0;
  lua_Integer size = luaL_len(lua, 1), position = lua_tointeger(lua, 2);
  return position > 0 && position < size ? (lua_Unsigned)(size - position) : 0;
}

static lua_Unsigned bounded_cost_insert(lua_State *lua) {
  return bounded_cost_move(lua, 3);
}

static lua_Unsigned bounded_cost_remove(lua_State *lua) {
  return bounded_cost_move(lua, 2);
}

static lua_Unsigned bounded_cost_unpack(lua_State *lua) {
  if (!lua_istable(lua, 1)) return 0;
  lua_Integer first = luaL_optinteger(lua, 2, 1);
  lua_Integer last = lua_isnoneornil(lua, 3) ? luaL_len(lua, 1) : luaL_checkinteger(lua, 3);
  if (first > last) return 0;
  if ((lua_Unsigned)last - (lua_Unsigned)first >= BUDGET_TABLE_MAX) {
    luaL_error(lua, "too many results to unpack");
  }
  return (lua_Unsigned)last - (lua_Unsigned)first;
}

static const struct {
  const char *name; /* in the table that is pushed */
  const char *from;
  const char *original;
  lua_Unsigned (*cost)(lua_State *lua);
} guarded[] = {
    {"lower", "string", "lower", bounded_cost_text},
    {"reverse", "string", "reverse", bounded_cost_text},
    {"upper", "string", "upper", bounded_cost_text},
    {"concat", "table", "concat", bounded_cost_list},
    {"insert", "table", "insert", bounded_cost_insert},
    {"remove", "table", "remove", bounded_cost_remove},
    {"unpack", "table", "unpack", bounded_cost_unpack},
    {"utf8_codepoint", "utf8", "codepoint", bounded_cost_text},
    {"utf8_len", "utf8", "len", bounded_cost_text},
    {"utf8_offset", "utf8", "offset", bounded_cost_text},
    {"tonumber", "_G", "tonumber", bounded_cost_text},
};

static int bounded_guard(lua_State *lua) {
  budget_charge(lua, guarded[lua_tointeger(lua, lua_upvalueindex(2))].cost(lua));
  return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

/* ---- functions of our own ---- */

size_t bounded_start(lua_State *lua, int index, size_t length) {
  lua_Integer first = luaL_optinteger(lua, index, 1);
  if (first < 0) {
    first = (lua_Unsigned) - (first + 1) < length ? (lua_Integer)length + first + 1 : 1;
  }
  return first > 0 ? (size_t)first - 1 : 0;
}

/* find(text, part [, first]): string.find without patterns. */
static int bounded_find(lua_State *lua) {
  size_t length, part_length;
  const char *text = luaL_checklstring(lua, 1, &length);
  const char *part = luaL_checklstring(lua, 2, &part_length);
  size_t start = bounded_start(lua, 3, length);
  if (start > length) {
    lua_pushnil(lua);
    return 1;
  }
  budget_charge(lua, (length - start + part_length) / 8);
  const char *found = memmem(text + start, length - start, part, part_length);
  if (found == NULL) {
    lua_pushnil(lua);
    return 1;
  }
  lua_pushinteger(lua, found - text + 1);
  lua_pushinteger(lua, found - text + (lua_Integer)part_length);
  return 2;
}

/* rep(text, n [, separator]). */
static int bounded_rep(lua_State *lua) {
  size_t length, separator_length = 0;
  const char *text = luaL_checklstring(lua, 1, &length), *separator = "";
  lua_Integer n = luaL_checkinteger(lua, 2);
  luaL_Buffer buffer;
  if (!lua_isnoneornil(lua, 3)) separator = luaL_checklstring(lua, 3, &separator_length);
  if (n <= 0 || length + separator_length == 0) {
    lua_pushliteral(lua, "");
    return 1;
  }
  if ((lua_Unsigned)n > BUDGET_TEXT_MAX / (length + separator_length)) {
    return luaL_error(lua, "string.rep: the result must be at most 1 MiB");
  }
  size_t size = (size_t)n * (length + separator_length) - separator_length;
  budget_charge(lua, size / 32);
  char *out = luaL_buffinitsize(lua, &buffer, size + separator_length);
  memcpy(out, text, length);
  memcpy(out + length, separator, separator_length);
  for (size_t done = length + separator_length; done < size;) { /* twice as much each time */
    size_t more = done < size - done ? done : size - done;
    memcpy(out + done, out, more);
    done += more;
  }
  luaL_pushresultsize(&buffer, size);
  return 1;
}

/* format(template, ...): with the kinds of what has no text, and one spelling of NaN, because addresses and
** signs of NaN differ from run to run. */
static int bounded_format(lua_State *lua) {
  size_t length;
  const char *template = luaL_checklstring(lua, 1, &length), *end = template + length;
  int count = lua_gettop(lua);
  lua_Unsigned cost = length / 4;
  for (const char *c = template; c < end && (c = memchr(c, '%', (size_t)(end - c))); c++) {
    const char *start = c;
    do c++;
    while (c < end && strchr(" #+-.0123456789", *c) && *c);
    if (c < end && *c == 'p') return luaL_error(lua, "string.format: %%p is not available");
    cost += c - start > 4 ? 400 : 40; /* many digits */
  }
  for (int i = 2; i <= count; i++) {
    int type = lua_type(lua, i);
    if (type == LUA_TNUMBER) {
      if (!(fabs(lua_tonumber(lua, i)) < 1e15)) cost += 2000; /* 1e308 may have 408 */
      if (isnan(lua_tonumber(lua, i))) {
        lua_pushnumber(lua, (lua_Number)NAN);
        lua_replace(lua, i);
      }
    } else if (type == LUA_TSTRING) {
      cost += lua_rawlen(lua, i) / 8;
    } else if (type != LUA_TNIL && type != LUA_TBOOLEAN) {
      if (luaL_getmetafield(lua, i, "__name") != LUA_TSTRING) { /* that of null */
        lua_pushstring(lua, lua_typename(lua, type));
      }
      lua_replace(lua, i);
    }
  }
  budget_charge(lua, cost);
  return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

/* ---- sorting ---- */

/* Is the value at index a before that at index b? `before` is the index of a function, or 0: the order of <, with
** numbers before texts if mixed is set. */
static bool bounded_is_before(lua_State *lua, int a, int b, int before, bool mixed) {
  if (before) {
    lua_pushvalue(lua, before);
    lua_pushvalue(lua, a);
    lua_pushvalue(lua, b);
    lua_call(lua, 2, 1);
    bool result = lua_toboolean(lua, -1);
    lua_pop(lua, 1);
    return result;
  }
  lua_Unsigned length = bounded_length(lua, a), other = bounded_length(lua, b);
  if (other < length) length = other;
  if (length > 256) {
    budget_charge(lua, length / 16);
    if (!budget_look(budget_of(lua))) budget_raise(lua);
  }
  int kind = lua_type(lua, a), other_kind = lua_type(lua, b);
  return mixed && kind != other_kind ? kind == LUA_TNUMBER : lua_compare(lua, a, b, LUA_OPLT);
}

/* Sorts the n items of the table on top of the stack; a table with the sorted items stands there then. */
static void bounded_sort_list(lua_State *lua, lua_Integer n, int before, bool mixed) {
  int from = lua_gettop(lua), to = from + 1;
  lua_createtable(lua, (int)n, 0);
  for (lua_Integer width = 1; width < n; width *= 2) {
    budget_charge(lua, 4 * (lua_Unsigned)n);
    for (lua_Integer start = 1; start <= n; start += 2 * width) {
      lua_Integer left = start, middle = start + width < n + 1 ? start + width : n + 1;
      lua_Integer right = middle, end = middle + width < n + 1 ? middle + width : n + 1;
      for (lua_Integer out = start; out < end; out++) {
        bool take_right = left == middle;
        if (left < middle && right < end) {
          lua_rawgeti(lua, from, right);
          lua_rawgeti(lua, from, left);
          take_right = bounded_is_before(lua, to + 1, to + 2, before, mixed);
          lua_settop(lua, to);
        }
        lua_rawgeti(lua, from, take_right ? right++ : left++);
        lua_rawseti(lua, to, out);
      }
    }
    lua_insert(lua, from); /* the tables change places */
  }
  lua_pop(lua, 1);
}

/* sort(list [, before]): stable. */
static int bounded_sort(lua_State *lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  if (!lua_isnoneornil(lua, 2)) luaL_checktype(lua, 2, LUA_TFUNCTION);
  lua_settop(lua, 2);
  lua_Integer n = luaL_len(lua, 1);
  budget_charge(lua, (lua_Unsigned)n * 4);
  lua_createtable(lua, (int)n, 0);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_geti(lua, 1, i);
    lua_rawseti(lua, 3, i);
  }
  bounded_sort_list(lua, n, lua_isnil(lua, 2) ? 0 : 2, false);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(lua, 3, i);
    lua_seti(lua, 1, i);
  }
  return 0;
}

/* keys(t): a list of the keys, numbers first; or nil and the kind of one that is no number and no text. */
static int bounded_keys(lua_State *lua) {
  lua_Integer n = 0;
  luaL_checktype(lua, 1, LUA_TTABLE);
  lua_settop(lua, 1);
  lua_newtable(lua);
  lua_pushnil(lua);
  while (lua_next(lua, 1)) {
    int kind = lua_type(lua, 3);
    lua_pop(lua, 1);
    if (kind != LUA_TNUMBER && kind != LUA_TSTRING) {
      lua_pushnil(lua);
      lua_pushstring(lua, lua_typename(lua, kind));
      return 2;
    }
    lua_pushvalue(lua, 3);
    lua_rawseti(lua, 2, ++n);
  }
  budget_charge(lua, (lua_Unsigned)n);
  if (n > 1) bounded_sort_list(lua, n, 0, true);
  return 1;
}

void bounded_push(lua_State *lua) {
  static const luaL_Reg own[] = {{"find", bounded_find}, {"keys", bounded_keys},
      {"rep", bounded_rep}, {"sort", bounded_sort}, {NULL, NULL}};
  luaL_Buffer
      buffer; /* Lua makes what its buffers need with the first, which budget.c would not know for one */
  luaL_buffinitsize(lua, &buffer, 2 * LUAL_BUFFERSIZE);
  luaL_pushresultsize(&buffer, 0);
  lua_pop(lua, 1);
  lua_newtable(lua);
  luaL_setfuncs(lua, own, 0);
  for (size_t i = 0; i < sizeof guarded / sizeof *guarded; i++) {
    lua_getglobal(lua, guarded[i].from);
    lua_getfield(lua, -1, guarded[i].original);
    lua_pushinteger(lua, (lua_Integer)i);
    lua_pushcclosure(lua, bounded_guard, 2);
    lua_setfield(lua, -3, guarded[i].name);
    lua_pop(lua, 1);
  }
  lua_getglobal(lua, "string");
  lua_getfield(lua, -1, "format");
  lua_pushcclosure(lua, bounded_format, 1);
  lua_setfield(lua, -3, "format");
  lua_pop(lua, 1);
}
