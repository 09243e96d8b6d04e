/*
** toxicity_test.c: the built-in scorer from C: its list, sentences that must and must not score, and what
** holds for any bytes whatsoever.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "decorum.h"
#include "lexicon_json.h"
#include "lookalike.h"
#include "random.h"
#include "scorer.h"
#include "utf8.h"

#define FEWEST_TERMS 450
#define MOST_WORDS 6
#define LONG (10 * 1000 * 1000)

static struct lexicon_index *builtin;

static int setup(void **state) {
  enum lexicon_status status;
  int problem = 0, other = 0;
  (void)state;
  builtin = lexicon_index_new(lexicon_builtin, lexicon_builtin_count, &status, &problem, &other);
  if (builtin == NULL) {
    print_error("'%s' reads as '%s', or is no term\n", lexicon_builtin[problem].text,
        lexicon_builtin[other].text);
  }
  return builtin == NULL;
}

static int teardown(void **state) {
  (void)state;
  sqlite3_free(builtin);
  return 0;
}

static double score(const char *text) {
  return scorer_score(builtin, text, (int)strlen(text), NULL, NULL).toxicity;
}

/*
** The list
*/

static void test_sorted(void **state) {
  (void)state;
  for (int i = 1; i < lexicon_builtin_count; i++) {
    const char *before = lexicon_builtin[i - 1].text, *text = lexicon_builtin[i].text;
    if (strcmp(before, text) >= 0) fail_msg("'%s' must not stand behind '%s'", text, before);
  }
}

static void test_terms(void **state) {
  int counts[LEXICON_CATEGORIES] = {0}, count = 0;
  (void)state;
  for (int i = 0; i < lexicon_builtin_count; i++) {
    const struct lexicon_term *term = &lexicon_builtin[i];
    int spaces = 0;
    for (const char *c = term->text; *c; c++) spaces += *c == ' ';
    if (!(term->weight >= 0 && term->weight < 1)) fail_msg("'%s': %g", term->text, term->weight);
    if (spaces >= MOST_WORDS) fail_msg("'%s' is too long", term->text);
    assert_in_range(term->category, 0, LEXICON_CATEGORIES - 1);
    assert_in_range(term->aim, 0, 1);
    counts[term->category] += term->weight > 0;
    count += term->weight > 0;
  }
  if (count < FEWEST_TERMS) fail_msg("%d terms", count);
  for (int i = 0; i < LEXICON_CATEGORIES; i++) {
    if (counts[i] < 40) fail_msg("%d terms of %s", counts[i], lexicon_category_names[i]);
  }
}

/* Words that many are, and many talk about: never in the list by themselves. */
static void test_no_names_of_groups(void **state) {
  static const char *const names[] = {"gay", "gays", "lesbian", "bisexual", "trans", "transgender",
      "queer", "black", "blacks", "white", "asian", "african", "arab", "jew", "jews", "jewish",
      "muslim", "muslims", "christian", "catholic", "hindu", "atheist", "woman", "women", "girl",
      "girls", "man", "men", "mexican", "indian", "chinese", "immigrant", "refugee", "disabled",
      "autistic", "deaf", "blind", "old", "fat", "gypsy", "master", "slave", "kill", "abort",
      "execute", "hang", "daemon", "abuse", "die", "dead"};
  (void)state;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (score(names[i]) != 0) fail_msg("'%s' scores %g", names[i], score(names[i]));
  }
}

struct found {
  int count;
  struct scorer_hit last;
};

static bool find(void *to, const struct scorer_hit *hit) {
  struct found *found = to;
  found->count++;
  found->last = *hit;
  return true;
}

/* Each term finds itself, whole, as it stands in the list; one of weight 0 finds nothing. */
static void test_found(void **state) {
  (void)state;
  for (int i = 0; i < lexicon_builtin_count; i++) {
    const struct lexicon_term *term = &lexicon_builtin[i];
    int length = (int)strlen(term->text);
    struct found found = {0};
    scorer_score(builtin, term->text, length, find, &found);
    if (term->weight == 0) {
      if (found.count != 0) fail_msg("'%s' is a hit", term->text);
    } else if (found.count != 1 || found.last.term != term || found.last.start != 0 ||
               found.last.end != length) {
      fail_msg(
          "'%s' finds %d, '%s'", term->text, found.count, found.count ? found.last.term->text : "");
    }
  }
}

