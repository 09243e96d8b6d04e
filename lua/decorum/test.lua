--- decorum test: does a policy do what its tests say? For who writes one, before it goes anywhere.
--
--   decorum test mine.lua
--
--   1..4
--   ok 1 - mine.lua: luacheck
--   ok 2 - mine.lua: calm members are left alone
--   not ok 3 - mine.lua: heat is a warning
--   # expected action warn, got none (0 points reach no rung)
--   ok 4 - mine.lua: there is each fact that it needs
--
-- TAP. Each file is linted, if luacheck is installed; compiled, and its tests run, by policy_test of the extension,
-- as an INSERT into `policy` does; and what it needs is looked for in the facts of a new community.
--
-- Exit status: 0 all is well; 1 something is not; 2 a file cannot be read.

local community = require "decorum.community"
local facts = require "decorum.facts"
local failure = require "decorum.failure"
local json = require "host.json"
local shell = require "decorum.shell"
local system = require "host.system"

local test = {}

---@class TestLine
---@field ok boolean
---@field name string
---@field details string[] what was wrong
---@field skipped string? why there was nothing to test

local function read(path)
  local handle, missing = io.open(path, "rb")
  if not handle then
    failure.raise("test", missing)
  end
  local source = handle:read "a"
  handle:close()
  if not source then
    failure.raise("test", path .. ": is no file to read")
  end
  return source
end

---@param path string
---@return TestLine
local function lint(path)
  local rules = system.share .. "/lua/policies/.luacheckrc"
  local pipe = io.popen(("luacheck --no-color --no-cache --formatter plain --config %s -- %s 2>&1"):format(shell.quoted(rules),
    shell.quoted(path)), "r")
  local said = {}
  for line in pipe:lines() do
    said[#said + 1] = line
  end
  local ok, how, status = pipe:close()
  if how == "exit" and status == 127 then
    return { ok = true, name = "luacheck", details = {}, skipped = "luacheck is not installed" }
  end
  return { ok = ok == true, name = "luacheck", details = said }
end

---@param needs string[]
---@param names string[] the facts that there are
---@return TestLine
local function line_of_facts(needs, names)
  local details = {}
  for i, missing in ipairs(facts.missing(names, needs)) do
    details[i] = ("member_facts has no fact '%s'%s"):format(missing.need, missing.hint)
  end
  return { ok = #details == 0, name = "there is each fact that it needs", details = details }
end

-- A line for each test in the source, or one that says why there is none.
---@return TestLine[]
---@return string[]? needs
local function run(db, source, path)
  local lines, needs = {}, nil
  for _, number, name, ok, message, needed in db:prepare("SELECT number, name, ok, message, needs FROM policy_test(?)"):rows(source) do
    local details = {}
    for line in (message or ""):gsub("policy%.lua:", function() return path .. ":" end):gmatch "[^\n]+" do
      details[#details + 1] = line
    end
    lines[#lines + 1] = { ok = ok == 1, name = number == 0 and "loads" or name, details = details }
    needs = needed
  end
  return lines, needs and json.decode(needs)
end

-- Text as TAP can show it in one line.
local function in_line(text)
  return (text:gsub("%c", " "):gsub("#", "\\#"))
end

---@param line TestLine
local function show(number, path, line)
  print(("%sok %d - %s: %s%s"):format(line.ok and "" or "not ", number, in_line(path), in_line(line.name),
    line.skipped and " # SKIP " .. line.skipped or ""))
  for _, detail in ipairs(line.ok and {} or line.details) do
    print("# " .. detail:gsub("%c", " "))
  end
end

---@param options table of the command line: file
---@return integer status
function test.run(options)
  local sources, lines = {}, {}
  for i, path in ipairs(options.file) do
    sources[i] = read(path)
  end
  local db = community.in_memory()
  local names = facts.names(db)
  for i, path in ipairs(options.file) do
    local tests, needs = run(db, sources[i], path)
    table.insert(tests, 1, lint(path))
    tests[#tests + 1] = needs and line_of_facts(needs, names)
    for _, line in ipairs(tests) do
      lines[#lines + 1] = { path, line }
    end
  end
  db:close()
  print("1.." .. #lines)
  local status = 0
  for number, line in ipairs(lines) do
    show(number, line[1], line[2])
    status = line[2].ok and status or 1
  end
  return status
end

return test
