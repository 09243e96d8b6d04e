-- The scheduler: turns, tickets, timers, queues, signals.
local descriptor = require "host.descriptor"
local loop = require "host.loop"
local net = require "host.net"
local peer = require "peer"
local timer_heap = require "host.timers"

-- Notes when it is closed.
local function closing(list, what)
  return setmetatable({}, { __close = function() list[#list + 1] = what end })
end

local function kill(name)
  local stat = assert(io.open "/proc/self/stat")
  assert(os.execute(("kill -%s %d"):format(name, stat:read "n")))
  stat:close()
end

describe("host.timers", function()
  it("gives what is due in order, ties as they were added", function()
    local heap = timer_heap.new()
    for i, at in ipairs { 5, 1, 3, 1, 5, 2, 1 } do
      heap:add({ name = i }, at)
    end
    assert.equal(1, heap:first())
    assert.is_nil(heap:due(0.5))
    local order = {}
    for item in function() return heap:due(4) end do
      order[#order + 1] = item.name
    end
    assert.same({ 2, 4, 7, 6, 3 }, order)
    assert.equal(5, heap:first())
  end)
  it("does what a sorted list does, with any taken out", function()
    math.randomseed(1)
    local heap, list = timer_heap.new(), {}
    for step = 1, 20000 do
      local what = math.random(5)
      if what <= 3 then
        local item = { at = math.random(50), order = step }
        heap:add(item, item.at)
        list[#list + 1] = item
      elseif what == 4 and #list > 0 then
        local item = table.remove(list, math.random(#list))
        heap:remove(item)
        heap:remove(item) -- again is nothing
      else
        local first
        for i, item in ipairs(list) do
          local best = list[first]
          if not best or item.at < best.at or item.at == best.at and item.order < best.order then
            first = i
          end
        end
        assert.equal(first and list[first].at, heap:first())
        assert.equal(first and table.remove(list, first), heap:due(math.huge))
      end
      assert.equal(#list, heap.count)
    end
  end)
end)

describe("host.loop", function()
  it("runs until no task is left", function()
    local order = {}
    loop.run(function()
      loop.spawn("a", function(...)
        order[#order + 1] = table.concat({ ... }, ",")
        loop.sleep(0.01)
        order[#order + 1] = "a ends"
      end, 1, 2)
      order[#order + 1] = "main ends"
    end)
    assert.same({ "main ends", "1,2", "a ends" }, order)
    assert.equal(0, loop.count().tasks)
  end)
  it("gives each ready task one turn", function()
    local order = {}
    loop.run(function()
      for _, name in ipairs { "a", "b", "c" } do
        loop.spawn(name, function()
          for i = 1, 3 do
            order[#order + 1] = name .. i
            loop.sleep(0)
          end
        end)
      end
    end)
    assert.equal("a1 b1 c1 a2 b2 c2 a3 b3 c3", table.concat(order, " "))
  end)
  it("runs what is made ready in the next turn, and lets timers and descriptors have theirs", function()
    local slept, heard
    loop.run(function()
      local from, to = descriptor.pipe()
      local reader, writer <close> = net.stream(from), net.stream(to)
      local busy = loop.spawn("busy", function()
        while true do
          local turn = loop.turn()
          loop.sleep(0)
          assert.equal(turn + 1, loop.turn())
        end
      end)
      local sleeper = loop.spawn("sleeper", function()
        loop.sleep(0.01)
        slept = true
      end)
      local listener = loop.spawn("listener", function()
        heard = reader:read()
        reader:close()
      end)
      writer:write "x"
      sleeper:wait()
      listener:wait()
      busy:cancel()
    end)
    assert.is_true(slept)
    assert.equal("x", heard)
  end)
  it("wakes in the order of time, ties in the order of the waits", function()
    local order = {}
    loop.run(function()
      for i, seconds in ipairs { 0.03, 0.01, 0.02, 0.01 } do
        loop.spawn("sleeper", function()
          loop.sleep(seconds)
          order[#order + 1] = i
        end)
      end
    end)
    assert.same({ 2, 4, 3, 1 }, order)
  end)
  it("does not end a wait before its time", function()
    loop.run(function()
      for _, seconds in ipairs { 0.001, 0.0105, 0.02 } do
        local from = loop.clock()
        loop.sleep(seconds)
        assert.is_true(loop.clock() - from >= seconds)
      end
    end)
  end)
  it("sleeps in the system: an idle wait is a handful of turns", function()
    loop.run(function()
      local from, to = descriptor.pipe()
      local reader <close> = net.stream(from)
      local writer <close> = net.stream(to)
      local turns, cpu = loop.turn(), os.clock()
      assert.same({ nil, "timed out" }, { reader:read(0.5) })
      assert.is_true(loop.turn() - turns <= 3)
      assert.is_true(os.clock() - cpu < 0.25) -- it is next to nothing
      writer:close()
    end)
  end)
  it("has a clock that goes on and one that people have", function()
    local stamp = tonumber(io.popen("date +%s"):read())
    assert.is_true(math.abs(loop.now() - stamp) < 60)
    assert.equal("float", math.type(loop.now()))
    local before = loop.clock()
    assert.is_true(loop.clock() >= before)
  end)

  describe("tickets", function()
    it("are woken once, with values", function()
      loop.run(function()
        local ticket = loop.ticket()
        loop.spawn("waker", function()
          assert.is_true(loop.wake(ticket, 1, nil, 3, nil))
          assert.is_false(loop.wake(ticket, "late"))
        end)
        assert.equal(4, select("#", loop.wait(ticket)))
        assert.is_false(loop.wake(ticket, "later"))
        assert.same({ nil, "timed out" }, { loop.wait(loop.ticket(), 0.001) }) -- not "later"
      end)
    end)
    it("may be woken before the wait", function()
      loop.run(function()
        local ticket = loop.ticket()
        loop.wake(ticket, "early")
        assert.equal("early", loop.wait(ticket))
        assert.has_error(function() loop.wait(ticket) end, "loop.wait: the ticket was used already; each wait needs its own")
      end)
    end)
    it("time out, and are dead then", function()
      loop.run(function()
        local ticket = loop.ticket()
        assert.same({ nil, "timed out" }, { loop.wait(ticket, 0) })
        assert.is_false(loop.wake(ticket, "late"))
      end)
    end)
    it("are dead when their task is gone", function()
      loop.run(function()
        local ticket
        local task = loop.spawn("waits", function()
          ticket = loop.ticket()
          loop.wait(ticket)
        end)
        loop.sleep(0)
        task:cancel()
        assert.is_false(loop.wake(ticket))
      end)
    end)
    it("are of one task", function()
      loop.run(function()
        local ticket = loop.ticket()
        local ok, why = loop.spawn("thief", function()
          return pcall(loop.wait, ticket)
        end):wait()
        assert.is_true(ok)
        assert.is_false(why)
      end)
    end)
    it("that are woken early leave nothing behind", function()
      loop.run(function()
        local box, stop = {}, false
        loop.spawn("waker", function()
          while not stop do
            if box.ticket then
              loop.wake(box.ticket)
            end
            loop.sleep(0)
          end
        end)
        local function wait_often(count)
          for _ = 1, count do
            box.ticket = loop.ticket()
            loop.wait(box.ticket, 3600)
          end
          collectgarbage()
          return collectgarbage "count"
        end
        local before = wait_often(1000)
        local after = wait_often(100000)
        stop = true
        assert.is_true(after - before < 100, ("%.0f KiB, then %.0f KiB"):format(before, after))
        assert.equal(0, loop.count().timers)
      end)
    end)
  end)

  describe("tasks", function()
    it("can be waited for", function()
      loop.run(function()
        local task = loop.spawn("sums", function(a, b)
          loop.sleep(0.001)
          return a + b, nil, "c"
        end, 1, 2)
        assert.same({ nil, "timed out" }, { task:wait(0) })
        assert.same({ n = 4, true, 3, nil, "c" }, table.pack(task:wait()))
        assert.same({ n = 4, true, 3, nil, "c" }, table.pack(task:wait(0)))
      end)
    end)
    it("are closed where they wait when they are cancelled", function()
      local closed = {}
      loop.run(function()
        local task = loop.spawn("waits", function()
          local one <close> = closing(closed, "one") -- luacheck: ignore
          local two <close> = closing(closed, "two") -- luacheck: ignore
          loop.sleep(3600)
        end)
        local unborn = loop.spawn("unborn", error)
        unborn:cancel()
        loop.sleep(0)
        task:cancel()
        assert.same({ "two", "one" }, closed)
        task:cancel()
        assert.same({ nil, "cancelled" }, { task:wait() })
        assert.same({ nil, "cancelled" }, { unborn:wait() })
      end)
      assert.equal(0, loop.count().timers)
    end)
    it("cannot cancel themselves", function()
      loop.run(function()
        local task
        task = loop.spawn("self", function()
          task:cancel()
        end)
        loop.on_error(function(_, why)
          assert.matches("a task cannot cancel itself", why)
        end)
        assert.is_nil((task:wait()))
      end)
    end)
    it("that are cancelled when they are ready do not run", function()
      loop.run(function()
        local ticket
        local task = loop.spawn("never", function()
          ticket = loop.ticket()
          loop.wait(ticket)
          error "it ran"
        end)
        loop.sleep(0)
        loop.wake(ticket)
        task:cancel()
        loop.sleep(0)
      end)
    end)
    it("end run() with their error", function()
      local closed = {}
      local ok, why = pcall(loop.run, function()
        loop.spawn("other", function()
          local guard <close> = closing(closed, "other") -- luacheck: ignore
          loop.sleep(3600)
        end)
        loop.spawn("wrong", function()
          local guard <close> = closing(closed, "wrong") -- luacheck: ignore
          loop.sleep(0)
          error "a fault"
        end)
      end)
      assert.is_false(ok)
      assert.matches("^task wrong: .*loop_test.lua:%d+: a fault\nstack traceback:", why)
      assert.same({ "wrong", "other" }, closed)
      local fault = setmetatable({}, { __tostring = function() return "a table" end })
      ok, why = pcall(loop.run, function() error(fault) end)
      assert.is_false(ok)
      assert.equal(fault, why)
      loop.run(function() end) -- it can run again
    end)
    it("tell on_error instead, if that is set", function()
      local told = {}
      loop.run(function()
        loop.on_error(function(task, why)
          told[#told + 1] = task.name .. ": " .. tostring(why):match ":%d+: (%a+)"
        end)
        local task = loop.spawn("wrong", function() error "one" end)
        local ok, why = task:wait()
        assert.is_nil(ok)
        assert.matches("one", why)
        loop.spawn("closes", function()
          local guard <close> = setmetatable({}, { __close = function() error "two" end }) -- luacheck: ignore
          loop.sleep(3600)
        end)
        loop.sleep(0)
        loop.stop()
      end)
      assert.same({ "wrong: one", "closes: two" }, told)
      assert.has_error(function()
        loop.run(function()
          loop.on_error(function() error("worse", 0) end)
          error "bad"
        end)
      end, "worse")
    end)
    it("must not yield by themselves", function()
      local ok, why = pcall(loop.run, function() coroutine.yield(1) end)
      assert.is_false(ok)
      assert.matches("task main: a task waits by loop.wait, .* not by coroutine.yield", why)
    end)
    it("wait in their own coroutine alone", function()
      loop.run(function()
        local inner = coroutine.wrap(function() loop.sleep(1) end)
        assert.error_matches(inner, "loop.sleep: cannot wait here: in a coroutine of its own")
        local sorted = pcall(table.sort, { 2, 1 }, function(a, b)
          loop.sleep(0)
          return a < b
        end)
        assert.is_false(sorted)
        local made = coroutine.wrap(function() -- which may yield for itself
          coroutine.yield(1)
        end)
        assert.equal(1, made())
      end)
      assert.error_matches(function() loop.sleep(1) end, "loop.sleep: cannot wait here: outside of a task")
      assert.error_matches(loop.ticket, "loop.ticket: cannot wait here")
    end)
    it("may close over what ends other tasks", function()
      loop.run(function()
        local order = {}
        local first = loop.spawn("first", function()
          local guard <close> = closing(order, "first") -- luacheck: ignore
          loop.sleep(3600)
        end)
        local second = loop.spawn("second", function()
          local guard <close> = setmetatable({}, { __close = function() -- luacheck: ignore
            first:cancel()
            assert.error_matches(function() loop.sleep(0) end, "cannot wait here")
            loop.spawn("third", function() order[#order + 1] = "third" end)
          end })
          loop.sleep(3600)
        end)
        loop.sleep(0)
        second:cancel()
        loop.sleep(0)
        assert.same({ "first", "third" }, order)
      end)
    end)
    it("are many", function()
      loop.run(function()
        local done = 0
        for _ = 1, 10000 do
          loop.spawn("one", function()
            loop.sleep(0.001)
            done = done + 1
          end)
        end
        peer.wait_for(function() return done == 10000 end, "ten thousand tasks")
      end)
    end)
  end)

  describe("stop", function()
    it("closes what still waits, the youngest first", function()
      local closed = {}
      loop.run(function()
        for _, name in ipairs { "a", "b", "c" } do
          loop.spawn(name, function()
            local guard <close> = closing(closed, name) -- luacheck: ignore
            loop.sleep(3600)
          end)
        end
        loop.sleep(0)
        loop.stop()
        loop.spawn("unborn", error)
        loop.sleep(3600)
      end)
      assert.same({ "c", "b", "a" }, closed)
      assert.same({ 0, 0, 0 }, { loop.count().tasks, loop.count().timers, loop.count().watched })
    end)
    it("refuses to run twice at once", function()
      loop.run(function()
        assert.has_error(function() loop.run(print) end, "loop.run: it runs already")
      end)
    end)
  end)

  describe("queues", function()
    it("make who puts too much wait", function()
      local order = {}
      loop.run(function()
        local queue = loop.queue(2)
        loop.spawn("puts", function()
          for i = 1, 5 do
            queue:put(i)
            order[#order + 1] = "put " .. i
          end
          queue:close()
        end)
        loop.sleep(0)
        loop.sleep(0)
        assert.equal("put 1, put 2", table.concat(order, ", "))
        assert.equal(2, queue:size())
        local taken = {}
        for value in function() return queue:take() end do
          taken[#taken + 1] = value
          assert.is_true(queue:size() <= 2)
        end
        assert.same({ 1, 2, 3, 4, 5 }, taken)
        assert.same({ nil, "closed" }, { queue:take() })
        assert.same({ nil, "closed" }, { queue:put(1) })
      end)
    end)
    it("are first in, first out, for those who wait too", function()
      local order = {}
      loop.run(function()
        local queue = loop.queue(1)
        for i = 1, 3 do
          loop.spawn("takes", function()
            local value = queue:take()
            order[#order + 1] = i .. value
          end)
        end
        loop.sleep(0)
        for _, value in ipairs { "a", "b", "c" } do
          queue:put(value)
        end
        loop.sleep(0)
        assert.equal("1a 2b 3c", table.concat(order, " "))
        queue:put "full"
        for i = 1, 3 do
          loop.spawn("puts", function() queue:put(i) end)
        end
        loop.sleep(0)
        assert.same({ "full", 1, 2, 3 }, { queue:take(), queue:take(), queue:take(), queue:take() })
      end)
    end)
    it("time out, are tried, and closed", function()
      loop.run(function()
        local queue = loop.queue(1)
        assert.same({ nil, "timed out" }, { queue:take(0.001) })
        assert.is_nil(queue:try())
        queue:put(false)
        assert.is_false(queue:try())
        queue:put "kept"
        local putter = loop.spawn("puts", function() return queue:put "refused" end)
        loop.sleep(0)
        queue:close()
        assert.same({ true, nil, "closed" }, { putter:wait() })
        assert.equal("kept", queue:take())
        local other = loop.queue()
        local taker = loop.spawn("takes", function() return other:take(60) end)
        loop.sleep(0)
        other:close()
        assert.same({ true, nil, "closed" }, { taker:wait() })
        assert.has_error(function() other:put(nil) end)
        for _, most in ipairs { 0, -1, 1.5, "x" } do
          assert.has_error(function() loop.queue(most) end)
        end
      end)
    end)
    it("lose nothing to a task that is cancelled", function()
      loop.run(function()
        local queue, heard = loop.queue(2), {}
        local function take()
          local value = queue:take()
          heard[#heard + 1] = value
        end
        local first, second = loop.spawn("first", take), loop.spawn("second", take)
        loop.sleep(0)
        queue:put "a"
        first:cancel() -- it was handed "a", and did not run yet
        second:wait()
        assert.same({ "a" }, heard)
        local third = loop.spawn("third", take)
        loop.sleep(0)
        queue:put "b"
        queue:put "c"
        third:cancel()
        assert.same({ "b", "c" }, { queue:try(), queue:try() })
      end)
    end)
  end)

  describe("signals", function()
    it("run a function as a task", function()
      local heard = {}
      loop.on_signal("USR1", function()
        loop.sleep(0)
        heard[#heard + 1] = "USR1"
      end)
      loop.run(function()
        kill "USR1"
        peer.wait_for(function() return #heard == 1 end, "the signal")
        loop.on_signal("USR2", function() heard[#heard + 1] = "USR2" end)
        kill "USR2"
        kill "USR1"
        peer.wait_for(function() return #heard == 3 end, "both signals")
      end)
      table.sort(heard)
      assert.same({ "USR1", "USR1", "USR2" }, heard)
    end)
    it("are kept while a task is busy, and wake a loop that sleeps", function()
      local heard = 0
      loop.run(function()
        loop.on_signal("TERM", function() heard = heard + 1 end)
        kill "TERM"
        local sum = 0
        for i = 1, 1000000 do
          sum = sum + i
        end
        assert.equal(0, heard)
        loop.sleep(0)
        loop.sleep(0)
        loop.sleep(0)
        assert.equal(1, heard)
        os.execute(("(sleep 0.05; kill -TERM %d) &"):format(io.open "/proc/self/stat":read "n"))
        peer.wait_for(function() return heard == 2 end, "a signal from outside")
      end)
    end)
    it("are not taken from programs that are started", function()
      loop.run(function()
        loop.on_signal("TERM", print)
        local status = io.popen "exec 2>/dev/null; for s in TERM PIPE; do sh -c \"kill -$s \\$\\$\"; echo $?; done"
        assert.equal("143\n141\n", status:read "a")
      end)
    end)
    it("do what they did before once the loop is over", function()
      local code = [[
        local loop = require "host.loop"
        loop.on_signal("TERM", function() loop.stop() end)
        loop.run(function() os.execute "kill -TERM $PPID"; loop.sleep(60) end)
        print "stopped"
        io.stdout:flush()
        os.execute "kill -TERM $PPID"
        print "still there"
      ]]
      local file = os.tmpname()
      local out = assert(io.open(file, "w"))
      out:write(code)
      out:close()
      local program = io.popen(("exec 2>/dev/null; '%s' %s; echo $?"):format(peer.program(), file))
      assert.equal("stopped", program:read())
      assert.equal("143", (program:read():match "%d+"))
      program:close()
      os.remove(file)
    end)
    it("have names", function()
      assert.has_error(function() loop.on_signal("KILL", print) end)
      assert.has_error(function() loop.on_signal("term", print) end)
    end)
  end)
end)
