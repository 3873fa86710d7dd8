/* Names: runs of capitalised words. Whose each is tells bearer.c. */
#include "quote/entity.h"

#include <string.h>

static uint64_t classes_at(const struct sl_clause *c, int i)
{
    return sl_qwords[c->tok[i].word].classes;
}

/* Whether the capitalised word at i, whose tag does not say it, is a word of a name. The first word of a
 * sentence has a capital anyway: a name where it is no known word, or where another name follows. */
static bool begins_name(const struct sl_clause *c, int i)
{
    const struct sl_qtoken *t = &c->tok[i];
    const uint64_t classes = classes_at(c, i);
    if ((classes & SL_QC_TITLE) != 0 && sl_tag(c, i + 1) == TAG_N &&
        !(c->tok[i + 1].flags & TOK_CAP) &&
        (classes & (SL_QC_GIVEN_MALE | SL_QC_GIVEN_FEMALE)) == 0) {
        return false; /* Deputy leader Ann Roe */
    }
    if (t->word == 0 ||
        (classes & (SL_QC_PLACE | SL_QC_TITLE | SL_QC_GIVEN_MALE | SL_QC_GIVEN_FEMALE)) != 0) {
        return true;
    }
    return i + 1 < c->n && c->tok[i + 1].flags & TOK_CAP &&
           (t->tag == TAG_N ||
            (t->tag == TAG_ADJ && sl_has(c, i + 1, SL_QC_PLACE))); /* New Zealand */
}

/* Whether token i is a word of a name. */
static inline bool name_token(const struct sl_clause *c, int i)
{
    static const uint32_t tags = SL_TAG_BIT(TAG_PROP) | SL_TAG_BIT(TAG_N) | SL_TAG_BIT(TAG_ADJ) |
                                 SL_TAG_BIT(TAG_V) | SL_TAG_BIT(TAG_VN);
    const struct sl_qtoken *t = &c->tok[i];
    const uint32_t second = t->begin + (t->end - t->begin > 2);
    return (tags >> t->tag & t->flags & TOK_CAP) != 0 &&
           (t->tag == TAG_PROP || begins_name(c, i)) &&
           !(c->text[second] == '-' && sl_is_party(c, i));
}

/* Whether two letters are the first of a small word inside of names: van, de, al. Few others begin so. */
static bool begin_particle(char first, char second)
{
    static const char seconds[32][4] = {
        ['a' & 31] = {'l'}, ['b' & 31] = {'i'},      ['d' & 31] = {'a', 'e', 'o', 'u'},
        ['e' & 31] = {'l'}, ['i' & 31] = {'b'},      ['l' & 31] = {'a', 'e'},
        ['t' & 31] = {'e'}, ['v' & 31] = {'a', 'o'},
    };
    const char *known = seconds[first & 31];
    return second == known[0] || second == known[1] || second == known[2] || second == known[3];
}

/* van, de, al: small words inside of names. */
static bool is_particle(const struct sl_clause *c, int i)
{
    static const char small[][6] = {"de", "da",  "van", "von", "bin",  "al",   "el",
                                    "la", "le",  "der", "den", "del",  "das",  "dos",
                                    "du", "ibn", "ter", "ten", "bint", "binti"};
    size_t len = c->tok[i].end - c->tok[i].begin;
    const char *p = c->text + c->tok[i].begin;
    if (len < 2 || len > 5 || !begin_particle(p[0], p[1])) {
        return false; /* quickly: nearly every word behind a name */
    }
    for (size_t k = 0; k < sizeof small / sizeof small[0]; k++) {
        if (p[0] == small[k][0] && memcmp(p, small[k], len) == 0 && small[k][len] == 0) {
            return true;
        }
    }
    return false;
}

/* Trinidad and Tobago */
static bool is_country_pair(const struct sl_clause *c, int i)
{
    static const char *const second[] = {"Tobago", "Barbuda",  "Herzegovina",
                                         "Nevis",  "Principe", "Grenadines"};
    return sl_is_one_of(c, i + 1, second, sizeof second / sizeof second[0]);
}

