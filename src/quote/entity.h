/** Those who are named or described in a text, and the keys by which later words find them. Between the
 *  files that read names, descriptions and sources. */
#ifndef SL_QUOTE_ENTITY_H
#define SL_QUOTE_ENTITY_H

#include "base/table.h"
#include "quote/affiliation.h"
#include "quote/letters.h"
#include "quote/phrase.h"
#include "quote/speaker.h"

enum { ENTITY_WORDS = 8, ENTITY_RECENT = 8, ENTITY_JOINT = 8 };

enum gender { GENDER_ANY, GENDER_MALE, GENDER_FEMALE };
/* BODY: an organisation or place; GROUP: a plural */
enum sort { SORT_UNSURE, SORT_PERSON, SORT_BODY, SORT_GROUP };

struct entity {
    struct slant_span name;
    struct slant_span of; /* whom it speaks for: affiliation.h */
    uint64_t suffix;      /* hash of Jr. and the like; 0: none */
    uint32_t of_speaker;  /* the same as `of`; 0: none, or no name of the text */
    uint32_t at_last;     /* its last word's key: sl_entity_key */
    uint32_t namesake;    /* whom its last word told before; 0: none */
    uint32_t n_mention, n_source;
    uint32_t n_the;    /* mentions with an article */
    uint32_t sentence; /* of the last mention */
    bool in_text; /* it is mentioned elsewhere than in a headline, whose words all have capitals */
    uint8_t n_word;
    uint8_t gender, sort;
    uint8_t given;     /* gender of the given name that it is, alone */
    bool named;        /* by a name, not by a description */
    bool agent;        /* one who can hold a stance */
    bool generic;      /* a description without a name in it */
    bool authority;    /* a government, a place, a court, a newspaper */
    bool organisation; /* a word of its name says so */
    uint64_t
        word[ENTITY_WORDS]; /* [n_word] hashes of the name's words; all before it begins as 0 */
};

/* Whom a word, or several, tell: as the whole name, its last or its first word, or a role. 0: nobody */
enum told_as { AS_FORM, AS_LAST, AS_FIRST, AS_ROLE, AS_N };
struct told {
    uint32_t entity[AS_N];
};

struct sl_speakers {
    const char *text;
    struct entity *entity; /* [n], 0 is unknown */
    size_t n, cap;
    struct sl_keys keys; /* hashes of forms and words */
    struct told *told;   /* [keys.n] */
    size_t cap_told;
    struct sl_name mention[SL_QUOTE_MAX_TOKEN]; /* names in the current sentence */
    int n_mention;
    int at_source; /* the first name that begins in the last source, or behind its first token */
    const struct slant_span *target; /* [n_target] its mentions */
    size_t n_target;
    size_t next_target;     /* the first of them that ends behind where the last name begins */
    uint32_t target_entity; /* 0: not met yet */
    uint32_t sentence;
    uint32_t recent[ENTITY_RECENT]; /* entities, the newest first */
    uint32_t speaker;               /* the last source that was resolved */
    uint32_t speaker_sentence;
    uint32_t joint_of; /* the last source that was joined to others; 0: another came since */
    uint32_t joint[ENTITY_JOINT]; /* [n_joint] those: they */
    int n_joint;
    uint32_t
        subject; /* the last name that a sentence outside of quotations is about: its first words */
    uint32_t subject_sentence;
    struct sl_speaker *given; /* [n], made when lent */
    size_t cap_given;
};

/* A new one, or SL_SPEAKER_NOMEM. */
uint32_t sl_entity_add(struct sl_speakers *s);
/* Hash of a word of at most SL_LETTERS bytes, NULs behind. */
static inline uint64_t sl_entity_hash_short(struct sl_qkey key)
{
    uint64_t h = key.part[0] ^ (key.part[1] * UINT64_C(0x9e3779b97f4a7c15));
    return (h ^ h >> 32) * UINT64_C(0xd6e8feb86659fd93);
}
/* The same of a long or dotted word. */
uint64_t sl_entity_hash_any(const char *p, size_t len);
/* Hash of token i as a word of a name: letter case and points aside. */
static inline uint64_t sl_entity_word(const struct sl_clause *c, int i)
{
    const size_t len = c->tok[i].end - c->tok[i].begin;
    const char *p = c->text + c->tok[i].begin;
    return c->tok[i].begin + (size_t)SL_LETTERS <= c->len && sl_letters(p) >= len
               ? sl_entity_hash_short(sl_letters_key(p, len))
               : sl_entity_hash_any(p, len);
}
/* The same of a word in small letters, at most SL_QWORD_SHORT. */
uint64_t sl_entity_hash(const char *word);
/* Hash of tokens [from, to) as a form: of one token it is the word's. */
uint64_t sl_entity_form(const struct sl_clause *c, int from, int to);
/* Number + 1 of the hash among the keys, the same until the text ends. 0: it is none. */
uint32_t sl_entity_at(const struct sl_speakers *s, uint64_t hash);
static inline uint32_t sl_entity_told(const struct sl_speakers *s, uint32_t at, enum told_as as)
{
    return at == 0 ? 0 : s->told[at - 1].entity[as];
}
static inline uint32_t sl_entity_get(const struct sl_speakers *s, uint64_t hash, enum told_as as)
{
    return sl_entity_told(s, sl_entity_at(s, hash), as);
}
/* The same number, of a hash that becomes a key where it is none; 0 when memory is short. */
uint32_t sl_entity_key(struct sl_speakers *s, uint64_t hash);
/* False when memory is short. */
bool sl_entity_set(struct sl_speakers *s, uint64_t hash, enum told_as as, uint32_t entity);

