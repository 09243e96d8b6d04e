-- shadow_ban: progress, stage and phase. Nothing is written while time passes: progress is what it was at the last change
-- and the time since then, as a part of the duration. 16 days are 1382400 seconds here, so that quarters are exact.
CREATE TABLE privilege(member INTEGER PRIMARY KEY, mask INTEGER NOT NULL);
CREATE VIRTUAL TABLE shadow_ban USING shadow_ban;
INSERT INTO shadow_ban(member, duration_days, reason, now) VALUES (7, 16, 'x', 0);

-- The bounds: at k quarters of the duration, and by the least double before that.
CREATE TABLE moment(nr INTEGER PRIMARY KEY, at REAL);
INSERT INTO moment(at) VALUES (0), (5e-324), (345600 - 5.820766091346741e-11), (345600), (691200 - 1.1641532182693481e-10), (691200),
  (1036800 - 1.1641532182693481e-10), (1036800), (1382400 - 2.3283064365386963e-10), (1382400), (1e12), (1.7976931348623157e308);
SELECT nr, progress IN (0, 0.25, 0.5, 0.75, 1) AS exact, round(stage, 6), stage >= round(stage, 6) AS reached, phase
  FROM moment CROSS JOIN shadow_ban WHERE now = at ORDER BY nr;
-- Half way between them.
SELECT progress, stage, phase FROM shadow_ban(172800) UNION ALL SELECT progress, stage, phase FROM shadow_ban(518400)
  UNION ALL SELECT progress, stage, phase FROM shadow_ban(864000) UNION ALL SELECT progress, stage, phase FROM shadow_ban(1209600);
-- Before it started.
SELECT progress, stage, phase FROM shadow_ban(-1) UNION ALL SELECT progress, stage, phase FROM shadow_ban(-1.7976931348623157e308);

-- A jump by SET stage: the curve runs on from there. A quarter at 172800, so half at 172800 + 345600.
UPDATE shadow_ban SET stage = 2 WHERE member = 7 AND now = 172800;
SELECT now, progress, stage, phase FROM shadow_ban WHERE member = 7 AND now IN (172800, 345600, 518400, 1209600) ORDER BY now;
-- A clock that goes back falls to that quarter, never below.
SELECT now, progress, stage, phase FROM shadow_ban WHERE member = 7 AND now IN (172799, 0, -1e9) ORDER BY now;
-- A change while the clock is back: it counts from there, and lowers nothing.
UPDATE shadow_ban SET duration_days = 8 WHERE member = 7 AND now = 0;
SELECT now, progress, duration_days FROM shadow_ban WHERE member = 7 AND now IN (0, 172800, 518400, 604800) ORDER BY now;
-- The ends.
UPDATE shadow_ban SET stage = 1 WHERE member = 7 AND now = 604800;
SELECT now, progress, phase FROM shadow_ban WHERE member = 7 AND now IN (604800, 777600, 1296000) ORDER BY now;
UPDATE shadow_ban SET stage = 5.0 WHERE member = 7 AND now = 604800;
SELECT now, progress, phase FROM shadow_ban WHERE member = 7 AND now IN (0, 604800) ORDER BY now;
UPDATE shadow_ban SET stage = 0.999 WHERE member = 7;
UPDATE shadow_ban SET stage = 5.001 WHERE member = 7;
UPDATE shadow_ban SET stage = '4' WHERE member = 7 AND now = 604800;
UPDATE shadow_ban SET stage = NULL WHERE member = 7;
UPDATE shadow_ban SET stage = 'blackout' WHERE member = 7;
UPDATE shadow_ban SET stage = x'34' WHERE member = 7;
UPDATE shadow_ban SET stage = 9e999 WHERE member = 7;
SELECT stage FROM shadow_ban WHERE member = 7 AND now = 604800;

-- Another duration: the progress that there is stays, and the rest takes its part of the new one. Half of 2 days is 1 day.
INSERT INTO shadow_ban(member, duration_days, reason, now) VALUES (8, 2, 'x', 0);
UPDATE shadow_ban SET duration_days = 32 WHERE member = 8 AND now = 86400;
SELECT now, round(progress, 9), phase FROM shadow_ban WHERE member = 8 AND now IN (86400, 777600, 1468800, 1468799) ORDER BY now;
-- More than 365 days is 365, in both; 182.5 days are half of it.
INSERT INTO shadow_ban(member, duration_days, reason, now) VALUES (9, 366, 'x', 0), (10, 365, 'x', 0), (11, 1e300, 'x', 0), (12, 1e-300, 'x', 0);
UPDATE shadow_ban SET duration_days = 9e15 WHERE member = 8 AND now = 777600;
SELECT member, duration_days, progress FROM shadow_ban(15768000) WHERE member IN (9, 10, 11) ORDER BY member;
SELECT duration_days, progress FROM shadow_ban WHERE member = 8 AND now IN (777600) ORDER BY now;
-- The least duration ends at once; 15 days are what is not said.
SELECT progress FROM shadow_ban WHERE member = 12 AND now IN (0, 1) ORDER BY now;
INSERT INTO shadow_ban(member, reason, now) VALUES (13, 'x', 0);
INSERT INTO shadow_ban(member, reason, now, duration_days) VALUES (14, 'x', 0, NULL), (15, 'x', 0, '15'), (16, 'x', 0, 15);
SELECT member, duration_days, typeof(duration_days) FROM shadow_ban(0) WHERE member > 12;

-- It may have started before it is written down, or start later, and at a stage.
INSERT INTO shadow_ban(member, reason, now, duration_days, started_at) VALUES (20, 'x', 1000000, 16, 1000000 - 345600), (21, 'x', 1000000, 16, 1000100);
INSERT INTO shadow_ban(member, reason, now, duration_days, stage) VALUES (22, 'x', 1000000, 16, 3), (23, 'x', 1000000, 16, 5);
INSERT INTO shadow_ban(member, reason, now, duration_days, started_at, stage) VALUES (24, 'x', 1000000, 16, 1000000 - 345600, '3');
SELECT member, started_at, progress, phase FROM shadow_ban(1000000) WHERE member BETWEEN 20 AND 24;
SELECT progress FROM shadow_ban WHERE member = 21 AND now = 1000100 + 345600;
-- The audit tells the stage as of then.
SELECT member, at, after FROM shadow_ban_audit WHERE member BETWEEN 20 AND 24;
INSERT INTO shadow_ban(member, reason, stage) VALUES (25, 'x', 0.5);
INSERT INTO shadow_ban(member, reason, started_at) VALUES (25, 'x', 'yesterday');
INSERT INTO shadow_ban(member, reason, started_at) VALUES (25, 'x', 9e999);
INSERT INTO shadow_ban(member, reason, now) VALUES (25, 'x', 'now');
INSERT INTO shadow_ban(member, reason, now) VALUES (25, 'x', x'30');

-- Without a clock it is the current time, which goes on.
INSERT INTO shadow_ban(member, reason) VALUES (30, 'x');
SELECT abs(started_at - unixepoch()) < 60, progress < 0.001, abs(now - unixepoch()) < 60 FROM shadow_ban WHERE member = 30;
SELECT abs(at - unixepoch()) < 60 FROM shadow_ban_audit WHERE member = 30;
UPDATE shadow_ban SET stage = 3 WHERE member = 30;
SELECT stage BETWEEN 3 AND 3.001 FROM shadow_ban WHERE member = 30;