/* City of London */
static bool begins_territory(const struct sl_clause *c, int i)
{
    static const char *const first[] = {"City", "Port",     "State",    "County",
                                        "Town", "Borough",  "Republic", "Kingdom",
                                        "Isle", "District", "Province"};
    return sl_is_one_of(c, i, first, sizeof first / sizeof first[0]);
}

/* Whether the small word at i joins the capitalised run [from, i) to what follows: Department of Trade,
 * Ministry of Trade and Industry; not: Department and Norvane. */
static bool joins_body(const struct sl_clause *c, int from, int i)
{
    const bool of = sl_is_spelled(c, i, "of");
    const bool and = sl_is_spelled(c, i, "and");
    bool body = false;
    if (!(of || and || sl_is_spelled(c, i, "for")) ||
        (sl_tag(c, i) != TAG_PREP && sl_tag(c, i) != TAG_CONJ)) {
        return false;
    }
    if ((and&&is_country_pair(c, i)) || (of && begins_territory(c, i - 1))) {
        return true;
    }
    for (int k = from; k < i; k++) {
        body = body || (sl_has(c, k, SL_QC_ORGANISATION) &&
                        (sl_tag(c, i) == TAG_PREP || sl_tag(c, k + 1) == TAG_PREP));
    }
    return body;
}

/* Whether the genitive at i is of many whose body's name follows: Farmers' Federation, People's Party; not:
 * the Tories' Ann Roe. */
static bool owns_body(const struct sl_clause *c, int i)
{
    enum { MOST = 8 };
    const struct sl_qtoken *t = &c->tok[i];
    int k = i + 1;
    if (t->tag != TAG_GEN || k >= c->n || !(c->tok[k].flags & TOK_CAP) ||
        !(t->end - t->begin == 1 || (t->end - t->begin == 3 && c->text[t->end - 1] != 's') ||
          sl_has(c, i - 1, SL_QC_PERSON))) {
        return false;
    }
    while (k + 1 < c->n && k - i < MOST && c->tok[k + 1].flags & TOK_CAP &&
           c->tok[k + 1].tag <= TAG_PROP) {
        k++;
    }
    return sl_has(c, k, SL_QC_ORGANISATION);
}

/* Where the office whose title ends before i goes on to, or i: Minister for Trade and Industry, President of
 * France. Not where its holder follows, whose title it is. */
static int office_goes_on(const struct sl_clause *c, int i)
{
    enum { MOST = 10 };
    int end = i;
    for (int k = i; k < c->n && k - i < MOST;) {
        const bool joins = sl_is_word(c, k, "of") || sl_is_word(c, k, "for") ||
                           (end > i && sl_is_word(c, k, "and"));
        k += joins;
        k += joins && sl_is_word(c, k, "the");
        if (!sl_has(c, k, SL_QC_PORTFOLIO | SL_QC_PLACE) || !(c->tok[k].flags & TOK_CAP) ||
            (!joins && end == i)) {
            break;
        }
        end = ++k;
    }
    return sl_tag(c, end) <= TAG_PROP ||
                   ((sl_tag(c, end) == TAG_COMMA || sl_tag(c, end) == TAG_CONJ) && end + 1 < c->n &&
                    c->tok[end + 1].flags & TOK_CAP)
               ? i
               : end;
}

/* Whether tokens [behind, to), behind a title, make it an office: no name is in them. */
static bool is_office(const struct sl_clause *c, int behind, int to)
{
    for (int k = behind; k < to; k++) {
        if (!sl_has(c, k, SL_QC_PORTFOLIO | SL_QC_PLACE | SL_QC_DET | SL_QC_PREP | SL_QC_CONJ)) {
            return false;
        }
    }
    return behind < to && sl_tag(c, behind) == TAG_PREP;
}

/* Where the title that ends before `to`, where no word of a name stands, goes on to, or `to`. */
static int title_goes_on(const struct sl_clause *c, int to)
{
    if (sl_tag(c, to) == TAG_CONJ && sl_has(c, to + 1, SL_QC_TITLE) &&
        c->tok[to + 1].flags & TOK_CAP && sl_tag(c, to + 2) <= TAG_PROP && to + 2 < c->n &&
        c->tok[to + 2].flags & TOK_CAP) {
        return to + 2; /* President and CEO Ann Roe */
    }
    return to;
}

