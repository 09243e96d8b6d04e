-- Openings: what another bot knew of a member, in the log like everything else; the usual coherence begins with it.
-- community
-- plan 12

INSERT INTO member(id, name) VALUES (1, 'ann'), (2, 'bob');
INSERT INTO channel(platform, name) VALUES ('test', '#test');
INSERT INTO message(id, platform, platform_id, channel, member, at) SELECT value, 'test', value, 1, 1, 1000 + value FROM json_each('[1,2,3]');
INSERT INTO opening(member, at, platform, platform_id, baseline) VALUES (1, 900, 'test', 'a', 0.6), (2, 900, 'test', 'b', NULL);
SELECT 'opening, has its place in the log', group_concat(opening.seq || ' ' || kind), '1 opening,2 opening' FROM opening JOIN log_entry USING (seq);
SELECT 'opening, the baseline', coherence_baseline, 0.6 FROM member_facts(1, 1000, 999999);
SELECT 'opening, not before it', coherence_baseline, 0.85 FROM member_facts(1, 1000, 0);
SELECT 'opening, without a baseline', coherence_baseline, 0.85 FROM member_facts(2, 1000, 999999);
INSERT INTO assessment(seq, message, member, at, source, toxicity, coherence) SELECT (SELECT seq FROM next_seq), 1, 1, 1001, 'model', 0, 0.9;
SELECT 'opening, moves from there', round(baseline_after, 9), round(0.1 * 0.9 + 0.9 * 0.6, 9) FROM assessment;
INSERT INTO assessment(seq, message, member, at, source, toxicity, coherence) SELECT (SELECT seq FROM next_seq), 2, 1, 1002, 'model', 0, 0.9;
SELECT 'opening, and on from the first', round(coherence_baseline, 9), round(0.1 * 0.9 + 0.9 * 0.6, 9) FROM member_facts(1, 1002, 999999);
INSERT INTO sanction(member, action, at, reason) VALUES (1, 'reset', 1003, 'test');
SELECT 'opening, a reset ends it', coherence_baseline, 0.85 FROM member_facts(1, 1003, 999999);
INSERT INTO assessment(seq, message, member, at, source, toxicity, coherence) SELECT (SELECT seq FROM next_seq), 3, 1, 1004, 'model', 0, 0.9;
SELECT 'opening, and what moves', round(baseline_after, 9), round(0.1 * 0.9 + 0.9 * 0.85, 9) FROM assessment WHERE message = 3;
-- error opening, once for an account: openings are kept: one cannot be replaced
REPLACE INTO opening(member, platform, platform_id) VALUES (1, 'test', 'a');
-- error opening, does not change: openings do not change
UPDATE opening SET baseline = 0.5;
-- error opening, nor go: openings are kept
DELETE FROM opening;
-- error opening, its place is given: opening.seq is given by the database: leave it out
INSERT INTO opening(seq, member, platform, platform_id) VALUES (99, 1, 'test', 'c');
