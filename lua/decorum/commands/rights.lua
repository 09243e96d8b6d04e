--- What members may ask for by right: to report, to object, to know what is kept about them. Answered to them alone.

local failure = require "decorum.failure"
local nearest = require "decorum.nearest"
local wording = require "decorum.wording"

-- Flags by one member in an hour. Who sees something sees it two or three times; twenty of one person's would bury everybody else's.
-- What calls a moderator at once may come twice as often: a child's safety does not wait because somebody also reported spam.
local FLAGS_MOST, URGENT_FLAGS_MOST = 5, 10
local HOUR = 3600

local LOOKED_BACK = 1000 -- messages of somebody's, for the newest one in a channel

---@param shared Commands
---@return Command[]
return function(shared)
  local db, people, shown = shared.db, shared.people, shared.shown
  local replied_to = db:prepare "SELECT id, member FROM message WHERE platform = ? AND platform_id = ?"
  local newest_of = db:prepare [[
    SELECT message.id FROM (SELECT message FROM assessment WHERE member = ?1 ORDER BY at DESC, seq DESC LIMIT ?4) AS said
      JOIN message ON message.id = said.message LEFT JOIN channel ON channel.id = message.channel
    WHERE ?3 IS NULL OR (channel.platform = ?2 AND channel.name = ?3) LIMIT 1]]
  local types = db:prepare "SELECT name, calls_moderator, help FROM flag_type ORDER BY name"
  local flags_lately = db:prepare "SELECT count(*) FROM flag WHERE reporter = ? AND at > ?"
  local is_flagged = db:prepare "SELECT 1 FROM flag WHERE reporter = ? AND message = ?"
  local add_flag = db:prepare "INSERT INTO flag(message, reporter, at, type, comment) VALUES (?, ?, ?, ?, ?)"
  local review_of = db:prepare "SELECT id FROM review WHERE flag = ?"
  local case_of = db:prepare "SELECT member, action FROM sanction WHERE case_no = ?"
  local newest_case = db:prepare [[
    SELECT case_no FROM sanction
    WHERE member = ?1 AND action NOT IN ('undo', 'reset')
      AND (action <> 'shadow_ban' OR ?2)
      AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no)
      AND NOT EXISTS (SELECT 1 FROM appeal WHERE appeal.case_no = sanction.case_no)
    ORDER BY case_no DESC LIMIT 1]]
  local add_appeal = db:prepare "INSERT INTO appeal(case_no, at, text) VALUES (?, ?, ?)"
  local kept = db:prepare [[
    SELECT (SELECT count(*) FROM message WHERE id IN (SELECT message FROM assessment WHERE member = ?1)),
      (SELECT count(*) FROM message_text WHERE text IS NOT NULL AND message IN (SELECT message FROM assessment WHERE member = ?1)),
      (SELECT count(*) FROM sanction WHERE member = ?1),
      (SELECT count(*) FROM note WHERE member = ?1),
      (SELECT count(*) FROM alias WHERE member = ?1),
      (SELECT count(*) FROM flag WHERE member = ?1),
      (SELECT count(*) FROM flag WHERE reporter = ?1),
      (SELECT count(*) FROM review WHERE member = ?1)]]

  -- The next word if it is a type of flag, or nearly one.
  local function take_type(arguments)
    local names, known = {}, {}
    for i, name, calls, help in types:rows() do
      names[i], known[name] = name, { name = name, is_urgent = calls == 1, help = help }
    end
    local word = arguments:peek()
    local name = word and nearest((word:gsub("[.,:]$", "")), names)
    if name then
      arguments:word()
    end
    name = name or (known.OTHER and "OTHER") or names[1] or failure.raise("flag", "nothing can be flagged here")
    return known[name]
  end

  -- The message that is reported, and who wrote it.
  local function reported(asker, arguments, command)
    local event = asker.event
    if event.reply_to then
      local message, member = replied_to:row(event.platform, event.reply_to)
      if arguments.rest:find '^[@<"]' then
        arguments:who()
      end
      return message or failure.raise("flag", "that message is not known here"), member
    end
    local member, name = shared.who(asker, arguments, command)
    local message = newest_of:row(member, event.platform, not event.direct and event.channel or nil, LOOKED_BACK)
    return message or failure.raise("flag", ("nothing is known that %s said here"):format(name)), member
  end

  local function flag(asker, arguments, command)
    local message, member = reported(asker, arguments, command)
    local type = take_type(arguments)
    local comment = arguments:words()
    if member == asker.member then
      failure.raise("flag", "nobody flags themselves")
    end
    if is_flagged:row(asker.member, message) then
      failure.raise("flag", "you have flagged that message already")
    elseif flags_lately:row(asker.member, asker.now - HOUR) >= (type.is_urgent and URGENT_FLAGS_MOST or FLAGS_MOST) then
      failure.raise("flag", ("that is more than %d flags in an hour: tell a moderator instead"):format(FLAGS_MOST))
    end
    add_flag:run(message, people.make(asker), asker.now, type.name, comment)
    local review = review_of:row(db:last_rowid())
    local lines = { ("Thank you: a message of %s is flagged as %s.%s"):format(people.name(member), type.name,
      review and " A moderator will look at it." or "") }
    lines[2] = type.help and shown(type.help, 390) or nil
    return lines
  end

  local function appeal(asker, arguments, command)
    local number = arguments:number()
    local text = arguments:words() or shared.refuse_usage(command, "say why")
    number = number or asker.member and newest_case:row(asker.member, people.hears_of_shadow_bans(asker.member))
    if not number then
      failure.raise("appeal", "there is no case of yours to object to")
    end
    local member, action = case_of:row(number)
    if not member or member ~= asker.member or (action == "shadow_ban" and not people.hears_of_shadow_bans(member)) then
      failure.raise("appeal", ("you have no case %d"):format(number))
    end
    add_appeal:run(number, asker.now, text)
    return ("Your appeal of case %d is noted: another moderator than the one who acted will decide it."):format(number)
  end

  local function data(asker, arguments)
    if arguments.rest ~= "" then
      return false
    elseif not asker.member then
      return "Nothing is kept about you here."
    end
    local messages, texts, cases, notes, names, flags, flagged, reviews = kept:row(asker.member)
    return {
      ("Kept about you: %s (%d with the text), %s, %s, %s, %s of what you said and %d by you, %s."):format(
        wording.count(messages, "message"), texts, wording.count(cases, "case"), wording.count(notes, "note"),
        wording.count(names, "other name"), wording.count(flags, "flag"), flagged, wording.count(reviews, "review")),
      ("You may see all of it, have it corrected and have it removed. Ask a moderator or whoever runs this bot: decorum export %s "
        .. "--member %d, or decorum erase %s --member %d."):format(shared.database, asker.member, shared.database, asker.member),
    }
  end

  return {
    { name = "flag", rank = 0, usage = "@WHO [TYPE] [WORDS], or [TYPE] [WORDS] in reply to a message", privately = true, run = flag,
      help = "Reports a message, or the newest one of somebody here, to the moderators." },
    { name = "appeal", rank = 0, usage = "[CASE] WHY", privately = true, run = appeal,
      help = "Objects to a case of yours, once; another moderator than the one who acted decides." },
    { name = "data", rank = 0, usage = "", privately = true, run = data,
      help = "Tells what is kept about you, and how to see it all or have it removed." },
  }
end
