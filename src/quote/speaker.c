#include "quote/speaker.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/table.h"
#include "quote/affiliation.h"
#include "quote/phrase.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_WORDS = 8, MAX_FORM = 128, REACH = 6, N_RECENT = 8 };

enum gender { ANY, MALE, FEMALE };
enum sort { UNSURE, PERSON, BODY, GROUP }; /* an organisation or place; a plural */

struct entity {
    struct slant_span name;
    struct slant_span of;     /* whom it speaks for: affiliation.h */
    uint32_t of_speaker;      /* the same; 0: none, or no name of the text */
    uint64_t word[MAX_WORDS]; /* hashes of the name's words */
    uint8_t n_word;
    uint8_t gender, sort;
    bool named;        /* by a name, not by a description */
    bool agent;        /* one who can hold a stance */
    bool authority;    /* a government, a place, a court, a newspaper */
    bool organisation; /* a word of its name says so */
    uint32_t n_mention, n_source;
    uint32_t n_the;    /* mentions with an article */
    uint32_t sentence; /* of the last mention */
};

struct sl_speakers {
    const char *text;
    struct entity *entity; /* [n], 0 is unknown */
    size_t n, cap;
    struct sl_keys keys; /* of forms and words */
    uint32_t *of_key;    /* [keys.n] entity */
    size_t cap_of_key;
    struct sl_name mention[SL_QUOTE_MAX_TOKEN];
    int n_mention;
    uint32_t sentence;
    uint32_t recent[N_RECENT]; /* entities, the newest first */
    uint32_t speaker;          /* the last source that was resolved */
    uint32_t speaker_sentence;
    struct sl_speaker *given; /* [n], made when lent */
    size_t cap_given;
};

enum { KEY_FORM = 1, KEY_LAST, KEY_FIRST, KEY_ROLE };

struct sl_speakers *sl_speakers_new(void)
{
    return sl_array_zero(1, sizeof(struct sl_speakers));
}

void sl_speakers_free(struct sl_speakers *s)
{
    if (s != NULL) {
        free(s->entity);
        free(s->of_key);
        free(s->given);
        sl_keys_free(&s->keys);
        free(s);
    }
}

static uint32_t add_entity(struct sl_speakers *s)
{
    if (!sl_grow(&s->entity, &s->cap, s->n + 1, sizeof *s->entity) ||
        !sl_grow(&s->given, &s->cap_given, s->n + 1, sizeof *s->given)) {
        return SL_SPEAKER_NOMEM;
    }
    memset(&s->entity[s->n], 0, sizeof *s->entity);
    return (uint32_t)s->n++;
}

bool sl_speakers_begin(struct sl_speakers *s, const char *text)
{
    s->text = text;
    s->n = 0;
    s->n_mention = 0;
    s->speaker = 0;
    s->sentence = s->speaker_sentence = 0;
    memset(s->recent, 0, sizeof s->recent);
    sl_keys_free(&s->keys);
    return add_entity(s) != SL_SPEAKER_NOMEM;
}

static bool set_key(struct sl_speakers *s, uint64_t key, uint32_t entity)
{
    uint32_t n = s->keys.n;
    uint32_t at = sl_keys_add(&s->keys, key);
    if (at == SL_TABLE_NONE || !sl_grow(&s->of_key, &s->cap_of_key, s->keys.n, sizeof *s->of_key)) {
        return false;
    }
    (void)n;
    s->of_key[at] = entity;
    return true;
}

static uint32_t get_key(const struct sl_speakers *s, uint64_t key)
{
    uint32_t at = sl_keys_find(&s->keys, key);
    return at == SL_TABLE_NONE ? 0 : s->of_key[at];
}

static uint64_t word_hash(const struct sl_clause *c, int i)
{
    char form[MAX_FORM];
    size_t len = c->tok[i].end - c->tok[i].begin;
    const char *p = c->text + c->tok[i].begin;
    size_t n = 0;
    for (size_t k = 0; k < len && n < MAX_FORM; k++) {
        if (p[k] != '.') {
            form[n++] = (char)(p[k] >= 'A' && p[k] <= 'Z' ? p[k] | 0x20 : p[k]);
        }
    }
    return sl_hash(form, n, 0);
}

