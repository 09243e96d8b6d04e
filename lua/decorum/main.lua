--- The command line: which command, with what, and how it ends.
--
-- Exit status: 0 done, 1 done but something needs attention (a policy, one of its tests or an item of a job failed, a policy
-- fell to observe, a measure does not exist, a check found a fault, a line was refused, old bytes are still there), 2 not done.

local argparse = require "argparse"
local failure = require "decorum.failure"

local DONE, FAILED = 0, 2

local function command_line()
  local parser = argparse("decorum", "Community moderation inside SQLite.")
    :epilog "decorum COMMAND --help tells about each command."
  parser:add_help("-h --help")
  parser:command_target "command"
  parser:require_command(false)
  parser:flag("--version", "print the version"):action(function()
    local version = require("host.sqlite").open(":memory:", "create"):prepare("SELECT decorum_version()"):row()
    print("decorum " .. version)
    os.exit(DONE)
  end)

  local init = parser:command("init", "Make a file a community's database, or bring one up to date; of one of an older version a "
    .. "copy is made first. Safe to repeat.")
  init:argument("database", "the file")
  init:option("--policy", "add this policy and make it live (repeatable)"):argname "FILE":count "*"
  init:option("--set", "change a setting, such as mode=enforce, or a policy's param, such as ladder.warn=0.6 "
    .. "(ladder.warn= takes it back) (repeatable)"):argname "NAME=VALUE":count "*"
  init:flag("-q --quiet", "say nothing")

  local run = parser:command("run", "Connect to chats and moderate them, until SIGTERM or SIGINT.")
  run:argument("config", "the bot's configuration, in Lua")
  run:flag("--check", "connect, tell what the bot may do where, and end")
  run:flag("-q --quiet", "say nothing but what went wrong")

  local replay = parser:command("replay", "Feed chat logs through the pipeline; the same log twice adds nothing. "
    .. "With --into: what would another policy have done?")
  replay:argument("database", "the file")
  replay:argument("log", "logs in JSONL or IRC form, also .gz and .xz; - is standard input"):args "*"
  replay:option("--format", "jsonl or irc; without it, the log's name or first line tells"):choices { "jsonl", "irc" }
  replay:option("--date", "the day on which an IRC log begins, if its name does not tell"):argname "YYYY-MM-DD"
  replay:option("--channel", "the channel of an IRC log", "#log")
  replay:option("--into", "instead of reading logs, decide anew about all that is in the file and write the result "
    .. "into this new file; what people did is kept, what policies did is not"):argname "FILE"
  replay:option("--policy", "with --into: a policy to try; it takes the place of the live one of its id (repeatable)")
    :argname "FILE":count "*"
  replay:option("--without", "with --into: a live policy to leave out, such as the one of which another was made (repeatable)")
    :argname "NAME":count "*"
  replay:option("--set", "with --into: a setting to try, such as mode=enforce (repeatable)"):argname "NAME=VALUE":count "*"
  replay:flag("-q --quiet", "say nothing but what went wrong")

  local report = parser:command("report", "Run a report.")
  report:argument("database", "the file")
  report:argument("name", "which; without it, they are listed"):args "?"
  report:argument("parameter", "values for its parameters, such as member=ann"):argname "NAME=VALUE":args "*"
  report:option("--format", "box, json, csv or html: a page that needs nothing else", "box"):choices { "box", "json", "csv", "html" }
  report:option("--out", "write to this file instead of standard output"):argname "FILE"

  local diff = parser:command("diff", "Compare two files of one community, such as a chat and a what-if, decision by decision. "
    .. "Exit status 0, whether they differ or not.")
  diff:argument("before", "a file")
  diff:argument("after", "another, with the same messages")
  diff:option("--format", "box, json or csv", "box"):choices { "box", "json", "csv" }

  local function seconds_of(option)
    return function(text)
      local seconds = tonumber(text)
      if seconds and math.abs(seconds) < 1e12 then
        return seconds
      end
      return nil, ("%s must be Unix seconds, not '%s'"):format(option, text)
    end
  end

  local job = parser:command("job", "Run a periodic job, as cron would. Safe to repeat.")
  job:argument("database", "the file")
  job:argument("name", "which; without it, they are listed"):args "?"
  job:option("--now", "do as at this time (else now)"):argname "SECONDS":convert(seconds_of "--now")
  job:flag("-q --quiet", "say nothing but what went wrong")

  local backup = parser:command("backup", "Copy the file while it is in use. The copy is whole, and read from end to end "
    .. "before it has its name.")
  backup:argument("database", "the file")
  backup:argument("out", "the new file"):argname "OUT"
  backup:flag("-q --quiet", "say nothing")

  local check = parser:command("check", "Is the file whole, and does all hold in it that is to hold? A line for each fault; "
    .. "exit status 1 if there are any.")
  check:argument("database", "the file")
  check:flag("-q --quiet", "say nothing: the exit status tells")

  local import = parser:command("import", "What another bot knew of its members: offences, warnings, immunity, notes... "
    .. "The form is told in lua/README.md. A member is imported once.")
  import:argument("database", "the file")
  import:argument("file", "a JSON object a line; - is standard input")
  import:option("--now", "as at this time (else now)"):argname "SECONDS":convert(seconds_of "--now")
  import:flag("-q --quiet", "say nothing but what went wrong")

  local undo = parser:command("undo", "Undo cases: by number, or all of a policy, or about a member, of a time. All or none.")
  undo:argument("database", "the file")
  undo:argument("case", "numbers of cases"):args "*"
  undo:option("--policy", "what this policy did, or one version of it"):argname "NAME[@VERSION]"
  undo:option("--member", "what was done to this member"):argname "MEMBER"
  undo:option("--since", "from this time on: Unix seconds, or a date of UTC such as '2024-05-01 18:00'"):argname "TIME"
  undo:option("--until", "before this time"):argname "TIME"
  undo:option("--reason", "why"):argname "TEXT":count(1)
  undo:option("--by", "who does it"):argname "WHO"
  undo:flag("--dry-run", "only tell which")
  undo:flag("-q --quiet", "say nothing")

  local export = parser:command("export", "Everything about one member as JSON, for who asks what is known of them. Who reported "
    .. "and who moderated is left out.")
  export:argument("database", "the file")
  export:option("--member", "who: a number (id=7), an id on a platform, a name"):argname "MEMBER":count(1)
  export:option("--out", "write to this file instead of standard output"):argname "FILE"

  local erase = parser:command("erase", "Forget a member: what they said and what was said of them goes; counts, scores and cases "
    .. "stay, as those of 'member 7'. Cannot be undone.")
  erase:argument("database", "the file")
  erase:option("--member", "who: a number (id=7), an id on a platform, a name"):argname "MEMBER":count(1)
  erase:option("--by", "who does it, for the receipt"):argname "WHO"
  erase:option("--reason", "why, for the receipt"):argname "TEXT"
  erase:flag("--keep-mentions", "leave the names in what others said")
  erase:flag("--dry-run", "only tell what would go, and what would stay")
  erase:option("--now", "which bans are in force at this time (else now)"):argname "SECONDS":convert(seconds_of "--now")
  erase:flag("-q --quiet", "say nothing but what remains to be done")

  local shell = parser:command("shell", "The sqlite3 shell on the file, with the extension, boxes and a prompt; or run SQL in it.")
  shell:argument("database", "the file")
  shell:argument("sql", "statements to run instead"):args "*"

  local test = parser:command("test", "Test policies: lint, compile, run the tests in them. Prints TAP.")
  test:argument("file", "policies in Lua"):args "+"

  local eval = parser:command("eval", "Measure a scorer against people's labels, in a CSV file with a header.")
  eval:argument("file", "CSV (.tsv: tab-separated); - is standard input")
  eval:option("--text", "the column with the texts"):argname "COLUMN":count(1)
  eval:option("--label", "the column with the labels: y/n, yes/no, true/false, 1/0, toxic/nontoxic"):argname "COLUMN":count(1)
  eval:option("--positive", "the label of toxic texts, if it is another word; one other word is its opposite", "y"):argname "LABEL"
  eval:option("--score", "measure the scores (0 to 1) in this column, instead of toxicity(text)"):argname "COLUMN"
  eval:option("--id", "the column that names a row, for --show"):argname "COLUMN"
  eval:option("--threshold", "what has at least this score is flagged", "0.5"):argname "SCORE"
  eval:option("--bins", "bins of the calibration", "10"):argname "N"
  eval:option("--show", "show the beginnings of the N worst misses of each kind", "0"):argname "N"
  eval:option("--identities", "identity terms of your own: CSV with the column term (and group, one, many)"):argname "FILE"
  eval:option("--separator", "what separates fields: one character, or tab"):argname "CHARACTER"
  eval:option("--format", "text, json or html", "text"):choices { "text", "json", "html" }
  eval:option("--out", "write to this file instead of standard output"):argname "FILE"
  return parser