/* Where the run [from, to) goes on to, behind which no word of a name stands; or `to`. */
static int name_goes_on(const struct sl_clause *c, int from, int to)
{
    /* nearly always something else follows */
    static const uint32_t goes_on = SL_TAG_BIT(TAG_N) | SL_TAG_BIT(TAG_PROP) | SL_TAG_BIT(TAG_NUM) |
                                    SL_TAG_BIT(TAG_GEN) | SL_TAG_BIT(TAG_PREP) |
                                    SL_TAG_BIT(TAG_CONJ) | SL_TAG_BIT(TAG_QO);
    int k = to;
    if (to >= c->n || !(c->tok[to].flags & TOK_CAP || goes_on >> c->tok[to].tag & 1)) {
        return to;
    }
    if (to + 1 < c->n && (classes_at(c, to) & SL_QC_NAME) != 0) {
        return to + 1;
    }
    if ((classes_at(c, to - 1) & SL_QC_TITLE) != 0) {
        k = office_goes_on(c, to);
        k = k > to ? k : title_goes_on(c, to);
        if (k > to) {
            return k;
        }
    }
    while (k < c->n && k - to < 3 && is_particle(c, k)) {
        k++; /* van der Meer */
    }
    if (k == to && (joins_body(c, from, to) ||
                    (c->tok[to].tag == TAG_PROP && c->text[c->tok[to].begin] == '&'))) {
        k++;                             /* Ministry of Trade, Holt & Sons */
        k += sl_is_spelled(c, k, "the"); /* Ministry of the Interior */
    }
    if (k == to && owns_body(c, to)) {
        k++; /* Farmers' Federation */
    }
    if (k == to && sl_tag(c, to) == TAG_QO && sl_tag(c, to + 2) == TAG_QC && to + 3 < c->n &&
        name_token(c, to + 1)) {
        k = to + 3; /* Roy "Buck" Roe */
    }
    return k > to && k < c->n && name_token(c, k) ? k + 1 : to;
}

/* Ann Roe MP */
static bool is_postnominal(const struct sl_clause *c, int i)
{
    static const char known[][4] = {"MP", "MEP", "MSP", "KC",  "QC",  "SC",
                                    "TD", "OBE", "MBE", "CBE", "PhD", "MD"};
    size_t len = c->tok[i].end - c->tok[i].begin;
    for (size_t k = 0; k < sizeof known / sizeof known[0] && len <= 3; k++) {
        if (strlen(known[k]) == len && memcmp(c->text + c->tok[i].begin, known[k], len) == 0) {
            return true;
        }
    }
    return false;
}

/* Where in the run [from, to) the name begins behind what a title is of: Minister of State for Trade X,
 * Attorney General of Texas X. `from`: no title stands before, or no name behind. */
static int behind_portfolio(const struct sl_clause *c, int from, int to)
{
    enum { MOST = 3 };
    int name = from;
    int k = from;
    bool titled = false;
    while (name < to && name - from < 2 * MOST &&
           sl_has(c, name, SL_QC_PORTFOLIO | SL_QC_PLACE | SL_QC_PEOPLE)) {
        name++;
    }
    if (name == from || name == to) {
        return from;
    }
    for (int turns = 0; turns < MOST && !titled; turns++) {
        k -= k > 0 && sl_tag(c, k - 1) == TAG_DET;
        if (k < 2 || sl_tag(c, k - 1) != TAG_PREP) {
            return from;
        }
        k -= 2;
        titled = sl_has(c, k, SL_QC_TITLE);
        for (int back = 0; back < MOST && k > 0 && !titled && c->tok[k - 1].flags & TOK_CAP &&
                           sl_has(c, k, SL_QC_PORTFOLIO);
             back++) {
            k--;
        }
    }
    return titled ? name : from;
}

static bool holds(const struct sl_clause *c, int from, int to, uint64_t classes)
{
    bool found = false;
    for (int k = from; k < to; k++) {
        found = found || sl_has(c, k, classes);
    }
    return found;
}