static uint64_t key_of(uint64_t hash, unsigned kind)
{
    return (hash ^ kind) * 0x9e3779b97f4a7c15u;
}

static bool name_token(const struct sl_clause *c, int i)
{
    const struct sl_qtoken *t = &c->tok[i];
    if (!(t->flags & TOK_CAP) || t->tag == TAG_PRON || t->tag == TAG_TIME || t->tag == TAG_DET ||
        t->tag == TAG_SUB || t->tag == TAG_PREP || t->tag == TAG_CONJ || t->tag == TAG_WH ||
        t->tag == TAG_AUX || t->tag == TAG_POSS || t->tag == TAG_ADV || t->tag == TAG_THAT ||
        t->tag == TAG_NEG || t->tag == TAG_TO || t->tag >= TAG_COMMA) {
        return false;
    }
    if (t->tag == TAG_PROP) {
        return true;
    }
    /* the first word of a sentence has a capital anyway: a name where it is no known word, or
     * where another name follows */
    if (c->tok[i].word == 0 || sl_has(c, i, SL_QC_PLACE | SL_QC_TITLE)) {
        return t->tag == TAG_N || t->tag == TAG_V || t->tag == TAG_ADJ || t->tag == TAG_VN;
    }
    return i + 1 < c->n && c->tok[i + 1].flags & TOK_CAP && t->tag == TAG_N;
}

/* Whether the small word at i joins the capitalised run [from, i) to what follows. */
static bool joins_name(const struct sl_clause *c, int from, int i)
{
    static const char small[][4] = {"de", "da", "van", "von", "bin", "al",
                                    "el", "la", "le",  "der", "du",  "ibn"};
    size_t len = c->tok[i].end - c->tok[i].begin;
    const char *p = c->text + c->tok[i].begin;
    bool body = false;
    if (len < 2) {
        return false;
    }
    for (size_t k = 0; k < sizeof small / sizeof small[0] && len <= 3; k++) {
        if (p[0] == small[k][0] && p[1] == small[k][1] && small[k][2] == (len == 3 ? p[2] : 0)) {
            return true;
        }
    }
    if (len > 3 || i + 1 >= c->n || (sl_tag(c, i) != TAG_PREP && sl_tag(c, i) != TAG_CONJ)) {
        return false;
    }
    /* Department of Trade; Ministry of Trade and Industry; not: Department and Norvane */
    for (int k = from; k < i; k++) {
        body = body || (sl_has(c, k, SL_QC_ORGANISATION) &&
                        (sl_tag(c, i) == TAG_PREP || sl_tag(c, k + 1) == TAG_PREP));
    }
    return body &&
           (memcmp(p, "of", 2) == 0 || memcmp(p, "for", 2) == 0 || memcmp(p, "and", 2) == 0);
}

/* What a capitalised run tells of its bearer. */
struct run {
    int from, to; /* without titles */
    enum gender gender;
    enum sort sort;
};

static struct run read_run(const struct sl_clause *c, int from, int to)
{
    struct run r = {from, to, ANY, UNSURE};
    int last_title = -1;
    for (int k = from; k < to; k++) {
        if (sl_has(c, k, SL_QC_TITLE)) {
            last_title = k;
            r.gender = sl_has(c, k, SL_QC_MALE)     ? MALE
                       : sl_has(c, k, SL_QC_FEMALE) ? FEMALE
                                                    : r.gender;
        }
    }
    if (last_title >= 0 && last_title + 1 < to) {
        r.from = last_title + 1;
        r.sort = PERSON;
    } else if (to - from >= 2 && from >= 2 && sl_has(c, from - 2, SL_QC_TITLE) &&
               sl_tag(c, from - 1) == TAG_PREP) {
        r.from++; /* Secretary of State X */
        r.sort = PERSON;
    } else {
        while (r.from + 1 < to && sl_has(c, r.from, SL_QC_PEOPLE) &&
               !sl_has(c, to - 1, SL_QC_ORGANISATION)) {
            r.from++; /* Republican John Doe */
        }
    }
    for (int k = r.from; k < to; k++) {
        if (sl_has(c, k, SL_QC_ORGANISATION | SL_QC_PLACE) &&
            (k == to - 1 || sl_has(c, k, SL_QC_ORGANISATION))) {
            r.sort = r.sort == PERSON ? PERSON : BODY;
        }
    }
    if (to - r.from == 1 && c->tok[r.from].flags & TOK_UPPER && r.sort == UNSURE) {
        r.sort = BODY;
    }
    if (from > 0 && sl_tag(c, from - 1) == TAG_DET && r.sort == UNSURE) {
        r.sort = BODY;
    }
    if (last_title == to - 1) {
        r.sort = PERSON; /* the Prime Minister */
    }
    return r;
}

