-- Flags that were upheld, or all if flag_mode is immediate, cost reputation.
-- Parameters: :now. Each flag is processed once, in the order received; a failure keeps its cause and stops no other.

-- Run
SELECT :now AS now, NULL AS through_at, 0 AS skipped;

-- Items: the number of the member's flags so far counts those of all types, but for rejected ones
SELECT id AS flag, member, points,
  (SELECT count(*) FROM flag_state AS earlier
    WHERE earlier.member = flag_state.member AND earlier.seq <= flag_state.seq AND earlier.state <> 'rejected') AS number
FROM flag_state WHERE state = 'due' ORDER BY seq;

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
