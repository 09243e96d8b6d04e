-- luajit.lua: the extension in a process whose Lua is another one. Run by luajit.sh; prints TAP.
--
--     luajit luajit.lua DECORUM.SO
local ffi = require("ffi")

ffi.cdef [[
int sqlite3_open(const char *path, void **db);
int sqlite3_close(void *db);
int sqlite3_enable_load_extension(void *db, int on);
int sqlite3_load_extension(void *db, const char *path, const char *entry, char **error);
int sqlite3_exec(void *db, const char *sql,
  int (*row)(void *, int, char **, char **), void *, char **error);
]]
local sqlite = ffi.load("libsqlite3.so.0")

local pointer, message = ffi.new("void *[1]"), ffi.new("char *[1]")
assert(sqlite.sqlite3_open(":memory:", pointer) == 0)
local db = pointer[0]
sqlite.sqlite3_enable_load_extension(db, 1)

local number = 0
local function is(got, expected, name)
  number = number + 1
  print((got == expected and "ok " or "not ok ") .. number .. " - " .. name)
  if got ~= expected then
    print("# got      " .. tostring(got) .. "\n# expected " .. tostring(expected))
  end
end

-- The first value of a statement, or its error.
local function value(sql)
  local first
  local row = ffi.cast("int (*)(void *, int, char **, char **)", function(_, _, values)
    first = values[0] ~= nil and ffi.string(values[0]) or "NULL"
    return 0
  end)
  local status = sqlite.sqlite3_exec(db, sql, row, nil, message)
  row:free()
  if status ~= 0 then
    return ffi.string(message[0])
  end
  return first
end

print("1..10")
is(sqlite.sqlite3_load_extension(db, arg[1], nil, message), 0, "it loads")
local problem = value("SELECT decorum_version()"):match("%(without Lua policies: (lua%w*_%w+ is of luajit[%w.-]*, not of Lua 5%.4)%)$")
is(problem ~= nil, true, "the version says that and why policies are missing")
is(value("SELECT reputation_decay(60)"), "60", "functions work")
is(value("SELECT 'you 1d10t' REGEXP '\\d+'"), "1", "so do regular expressions")
is(value("SELECT privilege_names('9223372036854792192')"), "SHADOW_BAN_ADMIN,USE", "so do masks of 64 bits")
is(value("SELECT count(*) FROM shadow_effect(0.35, 'opus', 3, 0, 'x') WHERE latency_i = 0.75"), "1", "so do tables")
is(value("CREATE VIRTUAL TABLE f USING facts('SELECT 7 AS seven')"), nil, "facts are made")
is(value("SELECT seven FROM f"), "7", "and read")
is(value("CREATE VIRTUAL TABLE policy USING policy_store"), "policy: no policy_store in this process: " .. tostring(problem),
  "a store is refused with the reason")
is(value("CREATE VIRTUAL TABLE decided USING lua_policy(policy = 'a', facts = f)"),
  "decided: no lua_policy in this process: " .. tostring(problem), "and so is a table of decisions")
assert(sqlite.sqlite3_close(db) == 0)
