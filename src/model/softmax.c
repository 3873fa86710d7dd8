/* Margins into probabilities and labels. */
#include "base/inline.h"
#include "model/model.h"

#include <math.h>
#include <string.h>

void sl_model_softmax(double slope, const double *shift, uint32_t n_label, const double *margin,
                      double *prob)
{
    static const double most = 1e300; /* two infinities would make a NaN */
    double top = -INFINITY;
    double sum = 0;
    uint32_t best = 0;
    for (uint32_t k = 0; k < n_label; k++) {
        double z = slope * margin[k] + shift[k];
        z = z < most ? z : most; /* not a number too */
        prob[k] = z > -most ? z : -most;
        best = prob[k] > top ? k : best;
        top = prob[k] > top ? prob[k] : top;
    }
    for (uint32_t m = 1; m < n_label; m++) { /* all but the best, of which it is 1 */
        uint32_t k = best + m < n_label ? best + m : best + m - n_label;
        prob[k] = exp(prob[k] - top);
    }
    prob[best] = 1;
    for (uint32_t k = 0; k < n_label; k++) {
        sum += prob[k];
    }
    for (uint32_t k = 0; k < n_label; k++) {
        prob[k] /= sum;
    }
}

bool sl_model_label(const struct sl_head *h, uint32_t n_label, const double *margin,
                    uint32_t *label)
{
    /* The largest probability is at least 1 / 16, and this much more is a hundredth of it: six of the
     * ten-thousandths, of which rounding moves each by less than one. */
    static const double clear = 0.01;
    double best = -INFINITY;
    double second = -INFINITY;
    uint32_t which = 0;
    for (uint32_t k = 0; k < n_label; k++) { /* without branches: nobody foretells the label */
        double z = h->slope * margin[k] + h->shift[k];
        double less = z < best ? z : best;
        which += (k - which) & (0 - (uint32_t)(z > best));
        second = less > second ? less : second;
        best = z > best ? z : best;
    }
    *label = which;
    return best - second > clear && best < INFINITY;
}

/* ---- probabilities in ten-thousandths ---- */

SL_INLINE uint32_t first_largest(const uint16_t *prob, uint32_t n_label)
{
    uint32_t best = 0;
    for (uint32_t k = 1; k < n_label; k++) {
        best = prob[k] > prob[best] ? k : best;
    }
    return best;
}

static __attribute__((noinline)) void round_exactly(double slope, const double *shift,
                                                    uint32_t n_label, const double *margin,
                                                    uint16_t *prob)
{
    double p[SLANT_MAX_LABEL];
    int left = 10000;
    sl_model_softmax(slope, shift, n_label, margin, p);
    for (uint32_t k = 0; k < n_label; k++) {
        double part = p[k] * 10000;
        prob[k] = (uint16_t)part;
        p[k] = part - prob[k]; /* the remainder */
        left -= prob[k];
    }
    for (uint32_t k = 0; k < n_label; k++) { /* one each to the `left` largest remainders */
        int before = 0;
        for (uint32_t j = 0; j < n_label; j++) {
            before += (int)(p[j] > p[k]) | ((int)(p[j] == p[k]) & (int)(j < k));
        }
        prob[k] = (uint16_t)(prob[k] + (before < left));
    }
}

typedef double pair __attribute__((vector_size(16)));
typedef uint64_t pair_bits __attribute__((vector_size(16)));
#define BOTH(x) ((pair){(x), (x)})

/* e to the power of both, between -40 and 0, to 1 in 10^10: a power of two, and a polynomial through
 * Chebyshev's points for what is left, at most half a log 2. */
