/*
** facts_text.c: the text of a facts table's SELECT. See facts_text.h.
**
** This is SQLite's own cutting of SQL into tokens, as far as it is needed here: a text in any of the four
** kinds of quotation marks can be a name to SQLite, 'member' too.
*/
#include "facts_text.h"
#include <ctype.h>
#include <string.h>
#include "parameter.h"

static bool text_is_name(char c) {
  return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* Steps over white space, to which a byte order mark belongs, and comments. */
static const char *text_skip(const char *text) {
  for (;;) {
    if (isspace((unsigned char)*text)) {
      text++;
    } else if (strncmp(text, "\xEF\xBB\xBF", 3) == 0) {
      text += 3;
    } else if (text[0] == '-' && text[1] == '-') {
      text += strcspn(text, "\n");
    } else if (text[0] == '/' && text[1] == '*') {
      const char *end = strstr(text + 2, "*/");
      text = end ? end + 2 : text + strlen(text);
    } else {
      return text;
    }
  }
}

/* Where the text in quotation marks that starts here ends. */
static const char *text_quoted_end(const char *text) {
  char quote = *text == '[' ? ']' : *text;
  for (text++; *text; text++) {
    if (*text != quote) continue;
    if (quote == ']' || text[1] != quote) return text + 1;
    text++;
  }
  return text;
}

const char *facts_token_next(const char *text, struct facts_token *token) {
  text = text_skip(text);
  const char *end = text;
  token->start = text;
  if (*text == '\0') {
    token->kind = FACTS_TOKEN_END;
  } else if (*text == '\'' || *text == '"' || *text == '`' || *text == '[') {
    token->kind = FACTS_TOKEN_NAME;
    end = text_quoted_end(text);
  } else if ((*text == ':' || *text == '@' || *text == '$') && text_is_name(text[1])) {
    token->kind = FACTS_TOKEN_PARAMETER;
    for (end++; text_is_name(*end);) end++;
  } else if (text_is_name(*text)) {
    token->kind = isdigit((unsigned char)*text) ? FACTS_TOKEN_OTHER : FACTS_TOKEN_NAME;
    while (text_is_name(*end)) end++;
  } else {
    token->kind = FACTS_TOKEN_OTHER;
    end++;
  }
  token->length = (size_t)(end - text);
  return end;
}

bool facts_token_is(const struct facts_token *token, const char *word) {
  return token->length == strlen(word) &&
         sqlite3_strnicmp(token->start, word, (int)token->length) == 0;
}

char *facts_token_name(const struct facts_token *token) {
  size_t colon = token->kind == FACTS_TOKEN_PARAMETER;
  return parameter_dequote(token->start + colon, token->length - colon);
}

/* Is it this name, in any quotation marks or none, or a parameter of this name? */
static bool text_is_named(const struct facts_token *token, const char *name) {
  const char *end = token->start + token->length;
  char quote = *token->start == '[' ? ']' : *token->start;
  if (token->kind == FACTS_TOKEN_PARAMETER) {
    return sqlite3_strnicmp(token->start + 1, name, (int)token->length - 1) == 0 &&
           name[token->length - 1] == '\0';
  }
  if (quote != '\'' && quote != '"' && quote != '`' && quote != ']') {
    return facts_token_is(token, name);
  }
  for (const char *c = token->start + 1; c < end - 1; c++, name++) {
    if (*c == quote) c++; /* it stands there twice */
    if (sqlite3_strnicmp(c, name, 1) != 0) return false;
  }
  return *name == '\0';
}

bool facts_text_names(
    const char *select, const char *end, enum facts_token_kind kind, const char *name) {
  struct facts_token token;
  const char *next = facts_token_next(select, &token);
  for (; token.kind != FACTS_TOKEN_END && token.start < end;
       next = facts_token_next(next, &token)) {
    if (token.kind == kind && text_is_named(&token, name)) return true;
  }
  return false;
}

bool facts_text_is_select(const char *select) {
  struct facts_token token;
  facts_token_next(select, &token);
  return facts_token_is(&token, "SELECT") || facts_token_is(&token, "WITH") ||
         facts_token_is(&token, "VALUES");
}

bool facts_text_is_over(const char *text) {
  struct facts_token token;
  do {
    text = facts_token_next(text, &token);
  } while (facts_token_is(&token, ";"));
  return token.kind == FACTS_TOKEN_END;
}

bool facts_text_is_sorted(const char *select, const char *end) {
  struct facts_token token;
  int depth = 0;
  for (const char *text = facts_token_next(select, &token);
       token.kind != FACTS_TOKEN_END && token.start < end; text = facts_token_next(text, &token)) {
    if (depth == 0 && facts_token_is(&token, "ORDER")) return true;
    depth += facts_token_is(&token, "(") - facts_token_is(&token, ")");
  }
  return false;
}

/* Is the token the name of a table that may be in temp, by what stands before and behind it? */
static bool text_may_be_table(const struct facts_token *schema, const struct facts_token *before,
    const struct facts_token *token, const struct facts_token *behind) {
  if (token->kind != FACTS_TOKEN_NAME || facts_token_is(behind, ".")) return false;
  if (facts_token_is(before, ".")) return text_is_named(schema, "temp");
  return !facts_token_is(before, "AS");
}

bool facts_text_may_read(const char *select, const char *name) {
  struct facts_token schema, before = {.start = ""}, token = before, behind;
  const char *text = facts_token_next(select, &behind);
  do {
    schema = before;
    before = token;
    token = behind;
    text = facts_token_next(text, &behind);
    if (text_may_be_table(&schema, &before, &token, &behind) && text_is_named(&token, name)) {
      return true;
    }
  } while (token.kind != FACTS_TOKEN_END);
  return false;
}
