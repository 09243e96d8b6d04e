-- The binding to SQLite.
local sqlite = require "host.sqlite"

local function open()
  return sqlite.open(":memory:", "create")
end

describe("host.sqlite", function()
  it("carries values there and back", function()
    local row = open():prepare "SELECT ?, typeof(?1), typeof(?2), ?2"
    assert.same({ 9223372036854775807, "integer", "real", 0.5 }, { row:row(math.maxinteger, 0.5) })
    assert.same({ math.mininteger, "integer", "integer", 1 << 63 | 16384 }, { row:row(math.mininteger, 1 << 63 | 16384) }) -- masks
    assert.same({ "a\0b", "text", "integer", 1 }, { row:row("a\0b", true) })
    assert.same(4, select("#", row:row(nil, nil)))
    assert.is_nil((row:row(nil, nil)))
  end)
  it("gives rows with their number", function()
    local seen = {}
    for i, a, b in open():prepare("SELECT NULL, 7 UNION ALL SELECT 2, 8"):rows() do
      seen[i] = { a = a, b = b }
    end
    assert.same({ { b = 7 }, { a = 2, b = 8 } }, seen)
  end)
  it("keeps the texts of rows that are still to come", function()
    local rows = open():prepare "SELECT ?1 FROM (VALUES (1), (2), (3))"
    local next_row, state = rows:rows(("many "):rep(2000))
    for _ = 1, 3 do
      assert.equal(("many "):rep(2000), (select(2, next_row(state))))
      collectgarbage()
      assert.equal(10000, #("less "):rep(2000)) -- may take the room of what was collected
    end
  end)
  it("prepares statement by statement", function()
    local db = open()
    local first, rest = db:prepare "SELECT 1; SELECT 2; -- end"
    assert.equal(1, first:row())
    local second, tail = db:prepare(rest)
    assert.equal(2, second:row())
    assert.is_nil((db:prepare(tail)))
  end)
  it("tells names", function()
    local statement = open():prepare "SELECT :a AS x, ? AS y, @b"
    assert.same({ "x", "y", "@b" }, statement:columns())
    assert.same({ "a", false, "b" }, statement:parameters())
  end)
  it("counts changes and knows the last row", function()
    local db = open()
    db:exec "CREATE TABLE t (id INTEGER PRIMARY KEY, x); BEGIN"
    local add = db:prepare "INSERT INTO t(x) VALUES (?), (?)"
    assert.equal(2, add:run("a", "b"))
    assert.equal(2, db:last_rowid())
    assert.is_true(db:in_transaction())
    db:exec "ROLLBACK"
    assert.is_false(db:in_transaction())
  end)
  it("raises SQLite's own words", function()
    local db = open()
    assert.has_error(function() db:exec "SELEC" end, 'near "SELEC": syntax error')
    assert.has_error(function() db:prepare "SELECT unheard_of" end, "no such column: unheard_of")
    assert.has_error(function() sqlite.open("/nonexistent/file", "readwrite") end, "unable to open database file")
    db:exec "CREATE TABLE t (x UNIQUE); INSERT INTO t VALUES (1)"
    local add = db:prepare "INSERT INTO t VALUES (?)"
    assert.has_error(function() add:run(1) end, "UNIQUE constraint failed: t.x")
    assert.equal(1, add:run(2))
  end)
  it("refuses what is closed, and values that SQL has not", function()
    local db = open()
    local statement = db:prepare "SELECT ?"
    assert.has_error(function() statement:row({}) end)
    assert.has_error(function() statement:row(1, 2) end)
    statement:close()
    assert.has_error(function() statement:row(1) end)
    db:close()
    assert.has_error(function() db:exec "SELECT 1" end)
    db:close()
  end)
  it("lets statements outlive the name of their database", function()
    local statement
    do
      statement = open():prepare "SELECT 42"
    end
    collectgarbage()
    assert.equal(42, statement:row())
  end)
  it("gives text as UTF-8 whatever the file holds", function()
    local db = open()
    db:exec "PRAGMA encoding = 'UTF-16'; CREATE TABLE t (x); INSERT INTO t VALUES ('añ' || char(0) || '🙂')"
    local text, bytes = db:prepare("SELECT x, CAST('ab' AS BLOB) FROM t"):row()
    assert.same({ "añ\0🙂", "a\0b\0" }, { text, bytes })
  end)
  it("has the extension", function()
    assert.equal(12, open():prepare("SELECT reputation_decay(10)"):row())
  end)
end)
