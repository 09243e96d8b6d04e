--- What the bot is asked to do: say, warn, mute, kick, ban and so on, and how it came out.
--
--   action.call(session, { name = "mute", ids = { "ann" }, shown = "ann", channel = "#lobby" }, done)
--     done(true, "no quiet list here: banned from speaking (+b)", { "#lobby +b *!*@host.example" })
--     done(nil, "later", "not an operator in #lobby")
--
-- Calls that change something on the server are done one after another, each a coroutine that waits for the server's
-- answer (change.lua tells how, sanction.lua what); words go out as they come (speak.lua).
--
-- Marks are what a mute or a ban has set, "#lobby +q *!*@host.example", and what unmute and unban take away: those alone,
-- not what people set. "#lobby +b hash:..." is found among the channel's bans by call.hash.

local sanction = require "decorum.chat.irc.sanction"
local speak = require "decorum.chat.irc.speak"

local action = {}

local JOBS_MOST = 500

local start_next

-- Goes on with a job; when it is over its caller is told and the next begins.
local function resume(session, job, ...)
  local results = table.pack(coroutine.resume(job.thread, ...))
  if not results[1] then
    session.log.error("a call failed", { call = job.call.name, why = tostring(results[2]) })
    results = table.pack(true, nil, "never", "the adapter failed: " .. tostring(results[2]))
  elseif coroutine.status(job.thread) ~= "dead" then
    return
  end
  session.job, session.expecting = nil, nil
  job.done(table.unpack(results, 2, results.n))
  start_next(session)
end

function start_next(session)
  local job = not session.job and table.remove(session.jobs, 1)
  if job then
    session.job = job
    resume(session, job, session, job, job.call, session.people:known_as(job.call.ids or {}, session.nick))
  end
end

local function enqueue(session, call, done)
  if #session.jobs >= JOBS_MOST then
    return done(nil, "later", "too much to do")
  end
  local job = { call = call, done = done, thread = coroutine.create(sanction.jobs[call.name]) }
  function job.resume(...)
    resume(session, job, ...)
  end
  table.insert(session.jobs, job)
  start_next(session)
end

---What can be called, and how it is done where IRC has nothing of the kind.
action.can = {
  say = true,
  reply = true,
  dm = true,
  warn = true,
  delete = "nothing is removed: the member is told",
  slowmode = "nothing is slowed down: the member is told",
  slowmode_end = "nothing was slowed down",
  mute = true,
  unmute = true,
  kick = true,
  ban = true,
  unban = true,
  typing = "where the server has message-tags",
}

---@param session table
---@param call table
---@param done fun(ok: any, how: any, more: any)
function action.call(session, call, done)
  if session.state ~= "ready" then
    done(nil, "later", "not connected")
  elseif speak.words[call.name] then
    speak.words[call.name](session, call, done)
  elseif sanction.jobs[call.name] then
    enqueue(session, call, done)
  else
    done(nil, "never", ("IRC has no %s"):format(tostring(call.name)))
  end
end

---A line came: is it an answer to what was asked?
---@param session table
---@param line IrcMessage
function action.see(session, line)
  local over = session.expecting
  if over and (over.token and line.command == "PONG" and line.params[#line.params] == over.token or over.see(line)) then
    over.finish(true)
  else
    speak.see(session, line)
  end
end

---Everybody who waits is told that the connection is gone.
---@param session table
---@param why string
function action.give_up(session, why)
  local gone = session.jobs
  session.jobs = {}
  if session.job then
    table.insert(gone, 1, session.job)
    coroutine.close(session.job.thread)
    session.job, session.expecting = nil, nil
  end
  for _, job in ipairs(gone) do
    job.done(nil, "later", why)
  end
  speak.give_up(session, why)
  session.flow:clear()
end

return action