end

local commands = {}

function commands.init(options)
  local say = options.quiet and function() end or print
  require("decorum.community").init(options.database, options, say)
  return DONE
end

function commands.replay(options)
  if options.into then
    return require("decorum.what_if").run(options)
  elseif options.policy[1] or options.without[1] or options.set[1] then
    failure.raise("replay", "--policy, --without and --set try a change in a new file: say which with --into")
  end
  return require("decorum.replay").run(options)
end

function commands.run(options)
  return require("decorum.run").run(options)
end

function commands.report(options)
  return require("decorum.report").run(options)
end

function commands.diff(options)
  return require("decorum.diff").run(options)
end

function commands.job(options)
  return require("decorum.job").run(options)
end

function commands.backup(options)
  return require("decorum.backup").run(options)
end

function commands.check(options)
  return require("decorum.check").run(options)
end

function commands.erase(options)
  return require("decorum.erase").run(options)
end

function commands.export(options)
  return require("decorum.export").run(options)
end

function commands.undo(options)
  return require("decorum.undo").run(options)
end

function commands.import(options)
  return require("decorum.import").run(options)
end

function commands.shell(options)
  return require("decorum.sqlite_shell").run(options)
end

function commands.test(options)
  return require("decorum.test").run(options)
end

function commands.eval(options)
  return require("decorum.eval").run(options)
end

---@param arguments string[] the command line
---@return integer status
return function(arguments)
  local parser = command_line()
  local ok, options = parser:pparse(arguments)
  if not ok then
    local why = options:gsub("%s*\nDid you mean", ", did you mean")
    io.stderr:write("decorum: ", why, "; decorum --help tells what there is\n")
    return FAILED
  end
  if not options.command then
    io.stdout:write(parser:get_help(), "\n")
    return DONE
  end
  local done, result = xpcall(commands[options.command], function(raised)
    return failure.is(raised) and raised or debug.traceback(raised, 2)
  end, options)
  if done then
    local written, why = io.stdout:flush()
    if written then
      return result
    end
    result = "standard output: " .. why
  end
  io.stderr:write(failure.is(result) and tostring(result) or "decorum: " .. tostring(result), "\n")
  return FAILED
end
