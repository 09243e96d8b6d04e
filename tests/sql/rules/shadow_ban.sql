-- The writable table shadow_ban: what hosts bind, the curve, each refusal.
-- plan 330

CREATE TABLE privilege(member, mask);
INSERT INTO privilege VALUES (1, 131072), (2, 16384 | privilege_bit('USE')), (3, privilege_bit('USE'));
CREATE VIRTUAL TABLE shadow_ban USING shadow_ban;

-- JavaScript binds every number as a REAL: members, times, days.
-- bind double 7, text floods, double 2, double 2, double 15, double 3, double 1700000000
INSERT INTO shadow_ban(member, reason, initiated_by, actor, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?, ?);
SELECT 'shadow_ban, a REAL member is the integer', member, 7 FROM shadow_ban(1700000000);
SELECT 'shadow_ban, a REAL initiated_by is the integer', initiated_by, 2 FROM shadow_ban(1700000000);
SELECT 'shadow_ban, a REAL actor is the integer', actor, 2 FROM shadow_ban_audit;
SELECT 'shadow_ban, three days after the start', lift_at, 1700259200.0 FROM shadow_ban(1700000000);
-- bind double 7, double 1700324000
SELECT 'shadow_ban, looked up by a REAL at a REAL', (SELECT stage FROM shadow_ban WHERE member = ? AND now = ?), 2.0;
-- bind double 7, int 1700324000
SELECT 'shadow_ban, looked up by a REAL at an INTEGER', (SELECT stage FROM shadow_ban WHERE member = ? AND now = ?), 2.0;
-- bind double 7, text 1700324000
SELECT 'shadow_ban, looked up by a REAL at a TEXT', (SELECT stage FROM shadow_ban WHERE member = ? AND now = ?), 2.0;
-- bind int 7, double 1700324000
SELECT 'shadow_ban, looked up by an INTEGER at a REAL', (SELECT stage FROM shadow_ban WHERE member = ? AND now = ?), 2.0;
-- bind int 7, int 1700324000
SELECT 'shadow_ban, looked up by an INTEGER at an INTEGER', (SELECT stage FROM shadow_ban WHERE member = ? AND now = ?), 2.0;
-- bind int 7, text 1700324000
SELECT 'shadow_ban, looked up by an INTEGER at a TEXT', (SELECT stage FROM shadow_ban WHERE member = ? AND now = ?), 2.0;
-- bind text 7, double 1700324000
SELECT 'shadow_ban, a TEXT is another member, at a REAL', (SELECT stage FROM shadow_ban WHERE member = ? AND now = ?), NULL;
-- bind text 7, int 1700324000
SELECT 'shadow_ban, a TEXT is another member, at an INTEGER', (SELECT stage FROM shadow_ban WHERE member = ? AND now = ?), NULL;
-- bind text 7, text 1700324000
SELECT 'shadow_ban, a TEXT is another member, at a TEXT', (SELECT stage FROM shadow_ban WHERE member = ? AND now = ?), NULL;
-- bind text  7 , double 1700324000
SELECT 'shadow_ban, a TEXT with spaces is another member, at a REAL', (SELECT stage FROM shadow_ban WHERE member = ? AND now = ?), NULL;
-- bind text  7 , int 1700324000
SELECT 'shadow_ban, a TEXT with spaces is another member, at an INTEGER', (SELECT stage FROM shadow_ban WHERE member = ? AND now = ?), NULL;
-- bind text  7 , text 1700324000
SELECT 'shadow_ban, a TEXT with spaces is another member, at a TEXT', (SELECT stage FROM shadow_ban WHERE member = ? AND now = ?), NULL;
-- bind double 7.5
SELECT 'shadow_ban, nobody is half a number', (SELECT count(*) FROM shadow_ban WHERE member = ?), 0;
-- bind text 07
SELECT 'shadow_ban, nobody is a number with a zero', (SELECT count(*) FROM shadow_ban WHERE member = ?), 0;
-- bind text 7.0
SELECT 'shadow_ban, nobody is a number with a point', (SELECT count(*) FROM shadow_ban WHERE member = ?), 0;
-- bind text 7\0
SELECT 'shadow_ban, nobody is a number and a zero byte', (SELECT count(*) FROM shadow_ban WHERE member = ?), 0;
-- bind blob 37
SELECT 'shadow_ban, nobody is a BLOB', (SELECT count(*) FROM shadow_ban WHERE member = ?), 0;
-- bind null
SELECT 'shadow_ban, nobody is NULL', (SELECT count(*) FROM shadow_ban WHERE member = ?), 0;
-- bind text 
SELECT 'shadow_ban, nobody is nothing', (SELECT count(*) FROM shadow_ban WHERE member = ?), 0;
-- bind double Infinity
SELECT 'shadow_ban, nobody is an infinity', (SELECT count(*) FROM shadow_ban WHERE member = ?), 0;
-- bind double 9007199254740994
SELECT 'shadow_ban, nobody is a REAL beyond 2^53', (SELECT count(*) FROM shadow_ban WHERE member = ?), 0;
-- bind int 9223372036854775807
INSERT INTO shadow_ban(member, reason, now) VALUES (?, 'x', 0);
-- bind text 9223372036854775808
INSERT INTO shadow_ban(member, reason, now) VALUES (?, 'x', 0);
-- bind int 9007199254740993
INSERT INTO shadow_ban(member, reason, now) VALUES (?, 'x', 0);
-- bind text a\0b
INSERT INTO shadow_ban(member, reason, now) VALUES (?, 'x', 0);
-- bind int 9223372036854775807
SELECT 'shadow_ban, 2^63 - 1 is exact', (SELECT member FROM shadow_ban WHERE member = ?), 9223372036854775807;
-- bind text 9223372036854775808
SELECT 'shadow_ban, 2^63 stays a TEXT', (SELECT member FROM shadow_ban WHERE member = ?), '9223372036854775808';
-- bind int 9007199254740993
SELECT 'shadow_ban, 2^53 + 1 is exact', (SELECT member FROM shadow_ban WHERE member = ?), 9007199254740993;
-- bind double 9007199254740992
SELECT 'shadow_ban, 2^53 is another', (SELECT count(*) FROM shadow_ban WHERE member = ?), 0;
-- bind text a\0b
SELECT 'shadow_ban, a zero byte is part of a name', (SELECT hex(member) FROM shadow_ban WHERE member = ?), '610062';
-- bind text a
SELECT 'shadow_ban, what is before a zero byte is another', (SELECT count(*) FROM shadow_ban WHERE member = ?), 0;
-- error shadow_ban, a zero byte is a dot in a message: member a.b is already shadow banned (stage 1.00/5.00, progress 0.000)
-- bind text a\0b
INSERT INTO shadow_ban(member, reason, now) VALUES (?, 'x', 0);
-- bind double 5, double 30, double 1700500000, double 1, text changed, double 2, double 7, double 1700324000
UPDATE shadow_ban SET stage = ?, duration_days = ?, lift_at = ?, revoked = ?, reason = ?, actor = ? WHERE member = ? AND now = ?;
SELECT 'shadow_ban, REALs may be set', stage || ' ' || duration_days || ' ' || lift_at || ' ' || revoked || ' ' || reason, '5.0 30.0 1700500000.0 1 changed' FROM shadow_ban WHERE member = 7 AND now = 1700324000;
-- bind double 1, double 7, double 1700324000
UPDATE shadow_ban SET lifted = ? WHERE member = ? AND now = ?;
SELECT 'shadow_ban, lifted by a REAL', (SELECT count(*) FROM shadow_ban WHERE member = 7), 0;
SELECT 'shadow_ban, USE is given back', (SELECT privilege_names(mask) FROM privilege WHERE member = 7), 'USE';
DELETE FROM shadow_ban;

