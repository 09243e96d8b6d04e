/*
** utf8.c: characters out of bytes, and back. See utf8.h.
*/
#include "utf8.h"

int utf8_decode(const unsigned char *bytes, int left, uint32_t *character) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  int length = bytes[0] < 0x80             ? 1
               : (bytes[0] & 0xE0) == 0xC0 ? 2
               : (bytes[0] & 0xF0) == 0xE0 ? 3
               : (bytes[0] & 0xF8) == 0xF0 ? 4
                                           : 0;
  if (length == 0 || length > left) return 0;
  uint32_t code = length == 1 ? bytes[0] : bytes[0] & (0xFFu >> (length + 1));
  for (int i = 1; i < length; i++) {
    if ((bytes[i] & 0xC0) != 0x80) return 0;
    code = code << 6 | (bytes[i] & 0x3F);
  }
  if (code < least[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return 0;
  *character = code;
  return length;
}

int utf8_encode(uint32_t character, char *bytes) {
  int length = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
  for (int i = length - 1; i > 0; i--) {
    bytes[i] = (char)(0x80 | (character & 0x3F));
    character >>= 6;
  }
  static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  bytes[0] = (char)(lead[length] | character);
  return length;
}
