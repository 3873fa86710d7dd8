#include "judge/verdict.h"

#include <math.h>
#include <string.h>

enum { FEWEST = 3 };
/* Expected statements on either side from which a speaker that is not clear is mixed. */
static const double mixed_from = 1.3;
/* Statements that must be expected on a speaker's side: one of less than even odds names none. */
static const double even_odds = 0.5;

bool sl_sides(const struct slant_head *head, uint32_t side[2])
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < head->n_label; k++) {
        if (strcmp(head->label[k], "none") != 0 && strcmp(head->label[k], "neutral") != 0) {
            if (n < 2) {
                side[n] = k;
            }
            n++;
        }
    }
    return n == 2;
}

/* Whether a side is the article's, of whose sentences a and of the other's b are expected. */
static bool leads(double a, double b, double spread)
{
    static const double z = 1.2815515655446004;      /* 90 % of the normal lie below */
    static const double z_clear = 1.959963984540054; /* 97.5 % */
    /* counts are whole: the least that is more than twice is one more, of which half goes below */
    return (a - b > z * spread && a - 2 * b > 0.5) || (a - b > z_clear * spread && a > 1.5 * b);
}

enum sl_stand sl_stand_of(const uint16_t *prob, size_t n, size_t stride, const uint32_t side[2],
                          const struct sl_count_range range[2])
{
    double expected[2] = {0, 0};
    double variance = 0; /* of the difference of the sides' counts */
    if (n < FEWEST) {
        return SL_STAND_UNKNOWN;
    }
    for (size_t i = 0; i < n; i++) {
        double a = prob[i * stride + side[0]] / 10000.0;
        double b = prob[i * stride + side[1]] / 10000.0;
        expected[0] += a;
        expected[1] += b;
        variance += a + b - (a - b) * (a - b);
    }
    if ((expected[0] + expected[1]) * 3 < (double)n) {
        return SL_STAND_NEUTRAL;
    }
    if (leads(expected[0], expected[1], sqrt(variance)) && range[0].low >= 1) {
        return SL_STAND_FIRST;
    }
    if (leads(expected[1], expected[0], sqrt(variance)) && range[1].low >= 1) {
        return SL_STAND_SECOND;
    }
    return range[0].low >= 1 && range[1].low >= 1 ? SL_STAND_MIXED : SL_STAND_UNKNOWN;
}

enum sl_stand sl_stand_of_speaker(uint64_t n, double mean, double variance,
                                  const double expected[2], const uint64_t n_side[2])
{
    static const double z = 0.305;       /* 62 % of the normal lie below */
    static const double z_clear = 0.994; /* 84 % */
    double spread = sqrt(variance);
    bool clear = fabs(mean) > z_clear * spread;
    if (n == 0) {
        return SL_STAND_UNKNOWN;
    }
    if (expected[0] + expected[1] < (double)n / 2 && !clear) {
        return SL_STAND_NEUTRAL;
    }
    if (expected[0] >= mixed_from && expected[1] >= mixed_from && !clear) {
        return SL_STAND_MIXED;
    }
    if (n > 1 && (n_side[0] + n_side[1]) * 2 <= n && !clear) {
        return SL_STAND_NEUTRAL;
    }
    if (mean - z * spread > 0) {
        return n_side[0] > 0 && expected[0] >= even_odds ? SL_STAND_FIRST : SL_STAND_UNKNOWN;
    }
    if (mean + z * spread < 0) {
        return n_side[1] > 0 && expected[1] >= even_odds ? SL_STAND_SECOND : SL_STAND_UNKNOWN;
    }
    return expected[0] >= 1 && expected[1] >= 1 ? SL_STAND_MIXED : SL_STAND_UNKNOWN;
}

const char *sl_stand_name(const struct slant_head *head, const uint32_t side[2],
                          enum sl_stand stand)
{
    switch (stand) {
    case SL_STAND_FIRST:
        return head->label[side[0]];
    case SL_STAND_SECOND:
        return head->label[side[1]];
    case SL_STAND_MIXED:
        return "mixed";
    case SL_STAND_NEUTRAL:
        return "neutral";
    case SL_STAND_UNKNOWN:
    case SL_N_STAND:
        break;
    }
    return "too little evidence";
}
