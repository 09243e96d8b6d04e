--- The commands that people give in the chat: what is one, who may, and what is answered.
--
--     local commands = require("decorum.command").new { db = db, directory = directory, prefix = "!" }
--     commands.answer(event, now)      -- { text = "Muted ann until 14:32 UTC (1 h) for: spam (case 12)." }
--
-- nil: it is no command but chat, and goes on as that. A table: it was one, and its text is not assessed; `text` is the answer, lines
-- of it, or nil for silence; `privately`: not where everybody reads it; `is_chat`: a member said it where others read it and it
-- came to nothing, so that its text is assessed as well; `fault`: the program failed, for the log.
--
-- Commands write rows and nothing else: what platforms owe follows from the rows. answer() runs inside the caller's transaction, in a
-- savepoint of its own: a command that is refused half-way leaves nothing behind. What the file itself cannot do (it is full, or locked)
-- is raised.
--
-- The commands are in commands/, a file a subject, and told in commands/README.md.

local Arguments = require "decorum.commands.arguments"
local failure = require "decorum.failure"
local nearest = require "decorum.nearest"
local people = require "decorum.commands.people"
local wording = require "decorum.wording"

local command = {}

local SUBJECTS = { "sanction", "undo", "case", "note", "standing", "queue", "rights", "policy", "shadow_ban", "help" }

-- Lines of an answer; more would be a flood, which servers cut off.
local LINES_MOST, LINES_MOST_DIRECT = 8, 12
local LINE_MOST = 400 -- bytes: a line of IRC with room for what is before it

-- Errors of SQLite that no other words from the chat would mend.
local TROUBLES = { "database is locked", "database table is locked", "disk I/O error", "database or disk is full", "out of memory",
  "not enough memory", "attempt to write a readonly database", "unable to open database file", "database disk image is malformed",
  "interrupted", "file is not a database" }

-- And those that tell of a fault of the program, not of what somebody said: no words of a trigger or a constraint.
local FAULTS = { "%.lua:%d+: ", "^no such ", "^near \"", "^ambiguous ", "^%u[%u ]* constraint failed: [%w_]+%.",
  "^FOREIGN KEY ", "datatype", "^the statement " }

---@class CommandContext
---@field db any an open community
---@field directory Directory
---@field prefix string? before a command's name: "!" unless given
---@field database string? the file's name, for words that tell people what to type in a shell
---@field rank_of (fun(platform: string, id: string): integer?)? the rank that a platform says somebody has just now

---What commands share.
---@class Commands : CommandContext
---@field people People
---@field shown fun(text: string, most: integer?): string
---@field named fun(name: string): string
---@field all Command[]
---@field usage fun(command: Command): string
---@field refuse_usage fun(command: Command, why: string) raises the failure, with how it is done
---@field who fun(asker: Asker, arguments: Arguments, command: Command): integer, string the member whom the next word means
---@field may fun(asker: Asker, command: Command): boolean

---@class Command
---@field name string
---@field rank integer from which on it may be used
---@field usage string what stands behind the name
---@field help string what it does, in a sentence
---@field privately boolean|"unless moderators"|nil is the answer for who asks alone? Or, where moderators are among themselves, for all
---@field is_of_shadow_bans boolean? nobody else learns that there is such a command
---@field run fun(asker: Asker, arguments: Arguments, command: Command): string|string[]|false the answer; false: it is no command after
---all but a member's chat

---@class Answer
---@field text string?
---@field privately boolean?
---@field is_chat boolean?
---@field fault string?

