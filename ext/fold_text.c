/*
** fold_text.c: names compared as people read them.
**
**   fold(text)
**
** Two names that fold to the same text look alike: letter case, accents, forms of a letter, letters of other
** scripts that look so, invisible characters and the amount of white space make no difference.
**
**     SELECT fold('  Änn   Ｏ’Brien ');      -- ann o'brien
**     SELECT fold('Аnn') = fold('ANN');     -- 1, though the first begins with a Cyrillic letter
**     SELECT fold('Ann 🙂 2!');              -- ann 🙂 2!
**
** Digits and punctuation stay: it is for looking members up, and Ann2 is not Ann. Bytes that are not UTF-8
** become U+FFFD, one for each. NULL gives NULL. What a character reads as is in lookalike.c.
*/
#include "fold_text.h"
#include "lookalike.h"
#include "utf8.h"
#include "value.h"

static bool fold_text_is_space(uint32_t code) {
  return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xA0 ||
         (code >= 0x2000 && code <= 0x200A) || code == 0x202F || code == 0x205F || code == 0x3000;
}

/* Appends what a character reads as; `bytes` are those it was written with. */
static void fold_text_append(sqlite3_str *folded, uint32_t code, const char *bytes, int count) {
  char letters[LOOKALIKE_SIZE] = "";
  if (code < 0x80) {
    sqlite3_str_appendchar(folded, 1, (char)(code >= 'A' && code <= 'Z' ? code + 'a' - 'A' : code));
  } else if (lookalike_read(code, letters) == LOOKALIKE_END) {
    sqlite3_str_append(folded, bytes, count);
  } else {
    sqlite3_str_appendall(folded, letters);
  }
}

void fold_text(sqlite3_context *context, int argc, sqlite3_value **argv) {
  (void)argc;
  if (value_is_null(argv[0])) return;
  if (sqlite3_value_type(argv[0]) == SQLITE_BLOB) {
    value_refuse(context, "fold", "text", "TEXT", argv[0]);
    return;
  }
  const char *text = (const char *)sqlite3_value_text(argv[0]);
  if (text == NULL) {
    sqlite3_result_error_nomem(context);
    return;
  }
  int length = sqlite3_value_bytes(argv[0]);
  sqlite3_str *folded = sqlite3_str_new(sqlite3_context_db_handle(context));
  bool space = false; /* before the next character */
  for (int i = 0, count; i < length; i += count) {
    uint32_t code = 0xFFFD;
    count = utf8_decode((const unsigned char *)text + i, length - i, &code);
    if (fold_text_is_space(code)) {
      space = sqlite3_str_length(folded) > 0;
      continue;
    }
    if (space) sqlite3_str_appendchar(folded, 1, ' ');
    space = false;
    if (count == 0) {
      sqlite3_str_appendall(folded, "\xEF\xBF\xBD");
      count = 1;
    } else {
      fold_text_append(folded, code, text + i, count);
    }
  }
  value_result(context, folded);
}
