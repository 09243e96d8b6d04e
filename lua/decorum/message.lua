--- Messages: added once, revised, marked as deleted.

local message = {}

---@class Message
---@field id integer
---@field member integer
---@field revision integer 0 as first said
---@field at number of this revision
---@field text string

---@class Ingest
---@field message fun(event: Event): Message? nil if it was there already
---@field edit fun(event: Event): Message? nil if there is no such message, or a newer revision of it
---@field delete fun(event: Event): boolean

---@param db any
---@param directory Directory
---@return Ingest
function message.ingest(db, directory)
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

return message
