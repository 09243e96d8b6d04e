-- A bot for a channel on IRC. Copy it, change what stands in it, then
--
--     decorum init chat.db                    make the community's file
--     decorum run --check bot.lua             can it connect, and may it moderate?
--     decorum run bot.lua                     until it is stopped; decorum.service lets systemd do that
--
-- A new community only observes: the moderators' channel hears what would have been done, until somebody there says
-- !policy enforce. What the bot may do to people it needs to be a channel operator for.
return {
  -- All that the bot knows, in one file beside this one. decorum backup makes copies while it runs.
  database = "chat.db",

  chat = {
    {
      "irc",
      host = "irc.example.org",
      -- port = 6697, and TLS, unless said otherwise. tls = false is for a server on the same machine.
      nick = "decorum",
      channels = { "#lobby" },

      -- Here the bot tells moderators what it did, would have done, and what waits for them. Make it a channel that only they may join.
      moderators = "#lobby-mods",

      -- The bot's own account, by which the network knows it before it joins. Secrets do not stand in this file: env reads the
      -- environment, and the bot does not start without it.
      -- sasl = { account = "decorum", password = env "IRC_PASSWORD" },

      -- Channel operators may use all commands, half-operators those of a moderator. Others are named by their account: 1 is a
      -- moderator, 2 a senior one, who may ban, 3 an owner.
      -- ranks = { ["account:ann"] = 3, ["account:bob"] = 1 },
    },
  },

  -- Those that are live. Left out, the ones that are live in the file. A name that ends in .lua is a file with a policy of your own.
  policies = { "ladder", "spam" },

  log = { level = "info" },
}
