-- When jobs run while a bot does, and what is kept of their runs.
local community = require "decorum.community"
local job = require "decorum.job"
local schedule = require "decorum.schedule"

local NOW = 1700000000.0
local path = os.tmpname()

local function remove()
  for _, ending in ipairs { "", "-wal", "-shm" } do
    os.remove(path .. ending)
  end
end

local function fixture()
  remove()
  community.init(path, { policy = {}, set = {} }, function() end)
  local db = community.open("test", path)
  local self = { db = db, warned = {} }
  self.run = schedule.new(db, {
    warn = function(what)
      self.warned[#self.warned + 1] = what
    end,
  })
  function self.runs(name)
    return db:prepare("SELECT count(*), max(at) - ? FROM job_run WHERE job = ?"):row(NOW, name)
  end
  return self
end

teardown(remove)

describe("a job", function()
  it("runs when it is due, and not before", function()
    local it = fixture()
    it.run(NOW)
    it.run(NOW + 59)
    assert.same({ 1, 0 }, { it.runs "tick" })
    it.run(NOW + 60)
    assert.same({ 1, 60 }, { it.runs "tick" })
    assert.same({ 1, 0 }, { it.runs "decay" })
    it.run(NOW + 86400)
    assert.same({ 1, 86400 }, { it.runs "decay" })
  end)

  it("goes on when the clock is set back, or was wrong once", function()
    local it = fixture()
    it.run(NOW + 1e8)
    it.run(NOW)
    assert.same({ 1, 0 }, { it.runs "tick" })
    assert.same({ 1, 0 }, { it.runs "decay" })
    it.run(NOW + 1e8)
    it.run = schedule.new(it.db, {}) -- and started anew
    it.run(NOW)
    assert.same({ 1, 0 }, { it.runs "tick" })
  end)

  it("that could not run is told of and tried again in a minute", function()
    local it = fixture()
    it.db:exec "CREATE TRIGGER broken BEFORE INSERT ON job_run WHEN NEW.job = 'tick' BEGIN SELECT RAISE(ABORT, 'somebody spoilt it'); END"
    it.run(NOW)
    it.run(NOW + 59)
    assert.same({ "a job did not run" }, it.warned)
    it.db:exec "DROP TRIGGER broken"
    it.run(NOW + 60)
    assert.same({ 1, 60 }, { it.runs "tick" })
  end)
end)

describe("the runs of a job", function()
  it("are kept if they did something; of those one after another that did nothing, the last is", function()
    local it = fixture()
    it.db:exec [[INSERT INTO member(id, name) VALUES (1, 'ann');
      INSERT INTO channel(id, platform, name) VALUES (1, 'irc', '#lobby');
      INSERT INTO message(id, platform, platform_id, channel, member, at) VALUES (4, 'irc', '4', 1, 1, 1), (5, 'irc', '5', 1, 1, 1);
      UPDATE setting SET value = 'immediate' WHERE name = 'flag_mode']]
    for i = 1, 9 do
      if i == 4 or i == 5 then
        it.db:prepare("INSERT INTO flag(message, reporter, at, type) VALUES (?, 1, ?, 'SPAM')"):run(i, NOW + i)
      end
      job.perform(it.db, "flags", NOW + i)
    end
    local runs = {}
    for i, at, success in it.db:prepare("SELECT at - ?, success FROM job_run ORDER BY id"):rows(NOW) do
      runs[i] = { at, success }
    end
    assert.same({ { 3, 0 }, { 4, 1 }, { 5, 1 }, { 9, 0 } }, runs)
  end)
end)