-- Progress at random times of random bans, worked out in fractions by another program; rounded to 12 digits.
CREATE TABLE vector(nr INTEGER PRIMARY KEY, started_at, stage, duration_days, at, progress, phase);
INSERT INTO vector VALUES
  (1001, 1700000000.0, 4.75, NULL, 1699999000.0, 0.9375, 'blackout'),
  (1002, -500000000.0, NULL, 16.0, -500001000.0, 0.0, 'latency'),
  (1003, 1199816154.814541, NULL, 37.7, 1199815154.814541, 0.0, 'latency'),
  (1004, 0.0, NULL, 400.0, 28928486.81255209, 0.917316299231, 'blackout'),
  (1005, 0.0, 1.0, 42.38, 0.0, 0.0, 'latency'),
  (1006, 1012980087.0945212, 4.75, 365.0, 1040276132.1542692, 1.0, 'banned'),
  (1007, -500000000.0, 2.5, 55.74, -490368128.0, 1.0, 'banned'),
  (1008, 1700000000.0, 1.465, 1.0, 1700000000.0, 0.11625, 'latency'),
  (1009, 1114831445.9915483, 4.75, 400.0, 1177903445.9915483, 1.0, 'banned'),
  (1010, 0.0, NULL, 16.0, 2764800.0, 1.0, 'banned'),
  (1011, 0.0, 4.75, 400.0, 0.0, 0.9375, 'blackout'),
  (1012, 0.0, 4.75, 1.0, 37794.88142017065, 1.0, 'banned'),
  (1013, -500000000.0, NULL, 1.0, -499994583.8106515, 0.062687376719, 'latency'),
  (1014, 0.0, NULL, 10.81, 0.0, 0.0, 'latency'),
  (1015, 1908828860.7344747, 1.828, 400.0, 1908828860.7344747, 0.207, 'latency'),
  (1016, 1878517369.8325508, 1.0, 23.81, 1878517369.8325508, 0.0, 'latency'),
  (1017, 1700000000.0, NULL, 365.0, 1763072000.0, 1.0, 'banned'),
  (1018, 0.0, 1.0, NULL, -1000.0, 0.0, 'latency'),
  (1019, -500000000.0, NULL, 0.25, -500001000.0, 0.0, 'latency'),
  (1020, -500000000.0, 4.598, 0.25, -499991587.63557667, 1.0, 'banned'),
  (1021, -500000000.0, NULL, 0.25, -499990145.88882273, 0.456208850799, 'drops'),
  (1022, 0.0, 1.0, NULL, 741880.5026156222, 0.572438659426, 'fake_503'),
  (1023, 0.0, 1.0, 1.0, 18689.117708367583, 0.216309232736, 'latency'),
  (1024, -500000000.0, 4.75, 400.0, -465610018.22998965, 1.0, 'banned'),
  (1025, 0.0, 1.0, 1.0, -1000.0, 0.0, 'latency'),
  (1026, 1484461144.5783663, 1.0, 400.0, 1547533144.5783663, 1.0, 'banned'),
  (1027, 0.0, 4.75, 1.0, 172800.0, 1.0, 'banned'),
  (1028, -500000000.0, NULL, NULL, -500001000.0, 0.0, 'latency'),
  (1029, 1700000000.0, 4.75, 1.0, 1700027365.855484, 1.0, 'banned'),
  (1030, -500000000.0, NULL, 16.0, -500000000.0, 0.0, 'latency'),
  (1031, 1700000000.0, 1.0, 16.0, 1700118237.7014735, 0.0855307447, 'latency'),
  (1032, -500000000.0, NULL, 0.25, -499995182.74643475, 0.223020998391, 'latency'),
  (1033, 1068031205.6201874, NULL, 400.0, 1102044812.7556143, 1.0, 'banned'),
  (1034, 1700000000.0, 2.5, NULL, 1699999000.0, 0.375, 'drops'),
  (1035, 1560523208.767509, NULL, 0.74, 1560522208.767509, 0.0, 'latency'),
  (1036, 1700000000.0, 3.38, NULL, 1702592000.0, 1.0, 'banned'),
  (1037, 1700000000.0, 4.75, 16.0, 1699999000.0, 0.9375, 'blackout'),
  (1038, 0.0, 2.986, 400.0, 11289122.769343138, 0.854475734695, 'blackout'),
  (1039, 0.0, 4.75, 16.0, 2764800.0, 1.0, 'banned'),
  (1040, 0.0, 2.805, NULL, 1397094.4803226218, 1.0, 'banned'),
  (1041, -500000000.0, 4.75, 3.88, -500001000.0, 0.9375, 'blackout'),
  (1042, 0.0, 2.5, NULL, 2592000.0, 1.0, 'banned'),
  (1043, -500000000.0, 2.5, 53.74, -496317274.2241811, 1.0, 'banned'),
  (1044, -500000000.0, 1.756, 400.0, -500001000.0, 0.189, 'latency'),
  (1045, 1180460350.4060113, NULL, 16.0, 1180899676.2953024, 0.317799399082, 'drops'),
  (1046, 1669570388.4686086, 3.575, 1.0, 1669570388.4686086, 0.64375, 'fake_503'),
  (1047, 0.0, 3.036, 28.55, 438856.7697970889, 0.686911059949, 'fake_503'),
  (1048, 1126464300.9570475, NULL, 0.25, 1126464300.9570475, 0.0, 'latency'),
  (1049, 0.0, NULL, 0.25, 0.0, 0.0, 'latency'),
  (1050, 0.0, 1.0, 400.0, 17789185.470859203, 0.564091370842, 'fake_503'),
  (1051, 0.0, 1.339, 16.0, 464827.8050589897, 0.420996965465, 'drops'),
  (1052, -500000000.0, NULL, 16.0, -500000000.0, 0.0, 'latency'),
  (1053, 0.0, NULL, 400.0, 3854963.15943678, 0.122240079891, 'latency'),
  (1054, 0.0, 3.743, 400.0, -1000.0, 0.68575, 'fake_503'),
  (1055, 1451807724.3047917, NULL, 42.64, 1452326089.7579544, 0.140703568301, 'latency'),
  (1056, -500000000.0, NULL, 48.64, -498410225.0132161, 0.378293039847, 'drops'),
  (1057, 1700000000.0, 3.322, 365.0, 1763072000.0, 1.0, 'banned'),
  (1058, 1700000000.0, NULL, 365.0, 1763072000.0, 1.0, 'banned'),
  (1059, 1456073521.9656043, NULL, 365.0, 1460518685.185249, 0.140955201029, 'latency'),
  (1060, 1700000000.0, 4.75, 365.0, 1700000000.0, 0.9375, 'blackout');