/*
** Sentences
*/

static void test_innocent(void **state) {
  static const char *const sentences[] = {"good morning everyone, coffee is ready",
      "you can just kill the process with kill -9", "my girlfriend is black and proud of it",
      "the garbage collector pauses for 20 ms, can you look at it?",
      "your dumb terminal needs a null modem cable",
      "stupid question, but where do you put the config?",
      "oh crap, I broke the build again, sorry", "this kernel sucks less than your old one",
      "damn, you are good at this", "you have to abort the transaction and execute it again",
      "the daemon hangs when you send it two requests", "your master and slave disks are swapped",
      "read the man page before you try the dead link",
      "a fat binary is bigger but you need only one of them", "you hit the nail on the head",
      "I am gay and so is half of this channel", "she is Jewish, you could ask her about it",
      "please report abuse to the abuse desk, not to me", "drag the file into the trash can",
      "you should empty the trash bin from time to time", "mysql_connect() or die('no database')",
      "I could kill for a pizza right now", "you killed it on stage last night!!",
      "he said \"you are an idiot\" and left", "> you are an idiot\nI would not put it so",
      "you are not an idiot, it is a hard problem",
      "I'm an idiot, I forgot the semicolon, thank you",
      "thanks, I feel stupid now, but you saved my day", "Scunthorpe United plays in Lincolnshire",
      "Charles Dickens wrote it, you would like it",
      "the assassin's class is passive, you assess it", "a cockpit, a shuttlecock and a peacock",
      "the virus killed half of my tomatoes, poor things",
      "does your cat bite the hand that feeds it?", "shoot me a mail when you are done",
      "shut up and take my money", "he's a son of a gun, isn't he?",
      "you can shoot yourself in the foot with pointers",
      "there is a chink in the armour of that cipher", "the pain goes away if you stretch",
      "it won't kill you to wait for a minute", "you could turn it off yourself",
      "I got lost in the documentation, can you help?", "set `stupid_mode = true` in your config",
      "use a spark plug to retard the timing", "you may feed the guinea pig now",
      "my maine coon sleeps on your keyboard", "the fire retardant foam in your couch",
      "x = a*b + s**t; f(*x)", "I hate mondays, you too?", "this is what I hate: you never know",
      "off we go. Die Hard is on, you know", "Moby Dick is a book about a whale, you know"};
  (void)state;
  assert_true(sizeof sentences / sizeof *sentences >= 40);
  for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
    if (score(sentences[i]) >= 0.3) fail_msg("'%s' scores %g", sentences[i], score(sentences[i]));
  }
}

static void test_hostile(void **state) {
  static const char *const sentences[] = {"you are an idiot", "you're such a moron",
      "shut up, nobody asked", "kill yourself", "kys", "k y s loser", "k.y.s",
      "why don't you kill yourself", "go die in a fire", "I will find you and I will kill you",
      "i know where you live", "you fucking idiot", "FUCK YOU", "f u c k  y o u", "f*ck off",
      "fuuuuuck you", "fvck you", "y0u 1d10t", "ｙｏｕ ｉｄｉｏｔ", "you are an 𝓲𝓭𝓲𝓸𝓽", "you іdіоt",
      "you i\u200Bd\u200Biot", "you are an i-d-i-o-t", "@bob idiot", "@bob: what a moron",
      "nobody likes you", "everyone hates you", "get lost, loser", "you piece of shit",
      "go back to your country", "dirty immigrants everywhere", "what a faggot", "you retard",
      "suck my dick", "show us your tits", "son of a bitch, you lied",
      "you are a worthless, pathetic liar", "hope you get cancer", "you a$$hole", "you asssssshole",
      "not only stupid, you are ugly too", "your code is garbage and so are you, clown",
      "go fuck yourself", "stfu", "shut the fuck up", "die already, you disgust me", "you dumbass",
      "drink bleach", "sʜᴜᴛ ᴜᴘ", "s h u t  u p", "YOU ARE ALL MORONS!!!"};
  (void)state;
  assert_true(sizeof sentences / sizeof *sentences >= 40);
  for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
    if (score(sentences[i]) < 0.5) fail_msg("'%s' scores %g", sentences[i], score(sentences[i]));
  }
}

