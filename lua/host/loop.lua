--- One thread, one loop, a coroutine for each task.
--
--   local loop = require "host.loop"
--   loop.run(function()
--     local queue = loop.queue(10)
--     loop.spawn("counts", function()
--       for i = 1, 3 do
--         loop.sleep(0.1)
--         queue:put(i)
--       end
--       queue:close()
--     end)
--     for i in function() return queue:take() end do
--       print(i)                    -- 1, 2, 3
--     end
--   end)
--
-- A task runs until it waits; nothing else runs meanwhile. It waits by calling something that waits: loop.sleep,
-- loop.wait, task:wait, queue:put, queue:take, and what host.net and host.http do. Those can be called from
-- tasks alone. README.md tells every function.
--
-- HOW IT WORKS: a turn resumes the tasks that are ready, lets libcurl go on (host.multi), makes tasks ready whose
-- transfers are finished or whose time has come, and then waits for descriptors until the next time that something
-- is due; not at all if a task is ready. A task that is made ready during a turn runs in the next one, so none
-- keeps the others from their turn. Every wait has a ticket: it is woken once, and is dead then; to wake a dead
-- one does nothing. So whatever completes late, for a wait that timed out or a task that is gone, is dropped.
-- Tasks are resumed by the loop alone, so nothing changes under a task while it runs.

local host_multi = require "host.multi"
local queues = require "host.queue"
local signal = require "host.signal"
local system = require "host.system"
local tickets = require "host.tickets"
local timer_heap = require "host.timers"

local loop = {}

local FOR_EVER = 1e9 -- seconds
local READ, WRITE = 1, 2 -- what multi:poll says a descriptor is ready for

---@class Ticket
---@field task Task whose it is
---@field is_live boolean may be woken
---@field is_used boolean was waited with
---@field values table? what it was woken with, with n
---@field timer_place integer? its place among the timers
---@field list TicketList? those who wait for the same
---@field value any of who waits to put it
---@field waiting table? fd or transfer → ticket: where it is noted
---@field key integer? under which
---@field lost fun(...)? told what it was woken with, if the task is gone before it heard

---@class Task
---@field name string
---@field state "waiting"|"ready"|"running"|"ended"
---@field thread thread
---@field number integer counts tasks, in the order in which they began
---@field ticket Ticket? what it waits for, or has not heard yet
---@field results table? what it returned, with n
---@field why any why it failed, or "cancelled"
---@field waiters TicketList who waits for its end
local Task = {}
Task.__index = Task

local WAIT = {} -- what a task yields
local NOTHING = { n = 0 } -- what it hears then, if nothing

local multi = host_multi.new()
local timers = timer_heap.new()
local tasks = {} ---@type table<Task, true> all that have not ended
local task_count, task_number = 0, 0
local ready, running_now = {}, {} ---@type Task[], Task[] who runs in the next turn, and in this one
local readers, writers, transfers = {}, {}, {} ---@type table<integer, Ticket>
local handlers = {} ---@type table<string, function> of signals
local current ---@type Task?
local is_running, is_stopping = false, false
local failure ---@type { why: any }? what ends run()
local on_error ---@type fun(task: Task, why: any)?
local turns = 0

-- Errors and arguments.

local function refuse(what, level)
  error(what, level + 1)
end

local function check_timeout(who, seconds, level)
  if seconds ~= nil and (type(seconds) ~= "number" or seconds < 0 or seconds ~= seconds) then
    refuse(("%s: seconds must be a number of 0 or more, not %s"):format(who, tostring(seconds)), level + 1)
  end
end

-- The task that runs, which alone may wait.
local function check_task(who, level)
  if not current or coroutine.running() ~= current.thread or not coroutine.isyieldable() then
    local where = current and "in a coroutine of its own, a __close of a task that ends, or within a C function"
      or "outside of a task"
    refuse(("%s: cannot wait here: %s"):format(who, where), level + 1)
  end
  return current
end

-- Tickets.

