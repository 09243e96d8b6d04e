/*
** shadow_curve.c: what a shadow ban does to an answer, and when. See shadow_curve.h.
**
** A ban goes from progress 0 to 1. Four intensities between 0 and 1 grow on straight lines between the rows
** of the table below. They overlap: drops begin while answers still slow down.
**
**     progress 0.275: between 0.20 and 0.35, in the middle: latency 0.675, drops 0.225
**
** A message is lost to the first of these that holds: blackout, drop, fake 503. Each is a draw of its own,
** so that of 1000 messages at progress 0.65 (drops 0.6, fake_503 0.425, blackout 0.05)
**
**     50 are blacked out, 950 * 0.6 = 570 dropped, 380 * 0.425 = 161.5 fail, 218.5 are answered
**
** What is answered takes latency * 10 * base * (1 + 0.35 ln(1 + tool_calls)) * jitter + overflow_s seconds,
** jitter being between 0.85 and 1.15; what fails takes 14 s, give or take 20 %, as a model does that is asked
** three times.
*/
#include "shadow_curve.h"
#include <math.h>
#include <stddef.h>
#include <string.h>
#include "dice.h"

#define STAGE_FIRST 1.0
#define STAGES 4 /* before "banned" */

#define LATENCY_TIMES 10.0 /* of base, at intensity 1 */
#define TOOL_CALLS_GROWTH 0.35
#define JITTER 0.15
#define FAKE_503_S 14.0
#define FAKE_503_JITTER 0.2
#define DELAY_MAX_S 180.0

#define BASE_FAST 4.0
#define BASE_SLOW 15.0

static const struct {
  double progress;
  struct shadow_intensity intensity;
} curve[] = {
    /*      latency drops fake_503 blackout */
    {0.00, {0.00, 0.00, 0.00, 0.00}},
    {0.10, {0.25, 0.00, 0.00, 0.00}},
    {0.20, {0.60, 0.10, 0.00, 0.00}},
    {0.35, {0.75, 0.35, 0.00, 0.00}},
    {0.45, {0.75, 0.50, 0.10, 0.00}},
    {0.60, {0.75, 0.60, 0.35, 0.00}},
    {0.70, {0.75, 0.60, 0.50, 0.10}},
    {0.85, {0.75, 0.60, 0.60, 0.50}},
    {1.00, {0.75, 0.60, 0.70, 0.95}},
};

#define CURVE_LAST (sizeof curve / sizeof *curve - 1)

double shadow_curve_stage(double progress) {
  return STAGE_FIRST + STAGES * progress;
}

const char *shadow_curve_phase(double progress) {
  static const char *const phases[STAGES] = {"latency", "drops", "fake_503", "blackout"};
  if (progress >= 1.0) return "banned";
  int phase = (int)(shadow_curve_stage(progress) - STAGE_FIRST);
  return phases[phase < STAGES ? phase : STAGES - 1];
}

/* Both ends come out exactly, which first + way * (last - first) would not give; so does a plateau, which
** the sum would not. */
static double curve_between(double first, double last, double way) {
  return first == last ? first : first * (1.0 - way) + last * way;
}

struct shadow_intensity shadow_curve_intensity(double progress) {
  size_t end = 1;
  while (end < CURVE_LAST && progress > curve[end].progress) end++;
  const struct shadow_intensity *first = &curve[end - 1].intensity, *last = &curve[end].intensity;
  double start = curve[end - 1].progress;
  double way = (progress - start) / (curve[end].progress - start);
  return (struct shadow_intensity){
      .latency = curve_between(first->latency, last->latency, way),
      .drops = curve_between(first->drops, last->drops, way),
      .fake_503 = curve_between(first->fake_503, last->fake_503, way),
      .blackout = curve_between(first->blackout, last->blackout, way),
  };
}

double shadow_curve_answered(double progress) {
  struct shadow_intensity intensity = shadow_curve_intensity(progress);
  if (progress >= 1.0) return 0.0;
  return (1.0 - intensity.blackout) * (1.0 - intensity.drops) * (1.0 - intensity.fake_503);
}

bool shadow_curve_throw(sqlite3_value *seed, struct shadow_throw *thrown) {
  static const char *const names[] = {"drop", "blackout", "fake_503", "jitter"};
  double *const draws[] = {&thrown->drop, &thrown->blackout, &thrown->fake_503, &thrown->jitter};
  struct dice seeded = dice_begin();
  if (seed == NULL) {
    dice_null(&seeded);
  } else if (!dice_value(&seeded, seed)) {
    return false;
  }
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    struct dice dice = seeded;
    dice_bytes(&dice, 't', names[i], strlen(names[i]));
    *draws[i] = dice_end(&dice);
  }
  return true;
}

enum shadow_outcome shadow_curve_outcome(double progress, const struct shadow_throw *thrown) {
  struct shadow_intensity intensity = shadow_curve_intensity(progress);
  if (progress >= 1.0) return SHADOW_BANNED;
  if (thrown->blackout < intensity.blackout) return SHADOW_BLACKOUT;
  if (thrown->drop < intensity.drops) return SHADOW_DROPPED;
  if (thrown->fake_503 < intensity.fake_503) return SHADOW_FAKE_503;
  return SHADOW_ANSWERED;
}

/* Is one of the words, which end with a NULL, a word of the name? Words of a name are what stands between its
** signs: of 'gemini-2.5' gemini, 2 and 5, but not mini. */
static bool model_has_word(const char *model, const char *const *words) {
  size_t length = 0;
  for (const char *place = model; *place != '\0'; place += length + (length == 0)) {
    for (length = 0; place[length] != '\0'; length++) {
      unsigned char byte = (unsigned char)place[length];
      bool is_letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
      if (!is_letter && !(byte >= '0' && byte <= '9') && byte < 0x80) break;
    }
    for (const char *const *word = words; length > 0 && *word != NULL; word++) {
      if (strlen(*word) == length && sqlite3_strnicmp(place, *word, (int)length) == 0) return true;
    }
  }
  return false;
}

double shadow_curve_base(const char *model) {
  static const char *const fast[] = {"haiku", "flash", "mini", NULL};
  static const char *const slow[] = {
      "opus", "o1", "o3", "o4", "r1", "reasoner", "reasoning", "thinking", "qwq", NULL};
  if (model_has_word(model, fast)) return BASE_FAST;
  return model_has_word(model, slow) ? BASE_SLOW : SHADOW_BASE_DEFAULT;
}

/* Between 1 - part and 1 + part. */
static double jitter_by(const struct shadow_throw *thrown, double part) {
  return 1.0 - part + 2.0 * part * thrown->jitter;
}

double shadow_curve_delay(double progress, const struct shadow_throw *thrown, double base,
    sqlite3_int64 tool_calls, double overflow_s) {
  enum shadow_outcome outcome = shadow_curve_outcome(progress, thrown);
  double latency = shadow_curve_intensity(progress).latency;
  if (outcome == SHADOW_FAKE_503) return FAKE_503_S * jitter_by(thrown, FAKE_503_JITTER);
  if (outcome != SHADOW_ANSWERED || latency == 0.0) return 0.0;
  double tools = 1.0 + TOOL_CALLS_GROWTH * log(1.0 + (double)tool_calls);
  double delay = latency * LATENCY_TIMES * base * tools * jitter_by(thrown, JITTER) + overflow_s;
  return delay < DELAY_MAX_S ? delay : DELAY_MAX_S;
}

char *shadow_curve_503_text(const char *model) {
  return sqlite3_mprintf("503 Service Unavailable: no capacity available for model %s. "
                         "Retries exhausted (3/3). Please try again later.",
      model);
}
