WITH rule(name, got, expected) AS MATERIALIZED (
%
)
SELECT CASE
    WHEN got IS expected AND typeof(got) = typeof(expected) THEN 'ok - ' || name
    ELSE 'not ok - ' || name || char(10) || '# got      ' || quote(got) || char(10) || '# expected ' || quote(expected)
  END
FROM rule;