INSERT INTO shadow_ban(member, reason, now, started_at, stage, duration_days) SELECT nr, 'vector', started_at, started_at, stage, duration_days FROM vector;
SELECT 'shadow_ban, progress of vector ' || nr, round(shadow_ban.progress, 12), vector.progress FROM vector JOIN shadow_ban ON member = nr AND now = at;
SELECT 'shadow_ban, phase of vector ' || nr, shadow_ban.phase, vector.phase FROM vector JOIN shadow_ban ON member = nr AND now = at;
SELECT 'shadow_ban, each stage is 1 + 4 * progress', count(*), 0 FROM vector JOIN shadow_ban ON member = nr AND now = at WHERE shadow_ban.stage <> 1 + 4 * shadow_ban.progress;
SELECT 'shadow_ban, banned is progress 1 and nothing else', count(*), 0 FROM vector JOIN shadow_ban ON member = nr AND now = at WHERE (shadow_ban.phase = 'banned') <> (shadow_ban.progress >= 1);
-- A stage that is set to what it is never changes a bit of it.
CREATE TABLE before AS SELECT nr, base, since, duration_days FROM (SELECT member AS nr, base, since, duration_days FROM shadow_ban_state);
UPDATE shadow_ban SET stage = shadow_ban.stage FROM vector WHERE member = nr AND now = at;
UPDATE shadow_ban SET stage = stage, duration_days = duration_days, lift_at = lift_at WHERE now = 1750000000.125;
SELECT 'shadow_ban, SET stage = stage changes nothing', count(*), 60 FROM before JOIN shadow_ban_state AS now ON member = nr AND now.base = before.base AND now.since = before.since;
DELETE FROM shadow_ban;

