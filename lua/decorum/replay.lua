--- decorum replay: chat logs through the pipeline.
--
-- Reads in a stream. What one read gives is one transaction, committed before the next read, so that
-- nothing is locked while a replay waits for its input; what was read before is known by its id, so a
-- replay that was cut off is finished by running it again.

local community = require "decorum.community"
local failure = require "decorum.failure"
local irc_log = require "decorum.chat.irc_log"
local jsonl = require "decorum.chat.jsonl"
local pipeline = require "decorum.pipeline"
local progress = require "decorum.progress"
local shell = require "decorum.shell"
local system = require "host.system"

local replay = {}

local CHUNK = 262144 -- bytes read at a time, and so about four thousand lines, a fifth of a second, in one transaction
local NAP = 0.002 -- seconds between two transactions, in which others may write
-- 16 MB of pages in memory and as many in the write-ahead log before they go into the file: a tenth faster.
local PACE = "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000"
local LINE_MAX = 1048576 -- bytes of a line; what is longer is not read
local UNPARSED_SHOWN = 50 -- of a log, with their line numbers

-- Opens a log. The second result is true if it comes through a pipe.
local function open(path)
  if path == "-" then
    return io.stdin, false
  end
  local handle, why = io.open(path, "rb")
  if not handle then
    failure.raise("replay", why)
  elseif system.kind(path) == "folder" then
    failure.raise("replay", path .. ": is a folder")
  end
  local unpack = path:find "%.gz$" and "gzip -dc < " or path:find "%.xz$" and "xz -dc < "
  if unpack then
    handle:close()
    return io.popen(unpack .. shell.quoted(path), "r"), true
  end
  return handle, false
end

-- The lines of a handle, without their ends. A line longer than LINE_MAX is false instead. The second
-- value is the number of bytes read so far. pause() is called before each read, finish() at the end, before a
-- last line without an end is taken for one.
local function lines_of(handle, pause, finish)
  local rest, from, bytes, skipping = "", 1, 0, false
  local function cut(line)
    if skipping or #line > LINE_MAX then
      skipping = false
      return false
    end
    return line:byte(-1) == 13 and line:sub(1, -2) or line
  end
  return function()
    while true do
      local stop = rest:find("\n", from, true)
      if stop then
        local line = rest:sub(from, stop - 1)
        from = stop + 1
        return cut(line), bytes
      end
      rest, from = rest:sub(from), 1
      if #rest > LINE_MAX then
        rest, skipping = "", true
      end
      pause()
      local chunk, why = nil, nil
      if io.type(handle) == "file" then
        chunk, why = system.read(handle, CHUNK)
      end
      if not chunk then
        if why then
          error(why, 0)
        end
        finish()
        if rest == "" and not skipping then
          return nil
        end
        local line = rest
        rest = ""
        return cut(line), bytes
      end
      if bytes == 0 then
        chunk = chunk:gsub("^\xEF\xBB\xBF", "") -- a byte order mark
      end
      bytes = bytes + #chunk
      rest = rest .. chunk
    end
  end
end

-- Which form has the log? By its name, else by its first line.
local function format_of(options, path, first_line)
  if options.format then
    return options.format
  elseif path:find "%.jsonl%f[.\0]" then -- and packed: .jsonl.gz
    return "jsonl"
  end
  return first_line and first_line:find "^%s*{" and "jsonl" or "irc"
end

local function reader_for(options, path, first_line)
  if format_of(options, path, first_line) == "jsonl" then
    return jsonl.reader()
  end
  local start = irc_log.date(options.date or path:match "[^/]*$")
  if not start and not options.date and irc_log.is_dated(first_line) then
    return irc_log.reader { channel = options.channel }
  elseif not start or (options.date and not options.date:find "^%d%d%d%d%-%d%d%-%d%d$") then
    failure.raise("replay", options.date and ("--date must be YYYY-MM-DD, not '%s'"):format(options.date)
      or ("%s: the log's name has no date (YYYY-MM-DD); give it with --date"):format(path))
  end
  return irc_log.reader { start = start, channel = options.channel }
end

-- What kinds of lines are called, in the order in which they are told of.
local kinds = {
  { "message", "message" }, { "action", "action" }, { "notice", "notice" }, { "edit", "edit" },
  { "delete", "deletion" }, { "join", "join" }, { "leave", "part" }, { "nick", "nick" }, { "kick", "kick" },
  { "mode", "mode" }, { "topic", "topic" }, { "note", "note" }, { "blank", "blank" }, { "unparsed", "unparsed" },
}

