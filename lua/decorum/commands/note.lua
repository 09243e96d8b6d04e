--- What moderators keep about a member: notes and other names.

local wording = require "decorum.wording"

local NOTES_SHOWN = 7

---@param shared Commands
---@return Command[]
return function(shared)
  local db, people, shown = shared.db, shared.people, shared.shown
  local add_note = db:prepare "INSERT INTO note(member, at, author, text) VALUES (?, ?, ?, ?)"
  local notes_of = db:prepare [[
    SELECT at, author, text FROM note WHERE member = ? AND cleared_at IS NULL ORDER BY at DESC, id DESC LIMIT ?]]
  local count_notes = db:prepare "SELECT count(*) FROM note WHERE member = ? AND cleared_at IS NULL"
  local add_alias = db:prepare "INSERT INTO alias(member, name, folded, at, author) VALUES (?1, ?2, fold(?2), ?3, ?4)"
  local aliases_of = db:prepare "SELECT name, folded = fold(?2) FROM alias WHERE member = ?1 AND cleared_at IS NULL ORDER BY id"
  local others_of = db:prepare "SELECT DISTINCT member FROM alias WHERE folded = fold(?1) AND member <> ?2 AND cleared_at IS NULL"

  local function note(asker, arguments, command)
    local member, name = shared.who(asker, arguments, command)
    local text = arguments:words() or shared.refuse_usage(command, "say what is to be noted")
    add_note:run(member, asker.now, asker.key, text)
    return ("Noted about %s. %snotes shows it."):format(name, shared.prefix)
  end

  local function notes(asker, arguments, command)
    local member, name = shared.who(asker, arguments, command)
    local total, lines = count_notes:row(member), {}
    if total == 0 then
      return ("There is no note about %s."):format(name)
    end
    lines[1] = ("%s about %s, the newest first:"):format(wording.count(total, "note"), name)
    for _, at, author, text in notes_of:rows(member, NOTES_SHOWN - 1) do
      lines[#lines + 1] = ("%s, %s: %s"):format(wording.moment(at, asker.now), people.name_of_key(asker, author), shown(text, 300))
    end
    if total >= NOTES_SHOWN then
      lines[#lines + 1] = ("%d more: decorum report %s member member=%d"):format(total - NOTES_SHOWN + 1, shared.database, member)
    end
    return lines
  end

  local function alias(asker, arguments, command)
    local member, name = shared.who(asker, arguments, command)
    local other = arguments:who()
    local list, is_there = {}, false
    for i, known, same in aliases_of:rows(member, other and other.text) do
      list[i], is_there = shown(known, 64), is_there or same == 1
    end
    if not other then
      return list[1] and ("Other names of %s: %s."):format(name, table.concat(list, ", ", 1, math.min(#list, 8)))
        or ("No other name of %s is known."):format(name)
    elseif arguments.rest ~= "" then
      shared.refuse_usage(command, 'a name with spaces stands between quotation marks')
    elseif is_there then
      return ("'%s' means %s already."):format(shown(other.text, 64), name)
    end
    local text = other.text:match "^@?(.*)$"
    if #text > 100 or not text:find "[^%c ]" then
      shared.refuse_usage(command, "a name has 1 to 100 bytes that can be seen")
    end
    add_alias:run(member, text, asker.now, asker.key)
    local rest = others_of:row(text, member) and " Others have that name, too." or ""
    return ("From now on '%s' means %s, too.%s"):format(shown(text, 64), name, rest)
  end

  return {
    { name = "note", rank = 1, usage = "@WHO TEXT", help = "Writes a note in somebody's file, which members do not see.", run = note },
    { name = "notes", rank = 1, usage = "@WHO", help = "Shows the notes about somebody, to you alone.", privately = true, run = notes },
    { name = "alias", rank = 1, usage = "@WHO [NAME]", run = alias,
      help = "Gives somebody another name to be found by, or lists those they have." },
  }
end
