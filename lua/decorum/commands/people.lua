--- Who asks, who is meant, and who may act on whom.

local casemapping = require "decorum.casemapping"
local failure = require "decorum.failure"
local nearest = require "decorum.nearest"
local wording = require "decorum.wording"

local people = {}

people.RANKS = { [0] = "member", "moderator", "senior", "owner" }
local OWNER = 3

---@class Asker
---@field event Event
---@field now number
---@field member integer? nil: nobody is known by that id
---@field rank integer
---@field key string by which rows name them: an id that stays when the nick changes
---@field shows integer so many rows of a list fit into an answer
---@field is_private boolean said to the bot alone, or where the moderators are
---@field sees_shadow_bans boolean
---@field may_shadow_ban boolean
---@field sees_minors boolean may see and decide what is about the safety of children

---@class People
---@field asker fun(event: Event, now: number): Asker
---@field find fun(asker: Asker, who: Who): integer, string the member and the name as shown; raises a failure in words
---@field check_rank fun(asker: Asker, member: integer) raises a failure unless the asker may act on the member
---@field why_not fun(asker: Asker, member: integer): string? why the asker may not
---@field name fun(member: integer): string as shown
---@field name_of_key fun(asker: Asker, key: string): string who is named so in a row, as shown
---@field is_key_of fun(asker: Asker, key: string?): boolean is it the asker who is named so?
---@field hears_of_shadow_bans fun(member: integer): boolean is the member told of their own shadow bans?
---@field make fun(asker: Asker): integer the asker's member, made if there is none

