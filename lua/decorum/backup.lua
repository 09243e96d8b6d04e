--- decorum backup: a copy of a community's file, while it is in use.

local community = require "decorum.community"
local database_copy = require "decorum.database_copy"
local progress = require "decorum.progress"
local system = require "host.system"

local backup = {}

---@param options table of the command line: database, out, quiet
---@return integer status
function backup.run(options)
  community.open("backup", options.database):close()
  database_copy.make("backup", options.database, options.out)
  if not options.quiet then
    print(("%s: %s, read from end to end"):format(options.out, progress.counted(system.size(options.out), "byte")))
  end
  return 0
end

return backup