static bool is_place(const struct sl_clause *c, struct run r)
{
    return r.to - r.from == 1 && sl_has(c, r.from, SL_QC_PLACE);
}

/* Whether all of the shorter name's words stand in the longer one, the last as its last. */
static bool shortens(const uint64_t *word, int n, const struct entity *e)
{
    int k = 0;
    if (n == 0 || e->n_word == 0 || word[n - 1] != e->word[e->n_word - 1]) {
        return false;
    }
    for (int i = 0; i < n; i++) {
        while (k < e->n_word && e->word[k] != word[i]) {
            k++;
        }
        if (k == e->n_word) {
            return false;
        }
        k++;
    }
    return true;
}

static bool contradicts(const struct entity *e, struct run r)
{
    return (e->gender != ANY && r.gender != ANY && e->gender != r.gender) ||
           (e->sort == BODY && r.sort == PERSON && e->gender == ANY && r.gender != ANY) ||
           (e->sort == PERSON && r.sort == BODY);
}

static bool remember(struct sl_speakers *s, uint32_t e, uint64_t form)
{
    struct entity *x = &s->entity[e];
    return set_key(s, key_of(form, KEY_FORM), e) &&
           (x->n_word == 0 || set_key(s, key_of(x->word[x->n_word - 1], KEY_LAST), e)) &&
           (x->n_word < 2 || get_key(s, key_of(x->word[0], KEY_FIRST)) != 0 ||
            set_key(s, key_of(x->word[0], KEY_FIRST), e));
}

