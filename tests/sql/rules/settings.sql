-- The settings: their defaults, and what each refuses.
-- community
-- plan 162

-- The defaults
SELECT 'default, window_size', value, 10 FROM setting WHERE name = 'window_size';
SELECT 'default, window_minutes', value, 15 FROM setting WHERE name = 'window_minutes';
SELECT 'default, escalation_boost', value, 0.04 FROM setting WHERE name = 'escalation_boost';
SELECT 'default, offence_reset_minutes', value, 120 FROM setting WHERE name = 'offence_reset_minutes';
SELECT 'default, warning_ttl_s', value, 7200 FROM setting WHERE name = 'warning_ttl_s';
SELECT 'default, warn_cooldown_minutes', value, 5 FROM setting WHERE name = 'warn_cooldown_minutes';
SELECT 'default, analysis_cooldown_s', value, 0 FROM setting WHERE name = 'analysis_cooldown_s';
SELECT 'default, topic_cooldown_minutes', value, 10 FROM setting WHERE name = 'topic_cooldown_minutes';
SELECT 'default, topic_reset_minutes', value, 60 FROM setting WHERE name = 'topic_reset_minutes';
SELECT 'default, burst_window_s', value, 10 FROM setting WHERE name = 'burst_window_s';
SELECT 'default, repeat_window_minutes', value, 10 FROM setting WHERE name = 'repeat_window_minutes';
SELECT 'default, coherence_drop', value, 0.3 FROM setting WHERE name = 'coherence_drop';
SELECT 'default, coherence_floor', value, 0.5 FROM setting WHERE name = 'coherence_floor';
SELECT 'default, coherence_cooldown_minutes', value, 30 FROM setting WHERE name = 'coherence_cooldown_minutes';
SELECT 'default, high_risk', value, 30 FROM setting WHERE name = 'high_risk';
SELECT 'default, low_risk', value, 70 FROM setting WHERE name = 'low_risk';
SELECT 'default, review_threshold', value, 70 FROM setting WHERE name = 'review_threshold';
SELECT 'default, review_claim_minutes', value, 15 FROM setting WHERE name = 'review_claim_minutes';
SELECT 'default, clean_reward', value, 1 FROM setting WHERE name = 'clean_reward';
SELECT 'default, review_penalty', value, -5 FROM setting WHERE name = 'review_penalty';
SELECT 'default, violation_penalty', value, -15 FROM setting WHERE name = 'violation_penalty';
SELECT 'default, decay_rate', value, 0.95 FROM setting WHERE name = 'decay_rate';
SELECT 'default, decay_period_days', value, 1 FROM setting WHERE name = 'decay_period_days';
SELECT 'default, neutral', value, 50 FROM setting WHERE name = 'neutral';
SELECT 'default, penalty_growth', value, 0.5 FROM setting WHERE name = 'penalty_growth';
SELECT 'default, flag_mode', value, 'review' FROM setting WHERE name = 'flag_mode';
SELECT 'default, mode', value, 'observe' FROM setting WHERE name = 'mode';
SELECT 'default, brake_percent', value, 5 FROM setting WHERE name = 'brake_percent';
SELECT 'default, brake_minutes', value, 10 FROM setting WHERE name = 'brake_minutes';
SELECT 'default, brake_members', value, 3 FROM setting WHERE name = 'brake_members';
SELECT 'default, decision_days', value, 7 FROM setting WHERE name = 'decision_days';
SELECT 'default, text_days', value, 90 FROM setting WHERE name = 'text_days';
SELECT 'default, secret is 128 bits at random', length(value), 32 FROM setting WHERE name = 'secret';
SELECT 'default, shadow_ban_mode', value, 'off' FROM setting WHERE name = 'shadow_ban_mode';
SELECT 'default, there are no other settings', count(*), 34 FROM setting;

