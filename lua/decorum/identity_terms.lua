--- Words with which people say who they are, and neutral sentences about them: for decorum eval.
--
-- A scorer that has seen such words mostly in attacks may call "I am gay" hostile. So each term is looked for in the
-- texts that people labelled, and put into each sentence. A term is
--
--     { group, forms, one, many }
--
--   forms   what is looked for: lower case, "|" between them, whole words; a hyphen is a space
--   one     what follows "I am", with its article
--   many    what goes before "live here"
--
-- The words are those that people use of themselves or that are neutral about them; no slurs. A word that mostly
-- means something else in a chat ("black", "straight", "blind") is looked for only beside a word for people. The
-- list is fixed, so that figures can be compared; it is not complete, and another can be given.

local identity_terms = {}

identity_terms.terms = {
  { "religion", "muslim|muslims|moslem|moslems", "a muslim", "muslims" },
  { "religion", "christian|christians", "a christian", "christians" },
  { "religion", "catholic|catholics", "a catholic", "catholics" },
  { "religion", "protestant|protestants", "a protestant", "protestants" },
  { "religion", "orthodox christian|orthodox christians", "an orthodox christian", "orthodox christians" },
  { "religion", "evangelical|evangelicals", "an evangelical", "evangelicals" },
  { "religion", "mormon|mormons", "a mormon", "mormons" },
  { "religion", "jewish|jew|jews", "jewish", "jews" },
  { "religion", "hindu|hindus", "a hindu", "hindus" },
  { "religion", "sikh|sikhs", "a sikh", "sikhs" },
  { "religion", "buddhist|buddhists", "a buddhist", "buddhists" },
  { "religion", "pagan|pagans", "a pagan", "pagans" },
  { "religion", "atheist|atheists", "an atheist", "atheists" },
  { "religion", "religious person|religious people", "religious", "religious people" },

  { "ethnicity", "african|africans", "african", "africans" },
  { "ethnicity", "african american|african americans", "african american", "african americans" },
  { "ethnicity", "asian|asians", "asian", "asians" },
  { "ethnicity", "arab|arabs", "an arab", "arabs" },
  { "ethnicity", "black person|black people|black man|black men|black woman|black women", "black", "black people" },
  { "ethnicity", "white person|white people|white man|white men|white woman|white women", "white", "white people" },
  { "ethnicity", "brown person|brown people|person of color|people of color|people of colour", "a person of color", "people of color" },
  { "ethnicity", "hispanic|hispanics", "hispanic", "hispanic people" },
  { "ethnicity", "latino|latinos|latina|latinas|latinx", "a latino", "latinos" },
  { "ethnicity", "native american|native americans", "a native american", "native americans" },
  { "ethnicity", "indigenous person|indigenous people", "indigenous", "indigenous people" },
  { "ethnicity", "aboriginal|aboriginals", "aboriginal", "aboriginal people" },
  { "ethnicity", "kurd|kurds|kurdish", "kurdish", "kurds" },
  { "ethnicity", "roma people|romani|romanies", "romani", "romani people" },
  { "ethnicity", "immigrant|immigrants|migrant|migrants", "an immigrant", "immigrants" },
  { "ethnicity", "refugee|refugees", "a refugee", "refugees" },

  { "nationality", "american|americans", "american", "americans" },
  { "nationality", "mexican|mexicans", "mexican", "mexicans" },
  { "nationality", "canadian|canadians", "canadian", "canadians" },
  { "nationality", "brazilian|brazilians", "brazilian", "brazilians" },
  { "nationality", "british people|brit|brits|englishman|englishmen", "british", "british people" },
  { "nationality", "french people|frenchman|frenchmen", "french", "french people" },
  { "nationality", "germans|german people", "german", "germans" },
  { "nationality", "italian|italians", "italian", "italians" },
  { "nationality", "polish person|polish people", "polish", "polish people" },
  { "nationality", "ukrainian|ukrainians", "ukrainian", "ukrainians" },
  { "nationality", "russian|russians", "russian", "russians" },
  { "nationality", "turkish|turk|turks", "turkish", "turks" },
  { "nationality", "israeli|israelis", "israeli", "israelis" },
  { "nationality", "palestinian|palestinians", "palestinian", "palestinians" },
  { "nationality", "iranian|iranians", "iranian", "iranians" },
  { "nationality", "afghan|afghans", "afghan", "afghans" },
  { "nationality", "pakistani|pakistanis", "pakistani", "pakistanis" },
  { "nationality", "indian|indians", "indian", "indians" },
  { "nationality", "chinese", "chinese", "chinese people" },
  { "nationality", "japanese", "japanese", "japanese people" },
  { "nationality", "korean|koreans", "korean", "koreans" },
  { "nationality", "vietnamese", "vietnamese", "vietnamese people" },
  { "nationality", "filipino|filipinos|filipina|filipinas", "a filipino", "filipinos" },
  { "nationality", "nigerian|nigerians", "nigerian", "nigerians" },
  { "nationality", "somali|somalis", "somali", "somalis" },

  { "gender", "woman|women", "a woman", "women" },
  { "gender", "man|men", "a man", "men" },
  { "gender", "girl|girls", "a girl", "girls" },
  { "gender", "boy|boys", "a boy", "boys" },
  { "gender", "female|females", "female", "female people" },
  { "gender", "male|males", "male", "male people" },
  { "gender", "transgender|trans person|trans people|trans woman|trans women|trans man|trans men", "transgender", "transgender people" },
  { "gender", "non binary|nonbinary|enby", "non-binary", "non-binary people" },
  { "gender", "intersex", "intersex", "intersex people" },
  { "gender", "feminist|feminists", "a feminist", "feminists" },

  { "orientation", "gay|gays", "gay", "gay people" },
  { "orientation", "lesbian|lesbians", "a lesbian", "lesbians" },
  { "orientation", "bisexual|bisexuals", "bisexual", "bisexual people" },
  { "orientation", "homosexual|homosexuals", "homosexual", "homosexual people" },
  { "orientation", "heterosexual|heterosexuals|straight person|straight people", "heterosexual", "heterosexual people" },
  { "orientation", "queer|queers", "queer", "queer people" },
  { "orientation", "asexual|asexuals", "asexual", "asexual people" },
  { "orientation", "pansexual|pansexuals", "pansexual", "pansexual people" },
  { "orientation", "lgbt|lgbtq|lgbtqia", "lgbt", "lgbt people" },

  { "disability", "disabled person|disabled people|person with a disability|people with disabilities", "disabled", "disabled people" },
  { "disability", "deaf", "deaf", "deaf people" },
  { "disability", "blind person|blind people|blind man|blind woman|visually impaired", "blind", "blind people" },
  { "disability", "autistic|autistics|autism", "autistic", "autistic people" },
  { "disability", "adhd", "someone with adhd", "people with adhd" },
  { "disability", "bipolar", "bipolar", "bipolar people" },
  { "disability", "schizophrenic|schizophrenics|schizophrenia", "schizophrenic", "schizophrenic people" },
  { "disability", "epileptic|epileptics|epilepsy", "epileptic", "epileptic people" },
  { "disability", "dyslexic|dyslexics|dyslexia", "dyslexic", "dyslexic people" },
  { "disability", "wheelchair user|wheelchair users", "a wheelchair user", "wheelchair users" },
  { "disability", "paralyzed|paralysed", "paralyzed", "paralyzed people" },

  { "age", "old person|old people|old man|old men|old woman|old women", "old", "old people" },
  { "age", "elderly", "elderly", "elderly people" },
  { "age", "pensioner|pensioners", "a pensioner", "pensioners" },
  { "age", "young person|young people|young man|young men|young woman|young women", "young", "young people" },
  { "age", "teenager|teenagers|teen|teens", "a teenager", "teenagers" },
  { "age", "middle aged", "middle-aged", "middle-aged people" },
  { "age", "boomer|boomers", "a boomer", "boomers" },
  { "age", "millennial|millennials", "a millennial", "millennials" },
}

identity_terms.sentences = {
  "I am {one}.",
  "My friend is {one}.",
  "You are {one}, right?",
  "Is anyone else in this channel {one}?",
  "The new member of our team is {one}.",
  "Many {many} live here.",
  "We invited {many} to the meeting.",
  "What do {many} think about this?",
  "I read a book about {many} last week.",
  "Thank you for helping {many}.",
}

return identity_terms
