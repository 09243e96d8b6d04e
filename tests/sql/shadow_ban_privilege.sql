-- shadow_ban: who may do what to whom. The privilege table says it: a member's mask is 64 bits in an INTEGER, so that
-- USE, bit 63, is its sign. Here 1 is an admin (bit 17), 2 may shadow ban (bit 14), 3 has every bit but these two, 4 and all others that
-- have no row may only use the bot.
CREATE TABLE privilege(member INTEGER PRIMARY KEY, mask INTEGER);
INSERT INTO privilege VALUES (1, 131072), (2, 16384 | privilege_bit('USE')), (3, ~(16384 | 131072)), (4, NULL);
CREATE VIRTUAL TABLE shadow_ban USING shadow_ban;

-- Starting one. The database's owner, who gives no name, may:
INSERT INTO shadow_ban(member, reason, now) VALUES (10, 'owner', 0);
-- so may who has SHADOW_BAN_ADMIN, or GUILD_ADMIN, who has all bits;
INSERT INTO shadow_ban(member, reason, now, initiated_by) VALUES (11, 'by 2', 0, 2), (12, 'by 1', 0, 1);
-- nobody else: not with all the other bits, not with none, not without a row;
INSERT INTO shadow_ban(member, reason, now, initiated_by) VALUES (13, 'by 3', 0, 3);
INSERT INTO shadow_ban(member, reason, now, initiated_by) VALUES (13, 'by 4', 0, 4);
INSERT INTO shadow_ban(member, reason, now, initiated_by) VALUES (13, 'by 5', 0, 5);
INSERT INTO shadow_ban(member, reason, now, initiated_by) VALUES (13, 'by ann', 0, 'ann');
-- but anybody themselves.
INSERT INTO shadow_ban(member, reason, now, initiated_by) VALUES (4, 'by 4', 0, 4), (5, 'by 5', 0, 5.0), (' ann', 'by ann', 0, 'ann ');
-- The actor is checked in the same way as initiated_by: both must have the right.
INSERT INTO shadow_ban(member, reason, now, initiated_by, actor) VALUES (13, 'by 2, with the hand of 3', 0, 2, 3);
INSERT INTO shadow_ban(member, reason, now, initiated_by, actor) VALUES (13, 'by 3, with the hand of 2', 0, 3, 2);
INSERT INTO shadow_ban(member, reason, now, actor) VALUES (13, 'by 3, as the owner', 0, 3);
INSERT INTO shadow_ban(member, reason, now, initiated_by, actor) VALUES (13, 'by 1, with the hand of 2', 0, 1, 2);
INSERT INTO shadow_ban(member, reason, now, initiated_by, actor) VALUES (14, 'by 14, with the hand of 2', 0, 14, 2);
INSERT INTO shadow_ban(member, reason, now, actor) VALUES (15, 'by nobody, with the hand of 2', 0, 2);
-- Nobody bans an admin: not the owner, not another admin, not the admin themselves.
INSERT INTO shadow_ban(member, reason, now) VALUES (1, 'by the owner', 0);
INSERT INTO shadow_ban(member, reason, now, initiated_by) VALUES (1, 'by 2', 0, 2);
INSERT INTO shadow_ban(member, reason, now, initiated_by) VALUES (1, 'by 1', 0, 1);
-- '1' is somebody else, whose access a table of INTEGERs cannot keep; that of 1 is safe.
INSERT INTO shadow_ban(member, reason, now, initiated_by, stage) VALUES ('1', 'by 1', 0, '1', 5);
UPDATE shadow_ban SET revoked = 1 WHERE member = '1' AND now = 0;
SELECT mask FROM privilege WHERE member = 1;
DELETE FROM shadow_ban WHERE member = '1';
-- Who has SHADOW_BAN_ADMIN alone is no admin in that sense.
INSERT INTO shadow_ban(member, reason, now) VALUES (2, 'by the owner', 0);
SELECT member, initiated_by, (SELECT actor FROM shadow_ban_audit WHERE ban = shadow_ban.rowid) AS actor, reason FROM shadow_ban(0);
-- What could be no member.
INSERT INTO shadow_ban(member, reason, now, initiated_by) VALUES (13, 'x', 0, 2.5);
INSERT INTO shadow_ban(member, reason, now, initiated_by) VALUES (13, 'x', 0, x'32');
INSERT INTO shadow_ban(member, reason, now, actor) VALUES (13, 'x', 0, 1e300);
-- A name left blank is not the owner's, who may do all.
INSERT INTO shadow_ban(member, reason, now, initiated_by) VALUES (7, 'x', 0, ' ');
INSERT INTO shadow_ban(member, reason, now, actor) VALUES (7, 'x', 0, '');
UPDATE shadow_ban SET lifted = 1, actor = char(9) WHERE member = 13 AND now = 0;
SELECT count(*) FROM shadow_ban WHERE member = 13;