-- The bounds of the phases: at a quarter of the duration, and by the least double before it, for durations of whole days. A
-- stage just below 2, 3 or 4 may round to it, and the phase is that of the stage; but nobody is banned by rounding.
CREATE TABLE bound(days, quarter, at, just_before, phase);
INSERT INTO bound VALUES
  (4, 1, 86400.0, 86399.99999999999, 'latency'),
  (4, 2, 172800.0, 172799.99999999997, 'drops'),
  (4, 3, 259200.0, 259199.99999999997, 'fake_503'),
  (4, 4, 345600.0, 345599.99999999994, 'blackout'),
  (5, 1, 108000.0, 107999.99999999999, 'drops'),
  (5, 2, 216000.0, 215999.99999999997, 'fake_503'),
  (5, 3, 324000.0, 323999.99999999994, 'fake_503'),
  (5, 4, 432000.0, 431999.99999999994, 'blackout'),
  (6, 1, 129600.0, 129599.99999999999, 'drops'),
  (6, 2, 259200.0, 259199.99999999997, 'fake_503'),
  (6, 3, 388800.0, 388799.99999999994, 'fake_503'),
  (6, 4, 518400.0, 518399.99999999994, 'blackout'),
  (7, 1, 151200.0, 151199.99999999997, 'latency'),
  (7, 2, 302400.0, 302399.99999999994, 'drops'),
  (7, 3, 453600.0, 453599.99999999994, 'fake_503'),
  (7, 4, 604800.0, 604799.9999999999, 'blackout'),
  (15, 1, 324000.0, 323999.99999999994, 'latency'),
  (15, 2, 648000.0, 647999.9999999999, 'drops'),
  (15, 3, 972000.0, 971999.9999999999, 'fake_503'),
  (15, 4, 1296000.0, 1295999.9999999998, 'blackout'),
  (16, 1, 345600.0, 345599.99999999994, 'latency'),
  (16, 2, 691200.0, 691199.9999999999, 'drops'),
  (16, 3, 1036800.0, 1036799.9999999999, 'fake_503'),
  (16, 4, 1382400.0, 1382399.9999999998, 'blackout'),
  (30, 1, 648000.0, 647999.9999999999, 'latency'),
  (30, 2, 1296000.0, 1295999.9999999998, 'drops'),
  (30, 3, 1944000.0, 1943999.9999999998, 'fake_503'),
  (30, 4, 2592000.0, 2591999.9999999995, 'blackout'),
  (90, 1, 1944000.0, 1943999.9999999998, 'drops'),
  (90, 2, 3888000.0, 3887999.9999999995, 'fake_503'),
  (90, 3, 5832000.0, 5831999.999999999, 'fake_503'),
  (90, 4, 7776000.0, 7775999.999999999, 'blackout'),
  (100, 1, 2160000.0, 2159999.9999999995, 'latency'),
  (100, 2, 4320000.0, 4319999.999999999, 'drops'),
  (100, 3, 6480000.0, 6479999.999999999, 'fake_503'),
  (100, 4, 8640000.0, 8639999.999999998, 'blackout'),
  (364, 1, 7862400.0, 7862399.999999999, 'drops'),
  (364, 2, 15724800.0, 15724799.999999998, 'fake_503'),
  (364, 3, 23587200.0, 23587199.999999996, 'fake_503'),
  (364, 4, 31449600.0, 31449599.999999996, 'blackout'),
  (365, 1, 7884000.0, 7883999.999999999, 'drops'),
  (365, 2, 15768000.0, 15767999.999999998, 'fake_503'),
  (365, 3, 23652000.0, 23651999.999999996, 'fake_503'),
  (365, 4, 31536000.0, 31535999.999999996, 'blackout');
