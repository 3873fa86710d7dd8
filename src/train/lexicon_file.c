#include "train/lexicon_file.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/table.h"
#include "input/table.h"

#include <stdlib.h>
#include <string.h>

enum column { ENTRY, ROLE, STRENGTH, CLASS, N_COLUMN };

struct entry {
    float strength; /* of stems: the sum */
    uint32_t role;
    uint32_t word_class;          /* number in order of sight, and 1; 0: none */
    uint32_t n_role, n_class;     /* of stems: entries that have one and agree */
    bool role_split, class_split; /* they do not */
    const char *text;             /* set when all are read */
    uint32_t len;
};

struct reader {
    struct sl_table table;
    struct sl_text value[N_COLUMN];
    struct sl_lexer lexer;
    struct sl_strings text;                            /* entries, and "~stem" */
    char class_name[SL_MAX_WORD_CLASS][SL_CLASS_NAME]; /* in order of sight */
    uint32_t n_class;
    struct entry *entry; /* [text.n] */
    size_t cap;
    uint64_t digest;
    struct slant_error *err;
};

static enum slant_status bad_entry(struct reader *r, const char *what)
{
    return sl_fail(r->err, SLANT_ERR_ROW, r->table.row_line, "%s:%llu: %s", r->table.path,
                   (unsigned long long)r->table.row_line, what);
}

static bool is(const struct sl_text *v, const char *word)
{
    return v->len == strlen(word) && memcmp(v->p, word, v->len) == 0;
}

static enum slant_status read_role(struct reader *r, float *strength, uint32_t *role)
{
    const struct sl_text *v = &r->value[ROLE];
    const struct sl_text *s = &r->value[STRENGTH];
    bool positive = is(v, "positive");
    double number = 0;
    if (v->len == 0 && r->value[CLASS].len > 0) {
        *role = SL_ROLE_NONE;
        return s->len == 0 ? SLANT_OK : bad_entry(r, "a strength, but no role that it is of");
    }
    *role = positive || is(v, "negative") ? SL_ROLE_POLAR
            : is(v, "intensifier")        ? SL_ROLE_INTENSIFIER
            : is(v, "diminisher")         ? SL_ROLE_DIMINISHER
            : is(v, "negator")            ? SL_ROLE_NEGATOR
                                          : SL_ROLE_NONE;
    if (v->len == 0) {
        return bad_entry(r, "neither a role nor a class");
    }
    if (*role == SL_ROLE_NONE) {
        return bad_entry(r, "unknown role; expected positive, negative, intensifier, diminisher or "
                            "negator");
    }
    if (*role != SL_ROLE_NEGATOR &&
        (!sl_parse_double(s->p, s->len, &number) || !(number > 0 && number <= 10))) {
        return bad_entry(r, "the strength is not a number above 0 and at most 10");
    }
    *strength = (float)(*role == SL_ROLE_POLAR ? (positive ? number : -number) / 3 : number);
    return SLANT_OK;
}

