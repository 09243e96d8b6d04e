/*
** lookalike.c: what a character that is not ASCII reads as. See lookalike.h.
**
** Letters with accents, ligatures, raised, circled, full-width and mathematical forms follow the
** decompositions of the Unicode Character Database (version 14, UnicodeData.txt). Letters with a stroke
** or a hook, small capitals, negative circles and squares, and what looks alike in Cyrillic and Greek are
** added by eye. Both cases of a Cyrillic or Greek letter read alike, so that words of these languages
** fold to the same whichever way they are written.
*/
#include "lookalike.h"
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include "utf8.h"

/* The alphabet, or the ten digits, one or more times in a row. */
static const struct {
  uint32_t first;
  uint32_t last;
  char base; /* 'a' or '0' */
} alphabets[] = {
    {0x249C, 0x24B5, 'a'}, /* parenthesised */
    {0x24B6, 0x24E9, 'a'}, /* circled, capital and small */
    {0xFF10, 0xFF19, '0'}, /* full-width */
    {0xFF21, 0xFF3A, 'a'}, {0xFF41, 0xFF5A, 'a'},
    {0x1D400, 0x1D6A3, 'a'}, /* mathematical: bold, italic, script, fraktur, double-struck... */
    {0x1D7CE, 0x1D7FF, '0'}, {0x1F110, 0x1F129, 'a'}, /* parenthesised capitals */
    {0x1F130, 0x1F149, 'a'},                          /* squared */
    {0x1F150, 0x1F169, 'a'},                          /* white on a black circle */
    {0x1F170, 0x1F189, 'a'},                          /* white on a black square */
    {0x1F1E6, 0x1F1FF, 'a'}, /* regional indicators, two of which are a flag */
};

/* A character each: the letter that it reads as, '.' for a letter of its own, ' ' for none, a capital for
** the letters in pairs below. Sorted by first. */
static const struct {
  uint32_t first;
  uint32_t count;
  const char *letters;
} blocks[] = {
    {0x00AA, 1, "a"},
    {0x00BA, 1, "o"},
    {0x00C0, 400,
        "aaaaaaAceeeeiiiidnooooo ouuuuyTSaaaaaaAceeeeiiiidnooooo ouuuuyTy"
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkk.lllllll"
        "lllnnnnnn.nnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
        "bbbbbb.cc.ddd.e.effg...ikkl.mnnooo..ppr....ttttuuuvyyzz........."
        ".............aaiioouuuuuuuuuu.aaaaAAggggkkoooo..j...gg..nnaaAAoo"
        "aaaaeeeeiiiioooorrrruuuusstt..hhnd..zzaaeeooooooooyylntj..acclts"
        "z..bu.eejjqqrryy"},
    {0x0250, 96,
        ".a.b.cddee.ee.e.ggg...h.i.illl.m.mnnno......rrr.r.s.....tuuv...y"
        "zz.......b..h..l................"},
    {0x02B0, 9, ".hjr...wy"},
    {0x02E0, 4, ".lsx"},
    {0x0370, 144,
        "..... ........ j....  a ehi.o.ywiab..ezh.ik.mn.o.p..ty.x.wiyaehi"
        "yab..ezh.ik.mn.o.p..ty.x.wiyoyw.b.yyy..........................."
        "kpcj.e ..c......"},
    {0x0400, 304,
        "ee.resiij...k.y.a.br.e....k.mhonpcty.x..........a.br.e....k.mhon"
        "pcty.x..........ee.resiij...k.y.....................vvvv........"
        "..        ....pp..........kkkkkkkkhhhh....ccttyyyyxx......hh...."
        "l............mmlaaaaAAee..............oooooo..yyyyyy............"
        "dd........................qqww.................."},
    {0x1D00, 35, "aA.bcdde..jklm.o........p..tu...vwz"},
    {0x1D2C, 63, "aAb.deeghijklmn.o.prtuwa.a.bdeeeeg.kmno...ptu.mv.b...xiruvb.p.x"},
    {0x1D6C, 35, "............h......................"},
    {0x1D9C, 32, "ccdef.g.i.i..l.lm.nnno.s.tuuuv.z"},
    {0x1E00, 256,
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
        "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
        "wwwwwwwwwwxxxxyyzzzzzzhtwyas..S.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
        "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy....yy"},
    {0x2071, 1, "i"},
    {0x207F, 1, "n"},
    {0x2090, 13, "aeoxehklmnpst"},
    {0x2102, 72,
        "c    e  ghhhhhiill n   pqrrr      z w z kabc eef.mo....i  ....  "
        "   ddeij"},
    {0x2160, 32, "i   v    x  lcdmi   v    x  lcdm"},
    {0x2C60, 30, "lllprathhkkzzam..vww........jv"},
    {0xA730, 2, "fs"},
    {0xA7AF, 1, "q"},
    {0xFB00, 7, "FJLXYZZ"},
};