INSERT INTO shadow_ban(member, reason, now, duration_days) SELECT DISTINCT days, 'bound', 0, days FROM bound;
SELECT 'shadow_ban, quarter ' || quarter || ' of ' || days || ' days', progress || ' ' || shadow_ban.phase, CASE quarter WHEN 1 THEN '0.25 drops' WHEN 2 THEN '0.5 fake_503' WHEN 3 THEN '0.75 blackout' ELSE '1.0 banned' END FROM bound JOIN shadow_ban ON member = days AND now = at;
SELECT 'shadow_ban, just before quarter ' || quarter || ' of ' || days || ' days', shadow_ban.phase, bound.phase FROM bound JOIN shadow_ban ON member = days AND now = just_before;
DELETE FROM shadow_ban;

-- Each refusal, as it is bound.
-- error shadow_ban, NULL is no member: member is required
-- bind null, null, int 3, double 0, double 0, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, an empty TEXT is no member: member is required
-- bind text , null, int 3, double 0, double 0, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, NaN is no member: member is required
-- bind double NaN, null, int 3, double 0, double 0, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, 3 may not: insufficient privileges: only SHADOW_BAN_ADMIN may shadow ban another member
-- bind double 1, null, double 3, double 0, double 0, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, nobody known may not: insufficient privileges: only SHADOW_BAN_ADMIN may shadow ban another member
-- bind int 1, null, text ann, double 0, double 0, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, 2 may not ban an admin: member 1 is an admin; admins cannot be shadow banned
-- bind double 1, null, double 2, double 0, double 0, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, an admin may not be asked for: member 1 is an admin; admins cannot be shadow banned
-- bind int 1, null, int 1, double 0, double 0, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, a duration is not 0: duration_days must be positive
-- bind int 7, null, null, double 0, double 0, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, a duration is not minus 0: duration_days must be positive
-- bind int 7, null, null, double -0.0, double 0, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, a duration is not below 0: duration_days must be positive
-- bind int 7, null, null, int -1, double 0, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, a duration is not infinite: duration_days must be positive
-- bind int 7, null, null, double Infinity, double 0, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, a duration is not below all: duration_days must be positive
-- bind int 7, null, null, double -Infinity, double 0, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, a duration is not empty: duration_days must be positive
-- bind int 7, null, null, text , double 0, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, a duration is not a TEXT that goes on: duration_days must be positive
-- bind int 7, null, null, text 1 day, double 0, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, a duration is not a BLOB: duration_days must be positive
-- bind int 7, null, null, blob 31, double 0, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, a duration is not a zero byte: duration_days must be positive
-- bind int 7, null, null, text 1\0, double 0, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, a lift is not 0: auto_lift_days must be positive
-- bind int 7, null, null, null, double 0, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, a lift is not below 0: auto_lift_days must be positive
-- bind int 7, null, null, null, int -1, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, a lift is not infinite: auto_lift_days must be positive
-- bind int 7, null, null, null, double Infinity, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, a lift is not a time beyond all: auto_lift_days must be positive
-- bind int 7, null, null, null, double 1e308, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, a lift is not a word: auto_lift_days must be positive
-- bind int 7, null, null, null, text soon, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, a lift is not a BLOB: auto_lift_days must be positive
-- bind int 7, null, null, null, blob 31, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, NULL is no reason: reason is required
-- bind int 7, null, null, null, null, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, nothing is no reason: reason is required
-- bind int 7, text , null, null, null, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, spaces are no reason: reason is required
-- bind int 7, text   , null, null, null, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- bind int 7, text x, null, double 0.5, null, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, a second is none: member 7 is already shadow banned (stage 1.00/5.00, progress 0.000)
-- bind double 7, text x, int 2, null, null, int 0
INSERT INTO shadow_ban(member, reason, initiated_by, duration_days, auto_lift_days, now) VALUES (?, ?, ?, ?, ?, ?);
-- error shadow_ban, stage is not set, below 1: shadow_ban: stage must be between 1.0 and 5.0, not 0.5
-- bind double 0.5
UPDATE shadow_ban SET stage = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, stage is not set, above 5: shadow_ban: stage must be between 1.0 and 5.0, not 5.000001
-- bind double 5.000001
UPDATE shadow_ban SET stage = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, stage is not set, NULL: shadow_ban: stage must be between 1.0 and 5.0, not NULL
-- bind null
UPDATE shadow_ban SET stage = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, stage is not set, NaN: shadow_ban: stage must be between 1.0 and 5.0, not NULL
-- bind double NaN
UPDATE shadow_ban SET stage = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, duration_days is not set, 0: duration_days must be positive
-- bind double 0
UPDATE shadow_ban SET duration_days = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, duration_days is not set, NULL: duration_days must be positive
-- bind null
UPDATE shadow_ban SET duration_days = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, lift_at is not set, the start: auto_lift_days must be positive
-- bind double 0
UPDATE shadow_ban SET lift_at = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, lift_at is not set, infinite: auto_lift_days must be positive
-- bind double Infinity
UPDATE shadow_ban SET lift_at = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, auto_lift_days is not set, 0: auto_lift_days must be positive
-- bind double 0
UPDATE shadow_ban SET auto_lift_days = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, reason is not set, empty: reason is required
-- bind text 
UPDATE shadow_ban SET reason = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, reason is not set, NULL: reason is required
-- bind null
UPDATE shadow_ban SET reason = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, revoked is not set, 1 before its time: member 7 is not at progress 1: access cannot be revoked yet
-- bind double 1
UPDATE shadow_ban SET revoked = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, revoked is not set, a half: shadow_ban: revoked must be 0 or 1, not 0.5
-- bind double 0.5
UPDATE shadow_ban SET revoked = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, lifted is not set, 2: shadow_ban: lifted must be 0 or 1, not 2.0
-- bind double 2
UPDATE shadow_ban SET lifted = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, lifted is not set, NULL: shadow_ban: lifted must be 0 or 1, not NULL
-- bind null
UPDATE shadow_ban SET lifted = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, actor is not set, without right: insufficient privileges: only SHADOW_BAN_ADMIN may change or lift a shadow ban
-- bind double 3
UPDATE shadow_ban SET actor = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, actor is not set, whom another banned: insufficient privileges: only SHADOW_BAN_ADMIN may change or lift a shadow ban
-- bind double 7
UPDATE shadow_ban SET actor = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, actor is not set, a BLOB: shadow_ban: actor must be NULL, an INTEGER or a TEXT not blank, not a BLOB of length 1
-- bind blob 32
UPDATE shadow_ban SET actor = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, why is not set, a BLOB: shadow_ban: why must be NULL or TEXT, not a BLOB of length 1
-- bind blob 32
UPDATE shadow_ban SET why = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, member cannot be set: shadow_ban: member cannot be set, only stage, duration_days, lift_at, auto_lift_days, reason, revoked and lifted; WHERE now = ... sets the clock
-- bind double 8
UPDATE shadow_ban SET member = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, started_at cannot be set: shadow_ban: started_at cannot be set, only stage, duration_days, lift_at, auto_lift_days, reason, revoked and lifted; WHERE now = ... sets the clock
-- bind double 1
UPDATE shadow_ban SET started_at = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, initiated_by cannot be set: shadow_ban: initiated_by cannot be set, only stage, duration_days, lift_at, auto_lift_days, reason, revoked and lifted; WHERE now = ... sets the clock
-- bind double 2
UPDATE shadow_ban SET initiated_by = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, platform cannot be set: shadow_ban: platform cannot be set, only stage, duration_days, lift_at, auto_lift_days, reason, revoked and lifted; WHERE now = ... sets the clock
-- bind text irc
UPDATE shadow_ban SET platform = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, progress cannot be set: shadow_ban: progress cannot be set, only stage, duration_days, lift_at, auto_lift_days, reason, revoked and lifted; WHERE now = ... sets the clock
-- bind double 0.5
UPDATE shadow_ban SET progress = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, phase cannot be set: shadow_ban: phase cannot be set, only stage, duration_days, lift_at, auto_lift_days, reason, revoked and lifted; WHERE now = ... sets the clock
-- bind text drops
UPDATE shadow_ban SET phase = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, due cannot be set: shadow_ban: due cannot be set, only stage, duration_days, lift_at, auto_lift_days, reason, revoked and lifted; WHERE now = ... sets the clock
-- bind text lift
UPDATE shadow_ban SET due = ? WHERE member = 7 AND now = 0;
-- error shadow_ban, a clock is no word: shadow_ban: now must be a number of seconds, not 'soon'
-- bind text soon
SELECT count(*) FROM shadow_ban(?);
-- error shadow_ban, a clock is not infinite: shadow_ban: now must be a number of seconds, not Inf
-- bind double Infinity
SELECT count(*) FROM shadow_ban(?);
-- bind null
SELECT 'shadow_ban, at no time there is nobody', (SELECT count(*) FROM shadow_ban(?)), 0;
SELECT 'shadow_ban, nothing of all that was done', (SELECT count(*) FROM shadow_ban_audit WHERE member = 7 AND ban = (SELECT rowid FROM shadow_ban WHERE member = 7)), 1;

