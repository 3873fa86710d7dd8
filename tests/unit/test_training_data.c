/* The shipped training data, held to the rules of training/GUIDELINES.md. */
#include "learned.h"

#include "base/table.h"
#include "base/utf8.h"
#include "train/folds.h"

enum { MOST_COLUMNS = 12, SHOWN = 40 };

/* One file: its columns by name, its rows as fields. Row r is line r + 2. */
struct sheet {
    const char *path;
    char *bytes;
    char *column[MOST_COLUMNS];
    size_t n_column;
    char **field; /* [n][n_column] */
    size_t n;
};

static struct sheet ban = {.path = "training/vendor-ban.tsv"};
static struct sheet news = {.path = "training/news-sentiment.tsv"};

/* Offending rows are told one by one, then the test fails. */
static size_t n_bad;

static const char *get(const struct sheet *s, size_t r, const char *column)
{
    for (size_t c = 0; c < s->n_column; c++) {
        if (strcmp(s->column[c], column) == 0) {
            return s->field[r * s->n_column + c];
        }
    }
    print_error("%s has no column %s\n", s->path, column);
    fail();
    return "";
}

static void bad(const struct sheet *s, size_t r, const char *what)
{
    if (n_bad++ < SHOWN) {
        print_error("%s:%zu: %s: %s\n", s->path, r + 2, get(s, r, "id"), what);
    }
}

static void bad_pair(const struct sheet *s, size_t r, size_t other, const char *what)
{
    if (n_bad++ < SHOWN) {
        print_error("%s: %s and %s: %s\n", s->path, get(s, r, "id"), get(s, other, "id"), what);
    }
}

static void assert_none_bad(void)
{
    size_t n = n_bad;
    n_bad = 0;
    if (n > SHOWN) {
        print_error("... %zu in all\n", n);
    }
    assert_int_equal(n, 0);
}

/* Cuts line at its tabs; returns how many fields there were. */
static size_t cut(char *line, char **field, size_t most)
{
    size_t n = 0;
    for (char *p = line; p != NULL; n++) {
        char *tab = strchr(p, '\t');
        if (tab != NULL) {
            *tab++ = 0;
        }
        if (n < most) {
            field[n] = p;
        }
        p = tab;
    }
    return n;
}

static int load(struct sheet *s)
{
    size_t len;
    char *line;
    size_t lines = 0;
    s->bytes = slurp(s->path, &len);
    for (size_t i = 0; i < len; i++) {
        lines += s->bytes[i] == '\n';
    }
    if (len == 0 || s->bytes[len - 1] != '\n' || strlen(s->bytes) != len) {
        print_error("%s: empty, holds NUL, or does not end with a newline\n", s->path);
        return -1;
    }
    line = s->bytes;
    for (size_t i = 0; i < lines; i++) {
        char *end = strchr(line, '\n');
        *end = 0;
        if (i == 0) {
            s->n_column = cut(line, s->column, MOST_COLUMNS);
            s->field = calloc(lines * s->n_column, sizeof *s->field);
            if (s->n_column > MOST_COLUMNS || s->field == NULL) {
                return -1;
            }
        } else {
            size_t n = cut(line, s->field + s->n * s->n_column, s->n_column);
            s->n++;
            if (n != s->n_column) {
                print_error("%s:%zu: %zu fields instead of %zu\n", s->path, i + 1, n, s->n_column);
                return -1;
            }
        }
        line = end + 1;
    }
    return 0;
}

static int load_both(void **state)
{
    (void)state;
    return load(&ban) != 0 || load(&news) != 0 ? -1 : 0;
}

static int free_both(void **state)
{
    (void)state;
    free(ban.bytes);
    free(ban.field);
    free(news.bytes);
    free(news.field);
    return 0;
}

