--- decorum erase: a member is forgotten. What they said and what was said of them goes, counts and cases stay.
--
-- One transaction: sql/erase.sql for the rows about the member, their names in everybody's texts (mention.lua), and a receipt
-- without a name. Triggers, which keep the log from being changed, are set aside within it. What stays, and why, is said and stands in
-- the receipt: messages that concern children until a person has rejected that, with them the accounts, since without them it
-- is not known who said it; and a keyed hash of each account while a ban or a mute is in force.
--
-- Then the bytes. What was changed or deleted before may still be read in the file, in pages that are free and in what is free of
-- others; secure_delete covers only what is changed now. VACUUM makes every page anew (84 MB take half a second), and emptying the
-- -wal takes the old pages away there. That needs a moment in which nobody reads an older state: it is waited for, and if it does
-- not come, what remains is said, and the next decorum erase of the same member does that alone.
-- Backups, and what the disk itself keeps of deleted files, are beyond it.

local community = require "decorum.community"
local failure = require "decorum.failure"
local json = require "host.json"
local keyed_hash = require "decorum.keyed_hash"
local mention = require "decorum.mention"
local named_member = require "decorum.named_member"
local progress = require "decorum.progress"
local script = require "decorum.script"
local system = require "host.system"
local trigger = require "decorum.trigger"

local erase = {}

-- How the member is and was called, on any platform. What a name is good for is decided in mention.lua.
local NAMES = [[
  SELECT name FROM member WHERE id = ?1
  UNION SELECT platform_id FROM account WHERE member = ?1
  UNION SELECT substr(platform_id, 9) FROM account WHERE member = ?1 AND platform_id GLOB 'account:?*'
  UNION SELECT platform_id FROM presence WHERE member = ?1
  UNION SELECT substr(platform_id, 9) FROM presence WHERE member = ?1 AND platform_id GLOB 'account:?*'
  UNION SELECT origin FROM presence WHERE member = ?1 AND origin IS NOT NULL
  UNION SELECT platform_id FROM opening WHERE member = ?1
  UNION SELECT name FROM alias WHERE member = ?1]]

-- Where people are named as those who did something: table, key, column.
local MODERATORS = {
  { "sanction", "id", "moderator" }, { "case_note", "id", "author" }, { "reputation_change", "id", "moderator" },
  { "immunity", "id", "moderator" }, { "mode_change", "id", "moderator" }, { "note", "id", "author" }, { "note", "id", "cleared_by" },
  { "profile", "id", "author" }, { "profile", "id", "cleared_by" }, { "alias", "id", "author" }, { "alias", "id", "cleared_by" },
  { "review", "id", "claimed_by" }, { "review", "id", "decided_by" }, { "acknowledgement", "id", "moderator" },
  { "erasure", "id", "moderator" }, { "shadow_ban_state", "id", "member" }, { "shadow_ban_state", "id", "initiated_by" },
  { "shadow_ban_audit", "id", "member" }, { "shadow_ban_audit", "id", "actor" }, { "outbox", "id", "channel" },
}

-- Texts in which a name may stand.
local RECORDS = {
  { "verdict", "id", "explanation" }, { "decision", "id", "reason" }, { "decision", "id", "trace" }, { "decision", "id", "facts" },
  { "decision", "id", "error" }, { "sanction", "id", "reason" }, { "case_note", "id", "text" },
  { "reputation_change", "id", "reason" }, { "flag_outcome", "flag", "error" }, { "notification", "id", "details" },
  { "immunity", "id", "reason" }, { "mode_change", "id", "reason" }, { "note", "id", "text" }, { "profile", "id", "text" },
  { "alias", "id", "name" }, { "review", "id", "reason" }, { "outbox", "id", "text" }, { "outbox", "id", "outcome" },
  { "job_run", "id", "errors" }, { "erasure", "id", "reason" }, { "acknowledgement", "id", "statement" }, { "assessment", "seq", "topic" },
  { "assessment", "seq", "coherence_flag" }, { "shadow_ban_state", "id", "reason" }, { "shadow_ban_audit", "id", "why" },
  { "shadow_ban_audit", "id", "before" }, { "shadow_ban_audit", "id", "after" }, { "channel", "id", "name" },
}

-- What other members said.
local OTHERS = {
  { "message_text", "message", "text", "message NOT IN (SELECT message FROM temp.held)" }, { "appeal", "id", "text" },
  { "flag", "id", "comment", "message NOT IN (SELECT message FROM temp.held)" },
}

-- Ids that platforms gave. One in which a name stands becomes a hash; a log with such ids, fed again, would bring its message back.
local IDS = { { "message", "id", "platform_id" }, { "arrival", "id", "event" }, { "sanction", "id", "event" }, { "outbox", "id", "key" } }

-- The messages that stay as they are.
local HELD = [[
  CREATE TEMP TABLE held AS
    SELECT message, group_concat(DISTINCT why) AS why FROM message_held JOIN message ON message.id = message WHERE member = %d
    GROUP BY message]]

