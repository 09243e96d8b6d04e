-- Identity terms in texts and sentences, and names that are nearly right.
local identity = require "decorum.identity"
local nearest = require "decorum.nearest"

local shipped = identity.shipped()

-- The names of the terms that are in a text.
local function found(text)
  local counter = identity.counter(shipped)
  counter:add(text, false, false)
  local names = {}
  for i, term in ipairs(shipped) do
    if counter.counts[i].texts == 1 then
      names[#names + 1] = term.term
    end
  end
  assert.equal(#names > 0 and 1 or 0, counter.any.texts)
  return table.concat(names, ", ")
end

describe("identity terms", function()
  it("are many, of each group, each in lower case and said once", function()
    local groups, seen = {}, {}
    for _, term in ipairs(shipped) do
      groups[term.group] = (groups[term.group] or 0) + 1
      for _, form in ipairs(term.forms) do
        assert.equal(form:lower(), form)
        assert.is_nil(seen[form], form)
        seen[form] = true
      end
    end
    assert.is_true(#shipped >= 50)
    for _, group in ipairs { "religion", "ethnicity", "nationality", "gender", "orientation", "disability", "age" } do
      assert.is_true(groups[group] >= 5, group)
    end
  end)
  it("are found as whole words, whatever their case", function()
    assert.equal("muslim, woman", found "MUSLIMS, and Women's rights!")
    assert.equal("", found "mankind, womanly, islamuslim, gayé")
    assert.equal("gay", found "gay")
    assert.equal("", found "")
  end)
  it("may be several words, with a space or a hyphen", function()
    assert.equal("african, african american, american", found "an African-American")
    assert.equal("black person", found "Two black\n people")
    assert.equal("", found "black box, blind spot, straight line, white space")
    assert.equal("non binary", found "non-binary")
  end)
  it("are counted once a text, with who is right", function()
    local counter = identity.counter(shipped)
    counter:add("gay, gay and gays", false, true)
    counter:add("gay", true, true)
    counter:add("gay woman", false, false)
    counter:add("nobody", false, true)
    assert.same({ texts = 3, negatives = 2, false_positives = 1 }, counter.any)
    for i, term in ipairs(shipped) do
      if term.term == "gay" then
        assert.same({ texts = 3, negatives = 2, false_positives = 1 }, counter.counts[i])
      elseif term.term == "woman" then
        assert.same({ texts = 1, negatives = 1, false_positives = 0 }, counter.counts[i])
      end
    end
  end)
  it("stand in neutral sentences", function()
    local sentences = identity.sentences(shipped[1])
    assert.is_true(#sentences >= 10)
    assert.equal("I am a muslim.", sentences[1])
    for _, term in ipairs(shipped) do
      for _, sentence in ipairs(identity.sentences(term)) do
        assert.matches("^%u[^{}]*[.?]$", sentence)
      end
    end
  end)
end)

it("a name that is nearly right is known", function()
  local names = { "id", "text", "toxicity", "Score" }
  assert.equal("text", nearest("txet", names))
  assert.equal("toxicity", nearest("toxcity", names))
  assert.equal("Score", nearest("score", names))
  assert.is_nil(nearest("label", names))
  assert.is_nil(nearest("", names))
  assert.is_nil(nearest(("x"):rep(100000), names))
end)