/* The number of the entry's class in order of sight, and 1; 0 where it has none. */
static enum slant_status read_class(struct reader *r, uint32_t *word_class)
{
    const struct sl_text *v = &r->value[CLASS];
    char name[SL_CLASS_NAME] = {0};
    *word_class = 0;
    if (v->len == 0 || is(v, "-")) {
        *word_class = v->len == 0 ? 0 : SL_NO_CLASS;
        return SLANT_OK;
    }
    for (size_t i = 0; i < v->len && i < sizeof name; i++) {
        char c = v->p[i];
        name[i] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    /* A NUL byte would end the name before the field ends. */
    if (v->len >= sizeof name || strlen(name) != v->len || !sl_class_name_is_good(name)) {
        return bad_entry(r, "a class has at most 23 letters of A to Z, digits, - and _, and is not "
                            "POSITIVE, NEGATIVE, NOT or TARGET");
    }
    for (uint32_t c = 0; c < r->n_class && *word_class == 0; c++) {
        *word_class = strcmp(r->class_name[c], name) == 0 ? c + 1 : 0;
    }
    if (*word_class == 0) {
        if (r->n_class == SL_MAX_WORD_CLASS) {
            return bad_entry(r, "a lexicon has at most 29 classes");
        }
        memcpy(r->class_name[r->n_class], name, sizeof name);
        *word_class = ++r->n_class;
    }
    return SLANT_OK;
}

/* Folds the entry's words into key, joined by single spaces. */
static enum slant_status fold_entry(struct reader *r, char key[SL_PHRASE_MAX], size_t *len,
                                    int *n_word)
{
    const char *p = r->value[ENTRY].p;
    const char *end = p + r->value[ENTRY].len;
    *len = 0;
    *n_word = 0;
    while (p < end) {
        const char *from = p;
        while (p < end && *p != ' ') {
            p++;
        }
        if (p - from > SL_WORD_MAX || *n_word == SL_PHRASE_WORDS) {
            return bad_entry(r, "an entry has at most 3 words of at most 64 bytes");
        }
        if (p > from) {
            if (*n_word > 0) {
                key[(*len)++] = ' ';
            }
            *len += sl_fold(from, (size_t)(p - from), key + *len);
            ++*n_word;
        }
        p += p < end;
    }
    if (*len > 0 && key[0] == '~') {
        return bad_entry(r, "an entry may not begin with ~, which marks stems");
    }
    return *len == 0 ? bad_entry(r, "the entry is empty") : SLANT_OK;
}

static enum slant_status add_entry(struct reader *r, const char *key, size_t len, uint32_t *at)
{
    *at = sl_strings_add(&r->text, key, len);
    if (*at == SL_TABLE_NONE || !sl_grow(&r->entry, &r->cap, r->text.n, sizeof *r->entry)) {
        return sl_fail_nomem(r->err);
    }
    return SLANT_OK;
}

/* Entries of one stem speak for its other forms, as long as they agree: in their role and in their
 * class, each by itself. */
static enum slant_status add_stem(struct reader *r, const char *word, size_t len,
                                  const struct entry *one)
{
    struct sl_token token = {0, len, SL_TOKEN_WORD, false};
    struct sl_lexeme lexeme;
    char key[SL_STEM_MAX + 1] = "~";
    uint32_t before = r->text.n;
    uint32_t at;
    struct entry *e;
    if (!sl_lexeme_read(&r->lexer, word, &token, &lexeme)) {
        return sl_fail_nomem(r->err);
    }
    memcpy(key + 1, lexeme.stem, lexeme.stem_len);
    SL_TRY(add_entry(r, key, lexeme.stem_len + 1, &at));
    e = &r->entry[at];
    if (at >= before) {
        *e = *one;
        return SLANT_OK;
    }
    if (e->n_role == 0) {
        e->role = one->role;
    }
    e->role_split |=
        one->n_role > 0 &&
        (e->role != one->role || (e->n_role > 0 && (e->strength < 0) != (one->strength < 0)));
    e->strength += one->strength;
    e->n_role += one->n_role;
    if (e->n_class == 0) {
        e->word_class = one->word_class;
    }
    e->class_split |= one->n_class > 0 && e->word_class != one->word_class;
    e->n_class += one->n_class;
    return SLANT_OK;
}

static enum slant_status read_entry(struct reader *r)
{
    char key[SL_PHRASE_MAX] = {0};
    size_t len = 0;
    int n_word = 0;
    uint32_t before = r->text.n;
    uint32_t at;
    struct entry one = {0};
    SL_TRY(read_role(r, &one.strength, &one.role));
    SL_TRY(read_class(r, &one.word_class));
    one.n_role = one.role != SL_ROLE_NONE;
    one.n_class = one.word_class != 0 && one.word_class != SL_NO_CLASS;
    SL_TRY(fold_entry(r, key, &len, &n_word));
    SL_TRY(add_entry(r, key, len, &at));
    if (at < before) {
        return bad_entry(r, "the entry stands twice");
    }
    r->entry[at] = one;
    r->digest =
        sl_hash(&one.strength, sizeof one.strength, sl_hash(key, len, r->digest + one.role));
    if (one.word_class != 0) {
        r->digest = sl_hash(r->value[CLASS].p, r->value[CLASS].len, r->digest);
    }
    if (n_word != 1) {
        return SLANT_OK;
    }
    one.word_class = one.n_class > 0 ? one.word_class : 0; /* its own word's affair */
    return add_stem(r, key, len, &one);
}

static int by_text(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    int order = memcmp(x->text, y->text, x->len < y->len ? x->len : y->len);
    return order != 0 ? order : x->len < y->len ? -1 : x->len > y->len;
}

/* Names sorted; rank[number in order of sight, and 1] is a class's number, and 1. */
static void sort_classes(const struct reader *r, struct sl_lexicon *out,
                         uint32_t rank[SL_MAX_WORD_CLASS + 1])
{
    out->n_class = r->n_class;
    rank[0] = 0;
    for (uint32_t i = 0; i < r->n_class; i++) {
        uint32_t below = 0;
        for (uint32_t k = 0; k < r->n_class; k++) {
            below += strcmp(r->class_name[k], r->class_name[i]) < 0;
        }
        rank[i + 1] = below + 1;
        memcpy(out->class_name[below], r->class_name[i], SL_CLASS_NAME);
    }
}

static enum slant_status sort_entries(struct reader *r, struct sl_lexicon *out)
{
    uint32_t rank[SL_MAX_WORD_CLASS + 1];
    uint32_t n = 0;
    size_t len = 0;
    char *bytes = sl_array(r->text.len + 1, 1);
    uint32_t *start = sl_array((size_t)r->text.n + 1, sizeof *start);
    float *strength = sl_array(r->text.n, sizeof *strength);
    uint32_t *role = sl_array(r->text.n, sizeof *role);
    uint32_t *word_class = sl_array(r->text.n, sizeof *word_class);
    *out = (struct sl_lexicon){.bytes = bytes,
                               .start = start,
                               .strength = strength,
                               .role = role,
                               .word_class = word_class};
    if (bytes == NULL || start == NULL || strength == NULL || role == NULL || word_class == NULL) {
        sl_lexicon_free(out);
        return sl_fail_nomem(r->err);
    }
    for (uint32_t i = 0; i < r->text.n; i++) {
        r->entry[i].text = sl_strings_get(&r->text, i);
        r->entry[i].len = r->text.length[i];
    }
    sort_classes(r, out, rank);
    if (r->text.n > 0) {
        qsort(r->entry, r->text.n, sizeof *r->entry, by_text);
    }
    for (uint32_t i = 0; i < r->text.n; i++) {
        const struct entry *e = &r->entry[i];
        bool has_role = e->n_role > 0 && !e->role_split;
        bool has_class = e->word_class == SL_NO_CLASS || (e->n_class > 0 && !e->class_split);
        if (has_role || has_class) {
            start[n] = (uint32_t)len;
            memcpy(bytes + len, e->text, e->len);
            len += e->len;
            strength[n] = has_role ? e->strength / (float)e->n_role : 0;
            role[n] = has_role ? e->role : SL_ROLE_NONE;
            word_class[n++] = !has_class                     ? 0
                              : e->word_class == SL_NO_CLASS ? SL_NO_CLASS
                                                             : rank[e->word_class];
        }
    }
    start[n] = (uint32_t)len;
    out->n = n;
    return SLANT_OK;
}

static enum slant_status read_all(struct reader *r)
{
    bool more = true;
    for (int c = ENTRY; c <= ROLE; c++) {
        if (!sl_table_has(&r->table, (size_t)c)) {
            return sl_fail(r->err, SLANT_ERR_ROW, 1,
                           "%s:1: no column is named %s; a lexicon has entry, role and strength",
                           r->table.path, c == ENTRY ? "entry" : "role");
        }
    }
    for (;;) {
        memset(r->value, 0, sizeof r->value);
        SL_TRY(sl_table_next(&r->table, r->value, &more, r->err));
        if (!more) {
            return r->text.n > 0
                       ? SLANT_OK
                       : sl_fail(r->err, SLANT_ERR_DATA, 0, "%s: holds no entries", r->table.path);
        }
        for (int c = ENTRY; c < N_COLUMN; c++) {
            if (r->value[c].p == NULL) {
                r->value[c] = (struct sl_text){"", 0};
            }
        }
        SL_TRY(read_entry(r));
    }
}

enum slant_status sl_lexicon_read(const char *path, const struct sl_language *language,
                                  struct sl_lexicon *out, uint64_t *digest, struct slant_error *err)
{
    static const char *const wanted[N_COLUMN] = {"entry", "role", "strength", "class"};
    struct reader r = {.err = err};
    struct sl_arena arena = {0};
    enum slant_status status;
    SL_TRY(sl_lexer_init(&r.lexer, language, err));
    status = sl_table_open(&r.table, path, sl_table_format_of(path), wanted, N_COLUMN, &arena, err);
    if (status == SLANT_OK) {
        status = read_all(&r);
        if (status == SLANT_OK) {
            status = sort_entries(&r, out);
        }
        sl_table_close(&r.table);
    }
    *digest = r.digest;
    sl_lexer_free(&r.lexer);
    sl_strings_free(&r.text);
    sl_arena_free(&arena);
    free(r.entry);
    return status;
}