local STANDING = [[
  SELECT coalesce('case ' || case_no || ', ', '') || action || coalesce(' until ' || datetime(ends_at, 'unixepoch'), '')
  FROM standing_ban WHERE member = ? AND coalesce(ends_at, 1e13) > ? ORDER BY case_no]]

local function list(statement, ...)
  local found = {}
  for i, value in statement:rows(...) do
    found[i] = value
  end
  return found
end

---@class Erasure
---@field counts table<string, integer> by what it is that went; their names in order, too
---@field held table[] { what=, count=, why= }
---@field also string[] other members who go by one of the names

local function add(counts, what, count)
  if count > 0 then
    counts[#counts + 1] = counts[what] == nil and what or nil
    counts[what] = (counts[what] or 0) + count
  end
end

-- Notes the accounts of who is banned as hashes, before they go.
local function keep_hashes(db, member, now, hash, held)
  local bans = list(db:prepare(STANDING), member, now)
  if not bans[1] then
    return
  end
  local keep = db:prepare "INSERT OR IGNORE INTO erased_account(platform, key, member) VALUES (?, ?, ?)"
  local count = 0
  for _, platform, id in db:prepare("SELECT platform, platform_id FROM account WHERE member = ?"):rows(member) do
    count = count + keep:run(platform, hash("account", platform, id), member)
  end
  if count > 0 then
    held[#held + 1] = { what = "accounts as keyed hashes", count = count, why = table.concat(bans, "; ") }
  end
end

-- Masks and the like in what was done to the member.
local function hash_marks(db, member, hash)
  local count = 0
  local write = db:prepare "UPDATE outbox SET marks = ? WHERE id = ?"
  for _, row in ipairs(script.rows(db:prepare [[
    SELECT id, marks FROM outbox WHERE marks IS NOT NULL
      AND (member = :member OR case_no IN (SELECT case_no FROM sanction WHERE sanction.member = :member))]], { member = member })) do
    local id, marks = row[1], row[2]
    local new = {}
    for i, mark in db:prepare("SELECT value FROM json_each(?)"):rows(marks) do
      new[i] = json.quote(keyed_hash.mark(hash, tostring(mark)))
    end
    local text = "[" .. table.concat(new, ",") .. "]"
    if text ~= marks then
      write:run(text, id)
      count = count + 1
    end
  end
  return count
end

-- Where they are named as somebody who did something, or is banned by a name.
local function replace_moderator(mentions, counts)
  for _, place in ipairs(MODERATORS) do
    add(counts, "named as a moderator", mentions.replace_whole(table.unpack(place)))
    add(counts, "names in records", (mentions.replace(table.unpack(place))))
  end
end

-- Where they are spoken of.
local function replace_names(db, mentions, hash, options, counts)
  for _, place in ipairs(RECORDS) do
    add(counts, "names in records", (mentions.replace(table.unpack(place))))
  end
  for _, place in ipairs(options.keep_mentions and {} or OTHERS) do
    add(counts, "names in what others said", (mentions.replace(table.unpack(place))))
  end
  for _, place in ipairs(IDS) do
    local name, key, column = table.unpack(place)
    local read = db:prepare(("SELECT %s FROM %s WHERE %s = ?"):format(column, name, key))
    local write = db:prepare(("UPDATE %s SET %s = ? WHERE %s = ?"):format(name, column, key))
    for _, id in ipairs(mentions.find(name, key, column)) do
      write:run("hash:" .. hash(name, (read:row(id))), id)
      add(counts, "names in ids", 1)
    end
  end
end

-- Their names; the one that takes the place of them is none.
local function names_of(db, member, word)
  local names = {}
  for _, name in db:prepare(NAMES):rows(member) do
    names[#names + 1] = name ~= word and not name:find "^erased %d+$" and name or nil
  end
  return names
end

-- Other members who go by one of the names.
local function namesakes(db, member, names)
  local find = db:prepare "SELECT 'id=' || id || ' (' || display(name) || ')' FROM member WHERE id <> ?1 AND name = ?2 COLLATE NOCASE"
  local found = {}
  for _, name in ipairs(names) do
    for _, other in find:rows(member, name) do
      found[#found + 1] = other
    end
  end
  return found
end

-- Marks what stays: messages, and with them the accounts; else hashes of those while a ban is in force.
local function hold_back(db, member, now, hash)
  local held = {}
  db:exec(HELD:format(member))
  for i, why, count in db:prepare("SELECT why, count(*) FROM temp.held GROUP BY why"):rows() do
    held[i] = { what = "messages", count = count, why = why }
  end
  if held[1] then
    local accounts = db:prepare("SELECT count(*) FROM account WHERE member = ?"):row(member)
    held[#held + 1] = { what = "accounts", count = accounts, why = "they tell who said that" }
  else
    keep_hashes(db, member, now, hash, held)
  end
  return held
end

local function add_receipt(db, member, now, result, by, reason)
  local counts, held = {}, {}
  for i, what in ipairs(result.counts) do
    counts[i] = json.quote(what) .. ":" .. result.counts[what]
  end
  for i, each in ipairs(result.held) do
    held[i] = ('{"what":%s,"count":%d,"why":%s}'):format(json.quote(each.what), each.count, json.quote(each.why))
  end
  db:prepare("INSERT INTO erasure(at, member, moderator, reason, counts, held) VALUES (?, ?, ?, ?, ?, ?)"):run(now, member, by, reason,
    "{" .. table.concat(counts, ",") .. "}", held[1] and "[" .. table.concat(held, ",") .. "]")
end

-- All that is written, inside the caller's transaction.
---@return Erasure
local function forget(db, member, options)
  local now = options.now or db:prepare("SELECT (julianday('now') - 2440587.5) * 86400.0"):row()
  local word = "member " .. member
  local hash = keyed_hash.of(db)
  local names = names_of(db, member, word)
  local mentions = mention.of(db, names, word)
  local function without_names(text)
    return text and (mentions.replaced(text) or text)
  end
  local result = { counts = {}, also = namesakes(db, member, names), held = hold_back(db, member, now, hash) }
  local counts = result.counts
  add(counts, "marks on platforms", hash_marks(db, member, hash))
  replace_moderator(mentions, counts)
  local values = { member = member, name = word, now = now }
  local statements = community.file("sql/erase.sql"):match "\n\n.*" -- behind the file's own comment
  for statement, title in script.statements(db, statements) do
    add(counts, title:match "^[^:]+", statement:run(script.bindings(statement, values)))
  end
  replace_names(db, mentions, hash, options, counts)
  db:exec "DROP TABLE temp.held"
  if counts[1] then
    add_receipt(db, member, now, result, without_names(options.by), without_names(options.reason))
  end
  return result
end

-- The transaction. Of a dry run nothing stays.
local function in_transaction(db, member, options)
  db:exec "PRAGMA secure_delete = ON; BEGIN IMMEDIATE"
  local done, result = pcall(function()
    local put_back = trigger.set_aside(db)
    local made = forget(db, member, options)
    put_back()
    return made
  end)
  if not done or options.dry_run then
    db:exec(db:in_transaction() and "ROLLBACK" or "")
  else
    db:exec "COMMIT"
  end
  if not done then
    error(result, 0)
  end
  return result
end

-- Makes every page anew and empties the -wal. Nil, or why it could not be done.
local function clean(db)
  collectgarbage() -- statements
  local done, why = pcall(db.exec, db, "VACUUM")
  if not done then
    return why
  end
  local busy = db:prepare("PRAGMA wal_checkpoint(TRUNCATE)"):row()
  return busy ~= 0 and "somebody goes on reading an older state" or nil
end

-- Copies that decorum init has made beside the file.
local function copies_of(path)
  local folder, base = path:match "^(.-)([^/]*)$"
  local found = {}
  for _, file in ipairs(system.files(folder == "" and "." or folder) or {}) do
    if file:sub(1, #base) == base and file:find("^%.version%-%d+%.backup", #base + 1) then
      found[#found + 1] = folder .. file
    end
  end
  return found
end

local function tell(path, member, result, is_dry)
  local counts = result.counts
  print(("member %d: %s"):format(member, not counts[1] and "nothing is left to be erased" or is_dry and "what would go"
    or "forgotten; what went"))
  for _, what in ipairs(counts) do
    print(("  %s: %s"):format(what, progress.grouped(counts[what])))
  end
  for _, each in ipairs(result.held) do
    print(("%s: %s: %s (%s)"):format(is_dry and "would stay" or "held back", each.what, progress.grouped(each.count), each.why))
  end
  if counts[1] and result.also[1] then
    print("others go by one of the names; in texts about them it is gone, too: " .. table.concat(result.also, ", "))
  end
  for _, copy in ipairs(is_dry and {} or copies_of(path)) do
    print(copy .. ": a copy from before, which still holds all of it; remove it when you can do without")
  end
end

---@param options table of the command line: database, member, by, reason, keep_mentions, dry_run, now, quiet
---@return integer status 1 if old texts may still be in the file, since somebody reads it
function erase.run(options)
  local db <close> = community.open("erase", options.database)
  local member = named_member.find(db, "erase", options.member)
  local result = failure.guard("erase: " .. options.database, in_transaction, db, member, options)
  if not options.quiet then
    tell(options.database, member, result, options.dry_run)
  end
  if options.dry_run then
    return 0
  end
  local why = clean(db)
  if why then
    io.stderr:write(("decorum: erase: %s: the rows are erased, but old texts may still stand in the file's bytes: %s; when that is over: "
      .. "decorum erase %s --member id=%d\n"):format(options.database, why, options.database, member))
    return 1
  end
  return 0
end

return erase
