-- lua/decorum/commands/README.md: its examples are said, in order, to a new community, and are answered as they stand there; every
-- command is on it.
local command = require "decorum.command"
local community = require "decorum.community"
local member = require "decorum.member"
local pipeline = require "decorum.pipeline"

local NOW = 1777901520 -- 2026-05-04 13:32 UTC
local ranks = { mod = 1, kim = 1, sue = 2, own = 3 }

local page = community.file "lua/decorum/commands/README.md"

-- What people wrote before the page begins: the policy ladder warns ann.
local function setting()
  local db = community.in_memory()
  db:exec "INSERT INTO connection(platform, moderators) VALUES ('irc', '#mods')"
  for _, name in ipairs { "ladder", "spam" } do
    db:prepare("INSERT INTO policy(source) VALUES (?)"):run(community.file("lua/policies/" .. name .. ".lua"))
    db:prepare("UPDATE policy SET active = 1 WHERE name = ?"):run(name)
  end
  db:exec "INSERT INTO mode_change(at, mode, moderator, reason) VALUES (1777900000, 'enforce', 'own', 'all is well')"
  local steps = pipeline.new(db)
  local said = { { "own", "welcome" }, { "bob", "hello" }, { "ann", "you are a worthless idiot, bob" } }
  for i, line in ipairs(said) do
    steps.message { type = "message", platform = "irc", id = tostring(i), channel = "#lobby", member = line[1], name = line[1],
      at = NOW - 120, text = line[2], live = true }
  end
  db:exec "UPDATE member SET rank = 3 WHERE name = 'own'; UPDATE setting SET value = 'honest' WHERE name = 'shadow_ban_mode'"
  return db, command.new { db = db, directory = member.directory(db) }
end

-- The lines of the page's blocks, each command with the answer that stands under it.
local function examples()
  local found = {}
  for block in page:gmatch "\n```\n(.-\n)```" do
    for line in block:gmatch "([^\n]*)\n" do
      local place, who, text = line:match "^(#?%w*) ?<(%w+)> (.*)$"
      if who then
        found[#found + 1] = { place = place, who = who, text = text, answer = {} }
      else
        table.insert(found[#found].answer, line)
      end
    end
  end
  return found
end

describe("the page of commands", function()
  local _, commands = setting()
  for i, example in ipairs(examples()) do
    it(("%d: <%s> %s"):format(i, example.who, example.text), function()
      local answer = assert(commands.answer({ type = "message", platform = "irc", id = "c" .. i,
        channel = example.place ~= "" and example.place or "#lobby", in_moderators = example.place == "#mods", member = example.who,
        name = example.who, at = NOW, text = example.text, rank = ranks[example.who] or 0, is_sure = true }, NOW))
      local text = (answer.privately and answer.text and "[privately] " or "") .. (answer.text or "")

      assert.equal(table.concat(example.answer, "\n"), text)
    end)
  end

  it("has every command, with an example", function()
    for _, known in ipairs(commands.all) do
      assert.truthy(page:find("`!" .. known.name .. "`", 1, true) or known.name == "sb", known.name)
      assert.truthy(page:find("\n[#%w ]*<%w+> !" .. known.name .. "%f[^%w]"), known.name)
    end
  end)

  it("says of each command for which rank it is", function()
    local rows = {}
    for rank, row in page:gmatch "\n| %w+ %((%d)%)[^|]*| ([^\n]*)" do
      rows[tonumber(rank)] = row
    end
    for _, known in ipairs(commands.all) do
      local rank = known.is_of_shadow_bans and 3 or known.rank
      assert.truthy(rows[rank]:find("`!" .. known.name .. "`", 1, true), known.name)
    end
  end)
end)