static bool one_of(const char *value, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(value, list[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- form ---- */

static void check_header(const struct sheet *s, const char *const *want, size_t n)
{
    assert_int_equal(s->n_column, n);
    for (size_t c = 0; c < n; c++) {
        assert_string_equal(s->column[c], want[c]);
    }
}

/* A column renamed or moved: the readers go by these names. */
static void test_headers(void **state)
{
    static const char *const ban_columns[] = {
        "id", "group", "register", "subject", "stance", "sentiment", "target", "holder", "text"};
    static const char *const news_columns[] = {"id",        "group",  "register", "topic",
                                               "sentiment", "target", "text"};
    (void)state;
    check_header(&ban, ban_columns, sizeof ban_columns / sizeof ban_columns[0]);
    check_header(&news, news_columns, sizeof news_columns / sizeof news_columns[0]);
}

/* Blanks at the ends, controls, broken UTF-8, empty fields that must be filled. */
static void check_fields(const struct sheet *s)
{
    static const char *const may_be_empty[] = {"target", "holder"};
    for (size_t r = 0; r < s->n; r++) {
        for (size_t c = 0; c < s->n_column; c++) {
            const char *value = get(s, r, s->column[c]);
            size_t len = strlen(value);
            if (len == 0) {
                if (!one_of(s->column[c], may_be_empty, 2)) {
                    bad(s, r, "an empty field");
                }
                continue;
            }
            if (value[0] == ' ' || value[len - 1] == ' ') {
                bad(s, r, "a blank at a field's end");
            }
            if (sl_utf8_count_invalid(value, len) > 0) {
                bad(s, r, "invalid UTF-8");
            }
            for (size_t i = 0; i < len; i++) {
                if ((unsigned char)value[i] < 0x20 || value[i] == 0x7f) {
                    bad(s, r, "a control character");
                }
            }
            if (strcmp(s->column[c], "text") == 0 && (len < 2 || strstr(value, "  ") != NULL)) {
                bad(s, r, "a text of one byte, or with two blanks in a row");
            }
        }
    }
}

/* Fields damaged by an editor. */
static void test_fields(void **state)
{
    (void)state;
    check_fields(&ban);
    check_fields(&news);
    assert_none_bad();
}

/* Misspelt labels, which would become labels of their own. */
static void test_labels(void **state)
{
    static const char *const stance[] = {"favor", "against", "none"};
    static const char *const tone[] = {"negative", "neutral", "positive"};
    (void)state;
    for (size_t r = 0; r < ban.n; r++) {
        if (!one_of(get(&ban, r, "stance"), stance, 3)) {
            bad(&ban, r, "unknown stance");
        }
        if (!one_of(get(&ban, r, "sentiment"), tone, 3)) {
            bad(&ban, r, "unknown sentiment");
        }
        if (strcmp(get(&ban, r, "subject"), "vendor ban") != 0) {
            bad(&ban, r, "another subject");
        }
    }
    for (size_t r = 0; r < news.n; r++) {
        if (!one_of(get(&news, r, "sentiment"), tone, 3)) {
            bad(&news, r, "unknown sentiment");
        }
    }
    assert_none_bad();
}

/* Whether a target's spellings, parted by '|', are none of them empty. */
static bool spellings_are_good(const char *target)
{
    size_t len = strlen(target);
    return len == 0 || (target[0] != '|' && target[len - 1] != '|' && strstr(target, "||") == NULL);
}

/* Holders and targets that the sentence does not contain. */
static void test_targets_and_holders(void **state)
{
    (void)state;
    for (size_t r = 0; r < ban.n; r++) {
        const char *holder = get(&ban, r, "holder");
        if (strstr(get(&ban, r, "text"), holder) == NULL) {
            bad(&ban, r, "the holder is not in the text");
        }
        if (strcmp(get(&ban, r, "stance"), "none") == 0 && *holder != 0) {
            bad(&ban, r, "a holder of no stance");
        }
        if (*get(&ban, r, "target") == 0 || !spellings_are_good(get(&ban, r, "target"))) {
            bad(&ban, r, "no target, or an empty spelling");
        }
    }
    for (size_t r = 0; r < news.n; r++) {
        const char *target = get(&news, r, "target");
        if (strstr(get(&news, r, "text"), target) == NULL || strchr(target, '|') != NULL) {
            bad(&news, r, "the target is not in the text");
        }
    }
    assert_none_bad();
}

/* The string's number among all seen so far; *is_new as it says. */
static uint32_t number_of(struct sl_strings *t, const char *a, const char *b, bool *is_new)
{
    char *key = malloc(strlen(a) + strlen(b) + 2);
    uint32_t before = t->n;
    uint32_t n;
    assert_non_null(key);
    (void)sprintf(key, "%s\t%s", a, b);
    n = sl_strings_add(t, key, strlen(key));
    free(key);
    assert_true(n != SL_TABLE_NONE);
    *is_new = t->n > before;
    return n;
}

static void check_ids(const struct sheet *s)
{
    struct sl_strings ids = {0};
    struct sl_strings groups = {0};
    uint32_t last = SL_TABLE_NONE;
    for (size_t r = 0; r < s->n; r++) {
        const char *id = get(s, r, "id");
        const char *group = get(s, r, "group");
        bool is_new;
        uint32_t g;
        (void)number_of(&ids, id, "", &is_new);
        if (!is_new) {
            bad(s, r, "an id twice");
        }
        if (strncmp(id, group, strlen(group)) != 0 || id[strlen(group)] != '-') {
            bad(s, r, "an id that does not start with its group");
        }
        g = number_of(&groups, group, "", &is_new);
        if (!is_new && g != last) {
            bad(s, r, "a group's rows do not stand together");
        }
        last = g;
    }
    sl_strings_free(&ids);
    sl_strings_free(&groups);
}

/* Ids that name two rows, or groups that two articles share by mistake. */
static void test_ids(void **state)
{
    (void)state;
    check_ids(&ban);
    check_ids(&news);
    assert_none_bad();
}

/* ---- copies and contradictions ---- */

static void check_duplicates(const struct sheet *s)
{
    struct sl_strings seen = {0};
    size_t *first = calloc(s->n, sizeof *first);
    assert_non_null(first);
    for (size_t r = 0; r < s->n; r++) {
        bool is_new;
        uint32_t n = number_of(&seen, get(s, r, "text"), get(s, r, "target"), &is_new);
        if (is_new) {
            first[n] = r;
        } else if (strcmp(get(s, r, "sentiment"), get(s, first[n], "sentiment")) != 0 ||
                   (s == &ban && strcmp(get(s, r, "stance"), get(s, first[n], "stance")) != 0)) {
            bad_pair(s, r, first[n], "the same text and target with other labels");
        } else {
            bad_pair(s, r, first[n], "the same text and target twice");
        }
    }
    free(first);
    sl_strings_free(&seen);
}

/* A sentence counted twice, or labelled both ways. */
static void test_duplicates(void **state)
{
    (void)state;
    check_duplicates(&ban);
    check_duplicates(&news);
    assert_none_bad();
}

struct copies {
    const struct sheet *s;
    struct sl_keys seen; /* a pair is called once a band */
};

static bool check_copy(void *user, size_t row, size_t other)
{
    struct copies *c = user;
    const struct sheet *s = c->s;
    uint32_t before = c->seen.n;
    bool same_text = strcmp(get(s, row, "text"), get(s, other, "text")) == 0;
    bool same_target = strcmp(get(s, row, "target"), get(s, other, "target")) == 0;
    (void)sl_keys_add(&c->seen, (uint64_t)row << 32 | other);
    if (c->seen.n > before && (s == &ban || !same_text || same_target)) {
        bad_pair(s, row, other, "near-copies");
    }
    return true;
}

static void check_copies(const struct sheet *s)
{
    struct copies c = {s, {0}};
    struct sl_rows rows;
    struct sl_rows_options opt = {.path = &s->path, .n_path = 1};
    struct slant_error err = {0};
    enum slant_status status = sl_rows_read(&rows, &opt, &err);
    if (status != SLANT_OK) {
        print_error("%s\n", err.text);
    }
    assert_int_equal(status, SLANT_OK);
    assert_int_equal(rows.n, s->n);
    assert_int_equal(sl_near_copies(&rows, check_copy, &c, NULL), SLANT_OK);
    sl_keys_free(&c.seen);
    sl_rows_free(&rows);
}

/* Sentences made by changing a word of another, which teach that word alone. */
static void test_near_copies(void **state)
{
    (void)state;
    check_copies(&ban);
    check_copies(&news);
    assert_none_bad();
}

/* ---- size ---- */

static size_t count(const struct sheet *s, const char *column, const char *value)
{
    size_t n = 0;
    for (size_t r = 0; r < s->n; r++) {
        n += strcmp(get(s, r, column), value) == 0;
    }
    return n;
}

/* Groups of a file, each of which must have least to most rows. */
static size_t check_groups(const struct sheet *s, size_t least, size_t most)
{
    size_t groups = 0;
    size_t begin = 0;
    for (size_t r = 1; r <= s->n; r++) {
        if (r == s->n || strcmp(get(s, r, "group"), get(s, begin, "group")) != 0) {
            if (r - begin < least || r - begin > most) {
                bad(s, begin, "too few or too many rows in this row's group");
            }
            groups++;
            begin = r;
        }
    }
    return groups;
}

/* Data lost in an edit. */
static void test_size_of_vendor_ban(void **state)
{
    (void)state;
    assert_true(ban.n >= 1500);
    assert_true(check_groups(&ban, 8, 20) >= 120);
    assert_true(count(&ban, "stance", "favor") >= 400);
    assert_true(count(&ban, "stance", "against") >= 400);
    assert_true(count(&ban, "stance", "none") >= 600);
    assert_none_bad();
}

/* The same. */
static void test_size_of_news_sentiment(void **state)
{
    (void)state;
    assert_true(news.n >= 2000);
    assert_true(check_groups(&news, 8, 20) >= 120);
    assert_true((news.n - count(&news, "target", "")) * 2 >= news.n);
    assert_true(count(&news, "sentiment", "negative") >= 400);
    assert_true(count(&news, "sentiment", "neutral") >= 400);
    assert_true(count(&news, "sentiment", "positive") >= 400);
    assert_none_bad();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_targets_and_holders),
        cmocka_unit_test(test_ids),
        cmocka_unit_test(test_duplicates),
        cmocka_unit_test(test_near_copies),
        cmocka_unit_test(test_size_of_vendor_ban),
        cmocka_unit_test(test_size_of_news_sentiment),
    };
    return cmocka_run_group_tests(tests, load_both, free_both);
}
