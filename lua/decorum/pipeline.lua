--- The one way through: message → assessment → facts → decision → sanction.
--
-- The same code for every source of events. Each step is a call; each kind of thing it writes is a
-- table. The caller opens and commits the transaction, so that a decision and its sanction are in the
-- file together or not at all.

local pipeline = {}

---@class Pipeline
---@field message fun(event: Event): string "added", "edited" or "known" (it was there already)
---@field delete fun(event: Event): string "recorded" or "known"
---@field kick fun(event: Event): string
---@field join fun(event: Event): string
---@field leave fun(event: Event): string
---@field nick fun(event: Event): string
---@field edit fun(event: Event): string

-- Ids that were looked up. Memory stays flat: a full cache is emptied.
local function new_cache(look_up)
  local cached, count, most = {}, 0, 10000
  return function(platform, id, ...)
    local key = platform .. "\0" .. id
    local found = cached[key]
    if not found then
      found = look_up(platform, id, ...)
      if found then
        if count >= most then
          cached, count = {}, 0
        end
        cached[key], count = found, count + 1
      end
    end
    return found
  end
end

-- Who is behind a platform's id, and where.
local function new_directory(db)
  local find_account = db:prepare "SELECT member FROM account WHERE platform = ? AND platform_id = ?"
  local add_member = db:prepare "INSERT INTO member(name) VALUES (?)"
  local add_account = db:prepare "INSERT INTO account(platform, platform_id, member) VALUES (?, ?, ?)"
  local find_channel = db:prepare "SELECT id FROM channel WHERE platform = ? AND name = ?"
  local add_channel = db:prepare "INSERT INTO channel(platform, name) VALUES (?, ?)"

  local account = new_cache(function(platform, id)
    return (find_account:row(platform, id))
  end)
  local channel = new_cache(function(platform, name)
    local found = find_channel:row(platform, name)
    if not found then
      add_channel:run(platform, name)
      found = db:last_rowid()
    end
    return found
  end)

  -- A nick that somebody changed to stands for the same member until that somebody leaves.
  local session = {}

  local directory = { channel = channel }

  ---The member, nil if there is none yet.
  function directory.find(platform, id)
    return account(platform, id) or session[platform .. "\0" .. id]
  end

  ---The member, made if there is none.
  function directory.member(platform, id, name)
    local found = directory.find(platform, id)
    if not found then
      add_member:run(name or id)
      found = db:last_rowid()
      add_account:run(platform, id, found)
    end
    return found
  end

  function directory.rename(platform, from, to)
    session[platform .. "\0" .. to] = directory.find(platform, from)
    session[platform .. "\0" .. from] = nil
  end

  function directory.leave(platform, id)
    session[platform .. "\0" .. id] = nil
  end

  function directory.clear()
    session = {}
  end

  return directory
end

-- Adds a message, or a new revision of one. Returns the message, nil if it was there already.
local function new_ingest(db, directory)
  local find = db:prepare [[
    SELECT id, member, revision, coalesce(edited_at, -1e99) FROM message WHERE platform = ? AND platform_id = ?]]
  local add = db:prepare [[
    INSERT INTO message(platform, platform_id, channel, member, at, kind) VALUES (?, ?, ?, ?, ?, ?)]]
  local add_text = db:prepare "INSERT INTO message_text(message, text) VALUES (?, ?)"
  local revise = db:prepare "UPDATE message SET revision = ?, edited_at = ? WHERE id = ?"
  local revise_text = db:prepare "UPDATE message_text SET text = ? WHERE message = ?"
  local mark_deleted = db:prepare [[
    UPDATE message SET deleted_at = ? WHERE platform = ? AND platform_id = ? AND deleted_at IS NULL]]

  local ingest = {}

  function ingest.message(event)
    if find:row(event.platform, event.id) then
      return nil
    end
    local member = directory.member(event.platform, event.member, event.name)
    local channel = directory.channel(event.platform, event.channel)
    add:run(event.platform, event.id, channel, member, event.at, event.kind or "message")
    local id = db:last_rowid()
    add_text:run(id, event.text)
    return { id = id, member = member, revision = 0, at = event.at, text = event.text }
  end

  function ingest.edit(event)
    local id, member, revision, edited_at = find:row(event.platform, event.id)
    if not id or event.at <= edited_at then
      return nil
    end
    revise:run(revision + 1, event.at, id)
    revise_text:run(event.text, id)
    return { id = id, member = member, revision = revision + 1, at = event.at, text = event.text }
  end

  function ingest.delete(event)
    return mark_deleted:run(event.at, event.platform, event.id) > 0
  end

  return ingest
end

-- How hostile is it? Returns the assessment's place in the log.
local function new_assess(db)
  local add = db:prepare [[
    INSERT INTO assessment(seq, message, revision, member, at, source, toxicity)
    VALUES ((SELECT seq FROM next_seq), ?, ?, ?, ?, 'scorer', toxicity(?))]]
  return function(message)
    add:run(message.id, message.revision, message.member, message.at, message.text)
    return db:last_rowid()
  end