/* Notes whom e speaks for, unless that is known: the first that is told holds. of: tokens, or none. */
void sl_entity_affiliate(struct sl_speakers *s, const struct sl_clause *c, uint32_t e,
                         struct sl_range of);
/* The same of a body's people: "its" at token i is of the name before it in the sentence that can be a body,
 * else of the last speaker or subject that can. */
void sl_entity_affiliate_its(struct sl_speakers *s, uint32_t e, int i);
/* Number of the first name of the sentence that begins at token `from` or behind it. The same is asked again for a
 * source's other names, and sources come nearly in order: it is looked for from the last one on. */
static inline int sl_first_name(struct sl_speakers *s, int from)
{
    int k = s->at_source;
    while (k > 0 && s->mention[k - 1].from >= from) {
        k--;
    }
    while (k < s->n_mention && s->mention[k].from < from) {
        k++;
    }
    s->at_source = k;
    return k;
}
/* Whom the pronoun at token i stands for; 0 where that is in doubt. */
uint32_t sl_pronoun(struct sl_speakers *s, const struct sl_clause *c, int i);
/* What the text is about, where one name stands out; else 0. */
uint32_t sl_topic(const struct sl_speakers *s);

/* Whether the word at i is what a firm may be called that has been named: the company. */
bool sl_is_firm(const struct sl_clause *c, int i);
/* The entity of a source without a name, tokens [from, to): what it is called, without its article. */
uint32_t sl_description(struct sl_speakers *s, const struct sl_clause *c, int from, int to);
/* A run of capitalised words. */
struct run {
    int from, to; /* without titles */
    enum gender gender;
    enum gender given; /* of the given name that it is, alone: it can be a surname too */
    enum sort sort;
    bool located;     /* "in" stands before it: a place, unless it is known as another */
    bool titled;      /* some of its words is a title */
    uint64_t classes; /* of all words from `from` on */
};
static inline bool sl_is_place(const struct run *r)
{
    const unsigned alone = r->to - r->from == 1;
    const unsigned place = (r->classes & SL_QC_PLACE) != 0;
    return (alone & place) != 0;
}
/* Whether an article stands before token i, a capitalised one; it often is the first. */
static inline bool sl_follows_article(const struct sl_clause *c, int i)
{
    return c->tok[i - (i > 0)].tag == TAG_DET;
}
/* Whose name it is, found or made, or SL_SPEAKER_NOMEM. */
uint32_t sl_bearer(struct sl_speakers *s, const struct sl_clause *c, const struct run *r);

/* Token k, a noun, may name e later; with the word before it, where that belongs to it, and alone unless it
 * names another. False when memory is short. */
bool sl_set_role(struct sl_speakers *s, const struct sl_clause *c, int k, uint32_t e);
/* X, the rotating chairman: the first noun of tokens [from, to) may name X later. */
bool sl_learn_role(struct sl_speakers *s, const struct sl_clause *c, int from, int to, uint32_t e);
/* The Interior Ministry may be the ministry later, */
bool sl_learn_body(struct sl_speakers *s, const struct sl_clause *c, const struct run *r,
                   uint32_t e);
/* and the Federal Court of Justice (FCJ) the FCJ. False when memory is short. */
bool sl_learn_acronym(struct sl_speakers *s, const struct sl_clause *c, const struct run *r,
                      uint32_t e);
/* Prime Minister Sam Roe; Sam Roe, the minister; the minister, Sam Roe: what stands around a name may name its
 * bearer later. The run begins at `begin`, with its titles. */
bool sl_learn_roles(struct sl_speakers *s, const struct sl_clause *c, int begin,
                    const struct run *r, uint32_t e);

#endif
