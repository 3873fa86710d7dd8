/* Lists of names: A, B and C; A (X), B (Y), and C (Z); A, D-Ohio, and B, R-Iowa. */
#include "quote/phrase.h"

static bool in_name(const struct sl_clause *c, int i)
{
    return sl_is_token(c, i) && c->tok[i].flags & TOK_CAP && sl_in_np(c->tok[i].tag) &&
           c->tok[i].tag != TAG_PRON && c->tok[i].tag != TAG_POSS;
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
    return k >= 3 && sl_is_party(c, k - 1) && sl_tag(c, k - 2) == TAG_COMMA ? k - 2 : k;
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

/* Apparently, A and B */
static bool is_adverb(const struct sl_clause *c, int from, int to)
{
    const char *end = c->text + c->tok[from].end;
    return to == from + 1 && c->tok[from].end - c->tok[from].begin > 4 && end[-1] == 'y' &&
           end[-2] == 'l';
}

/* Whether token i can stand in an item: Spain's Iberica, the carrier Wisla, the Port of Felsham. */
static bool in_item(const struct sl_clause *c, int i)
{
    return sl_is_token(c, i) &&
           ((sl_in_np(c->tok[i].tag) && c->tok[i].tag != TAG_PRON) ||
            (sl_is_word(c, i, "of") && in_name(c, i + 1) && in_name(c, i - 1)));
}

/* First token of the item that ends before k and holds a name, or others; k: none. */
static int item_start(const struct sl_clause *c, int k)
{
    int from = k;
    bool named = false;
    while (in_item(c, from - 1)) {
        from--;
        named = named || in_name(c, from) || sl_is_spelled(c, from, "other") ||
                sl_is_spelled(c, from, "others");
    }
    return named && !is_adverb(c, from, k) ? from : k;
}

/* Behind the last name of the item that begins at k; k: none. */
static int item_end(const struct sl_clause *c, int k)
{
    int to = k;
    for (int i = k; in_item(c, i); i++) {
        to = in_name(c, i) ? i + 1 : to;
    }
    return to;
}

int sl_names_start(const struct sl_clause *c, int e)
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
        if (end <= 0 || from == end) {
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
    int at = behind_attached(c, k);
    if (k < 1 || !in_name(c, k - 1)) {
        return k;
    }
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