/* Whether the title at k begins a firm's name: General Motors. */
static bool is_firm(const struct sl_clause *c, int k)
{
    static const char *const firms[] = {"Motors", "Electric", "Mills", "Atomics", "Dynamics"};
    return sl_is_word(c, k, "general") &&
           sl_is_one_of(c, k + 1, firms, sizeof firms / sizeof firms[0]);
}

/* Whether the first word of the run [from, to) tells whence or of which party its bearer is: Republican John
 * Doe, Republican Doe; not: Saudi Arabia, American Airlines, Liberal Democrats. */
static bool is_set_before(const struct sl_clause *c, int from, int to)
{
    if (from + 1 >= to || !sl_has(c, from, SL_QC_PEOPLE) ||
        holds(c, from + 1, to, SL_QC_ORGANISATION)) {
        return false;
    }
    return sl_has(c, from + 1, SL_QC_GIVEN_MALE | SL_QC_GIVEN_FEMALE)
               ? to - from > 2
               : sl_has(c, from, SL_QC_PARTY) && c->text[c->tok[to - 1].end - 1] != 's';
}

/* The run is [from, to) alone: what stood around that only tells of the name. */
static void shorten(const struct sl_clause *c, struct run *r, int from, int to)
{
    r->from = from;
    r->to = to;
    r->classes = 0;
    for (int k = from; k < to; k++) {
        r->classes |= classes_at(c, k);
    }
}

/* The last title among the words of the run, of which some is one; -1: none. Its gender is the bearer's. */
static int last_title(const struct sl_clause *c, struct run *r)
{
    int last = -1;
    for (int k = r->from; k < r->to; k++) {
        if (sl_has(c, k, SL_QC_TITLE) && !is_firm(c, k) &&
            !(k == r->from && r->to - r->from > 1 && sl_has(c, r->to - 1, SL_QC_ORGANISATION))) {
            last = k; /* not: Justice Department */
            r->gender = sl_has(c, k, SL_QC_MALE)     ? GENDER_MALE
                        : sl_has(c, k, SL_QC_FEMALE) ? GENDER_FEMALE
                                                     : r->gender;
        }
    }
    return last;
}

/* Leaves out of the run what only tells of its bearer. */
static void take_titles(const struct sl_clause *c, struct run *r)
{
    const int title = r->titled ? last_title(c, r) : -1;
    const int to = r->to;
    int from = r->from;
    int k;
    if (title >= 0 && is_office(c, title + 1, to)) {
        r->sort = SORT_PERSON; /* Minister for Trade */
    } else if (title >= 0 && title + 1 < to) {
        from = title + 1;
        from += sl_tag(c, from) == TAG_PREP && from + 2 < to ? 2 : 0; /* Chief of Staff X */
        r->sort = SORT_PERSON;
    } else if (to - from >= 2 && (k = behind_portfolio(c, from, to)) > from) {
        from = k; /* Secretary of State X */
        r->sort = SORT_PERSON;
    } else {
        while (is_set_before(c, from, to)) {
            from++; /* Republican John Doe */
        }
    }
    if (title == to - 1) {
        r->sort = SORT_PERSON; /* the Prime Minister */
    }
    if (from > r->from) {
        shorten(c, r, from, to);
    }
}

/* husband, sister */
static bool is_kin(const struct sl_clause *c, int k)
{
    static const char *const kin[] = {"husband", "son",      "brother", "father",
                                      "wife",    "daughter", "sister",  "mother"};
    return sl_has(c, k, SL_QC_MALE | SL_QC_FEMALE) &&
           sl_is_one_of(c, k, kin, sizeof kin / sizeof kin[0]);
}

/* Ltd. and the like, and the comma before it, which sl_clause_tag took into the name. */
static bool is_legal_form(const struct sl_clause *c, int k)
{
    static const char *const form[] = {"Ltd",  "Ltd.", "Inc",   "Inc.", "LLC", "LLP",
                                       "L.P.", "Corp", "Corp.", "Co",   "Co.", "PLC",
                                       "plc",  "GmbH", "Pte",   ","};
    enum { LONGEST = 5 };
    return c->tok[k].end - c->tok[k].begin <= LONGEST &&
           sl_is_one_of(c, k, form, sizeof form / sizeof form[0]) && !sl_is_spelled(c, k - 1, "&");
}

