/* Lists of names: A, B and C; A (X), B (Y), and C (Z); A, D-Ohio, and B, R-Iowa. */
#include "quote/phrase.h"

/* Tags of the words of a name, and of an item of a list: Spain's Iberica, the carrier Wisla. */
static const uint32_t name_tags = SL_TAGS_NP & ~(SL_TAG_BIT(TAG_PRON) | SL_TAG_BIT(TAG_POSS));
static const uint32_t item_tags = SL_TAGS_NP & ~SL_TAG_BIT(TAG_PRON);

static bool in_name(const struct sl_clause *c, int i)
{
    return sl_tag_in(c, i, name_tags) && c->tok[i].flags & TOK_CAP;
}

/* Before what is set behind a name that ends before k: brackets, a party. */
static int before_attached(const struct sl_clause *c, int k)
{
    enum { LONGEST = 12 };
    if (sl_tag(c, k - 1) == TAG_RP) {
        for (int i = k - 2; i > 0 && k - i < LONGEST; i--) {
            if (c->tok[i].tag == TAG_LP) {
                return i;
            }
        }
        return 0;
    }
    return k >= 3 && sl_tag(c, k - 2) == TAG_COMMA && sl_is_party(c, k - 1) ? k - 2 : k;
}

static int behind_attached(const struct sl_clause *c, int k)
{
    enum { LONGEST = 12 };
    if (sl_tag(c, k) == TAG_LP) {
        for (int i = k + 1; i < c->n && i - k < LONGEST; i++) {
            if (c->tok[i].tag == TAG_RP) {
                return i + 1;
            }
        }
        return k;
    }
    return sl_tag(c, k) == TAG_COMMA && k + 1 < c->n && sl_is_party(c, k + 1) ? k + 2 : k;
}

/* Apparently, A and B; not: Italy, A and B */
static bool is_adverb(const struct sl_clause *c, int from, int to)
{
    const char *end = c->text + c->tok[from].end;
    return to == from + 1 &&
           !sl_has(c, from, SL_QC_PLACE | SL_QC_GIVEN_MALE | SL_QC_GIVEN_FEMALE) &&
           c->tok[from].end - c->tok[from].begin > 4 && end[-1] == 'y' && end[-2] == 'l';
}

/* Whether the token at i joins two names to one: the Port | of | Felsham. */
static bool joins_names(const struct sl_clause *c, int i)
{
    return sl_tag(c, i) == TAG_PREP && sl_is_word(c, i, "of") && in_name(c, i + 1) &&
           in_name(c, i - 1);
}

/* First token of the item that ends before k; k: none does. */
static int item_start(const struct sl_clause *c, int k)
{
    while (sl_tag_in(c, k - 1, item_tags) || joins_names(c, k - 1)) {
        k--;
    }
    return k;
}

/* Whether the item of tokens [from, to) holds a name, or others. */
static bool is_named(const struct sl_clause *c, int from, int to)
{
    for (int k = from; k < to; k++) {
        if (in_name(c, k) || sl_is_spelled(c, k, "other") || sl_is_spelled(c, k, "others")) {
            return !is_adverb(c, from, to);
        }
    }
    return false;
}

/* Behind the last name of the item that begins at k; k: none. */
static int item_end(const struct sl_clause *c, int k)
{
    int to = k;
    for (int i = k; sl_tag_in(c, i, item_tags) || joins_names(c, i); i++) {
        to = in_name(c, i) ? i + 1 : to;
    }
    return to;
}

/* Of whom the names behind the preposition at i are: the ministers | from A, B and C; not: talks with A; in
 * states like A. Their first token, or -1. */
static int holders_before(const struct sl_clause *c, int i)
{
    int from;
    if (!sl_has(c, i - 1, SL_QC_PERSON | SL_QC_TITLE | SL_QC_OWN) || (i > 1 && in_name(c, i - 1)) ||
        sl_is_spelled(c, i, "like")) {
        return -1;
    }
    from = sl_np_start(c, i - 1);
    return sl_tag_in(c, from - 1, SL_TAG_BIT(TAG_PREP) | SL_TAGS_NP) ? -1 : from;
}

int sl_list_start(const struct sl_clause *c, int e)
{
    enum { MOST = 12 };
    int k = e + 1;
    int found = -1;
    bool joined = false;
    bool oxford = false;
    for (int n = 1; n <= MOST; n++) {
        const int end = before_attached(c, k);
        const int from = end > 0 ? item_start(c, end) : end;
        const int before = from > 0 ? sl_tag(c, from - 1) : TAG_STOP;
        if (end <= 0 || !(joined || before == TAG_CONJ) || !is_named(c, from, end)) {
            break;
        }
        /* in talks with A, B and C said: not A */
        if (joined && (n > 2 || !oxford || before != TAG_COMMA) &&
            (before >= TAG_COMMA || before == TAG_CONJ || before == TAG_SUB ||
             before == TAG_THAT)) {
            found = from;
        }
        if (before == TAG_CONJ && !joined) {
            joined = true;
            oxford = sl_tag(c, from - 2) == TAG_COMMA;
            k = from - 1 - oxford;
        } else if (before == TAG_COMMA && joined) {
            k = from - 1;
        } else {
            const int holders = before == TAG_PREP && found >= 0 ? holders_before(c, from - 1) : -1;
            if (holders >= 0) {
                return holders;
            }
            /* in Berlin, Germany, A and B */
            while (before == TAG_PREP && found >= 0 && sl_has(c, found, SL_QC_PLACE) &&
                   sl_tag(c, found + 1) == TAG_COMMA) {
                found += 2;
            }
            break;
        }
    }
    return found;
}

int sl_names_end(const struct sl_clause *c, int k, bool subject)
{
    enum { MOST = 12 };
    const uint32_t behind =
        SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_CONJ) | SL_TAG_BIT(TAG_LP); /* a name of a list */
    int at;
    if (!sl_tag_in(c, k, behind) || !in_name(c, k - 1)) {
        return k;
    }
    at = behind_attached(c, k);
    for (int n = 1; n <= MOST; n++) {
        const int comma = sl_tag(c, at) == TAG_COMMA;
        const int last = sl_tag(c, at + comma) == TAG_CONJ;
        const int from = at + comma + last;
        const int to = item_end(c, from);
        if (comma + last == 0 || to == from || (n == 1 && last && comma)) {
            return k;
        }
        at = behind_attached(c, to);
        if (last) {
            return sl_finite(sl_tag(c, at)) == subject ? at : k;
        }
    }
    return k;
}