static const char *const pairs[] = {['A'] = "ae",
    ['O'] = "oe",
    ['S'] = "ss",
    ['T'] = "th",
    ['I'] = "ij",
    ['F'] = "ff",
    ['J'] = "fi",
    ['L'] = "fl",
    ['X'] = "ffi",
    ['Y'] = "ffl",
    ['Z'] = "st"};

struct range {
  uint32_t first;
  uint32_t last;
};

/* Not to be seen: combining marks, zero-width and bidirectional characters, variation selectors, tags. */
static const struct range nothing[] = {{0xAD, 0xAD}, {0x300, 0x36F}, {0x483, 0x489}, {0x61C, 0x61C},
    {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
    {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F}, {0x20D0, 0x20FF}, {0x3164, 0x3164},
    {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF9, 0xFFFB},
    {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}};

/* Letters of scripts whose words stand between spaces, but for what the blocks above say. */
static const struct range others[] = {{0xC0, 0x2AF}, {0x370, 0x60B}, {0x60D, 0x61A}, {0x620, 0x6D3},
    {0x6D5, 0x963}, {0x966, 0x1FFF}, {0x2C00, 0x2DFF}, {0xA4D0, 0xD7FF}, {0xFB00, 0xFDFF},
    {0xFE70, 0xFEFE}, {0x10000, 0x1CFFF}, {0x1E000, 0x1EFFF}};

/* Kana and Chinese characters. */
static const struct range words[] = {{0x3041, 0x30FA}, {0x30FC, 0x30FF}, {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0x20000, 0x3FFFF}};

static bool lookalike_is_in(uint32_t character, const struct range *ranges, size_t count) {
  for (size_t i = 0; i < count && ranges[i].first <= character; i++) {
    if (character <= ranges[i].last) return true;
  }
  return false;
}
#define IS_IN(character, ranges) lookalike_is_in(character, ranges, sizeof ranges / sizeof *ranges)

/* What the blocks and alphabets say; '.' where they say nothing. */
static char lookalike_listed(uint32_t character) {
  size_t low = 0, high = sizeof blocks / sizeof *blocks;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (character < blocks[middle].first) {
      high = middle;
    } else if (character - blocks[middle].first < blocks[middle].count) {
      return blocks[middle].letters[character - blocks[middle].first];
    } else {
      low = middle + 1;
    }
  }
  for (size_t i = 0; i < sizeof alphabets / sizeof *alphabets; i++) {
    if (character >= alphabets[i].first && character <= alphabets[i].last) {
      uint32_t size = alphabets[i].base == 'a' ? 26 : 10;
      return (char)(alphabets[i].base + (char)((character - alphabets[i].first) % size));
    }
  }
  return '.';
}

/* Lower case, of the Cyrillic, Greek and Armenian letters that read as no Latin one. */
static uint32_t lookalike_lower(uint32_t character) {
  if (character == 0x3C2) return 0x3C3; /* a sigma at the end of a word */
  if (character >= 0x391 && character <= 0x3A9) return character + 0x20;
  if (character >= 0x400 && character <= 0x40F) return character + 0x50;
  if (character >= 0x410 && character <= 0x42F) return character + 0x20;
  if ((character >= 0x460 && character <= 0x481) || (character >= 0x48A && character <= 0x4BF) ||
      (character >= 0x4D0 && character <= 0x52F)) {
    return character | 1; /* capitals and small letters take turns */
  }
  if (character >= 0x531 && character <= 0x556) return character + 0x30;
  return character;
}

enum lookalike lookalike_read(uint32_t character, char letters[LOOKALIKE_SIZE]) {
  letters[0] = letters[1] = '\0';
  switch (character) {
  case 0xB4:
  case 0x2BB:
  case 0x2BC:
  case 0x2018:
  case 0x2019:
  case 0x201B:
  case 0x2032:
  case 0xFF07:
    letters[0] = '\'';
    return LOOKALIKE_LETTERS;
  case 0xFE69:
  case 0xFF04:
    letters[0] = '$';
    return LOOKALIKE_LETTERS;
  case 0xFE6B:
  case 0xFF20:
    letters[0] = '@';
    return LOOKALIKE_LETTERS;
  default:
    break;
  }
  if (IS_IN(character, nothing)) return LOOKALIKE_NOTHING;
  char listed = lookalike_listed(character);
  if (listed == ' ') return LOOKALIKE_END;
  if (listed >= 'A' && listed <= 'Z') {
    strcpy(letters, pairs[(int)listed]);
    return LOOKALIKE_LETTERS;
  }
  if (listed != '.') {
    letters[0] = listed;
    return LOOKALIKE_LETTERS;
  }
  bool word = IS_IN(character, words);
  if (!word && !IS_IN(character, others)) return LOOKALIKE_END;
  letters[utf8_encode(lookalike_lower(character), letters)] = '\0';
  return word ? LOOKALIKE_WORD : LOOKALIKE_OTHER;
}