/* Leaves out of the run in which form its bearer is a firm: Norvane Co., Ltd. is Norvane. */
static void take_legal_form(const struct sl_clause *c, struct run *r)
{
    int to = r->to;
    while (to - r->from >= 2 && is_legal_form(c, to - 1)) {
        to--;
    }
    if (to < r->to) {
        shorten(c, r, r->from, to);
        r->classes |= SL_QC_ORGANISATION;
        r->sort = SORT_BODY;
    }
}

/* What a run tells of its bearer. */
static void read_run(const struct sl_clause *c, struct run *r)
{
    const uint64_t before_names = SL_QC_PORTFOLIO | SL_QC_PLACE | SL_QC_PEOPLE;
    const int begin = r->from;
    bool several;
    uint64_t first;
    while (r->to - r->from >= 3 && is_postnominal(c, r->to - 1)) {
        shorten(c, r, r->from, r->to - 1);
    }
    take_legal_form(c, r);
    if (r->to - r->from >= 2 &&
        sl_tag_in(c, r->from - 1, SL_TAG_BIT(TAG_STOP) | SL_TAG_BIT(TAG_QO)) &&
        sl_is_firm(c, r->from)) {
        shorten(c, r, r->from + 1, r->to); /* Operator Norvane */
        r->sort = SORT_BODY;
    }
    several = r->to - r->from >= 2;
    r->titled = (r->classes & SL_QC_TITLE) != 0;
    if ((r->classes & (SL_QC_TITLE | (several ? before_names : 0))) != 0) {
        take_titles(c, r);
        several = r->to - r->from >= 2;
    }
    first = classes_at(c, r->from);
    if (r->sort == SORT_UNSURE) {
        const uint64_t bodies = (r->classes & SL_QC_ORGANISATION) |
                                (classes_at(c, r->to - 1) & SL_QC_PLACE) |
                                /* American Airlines */
                                (several ? first & (SL_QC_PEOPLE | SL_QC_NAMING) : 0);
        const unsigned capitals = several ? 0 : c->tok[r->from].flags & TOK_UPPER;
        r->sort =
            bodies != 0 || capitals != 0 || sl_follows_article(c, begin) ? SORT_BODY : SORT_UNSURE;
        /* a salesman in Eastville */
        r->located = r->sort == SORT_UNSURE && sl_is_word(c, begin - 1, "in") &&
                     (first & (SL_QC_GIVEN_MALE | SL_QC_GIVEN_FEMALE)) == 0;
    }
    if (r->gender == GENDER_ANY && r->sort == SORT_UNSURE && is_kin(c, begin - 1)) {
        r->gender = sl_has(c, begin - 1, SL_QC_MALE) ? GENDER_MALE : GENDER_FEMALE;
        r->sort = SORT_PERSON; /* her husband Roe */
    }
    if ((first & (SL_QC_GIVEN_MALE | SL_QC_GIVEN_FEMALE)) != 0 && r->sort != SORT_BODY) {
        const enum gender its = (first & SL_QC_GIVEN_MALE) != 0 ? GENDER_MALE : GENDER_FEMALE;
        r->gender = several && r->gender == GENDER_ANY ? its : r->gender; /* Ann Roe */
        r->given = several || sl_is_place(r) ? GENDER_ANY : its;
    }
}

static void touch(struct sl_speakers *s, uint32_t e)
{
    uint32_t newer = e;
    if (s->entity[e].n_mention == 1) { /* most are new */
        memmove(s->recent + 1, s->recent, sizeof s->recent - sizeof s->recent[0]);
        s->recent[0] = e;
        return;
    }
    for (int k = 0; k < ENTITY_RECENT; k++) {
        const uint32_t was = s->recent[k];
        s->recent[k] = newer;
        if (was == e) {
            break;
        }
        newer = was;
    }
}

