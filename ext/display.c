/*
** display.c: chat text made safe to look at.
**
**   display(text)
**
** Whoever writes in a chat can write bytes that drive a terminal, or that turn the direction of a
** line so that it reads as something else. display shows them instead of letting them act:
**
**     C0 controls and DEL      their control pictures, U+2400 to U+2421: ESC is ␛, newline is ␊
**     C1 controls, bidirectional marks, embeddings, overrides and isolates, line and paragraph
**     separators, zero-width characters, byte order marks      ‹U+202E›
**     bytes that are not UTF-8      U+FFFD, one for each
**
** Everything else passes unchanged; NULL gives NULL, a number or a BLOB is shown as text.
*/
#include "display.h"
#include "utf8.h"
#include "value.h"

static bool display_is_invisible(uint32_t code) {
  return (code >= 0x80 && code < 0xA0) || code == 0xAD || code == 0x61C || code == 0x180E ||
         (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF ||
         (code >= 0xFFF9 && code <= 0xFFFB) || (code >= 0xE0000 && code <= 0xE007F);
}

void display(sqlite3_context *context, int argc, sqlite3_value **argv) {
  (void)argc;
  if (value_is_null(argv[0])) return;
  const unsigned char *text = sqlite3_value_text(argv[0]);
  if (text == NULL) {
    sqlite3_result_error_nomem(context);
    return;
  }
  int length = sqlite3_value_bytes(argv[0]);
  sqlite3_str *shown = sqlite3_str_new(sqlite3_context_db_handle(context));
  for (int i = 0; i < length;) {
    uint32_t code;
    int bytes = utf8_decode(text + i, length - i, &code);
    if (bytes == 0) {
      sqlite3_str_appendall(shown, "\xEF\xBF\xBD");
      bytes = 1;
    } else if (code < 0x20 || code == 0x7F) {
      char picture[] = "\xE2\x90\x80"; /* U+2400 */
      picture[2] = (char)(0x80 + (code == 0x7F ? 0x21 : code));
      sqlite3_str_appendall(shown, picture);
    } else if (display_is_invisible(code)) {
      sqlite3_str_appendf(shown, "\xE2\x80\xB9U+%04X\xE2\x80\xBA", code); /* ‹U+202E› */
    } else {
      sqlite3_str_append(shown, (const char *)text + i, bytes);
    }
    i += bytes;
  }
  value_result(context, shown);
}