-- A ticket dies: it is taken out of wherever it is noted.
local function retire(ticket)
  ticket.is_live = false
  timers:remove(ticket)
  tickets.remove(ticket)
  local waiting, key = ticket.waiting, ticket.key
  if waiting then
    ticket.waiting = nil
    waiting[key] = nil
    if waiting ~= transfers then
      multi:watch(key, readers[key] ~= nil, writers[key] ~= nil)
    end
  end
end

local function make_ready(task)
  task.state = "ready"
  ready[#ready + 1] = task
end

---For the running task's next wait.
---@return Ticket
function loop.ticket()
  return { task = check_task("loop.ticket", 2), is_live = true, is_used = false }
end

---From anywhere. The task runs in the next turn.
---@param ticket Ticket
---@return boolean woken false if the ticket is dead: woken before, timed out, or its task is gone
function loop.wake(ticket, ...)
  if not ticket.is_live or ticket.task.state == "ended" then
    return false
  end
  retire(ticket)
  ticket.values = table.pack(...)
  if ticket.task.ticket == ticket then
    make_ready(ticket.task)
  end
  return true
end

---@param ticket Ticket
---@param timeout_s number? none: waits as long as it takes
---@return any ... what wake was given; nil, "timed out"
function loop.wait(ticket, timeout_s)
  local task = check_task("loop.wait", 2)
  check_timeout("loop.wait", timeout_s, 2)
  if ticket.task ~= task then
    refuse("loop.wait: the ticket is another task's", 2)
  elseif ticket.is_used then
    refuse("loop.wait: the ticket was used already; each wait needs its own", 2)
  end
  ticket.is_used = true
  if not ticket.is_live then -- woken before the wait
    return table.unpack(ticket.values, 1, ticket.values.n)
  end
  if timeout_s then
    timers:add(ticket, system.clock() + timeout_s)
  end
  task.ticket, task.state = ticket, "waiting"
  return coroutine.yield(WAIT)
end

---@param seconds number 0: until the next turn
function loop.sleep(seconds)
  check_task("loop.sleep", 2)
  check_timeout("loop.sleep", seconds, 2)
  if seconds > 0 then
    loop.wait(loop.ticket(), seconds)
    return
  end
  current.ticket = { is_live = false, values = NOTHING }
  make_ready(current)
  coroutine.yield(WAIT)
end

-- Tasks.

-- Something went wrong where nobody called: run() ends with it, unless there is somebody to tell.
local function report(task, why)
  if not on_error then
    failure = failure or { why = why }
    return
  end
  local ok, worse = pcall(on_error, task, why)
  if not ok then
    failure = failure or { why = worse }
  end
end

local function note_end(task, why)
  task.state, task.why = "ended", why
  tasks[task] = nil
  task_count = task_count - 1
end

local function wake_waiters(task)
  while task.waiters.first do
    if task.results then
      loop.wake(task.waiters.first, true, table.unpack(task.results, 1, task.results.n))
    else
      loop.wake(task.waiters.first, nil, task.why)
    end
  end
end

-- Ends a task where it waits; its to-be-closed variables are closed.
local function close(task, why)
  note_end(task, why)
  local ticket = task.ticket
  task.ticket = nil
  if ticket then
    local values = ticket.values
    retire(ticket)
    if values and ticket.lost then
      ticket.lost(table.unpack(values, 1, values.n))
    end
  end
  local ok, fault = coroutine.close(task.thread)
  wake_waiters(task)
  if not ok then
    report(task, fault)
  end
end

local function fail(task, why)
  if type(why) == "string" then
    why = debug.traceback(task.thread, ("task %s: %s"):format(task.name, why))
  end
  note_end(task, why)
  local ok, fault = coroutine.close(task.thread)
  wake_waiters(task)
  report(task, why)
  if not ok and fault ~= why and type(why) ~= "string" then
    report(task, fault)
  end
end

-- What coroutine.resume gave.
local function settle(task, ok, what, ...)
  current = nil
  if not ok then
    fail(task, what)
  elseif coroutine.status(task.thread) == "dead" then
    task.results = table.pack(what, ...)
    note_end(task)
    wake_waiters(task)
  elseif what ~= WAIT then
    fail(task, "a task waits by loop.wait, loop.sleep and what is made of them, not by coroutine.yield")
  end
end

local function resume(task)
  local ticket = task.ticket
  local values = ticket.values
  task.ticket, task.state = nil, "running"
  current = task
  settle(task, coroutine.resume(task.thread, table.unpack(values, 1, values.n)))
end

---A task begins in the next turn.
---@param name string for messages
---@param f function
---@param ... any what f is called with
---@return Task
function loop.spawn(name, f, ...)
  if type(name) ~= "string" or type(f) ~= "function" then
    refuse(("loop.spawn: takes a name and a function, not a %s and a %s"):format(type(name), type(f)), 2)
  end
  task_number = task_number + 1
  task_count = task_count + 1
  local task = setmetatable({
    name = name, thread = coroutine.create(f), number = task_number,
    ticket = { is_live = false, values = table.pack(...) }, waiters = tickets.list(),
  }, Task)
  tasks[task] = true
  make_ready(task)
  return task
end

---Ends the task where it waits; its to-be-closed variables are closed. Nothing if it has ended.
function Task:cancel()
  if self == current then
    refuse("task:cancel: a task cannot cancel itself", 2)
  end
  if self.state ~= "ended" then
    close(self, "cancelled")
  end
end

---@param timeout_s number?
---@return true? ended and then what it returned
---@return any why "timed out", "cancelled", or the error that ended it
function Task:wait(timeout_s)
  check_task("task:wait", 2)
  check_timeout("task:wait", timeout_s, 2)
  if self == current then
    refuse("task:wait: a task cannot wait for itself", 2)
  end
  if self.state ~= "ended" then
    local ticket = loop.ticket()
    self.waiters:add(ticket)
    return loop.wait(ticket, timeout_s)
  elseif self.results then
    return true, table.unpack(self.results, 1, self.results.n)
  end
  return nil, self.why
end

---@param most integer? how many values may wait in it; none: no limit
---@return Queue
function loop.queue(most)
  return queues.new(loop, tickets, most)
end

-- What the tasks of host.net and host.http wait for.

local function wait_descriptor(who, waiting, fd, timeout_s)
  check_task(who, 3)
  check_timeout(who, timeout_s, 3)
  if waiting[fd] then
    refuse(("%s: task %s waits for this already"):format(who, waiting[fd].task.name), 3)
  end
  local ticket = loop.ticket()
  multi:watch(fd, waiting == readers or readers[fd] ~= nil, waiting == writers or writers[fd] ~= nil)
  ticket.waiting, ticket.key = waiting, fd
  waiting[fd] = ticket
  return loop.wait(ticket, timeout_s)
end

---Waits until the descriptor can be read, or is hung up.
---@param fd integer
---@param timeout_s number?
---@return true? ready
---@return string? why "timed out", "closed" (by loop.forget)
function loop.readable(fd, timeout_s)
  return wait_descriptor("loop.readable", readers, fd, timeout_s)
end

---Waits until the descriptor can be written, or is hung up.
---@param fd integer
---@param timeout_s number?
---@return true? ready
---@return string? why "timed out", "closed" (by loop.forget)
function loop.writable(fd, timeout_s)
  return wait_descriptor("loop.writable", writers, fd, timeout_s)
end

---To be called before a descriptor is closed: who waits for it hears "closed".
---@param fd integer
function loop.forget(fd)
  for _, waiting in ipairs { readers, writers } do
    if waiting[fd] then
      loop.wake(waiting[fd], nil, "closed")
    end
  end
end

---Starts a transfer of host.multi: start is "request" or "connect". The caller closes it.
---@param start "request"|"connect"
---@param options table see transfer.c
---@return userdata transfer
function loop.transfer(start, options)
  return multi[start](multi, options)
end

---Waits until the transfer is finished. Its own timeouts end it.
---@param transfer userdata
function loop.finished(transfer)
  local ticket = loop.ticket()
  ticket.waiting, ticket.key = transfers, transfer:id()
  transfers[ticket.key] = ticket
  loop.wait(ticket)
end

-- Signals.

---From now on until run() returns, f() runs as a task of its own when the signal comes; without f, the signal
---does again what it did before.
---@param name "TERM"|"INT"|"HUP"|"USR1"|"USR2"|"CHLD"
---@param f function?
function loop.on_signal(name, f)
  handlers[name] = f
  if f then
    signal.catch(name)
    multi:watch(signal.descriptor(), true, false)
  else
    signal.release(name)
  end
end

local function deliver_signals()
  for name in signal.take do
    if handlers[name] then
      loop.spawn("signal " .. name, handlers[name])
    end
  end
  multi:watch(signal.descriptor(), next(handlers) ~= nil, false)
end

-- A turn.

local function run_ready()
  ready, running_now = running_now, ready
  for i = 1, #running_now do
    local task = running_now[i]
    running_now[i] = nil
    if task.state == "ready" then -- not if it was cancelled meanwhile
      resume(task)
    end
  end
end

local finished = {} -- filled by multi:perform

local function finish_transfers()
  for i = 1, multi:perform(finished) do
    local ticket = transfers[finished[i]]
    if ticket then
      loop.wake(ticket, true)
    end
  end
end

local function run_timers()
  if timers.count == 0 then
    return
  end
  local now = system.clock()
  for ticket in function() return timers:due(now) end do
    loop.wake(ticket, nil, "timed out")
  end
end

local polled = {} -- filled by multi:poll

local function poll()
  local wait = FOR_EVER
  if #ready > 0 then
    wait = 0
  elseif timers.count > 0 then
    wait = math.max(0, timers:first() - system.clock())
  end
  for i = 1, 2 * multi:poll(wait, polled), 2 do
    local fd, state = polled[i], polled[i + 1]
    if fd == signal.descriptor() then
      deliver_signals()
    end
    if state & READ ~= 0 and readers[fd] then
      loop.wake(readers[fd], true)
    end
    if state & WRITE ~= 0 and writers[fd] then
      loop.wake(writers[fd], true)
    end
  end
end

local function is_over()
  return is_stopping or failure ~= nil or task_count == 0
end

-- Closes what still waits, the youngest first; more may begin meanwhile.
local function close_all()
  while next(tasks) do
    local left = {}
    for task in pairs(tasks) do
      left[#left + 1] = task
    end
    table.sort(left, function(a, b) return a.number > b.number end)
    for _, task in ipairs(left) do
      if task.state ~= "ended" then
        close(task, "cancelled")
      end
    end
  end
end

local function clear()
  for name in pairs(handlers) do
    signal.release(name)
  end
  handlers = {}
  multi:watch(signal.descriptor(), false, false)
  ready, running_now = {}, {}
  is_running, is_stopping, failure, on_error, current = false, false, nil, nil, nil
end

local function run_turns()
  repeat
    turns = turns + 1
    run_ready()
    if not is_over() then
      finish_transfers()
      run_timers()
      poll()
    end
  until is_over()
end

---Runs f as the first task, until no task is left, loop.stop() is called, or a task fails.
---@param f function
function loop.run(f)
  if is_running then
    refuse("loop.run: it runs already", 2)
  end
  loop.spawn("main", f)
  is_running = true
  local ok, fault = xpcall(run_turns, debug.traceback)
  if not ok then -- not a task's: of the loop itself, as without memory
    failure = failure or { why = fault }
  end
  close_all()
  local failed = failure
  clear()
  if failed then
    error(failed.why, 0)
  end
end

---run() returns after this turn; what still waits then is closed.
function loop.stop()
  is_stopping = is_running
end

---Who hears of errors in tasks, instead of run() ending with them. f must not wait.
---@param f fun(task: Task, why: any)? why is a text with a traceback, or the table that was raised
function loop.on_error(f)
  on_error = f
end

loop.clock = system.clock
loop.now = system.now

---Which turn it is: a number that only grows.
---@return integer
function loop.turn()
  return turns
end

---How much there is of everything.
---@return { turns: integer, tasks: integer, timers: integer, transfers: integer, watched: integer }
function loop.count()
  local unfinished, watched = multi:count()
  return { turns = turns, tasks = task_count, timers = timers.count, transfers = unfinished, watched = watched }
end

return loop
