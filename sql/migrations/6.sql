-- To version 6: what a bot needs that is connected. All that is new has defaults that are right for older rows: no bot heard their
-- messages (message.live), no review is of an appeal, and nothing is owed to a platform.

-- Nicks of IRC are the same in large and small letters, []\^ being the large {}|~: ids are the small ones. Where several spellings
-- have a history each, who has the small one keeps it, and the other rows stay as they are.
UPDATE OR IGNORE account
SET platform_id = lower(replace(replace(replace(replace(platform_id, '[', '{'), ']', '}'), '\', '|'), '^', '~'))
WHERE platform = 'irc';
