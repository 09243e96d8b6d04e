--- When the jobs of sql/jobs/ run while a bot does: a minute's work each minute, a day's each day. What was missed while it was
-- down is caught up, since each job knows from its last run what is due; cron can run them instead. Where the clock was set back, or
-- was wrong when a job ran last, the job does not wait for a time that is far: it runs.

local community = require "decorum.community"
local job = require "decorum.job"

local schedule = {}

local MINUTE, DAY = 60, 86400

-- Seconds between two runs; a job that is not here, such as one that somebody added, runs each day.
local every = { tick = MINUTE, flags = 5 * MINUTE }

---@param db any
---@param log Logger
---@return fun(now: number) runs what is due
function schedule.new(db, log)
  local last_run = db:prepare "SELECT at FROM job_run WHERE job = ? ORDER BY id DESC LIMIT 1"
  local due_at = {}
  local names = community.names "sql/jobs"
  for _, name in ipairs(names) do
    local last = last_run:row(name)
    due_at[name] = last and last + (every[name] or DAY) or -math.huge
  end
  return function(now)
    for _, name in ipairs(names) do
      local at = due_at[name]
      if now >= at or at - now > (every[name] or DAY) then
        local done, result = pcall(job.perform, db, name, now)
        if done then
          due_at[name] = now + (every[name] or DAY)
          if result.failed > 0 then
            log.warn("a job could not do everything", { job = name, failed = result.failed, errors = result.errors })
          end
        else
          due_at[name] = now + MINUTE
          log.warn("a job did not run", { job = name, why = result })
        end
      end
    end
  end
end

return schedule