/* Her predecessor, Sam Roe, was not convinced: whom the sentence is about. */
static void note_subject(struct sl_speakers *s, const struct sl_clause *c)
{
    /* words of noun phrases, and commas */
    static const uint32_t precedes = (SL_TAG_BIT(TAG_NUM + 1) - 1) | SL_TAG_BIT(TAG_COMMA);
    const struct sl_name *m = &s->mention[0];
    if (s->n_mention == 0 || (c->tok[m->from].flags & TOK_INQ) || sl_tag(c, m->to) == TAG_GEN) {
        return;
    }
    for (int i = 0; i < m->from; i++) { /* The lawyer is Mary Fox: she */
        if (!sl_tag_in(c, i, precedes) && !(i + 1 == m->from && sl_has(c, i, SL_QC_BE))) {
            return;
        }
    }
    s->subject = m->entity;
    s->subject_sentence = s->sentence;
}

/* The run that begins at token i, and the classes of its words. */
static struct run run_from(const struct sl_clause *c, int i)
{
    uint64_t classes = classes_at(c, i);
    int k = i + 1;
    int to;
    for (;;) {
        for (; k < c->n && name_token(c, k); k++) {
            classes |= classes_at(c, k);
        }
        to = name_goes_on(c, i, k);
        if (to == k) {
            return (struct run){.from = i, .to = to, .classes = classes};
        }
        for (; k < to; k++) {
            classes |= classes_at(c, k);
        }
    }
}

/* Chinese Norvane, where Norvane is known */
static bool follows_people(struct sl_speakers *s, const struct sl_clause *c, const struct run *r)
{
    return (r->classes & SL_QC_PEOPLE) != 0 && r->to - r->from >= 2 &&
           sl_has(c, r->from, SL_QC_PEOPLE) &&
           !sl_has(c, r->from + 1, SL_QC_PLACE | SL_QC_ORGANISATION) &&
           sl_entity_get(s, sl_entity_form(c, r->from + 1, r->to), AS_FORM) != 0;
}

/* Whether what stands around a name can tell a role: it is a title, or a comma stands between. */
static bool tells_role(const struct sl_clause *c, const struct run *r)
{
    return r->titled || sl_tag(c, r->to) == TAG_COMMA;
}

/* Notes whom the bearer of name k speaks for. */
static void affiliate(struct sl_speakers *s, const struct sl_clause *c, int k)
{
    const struct sl_name *name = &s->mention[k];
    int its;
    sl_entity_affiliate(s, c, name->entity, sl_affiliation_of_name(c, s->mention, s->n_mention, k));
    its = sl_affiliation_its_name(c, name);
    if (its >= 0) {
        sl_entity_affiliate_its(s, name->entity, its);
    }
}

bool sl_speakers_names(struct sl_speakers *s, const struct sl_clause *c, uint32_t sentence)
{
    s->n_mention = s->at_source = 0;
    s->sentence = sentence;
    for (int k = 0, behind = 0; k < c->n_capital; k++) {
        const int i = c->capital[k];
        struct sl_name *name = &s->mention[s->n_mention];
        struct run r;
        if (i < behind || !name_token(c, i)) {
            continue;
        }
        r = run_from(c, i);
        behind = r.to;
        name->from = i;
        name->to = r.to;
        name->own = (r.classes & SL_QC_OWN) != 0;
        read_run(c, &r);
        if (follows_people(s, c, &r)) {
            shorten(c, &r, r.from + 1, r.to);
        }
        name->entity = sl_bearer(s, c, &r);
        if (name->entity == SL_SPEAKER_NOMEM ||
            (tells_role(c, &r) && !sl_learn_roles(s, c, i, &r, name->entity)) ||
            ((r.classes & SL_QC_ORGANISATION) != 0 && !sl_learn_body(s, c, &r, name->entity)) ||
            (sl_tag(c, r.to) == TAG_LP && !sl_learn_acronym(s, c, &r, name->entity))) {
            return false;
        }
        s->n_mention++;
        if (!(c->tok[i].flags & TOK_INQ)) {
            touch(s, name->entity);
        }
    }
    note_subject(s, c);
    for (int k = 0; k < s->n_mention; k++) {
        if (sl_affiliation_may_be(c, &s->mention[k])) {
            affiliate(s, c, k);
        }
    }
    return true;
}
