--- decorum shell: the sqlite3 shell with the extension in it, set up by examples/sqliterc. What ~/.sqliterc says does not count.

local community = require "decorum.community"
local database_file = require "decorum.database_file"
local failure = require "decorum.failure"
local shell = require "decorum.shell"
local system = require "host.system"

local sqlite_shell = {}

-- The extension stands beside the program, in build/, or where make install puts it.
local function extension()
  local folder = system.real("/proc/self/exe"):match "^(.*)/"
  for _, place in ipairs { folder .. "/decorum.so", folder .. "/../lib/decorum.so" } do
    if system.kind(place) == "file" then
      return system.real(place)
    end
  end
  failure.raise("shell", ("decorum.so is neither beside the program in %s nor in ../lib; make builds it"):format(folder))
end

---@param options table of the command line: database, sql
---@return integer status the shell's
function sqlite_shell.run(options)
  local is_writable = database_file.is_writable(options.database)
  community.open("shell", options.database, is_writable and "readwrite" or "readonly"):close()
  if not os.execute "command -v sqlite3 >/dev/null 2>&1" then
    failure.raise("shell", "sqlite3, the shell, is not installed; on Debian: apt-get install sqlite3")
  end
  local words = { "exec sqlite3", "-init", shell.quoted(system.share .. "/examples/sqliterc"), "-cmd",
    shell.quoted(('.load "%s"'):format(extension():gsub('["\\]', "\\%0"))) }
  if not is_writable then
    words[#words + 1] = "-readonly"
  end
  words[#words + 1] = shell.quoted(options.database:find "^%-" and "./" .. options.database or options.database)
  for _, sql in ipairs(options.sql) do
    words[#words + 1] = shell.quoted(sql)
  end
  local _, how, status = os.execute(table.concat(words, " "))
  return how == "exit" and status or 2
end

return sqlite_shell