-- Masks, as they come out of other programs.
INSERT INTO privilege VALUES (500, '18446744073709551615');
-- error shadow_ban, an admin by all bits as TEXT: member 500 is an admin; admins cannot be shadow banned
INSERT INTO shadow_ban(member, reason, now, stage) VALUES (500, 'mask', 0, 5);
INSERT INTO privilege VALUES (501, -1);
-- error shadow_ban, an admin by all bits: member 501 is an admin; admins cannot be shadow banned
INSERT INTO shadow_ban(member, reason, now, stage) VALUES (501, 'mask', 0, 5);
INSERT INTO privilege VALUES (502, '131072');
-- error shadow_ban, an admin by bit 17 as TEXT: member 502 is an admin; admins cannot be shadow banned
INSERT INTO shadow_ban(member, reason, now, stage) VALUES (502, 'mask', 0, 5);
INSERT INTO privilege VALUES (503, 131072.0);
-- error shadow_ban, an admin by bit 17 as a REAL: member 503 is an admin; admins cannot be shadow banned
INSERT INTO shadow_ban(member, reason, now, stage) VALUES (503, 'mask', 0, 5);
INSERT INTO privilege VALUES (504, '9223372036854775808');
INSERT INTO shadow_ban(member, reason, now, stage) VALUES (504, 'mask', 0, 5);
UPDATE shadow_ban SET revoked = 1 WHERE member = 504 AND now = 0;
SELECT 'shadow_ban, bit 63 as TEXT, taken', (SELECT revoked FROM shadow_ban WHERE member = 504), 1;
SELECT 'shadow_ban, bit 63 as TEXT, what is left', (SELECT mask FROM privilege WHERE member = 504), 0;
INSERT INTO privilege VALUES (505, -9223372036854775808);
INSERT INTO shadow_ban(member, reason, now, stage) VALUES (505, 'mask', 0, 5);
UPDATE shadow_ban SET revoked = 1 WHERE member = 505 AND now = 0;
SELECT 'shadow_ban, bit 63, taken', (SELECT revoked FROM shadow_ban WHERE member = 505), 1;
SELECT 'shadow_ban, bit 63, what is left', (SELECT mask FROM privilege WHERE member = 505), 0;
INSERT INTO privilege VALUES (506, 0);
INSERT INTO shadow_ban(member, reason, now, stage) VALUES (506, 'mask', 0, 5);
UPDATE shadow_ban SET revoked = 1 WHERE member = 506 AND now = 0;
SELECT 'shadow_ban, no bit, taken', (SELECT revoked FROM shadow_ban WHERE member = 506), 0;
SELECT 'shadow_ban, no bit, what is left', (SELECT mask FROM privilege WHERE member = 506), 0;
INSERT INTO privilege VALUES (507, NULL);
INSERT INTO shadow_ban(member, reason, now, stage) VALUES (507, 'mask', 0, 5);
UPDATE shadow_ban SET revoked = 1 WHERE member = 507 AND now = 0;
SELECT 'shadow_ban, NULL, taken', (SELECT revoked FROM shadow_ban WHERE member = 507), 1;
SELECT 'shadow_ban, NULL, what is left', (SELECT mask FROM privilege WHERE member = 507), 0;
INSERT INTO privilege VALUES (508, 16384);
INSERT INTO shadow_ban(member, reason, now, stage) VALUES (508, 'mask', 0, 5);
UPDATE shadow_ban SET revoked = 1 WHERE member = 508 AND now = 0;
SELECT 'shadow_ban, bit 14, taken', (SELECT revoked FROM shadow_ban WHERE member = 508), 0;
SELECT 'shadow_ban, bit 14, what is left', (SELECT mask FROM privilege WHERE member = 508), 16384;
INSERT INTO privilege VALUES (600, '18446744073709551616');
-- error shadow_ban, no mask is 2^64 as TEXT: shadow_ban: a mask in privilege must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '18446744073709551616'
INSERT INTO shadow_ban(member, reason) VALUES (600, 'mask');
-- error shadow_ban, no right by 2^64 as TEXT: shadow_ban: a mask in privilege must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '18446744073709551616'
INSERT INTO shadow_ban(member, reason, initiated_by) VALUES (99, 'mask', 600);
INSERT INTO privilege VALUES (601, '0x20');
-- error shadow_ban, no mask is hexadecimal TEXT: shadow_ban: a mask in privilege must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '0x20'
INSERT INTO shadow_ban(member, reason) VALUES (601, 'mask');
-- error shadow_ban, no right by hexadecimal TEXT: shadow_ban: a mask in privilege must be 64 bits as an INTEGER, or as TEXT of decimal digits, not '0x20'
INSERT INTO shadow_ban(member, reason, initiated_by) VALUES (99, 'mask', 601);
INSERT INTO privilege VALUES (602, ' 7');
-- error shadow_ban, no mask is TEXT with a space: shadow_ban: a mask in privilege must be 64 bits as an INTEGER, or as TEXT of decimal digits, not ' 7'
INSERT INTO shadow_ban(member, reason) VALUES (602, 'mask');
-- error shadow_ban, no right by TEXT with a space: shadow_ban: a mask in privilege must be 64 bits as an INTEGER, or as TEXT of decimal digits, not ' 7'
INSERT INTO shadow_ban(member, reason, initiated_by) VALUES (99, 'mask', 602);
INSERT INTO privilege VALUES (603, '');
-- error shadow_ban, no mask is an empty TEXT: shadow_ban: a mask in privilege must be 64 bits as an INTEGER, or as TEXT of decimal digits, not ''
INSERT INTO shadow_ban(member, reason) VALUES (603, 'mask');
-- error shadow_ban, no right by an empty TEXT: shadow_ban: a mask in privilege must be 64 bits as an INTEGER, or as TEXT of decimal digits, not ''
INSERT INTO shadow_ban(member, reason, initiated_by) VALUES (99, 'mask', 603);
INSERT INTO privilege VALUES (604, 1.5);
-- error shadow_ban, no mask is a part: shadow_ban: a mask in privilege must be 64 bits as an INTEGER, or as TEXT of decimal digits, not 1.5
INSERT INTO shadow_ban(member, reason) VALUES (604, 'mask');
-- error shadow_ban, no right by a part: shadow_ban: a mask in privilege must be 64 bits as an INTEGER, or as TEXT of decimal digits, not 1.5
INSERT INTO shadow_ban(member, reason, initiated_by) VALUES (99, 'mask', 604);
INSERT INTO privilege VALUES (605, x'07');
-- error shadow_ban, no mask is a BLOB: shadow_ban: a mask in privilege must be 64 bits as an INTEGER, or as TEXT of decimal digits, not a BLOB of length 1
INSERT INTO shadow_ban(member, reason) VALUES (605, 'mask');
-- error shadow_ban, no right by a BLOB: shadow_ban: a mask in privilege must be 64 bits as an INTEGER, or as TEXT of decimal digits, not a BLOB of length 1
INSERT INTO shadow_ban(member, reason, initiated_by) VALUES (99, 'mask', 605);
INSERT INTO privilege VALUES (606, 1e19);
-- error shadow_ban, no mask is a REAL beyond 2^53: shadow_ban: a mask in privilege must be 64 bits as an INTEGER, or as TEXT of decimal digits, not 1.0e+19
INSERT INTO shadow_ban(member, reason) VALUES (606, 'mask');
-- error shadow_ban, no right by a REAL beyond 2^53: shadow_ban: a mask in privilege must be 64 bits as an INTEGER, or as TEXT of decimal digits, not 1.0e+19
INSERT INTO shadow_ban(member, reason, initiated_by) VALUES (99, 'mask', 606);
