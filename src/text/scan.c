#include "text/scan.h"
#include "base/inline.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define X86 1
#endif

/* Inlined into each form, so that each uses its own instructions. */
enum { STEP = 64 };

/* Bit i of each: byte i of 64 is one. */
struct classes {
    uint64_t alnum;
    uint64_t high;  /* not ASCII */
    uint64_t space; /* below 0x21 */
    uint64_t point; /* . */
    uint64_t join;  /* ' . , & */
    uint64_t smile; /* : ; = < start an emoticon */
    uint64_t sign;  /* ! ? # @ */
    uint64_t stop;  /* . , ; : ! ? ( ) */
};

/* ---- by a table ---- */

enum { ALNUM = 1, SPACE = 2, POINT = 4, JOIN = 8, SMILE = 16, SIGN = 32, STOP = 64 };

static const uint8_t class_of[128] = {
    [0] = SPACE,
    [1] = SPACE,
    [2] = SPACE,
    [3] = SPACE,
    [4] = SPACE,
    [5] = SPACE,
    [6] = SPACE,
    [7] = SPACE,
    [8] = SPACE,
    [9] = SPACE,
    [10] = SPACE,
    [11] = SPACE,
    [12] = SPACE,
    [13] = SPACE,
    [14] = SPACE,
    [15] = SPACE,
    [16] = SPACE,
    [17] = SPACE,
    [18] = SPACE,
    [19] = SPACE,
    [20] = SPACE,
    [21] = SPACE,
    [22] = SPACE,
    [23] = SPACE,
    [24] = SPACE,
    [25] = SPACE,
    [26] = SPACE,
    [27] = SPACE,
    [28] = SPACE,
    [29] = SPACE,
    [30] = SPACE,
    [31] = SPACE,
    [32] = SPACE,
    ['\''] = JOIN,
    ['.'] = POINT | JOIN | STOP,
    [','] = JOIN | STOP,
    ['&'] = JOIN,
    [':'] = SMILE | STOP,
    [';'] = SMILE | STOP,
    ['='] = SMILE,
    ['<'] = SMILE,
    ['!'] = SIGN | STOP,
    ['?'] = SIGN | STOP,
    ['#'] = SIGN,
    ['@'] = SIGN,
    ['('] = STOP,
    [')'] = STOP,
    ['0'] = ALNUM,
    ['1'] = ALNUM,
    ['2'] = ALNUM,
    ['3'] = ALNUM,
    ['4'] = ALNUM,
    ['5'] = ALNUM,
    ['6'] = ALNUM,
    ['7'] = ALNUM,
    ['8'] = ALNUM,
    ['9'] = ALNUM,
    ['A'] = ALNUM,
    ['B'] = ALNUM,
    ['C'] = ALNUM,
    ['D'] = ALNUM,
    ['E'] = ALNUM,
    ['F'] = ALNUM,
    ['G'] = ALNUM,
    ['H'] = ALNUM,
    ['I'] = ALNUM,
    ['J'] = ALNUM,
    ['K'] = ALNUM,
    ['L'] = ALNUM,
    ['M'] = ALNUM,
    ['N'] = ALNUM,
    ['O'] = ALNUM,
    ['P'] = ALNUM,
    ['Q'] = ALNUM,
    ['R'] = ALNUM,
    ['S'] = ALNUM,
    ['T'] = ALNUM,
    ['U'] = ALNUM,
    ['V'] = ALNUM,
    ['W'] = ALNUM,
    ['X'] = ALNUM,
    ['Y'] = ALNUM,
    ['Z'] = ALNUM,
    ['a'] = ALNUM,
    ['b'] = ALNUM,
    ['c'] = ALNUM,
    ['d'] = ALNUM,
    ['e'] = ALNUM,
    ['f'] = ALNUM,
    ['g'] = ALNUM,
    ['h'] = ALNUM,
    ['i'] = ALNUM,
    ['j'] = ALNUM,
    ['k'] = ALNUM,
    ['l'] = ALNUM,
    ['m'] = ALNUM,
    ['n'] = ALNUM,
    ['o'] = ALNUM,
    ['p'] = ALNUM,
    ['q'] = ALNUM,
    ['r'] = ALNUM,
    ['s'] = ALNUM,
    ['t'] = ALNUM,
    ['u'] = ALNUM,
    ['v'] = ALNUM,
    ['w'] = ALNUM,
    ['x'] = ALNUM,
    ['y'] = ALNUM,
    ['z'] = ALNUM,
};

