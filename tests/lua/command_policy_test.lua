-- The modes of policies, the pause and its end.
local new_chat = dofile(debug.getinfo(1, "S").source:match "^@(.*/)" .. "chat.lua")

describe("!policy", function()
  local chat
  before_each(function()
    chat = new_chat()
    chat.policy "ladder"
    chat.policy "spam"
  end)

  -- What each policy may do, as the view tells it.
  local function modes()
    return chat.value "SELECT group_concat(policy || ' ' || mode, ', ') FROM policy_mode"
  end

  -- The same, as what decides asks it.
  local function decided()
    local mode = require("decorum.mode").reader(chat.db)
    local seq = chat.value "SELECT max(seq) FROM log_entry" or 0
    return ("ladder@1 %s, spam@1 %s"):format(mode("ladder", "ladder@1", seq), mode("spam", "spam@1", seq))
  end

  local function both(ladder, spam)
    local expected = ("ladder@1 %s, spam@1 %s"):format(ladder, spam)
    assert.equal(expected, modes())
    assert.equal(expected, decided())
  end

  local function brake(policy)
    chat.db:prepare("INSERT INTO mode_change(policy, at, mode, cause, reason) VALUES (?, ?, 'observe', 'brake', 'it sanctioned 4 of 9')")
      :run(policy, chat.now)
  end

  it("shows each policy's mode and why", function()
    assert.equal("What each policy may do, and why:\nladder@1: observes (a new community observes)\n"
      .. "spam@1: observes (a new community observes)", (chat.say("sue", "!policy")))
    brake "spam@1"
    assert.truthy(chat.say("sue", "!policy"):find("spam@1: observes (the brake: it sanctioned 4 of 9)", 1, true))
  end)

  it("says whether all, one or one version may act, by whom and why", function()
    assert.equal("From now on the whole community: enforce.\nladder@1: enforces (set for the community by sue: proved itself)\n"
      .. "spam@1: enforces (set for the community by sue: proved itself)", (chat.say("sue", "!policy enforce proved itself")))
    assert.truthy(chat.say("sue", "!policy OBSERVE ladder"):find "^From now on ladder: observe, and sanction nobody%.")
    both("observe", "enforce")
    chat.say("sue", "!policy enforce ladder@1 good")
    both("enforce", "enforce")
    assert.equal("ladder@1 enforce sue good", chat.value
      "SELECT policy || ' ' || mode || ' ' || moderator || ' ' || reason FROM mode_change ORDER BY seq DESC")
  end)

  it("takes no slip of the pen for all policies", function()
    assert.equal("There is no policy 'lader', did you mean 'ladder'?", (chat.say("sue", "!policy enforce lader")))
    assert.equal("There is no policy 'ladder@9', did you mean 'ladder'?", (chat.say("sue", "!policy enforce ladder@9")))
    assert.equal("There is no policy 'x@1'.", (chat.say("sue", "!policy enforce x@1")))
    assert.truthy(chat.say("sue", "!policy enfroce"):find "^Say enforce or observe: !policy")
    assert.equal("!policy is for the rank of senior; yours is moderator.", (chat.say("mod", "!policy enforce")))
    assert.equal(0, chat.value "SELECT count(*) FROM mode_change")
  end)

  it("is stopped at once by any moderator, and goes on as before", function()
    chat.say("sue", "!policy enforce")
    assert.equal("Paused: no policy sanctions anybody until !resume. What people do goes on.", (chat.say("mod", "!pause it errs")))
    both("observe", "observe")
    assert.equal("It is paused already, since 13:32 UTC by mod.", (chat.say("kim", "!pause")))
    assert.truthy(chat.say("sue", "!policy"):find "^Paused since 13:32 UTC by mod; !resume ends it.\n")
    assert.equal("!resume is for the rank of senior; yours is moderator.", (chat.say("mod", "!resume")))
    assert.equal("The pause is over; it is as it was before:\nladder@1: enforces (set for the community by sue: resumed: mended)\n"
      .. "spam@1: enforces (set for the community by sue: resumed: mended)", (chat.say("sue", "!resume mended")))
    both("enforce", "enforce")
    assert.truthy(chat.say("sue", "!resume"):find "^Nothing is paused%.")
    assert.is_false(chat.say("ann", "!pause"))
  end)

  it("that observed before observes after", function()
    chat.say("mod", "!pause")
    chat.say("sue", "!resume")
    both("observe", "observe")
    chat.say("sue", "!policy enforce ladder")
    both("enforce", "observe")
    chat.say("mod", "!pause")
    both("observe", "observe")
    chat.say("sue", "!resume")
    both("enforce", "observe")
  end)

  it("that the brake held is held after the pause, until a person says enforce", function()
    chat.say("sue", "!policy enforce")
    brake "spam@1"
    both("enforce", "observe")
    for _ = 1, 2 do
      chat.say("mod", "!pause")
      both("observe", "observe")
      assert.truthy(chat.say("sue", "!resume"):find("spam@1: observes (the brake: it sanctioned 4 of 9)", 1, true))
      both("enforce", "observe")
    end
    chat.say("sue", "!policy enforce")
    both("enforce", "enforce")
  end)

  it("that somebody switched by name, before or during the pause, stays so after it", function()
    chat.say("sue", "!policy observe spam")
    chat.say("sue", "!policy enforce")
    chat.say("sue", "!policy observe ladder@1")
    chat.say("sue", "!policy enforce ladder")
    both("enforce", "observe")
    chat.say("mod", "!pause")
    chat.say("sue", "!policy observe ladder wait")
    chat.say("sue", "!policy enforce spam now")
    both("observe", "enforce")
    chat.say("sue", "!resume")
    both("observe", "enforce")
  end)

  it("is paused no more once somebody says what the community does", function()
    chat.say("mod", "!pause")
    chat.say("sue", "!policy enforce")
    assert.truthy(chat.say("sue", "!resume"):find "^Nothing is paused%.")
    both("enforce", "enforce")
    chat.say("mod", "!pause")
    chat.db:exec "UPDATE setting SET value = 'enforce' WHERE name = 'mode'"
    assert.truthy(chat.say("sue", "!resume"):find "^Nothing is paused%.")
  end)
end)