-- Changing and lifting one: the owner and who has the right; nobody else, also if the ban is about themselves and by themselves.
UPDATE shadow_ban SET stage = 2, actor = 3 WHERE member = 10 AND now = 0;
UPDATE shadow_ban SET lifted = 1, actor = 10 WHERE member = 10 AND now = 0;
UPDATE shadow_ban SET lifted = 1, actor = 4 WHERE member = 5 AND now = 0;
UPDATE shadow_ban SET lifted = 1, actor = 14 WHERE member = 15 AND now = 0;
UPDATE shadow_ban SET lifted = 1, actor = x'00' WHERE member = 15 AND now = 0;
UPDATE shadow_ban SET lifted = 1, actor = 14 WHERE member = 14 AND now = 0;
UPDATE shadow_ban SET stage = 2, actor = 4 WHERE member = 4 AND now = 0;
UPDATE shadow_ban SET stage = 3, actor = 2 WHERE member = 4 AND now = 0;
UPDATE shadow_ban SET stage = 4, actor = 1 WHERE member = 4 AND now = 0;
UPDATE shadow_ban SET stage = 5 WHERE member = 4 AND now = 0;
UPDATE shadow_ban SET lifted = 1, actor = 4 WHERE member = 4 AND now = 0;
SELECT member, actor, action, before, after FROM shadow_ban_audit WHERE member IN (4, 14);
-- 2, who is banned, may still do it, also about that own ban that somebody else started.
UPDATE shadow_ban SET lifted = 1, actor = 2 WHERE member = 2 AND now = 0;

-- OR REPLACE lifts, so it needs the right to: members may not end a ban by another of their own.
INSERT INTO shadow_ban(member, reason, now, initiated_by) VALUES (20, 'by 2', 0, 2), (21, 'by 21', 0, 21);
INSERT OR REPLACE INTO shadow_ban(member, reason, now, initiated_by) VALUES (20, 'by 20', 5, 20);
INSERT OR REPLACE INTO shadow_ban(member, reason, now, actor) VALUES (20, 'by 20', 5, 20);
INSERT OR REPLACE INTO shadow_ban(member, reason, now, initiated_by, actor) VALUES (20, 'by 20', 5, 2, 20);
INSERT OR REPLACE INTO shadow_ban(member, reason, now, initiated_by) VALUES (21, 'by 21', 5, 21);
SELECT member, started_at, reason FROM shadow_ban(5) WHERE member IN (20, 21) ORDER BY member;
INSERT OR REPLACE INTO shadow_ban(member, reason, now, initiated_by) VALUES (20, 'by 1', 6, 1), (21, 'by 2', 6, 2);
INSERT OR REPLACE INTO shadow_ban(member, reason, now) VALUES (20, 'by the owner', 7);
SELECT member, started_at, reason FROM shadow_ban(7) WHERE member IN (20, 21) ORDER BY member;

-- A name is that name alone: '007', '+2' or '2.0' is nobody's number, though a column of integers would take it for one.
INSERT INTO shadow_ban(member, reason, now, initiated_by) VALUES (30, 'by +2', 0, '+2');
INSERT INTO shadow_ban(member, reason, now, initiated_by) VALUES (30, 'by 02', 0, '02');
INSERT INTO shadow_ban(member, reason, now, initiated_by) VALUES (30, 'by 2.0', 0, '2.0');
INSERT INTO shadow_ban(member, reason, now) VALUES ('01', 'is not 1, the admin', 0);
SELECT member, reason FROM shadow_ban WHERE member = '01';

-- The table may keep its members as it likes: without types, 7 and '7' are two. NULL is a mask that says nothing.
CREATE TABLE untyped(member, mask);
INSERT INTO untyped VALUES (1, '131072'), (2.0, '16384'), (3, 16384.0), ('ann', '18446744073709551615'),
  ('bob', '9223372036854775808'), ('9223372036854775809', 16384), (4, 'all'), (5, x'00'), (6, 1.5), (7, 1e300), (8, 0), (8.0, 0), (9, '-1'),
  ('10 ', 16384), (11, NULL);
