-- A bot's log: one line an event, which nothing in it can break.
local json = require "host.json"
local log = require "decorum.log"

local function written(options)
  local lines = {}
  options.write = function(line)
    lines[#lines + 1] = line
  end
  options.now = function() return 0.9 end
  return log.new(options), lines
end

describe("a line", function()
  it("has the time, the level, what happened, and fields in their order", function()
    local logger, lines = written {}
    logger.warn("not an operator", { channel = "#lobby", case = 12, after_s = 1.5, is_known = true })
    assert.same({ "1970-01-01T00:00:00Z warn not an operator after_s=1.5 case=12 channel=#lobby is_known=true" }, lines)
  end)

  it("is written from its level on", function()
    for most, count in pairs { error = 1, warn = 2, info = 3, debug = 4 } do
      local logger, lines = written { level = most }
      for _, level in ipairs(log.levels()) do
        logger[level] "x"
      end
      assert.equal(count, #lines)
    end
  end)

  it("shows what a value holds and is not led by it", function()
    local logger, lines = written {}
    logger.info("x", { why = "a b\n2026 error fake\27[2J\0\127" })
    logger.info("x", { why = "a=\u{202e}b\u{9b}31m" })
    logger.info("x", { why = "\xff\xfe" })
    logger.info("x", { why = "" })
    assert.equal([[1970-01-01T00:00:00Z info x why="a b\n2026 error fake\u001B[2J\u0000?"]], lines[1])
    assert.equal([[1970-01-01T00:00:00Z info x why="a=?b?31m"]], lines[2])
    assert.equal([[1970-01-01T00:00:00Z info x why="??"]], lines[3])
    assert.equal([[1970-01-01T00:00:00Z info x why=""]], lines[4])
  end)

  it("is a JSON object, if that is asked for", function()
    local logger, lines = written { json = true }
    logger.error("it \"broke\"", { case = 12, why = "a\nb\xff", ok = false })
    assert.equal([[{"at":"1970-01-01T00:00:00Z","level":"error","event":"it \"broke\"","case":12,"ok":false,"why":"a\nb?"}]], lines[1])
    assert.equal("it \"broke\"", json.decode(lines[1]).event)
  end)
end)