-- The word behind the prefix and what follows it.
local function split(event, prefix)
  local text = event.text
  if (event.type or "message") ~= "message" or (event.kind or "message") ~= "message" or not text or not event.member
    or text:sub(1, #prefix) ~= prefix then
    return nil
  end
  local word, rest = text:match("^(%a[%w_]*)(.*)$", #prefix + 1)
  if word and (rest == "" or rest:find "^%s") then
    return word:lower(), rest
  end
end

-- The words of an error that a person can mend; nil if it is a fault of the program.
local function words_of(why)
  if failure.is(why) then
    return why.why
  elseif type(why) ~= "string" then
    return nil
  end
  for _, fault in ipairs(FAULTS) do
    if why:find(fault) then
      return nil
    end
  end
  return (why:gsub("^CHECK constraint failed: ", ""))
end

local function is_trouble(why)
  for _, trouble in ipairs(TROUBLES) do
    if type(why) == "string" and why:sub(1, #trouble) == trouble then
      return true
    end
  end
  return false
end

-- At most so many lines, none of which a text from the chat can have made two of.
local function lines_of(answer, most)
  local lines = type(answer) == "table" and answer or { answer }
  local shown = {}
  for i = 1, math.min(#lines, #lines > most and most - 1 or most) do
    shown[i] = #lines[i] > LINE_MOST and lines[i]:sub(1, utf8.offset(lines[i], 0, LINE_MOST) - 1) .. "…" or lines[i]
    shown[i] = shown[i]:gsub("[\r\n\0]", " ")
  end
  if #lines > #shown then
    shown[#shown + 1] = ("%d more are not shown here."):format(#lines - #shown)
  end
  return table.concat(shown, "\n")
end

---@param given CommandContext
---@return { answer: fun(event: Event, now: number): Answer?, all: Command[] }
function command.new(given)
  local db, prefix = given.db, given.prefix or "!"
  ---@type Commands
  local shared = setmetatable({ prefix = prefix, database = given.database or "chat.db", all = {} }, { __index = given })
  shared.people = people.of(shared)
  shared.shown, shared.named = wording.shower(db), wording.namer(db)

  function shared.usage(known)
    return prefix .. known.name .. (known.usage ~= "" and " " .. known.usage or "")
  end

  function shared.refuse_usage(known, why)
    failure.raise(known.name, why .. ": " .. shared.usage(known))
  end

  function shared.who(asker, arguments, known)
    local who = arguments:who() or shared.refuse_usage(known, "say who is meant")
    return shared.people.find(asker, who)
  end

  function shared.may(asker, known)
    if known.is_of_shadow_bans then
      return asker.may_shadow_ban
    end
    return asker.rank >= known.rank
  end

  local by_name = {}
  for _, subject in ipairs(SUBJECTS) do
    for _, known in ipairs(require("decorum.commands." .. subject)(shared)) do
      shared.all[#shared.all + 1], by_name[known.name] = known, known
    end
  end

  -- What is said about a word that is no command.
  local function did_you_mean(asker, name)
    local names = {}
    for _, known in ipairs(shared.all) do
      names[#names + 1] = shared.may(asker, known) and (asker.is_private or not known.is_of_shadow_bans) and known.name or nil
    end
    local meant = nearest(name, names)
    return meant and { text = ("There is no %s%s: did you mean %s%s?"):format(prefix, name, prefix, meant) }
  end

  local function is_private(known, event)
    if known.privately == "unless moderators" then
      return not event.in_moderators or nil
    end
    return known.privately
  end

  -- The whole of it. Members learn nothing of what is not for them: their text is chat.
  local function respond(asker, name, rest)
    local event, known = asker.event, by_name[name]
    if not known then
      return asker.rank > 0 and did_you_mean(asker, name) or nil
    elseif not shared.may(asker, known) then
      if asker.rank == 0 then
        return nil
      elseif known.is_of_shadow_bans then
        return {}
      end
      return { text = ("%s%s is for the rank of %s; yours is %s."):format(prefix, name, people.RANKS[known.rank],
        people.RANKS[asker.rank] or asker.rank) }
    elseif known.is_of_shadow_bans and not asker.is_private then
      return {}
    end
    local text = known.run(asker, Arguments.of(rest), known)
    if text == false and asker.rank == 0 then
      return nil
    elseif text == false then
      shared.refuse_usage(known, "it is said like this")
    end
    return { text = lines_of(text, event.direct and LINES_MOST_DIRECT or LINES_MOST), privately = is_private(known, event) }
  end

  local function answer(event, now)
    local name, rest = split(event, prefix)
    if not name then
      return nil
    end
    local asker
    db:exec "SAVEPOINT command"
    local done, result = pcall(function()
      asker = shared.people.asker(event, now)
      return respond(asker, name, rest)
    end)
    if not done and (is_trouble(result) or not db:in_transaction()) then
      error(result, 0)
    elseif not done then
      db:exec "ROLLBACK TO command"
    end
    db:exec "RELEASE command"
    if done then
      return result
    end
    local words, privately = words_of(result), is_private(by_name[name] or {}, event)
    if words then
      return { text = lines_of(wording.sentence(words), LINES_MOST), privately = privately,
        is_chat = asker.rank == 0 and not event.direct or nil }
    end
    words = "That did not work, and nothing was changed: a fault of this program."
    return { text = words, privately = privately, fault = tostring(result) }
  end

  return { answer = answer, all = shared.all }
end

return command