static void class_plainly(const unsigned char *p, struct classes *c)
{
    memset(c, 0, sizeof *c);
    for (unsigned i = 0; i < STEP; i++) {
        uint64_t bit = UINT64_C(1) << i;
        unsigned of = p[i] < 0x80 ? class_of[p[i]] : 0;
        c->high |= p[i] >= 0x80 ? bit : 0;
        c->alnum |= (of & ALNUM) != 0 ? bit : 0;
        c->space |= (of & SPACE) != 0 ? bit : 0;
        c->point |= (of & POINT) != 0 ? bit : 0;
        c->join |= (of & JOIN) != 0 ? bit : 0;
        c->smile |= (of & SMILE) != 0 ? bit : 0;
        c->sign |= (of & SIGN) != 0 ? bit : 0;
        c->stop |= (of & STOP) != 0 ? bit : 0;
    }
}

/* ---- by vectors ---- */

#ifdef X86
static inline uint64_t mask_sse2(__m128i v)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(v);
}

/* low <= byte <= high, as signed bytes: what is not ASCII is below all. */
static inline __m128i within_sse2(__m128i v, char low, char high)
{
    return _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8((char)(low - 1))),
                         _mm_cmpgt_epi8(_mm_set1_epi8((char)(high + 1)), v));
}

static inline __m128i is_sse2(__m128i v, char c)
{
    return _mm_cmpeq_epi8(v, _mm_set1_epi8(c));
}

static void class_sse2(const unsigned char *p, struct classes *c)
{
    memset(c, 0, sizeof *c);
    for (unsigned i = 0; i < STEP; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(p + i));
        __m128i point = is_sse2(v, '.');
        __m128i letter = within_sse2(_mm_or_si128(v, _mm_set1_epi8(0x20)), 'a', 'z');
        __m128i join = _mm_or_si128(_mm_or_si128(is_sse2(v, '\''), point),
                                    _mm_or_si128(is_sse2(v, ','), is_sse2(v, '&')));
        __m128i smile = _mm_or_si128(within_sse2(v, ':', '='), _mm_setzero_si128());
        __m128i sign = _mm_or_si128(_mm_or_si128(is_sse2(v, '!'), is_sse2(v, '?')),
                                    _mm_or_si128(is_sse2(v, '#'), is_sse2(v, '@')));
        c->alnum |= mask_sse2(_mm_or_si128(letter, within_sse2(v, '0', '9'))) << i;
        c->high |= mask_sse2(v) << i;
        c->space |= mask_sse2(within_sse2(v, 0, ' ')) << i;
        c->point |= mask_sse2(point) << i;
        c->join |= mask_sse2(join) << i;
        c->smile |= mask_sse2(smile) << i;
        c->sign |= mask_sse2(sign) << i;
        c->stop |= mask_sse2(_mm_or_si128(
                       _mm_or_si128(_mm_or_si128(point, is_sse2(v, ',')), within_sse2(v, ':', ';')),
                       _mm_or_si128(_mm_or_si128(is_sse2(v, '!'), is_sse2(v, '?')),
                                    within_sse2(v, '(', ')'))))
                   << i;
    }
}

/* Two look-ups, by the high and by the low half of a byte; a bit that both have is its class. Bits:
 * 1 join, 2 sign, 4 smile, 8 space, 16 point (which joins too), 32 and 64 letters, 128 digits. */
