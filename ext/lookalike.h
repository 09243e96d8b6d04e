/*
** lookalike.h: what a character that is not ASCII reads as.
**
**     ï Ï ｉ ⓘ 𝒊 🄸 і ᵢ        i       accents, forms of a letter, letters of other scripts that look so
**     æ ﬁ ß                  ae fi ss
**     ’ ＄ ＠                ' $ @
**     ж 한                   themselves, in lower case: letters of words in other scripts
**     猫 ね                   themselves, a word each: these scripts put no spaces
**     zero-width space, ◌̈    nothing
**     … 🙂 €                 the end of a word
*/
#ifndef DECORUM_LOOKALIKE_H
#define DECORUM_LOOKALIKE_H

#include <stdint.h>

enum lookalike {
  LOOKALIKE_END,     /* ends a word */
  LOOKALIKE_NOTHING, /* is not there */
  LOOKALIKE_LETTERS, /* `letters`: ASCII letters and digits, or a mark of the third line above */
  LOOKALIKE_OTHER,   /* `letters`: the letter itself, as UTF-8 */
  LOOKALIKE_WORD,    /* `letters`: the same, and it is a word of its own */
};

#define LOOKALIKE_SIZE 5 /* letters, and a NUL */

enum lookalike lookalike_read(uint32_t character, char letters[LOOKALIKE_SIZE]);

#endif