SL_INLINE pair exp_pair(pair x)
{
    const pair rounding = BOTH(0x1.8p52); /* what it is added to has no fraction left */
    const pair power = x * BOTH(1.4426950408889634) + rounding; /* of two */
    const pair r = x - (power - rounding) * BOTH(0.6931471805599453);
    const pair r2 = r * r;
    const pair low = (BOTH(0.9999999999595617) + BOTH(0.9999999999955084) * r) +
                     (BOTH(0.500000010772923) + BOTH(0.16666666786313378) * r) * r2;
    const pair high = (BOTH(0.04166621831919893) + BOTH(0.00833328353793683) * r) +
                      (BOTH(0.001394857833042791) + BOTH(0.00019907569675979507) * r) * r2;
    return (pair)((pair_bits)(low + high * (r2 * r2)) + ((pair_bits)power << 52));
}

/* What round_exactly makes of n <= 4 labels, a constant, from probabilities known to 2^-16 of a
 * ten-thousandth; false where that leaves open how they are rounded. */
SL_INLINE bool round_quickly(double slope, const double *shift, uint32_t n, const double *margin,
                             uint16_t *prob)
{
    double z[4] = {0};
    int32_t whole[4];
    int32_t rest[4];
    double top;
    double sum = 0;
    double scale;
    int32_t left = 10000;
    bool sure = true;
    for (uint32_t k = 0; k < n; k++) {
        z[k] = slope * margin[k] + shift[k];
    }
    top = z[0];
    for (uint32_t k = 1; k < n; k++) {
        top = z[k] > top ? z[k] : top;
    }
    for (uint32_t k = 0; k < n; k++) {
        z[k] -= top;
        sure &= z[k] > -40; /* no NaN either */
    }
    if (!sure) {
        return false;
    }
    for (uint32_t k = 0; k < n; k += 2) {
        pair e = exp_pair((pair){z[k], z[k + 1]});
        z[k] = e[0];
        z[k + 1] = e[1];
    }
    for (uint32_t k = 0; k < n; k++) {
        sum += z[k];
    }
    scale = 10000 * 65536.0 / sum;
    for (uint32_t k = 0; k < n; k++) {
        int32_t part = (int32_t)(z[k] * scale);
        whole[k] = part >> 16;
        rest[k] = part & 0xffff;
        sure &= (uint32_t)rest[k] - 1 < 0xfffe; /* neither the least nor the most */
        left -= whole[k];
    }
    for (uint32_t k = 0; k < n; k++) { /* one each to the `left` largest remainders */
        int32_t before = 0;
        for (uint32_t j = 0; j < n; j++) {
            before += rest[j] > rest[k];
            sure &= j <= k || (uint32_t)(rest[j] - rest[k] + 1) > 2; /* they differ by 2 or more */
        }
        prob[k] = (uint16_t)(whole[k] + (before < left));
    }
    return sure;
}

static uint32_t round_softmax(double slope, const double *shift, uint32_t n_label,
                              const double *margin, uint16_t *prob)
{
    if (n_label == 3 && round_quickly(slope, shift, 3, margin, prob)) {
        return first_largest(prob, 3);
    }
    if (n_label == 2 && round_quickly(slope, shift, 2, margin, prob)) {
        return first_largest(prob, 2);
    }
    round_exactly(slope, shift, n_label, margin, prob);
    return first_largest(prob, n_label);
}

uint32_t sl_model_verdict(const struct sl_head *h, uint32_t n_label, const double *margin,
                          uint16_t *prob)
{
    return round_softmax(h->slope, h->shift, n_label, margin, prob);
}

bool sl_model_knows_own(const struct sl_head *h, uint32_t n_label)
{
    bool knows = h->own_slope != 1;
    for (uint32_t k = 0; k < n_label; k++) {
        knows = knows || h->own_shift[k] != 0;
    }
    return knows;
}

uint32_t sl_model_own(const struct sl_head *h, uint32_t n_label, uint16_t *prob)
{
    double margin[SLANT_MAX_LABEL];
    for (uint32_t k = 0; k < n_label; k++) {
        margin[k] = log(prob[k] > 0 ? prob[k] / 10000.0 : 0.5 / 10000);
    }
    return round_softmax(h->own_slope, h->own_shift, n_label, margin, prob);
}
