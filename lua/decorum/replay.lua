--- decorum replay: chat logs through the pipeline.
--
-- Reads in a stream, a line at a time, and commits every BATCH lines; what was read before is known by
-- its id, so a replay that was cut off is finished by running it again.

local community = require "decorum.community"
local failure = require "decorum.failure"
local irc_log = require "decorum.chat.irc_log"
local jsonl = require "decorum.chat.jsonl"
local pipeline = require "decorum.pipeline"
local progress = require "decorum.progress"
local system = require "host.system"

local replay = {}

local BATCH = 1000 -- lines in one transaction
local CHUNK = 65536 -- bytes read at a time
local LINE_MAX = 1048576 -- bytes of a line; what is longer is not read
local UNPARSED_SHOWN = 50 -- of a log, with their line numbers

local function shell_quoted(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

-- Opens a log. The second result is true if it comes through a pipe.
local function open(path)
  if path == "-" then
    return io.stdin, false
  end
  local handle, why = io.open(path, "rb")
  if not handle then
    failure.raise("replay", why)
  elseif not handle:read(0) and handle:seek "end" ~= 0 then
    failure.raise("replay", path .. ": cannot be read")
  end
  local unpack = path:find "%.gz$" and "gzip -dc < " or path:find "%.xz$" and "xz -dc < "
  if unpack then
    handle:close()
    return io.popen(unpack .. shell_quoted(path), "r"), true
  end
  return handle, false
end

-- The lines of a handle, without their ends. A line longer than LINE_MAX is false instead. The second
-- value is the number of bytes read so far.
local function lines_of(handle)
  local rest, from, bytes, skipping = "", 1, 0, false
  local function cut(line)
    if skipping then
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
      local chunk = handle:read(CHUNK)
      if not chunk then
        if rest == "" and not skipping then
          return nil
        end
        local line = rest
        rest = ""
        return cut(line), bytes
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
  elseif path:find "%.jsonl%f[.\0]" or path:find "%.jsonl$" then
    return "jsonl"
  end
  return first_line and first_line:find "^%s*{" and "jsonl" or "irc"
end

local function reader_for(options, path, first_line)
  if format_of(options, path, first_line) == "jsonl" then
    return jsonl.reader()
  end
  local start = irc_log.date(options.date or path:match "[^/]*$")
  if not start then
    failure.raise("replay", options.date and ("--date must be YYYY-MM-DD, not '%s'"):format(options.date)
      or ("%s: the log's name has no date (YYYY-MM-DD); give it with --date"):format(path))
  end
  return irc_log.reader { start = start, channel = options.channel }
end

-- What kinds of lines are called, in the order in which they are told of.
local kinds = {
  { "message", "message" }, { "action", "action" }, { "notice", "notice" }, { "edit", "edit" },
  { "delete", "deletion" }, { "join", "join" }, { "leave", "part" }, { "nick", "nick" }, { "kick", "kick" },
  { "mode", "mode" }, { "topic", "topic" }, { "blank", "blank" }, { "unparsed", "unparsed" },
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
---@field lines integer lines so far, in all logs
---@field bytes integer bytes of the logs before this one
---@field added integer
---@field known integer

-- Replays one log; returns the counts of its kinds of lines and those that were not parsed.
local function replay_log(run, options, path, show)
  local handle, piped = open(path)
  local read_line
  local counts, unparsed, number = {}, {}, 0
  run.steps.forget_sessions()
  run.db:exec "BEGIN IMMEDIATE"
  for line, bytes in lines_of(handle) do
    number = number + 1
    run.lines = run.lines + 1
    read_line = read_line or (not line or line:find "%S") and reader_for(options, path, line or "")
    local event, kind, why = nil, "blank", nil
    if not line then
      kind, why = nil, ("longer than %d bytes"):format(LINE_MAX)
    elseif read_line then
      event, kind, why = read_line(line)
    end
    if not kind then
      kind = "unparsed"
      unparsed[#unparsed + 1] = #unparsed < UNPARSED_SHOWN and { number, why, line or "" } or nil
    end
    counts[kind] = (counts[kind] or 0) + 1
    if event then
      local outcome = run.steps[event.type](event)
      run.added = run.added + (outcome == "added" and 1 or 0)
      run.known = run.known + (outcome == "known" and 1 or 0)
    end
    if run.lines % BATCH == 0 then
      run.db:exec "COMMIT; BEGIN IMMEDIATE"
    end
    if run.lines % 64 == 0 then
      show(run.lines, piped and 0 or run.bytes + bytes)
    end
  end
  local closed = handle == io.stdin or handle:close()
  if not closed then
    failure.raise("replay", path .. ": could not be unpacked to its end; what was read so far is kept")
  end
  run.db:exec "COMMIT"
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

---@param options table of the command line: database, log, format, date, channel, quiet
---@return integer status
function replay.run(options)
  local db = community.open("replay", options.database)
  db:exec "PRAGMA synchronous = NORMAL"
  local display = db:prepare "SELECT display(?)"
  local run = { db = db, steps = pipeline.new(db), lines = 0, bytes = 0, added = 0, known = 0 }
  local show, wipe = progress.new("replay", total_size(options.log), options.quiet)
  local start = system.clock()
  for _, path in ipairs(options.log) do
    local number, counts, unparsed = replay_log(run, options, path, show)
    wipe()
    if not options.quiet then
      print(("%s: %s lines: %s"):format(path, progress.grouped(number), describe(counts)))
    end
    for _, entry in ipairs(unparsed) do
      io.stderr:write(("%s:%d: unparsed: %s: %s\n"):format(path, entry[1], entry[2], (display:row(entry[3]:sub(1, 100)))))
    end
    if counts.unparsed and counts.unparsed > #unparsed then
      io.stderr:write(("%s: %d more lines unparsed\n"):format(path, counts.unparsed - #unparsed))
    end
  end
  if not options.quiet then
    local seconds = system.clock() - start
    print(("%s messages added, %s known already; %s lines a second"):format(
      progress.grouped(run.added), progress.grouped(run.known), progress.grouped(run.lines / math.max(seconds, 1e-6))))
  end
  db:close()
  return 0
end

return replay