/*
** Any text
*/

struct check {
  int length;
  int end;
  double aimed;
  double unaimed;
};

/* Hits are in order, apart from each other, inside of the text. */
static bool check_hit(void *to, const struct scorer_hit *hit) {
  struct check *check = to;
  assert_true(hit->start >= check->end && hit->end > hit->start && hit->end <= check->length);
  assert_true(hit->term->weight > 0);
  check->end = hit->end;
  check->aimed *= 1.0 - scorer_count(hit, true);
  check->unaimed *= 1.0 - scorer_count(hit, false);
  return true;
}

/* Scores a copy of which not a byte more is there, and checks what must hold. */
static double checked_score(const char *text, int length) {
  char *copy = malloc((size_t)length + 1);
  struct check check = {length, 0, 1.0, 1.0};
  assert_non_null(copy);
  memcpy(copy, text, (size_t)length);
  copy[length] = '\0';
  struct scorer_score scored = scorer_score(builtin, copy, length, check_hit, &check);
  free(copy);
  assert_true(scored.complete);
  assert_true(scored.toxicity >= 0 && scored.toxicity <= 1);
  assert_true(scored.toxicity == 1.0 - (scored.aimed ? check.aimed : check.unaimed));
  return scored.toxicity;
}

/* A random text: bytes, marks, characters of all kinds, pieces of terms. Returns its length. */
static int random_text(struct random *random, char *text, int size) {
  static const char *const pieces[] = {" ", "  ", "\n", "'", "\"", "`", "```", ">", "*", "**", "!",
      "|", "@", "$", "1", "0", ".", ",", "not ", "you ", "idiot", "s h u t  u p", "kill yourself",
      "'s", "n't ", "i d ", "a", "aaaa", "\u200B", "\u0301", "\u2019", "\u201C", "\u201D", "\u201E",
      "\u00AB", "\u00BB", "\u2018", "\uFF49", "\U0001D4F2", "\u732B", "\u0436", "\U0001F642",
      "\xED\xA0\x80", "\xC0\xAF", "\xFF", "\xF0\x9F", "\xE2\x80", "\x80"};
  int length = 0;
  while (length < size - 16 && !random_once_in(random, 60)) {
    if (random_once_in(random, 8)) {
      text[length++] = (char)random_below(random, 256);
      continue;
    }
    const char *piece = random_once_in(random, 6)
                            ? lexicon_builtin[random_below(random, lexicon_builtin_count)].text
                            : pieces[random_below(random, sizeof pieces / sizeof *pieces)];
    int part = (int)strlen(piece);
    if (part > size - 16 - length) break;
    memcpy(text + length, piece, (size_t)part);
    length += part;
  }
  return length;
}

static void test_random_bytes(void **state) {
  struct random random = random_begin();
  char text[400];
  (void)state;
  for (int i = 0; i < 100000; i++) checked_score(text, random_text(&random, text, sizeof text));
  for (int i = 0; i < 100000; i++) {
    int length = random_below(&random, (int)sizeof text);
    for (int j = 0; j < length; j++) text[j] = (char)random_below(&random, 256);
    checked_score(text, length);
  }
}

/* Wherever in a long text something stands, it is found, in whole, with what is before it: the scorer looks
** at some 500 words at a time. */
static void test_window(void **state) {
  static const struct {
    const char *end;
    double toxicity;
  } cases[] = {{"shut up", 0.5}, {"s h u t  u p", 0.5}, {"not an idiot, you", 0.6 * 0.2},
      {"shut up and take my money", 0}, {"k y s", 0.95},
      {"w o m e n b e l o n g i n t h e k i t c h e n", 0.75}};
  static const char *const fillers[] = {"word ", "x, 1, ", "idio "};
  char text[8000];
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    for (size_t filler = 0; filler < sizeof fillers / sizeof *fillers; filler++) {
      int length = 0;
      for (int words = 0; words < 1000; words++) {
        snprintf(text + length, sizeof text - (size_t)length, "; 22222 %s, 22222 b", cases[i].end);
        if (words % 440 < 60 || words % 440 > 400) {
          double expected = 1.0 - (1.0 - cases[i].toxicity);
          assert_true(checked_score(text, (int)strlen(text)) == expected);
          for (int more = 0; more < 10; more++) strcat(text, " word word word word x word y z");
          assert_true(checked_score(text, (int)strlen(text)) == expected);
        }
        length += snprintf(text + length, sizeof text - (size_t)length, "%s", fillers[filler]);
      }
    }
  }
}

