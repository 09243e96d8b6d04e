--- What a shadow ban makes of the bot's answer to a member, by the community's mode.
--
--     local effect_of = shadow_ban.effects(db)
--     effect_of { member = 7, now = now, seed = secret .. message, model = "haiku" }    { kind = "answer", delay_s = 31.2 }
--
-- The mode is the setting shadow_ban_mode. off: nobody notices anything. covert: answers are slow, missing or a fake error, as
-- shadow_effect draws it from the seed. honest: answers are slow, and what would be missing or fake is a sentence that says
-- so; also in a covert community for members who are marked as minors or paying.
--
-- What a member asks for by right is never slowed, left out or faked, whatever the mode.

local script = require "decorum.script"

local shadow_ban = {}

-- Commands that are a member's right: to object, to report, and to what is known about them.
local rights = { appeal = true, flag = true, data = true }

-- What becomes of this answer.
local EFFECT = [[
  SELECT mode, banned OR blackout OR dropped, fake_503_text, delay_target_s, case_no
  FROM shadow_ban_status AS status, shadow_effect(progress, :model, :tool_calls, :overflow_s, :seed)
  WHERE status.member = :member AND status.now = :now AND mode <> 'off']]

-- What an honest community says in place of an answer.
local function notice(case_no)
  return ("Your use of this bot is limited%s. !appeal to object."):format(case_no and (" (case %d)"):format(case_no) or "")
end

---@class Reply
---@field member integer|string
---@field now number Unix seconds, when the member asked
---@field seed string of this message: the same seed has the same effect, however often it is computed
---@field model string? the model's name, or the seconds that it takes
---@field tool_calls integer? when known, and so
---@field overflow_s number? seconds that the model took beyond what was expected
---@field command string? the command that it answers: appeal, flag and data are a right

---@class ShadowEffect
---@field kind string answer: as it is; text: that instead; silence: nothing, not even that the bot types
---@field delay_s number seconds from the member's message to the answer, in all
---@field text string?

---@param db any
---@return fun(reply: Reply): ShadowEffect
function shadow_ban.effects(db)
  local find = db:prepare(EFFECT)
  return function(reply)
    local mode, is_silent, fake, delay_s, case_no
    if not rights[reply.command] then
      mode, is_silent, fake, delay_s, case_no = find:row(script.bindings(find, reply))
    end
    if not mode then
      return { kind = "answer", delay_s = 0.0 }
    elseif mode == "honest" and (is_silent == 1 or fake) then
      return { kind = "text", delay_s = 0.0, text = notice(case_no) }
    elseif is_silent == 1 then
      return { kind = "silence", delay_s = 0.0 }
    elseif fake then
      return { kind = "text", delay_s = delay_s, text = fake }
    end
    return { kind = "answer", delay_s = delay_s }
  end
end

return shadow_ban
