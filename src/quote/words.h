/** The words that attribution knows: closed classes (words.tsv) and cues with their frames (cues.tsv).
 *  Both files become constant tables when slant is built (src/gen/quote_words.c): nothing is read when
 *  it runs. Words are folded to lower case and ASCII; others are unknown, which is no failure. */
#ifndef SL_QUOTE_WORDS_H
#define SL_QUOTE_WORDS_H

#include "base/bytes.h"

enum {
    SL_QWORD_MAX = 24,  /* bytes of the longest word, and one more */
    SL_QWORD_SHORT = 16 /* most words have no more, and are found at once */
};

/* Classes of words.tsv, bits. */
/* clang-format off */
#define SL_QCLASSES(X) \
    X(DET, det) X(PRON, pron) X(SUBJECT, subject) X(POSSESSIVE, possessive) X(PREP, prep) \
    X(CONJ, conj) X(SUB, sub) X(WH, wh) X(THAT, that) X(TO, to) X(MODAL, modal) X(BE, be) \
    X(HAVE, have) X(DO, do) X(NEG, neg) X(ADV, adv) X(PARTICLE, particle) X(TIME, time) \
    X(UNIT, unit) X(VENUE, venue) X(TITLE, title) X(PERSON, person) X(MALE, male) \
    X(FEMALE, female) X(NUMBER, number) X(ADJ, adj) X(VERB, verb) X(BASE, base) X(NOUN, noun) \
    X(HEARER, hearer) X(RAISING, raising) X(PLACE, place) X(PEOPLE, people) \
    X(ORGANISATION, organisation) X(NAME, name) X(NAMING, naming) X(PARTY, party) X(PARTISAN, partisan) X(LABEL, label) X(OPENER, opener) \
    X(DENIAL, denial) X(CLAIM, claim) X(AUTHOR, author) X(ALONE, alone) \
    X(QUANTITY, quantity) X(OWN, own) X(AUTHORITY, authority) X(NOBODY, nobody) \
    X(UNREAL, unreal) X(FORMER, former) X(REFUSAL, refusal) X(SUPPORT, support) \
    X(UNSURE, unsure) X(FOCUS, focus) X(TURN, turn) X(CONCESSION, concession) \
    X(DEMAND, demand) X(PORTFOLIO, portfolio) X(BLAME, blame) X(GIVING_UP, giving_up) X(GIVEN_MALE, given_male) X(GIVEN_FEMALE, given_female)
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

/* Parts of speech, and marks. */
enum sl_qtag {
    TAG_N,    /* noun, or unknown */
    TAG_PROP, /* capitalised inside a sentence */
    TAG_PRON,
    TAG_POSS, /* his, whose */
    TAG_GEN,  /* 's of a genitive */
    TAG_DET,
    TAG_ADJ,
    TAG_NUM,
    TAG_PREP,
    TAG_CONJ,
    TAG_SUB, /* although, when, if */
    TAG_WH,
    TAG_THAT,
    TAG_TO,
    TAG_AUX, /* modal, be, have, do */
    TAG_NEG,
    TAG_ADV,
    TAG_V,  /* finite verb */
    TAG_VB, /* bare infinitive */
    TAG_VN, /* participle after be or have, or behind a noun */
    TAG_VG, /* -ing */
    TAG_TIME,
    TAG_COMMA,
    TAG_COLON,
    TAG_SEMI,
    TAG_STOP,
    TAG_DASH,
    TAG_LP,
    TAG_RP,
    TAG_QO, /* a quotation opens: aux is its number */
    TAG_QC, /* and closes */
    TAG_OTHER
};
#define SL_TAG_BIT(tag) (UINT32_C(1) << (tag)) /* of sets of tags */

/* What must be asked of a word that has no tag of its own: see quote/tag.c. */
enum sl_qask {
    SL_ASK_ENDING = TAG_OTHER, /* the word is unknown, or has no class */
    SL_ASK_VERB,               /* it can be a verb */
    SL_ASK_THAT,
    SL_ASK_POSSESSIVE, /* her */
    SL_ASK_PRON,       /* one */
    SL_ASK_WH,         /* when */
    SL_ASK_TIME,       /* second */
    SL_ASK_SUB,        /* after, before, since, until, as */
    SL_ASK_PREP,       /* like */
    SL_ASK_NOUN        /* chief */
};

/* And of one that can be a verb, behind certain words. */
enum sl_verb_ask {
    SL_VERB_AUX = TAG_OTHER + 1, /* a base behind an auxiliary */
    SL_VERB_GERUND,              /* the killing of, for his opposing it */
    SL_VERB_ALONE,               /* Another tweeted */
    SL_VERB_THIRD,               /* the party plans */
    SL_VERB_COMMA,               /* bases: others, however, say */
    SL_VERB_PRON,                /* they say */
    SL_VERB_CLAUSE,              /* who say */
    SL_VERB_NOMINAL,             /* ministers say */
    SL_VERB_CONJ                 /* to ask and say */
};

/* Forms of a verb, bits: "said" is PAST and PART. */
enum {
    SL_FORM_BASE = 1,
    SL_FORM_THIRD = 2,
    SL_FORM_PAST = 4,
    SL_FORM_PART = 8,
    SL_FORM_ING = 16,
    SL_FORMS = 31,
    /* beside them: */
    SL_WORD_SURE = 64,   /* in small letters it has its tag whatever stands around it */
    SL_WORD_BEGINS = 128 /* a rule may begin at it */
};

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
    _Alignas(32) uint8_t kind;
    /* 0: not a frame of it; 1 (nearly always attributes) to 4 (seldom) */
    uint8_t grade[SL_N_FRAME];
};