/* Letters with marks, in other forms, of other scripts. */
static void test_lookalikes(void **state) {
  static const struct {
    const char *letters;
    const char *reads; /* each of them */
  } cases[] = {{"ÀÁÂÃÄÅàáâãäåĀāĂăĄąǍǎǞǟǠǡǺǻȀȁȂȃȦȧȺḀḁẚẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặ"
                "ⓐⒶａＡ𝐀𝚊🅰🇦⒜",
                   "a"},
      {"ƀƁƂƃɃḂḃḄḅḆḇⓑⒷｂＢ𝐁𝚋🅱🇧⒝", "b"}, {"ÇçĆćĈĉĊċČčƇƈȻȼḈḉⓒⒸｃＣ𝐂𝚌🅲🇨⒞", "c"},
      {"ĎďĐđƊƋƌȡḊḋḌḍḎḏḐḑḒḓⓓⒹｄＤ𝐃𝚍🅳🇩⒟", "d"},
      {"ÈÉÊËèéêëĒēĔĕĖėĘęĚěȄȅȆȇȨȩɆɇḔḕḖḗḘḙḚḛḜḝẸẹẺẻẼẽẾếỀềỂểỄễỆệⓔⒺｅＥ𝐄𝚎🅴🇪"
       "⒠",
          "e"},
      {"ƑƒḞḟⓕⒻｆＦ𝐅𝚏🅵🇫⒡", "f"}, {"ĜĝĞğĠġĢģƓǤǥǦǧǴǵḠḡⓖⒼｇＧ𝐆𝚐🅶🇬⒢", "g"},
      {"ĤĥĦħȞȟḢḣḤḥḦḧḨḩḪḫẖⓗⒽｈＨ𝐇𝚑🅷🇭⒣", "h"}, {"ÌÍÎÏìíîïĨĩĪīĬĭĮįİƗǏǐȈȉȊȋḬḭḮḯỈỉỊịⓘⒾｉＩ𝐈𝚒🅸🇮⒤", "i"},
      {"ĴĵǰɈɉⓙⒿｊＪ𝐉𝚓🅹🇯⒥", "j"}, {"ĶķƘƙǨǩḰḱḲḳḴḵⓚⓀｋＫ𝐊𝚔🅺🇰⒦", "k"},
      {"ĹĺĻļĽľĿŀŁłƚȴȽḶḷḸḹḺḻḼḽⓛⓁｌＬ𝐋𝚕🅻🇱⒧", "l"}, {"ḾḿṀṁṂṃⓜⓂｍＭ𝐌𝚖🅼🇲⒨", "m"},
      {"ÑñŃńŅņŇňƝƞǸǹȠȵṄṅṆṇṈṉṊṋⓝⓃｎＮ𝐍𝚗🅽🇳⒩", "n"},
      {"ÒÓÔÕÖØòóôõöøŌōŎŏŐőƟƠơǑǒǪǫǬǭǾǿȌȍȎȏȪȫȬȭȮȯȰȱṌṍṎṏṐṑṒṓỌọỎỏỐốỒồỔổỖ"
       "ỗỘộỚớỜờỞởỠỡỢợⓞⓄｏＯ𝐎𝚘🅾🇴⒪",
          "o"},
      {"ƤƥṔṕṖṗⓟⓅｐＰ𝐏𝚙🅿🇵⒫", "p"}, {"ɊɋⓠⓆｑＱ𝐐𝚚🆀🇶⒬", "q"}, {"ŔŕŖŗŘřȐȑȒȓɌɍṘṙṚṛṜṝṞṟⓡⓇｒＲ𝐑𝚛🆁🇷⒭", "r"},
      {"ŚśŜŝŞşŠšȘșȿṠṡṢṣṤṥṦṧṨṩⓢⓈｓＳ𝐒𝚜🆂🇸⒮", "s"}, {"ŢţŤťŦŧƫƬƭƮȚțȶȾṪṫṬṭṮṯṰṱẗⓣⓉｔＴ𝐓𝚝🆃🇹⒯", "t"},
      {"ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưǓǔǕǖǗǘǙǚǛǜȔȕȖȗṲṳṴṵṶṷṸṹṺṻỤụỦủỨứỪừỬửỮữỰự"
       "ⓤⓊｕＵ𝐔𝚞🆄🇺⒰",
          "u"},
      {"ƲṼṽṾṿⓥⓋｖＶ𝐕𝚟🆅🇻⒱", "v"}, {"ŴŵẀẁẂẃẄẅẆẇẈẉẘⓦⓌｗＷ𝐖𝚠🆆🇼⒲", "w"}, {"ẊẋẌẍⓧⓍｘＸ𝐗𝚡🆇🇽⒳", "x"},
      {"ÝýÿŶŷŸƳƴȲȳɎɏẎẏẙỲỳỴỵỶỷỸỹỾỿⓨⓎｙＹ𝐘𝚢🆈🇾⒴", "y"}, {"ŹźŻżŽžƵƶȤȥɀẐẑẒẓẔẕⓩⓏｚＺ𝐙𝚣🆉🇿⒵", "z"},
      {"аΑαᴀ", "a"}, {"ВвΒʙ", "b"}, {"СсϹᴄⅽ", "c"}, {"ԁᴅⅾ", "d"}, {"ЕеЁёΕεєᴇ", "e"}, {"ɢɡ", "g"},
      {"НнΗʜһ", "h"}, {"ІіΙιЇıɪⅰ", "i"}, {"ЈјϳᴊͿ", "j"}, {"КкΚκᴋ", "k"}, {"ʟⅼӏӀ", "l"},
      {"МмΜᴍⅿ", "m"}, {"ΝɴПп", "n"}, {"ОоΟοᴏøØ", "o"}, {"РрΡρᴘ", "p"}, {"ԛ", "q"}, {"ʀгГ", "r"},
      {"Ѕѕꜱſ", "s"}, {"ТтΤτᴛ", "t"}, {"ᴜ", "u"}, {"ᴠѵⅴ", "v"}, {"ᴡԝ", "w"}, {"ХхΧχⅹ", "x"},
      {"УуΥʏү", "y"}, {"Ζᴢ", "z"}, {"æÆǽᴁ", "ae"}, {"œŒ", "oe"}, {"ßẞ", "ss"}, {"þÞ", "th"},
      {"ﬁ", "fi"}, {"’‘ʼ´′＇", "'"}, {"＄", "$"}, {"＠", "@"}, {"０𝟎𝟘", "0"}, {"９𝟗", "9"}};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const unsigned char *at = (const unsigned char *)cases[i].letters;
    for (uint32_t character; *at; at += utf8_decode(at, 4, &character)) {
      char letters[LOOKALIKE_SIZE];
      utf8_decode(at, 4, &character);
      enum lookalike kind = lookalike_read(character, letters);
      if (kind != LOOKALIKE_LETTERS || strcmp(letters, cases[i].reads) != 0) {
        fail_msg("U+%04X reads as '%s', not '%s'", character, letters, cases[i].reads);
      }
    }
  }
}

