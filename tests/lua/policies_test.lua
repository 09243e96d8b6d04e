-- What is told to who writes policies (lua/policies/_facts.lua, _meta.lua, .luacheckrc) is what there is.
local community = require "decorum.community"

local null = {}

local function meta()
  return community.file "lua/policies/_meta.lua"
end

-- The fields of a class in _meta.lua.
local function fields(class)
  local found = {}
  local body = meta():match("%-%-%-@class %(exact%) " .. class .. "\n(.-)\n[^-]")
  for name in (body .. "\n"):gmatch "%-%-%-@field ([%w_]+)%??" do
    found[name] = true
  end
  return found
end

local function set(list)
  local result = {}
  for _, name in ipairs(list) do
    result[name] = true
  end
  return result
end

-- The columns of member_facts; `hidden` are its parameters.
local function facts(db, hidden)
  local found = {}
  for _, name in db:prepare("SELECT name FROM pragma_table_xinfo('member_facts') WHERE hidden = ?"):rows(hidden) do
    found[name] = true
  end
  return found
end

-- The names in the sandbox, as it tells them itself.
local function library(db)
  local told = db:prepare("SELECT message FROM policy_test('return qqqqqqqqqqqqq')"):row()
  local found = {}
  for name in told:match("; there are (.*)$"):gmatch "%w+" do
    found[name] = true
  end
  return found
end

local function lint_names()
  local given = { stds = {} }
  assert(load(community.file "lua/policies/.luacheckrc", "=.luacheckrc", "t", given))()
  local names, members = {}, {}
  for key, value in pairs(given.stds.policy.read_globals) do
    names[type(key) == "number" and value or key] = true
    members[key] = type(value) == "table" and value.fields or nil
  end
  return names, members
end

describe("the files for who writes a policy", function()
  local db = community.in_memory()

  -- A test is about somebody who speaks and has been here for long, unless it says otherwise.
  local usual = { recent_messages = 1, repeats = 1, member_age_s = 31536000, member_messages = 100 }

  it("give each fact a neutral value: that of a member nobody has heard of, or a usual one", function()
    local neutral = load(community.file "lua/policies/_facts.lua")(null)
    local row = db:prepare("SELECT * FROM member_facts(999, ?, 0)")
    local names, values = row:columns(), { row:row(neutral.now) }
    assert.are.equal(1700000000, neutral.now)
    neutral.now = nil
    for i, name in ipairs(names) do
      local value = values[i]
      assert(neutral[name] ~= nil, "no neutral value of " .. name)
      if usual[name] then
        assert.are.equal(usual[name], neutral[name])
        assert.are.equal(0.0, value)
      elseif neutral[name] == null then
        assert(value == nil, name .. " is not NULL")
      elseif type(value) == "number" then
        assert(math.abs(value - neutral[name]) < 1e-12, name)
      else
        assert.are.equal(value, neutral[name])
      end
      neutral[name] = nil
    end
    assert.are.same({}, neutral)
  end)

  it("tell an editor of each fact, and of no other", function()
    local known = facts(db, 0)
    for name in pairs(facts(db, 1)) do
      known[name] = true
    end
    assert.are.same(known, fields "Facts")
  end)

  it("tell an editor and luacheck of what the sandbox has", function()
    local names, members = lint_names()
    local there = library(db)
    there.re = true -- also where the extension was made without it
    assert.are.same(there, names)
    local declared = {}
    for name in meta():gmatch "\nfunction ([%w_]+)%(" do
      declared[name] = true
    end
    for name in meta():gmatch "\n([%w_]+) = {" do
      declared[name] = true
    end
    assert.are.same(there, declared)
    for name, list in pairs(members) do
      local found = {}
      for member in meta():gmatch("\nfunction " .. name .. "%.([%w_]+)%(") do
        found[member] = true
      end
      for member in (meta():match("\n" .. name .. " = {([^\n]*)}") or ""):gmatch "([%w_]+) = " do
        found[member] = true
      end
      assert.are.same(set(list), found)
      for member in pairs(name == "re" and {} or found) do
        local ok, message = db:prepare("SELECT ok, message FROM policy_test(?)"):row(([[
          return policy { id = "t", needs = {}, tests = { { "t", {}, {} } },
            decide = function() if %s.%s == nil then error("it is not there") end end }]]):format(name, member))
        assert(ok == 1, ("%s.%s: %s"):format(name, member, message))
      end
    end
  end)

  it("tell an editor of each action, and of the keys", function()
    local actions = {}
    for _, name in db:prepare("SELECT name FROM decorum_action"):rows() do
      actions[name] = true
    end
    local told = {}
    for name in meta():match("%-%-%-@alias Action\n(.-)\n\n"):gmatch '| "([%w_]+)"' do
      told[name] = true
    end
    assert.are.same(actions, told)
    local message = db:prepare "SELECT message FROM policy_test(?)"
    for class, text in pairs {
      Policy = 'return policy { qqqqqqqqqqqqq = 1 }',
      Rung = 'return policy { id = "t", needs = {}, ladder = { { qqqqqqqqqqqqq = 1 } }, tests = { 1 } }',
      Expected = 'return policy { id = "t", needs = {}, decide = type, tests = { { "t", {}, { qqqqqqqqqqqqq = 1 } } } }',
    } do
      local known = {}
      for name in message:row(text):match("; known are (.*)$"):gmatch "[%w_]+" do
        known[name] = true
      end
      assert.are.same(known, fields(class))
    end
  end)
end)
