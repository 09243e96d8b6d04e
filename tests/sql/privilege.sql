-- privilege_bit(name), has_privilege(mask, name) and privilege_names(mask): what a member may do, as 64 bits.

SELECT column1, privilege_bit(column1), privilege_names(privilege_bit(column1))
  FROM (VALUES ('ALTER_PRIVILEGES'), ('BYPASS_RATELIMIT'), ('SHADOW_BAN_ADMIN'), ('GUILD_ADMIN'), ('CHANNEL_ADMIN'), ('USE'));
SELECT 'any letter case', privilege_bit('guild_admin'), has_privilege(16384, 'Shadow_Ban_Admin');

-- A table of who may do what. Who has no row may use the bot, and no more.
CREATE TABLE member(id INTEGER PRIMARY KEY, name);
INSERT INTO member VALUES (1, 'ada'), (2, 'bob'), (3, 'cyd'), (4, 'dan');
CREATE TABLE privilege(member INTEGER PRIMARY KEY, mask INTEGER NOT NULL CHECK (typeof(mask) = 'integer'));
INSERT INTO privilege VALUES (1, privilege_bit('GUILD_ADMIN')), (2, privilege_bit('USE') | privilege_bit('SHADOW_BAN_ADMIN')),
  (3, 0);
CREATE VIEW may AS SELECT name, mask, has_privilege(mask, 'USE') AS uses, has_privilege(mask, 'SHADOW_BAN_ADMIN') AS bans,
  privilege_names(mask) AS names FROM member LEFT JOIN privilege ON privilege.member = member.id ORDER BY id;
SELECT * FROM may;
-- Taken and given back: & bit <> 0 tells, > 0 would not.
UPDATE privilege SET mask = mask & ~privilege_bit('USE') WHERE member = 2;
SELECT * FROM may WHERE name = 'bob';
UPDATE privilege SET mask = mask | privilege_bit('USE') WHERE member = 2;
SELECT mask & privilege_bit('USE') <> 0, mask & privilege_bit('USE') > 0 FROM privilege WHERE member = 2;
-- They may be in an index, being pure.
CREATE INDEX privilege_admin ON privilege(member) WHERE has_privilege(mask, 'GUILD_ADMIN') = 1;
SELECT member FROM privilege INDEXED BY privilege_admin WHERE has_privilege(mask, 'GUILD_ADMIN') = 1;

-- Text is unsigned or signed. A column of integers makes a REAL of what is above 2^63, which the CHECK refuses.
SELECT 'text', privilege_names('9223372036854775808'), privilege_names('-9223372036854775808'),
       privilege_names('18446744073709551615') = privilege_names(-1), has_privilege('16384', 'SHADOW_BAN_ADMIN');
INSERT INTO privilege VALUES (4, '9223372036854792192');
INSERT INTO privilege VALUES (4, '-9223372036854759424');
SELECT * FROM may WHERE name = 'dan';
-- Only these functions read text so: SQLite's own & sees 2^63 - 1.
SELECT 'arithmetic', '18446744073709551615' & privilege_bit('USE');

-- An admin has all; a bit without a name has a number.
SELECT 'admin', privilege_names(privilege_bit('GUILD_ADMIN') | 2);
SELECT 'numbers', privilege_names(32 | (1 << 62)), quote(privilege_names(0)), quote(privilege_names(NULL));
SELECT 'NULL', privilege_bit(NULL), has_privilege(1, NULL), has_privilege(NULL, 'USE'), has_privilege(NULL, 'GUILD_ADMIN');

SELECT privilege_bit('ADMIN');
SELECT privilege_bit(63);
SELECT has_privilege(0, 'USE' || char(0));
SELECT has_privilege('18446744073709551616', 'USE');
SELECT has_privilege('-9223372036854775809', 'USE');
SELECT has_privilege(json_extract('[18446744073709551615]', '$[0]'), 'USE');
SELECT has_privilege(1.5, 'USE');
SELECT has_privilege(x'00', 'USE');
SELECT privilege_names('0x1');
SELECT privilege_names('');
SELECT privilege_names(' 7');

-- In a policy: a mask arrives as the 64 bits that it is, and comes back so.
CREATE VIRTUAL TABLE policy USING policy_store;
INSERT INTO policy(source, active) VALUES ('return policy {
  id = "bits",
  needs = { "mask" },
  decide = function(f)
    local may_use = f.mask & (1 << 63) ~= 0
    return { action = may_use and "note" or "none", points = f.mask, severity = math.type(f.mask),
      reason = ("%d, without use %d"):format(f.mask, f.mask & ~(1 << 63)) }
  end,
  tests = { { "the sign is a bit", { mask = 1 << 63 }, { action = "note", reason = "-9223372036854775808, without use 0" } } },
}', 1);
CREATE VIRTUAL TABLE member_mask USING facts('SELECT mask FROM privilege WHERE member = :member');
CREATE VIRTUAL TABLE decided USING lua_policy(policy = 'bits', facts = member_mask);
SELECT action, severity, points, reason, mask FROM decided(2);
SELECT action, severity, points, reason FROM decided(3);
SELECT typeof(points), points = (SELECT mask FROM privilege WHERE member = 2), typeof(mask) FROM decided(2);
INSERT INTO policy(source, active) VALUES ('return policy {
  id = "signals",
  needs = { "mask" },
  signals = { { "may use", function(f) return f.mask & (1 << 63) ~= 0 and 1 or 0 end, "mask {mask:d}" } },
  ladder = { { at = 1, action = "flag" } },
  tests = { { "all bits", { mask = -1 }, { action = "flag", reason = "mask -1" } } },
}', 1);
CREATE VIRTUAL TABLE signalled USING lua_policy(policy = 'signals', facts = member_mask);
SELECT action, reason, json_extract(trace, '$.signals[0].words') FROM signalled(2);
SELECT action, reason FROM signalled(3);
