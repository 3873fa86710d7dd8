/** The words that attribution knows: closed classes (words.tsv) and cues with their frames (cues.tsv).
 *  Both files become constant tables when slant is built (src/gen/quote_words.c): nothing is read when
 *  it runs. Words are folded to lower case and ASCII; others are unknown, which is no failure. */
#ifndef SL_QUOTE_WORDS_H
#define SL_QUOTE_WORDS_H

#include "base/bytes.h"

enum { SL_QWORD_MAX = 24 }; /* bytes of the longest word, and one more */

/* Classes of words.tsv, bits. */
/* clang-format off */
#define SL_QCLASSES(X) \
    X(DET, det) X(PRON, pron) X(SUBJECT, subject) X(POSSESSIVE, possessive) X(PREP, prep) \
    X(CONJ, conj) X(SUB, sub) X(WH, wh) X(THAT, that) X(TO, to) X(MODAL, modal) X(BE, be) \
    X(HAVE, have) X(DO, do) X(NEG, neg) X(ADV, adv) X(PARTICLE, particle) X(TIME, time) \
    X(UNIT, unit) X(VENUE, venue) X(TITLE, title) X(PERSON, person) X(MALE, male) \
    X(FEMALE, female) X(NUMBER, number) X(ADJ, adj) X(VERB, verb) X(BASE, base) X(NOUN, noun) \
    X(HEARER, hearer) X(RAISING, raising) X(PLACE, place) X(PEOPLE, people) \
    X(ORGANISATION, organisation) X(NAME, name) X(LABEL, label) X(OPENER, opener) \
    X(DENIAL, denial) X(CLAIM, claim) X(AUTHOR, author) X(ALONE, alone) \
    X(QUANTITY, quantity) X(OWN, own) X(AUTHORITY, authority)
/* clang-format on */
enum {
#define X(NAME, name) SL_QC_##NAME##_BIT,
    SL_QCLASSES(X)
#undef X
        SL_QC_N
};
#define X(NAME, name) static const uint64_t SL_QC_##NAME = (uint64_t)1 << SL_QC_##NAME##_BIT;
SL_QCLASSES(X)
#undef X

/* Forms of a verb, bits: "said" is PAST and PART. */
enum { SL_FORM_BASE = 1, SL_FORM_THIRD = 2, SL_FORM_PAST = 4, SL_FORM_PART = 8, SL_FORM_ING = 16 };

/* What can stand behind a cue. */
#define SL_COMPLEMENTS(X)                                                                       \
    X(QUOTE, quote) /* a quotation */                                                           \
    X(THAT, that)   /* a clause with that */                                                    \
    X(BARE, bare)   /* a clause without it */                                                   \
    X(NP, np)       /* an object */                                                             \
    X(TO, to)       /* an infinitive */                                                         \
    X(WH, wh)       /* whether, what, how... */                                                 \
    X(AS, as) X(ADJ, adj) X(ING, ing)                                                              \
    X(NPTO, npto)       /* an object and an infinitive */                                          \
    X(ABOUT, about) X(FOR, for) X(OF, of) X(ON, on) X(AGAINST, against) X(WITH, with) X(IN, in)    \
    X(AT, at) X(OVER, over) X(INTO, into) X(TOWARD, toward) X(FROM, from)                          \
    X(PASSIVE, passive) /* the content is the subject */                                           \
    X(PTO, pto)         /* passive and an infinitive: is expected to */                            \
    X(PTHAT, pthat)     /* passive and a clause: it was said that */                               \
    X(COLON, colon)
enum sl_complement {
#define X(NAME, name) SL_FRAME_##NAME,
    SL_COMPLEMENTS(X)
#undef X
        SL_N_FRAME
};

enum sl_cue_kind { SL_CUE_SPEECH, SL_CUE_THOUGHT, SL_CUE_DEED };

struct sl_cue {
    const char *lemma;
    uint8_t kind;
    uint8_t
        grade[SL_N_FRAME]; /* 0: not a frame of it; 1 (nearly always attributes) to 4 (seldom) */
};

struct sl_qword {
    char text[SL_QWORD_MAX]; /* NULs behind */
    uint64_t classes;
    uint16_t verb, noun, adjective; /* number of a cue + 1, 0: none */
    uint8_t form;                   /* of the verb */
    uint8_t plural;                 /* of the noun */
};

/* The table that is built: word number 0 is the unknown word. */
extern const struct sl_qword sl_qwords[];
extern const struct sl_cue sl_cues[];
extern const uint16_t sl_qword_slot[];
extern const uint32_t sl_qword_mask; /* slots - 1 */

/* A word as it is looked up: its bytes, NULs behind, as three numbers. */
struct sl_qkey {
    uint64_t part[3];
};
static inline struct sl_qkey sl_qkey_of(const char text[SL_QWORD_MAX])
{
    const unsigned char *p = (const unsigned char *)text;
    return (struct sl_qkey){{sl_le64(p), sl_le64(p + 8), sl_le64(p + 16)}};
}

/* The table that is built and look-up share it. */
static inline uint32_t sl_qword_hash(const struct sl_qkey *k)
{
    uint64_t h = k->part[0] ^ k->part[1] * UINT64_C(0x9e3779b97f4a7c15) ^
                 k->part[2] * UINT64_C(0xd6e8feb86659fd93);
    h = (h ^ h >> 32) * UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)(h >> 32);
}

/* Number of the word; 0 where it is unknown. */
static inline __attribute__((always_inline)) uint32_t sl_qword_find(const struct sl_qkey *k)
{
    uint32_t at = sl_qword_hash(k) & sl_qword_mask;
    while (sl_qword_slot[at] != 0) {
        struct sl_qkey x = sl_qkey_of(sl_qwords[sl_qword_slot[at]].text);
        if (((x.part[0] ^ k->part[0]) | (x.part[1] ^ k->part[1]) | (x.part[2] ^ k->part[2])) == 0) {
            return sl_qword_slot[at];
        }
        at = (at + 1) & sl_qword_mask;
    }
    return 0;
}

_Static_assert(SL_QWORD_MAX == 24, "a key is three numbers");

#endif