struct sl_qword {
    char text[SL_QWORD_SHORT]; /* NULs behind; none of it of a longer word */
    uint64_t classes;
    uint16_t verb, noun, adjective; /* number of a cue + 1, 0: none */
    uint8_t form;                   /* of the verb, and SL_WORD_... */
    uint8_t tag;                    /* whatever stands around it; or SL_ASK_... */
};

/* The tables that are built: each word has the place that its hash tells, and is the only one there. Rows
 * are in the order of words.tsv, whose first are the most common: few lines of the cache hold them. Word
 * number 0 is the unknown word; the next ones are, until they have their tag, unknown words whose ending
 * tells it (sl_qword_ending), and have rows like its. */
enum {
    SL_QWORD_ED = 1,
    SL_QWORD_ING,
    SL_QWORD_LY,
    SL_QWORD_ADJECTIVE, /* ous, less, ful, able, ible */
    SL_QWORD_FIRST      /* that is known */
};
enum { SL_QWORD_BITS = 13, SL_QWORD_SHIFT_BITS = 10 };
extern const struct sl_qword sl_qwords[];
/* Of each number twice, in small letters and with a capital: the tag, and whether the word is to be looked
 * at by its neighbours, or as one at which a rule may begin. */
enum { SL_SEEN_TAG = 31, SL_SEEN_OPEN = 128 };
extern const uint8_t sl_qword_seen[2 << SL_QWORD_BITS];
extern const uint16_t sl_qword_shift[1 << SL_QWORD_SHIFT_BITS]; /* what parts words of one hash */
extern const uint16_t
    sl_qword_at[1 << SL_QWORD_BITS]; /* number << 3 | some of its hash; 0: no word */
/* What a verb in these forms is behind a tag, TAG_STOP where nothing stands before; or SL_VERB_... */
extern const uint8_t sl_verb_tags[SL_FORMS + 1][TAG_OTHER + 1];
extern const struct sl_cue sl_cues[];
extern const char *const sl_cue_lemmas[];

/* The words that are longer than SL_QWORD_SHORT: few. */
struct sl_qword_long {
    char text[SL_QWORD_MAX];
    uint16_t number;
};
extern const struct sl_qword_long sl_qword_long[]; /* the last has number 0 */

/* A word as it is looked up: its bytes, NULs behind, as numbers. */
struct sl_qkey {
    uint64_t part[SL_QWORD_MAX / 8];
};
static inline struct sl_qkey sl_qkey_of(const char text[SL_QWORD_MAX])
{
    const unsigned char *p = (const unsigned char *)text;
    return (struct sl_qkey){{sl_le64(p), sl_le64(p + 8), sl_le64(p + 16)}};
}

/* What is built and what is looked up share these. */
static inline uint64_t sl_qword_hash(uint64_t part0, uint64_t part1)
{
    uint64_t h = part0 ^ part1 * UINT64_C(0x9e3779b97f4a7c15);
    return (h ^ h >> 32) * UINT64_C(0xd6e8feb86659fd93);
}
static inline uint32_t sl_qword_group(uint64_t hash)
{
    return (uint32_t)(hash >> (64 - SL_QWORD_SHIFT_BITS));
}
static inline uint32_t sl_qword_place(uint64_t hash, uint32_t shift)
{
    uint32_t first = (uint32_t)(hash >> 32);
    uint32_t step = (uint32_t)(hash >> 24);
    return (first + shift * step) & ((1u << SL_QWORD_BITS) - 1);
}

static inline uint32_t sl_qword_check(uint64_t hash)
{
    return (uint32_t)(hash >> 16) & 7;
}

/* The only number that a word of at most SL_QWORD_SHORT bytes can have, and whether it has it. Most words
 * that are unknown have none: no row need be fetched for them. */
static inline uint32_t sl_qword_only(uint64_t part0, uint64_t part1)
{
    const uint64_t hash = sl_qword_hash(part0, part1);
    const uint32_t at = sl_qword_at[sl_qword_place(hash, sl_qword_shift[sl_qword_group(hash)])];
    return at >> 3 & (0u - ((at & 7) == sl_qword_check(hash)));
}
static inline bool sl_qword_is(uint32_t number, uint64_t part0, uint64_t part1)
{
    const unsigned char *p = (const unsigned char *)sl_qwords[number].text;
    return ((sl_le64(p) ^ part0) | (sl_le64(p + 8) ^ part1)) == 0;
}

/* Number of a word; 0 where it is unknown. */
uint32_t sl_qword_find(const struct sl_qkey *k);

/* SL_QWORD_ED to SL_QWORD_ADJECTIVE, or 0: the ending of a word that is unknown. */
uint16_t sl_qword_ending(const char *word, size_t len);

/* What can be told of a token once for all places where it stands: whether it is what most words are, letters
 * alone and no capital but the first; that one; and its number. The last two tell the place in
 * sl_qword_seen. */
enum { SL_MARK_PLAIN = 2, SL_MARK_CAPITAL = 4, SL_MARK_SHIFT = 3 }; /* bit 0 is others' */
uint16_t sl_qword_mark(const char *token, size_t len);

_Static_assert(SL_QWORD_BITS + SL_MARK_SHIFT <= 16, "a number fits into a mark");
_Static_assert(SL_QWORD_MAX == 24, "a key is three numbers");
_Static_assert(sizeof(struct sl_qword) == 32 && sizeof(struct sl_cue) == 32,
               "none lies across two lines of the cache");

#endif
