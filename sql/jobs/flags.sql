-- Flags that were upheld, or all if flag_mode is immediate, cost reputation.
-- Parameters: :now. Each flag is processed once, in the order received; a failure keeps its cause and stops no other.

-- Run
SELECT :now AS now, NULL AS through_at, 0 AS skipped;

-- Items: the number of the member's flags so far counts those of all types, but for rejected ones
SELECT flag, member, points, number FROM (
  SELECT id AS flag, seq, member, points, state,
    count(*) FILTER (WHERE state <> 'rejected') OVER (PARTITION BY member ORDER BY seq) AS number
  FROM flag_state WHERE member IN (SELECT member FROM flag_state WHERE state = 'due'))
WHERE state = 'due' ORDER BY seq;

-- Each
INSERT INTO reputation_change (member, at, cause, flag, after)
SELECT :member, :now, 'flag', :flag, after FROM (
  SELECT reputation, max(0, reputation - flag_penalty(:points, :number,
    (SELECT value FROM setting WHERE name = 'penalty_growth'))) AS after
  FROM member_reputation WHERE member = :member)
WHERE after <> reputation;

-- Each
INSERT INTO flag_outcome (flag, at, penalty)
VALUES (:flag, :now, flag_penalty(:points, :number, (SELECT value FROM setting WHERE name = 'penalty_growth')));

-- Failed
INSERT INTO flag_outcome (flag, at, error) VALUES (:flag, :now, :cause);