local function list_of(statement, ...)
  local found = {}
  for _, value in statement:rows(...) do
    found[#found + 1] = value
  end
  return found
end

-- A list without the values that come again.
local function distinct(...)
  local found, known = {}, {}
  for _, list in ipairs { ... } do
    for _, value in ipairs(list) do
      if not known[value] then
        known[value], found[#found + 1] = true, value
      end
    end
  end
  return found
end

-- Ways in which a platform may write the id that a person typed.
local function ids_of(who)
  local text = who.text
  local bare = not who.is_id and not who.is_exact and text:match "^@(.+)$" or text
  return distinct { text, bare, bare:lower(), casemapping.rfc1459(bare) }, bare
end

---@param context CommandContext
---@return People
function people.of(context)
  local db, directory = context.db, context.directory
  local find_account = db:prepare "SELECT member FROM account WHERE platform = ? AND platform_id = ?"
  local find_presence = db:prepare "SELECT member FROM presence WHERE platform = ? AND platform_id = ?"
  local find_member = db:prepare "SELECT id FROM member WHERE id = ?"
  local find_name = db:prepare "SELECT id FROM member WHERE name = ?1 COLLATE NOCASE AND name = ?1 ORDER BY id LIMIT 6"
  local find_any_case = db:prepare "SELECT id FROM member WHERE name = ? COLLATE NOCASE ORDER BY id LIMIT 6"
  local find_alias = db:prepare [[
    SELECT DISTINCT member FROM alias WHERE folded = fold(?) AND folded <> '' AND cleared_at IS NULL ORDER BY member LIMIT 6]]
  local find_folded = db:prepare "SELECT id FROM member WHERE fold(name) = fold(?1) AND fold(?1) <> '' ORDER BY id LIMIT 6"
  local name_and_rank = db:prepare "SELECT name, rank FROM member WHERE id = ?"
  local ids = db:prepare "SELECT platform, platform_id FROM account WHERE member = ?1 ORDER BY platform <> ?2, platform, platform_id"
  local present = db:prepare "SELECT platform, platform_id FROM presence WHERE member = ?"
  local has_privilege = db:prepare "SELECT has_privilege((SELECT mask FROM privilege WHERE member = ?), ?)"
  local hears = db:prepare [[
    SELECT 1 FROM setting, member
    WHERE setting.name = 'shadow_ban_mode' AND member.id = ? AND (value = 'honest' OR (value = 'covert' AND (minor OR paying)))]]
  -- Who may have been meant: looked at one by one, and so not all who ever were here.
  local seen_lately = db:prepare [[
    SELECT name FROM (SELECT member FROM message ORDER BY id DESC LIMIT 500) AS said JOIN member ON member.id = said.member
    UNION SELECT name FROM (SELECT name FROM member ORDER BY id DESC LIMIT 100)]]
  local named, shown = wording.namer(db), wording.shower(db)

  ---@type People
  local self = {} ---@diagnostic disable-line: missing-fields

  local function known(platform, id)
    if directory.knows(platform, id) then
      return directory.member(platform, id)
    end
    return (find_presence:row(platform, id))
  end

  function self.asker(event, now)
    local member = known(event.platform, event.member)
    local rank = math.tointeger(event.rank) or 0
    local function has(privilege)
      return event.is_sure and member and has_privilege:row(member, privilege) == 1 or false
    end
    if event.is_sure and member then
      rank = math.max(rank, (select(2, name_and_rank:row(member))))
    end
    local _, id = ids:row(member, event.platform)
    local is_private = (event.direct or event.in_moderators) and true or false
    return {
      event = event, now = now, member = member, rank = rank, key = id or event.member, is_private = is_private,
      shows = event.direct and 10 or 6,
      sees_shadow_bans = rank > 0 and is_private,
      may_shadow_ban = rank >= OWNER or has "SHADOW_BAN_ADMIN",
      sees_minors = rank >= OWNER or has "GUILD_ADMIN",
    }
  end

  function self.make(asker)
    local event = asker.event
    asker.member = asker.member or directory.member(event.platform, event.member, event.name)
    return asker.member
  end

  function self.hears_of_shadow_bans(member)
    return hears:row(member) ~= nil
  end

  function self.name(member)
    return named((name_and_rank:row(member)))
  end

  function self.name_of_key(asker, key)
    local member = find_account:row(asker.event.platform, key)
    return member and self.name(member) or named(key)
  end

  function self.is_key_of(asker, key)
    if not key or key == asker.key or key == asker.event.member then
      return key ~= nil
    end
    for _, _, id in ids:rows(asker.member, asker.event.platform) do
      if id == key then
        return true
      end
    end
    return false
  end

  -- The rank of whom is acted on: as the file has it, or as a platform they are on says just now.
  local function rank_of(member)
    local _, rank = name_and_rank:row(member)
    if context.rank_of then
      for _, accounts in ipairs { ids, present } do
        for _, platform, id in accounts:rows(member) do
          rank = math.max(rank, math.tointeger(context.rank_of(platform, id)) or 0)
        end
      end
    end
    return rank
  end

  function self.why_not(asker, member)
    if member == asker.member then
      return "nobody acts on themselves: ask another moderator"
    elseif rank_of(member) >= asker.rank then
      return ("the rank of %s is yours or higher"):format(self.name(member))
    end
  end

  function self.check_rank(asker, member)
    local why = self.why_not(asker, member)
    if why then
      failure.raise("rank", why)
    end
  end

  local function quoted(text)
    return text:find "%s" and ('"%s"'):format(text) or text
  end

  -- What a person can type to mean just this one.
  local function unmistakable(asker, member)
    local platform, id = ids:row(member, asker.event.platform)
    return quoted(platform and shown(platform .. ":" .. id, 80) or "member:" .. member)
  end

  local function by_id(asker, texts)
    for _, text in ipairs(texts) do
      local found = known(asker.event.platform, text)
      if found then
        return { found }
      end
    end
    return {}
  end

  local function by_platform_and_id(text)
    local platform, id = text:match "^([%w_]+):(.+)$"
    if platform == "member" then
      return { find_member:row(math.tointeger(tonumber(id))) }
    end
    return { platform and known(platform, id) }
  end

  -- Whom a text may mean, the surest way to name somebody first.
  local function candidates(asker, who)
    local texts, bare = ids_of(who)
    local ways = {
      function() return by_id(asker, texts) end,
      function() return by_platform_and_id(who.text) end,
      function() return distinct(list_of(find_name, who.text), list_of(find_name, bare)) end,
      function() return distinct(list_of(find_any_case, bare), list_of(find_alias, bare)) end,
      function() return list_of(find_folded, bare) end, -- reads every name: not for whoever wants to keep the bot busy
    }
    for i = 1, who.is_id and 1 or asker.rank == 0 and #ways - 1 or #ways do
      local found = ways[i]()
      if found[1] then
        return found, bare
      end
    end
    return {}, bare
  end

  function self.find(asker, who)
    local found, bare = candidates(asker, who)
    if #found == 1 then
      return found[1], self.name(found[1])
    end
    local text = shown(bare, 64)
    if not found[1] then
      local meant = nearest(bare, list_of(seen_lately))
      failure.raise("who", ("nobody is known as '%s'%s"):format(text, meant and (", did you mean '%s'?"):format(shown(meant, 64)) or ""))
    end
    local ways = {}
    for i = 1, math.min(#found, 5) do
      ways[i] = ("%s (%s)"):format(unmistakable(asker, found[i]), self.name(found[i]))
    end
    failure.raise("who", ("'%s' may be %s%s: name one by what stands before the name"):format(text, table.concat(ways, " or "),
      #found > 5 and " or others" or ""))
  end

  return self
end

return people