/* What every character is: one of the five kinds, with letters that fit. */
static void test_every_character(void **state) {
  static const uint32_t nothing[] = {0xAD, 0x300, 0x36F, 0x489, 0x200B, 0x200F, 0x202A, 0x202E,
      0x2060, 0x2069, 0xFEFF, 0xFE0F, 0xE0001, 0xE007F, 0xE0100};
  static const uint32_t ends[] = {
      0xD7, 0xF7, 0xA0, 0xBF, 0x2014, 0x2026, 0x20AC, 0x2122, 0x3002, 0xFF01, 0x1F642};
  char letters[LOOKALIKE_SIZE];
  (void)state;
  for (uint32_t character = 0x80; character < 0x110000; character++) {
    if (character >= 0xD800 && character <= 0xDFFF) continue;
    enum lookalike kind = lookalike_read(character, letters);
    size_t length = strlen(letters);
    assert_in_range(kind, LOOKALIKE_END, LOOKALIKE_WORD);
    if (kind >= LOOKALIKE_LETTERS) assert_in_range(length, 1, 4);
    if (kind == LOOKALIKE_LETTERS) assert_true((unsigned char)letters[0] < 0x80);
    if (kind >= LOOKALIKE_OTHER) assert_true((unsigned char)letters[0] >= 0x80);
  }
  for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
    assert_int_equal(lookalike_read(nothing[i], letters), LOOKALIKE_NOTHING);
  }
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    assert_int_equal(lookalike_read(ends[i], letters), LOOKALIKE_END);
  }
}

