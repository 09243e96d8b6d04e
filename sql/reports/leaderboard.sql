-- Who is most heated over a period, with a bar for the worst message of each twentieth of it.
-- Parameters: :since, :now (Unix seconds; else everything), :limit (else 10).
--
-- heat = 0.4 mean + 0.2 peak + 0.4 min(1, 10 (warnings + 2 mutes + 0.5 off-topic reminders) / messages); what was
-- undone does not count.
WITH clock AS MATERIALIZED (
  SELECT coalesce(:since, (SELECT min(at) FROM assessment)) AS since,
    coalesce(:now, (SELECT max(at) FROM assessment)) AS now
),
heated AS MATERIALIZED (
  SELECT member, count(*) AS messages, avg(toxicity) AS mean, max(toxicity) AS peak,
    count(*) FILTER (WHERE toxicity >= 0.5) AS hostile,
    (SELECT count(*) FROM sanction WHERE sanction.member = spoken.member AND action = 'warn'
      AND sanction.at BETWEEN since AND now AND NOT EXISTS (SELECT 1 FROM sanction AS undo
        WHERE undo.undoes = sanction.case_no)) AS warnings,
    (SELECT count(*) FROM sanction WHERE sanction.member = spoken.member AND action IN ('mute', 'timeout')
      AND sanction.at BETWEEN since AND now AND NOT EXISTS (SELECT 1 FROM sanction AS undo
        WHERE undo.undoes = sanction.case_no)) AS mutes,
    (SELECT count(*) FROM notification WHERE notification.member = spoken.member AND kind = 'topic'
      AND notification.at BETWEEN since AND now) AS reminders
  FROM assessment_current AS spoken, clock
  WHERE at BETWEEN since AND now AND toxicity IS NOT NULL
  GROUP BY member HAVING peak > 0
),
leading AS MATERIALIZED (
  SELECT *, 0.4 * mean + 0.2 * peak + 0.4 * min(1, 10.0 * (warnings + 2 * mutes + 0.5 * reminders) / messages) AS heat
  FROM heated ORDER BY heat DESC, member LIMIT coalesce(:limit, 10)
),
twentieth (number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM twentieth WHERE number < 19),
worst AS MATERIALIZED (
  SELECT member, min(19, CAST(20 * (at - since) / max(now - since, 1) AS INTEGER)) AS number,
    max(toxicity) AS toxicity
  FROM assessment_current, clock
  WHERE member IN (SELECT member FROM leading) AND at BETWEEN since AND now
  GROUP BY 1, 2
)
SELECT display(name) AS "member", messages, hostile, round(mean, 3) AS mean, round(peak, 2) AS peak,
  warnings, mutes, round(heat, 3) AS heat,
  (
    SELECT sparkline(worst.toxicity, twentieth.number, 0, 1)
    FROM twentieth LEFT JOIN worst ON worst.number = twentieth.number AND worst.member = leading.member
  ) AS "over the period"
FROM leading JOIN member ON member.id = leading.member
ORDER BY heat DESC, leading.member;