end

-- The facts of a decision as JSON: every column that lua_policy adds to those of a decision.
local function facts_as_json(db, name)
  local pairs_of_json = {}
  local columns = db:prepare [[
    SELECT name FROM pragma_table_xinfo(?1)
    WHERE cid > (SELECT cid FROM pragma_table_xinfo(?1) WHERE name = 'policy')]]
  for _, column in columns:rows(name) do
    pairs_of_json[#pairs_of_json + 1] = ("'%s', \"%s\""):format(column:gsub("'", "''"), column:gsub('"', '""'))
  end
  return "json_object(" .. table.concat(pairs_of_json, ", ") .. ")"
end

-- What should be done? Facts and policy: every active policy decides about what can be seen now; the
-- strongest decision to be enforced comes back.
local function new_decide(db)
  local policies = {}
  for i, name in db:prepare("SELECT name FROM policy WHERE active ORDER BY name"):rows() do
    local from = "decide_" .. name
    db:exec(("CREATE VIRTUAL TABLE temp.%s USING lua_policy(policy = '%s', facts = member_facts)"):format(from, name))
    policies[i] = db:prepare(([[
      INSERT INTO decision(seq, message, member, at, policy, action, duration_s, severity, points, rule, reason,
        review, mode, trace, facts, error)
      SELECT ?3, ?4, ?1, ?2, policy, action, duration_s, severity, points, rule, reason, review,
        coalesce(mode, (SELECT value FROM setting WHERE name = 'mode')), trace,
        CASE WHEN action <> 'none' THEN %s END, error
      FROM temp.%s(?1, ?2, ?3)]]):format(facts_as_json(db, from), from))
  end
  local strength = {}
  for _, name, severity in db:prepare("SELECT name, severity FROM decorum_action WHERE sanctions"):rows() do
    strength[name] = severity
  end
  local outcome = db:prepare "SELECT action, mode FROM decision WHERE id = ?"

  return function(message, seq)
    local strongest, most = nil, -1
    for i = 1, #policies do
      policies[i]:run(message.member, message.at, seq, message.id)
      local id = db:last_rowid()
      local action, mode = outcome:row(id)
      if mode == "enforce" and (strength[action] or -1) > most then
        strongest, most = id, strength[action]
      end
    end
    return strongest
  end
end

-- What is done about it: a case.
local function new_sanction(db)
  local from_decision = db:prepare [[
    INSERT INTO sanction(member, action, duration_s, at, reason, policy, decision, message)
    SELECT member, action, duration_s, at, reason, policy, id, message FROM decision WHERE id = ?]]
  local find_kick = db:prepare [[
    SELECT 1 FROM sanction WHERE member = ? AND action = 'kick' AND at = ? AND moderator = ?]]
  local add_kick = db:prepare [[
    INSERT INTO sanction(member, action, at, reason, moderator) VALUES (?, 'kick', ?, ?, ?)]]

  local sanction = {}

  function sanction.by_decision(id)
    from_decision:run(id)
  end

  ---A kick by a person, as the log tells of it. False if it is there already.
  function sanction.kick(member, event)
    if find_kick:row(member, event.at, event.by) then
      return false
    end
    local reason = event.reason and event.reason:find "%S" and event.reason or "no reason given"
    add_kick:run(member, event.at, reason, event.by)
    return true
  end

  return sanction
end

---@param db any an open community
---@return Pipeline
function pipeline.new(db)
  local directory = new_directory(db)
  local ingest = new_ingest(db, directory)
  local assess, decide, sanction = new_assess(db), new_decide(db), new_sanction(db)

  local function judge(message)
    local seq = assess(message)
    local decision = decide(message, seq)
    if decision then
      sanction.by_decision(decision)
    end
  end

  local steps = {}

  function steps.message(event)
    local message = ingest.message(event)
    if not message then
      return "known"
    end
    judge(message)
    return "added"
  end

  function steps.edit(event)
    local message = ingest.edit(event)
    if not message then
      return "known"
    end
    judge(message)
    return "edited"
  end

  function steps.delete(event)
    return ingest.delete(event) and "recorded" or "known"
  end

  function steps.kick(event)
    local member = directory.member(event.platform, event.member)
    directory.leave(event.platform, event.member)
    return sanction.kick(member, event) and "recorded" or "known"
  end

  function steps.join()
    return "seen"
  end

  function steps.leave(event)
    directory.leave(event.platform, event.member)
    return "seen"
  end

  function steps.nick(event)
    directory.rename(event.platform, event.member, event.to)
    return "seen"
  end

  ---Forgets who changed to which nick: another log begins.
  function steps.forget_sessions()
    directory.clear()
  end

  return steps
end

return pipeline
