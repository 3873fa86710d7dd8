/* Names: runs of capitalised words, and whose short form or fuller form each is. */
#include "quote/entity.h"
#include "text/mention.h"

#include <string.h>

static bool name_token(const struct sl_clause *c, int i)
{
    const struct sl_qtoken *t = &c->tok[i];
    if (!(t->flags & TOK_CAP)) {
        return false;
    }
    if (t->tag == TAG_PROP) {
        return true;
    }
    if (t->tag == TAG_PRON || t->tag == TAG_TIME || t->tag == TAG_DET || t->tag == TAG_SUB ||
        t->tag == TAG_PREP || t->tag == TAG_CONJ || t->tag == TAG_WH || t->tag == TAG_AUX ||
        t->tag == TAG_POSS || t->tag == TAG_ADV || t->tag == TAG_THAT || t->tag == TAG_NEG ||
        t->tag == TAG_TO || t->tag >= TAG_COMMA) {
        return false;
    }
    /* the first word of a sentence has a capital anyway: a name where it is no known word, or
     * where another name follows */
    if (c->tok[i].word == 0 ||
        sl_has(c, i, SL_QC_PLACE | SL_QC_TITLE | SL_QC_GIVEN_MALE | SL_QC_GIVEN_FEMALE)) {
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
    struct run r = {from, to, GENDER_ANY, SORT_UNSURE};
    int last_title = -1;
    for (int k = from; k < to; k++) {
        if (sl_has(c, k, SL_QC_TITLE)) {
            last_title = k;
            r.gender = sl_has(c, k, SL_QC_MALE)     ? GENDER_MALE
                       : sl_has(c, k, SL_QC_FEMALE) ? GENDER_FEMALE
                                                    : r.gender;
        }
    }
    if (last_title >= 0 && last_title + 1 < to) {
        r.from = last_title + 1;
        r.sort = SORT_PERSON;
    } else if (to - from >= 2 && from >= 2 && sl_has(c, from - 2, SL_QC_TITLE) &&
               sl_tag(c, from - 1) == TAG_PREP) {
        r.from++; /* Secretary of State X */
        r.sort = SORT_PERSON;
    } else {
        while (r.from + 1 < to && sl_has(c, r.from, SL_QC_PEOPLE) &&
               !sl_has(c, to - 1, SL_QC_ORGANISATION)) {
            r.from++; /* Republican John Doe */
        }
    }
    for (int k = r.from; k < to; k++) {
        if (sl_has(c, k, SL_QC_ORGANISATION | SL_QC_PLACE) &&
            (k == to - 1 || sl_has(c, k, SL_QC_ORGANISATION))) {
            r.sort = r.sort == SORT_PERSON ? SORT_PERSON : SORT_BODY;
        }
    }
    if (to - r.from == 1 && c->tok[r.from].flags & TOK_UPPER && r.sort == SORT_UNSURE) {
        r.sort = SORT_BODY;
    }
    if (from > 0 && sl_tag(c, from - 1) == TAG_DET && r.sort == SORT_UNSURE) {
        r.sort = SORT_BODY;
    }
    if (last_title == to - 1) {
        r.sort = SORT_PERSON; /* the Prime Minister */
    }
    if (r.gender == GENDER_ANY && r.sort != SORT_BODY && to - r.from >= 2) { /* Ann Roe */
        r.gender = sl_has(c, r.from, SL_QC_GIVEN_MALE)     ? GENDER_MALE
                   : sl_has(c, r.from, SL_QC_GIVEN_FEMALE) ? GENDER_FEMALE
                                                           : GENDER_ANY;
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
    return (e->gender != GENDER_ANY && r.gender != GENDER_ANY && e->gender != r.gender) ||
           (e->sort == SORT_BODY && r.sort == SORT_PERSON && e->gender == GENDER_ANY &&
            r.gender != GENDER_ANY) ||
           (e->sort == SORT_PERSON && r.sort == SORT_BODY);
}

static bool is_target(const struct sl_speakers *s, const struct sl_clause *c, struct run r)
{
    const struct slant_span name = {c->tok[r.from].begin, c->tok[r.to - 1].end};
    const size_t k = sl_first_behind(s->target, s->n_target, name.begin);
    return k < s->n_target && s->target[k].begin == name.begin && s->target[k].end == name.end;
}

/* The entity that another form of a name tells, if it can be this one's; never the target. */
static uint32_t other_form(const struct sl_speakers *s, uint64_t word, unsigned kind, struct run r)
{
    uint32_t e = sl_entity_get(s, sl_entity_key(word, kind));
    return e != 0 && e != s->target_entity && !contradicts(&s->entity[e], r) ? e : 0;
}

/* Ken and Kenneth, Francois and François: more likely one than two. */
static bool begins_alike(const struct sl_speakers *s, uint32_t a, uint32_t b)
{
    return s->text[s->entity[a].name.begin] == s->text[s->entity[b].name.begin];
}

static uint32_t mentions(const struct sl_speakers *s, uint32_t e)
{
    return s->entity[e].in_text ? s->entity[e].n_mention : 0;
}

/* The entity of a name that is known by its last word: the name shortens that one's, or is a fuller form of
 * it. Where it shortens two (Holt, behind Ann Holt and Bo Holt) it is the one's that is spoken of twice as
 * often, else neither's: a wrong one would be worse than one more. Of many only the latest are looked at.
 * 0: none. */
static uint32_t by_last_word(const struct sl_speakers *s, const uint64_t *word, int n, struct run r)
{
    enum { MOST = 8 };
    uint32_t e = sl_entity_get(s, sl_entity_key(word[n - 1], KEY_LAST));
    uint32_t found = 0;
    uint32_t other = 0; /* mentions of the other that is spoken of most */
    for (int k = 0; k < MOST && e != 0; k++, e = s->entity[e].namesake) {
        const struct entity *x = &s->entity[e];
        if (e == s->target_entity || contradicts(x, r)) {
            continue;
        }
        if (k == 0 && n > x->n_word && x->sort != SORT_BODY) {
            struct entity longer = {.n_word = (uint8_t)n};
            memcpy(longer.word, word, sizeof longer.word);
            if (shortens(x->word, x->n_word, &longer)) {
                return e;
            }
        }
        if (n >= x->n_word || !shortens(word, n, x)) {
            continue;
        }
        if (found == 0) {
            found = e;
        } else if (!begins_alike(s, e, found)) {
            const bool more = mentions(s, e) > mentions(s, found);
            const uint32_t less = mentions(s, more ? found : e);
            other = other > less ? other : less;
            found = more ? e : found;
        }
    }
    return mentions(s, found) >= 2 * other ? found : 0;
}

/* The words of a name tell its bearer from here on, the first word unless it tells another. known: the
 * form tells it already. */
static bool remember(struct sl_speakers *s, uint32_t e, uint64_t form, bool known)
{
    struct entity *x = &s->entity[e];
    if (!known && !sl_entity_set(s, sl_entity_key(form, KEY_FORM), e)) {
        return false;
    }
    if (x->n_word > 0) {
        const uint64_t last = sl_entity_key(x->word[x->n_word - 1], KEY_LAST);
        const uint32_t told = x->at_last != 0 ? s->of_key[x->at_last - 1] : sl_entity_get(s, last);
        if (told != e) {
            x->namesake = told;
            x->at_last = sl_entity_set(s, last, e);
            if (x->at_last == 0) {
                return false;
            }
        }
    }
    if (!x->has_first && x->n_word >= 2) {
        const uint64_t first = sl_entity_key(x->word[0], KEY_FIRST);
        x->has_first = sl_entity_get(s, first) != 0 || sl_entity_set(s, first, e) != 0;
        return x->has_first;
    }
    return true;
}

/* The entity of a capitalised run, found or made. */
static uint32_t entity_of(struct sl_speakers *s, const struct sl_clause *c, struct run r)
{
    uint64_t word[ENTITY_WORDS] = {0};
    uint64_t form = 0;
    int n = 0;
    uint32_t e;
    bool known;
    bool target;
    struct entity *x;
    for (int k = r.from; k < r.to && n < ENTITY_WORDS; k++) {
        if (sl_has(c, k, SL_QC_NAME) && n > 0) {
            continue; /* Jr. */
        }
        word[n] = sl_entity_word(c, k);
        form = form * 0x9e3779b97f4a7c15u + word[n];
        n++;
    }
    /* Mr Kaspersky is Eugene Kaspersky, if there is one */
    target = is_target(s, c, r) &&
             (r.sort != SORT_PERSON || other_form(s, word[n - 1], KEY_LAST, r) == 0);
    e = target ? s->target_entity : other_form(s, form, KEY_FORM, r);
    known = e != 0 && !target;
    if (!target && !is_place(c, r) && (e == 0 || s->entity[e].gender != (uint8_t)r.gender)) {
        const uint32_t fuller =
            by_last_word(s, word, n, r); /* Ms Holt: Ann, though Holt is unsure */
        if (e == 0 || (r.gender != GENDER_ANY && s->entity[fuller].gender == (uint8_t)r.gender)) {
            e = fuller;
        }
    }
    if (e == 0 && !target && n == 1 &&
        !is_place(c, r)) { /* Guo for Guo Ping, Huawei for Huawei Technologies */
        uint32_t by_first = other_form(s, word[0], KEY_FIRST, r);
        if (by_first != 0 &&
            (s->entity[by_first].sort != SORT_BODY || s->entity[by_first].n_word == 2)) {
            e = by_first;
        }
    }
    if (e == 0) {
        e = sl_entity_add(s);
        if (e == SL_SPEAKER_NOMEM) {
            return e;
        }
        s->entity[e].named = s->entity[e].agent = true;
        s->target_entity = target ? e : s->target_entity;
    }
    x = &s->entity[e];
    if (n > x->n_word) {
        x->n_word = (uint8_t)n;
        x->at_last = 0;
        x->has_first = false;
        memcpy(x->word, word, sizeof word);
        x->name = (struct slant_span){c->tok[r.from].begin, c->tok[r.to - 1].end};
        while (x->name.end > x->name.begin + 1 && s->text[x->name.end - 1] == '.' &&
               r.to - r.from == 1 && n == 1 && !(c->tok[r.from].flags & TOK_UPPER)) {
            x->name.end--;
        }
    }
    x->gender = x->gender == GENDER_ANY ? (uint8_t)r.gender : x->gender;
    x->sort = x->sort == SORT_UNSURE || (r.sort == SORT_PERSON && x->sort == SORT_BODY)
                  ? (uint8_t)r.sort
                  : x->sort;
    x->n_mention++;
    x->in_text = x->in_text || !c->headline;
    x->n_the += r.from > 0 && sl_tag(c, r.from - 1) == TAG_DET && !sl_in_np(sl_tag(c, r.to));
    for (int k = r.from; k < r.to; k++) {
        x->authority =
            x->authority ||
            sl_has(c, k, SL_QC_AUTHORITY | SL_QC_PLACE | SL_QC_PEOPLE | SL_QC_TIME | SL_QC_TITLE);
        x->organisation = x->organisation || sl_has(c, k, SL_QC_ORGANISATION);
    }
    x->sentence = s->sentence;
    return target || remember(s, e, form, known) ? e : SL_SPEAKER_NOMEM;
}

static void touch(struct sl_speakers *s, uint32_t e)
{
    int k = 0;
    while (k < ENTITY_RECENT - 1 && s->recent[k] != e) {
        k++;
    }
    memmove(s->recent + 1, s->recent, (size_t)k * sizeof s->recent[0]);
    s->recent[0] = e;
}

/* Her predecessor, Sam Roe, was not convinced: whom the sentence is about. */
static void note_subject(struct sl_speakers *s, const struct sl_clause *c)
{
    const struct sl_name *m = &s->mention[0];
    if (s->n_mention == 0 || (c->tok[m->from].flags & TOK_INQ) || sl_tag(c, m->to) == TAG_GEN) {
        return;
    }
    for (int i = 0; i < m->from; i++) {
        if (!sl_in_np(sl_tag(c, i)) && sl_tag(c, i) != TAG_COMMA) {
            return;
        }
    }
    s->subject = m->entity;
    s->subject_sentence = s->sentence;
}

bool sl_speakers_names(struct sl_speakers *s, const struct sl_clause *c, uint32_t sentence)
{
    s->n_mention = 0;
    s->sentence = sentence;
    for (int k = 0, behind = 0; k < c->n_capital; k++) {
        const int i = c->capital[k];
        int to = i + 1;
        struct run r;
        uint32_t e;
        if (i < behind || !name_token(c, i)) {
            continue;
        }
        while (to < c->n &&
               (name_token(c, to) ||
                (to + 1 < c->n &&
                 (sl_has(c, to, SL_QC_NAME) || (joins_name(c, i, to) && name_token(c, to + 1)))))) {
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
        behind = to;
    }
    note_subject(s, c);
    for (int k = 0; k < s->n_mention; k++) {
        sl_entity_affiliate(s, c, s->mention[k].entity,
                            sl_affiliation_of_name(c, s->mention, s->n_mention, k));
    }
    return true;
}
