/*
** utf8.h: characters out of bytes.
*/
#ifndef DECORUM_UTF8_H
#define DECORUM_UTF8_H

#include <stdint.h>

/* Reads the character at `bytes`, of which `left` are there (1 or more). Returns its length in bytes;
** 0 if they are not UTF-8: a stray or missing continuation byte, a form longer than needed, half a
** surrogate pair, or more than U+10FFFF. */
int utf8_decode(const unsigned char *bytes, int left, uint32_t *character);

/* Writes a character that utf8_decode may give. Returns its length, 1 to 4. */
int utf8_encode(uint32_t character, char *bytes);

#endif