__attribute__((target("avx2,bmi"))) SL_INLINE void class_avx2(const unsigned char *p,
                                                              struct classes *c)
{
    enum { JO = 1, SI = 2, SM = 4, SP = 8, PT = 16, L1 = 32, L2 = 64, DI = -128 };
    /* rows of sixteen: 0x, 1x controls; 2x signs; 3x digits; 4x 6x A to O; 5x 7x P to Z; @ is 40,
     * which a class of its own would need: it is told apart below */
    const __m256i by_high = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(SP, SP, JO | SI | PT, DI | SM, L1, L2, L1, L2, 0, 0, 0, 0, 0, 0, 0, 0));
    const __m256i by_low = _mm256_broadcastsi128_si256(_mm_setr_epi8(
        (char)(SP | DI | L2), (char)(SP | SI | DI | L1 | L2), (char)(SP | DI | L1 | L2),
        (char)(SP | SI | DI | L1 | L2), (char)(SP | DI | L1 | L2), (char)(SP | DI | L1 | L2),
        (char)(SP | JO | DI | L1 | L2), (char)(SP | JO | DI | L1 | L2), (char)(SP | DI | L1 | L2),
        (char)(SP | DI | L1 | L2), SP | SM | L1 | L2, SP | SM | L1, SP | SM | JO | L1, SP | SM | L1,
        SP | PT | L1, SP | L1));
    /* stops by themselves: bit 1 of row 2x, bit 2 of row 3x */
    const __m256i stop_high =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    const __m256i stop_low =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 1, 0, 1, 2));
    const __m256i half = _mm256_set1_epi8(0x0f);
    uint64_t part[2][7];
    for (int i = 0; i < 2; i++) {
        __m256i v = _mm256_loadu_si256((const __m256i *)(p + 32 * i));
        __m256i low_half = _mm256_and_si256(v, half);
        __m256i high_half = _mm256_and_si256(_mm256_srli_epi16(v, 4), half);
        __m256i low = _mm256_shuffle_epi8(by_low, low_half);
        __m256i high = _mm256_shuffle_epi8(by_high, high_half);
        /* a byte that is not ASCII finds 0 in the table by high halves */
        __m256i class = _mm256_and_si256(low, high);
        __m256i sign =
            _mm256_or_si256(_mm256_slli_epi16(class, 6),
                            _mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('?')),
                                            _mm256_cmpeq_epi8(v, _mm256_set1_epi8('@'))));
        __m256i alnum =
            _mm256_cmpgt_epi8(_mm256_and_si256(class, _mm256_set1_epi8((char)(L1 | L2 | DI))),
                              _mm256_setzero_si256());
        /* digits have the sign bit, so they are not above zero but negative */
        alnum = _mm256_or_si256(alnum, class);
        part[i][0] = (uint32_t)_mm256_movemask_epi8(alnum);
        part[i][1] = (uint32_t)_mm256_movemask_epi8(v);
        part[i][2] = (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(
            _mm256_slli_epi16(class, 4), _mm256_cmpeq_epi8(v, _mm256_set1_epi8(' '))));
        part[i][3] = (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(class, 3));
        part[i][4] = (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(class, 7));
        part[i][5] = (uint32_t)_mm256_movemask_epi8(sign);
        part[i][6] = ~(uint32_t)_mm256_movemask_epi8(
            _mm256_cmpeq_epi8(_mm256_and_si256(_mm256_shuffle_epi8(stop_low, low_half),
                                               _mm256_shuffle_epi8(stop_high, high_half)),
                              _mm256_setzero_si256()));
        c->smile =
            i == 0
                ? (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(class, 5))
                : c->smile | (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(class, 5))
                                 << 32;
    }
    c->alnum = part[0][0] | part[1][0] << 32;
    c->high = part[0][1] | part[1][1] << 32;
    c->space = part[0][2] | part[1][2] << 32;
    c->point = part[0][3] | part[1][3] << 32;
    c->join = (part[0][4] | part[1][4] << 32) | c->point;
    c->sign = part[0][5] | part[1][5] << 32;
    c->stop = part[0][6] | part[1][6] << 32;
}