CREATE VIRTUAL TABLE ban USING shadow_ban(privilege = untyped);
INSERT INTO ban(member, reason, now) VALUES (1, 'an admin', 0);
INSERT INTO ban(member, reason, now, initiated_by) VALUES (20, 'by 2', 0, 2), (21, 'by 3', 0, 3), (22, 'by ann', 0, 'ann'), (23, 'by 9', 0, 9);
-- All bits include those of an admin,
INSERT INTO ban(member, reason, now) VALUES ('ann', 'an admin', 0);
-- and 2^63 is bit 63, USE, alone.
INSERT INTO ban(member, reason, now, initiated_by) VALUES (24, 'by bob', 0, 'bob');
-- Numbers beyond 64 bits stay names, to the last digit.
INSERT INTO ban(member, reason, now, initiated_by) VALUES (25, 'by 2^63 + 1', 0, '9223372036854775809');
INSERT INTO ban(member, reason, now, initiated_by) VALUES (26, 'by 2^63', 0, '9223372036854775808');
-- What is no mask gives no rights, and is no reason to ban either: it is refused.
INSERT INTO ban(member, reason, now, initiated_by) VALUES (26, 'by 4', 0, 4);
INSERT INTO ban(member, reason, now) VALUES (5, 'a BLOB', 0);
INSERT INTO ban(member, reason, now) VALUES (6, 'one bit and a half', 0);
INSERT INTO ban(member, reason, now) VALUES (7, 'too much', 0);
-- Whose row is there twice, or is nobody's ('10 ' is not 10).
INSERT INTO ban(member, reason, now) VALUES (8, 'twice', 0);
INSERT INTO ban(member, reason, now, initiated_by) VALUES (26, 'by 10', 0, 10);
INSERT INTO ban(member, reason, now, initiated_by) VALUES (26, 'by 11', 0, 11);
SELECT member, reason FROM ban(0);
-- Access is taken from the row that there is, whatever its types.
INSERT INTO ban(member, reason, now) VALUES ('bob', 'x', 0), (3, 'x', 0);
UPDATE untyped SET mask = '9223372036854792192' WHERE member = 3;
UPDATE ban SET stage = 5, revoked = 1 WHERE now = 0 AND member IN ('bob', 3);
SELECT quote(member), quote(mask) FROM untyped WHERE member IN ('bob', 3) ORDER BY member;

-- A table in which upper and lower case are the same.
CREATE TABLE folded(member TEXT COLLATE NOCASE PRIMARY KEY, mask INTEGER) WITHOUT ROWID;
INSERT INTO folded VALUES ('Ann', 16384), ('7', 131072);
CREATE VIRTUAL TABLE folded_ban USING shadow_ban(privilege = 'folded');
INSERT INTO folded_ban(member, reason, now, initiated_by) VALUES (8, 'by ann', 0, 'ann');
INSERT INTO folded_ban(member, reason, now, initiated_by) VALUES (7, 'by ann', 0, 'ann');

-- A view may stand in for it. To be written to, it needs a trigger.
CREATE TABLE account(id INTEGER PRIMARY KEY, bits INTEGER);
INSERT INTO account VALUES (7, privilege_bit('USE') | 32);
CREATE VIEW may AS SELECT id AS member, bits AS mask FROM account;
CREATE VIRTUAL TABLE view_ban USING shadow_ban(privilege = may);
INSERT INTO view_ban(member, reason, now) VALUES (7, 'x', 0);
UPDATE view_ban SET stage = 5, revoked = 1 WHERE member = 7 AND now = 0;
CREATE TRIGGER may_update INSTEAD OF UPDATE ON may BEGIN UPDATE account SET bits = new.mask WHERE id = new.member; END;
UPDATE view_ban SET stage = 5, revoked = 1 WHERE member = 7 AND now = 0;
SELECT bits, revoked FROM account, view_ban(0);
UPDATE view_ban SET lifted = 1 WHERE member = 7 AND now = 0;
SELECT privilege_names(bits) FROM account;

-- Without it there is no table; where it goes later, nothing can be begun and everything be read.
CREATE VIRTUAL TABLE none USING shadow_ban(privilege = nothing);
CREATE VIRTUAL TABLE none USING shadow_ban(privilege = account);
DROP TABLE untyped;
INSERT INTO ban(member, reason, now) VALUES (40, 'x', 0);
UPDATE ban SET stage = 2, actor = 2 WHERE member = 20 AND now = 0;
UPDATE ban SET stage = 2 WHERE member = 20 AND now = 0;
SELECT member, stage FROM ban WHERE member = 20 AND now = 0;
UPDATE ban SET lifted = 1 WHERE member = 20 AND now = 0;
UPDATE ban SET lifted = 1 WHERE member = 'bob' AND now = 0;
SELECT group_concat(member) FROM ban;