/* What a word is written with makes no difference: plain words take a way of their own through the folding,
** and each must give what the other gives. */
static void test_written_otherwise(void **state) {
  struct random random = random_begin();
  (void)state;
  for (int i = 0; i < 20000; i++) {
    char plain[300], other[1500];
    int length = 0, used = 0, count = random_between(&random, 1, 5);
    for (int j = 0; j < count; j++) {
      length += snprintf(plain + length, sizeof plain - (size_t)length, "%s%s", j ? " " : "",
          lexicon_builtin[random_below(&random, lexicon_builtin_count)].text);
    }
    for (int j = 0; j < length; j++) {
      bool letter = plain[j] >= 'a' && plain[j] <= 'z';
      if (letter && random_once_in(&random, 4)) {
        used +=
            snprintf(other + used, 4, "\xEF\xBD%c", (char)(0x81 + plain[j] - 'a')); /* full-width */
      } else if (letter && random_once_in(&random, 3)) {
        other[used++] = (char)(plain[j] - 32);
      } else {
        other[used++] = plain[j];
      }
      if (letter && random_once_in(&random, 5)) used += snprintf(other + used, 3, "\u00AD");
    }
    other[used] = '\0';
    if (checked_score(plain, length) != checked_score(other, used)) {
      fail_msg("'%s' scores %g, '%s' %g", plain, score(plain), other, score(other));
    }
  }
}

/* Ten million bytes of anything end, and what stands behind them is found. */
static void test_long(void **state) {
  static const char *const units[] = {"\"", "'", "`", " '", " \"", "> ", ">\n", "a", "a ", "a\n",
      "ab ", "i d i o ", "*", "a*", "@", "$", "1", "!", "\n", "\u201C", "\u2018", "\u201E",
      "\u00AB", "\u0301", "\u200B", "\xE2", "\xF0", "\xE2\x80", "you ", "you should ", "not "};
  char *text = malloc(LONG + 100);
  (void)state;
  assert_non_null(text);
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    int size = (int)strlen(units[i]), length = 0;
    while (length < LONG) {
      memcpy(text + length, units[i], (size_t)size);
      length += size;
    }
    strcpy(text + length, "\n2 cretin");
    length += (int)strlen(text + length);
    double got = scorer_score(builtin, text, length, NULL, NULL).toxicity;
    if (!(got > 0 && got <= 1)) fail_msg("ten million bytes of '%s' score %g", units[i], got);
  }
  free(text);
}

/*
** SQL
*/

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
    fail_msg("%s", sqlite3_errmsg(db));
  return statement;
}

static sqlite3 *open_database(void) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
  assert_int_equal(sqlite3_decorum_init(db, NULL, NULL), SQLITE_OK);
  return db;
}