/* The entity of a capitalised run, found or made. */
static uint32_t entity_of(struct sl_speakers *s, const struct sl_clause *c, struct run r)
{
    uint64_t word[MAX_WORDS];
    uint64_t form = 0;
    int n = 0;
    uint32_t e;
    struct entity *x;
    for (int k = r.from; k < r.to && n < MAX_WORDS; k++) {
        if (sl_has(c, k, SL_QC_NAME) && n > 0) {
            continue; /* Jr. */
        }
        word[n] = word_hash(c, k);
        form = form * 0x9e3779b97f4a7c15u + word[n];
        n++;
    }
    e = get_key(s, key_of(form, KEY_FORM));
    if (e != 0 && contradicts(&s->entity[e], r)) {
        e = 0;
    }
    if (e == 0) {
        uint32_t by_last = get_key(s, key_of(word[n - 1], KEY_LAST));
        if (by_last != 0 && !contradicts(&s->entity[by_last], r) && !is_place(c, r)) {
            x = &s->entity[by_last];
            if (shortens(word, n, x)) {
                e = by_last;
            } else if (n > x->n_word && x->sort != BODY) { /* a fuller form of it? */
                struct entity longer = {.n_word = (uint8_t)n};
                memcpy(longer.word, word, sizeof word);
                if (shortens(x->word, x->n_word, &longer)) {
                    e = by_last;
                }
            }
        }
    }
    if (e == 0 && n == 1 &&
        !is_place(c, r)) { /* Guo for Guo Ping, Huawei for Huawei Technologies */
        uint32_t by_first = get_key(s, key_of(word[0], KEY_FIRST));
        if (by_first != 0 && !contradicts(&s->entity[by_first], r) &&
            (s->entity[by_first].sort != BODY || s->entity[by_first].n_word == 2)) {
            e = by_first;
        }
    }
    if (e == 0) {
        e = add_entity(s);
        if (e == SL_SPEAKER_NOMEM) {
            return e;
        }
        s->entity[e].named = s->entity[e].agent = true;
    }
    x = &s->entity[e];
    if (n > x->n_word) {
        x->n_word = (uint8_t)n;
        memcpy(x->word, word, sizeof word);
        x->name = (struct slant_span){c->tok[r.from].begin, c->tok[r.to - 1].end};
        while (x->name.end > x->name.begin + 1 && s->text[x->name.end - 1] == '.' &&
               r.to - r.from == 1 && n == 1 && !(c->tok[r.from].flags & TOK_UPPER)) {
            x->name.end--;
        }
    }
    x->gender = x->gender == ANY ? (uint8_t)r.gender : x->gender;
    x->sort =
        x->sort == UNSURE || (r.sort == PERSON && x->sort == BODY) ? (uint8_t)r.sort : x->sort;
    x->n_mention++;
    x->n_the += r.from > 0 && sl_tag(c, r.from - 1) == TAG_DET && !sl_in_np(sl_tag(c, r.to));
    for (int k = r.from; k < r.to; k++) {
        x->authority =
            x->authority ||
            sl_has(c, k, SL_QC_AUTHORITY | SL_QC_PLACE | SL_QC_PEOPLE | SL_QC_TIME | SL_QC_TITLE);
        x->organisation = x->organisation || sl_has(c, k, SL_QC_ORGANISATION);
    }
    x->sentence = s->sentence;
    return remember(s, e, form) ? e : SL_SPEAKER_NOMEM;
}

static void touch(struct sl_speakers *s, uint32_t e)
{
    int k = 0;
    while (k < N_RECENT - 1 && s->recent[k] != e) {
        k++;
    }
    memmove(s->recent + 1, s->recent, (size_t)k * sizeof s->recent[0]);
    s->recent[0] = e;
}

/* Notes the affiliation, unless one is known: the first that is told holds. */
static void affiliate(struct sl_speakers *s, const struct sl_clause *c, uint32_t e,
                      struct sl_range of)
{
    struct entity *x = &s->entity[e];
    uint64_t form = 0;
    if (of.to <= of.from || x->of.end > x->of.begin) {
        return;
    }
    x->of = (struct slant_span){c->tok[of.from].begin, c->tok[of.to - 1].end};
    for (int k = of.from; k < of.to; k++) {
        form = form * 0x9e3779b97f4a7c15u + word_hash(c, k);
    }
    x->of_speaker = get_key(s, key_of(form, KEY_FORM));
    if (x->of_speaker == 0) {
        x->of_speaker = get_key(s, key_of(word_hash(c, of.from), KEY_FIRST));
    }
}

bool sl_speakers_names(struct sl_speakers *s, const struct sl_clause *c, uint32_t sentence)
{
    s->n_mention = 0;
    s->sentence = sentence;
    for (int i = 0; i < c->n;) {
        int to = i;
        struct run r;
        uint32_t e;
        if (!(c->tok[i].flags & TOK_CAP) || !name_token(c, i)) {
            i++;
            continue;
        }
        while (to < c->n &&
               (name_token(c, to) || (to > i && to + 1 < c->n && sl_has(c, to, SL_QC_NAME)) ||
                (to > i && to + 1 < c->n && joins_name(c, i, to) && name_token(c, to + 1)))) {
            to++;
        }
        r = read_run(c, i, to);
        e = entity_of(s, c, r);
        if (e == SL_SPEAKER_NOMEM) {
            return false;
        }
        s->mention[s->n_mention++] = (struct sl_name){i, to, e};
        if (!(c->tok[i].flags & TOK_INQ)) {
            touch(s, e);
        }
        i = to;
    }
    for (int k = 0; k < s->n_mention; k++) {
        affiliate(s, c, s->mention[k].entity,
                  sl_affiliation_of_name(c, s->mention, s->n_mention, k));
    }
    return true;
}