-- Both ends of what is allowed, and what lies beyond
UPDATE setting SET value = 1 WHERE name = 'window_size';
SELECT 'window_size may be 1', value, 1 FROM setting WHERE name = 'window_size';
UPDATE setting SET value = 1000 WHERE name = 'window_size';
SELECT 'window_size may be 1000', value, 1000 FROM setting WHERE name = 'window_size';
UPDATE setting SET value = 10.0 WHERE name = 'window_size';
SELECT 'window_size may be 10.0', value, 10.0 FROM setting WHERE name = 'window_size';
UPDATE setting SET value = 10 WHERE name = 'window_size';
-- error window_size is not 0: CHECK constraint failed: window_size must be an integer between 1 and 1000
UPDATE setting SET value = 0 WHERE name = 'window_size';
-- error window_size is not 1001: CHECK constraint failed: window_size must be an integer between 1 and 1000
UPDATE setting SET value = 1001 WHERE name = 'window_size';
-- error window_size is not 1.5: CHECK constraint failed: window_size must be an integer between 1 and 1000
UPDATE setting SET value = 1.5 WHERE name = 'window_size';
-- error window_size is not x: CHECK constraint failed: window_size must be an integer between 1 and 1000
UPDATE setting SET value = 'x' WHERE name = 'window_size';
-- error window_size is not NULL: NOT NULL constraint failed: setting.value
UPDATE setting SET value = NULL WHERE name = 'window_size';
UPDATE setting SET value = 0.5 WHERE name = 'window_minutes';
SELECT 'window_minutes may be 0.5', value, 0.5 FROM setting WHERE name = 'window_minutes';
UPDATE setting SET value = 15 WHERE name = 'window_minutes';
-- error window_minutes is not 0: CHECK constraint failed: window_minutes must be a number above 0
UPDATE setting SET value = 0 WHERE name = 'window_minutes';
-- error window_minutes is not x: CHECK constraint failed: window_minutes must be a number above 0
UPDATE setting SET value = 'x' WHERE name = 'window_minutes';
UPDATE setting SET value = 0.5 WHERE name = 'burst_window_s';
SELECT 'burst_window_s may be 0.5', value, 0.5 FROM setting WHERE name = 'burst_window_s';
UPDATE setting SET value = 10 WHERE name = 'burst_window_s';
-- error burst_window_s is not 0: CHECK constraint failed: burst_window_s must be a number of seconds above 0
UPDATE setting SET value = 0 WHERE name = 'burst_window_s';
-- error burst_window_s is not x: CHECK constraint failed: burst_window_s must be a number of seconds above 0
UPDATE setting SET value = 'x' WHERE name = 'burst_window_s';
UPDATE setting SET value = 0.5 WHERE name = 'repeat_window_minutes';
SELECT 'repeat_window_minutes may be 0.5', value, 0.5 FROM setting WHERE name = 'repeat_window_minutes';
UPDATE setting SET value = 10 WHERE name = 'repeat_window_minutes';
-- error repeat_window_minutes is not 0: CHECK constraint failed: repeat_window_minutes must be a number above 0
UPDATE setting SET value = 0 WHERE name = 'repeat_window_minutes';
-- error repeat_window_minutes is not x: CHECK constraint failed: repeat_window_minutes must be a number above 0
UPDATE setting SET value = 'x' WHERE name = 'repeat_window_minutes';
UPDATE setting SET value = 0 WHERE name = 'escalation_boost';
SELECT 'escalation_boost may be 0', value, 0 FROM setting WHERE name = 'escalation_boost';
UPDATE setting SET value = 1 WHERE name = 'escalation_boost';
SELECT 'escalation_boost may be 1', value, 1 FROM setting WHERE name = 'escalation_boost';
UPDATE setting SET value = 0.04 WHERE name = 'escalation_boost';
-- error escalation_boost is not -0.1: CHECK constraint failed: escalation_boost must be between 0 and 1
UPDATE setting SET value = -0.1 WHERE name = 'escalation_boost';
-- error escalation_boost is not 1.1: CHECK constraint failed: escalation_boost must be between 0 and 1
UPDATE setting SET value = 1.1 WHERE name = 'escalation_boost';
UPDATE setting SET value = 0 WHERE name = 'offence_reset_minutes';
SELECT 'offence_reset_minutes may be 0', value, 0 FROM setting WHERE name = 'offence_reset_minutes';
UPDATE setting SET value = 120 WHERE name = 'offence_reset_minutes';
-- error offence_reset_minutes is not -1: CHECK constraint failed: offence_reset_minutes must be 0 or more
UPDATE setting SET value = -1 WHERE name = 'offence_reset_minutes';
-- error offence_reset_minutes is not 9e999: CHECK constraint failed: offence_reset_minutes must be 0 or more
UPDATE setting SET value = 9e999 WHERE name = 'offence_reset_minutes';
UPDATE setting SET value = 0 WHERE name = 'warning_ttl_s';
SELECT 'warning_ttl_s may be 0', value, 0 FROM setting WHERE name = 'warning_ttl_s';
UPDATE setting SET value = 7200 WHERE name = 'warning_ttl_s';
-- error warning_ttl_s is not -1: CHECK constraint failed: warning_ttl_s must be a number of seconds, 0 or more
UPDATE setting SET value = -1 WHERE name = 'warning_ttl_s';
UPDATE setting SET value = 0 WHERE name = 'warn_cooldown_minutes';
SELECT 'warn_cooldown_minutes may be 0', value, 0 FROM setting WHERE name = 'warn_cooldown_minutes';
UPDATE setting SET value = 5 WHERE name = 'warn_cooldown_minutes';
-- error warn_cooldown_minutes is not -1: CHECK constraint failed: warn_cooldown_minutes must be 0 or more
UPDATE setting SET value = -1 WHERE name = 'warn_cooldown_minutes';
UPDATE setting SET value = 0 WHERE name = 'analysis_cooldown_s';
SELECT 'analysis_cooldown_s may be 0', value, 0 FROM setting WHERE name = 'analysis_cooldown_s';
UPDATE setting SET value = 0 WHERE name = 'analysis_cooldown_s';
-- error analysis_cooldown_s is not -1: CHECK constraint failed: analysis_cooldown_s must be a number of seconds, 0 or more
UPDATE setting SET value = -1 WHERE name = 'analysis_cooldown_s';
UPDATE setting SET value = 0 WHERE name = 'topic_cooldown_minutes';
SELECT 'topic_cooldown_minutes may be 0', value, 0 FROM setting WHERE name = 'topic_cooldown_minutes';
UPDATE setting SET value = 10 WHERE name = 'topic_cooldown_minutes';
-- error topic_cooldown_minutes is not -1: CHECK constraint failed: topic_cooldown_minutes must be 0 or more
UPDATE setting SET value = -1 WHERE name = 'topic_cooldown_minutes';
UPDATE setting SET value = 0 WHERE name = 'topic_reset_minutes';
SELECT 'topic_reset_minutes may be 0', value, 0 FROM setting WHERE name = 'topic_reset_minutes';
UPDATE setting SET value = 60 WHERE name = 'topic_reset_minutes';
-- error topic_reset_minutes is not -1: CHECK constraint failed: topic_reset_minutes must be 0 or more
UPDATE setting SET value = -1 WHERE name = 'topic_reset_minutes';
UPDATE setting SET value = 0 WHERE name = 'coherence_drop';
SELECT 'coherence_drop may be 0', value, 0 FROM setting WHERE name = 'coherence_drop';
UPDATE setting SET value = 1 WHERE name = 'coherence_drop';
SELECT 'coherence_drop may be 1', value, 1 FROM setting WHERE name = 'coherence_drop';
UPDATE setting SET value = 0.3 WHERE name = 'coherence_drop';
-- error coherence_drop is not -0.1: CHECK constraint failed: coherence_drop must be between 0 and 1
UPDATE setting SET value = -0.1 WHERE name = 'coherence_drop';
-- error coherence_drop is not 1.1: CHECK constraint failed: coherence_drop must be between 0 and 1
UPDATE setting SET value = 1.1 WHERE name = 'coherence_drop';
UPDATE setting SET value = 0 WHERE name = 'coherence_floor';
SELECT 'coherence_floor may be 0', value, 0 FROM setting WHERE name = 'coherence_floor';
UPDATE setting SET value = 1 WHERE name = 'coherence_floor';
SELECT 'coherence_floor may be 1', value, 1 FROM setting WHERE name = 'coherence_floor';
UPDATE setting SET value = 0.5 WHERE name = 'coherence_floor';
-- error coherence_floor is not -0.1: CHECK constraint failed: coherence_floor must be between 0 and 1
UPDATE setting SET value = -0.1 WHERE name = 'coherence_floor';
-- error coherence_floor is not 1.1: CHECK constraint failed: coherence_floor must be between 0 and 1
UPDATE setting SET value = 1.1 WHERE name = 'coherence_floor';
UPDATE setting SET value = 0 WHERE name = 'coherence_cooldown_minutes';
SELECT 'coherence_cooldown_minutes may be 0', value, 0 FROM setting WHERE name = 'coherence_cooldown_minutes';
UPDATE setting SET value = 30 WHERE name = 'coherence_cooldown_minutes';
-- error coherence_cooldown_minutes is not -1: CHECK constraint failed: coherence_cooldown_minutes must be 0 or more
UPDATE setting SET value = -1 WHERE name = 'coherence_cooldown_minutes';
UPDATE setting SET value = 0 WHERE name = 'high_risk';
SELECT 'high_risk may be 0', value, 0 FROM setting WHERE name = 'high_risk';
UPDATE setting SET value = 69.5 WHERE name = 'high_risk';
SELECT 'high_risk may be 69.5', value, 69.5 FROM setting WHERE name = 'high_risk';
UPDATE setting SET value = 30 WHERE name = 'high_risk';
-- error high_risk is not -1: CHECK constraint failed: high_risk must be between 0 and 100
UPDATE setting SET value = -1 WHERE name = 'high_risk';
UPDATE setting SET value = 30.5 WHERE name = 'low_risk';
SELECT 'low_risk may be 30.5', value, 30.5 FROM setting WHERE name = 'low_risk';
UPDATE setting SET value = 100 WHERE name = 'low_risk';
SELECT 'low_risk may be 100', value, 100 FROM setting WHERE name = 'low_risk';
UPDATE setting SET value = 70 WHERE name = 'low_risk';
-- error low_risk is not 101: CHECK constraint failed: low_risk must be between 0 and 100
UPDATE setting SET value = 101 WHERE name = 'low_risk';
UPDATE setting SET value = 0 WHERE name = 'review_threshold';
SELECT 'review_threshold may be 0', value, 0 FROM setting WHERE name = 'review_threshold';
UPDATE setting SET value = 100 WHERE name = 'review_threshold';
SELECT 'review_threshold may be 100', value, 100 FROM setting WHERE name = 'review_threshold';
UPDATE setting SET value = 70 WHERE name = 'review_threshold';
-- error review_threshold is not -1: CHECK constraint failed: review_threshold must be between 0 and 100
UPDATE setting SET value = -1 WHERE name = 'review_threshold';
-- error review_threshold is not 101: CHECK constraint failed: review_threshold must be between 0 and 100
UPDATE setting SET value = 101 WHERE name = 'review_threshold';
UPDATE setting SET value = 1 WHERE name = 'review_claim_minutes';
SELECT 'review_claim_minutes may be 1', value, 1 FROM setting WHERE name = 'review_claim_minutes';
UPDATE setting SET value = 15 WHERE name = 'review_claim_minutes';
-- error review_claim_minutes is not 0: CHECK constraint failed: review_claim_minutes must be a number above 0
UPDATE setting SET value = 0 WHERE name = 'review_claim_minutes';
UPDATE setting SET value = 0 WHERE name = 'clean_reward';
SELECT 'clean_reward may be 0', value, 0 FROM setting WHERE name = 'clean_reward';
UPDATE setting SET value = 100 WHERE name = 'clean_reward';
SELECT 'clean_reward may be 100', value, 100 FROM setting WHERE name = 'clean_reward';
UPDATE setting SET value = 1 WHERE name = 'clean_reward';
-- error clean_reward is not -1: CHECK constraint failed: clean_reward must be an integer between 0 and 100
UPDATE setting SET value = -1 WHERE name = 'clean_reward';
-- error clean_reward is not 101: CHECK constraint failed: clean_reward must be an integer between 0 and 100
UPDATE setting SET value = 101 WHERE name = 'clean_reward';
-- error clean_reward is not 0.5: CHECK constraint failed: clean_reward must be an integer between 0 and 100
UPDATE setting SET value = 0.5 WHERE name = 'clean_reward';
UPDATE setting SET value = -100 WHERE name = 'review_penalty';
SELECT 'review_penalty may be -100', value, -100 FROM setting WHERE name = 'review_penalty';
UPDATE setting SET value = 0 WHERE name = 'review_penalty';
SELECT 'review_penalty may be 0', value, 0 FROM setting WHERE name = 'review_penalty';
UPDATE setting SET value = -5 WHERE name = 'review_penalty';
-- error review_penalty is not 1: CHECK constraint failed: review_penalty must be an integer between -100 and 0
UPDATE setting SET value = 1 WHERE name = 'review_penalty';
-- error review_penalty is not -101: CHECK constraint failed: review_penalty must be an integer between -100 and 0
UPDATE setting SET value = -101 WHERE name = 'review_penalty';
-- error review_penalty is not -0.5: CHECK constraint failed: review_penalty must be an integer between -100 and 0
UPDATE setting SET value = -0.5 WHERE name = 'review_penalty';
UPDATE setting SET value = -100 WHERE name = 'violation_penalty';
SELECT 'violation_penalty may be -100', value, -100 FROM setting WHERE name = 'violation_penalty';
UPDATE setting SET value = 0 WHERE name = 'violation_penalty';
SELECT 'violation_penalty may be 0', value, 0 FROM setting WHERE name = 'violation_penalty';
UPDATE setting SET value = -15 WHERE name = 'violation_penalty';
-- error violation_penalty is not 1: CHECK constraint failed: violation_penalty must be an integer between -100 and 0
UPDATE setting SET value = 1 WHERE name = 'violation_penalty';
-- error violation_penalty is not -101: CHECK constraint failed: violation_penalty must be an integer between -100 and 0
UPDATE setting SET value = -101 WHERE name = 'violation_penalty';
UPDATE setting SET value = 0 WHERE name = 'decay_rate';
SELECT 'decay_rate may be 0', value, 0 FROM setting WHERE name = 'decay_rate';
UPDATE setting SET value = 1 WHERE name = 'decay_rate';
SELECT 'decay_rate may be 1', value, 1 FROM setting WHERE name = 'decay_rate';
UPDATE setting SET value = 0.95 WHERE name = 'decay_rate';
-- error decay_rate is not -0.1: CHECK constraint failed: decay_rate must be between 0 and 1
UPDATE setting SET value = -0.1 WHERE name = 'decay_rate';
-- error decay_rate is not 1.1: CHECK constraint failed: decay_rate must be between 0 and 1
UPDATE setting SET value = 1.1 WHERE name = 'decay_rate';
UPDATE setting SET value = 0.5 WHERE name = 'decay_period_days';
SELECT 'decay_period_days may be 0.5', value, 0.5 FROM setting WHERE name = 'decay_period_days';
UPDATE setting SET value = 1 WHERE name = 'decay_period_days';
-- error decay_period_days is not 0: CHECK constraint failed: decay_period_days must be a number of days above 0
UPDATE setting SET value = 0 WHERE name = 'decay_period_days';
UPDATE setting SET value = 0 WHERE name = 'neutral';
SELECT 'neutral may be 0', value, 0 FROM setting WHERE name = 'neutral';
UPDATE setting SET value = 100 WHERE name = 'neutral';
SELECT 'neutral may be 100', value, 100 FROM setting WHERE name = 'neutral';
UPDATE setting SET value = 50 WHERE name = 'neutral';
-- error neutral is not -1: CHECK constraint failed: neutral must be an integer between 0 and 100
UPDATE setting SET value = -1 WHERE name = 'neutral';
-- error neutral is not 101: CHECK constraint failed: neutral must be an integer between 0 and 100
UPDATE setting SET value = 101 WHERE name = 'neutral';
-- error neutral is not 50.5: CHECK constraint failed: neutral must be an integer between 0 and 100
UPDATE setting SET value = 50.5 WHERE name = 'neutral';
UPDATE setting SET value = 0 WHERE name = 'penalty_growth';
SELECT 'penalty_growth may be 0', value, 0 FROM setting WHERE name = 'penalty_growth';
UPDATE setting SET value = 1000 WHERE name = 'penalty_growth';
SELECT 'penalty_growth may be 1000', value, 1000 FROM setting WHERE name = 'penalty_growth';
UPDATE setting SET value = 0.5 WHERE name = 'penalty_growth';
-- error penalty_growth is not -1: CHECK constraint failed: penalty_growth must be between 0 and 1000
UPDATE setting SET value = -1 WHERE name = 'penalty_growth';
-- error penalty_growth is not 1000.5: CHECK constraint failed: penalty_growth must be between 0 and 1000
UPDATE setting SET value = 1000.5 WHERE name = 'penalty_growth';
UPDATE setting SET value = 'honest' WHERE name = 'shadow_ban_mode';
UPDATE setting SET value = 'off' WHERE name = 'shadow_ban_mode';
-- error shadow_ban_mode is not of another word: CHECK constraint failed: shadow_ban_mode must be off, honest or covert
UPDATE setting SET value = 'on' WHERE name = 'shadow_ban_mode';
-- error shadow_ban_mode is not covert without its being on record: covert needs it on record that the rules announce it: INSERT INTO acknowledgement(subject, moderator, statement) VALUES ('covert shadow bans', who, where)
UPDATE setting SET value = 'covert' WHERE name = 'shadow_ban_mode';
-- error shadow_ban_mode is not covert by INSERT either: covert needs it on record that the rules announce it: INSERT INTO acknowledgement(subject, moderator, statement) VALUES ('covert shadow bans', who, where)
INSERT OR REPLACE INTO setting VALUES ('shadow_ban_mode', 'covert');
-- error an acknowledgement is of covert shadow bans: CHECK constraint failed: the subject is 'covert shadow bans'
INSERT INTO acknowledgement(subject, moderator, statement) VALUES ('anything', 'ann', 'rule 7');
-- error an acknowledgement names who makes it: CHECK constraint failed: an acknowledgement names who makes it
INSERT INTO acknowledgement(subject, moderator, statement) VALUES ('covert shadow bans', ' ', 'rule 7');
-- error an acknowledgement says where: CHECK constraint failed: an acknowledgement says where the rules announce it
INSERT INTO acknowledgement(subject, moderator, statement) VALUES ('covert shadow bans', 'ann', '');
INSERT INTO acknowledgement(subject, moderator, statement) VALUES ('covert shadow bans', 'ann', 'rule 7');
UPDATE setting SET value = 'covert' WHERE name = 'shadow_ban_mode';
SELECT 'shadow_ban_mode is covert with its being on record', value, 'covert' FROM setting WHERE name = 'shadow_ban_mode';
UPDATE setting SET value = 'off' WHERE name = 'shadow_ban_mode';
-- error an acknowledgement stays as it is: acknowledgements do not change: add another row
UPDATE acknowledgement SET statement = 'rule 8';
-- error an acknowledgement stays: acknowledgements are kept: set shadow_ban_mode instead
DELETE FROM acknowledgement;
-- error an acknowledgement is not replaced: acknowledgements are kept: one cannot be replaced
INSERT OR REPLACE INTO acknowledgement(id, subject, moderator, statement) VALUES (1, 'covert shadow bans', 'bob', 'rule 8');
UPDATE setting SET value = 'immediate' WHERE name = 'flag_mode';
UPDATE setting SET value = 'review' WHERE name = 'flag_mode';
-- error flag_mode is not of another word: CHECK constraint failed: flag_mode must be review or immediate
UPDATE setting SET value = 'often' WHERE name = 'flag_mode';
UPDATE setting SET value = 0 WHERE name = 'brake_percent';
SELECT 'brake_percent may be 0', value, 0 FROM setting WHERE name = 'brake_percent';
UPDATE setting SET value = 100 WHERE name = 'brake_percent';
SELECT 'brake_percent may be 100', value, 100 FROM setting WHERE name = 'brake_percent';
UPDATE setting SET value = 0.5 WHERE name = 'brake_percent';
SELECT 'brake_percent may be 0.5', value, 0.5 FROM setting WHERE name = 'brake_percent';
-- error brake_percent is not -1: CHECK constraint failed: brake_percent must be between 0 and 100
UPDATE setting SET value = -1 WHERE name = 'brake_percent';
-- error brake_percent is not 101: CHECK constraint failed: brake_percent must be between 0 and 100
UPDATE setting SET value = 101 WHERE name = 'brake_percent';
-- error brake_percent is not x: CHECK constraint failed: brake_percent must be between 0 and 100
UPDATE setting SET value = 'x' WHERE name = 'brake_percent';
UPDATE setting SET value = 0.5 WHERE name = 'brake_minutes';
SELECT 'brake_minutes may be 0.5', value, 0.5 FROM setting WHERE name = 'brake_minutes';
-- error brake_minutes is not 0: CHECK constraint failed: brake_minutes must be a number above 0
UPDATE setting SET value = 0 WHERE name = 'brake_minutes';
-- error brake_minutes is not x: CHECK constraint failed: brake_minutes must be a number above 0
UPDATE setting SET value = 'x' WHERE name = 'brake_minutes';
UPDATE setting SET value = 1 WHERE name = 'brake_members';
SELECT 'brake_members may be 1', value, 1 FROM setting WHERE name = 'brake_members';
UPDATE setting SET value = 4.0 WHERE name = 'brake_members';
SELECT 'brake_members may be 4.0', value, 4.0 FROM setting WHERE name = 'brake_members';
-- error brake_members is not 0: CHECK constraint failed: brake_members must be an integer, 1 or more
UPDATE setting SET value = 0 WHERE name = 'brake_members';
-- error brake_members is not 1.5: CHECK constraint failed: brake_members must be an integer, 1 or more
UPDATE setting SET value = 1.5 WHERE name = 'brake_members';
-- error brake_members is not x: CHECK constraint failed: brake_members must be an integer, 1 or more
UPDATE setting SET value = 'x' WHERE name = 'brake_members';
UPDATE setting SET value = 0.5 WHERE name = 'decision_days';
SELECT 'decision_days may be 0.5', value, 0.5 FROM setting WHERE name = 'decision_days';
-- error decision_days is not 0: CHECK constraint failed: decision_days must be a number of days above 0
UPDATE setting SET value = 0 WHERE name = 'decision_days';
-- error decision_days is not x: CHECK constraint failed: decision_days must be a number of days above 0
UPDATE setting SET value = 'x' WHERE name = 'decision_days';
UPDATE setting SET value = 0 WHERE name = 'text_days';
SELECT 'text_days may be 0', value, 0 FROM setting WHERE name = 'text_days';
UPDATE setting SET value = 0.5 WHERE name = 'text_days';
SELECT 'text_days may be 0.5', value, 0.5 FROM setting WHERE name = 'text_days';
-- error text_days is not -1: CHECK constraint failed: text_days must be a number of days, 0 or more
UPDATE setting SET value = -1 WHERE name = 'text_days';
-- error text_days is not 1000000: CHECK constraint failed: text_days must be a number of days, 0 or more
UPDATE setting SET value = 1000000 WHERE name = 'text_days';
-- error text_days is not x: CHECK constraint failed: text_days must be a number of days, 0 or more
UPDATE setting SET value = 'x' WHERE name = 'text_days';
UPDATE setting SET value = 'enforce' WHERE name = 'mode';
UPDATE setting SET value = 'observe' WHERE name = 'mode';
-- error mode is not of another word: CHECK constraint failed: mode must be observe or enforce
UPDATE setting SET value = 'often' WHERE name = 'mode';
-- error high_risk is below low_risk: high_risk must be below low_risk
UPDATE setting SET value = 70 WHERE name = 'high_risk';
-- error low_risk is above high_risk: high_risk must be below low_risk
UPDATE setting SET value = 30 WHERE name = 'low_risk';
-- error a setting that is not there: CHECK constraint failed: there is no such setting
INSERT INTO setting(name, value) VALUES ('windwo_size', 5);
-- error a setting is not deleted: a setting cannot be deleted: update its value instead
DELETE FROM setting WHERE name = 'window_size';
-- error high_risk is below low_risk, in the place of the old one too: high_risk must be below low_risk
INSERT OR REPLACE INTO setting(name, value) VALUES ('high_risk', 90);
-- error a setting keeps its name: a setting keeps its name: update its value instead
UPDATE OR REPLACE setting SET name = 'mode', value = 'enforce' WHERE name = 'window_size';
-- error content_type.multiplier is finite: CHECK constraint failed: multiplier >= 0 AND multiplier < 1e9
UPDATE content_type SET multiplier = 9e999;
INSERT OR IGNORE INTO setting(name, value) VALUES ('high_risk', 90);
SELECT 'a setting that is there may be offered again', value, 30 FROM setting WHERE name = 'high_risk';