/* The rows of toxicity_terms multiply to what toxicity gives, bit for bit; and they name their places. */
static void test_explained(void **state) {
  struct random random = random_begin();
  sqlite3 *db = open_database();
  sqlite3_stmt *whole = prepare(db, "SELECT toxicity(?1)");
  sqlite3_stmt *terms = prepare(db,
      "SELECT counted, instr(CAST(?1 AS BLOB), x'00') OR substr(?1, at, length) = matched, weight,"
      " quoted, negated, aimed FROM toxicity_terms(?1)");
  char text[400];
  (void)state;
  for (int i = 0; i < 20000; i++) {
    int length = random_text(&random, text, sizeof text);
    double product = 1.0;
    sqlite3_bind_text(whole, 1, text, length, SQLITE_STATIC);
    sqlite3_bind_text(terms, 1, text, length, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(whole), SQLITE_ROW);
    while (sqlite3_step(terms) == SQLITE_ROW) {
      double counted = sqlite3_column_double(terms, 0), expected = sqlite3_column_double(terms, 2);
      if (!sqlite3_column_int(terms, 5)) expected *= 0.5;
      if (sqlite3_column_int(terms, 3)) expected *= 0.3;
      if (sqlite3_column_int(terms, 4)) expected *= 0.2;
      assert_true(counted == expected);
      assert_int_equal(sqlite3_column_int(terms, 1), 1);
      product *= 1.0 - counted;
    }
    assert_true(sqlite3_column_double(whole, 0) == 1.0 - product);
    sqlite3_reset(whole);
    sqlite3_reset(terms);
  }
  sqlite3_finalize(whole);
  sqlite3_finalize(terms);
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* The built-in list, given as JSON, scores as it does without being given. */
static void test_same_as_json(void **state) {
  struct random random = random_begin();
  sqlite3 *db = open_database();
  sqlite3_stmt *same = prepare(db, "WITH list(json) AS MATERIALIZED (SELECT "
                                   "json_group_array(json_object('term', term, 'weight', weight,"
                                   " 'category', category, 'aim', aim)) FROM decorum_lexicon)"
                                   " SELECT toxicity(?1) = toxicity(?1, json) FROM list");
  char text[400];
  (void)state;
  for (int i = 0; i < 200; i++) {
    sqlite3_bind_text(same, 1, text, random_text(&random, text, sizeof text), SQLITE_STATIC);
    assert_int_equal(sqlite3_step(same), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(same, 0), 1);
    sqlite3_reset(same);
  }
  sqlite3_finalize(same);
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* JSON with errors in it is refused with a message, or is none the worse. */
static void test_random_json(void **state) {
  static const char good[] =
      "[{\"term\": \"you \\u00e4\\ud83d\\ude42 dingo\", \"weight\": 0.25e0, \"category\": "
      "\"insult\", \"aim\": \"person\"}, {\"term\":\"x\",\"weight\":1,\"category\":"
      "\"self_harm\",\"aim\":null}]";
  struct random random = random_begin();
  struct lexicon_list list;
  char *error = NULL;
  (void)state;
  assert_int_equal(lexicon_json_read(good, sizeof good - 1, &list, &error), SQLITE_OK);
  assert_int_equal(list.count, 2);
  assert_string_equal(list.terms[0].text, "you \u00e4\U0001F642 dingo");
  assert_true(list.terms[0].weight == 0.25 && list.terms[1].weight == 1);
  assert_true(list.terms[0].aim == LEXICON_PERSON && list.terms[1].aim == LEXICON_THING);
  assert_true(
      list.terms[0].category == LEXICON_INSULT && list.terms[1].category == LEXICON_SELF_HARM);
  lexicon_list_clear(&list);
  for (int i = 0; i < 100000; i++) {
    char json[sizeof good];
    int length = sizeof good - 1;
    memcpy(json, good, sizeof good);
    for (int changes = random_below(&random, 4); changes > 0; changes--) {
      json[random_below(&random, length)] = random_once_in(&random, 2)
                                                ? good[random_below(&random, length)]
                                                : (char)random_below(&random, 256);
    }
    if (random_once_in(&random, 10)) length = random_below(&random, length);
    json[length] = '\0';
    int status = lexicon_json_read(json, length, &list, &error);
    assert_true(status == SQLITE_OK
                    ? error == NULL && list.count <= 2
                    : status == SQLITE_ERROR && error != NULL && list.terms == NULL);
    if (status == SQLITE_OK) lexicon_list_clear(&list);
    sqlite3_free(error);
    error = NULL;
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_sorted),
      cmocka_unit_test(test_terms),
      cmocka_unit_test(test_no_names_of_groups),
      cmocka_unit_test(test_found),
      cmocka_unit_test(test_innocent),
      cmocka_unit_test(test_hostile),
      cmocka_unit_test(test_random_bytes),
      cmocka_unit_test(test_window),
      cmocka_unit_test(test_lookalikes),
      cmocka_unit_test(test_every_character),
      cmocka_unit_test(test_written_otherwise),
      cmocka_unit_test(test_long),
      cmocka_unit_test(test_explained),
      cmocka_unit_test(test_same_as_json),
      cmocka_unit_test(test_random_json),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests_name("toxicity", tests, setup, teardown);
}
