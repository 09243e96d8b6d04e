-- Regular expressions: re.find, re.match, re.gmatch and re.gsub for policies, REGEXP in SQL. They are PCRE2's.

CREATE VIRTUAL TABLE policy USING policy_store;
-- Lines of Lua in a policy: the results of each, as the reason of a decision, or its error.
CREATE TABLE line(number INTEGER PRIMARY KEY, text);
INSERT INTO policy(source, active) VALUES ('
local lines = {
  -- Positions are those of bytes, as in string.find; a first place may be given.
  function() return re.find("pay 30 now", [[\d+]]) end,
  function() return re.find("pay 30 now", [[(\d)(\d)]]) end,
  function() return re.find("naïve", "ve") end,
  function() return re.find("aXbX", "X", 3) end,
  function() return re.find("aXbX", "X", -1) end,
  function() return re.find("aXbX", "X", -100) end,
  function() return re.find("abc", "", 4) end,
  function() return re.find("abc", "", 5) end,
  function() return re.find("abc", "x") end,
  -- match gives the groups, or the whole; a group that took no part is false.
  function() return re.match("a-17", [[^(\w)-(\d+)$]]) end,
  function() return re.match("a-17", [[\d+]]) end,
  function() return re.match("b", "(a)|(b)") end,
  function() return re.match("b", "(a)|b") end,
  -- Letters, digits and case are those of Unicode.
  function() return re.match("ÉTÉ", "(?i)^été$") end,
  function() return re.match("Ünïcode 7", [[^\w+]]) end,
  function() return re.match("über", [[^.]]) end,
  -- Bytes that are no UTF-8 match nothing, and the text around them is searched.
  function() return re.find("\xff\xfeabc\xff", "[^x]+") end,
  function() return re.find("a\0b", "b") end,
  -- gmatch goes from match to match; one that is empty is none right behind another.
  function() local t = {} for word in re.gmatch("one two, three", [[\w+]]) do t[#t + 1] = word end return table.concat(t, "|") end,
  function() local t = {} for k, v in re.gmatch("a=1, b=2", [[(\w)=(\w)]]) do t[#t + 1] = k .. v end return table.concat(t, "|") end,
  function() local t = {} for word in re.gmatch("abc de", [[\w*]]) do t[#t + 1] = "<" .. word .. ">" end return table.concat(t) end,
  function() local t = {} for word in re.gmatch("one two", [[\w+]], 2) do t[#t + 1] = word end return table.concat(t, "|") end,
  function() local n = 0 for _ in re.gmatch("éé", "") do n = n + 1 end return n end,
  -- gsub: with a text, a table or a function; the most replacements may be given.
  function() return re.gsub("one two", [[(\w)\w*]], "%1.") end,
  function() return re.gsub("one two", [[\w+]], "<%0> %%") end,
  function() return re.gsub("one two", [[\w+]], "<%1>") end,
  function() return re.gsub("one two", [[\w+]], "x", 1) end,
  function() return re.gsub("one two", [[\w+]], "x", 0) end,
  function() return re.gsub("one two", [[\w+]], { one = 1, two = false }) end,
  function() return re.gsub("one two", [[(\w)(\w+)]], function(a, b) return b .. a end) end,
  function() return re.gsub("one two", [[\w+]], function(word) if word == "two" then return "2" end end) end,
  function() return re.gsub("abc", [[\w*]], "x") end,
  function() return re.gsub("abc", "", "-") end,
  function() return re.gsub("ab", "(x)?", "[%1]") end,
  function() return re.gsub("aéb", "", "-") end,
  function() return re.gsub("one", "(?<=n)", "!") end,
  -- What is wrong.
  function() return re.find("a", "(") end,
  function() return re.find("a", "a", "b") end,
  function() return re.find({}, "a") end,
  function() return re.match("a") end,
  function() return re.gsub("a", "a") end,
  function() return re.gsub("a", "a", "%2") end,
  function() return re.gsub("a", "a", "%") end,
  function() return re.gsub("a", "a", function() return {} end) end,
  function() return re.find("a", [[\C]]) end,
  function() return re.find("", ("a"):rep(4097)) end,
  function() return re.find("", ("(a)"):rep(33)) end,
  function() return re.find(("a"):rep(30) .. "b", "^(a|a)*$") end,
  function() re.find = nil end,
}
return policy { id = "lines", needs = { "number" }, decide = function(f)
    local results = table.pack(lines[f.number]())
    for i = 1, results.n do results[i] = tostring(results[i]) end
    return { action = "none", reason = table.concat(results, " ") }
  end, tests = { { "the first", { number = 1 }, { reason = "5 6" } } } }', 1);
INSERT INTO line(number) SELECT value FROM generate_series(1, 49);
CREATE VIRTUAL TABLE result USING lua_policy(policy = lines, facts = line);
SELECT number, coalesce(reason, error) FROM result;

-- In SQL.
SELECT 'pay 30 now' REGEXP '\d+', 'pay' REGEXP '\d', regexp('^\w+$', 'Ünïcode'), 'a' NOT REGEXP 'b';
SELECT NULL REGEXP 'a', 'a' REGEXP NULL;
SELECT 12 REGEXP '^1', 1.5 REGEXP '\.', 'a' REGEXP 1;
SELECT 'aa' REGEXP '(a)\1', 'foobar' REGEXP 'foo(?=bar)', 'É' REGEXP '(?i)é', 'é' REGEXP '^.$';
SELECT CAST(x'ff61' AS TEXT) REGEXP '^a', CAST(x'ff61' AS TEXT) REGEXP 'a', 'a' || char(0) || 'b' REGEXP 'b';
SELECT count(*) FROM decorum_action WHERE name REGEXP '^(mute|ban)$';
-- A pattern of each row's own.
SELECT column1, column2, column1 REGEXP column2 FROM (VALUES ('a', 'a'), ('a', 'b'), ('b', 'b|c'));
SELECT x'61' REGEXP 'a';
SELECT 'a' REGEXP x'61';
SELECT 'a' REGEXP '(';
SELECT 'a' REGEXP '\C';
SELECT '' REGEXP printf('%.*c', 4097, 'a');
SELECT '' REGEXP replace(printf('%.33c', 'x'), 'x', '(a)');
SELECT printf('%.30c', 'a') || 'b' REGEXP '^(a|a)*$';
SELECT printf('%.*c', 300000, 'ab') REGEXP '^(?:(a)|(b))*$';
SELECT '' REGEXP '(?i)' || replace(printf('%.100c', 'x'), 'x', '[\x{80}-\x{10ffff}]');
-- It is a pure function.
CREATE TABLE word(text CHECK (text REGEXP '^\w+$'));
CREATE INDEX digits ON word(text) WHERE text REGEXP '\d';
INSERT INTO word VALUES ('ok');
INSERT INTO word VALUES ('not ok');
