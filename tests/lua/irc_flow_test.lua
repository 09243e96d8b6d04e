-- Flood control: how much goes at once, how fast the rest, and what goes first.
local flow = require "decorum.chat.irc.flow"

-- When each line goes, by a clock that jumps to when the next may.
local function run(queue, clock)
  local sent = {}
  while true do
    local item, wait = queue:take(clock)
    if item then
      sent[#sent + 1] = { item.line, clock }
    elseif wait then
      assert.is_true(wait > 0)
      clock = clock + wait
    else
      return sent
    end
  end
end

describe("the queue", function()
  it("lets some go at once and the rest at the pace of a server", function()
    local queue = flow.new()
    for i = 1, 10 do
      queue:put("text", ("x"):rep(100) .. i)
    end
    local sent = run(queue, 1000)
    assert.equal(10, #sent)
    -- 3.01 s each: the fifth finds 12.04 s of debt, the sixth 13.01 at that time.
    for i = 1, 4 do
      assert.equal(1000, sent[i][2])
    end
    assert.near(1002.04, sent[5][2], 0.001)
    assert.near(1005.05, sent[6][2], 0.001)
    assert.near(1014.08, sent[9][2], 0.001)
  end)
  it("is as fast as it is told", function()
    local queue = flow.new(10)
    for _ = 1, 40 do
      queue:put("text", ("x"):rep(100))
    end
    local sent = run(queue, 0)
    assert.near(0.2, sent[35][2], 0.001) -- 34 × 0.3 s
  end)
  it("lets answers to PING by, then actions, then questions, then words", function()
    local queue = flow.new()
    for _, weight in ipairs { "text", "query", "action", "urgent" } do
      queue:put(weight, weight .. " 1")
      queue:put(weight, weight .. " 2")
    end
    local order = {}
    for i, entry in ipairs(run(queue, 0)) do
      order[i] = entry[1]
    end
    assert.same({ "urgent 1", "urgent 2", "action 1", "action 2", "query 1", "query 2", "text 1", "text 2" }, order)
    for _ = 1, 50 do
      queue:put("urgent", "PONG")
    end
    for _ = 1, 50 do
      assert.equal("PONG", queue:take(0).line)
    end
  end)
  it("drops the oldest words, with those they belong to, and never an action", function()
    local queue, dropped = flow.new(), {}
    local group = {}
    for i = 1, 2 do
      queue:put("text", "first " .. i, { group = group, on_dropped = function()
        dropped[#dropped + 1] = i
      end })
    end
    for i = 3, 100 do
      assert.equal(0, queue:put("text", "text " .. i))
    end
    for i = 1, 1000 do
      assert.equal(0, queue:put("action", "action " .. i))
    end
    assert.equal(2, queue:put("text", "text 101"))
    assert.same({ 1, 2 }, dropped)
    local sent = run(queue, 0)
    assert.equal(1000 + 99, #sent)
    assert.equal("text 3", sent[1001][1])
    assert.equal("text 101", sent[1099][1])
  end)
  it("tells whose lines never go", function()
    local queue, dropped = flow.new(), 0
    for _, weight in ipairs { "text", "action" } do
      queue:put(weight, "x", { on_dropped = function()
        dropped = dropped + 1
      end })
    end
    queue:clear()
    assert.equal(2, dropped)
    assert.is_nil((queue:take(0)))
  end)
end)