/* One look-up, by the byte itself; bits as in class_of. */
#define AVX512 "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,popcnt"
__attribute__((target(AVX512))) SL_INLINE void class_avx512(const unsigned char *p,
                                                            struct classes *c)
{
    const __m512i v = _mm512_loadu_si512(p);
    const __mmask64 high = _mm512_movepi8_mask(v);
    const __m512i class = _mm512_maskz_permutex2var_epi8(~high, _mm512_loadu_si512(class_of), v,
                                                         _mm512_loadu_si512(class_of + 64));
    c->high = high;
#define IS(bit) _mm512_test_epi8_mask(class, _mm512_set1_epi8(bit))
    c->alnum = IS(ALNUM);
    c->space = IS(SPACE);
    c->point = IS(POINT);
    c->join = IS(JOIN);
    c->smile = IS(SMILE);
    c->sign = IS(SIGN);
    c->stop = IS(STOP);
#undef IS
}
#endif

/* ---- positions ---- */

struct state {
    uint64_t in_run; /* bit 0: the last byte was of a run */
    uint64_t joiner; /* bit 0: the last byte joins, and stands behind a letter or digit */
    uint64_t smile;  /* bit 0: the last byte may start an emoticon */
    uint64_t point;  /* bit 0: the last byte is a point */
    bool broken;     /* a stop stands in the gap that goes on */
};

/* Where what is found goes. */
struct found {
    uint32_t *edge, *care, *broken;
};

static inline uint32_t *put_positions(uint32_t *to, uint64_t bits, uint32_t at)
{
    while (bits != 0) {
        *to++ = at + (uint32_t)__builtin_ctzll(bits);
        bits &= bits - 1;
    }
    return to;
}

#ifdef X86
/* The same, eight at a time, behind which there is room: nothing hangs on how many there are, but how
 * often that is done. */
__attribute__((target("bmi,popcnt"))) SL_INLINE uint32_t *put_many(uint32_t *to, uint64_t bits,
                                                                   uint32_t at)
{
    uint32_t *end = to + __builtin_popcountll(bits);
    for (; to < end; to += 8) {
#define PUT(i)                               \
    to[i] = at + (uint32_t)_tzcnt_u64(bits); \
    bits &= bits - 1
        PUT(0);
        PUT(1);
        PUT(2);
        PUT(3);
        PUT(4);
        PUT(5);
        PUT(6);
        PUT(7);
    }
    return end;
}

/* The same, sixteen at a time. */
__attribute__((target(AVX512))) SL_INLINE uint32_t *put_more(uint32_t *to, uint64_t bits,
                                                             uint32_t at)
{
    static const uint8_t all[STEP] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    uint32_t *end = to + __builtin_popcountll(bits);
    __m512i place = _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(all));
    const __m512i first = _mm512_set1_epi32((int)at);
    for (; to < end; to += 16) {
        _mm512_storeu_si512(
            to, _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(place)), first));
        place = _mm512_shuffle_i64x2(place, place, 0x39); /* the next sixteen */
    }
    return end;
}
#endif

/* The runs behind a gap with a stop: that carries through the gap to where the run begins. */
SL_INLINE uint64_t behind_stops(struct state *s, uint64_t stop, uint64_t alnum)
{
    uint64_t sum;
    bool over = __builtin_add_overflow(~alnum, stop, &sum);
    s->broken = __builtin_add_overflow(sum, (uint64_t)s->broken, &sum) || over;
    return sum;
}

typedef uint32_t *put_positions_form(uint32_t *to, uint64_t bits, uint32_t at);

/* Neighbours are told by shifting. What a byte is may show only in the next step: then the spot is
 * noted one byte late, at the neighbour, which serves as well, for the gap and the run's end are
 * compared with the first spot at or behind them. To keep spots exact, such a spot is noted at the
 * byte itself, before those of this step. */
