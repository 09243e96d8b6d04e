--- help: what the asker may use, and how.

---@param shared Commands
---@return Command[]
return function(shared)
  local function is_shown(asker, command)
    return shared.may(asker, command) and (asker.is_private or not command.is_of_shadow_bans)
  end

  local function find(asker, name)
    for _, command in ipairs(shared.all) do
      if is_shown(asker, command) and command.name == name then
        return command
      end
    end
  end

  local function help(asker, arguments)
    local word = arguments:word()
    if not word then
      local names = {}
      for _, command in ipairs(shared.all) do
        names[#names + 1] = is_shown(asker, command) and shared.prefix .. command.name or nil
      end
      table.sort(names)
      return { "You may use: " .. table.concat(names, " "), ("%shelp COMMAND tells how."):format(shared.prefix) }
    end
    local name = word:lower():gsub("^[^%w]+", "")
    local command = find(asker, name)
    if asker.rank == 0 and (not command or arguments.rest ~= "") then
      return false
    elseif not command then
      return ("There is no command '%s' for you: %shelp lists those there are."):format(shared.shown(name, 40), shared.prefix)
    end
    return { shared.usage(command), command.help }
  end

  return {
    { name = "help", rank = 0, usage = "[COMMAND]", privately = true, run = help,
      help = "Lists the commands that you may use, or tells how one is used." },
  }
end