local function describe(counts)
  local said = {}
  for _, kind in ipairs(kinds) do
    local count = counts[kind[1]]
    if count then
      local ending = (count == 1 or kind[2] == "blank" or kind[2] == "unparsed") and "" or "s"
      said[#said + 1] = ("%s %s%s"):format(progress.grouped(count), kind[2], ending)
    end
  end
  return table.concat(said, ", ")
end

---@class ReplayRun
---@field db any
---@field steps Pipeline
---@field settings string? those in effect, to be told when the work begins
---@field lines integer lines so far, in all logs
---@field bytes integer bytes of the logs before this one
---@field outcomes table<string, integer> how many messages were added, known...
---@field show fun(lines: integer, bytes: integer)
---@field wipe fun()
---@field needs_attention boolean did a policy fall to observe?

-- What a line is: an event (or nil), its kind (nil: unparsed), and why it was not parsed.
local function parse(read_line, line)
  if line == false then
    return nil, nil, ("longer than %d bytes"):format(LINE_MAX)
  elseif not read_line then
    return nil, "blank"
  end
  return read_line(line)
end

-- Says which policies fell to observe or are left out, as soon as it is so.
local function tell_fallen(run)
  local fell = run.steps.fell
  for i = 1, #fell do
    run.wipe()
    io.stderr:write(("decorum: replay: %s\n"):format((run.display:row(fell[i]))))
    fell[i], run.needs_attention = nil, true
  end
end

-- Begins a transaction: by the policies that are active now, and what was said of messages in the meantime.
local function begin(run)
  run.db:exec "BEGIN IMMEDIATE"
  run.steps.refresh()
  run.steps.catch_up()
end

local function commit(run)
  if run.db:in_transaction() then
    run.db:exec "COMMIT"
    tell_fallen(run)
    system.nap(NAP)
  end
end

-- Replays one log; returns the number of lines, the counts of their kinds, and those that were not parsed.
local function replay_log(run, options, path)
  local handle, piped = open(path)
  local counts, unparsed, number = {}, {}, 0
  local db = run.db
  local function handle_event(event)
    if run.settings then
      print("settings: " .. run.settings)
      run.settings = nil
    end
    if not db:in_transaction() then
      begin(run)
    end
    local outcome = run.steps[event.type](event)
    local key = event.type == "message" and outcome or event.type .. " " .. outcome
    run.outcomes[key] = (run.outcomes[key] or 0) + 1
  end

  local function place()
    return ("replay: %s:%d"):format(path, number)
  end

  local function finish()
    if io.type(handle) == "file" and handle ~= io.stdin and not handle:close() then
      failure.raise("replay", path .. ": could not be unpacked to its end; what was read so far is kept")
    end
  end

  run.steps.forget_sessions()
  local read_line
  local function pause()
    commit(run)
  end
  for line, bytes in lines_of(handle, pause, finish) do
    number = number + 1
    run.lines = run.lines + 1
    read_line = read_line or (line and line:find "%S") and reader_for(options, path, line)
    local event, kind, why = parse(read_line, line)
    if event then
      failure.guard(place, handle_event, event)
    elseif not kind then
      kind = "unparsed"
      unparsed[#unparsed + 1] = #unparsed < UNPARSED_SHOWN and { number, why, line or "" } or nil
    end
    counts[kind] = (counts[kind] or 0) + 1
    if run.lines % 64 == 0 then
      run.show(run.lines, piped and 0 or run.bytes + bytes)
    end
  end
  commit(run)
  run.bytes = run.bytes + (system.size(path) or 0)
  return number, counts, unparsed
end

local function total_size(paths)
  local total = 0
  for _, path in ipairs(paths) do
    local size = not path:find "%.[gx]z$" and system.size(path)
    if not size then
      return nil
    end
    total = total + size
  end
  return total
end

local function tell_log(run, path, number, counts, unparsed, quiet)
  if not quiet then
    print(("%s: %s%s%s"):format(path, progress.counted(number, "line"), number > 0 and ": " or "", describe(counts)))
  end
  for _, entry in ipairs(unparsed) do
    io.stderr:write(("%s:%d: unparsed: %s: %s\n"):format(path, entry[1],
      run.display:row(entry[2]:sub(1, 200)), (run.display:row(entry[3]:sub(1, 100)))))
  end
  if counts.unparsed and counts.unparsed > #unparsed then
    io.stderr:write(("%s: %s more unparsed\n"):format(path, progress.counted(counts.unparsed - #unparsed, "line")))
  end
end

local function tell_end(run, seconds, quiet)
  local outcomes, tally = run.outcomes, run.steps.tally
  local unknown = (outcomes["edit unknown"] or 0) + (outcomes["delete unknown"] or 0)
  if unknown > 0 then
    io.stderr:write(("decorum: replay: %s of messages that are not there\n"):format(progress.counted(unknown, "edit or deletion")))
  end
  if not quiet then
    print(("%s added, %s known already; %s lines a second"):format(progress.counted(outcomes.added or 0, "message"),
      progress.grouped(outcomes.known or 0), progress.grouped(run.lines / math.max(seconds, 1e-6))))
  end
  if tally.failed > 0 then
    io.stderr:write(("decorum: replay: %s failed, the last with %s\n"):format(progress.counted(tally.failed, "decision"),
      (run.display:row(tally.why))))
  end
  return (tally.failed > 0 or run.needs_attention) and 1 or 0
end

---@param options table of the command line: database, log, format, date, channel, quiet
---@return integer status 1 if a policy failed or fell to observe
function replay.run(options)
  if not options.log[1] then
    failure.raise("replay", "name a log to read, or - for standard input")
  end
  local db = community.open("replay", options.database)
  db:exec(PACE)
  local show, wipe = progress.new("replay", total_size(options.log), options.quiet)
  local run = {
    db = db,
    steps = failure.guard("replay: " .. options.database, pipeline.new, db),
    settings = not options.quiet and community.settings(db) or nil,
    display = db:prepare "SELECT display(?)",
    lines = 0,
    bytes = 0,
    outcomes = {},
    show = show,
    wipe = wipe,
    needs_attention = false,
  }
  if run.steps.tally.policies == 0 then
    io.stderr:write "decorum: replay: no policy is active: messages are kept and scored, nothing is decided\n"
  end
  local start = system.clock()
  failure.guard("replay: " .. options.database, begin, run)
  commit(run)
  for _, path in ipairs(options.log) do
    local number, counts, unparsed = failure.guard("replay: " .. path, replay_log, run, options, path)
    wipe()
    tell_log(run, path, number, counts, unparsed, options.quiet)
  end
  local status = tell_end(run, system.clock() - start, options.quiet)
  db:close()
  return status
end

return replay
