-- The reference page, from decorum_help: `make reference`.
SELECT '# Reference

Made from `decorum_help` by `make reference`. Aggregates are window functions too. What stands in [] may be left
out; = gives the default.
';
SELECT printf('## %s

%s%s

- **Result**: %s
- **Errors**: %s
- **NULL**: %s
- **Rule**: %s

```sql
%s;
-- %s
```
', name, CASE WHEN kind = 'module' OR kind = 'table' THEN kind ELSE kind || ' `' || name || '(...)`' END,
  CASE WHEN arguments = '' THEN '' ELSE ': ' || arguments END, result, errors,
  iif(nulls = '', 'does not matter', nulls), iif(rule = '', 'none', rule), example, gives)
FROM decorum_help ORDER BY kind = 'module', kind = 'table', name;
