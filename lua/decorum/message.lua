--- Messages: added once, revised, marked as deleted.

local message = {}

---@class Message
---@field id integer
---@field member integer
---@field revision integer 0 as first said
---@field said_at number when it was first said
---@field at number of this revision
---@field words string the text without the name of whom it speaks to
---@field text_seq integer? of one that is looked at again: where in the log its text begins

---@class Ingest
---@field message fun(event: Event): Message? nil if it was there already
---@field edit fun(event: Event): Message?, string? nil and "unknown" or "known"
---@field delete fun(event: Event): string "recorded", "known" or "unknown"

---@param db any
---@param directory Directory
---@return Ingest
function message.ingest(db, directory)
  local find = db:prepare [[
    SELECT id, member, at, edited_at, deleted_at,
      1 + max(revision, coalesce((SELECT max(revision) FROM assessment WHERE message = message.id), 0))
    FROM message WHERE platform = ? AND platform_id = ?]]
  local add = db:prepare [[
    INSERT INTO message(platform, platform_id, channel, member, at, kind, live) VALUES (?, ?, ?, ?, ?, ?, ?)]]
  local add_text = db:prepare "INSERT INTO message_text(message, text) VALUES (?, ?)"
  local revise = db:prepare "UPDATE message SET revision = ?, edited_at = ? WHERE id = ?"
  local add_edit = db:prepare "INSERT INTO message_edit(message, revision, at) VALUES (?, ?, ?)"
  local revise_text = db:prepare "UPDATE message_text SET text = ? WHERE message = ?"
  local mark_deleted = db:prepare "UPDATE message SET deleted_at = ? WHERE id = ?"

  -- "idiot: try again" calls nobody names if somebody has that name. A mention stays one: it aims what follows.
  local function words_of(event)
    local mention, name, words = event.text:match "^(@?)([^%s:,]+)[:,]%s*(.*)$"
    if not name or not directory.knows_name(event.platform, name) then
      return event.text
    end
    return mention == "@" and "@member: " .. words or words
  end

  -- Times are REAL, as they are kept: a policy that is asked again later sees the same.
  local function said(id, member, revision, said_at, event)
    return { id = id, member = member, revision = revision, said_at = said_at + 0.0, at = event.at + 0.0, words = words_of(event) }
  end

  local ingest = {}

  function ingest.message(event)
    if find:row(event.platform, event.id) then
      return nil
    end
    local member = directory.member(event.platform, event.member, event.name)
    local channel = directory.channel(event.platform, event.channel)
    add:run(event.platform, event.id, channel, member, event.at, event.kind or "message", event.live or false)
    local id = db:last_rowid()
    add_text:run(id, event.text)
    return said(id, member, 0, event.at, event)
  end

  function ingest.edit(event)
    local id, member, said_at, edited_at, _, revision = find:row(event.platform, event.id)
    if not id then
      return nil, "unknown"
    end
    local told_at = event.told_at or event.at
    if told_at < said_at or (edited_at and told_at <= edited_at) then
      return nil, "known"
    end
    revise:run(revision, told_at, id)
    add_edit:run(id, revision, event.at)
    revise_text:run(event.text, id)
    return said(id, member, revision, said_at, event)
  end

  function ingest.delete(event)
    local id, _, _, _, deleted_at = find:row(event.platform, event.id)
    if not id then
      return "unknown"
    elseif deleted_at then
      return "known"
    end
    mark_deleted:run(event.at, id)
    return "recorded"
  end

  return ingest
end

return message