SL_INLINE uint64_t take(struct state *s, const struct classes *c, uint32_t at, struct found *to,
                        put_positions_form *few)
{
    uint64_t word = c->alnum | c->high;
    uint64_t before = word << 1 | (s->in_run & 1);
    uint64_t spots = c->high | c->sign;
    uint64_t join = c->join & before;
    uint64_t runs = c->alnum << 1 | (s->in_run >> 1 & 1);
    uint64_t begins = c->alnum & ~runs;
    bool late = ((s->joiner & word) | (s->smile & ~c->space) | (s->point & c->point)) & 1;
    spots |= join & word >> 1;
    spots |= c->smile & ~(c->space >> 1) & ~(UINT64_C(1) << 63);
    spots |= c->point & c->point >> 1;
    if (late) {
        *to->care++ = at - 1;
    }
    to->care = few(to->care, spots, at);
    to->broken = few(to->broken, behind_stops(s, c->stop, c->alnum) & begins, at);
    s->in_run = word >> 63 | (c->alnum >> 63) << 1;
    s->joiner = join >> 63;
    s->smile = c->smile >> 63;
    s->point = c->point >> 63;
    return c->alnum ^ runs;
}

#define SCAN_WITH(class_bytes, put, few)                                                 \
    do {                                                                                 \
        struct state s = {0};                                                            \
        struct classes c;                                                                \
        unsigned char rest[STEP];                                                        \
        size_t at = 0;                                                                   \
        for (; at + STEP <= len; at += STEP) {                                           \
            class_bytes((const unsigned char *)p + at, &c);                              \
            to->edge = put(to->edge, take(&s, &c, (uint32_t)at, to, few), (uint32_t)at); \
        }                                                                                \
        if (at < len) {                                                                  \
            memset(rest, ' ', sizeof rest);                                              \
            memcpy(rest, p + at, len - at);                                              \
            class_bytes(rest, &c);                                                       \
            to->edge = put(to->edge, take(&s, &c, (uint32_t)at, to, few), (uint32_t)at); \
        }                                                                                \
    } while (0)

static void scan_plainly(const char *p, size_t len, struct found *to)
{
    SCAN_WITH(class_plainly, put_positions, put_positions);
}

#ifdef X86
static void scan_sse2(const char *p, size_t len, struct found *to)
{
    SCAN_WITH(class_sse2, put_positions, put_positions);
}

__attribute__((target("avx2,bmi,popcnt"))) static void scan_avx2(const char *p, size_t len,
                                                                 struct found *to)
{
    SCAN_WITH(class_avx2, put_many, put_positions);
}

__attribute__((target(AVX512))) static void scan_avx512(const char *p, size_t len, struct found *to)
{
    SCAN_WITH(class_avx512, put_more, put_more);
}
#endif

enum sl_simd sl_simd_best(void)
{
#ifdef X86
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vbmi") &&
                   __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                   __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt")
               ? SL_SIMD_AVX512
           : __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                   __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt")
               ? SL_SIMD_AVX2
               : SL_SIMD_SSE2;
#else
    return SL_SIMD_NONE;
#endif
}

void sl_scan(enum sl_simd simd, const char *p, size_t len, struct sl_scan *out)
{
    struct found to = {out->edge, out->care, out->broken};
#ifdef X86
    if (simd == SL_SIMD_AVX512) {
        scan_avx512(p, len, &to);
    } else if (simd == SL_SIMD_AVX2) {
        scan_avx2(p, len, &to);
    } else if (simd == SL_SIMD_SSE2) {
        scan_sse2(p, len, &to);
    } else {
        scan_plainly(p, len, &to);
    }
#else
    (void)simd;
    scan_plainly(p, len, &to);
#endif
    if ((to.edge - out->edge) % 2 != 0) {
        *to.edge++ = (uint32_t)len; /* a run up to the very end of a full step */
    }
    out->n_edge = (uint32_t)(to.edge - out->edge);
    to.edge[0] = to.edge[1] = UINT32_MAX;
    out->n_care = (uint32_t)(to.care - out->care);
    *to.care = SL_SCAN_MAX;
    out->n_broken = (uint32_t)(to.broken - out->broken);
    *to.broken = UINT32_MAX;
}