/* The last name that lies in tokens [from, to). */
static const struct sl_name *mention_in(const struct sl_speakers *s, int from, int to, bool at_end)
{
    int lo = 0;
    int hi = s->n_mention;
    while (lo < hi) { /* the first that ends behind `to` */
        int mid = (lo + hi) / 2;
        if (s->mention[mid].to <= to) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    if (lo == 0 || s->mention[lo - 1].from < from || (at_end && s->mention[lo - 1].to != to)) {
        return NULL;
    }
    return &s->mention[lo - 1];
}

static bool can_be(const struct entity *e, enum gender g)
{
    return e->named && (e->sort == PERSON || (e->sort == UNSURE && e->n_word >= 2)) &&
           (e->gender == ANY || e->gender == g);
}

/* he, she: the last speaker where it can be, else the name before it in the sentence, else the one
 * name of the sentences before. */
static uint32_t pronoun(struct sl_speakers *s, const struct sl_clause *c, int at, enum gender g)
{
    uint32_t found = 0;
    for (int k = 0; k < s->n_mention && s->mention[k].from < at; k++) {
        const struct entity *e = &s->entity[s->mention[k].entity];
        if (!(c->tok[s->mention[k].from].flags & TOK_INQ) && can_be(e, g) &&
            sl_tag(c, s->mention[k].to) != TAG_GEN &&
            sl_tag(c, s->mention[k].from - 1) != TAG_PREP) {
            found = s->mention[k].entity;
            break; /* the first: its subject */
        }
    }
    if (found == 0 && s->speaker != 0 && s->sentence - s->speaker_sentence <= REACH &&
        can_be(&s->entity[s->speaker], g)) {
        found = s->speaker;
    }
    for (int k = 0; found == 0 && k < N_RECENT && s->recent[k] != 0; k++) {
        const struct entity *e = &s->entity[s->recent[k]];
        if (s->sentence - e->sentence > REACH / 2) {
            break;
        }
        if (can_be(e, g) && e->sentence < s->sentence) {
            found = s->recent[k];
        }
    }
    if (found != 0) {
        s->entity[found].gender = (uint8_t)g;
        s->entity[found].sort = PERSON;
    }
    return found;
}

static uint32_t last_of_sort(const struct sl_speakers *s, enum sort a, enum sort b)
{
    if (s->speaker != 0 && s->sentence - s->speaker_sentence <= REACH &&
        (s->entity[s->speaker].sort == a || s->entity[s->speaker].sort == b)) {
        return s->speaker;
    }
    return 0;
}

/* Whether a description's head is somebody: the minister, officials of the agency, carriers. */
static bool is_agent(const struct sl_clause *c, int from, int to)
{
    static const char *const endings[] = {"ist", "ists", "ian", "ians", "crat", "crats", "men"};
    int head = from;
    size_t len;
    const char *p;
    for (;;) {
        while (head + 1 < to && sl_in_np(sl_tag(c, head + 1))) {
            head++;
        }
        /* a majority of voters, two of the women: they are who speaks */
        if (head + 2 >= to ||
            !(sl_has(c, head, SL_QC_QUANTITY | SL_QC_NUMBER | SL_QC_ALONE) ||
              sl_tag(c, head) == TAG_NUM) ||
            c->tok[head + 1].end - c->tok[head + 1].begin != 2 ||
            memcmp(c->text + c->tok[head + 1].begin, "of", 2) != 0) {
            break;
        }
        head += 2;
    }
    if (sl_has(c, head,
               SL_QC_PERSON | SL_QC_ORGANISATION | SL_QC_TITLE | SL_QC_MALE | SL_QC_FEMALE |
                   SL_QC_PLACE)) {
        return true;
    }
    len = c->tok[head].end - c->tok[head].begin;
    p = c->text + c->tok[head].end;
    for (size_t k = 0; k < sizeof endings / sizeof endings[0]; k++) {
        size_t n = strlen(endings[k]);
        if (len > n + 2 && memcmp(p - n, endings[k], n) == 0) {
            return true;
        }
    }
    return false;
}

/* A source without a name: what it is called, without its article. */
static uint32_t description(struct sl_speakers *s, const struct sl_clause *c, int from, int to)
{
    uint64_t form = 0;
    uint32_t e;
    bool definite = false;
    bool plural;
    while (from < to - 1 && (sl_tag(c, from) == TAG_DET || sl_tag(c, from) == TAG_ADV ||
                             sl_tag(c, from) == TAG_PREP)) {
        definite = definite || (c->text[c->tok[from].begin] | 0x20) == 't';
        from++;
    }
    if (definite && to - from <= 2) { /* the chairman: whom apposition called so */
        e = get_key(s, key_of(word_hash(c, to - 1), KEY_ROLE));
        if (e != 0) {
            return e;
        }
    }
    for (int k = from; k < to; k++) {
        form = form * 0x9e3779b97f4a7c15u + word_hash(c, k);
    }
    e = get_key(s, key_of(form, KEY_FORM));
    if (e != 0) {
        s->entity[e].n_mention++;
        s->entity[e].sentence = s->sentence;
        return e;
    }
    e = add_entity(s);
    if (e == SL_SPEAKER_NOMEM) {
        return e;
    }
    plural = sl_has(c, to - 1, SL_QC_PERSON) && c->text[c->tok[to - 1].end - 1] == 's';
    s->entity[e].name = (struct slant_span){c->tok[from].begin, c->tok[to - 1].end};
    s->entity[e].sort = (uint8_t)(plural                                  ? GROUP
                                  : sl_has(c, to - 1, SL_QC_ORGANISATION) ? BODY
                                                                          : UNSURE);
    s->entity[e].agent = is_agent(c, from, to);
    s->entity[e].n_mention = 1;
    s->entity[e].sentence = s->sentence;
    affiliate(s, c, e, sl_affiliation_of_description(c, s->mention, s->n_mention, from, to));
    return set_key(s, key_of(form, KEY_FORM), e) ? e : SL_SPEAKER_NOMEM;
}

/* X, the rotating chairman: the noun may name X later. */
static bool learn_role(struct sl_speakers *s, const struct sl_clause *c, int from, int to,
                       uint32_t e)
{
    for (int k = from; k < to; k++) {
        int t = sl_tag(c, k);
        if (t == TAG_WH || (t == TAG_COMMA && k > from + 1) || sl_finite(t)) {
            break;
        }
        if (t == TAG_N && !(c->tok[k].flags & TOK_CAP) && !sl_in_np(sl_tag(c, k + 1))) {
            return set_key(s, key_of(word_hash(c, k), KEY_ROLE), e);
        }
    }
    return true;
}

static uint32_t resolve_pronoun(struct sl_speakers *s, const struct sl_clause *c, int i)
{
    const char *p = c->text + c->tok[i].begin;
    size_t len = c->tok[i].end - c->tok[i].begin;
    if (sl_has(c, i, SL_QC_MALE)) {
        return pronoun(s, c, i, MALE);
    }
    if (sl_has(c, i, SL_QC_FEMALE)) {
        return pronoun(s, c, i, FEMALE);
    }
    if ((p[0] | 0x20) == 't' && len >= 4) { /* they, their */
        return last_of_sort(s, GROUP, BODY);
    }
    if (len >= 2 && (p[0] | 0x20) == 'i' && (p[1] | 0x20) == 't') {
        return last_of_sort(s, BODY, BODY); /* it, its */
    }
    return SL_SPEAKER_UNKNOWN;
}

static uint32_t resolve(struct sl_speakers *s, const struct sl_clause *c, struct sl_range source)
{
    int head = source.from;
    const struct sl_name *m;
    uint32_t e;
    if (source.to <= source.from) {
        return SL_SPEAKER_UNKNOWN;
    }
    if (source.to - source.from == 1 || sl_tag(c, source.from) == TAG_PRON) {
        int i = source.from;
        int t = sl_tag(c, i);
        if (t == TAG_WH || t == TAG_THAT) {
            m = mention_in(s, 0, i - 1, true);
            m = m != NULL ? m : mention_in(s, 0, i, true);
            if (m != NULL) {
                return m->entity;
            }
            m = mention_in(s, i > 12 ? i - 12 : 0, i, false);
            return m != NULL ? m->entity : SL_SPEAKER_UNKNOWN;
        }
        if (t == TAG_PRON || t == TAG_POSS) {
            return resolve_pronoun(s, c, i);
        }
    }
    /* Guo's comments are Guo's */
    for (int k = source.from; k + 1 < source.to; k++) {
        if ((sl_tag(c, k) == TAG_GEN || sl_tag(c, k) == TAG_POSS) &&
            (sl_qword(c, source.to - 1)->noun != 0 || sl_has(c, source.to - 1, SL_QC_VENUE)) &&
            !(c->tok[source.to - 1].flags & TOK_CAP)) {
            if (sl_tag(c, k) == TAG_POSS && k == source.from) {
                return resolve_pronoun(s, c, k);
            }
            if (sl_tag(c, k) == TAG_GEN) {
                source.to = k;
            }
            break;
        }
    }
    /* the head: the last word before a comma, a preposition, a relative */
    while (head < source.to && sl_in_np(sl_tag(c, head))) {
        head++;
    }
    if (head > source.from && sl_tag(c, head - 1) == TAG_GEN && head == source.to) {
        head--;
    }
    if (head == source.from) {
        m = mention_in(s, source.from, source.to, false);
        return m != NULL ? m->entity : SL_SPEAKER_UNKNOWN;
    }
    m = mention_in(s, source.from, head, true);
    if (m == NULL) { /* Senate of Australia: a name that runs over its preposition */
        for (int k = 0; k < s->n_mention; k++) {
            if (s->mention[k].from >= source.from && s->mention[k].from < head &&
                s->mention[k].to > head && s->mention[k].to <= source.to) {
                m = &s->mention[k];
                head = m->to;
                break;
            }
        }
    }
    if (m != NULL && sl_has(c, m->to - 1, SL_QC_TITLE) && sl_tag(c, head) == TAG_COMMA) {
        const struct sl_name *next = m + 1; /* the National Security Advisor, X */
        if (next < s->mention + s->n_mention && next->from == head + 1 && next->to <= source.to) {
            return next->entity;
        }
    }
    if (m != NULL) {
        e = m->entity;
        if (sl_tag(c, head) == TAG_COMMA && !learn_role(s, c, head + 1, source.to, e)) {
            return SL_SPEAKER_NOMEM;
        }
        if (m->from > source.from && !learn_role(s, c, source.from, m->from, e)) {
            return SL_SPEAKER_NOMEM;
        }
        /* rotating chairman Guo Ping */
        if (m->from > source.from && sl_tag(c, m->from - 1) == TAG_N &&
            !set_key(s, key_of(word_hash(c, m->from - 1), KEY_ROLE), e)) {
            return SL_SPEAKER_NOMEM;
        }
        return e;
    }
    /* the chairman of Huawei, Guo Ping, */
    for (int k = 0; k < s->n_mention; k++) {
        int from = s->mention[k].from;
        e = s->mention[k].entity;
        if (from > head && from < source.to && sl_tag(c, from - 1) == TAG_COMMA &&
            s->entity[e].sort != BODY) {
            return set_key(s, key_of(word_hash(c, head - 1), KEY_ROLE), e) ? e : SL_SPEAKER_NOMEM;
        }
    }
    /* the letter from X: X's */
    if (sl_tag(c, head) == TAG_PREP &&
        (sl_qword(c, head - 1)->noun != 0 || sl_has(c, head - 1, SL_QC_VENUE)) &&
        (sl_has(c, head, SL_QC_AUTHOR))) {
        for (int k = 0; k < s->n_mention; k++) {
            if (s->mention[k].from >= head + 1 && s->mention[k].from <= head + 3 &&
                s->mention[k].to <= source.to) {
                return s->mention[k].entity;
            }
        }
    }
    if (sl_tag(c, head) == TAG_PREP && sl_in_np(sl_tag(c, head + 1)) && head + 1 < source.to) {
        int end = sl_tag(c, head + 1) == TAG_DET ? head + 2 : head + 1;
        while (end < source.to && sl_in_np(sl_tag(c, end))) {
            end++;
        }
        if (end - source.from <= 10) {
            head = end;
        }
    }
    return description(s, c, source.from, head);
}

uint32_t sl_speakers_find(struct sl_speakers *s, const struct sl_clause *c, struct sl_range source)
{
    uint32_t e = resolve(s, c, source);
    if (e != SL_SPEAKER_UNKNOWN && e != SL_SPEAKER_NOMEM) {
        s->speaker = e;
        s->speaker_sentence = s->sentence;
        s->entity[e].n_source++;
        if (s->entity[e].named) {
            s->entity[e].sentence = s->sentence;
        }
    }
    return e;
}

int sl_speakers_others(const struct sl_speakers *s, const struct sl_clause *c,
                       struct sl_range source, uint32_t speaker, uint32_t *out, int most)
{
    int n = 0;
    bool joined = false;
    const struct sl_name *last = NULL;
    if (speaker == SL_SPEAKER_UNKNOWN) {
        return 0;
    }
    for (int k = 0; k < s->n_mention && s->mention[k].from < source.to; k++) {
        const struct sl_name *m = &s->mention[k];
        int gap;
        if (m->from < source.from || m->to > source.to) {
            continue;
        }
        gap = last == NULL ? 0 : m->from - last->to;
        if (last != NULL && (gap < 1 || gap > 3)) {
            break;
        }
        for (int i = last == NULL ? source.from : last->to; i < m->from && last != NULL; i++) {
            joined = joined || sl_tag(c, i) == TAG_CONJ;
            if (sl_tag(c, i) != TAG_CONJ && sl_tag(c, i) != TAG_COMMA && sl_tag(c, i) != TAG_DET) {
                return joined ? n : 0;
            }
        }
        last = m;
        if (m->entity != speaker && n < most) {
            out[n++] = m->entity;
        }
    }
    return joined && last != NULL && (last->to == source.to || sl_tag(c, last->to) == TAG_COMMA)
               ? n
               : 0;
}

/* Whether the article may be about it: a name of one word, or of a firm, that is nobody's and seldom the
 * source, and no authority. */
static bool can_be_topic(const struct entity *e)
{
    return e->named && e->sort != PERSON && e->gender == ANY && !e->authority &&
           (e->n_word == 1 || e->organisation) && e->n_source * 3 <= e->n_mention * 2 &&
           e->name.end - e->name.begin > 1;
}

/* What the article is about, where one name stands out: mentions, less those with an article (the
 * agency), at least TOPIC_LEAST of them and half as many again as the next. 0: none does. */
static uint32_t topic(const struct sl_speakers *s)
{
    enum { TOPIC_LEAST = 3 };
    int64_t most = 0;
    int64_t next = 0;
    uint32_t found = 0;
    for (size_t i = 1; i < s->n; i++) {
        const struct entity *e = &s->entity[i];
        int64_t n = (int64_t)e->n_mention - 2 * (int64_t)e->n_the;
        if (!can_be_topic(e)) {
            continue;
        }
        if (n > most) {
            next = most;
            most = n;
            found = (uint32_t)i;
        } else if (n > next) {
            next = n;
        }
    }
    return most >= TOPIC_LEAST && most * 2 >= next * 3 ? found : 0;
}

void sl_speakers_give(const struct sl_speakers *s, struct sl_quotes *q)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct entity *e = &s->entity[i];
        s->given[i] =
            (struct sl_speaker){e->name, e->of, e->of_speaker, e->n_mention, e->agent, e->named};
    }
    q->speaker = s->given;
    q->n_speaker = s->n;
    q->topic = topic(s);
}
