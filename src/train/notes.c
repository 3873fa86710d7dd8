#include "train/notes.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/radix.h"
#include "base/utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FEW = 100 }; /* labelled rows below which figures and probabilities are rough */

struct telling {
    const struct sl_rows *rows;
    slant_note *note;
    void *user;
};

static void tell(const struct telling *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void tell(const struct telling *t, const char *format, ...)
{
    char line[500];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(line, sizeof line, format, args);
    va_end(args);
    t->note(t->user, line);
}

/* Rows that have something odd in common. */
struct odd {
    size_t n;
    const struct sl_row *first;
};

static void count(struct odd *odd, bool is, const struct sl_row *row)
{
    odd->first = is && odd->n == 0 ? row : odd->first;
    odd->n += is;
}

/* "3 rows have WHAT; first: data.tsv:7"; nothing where there is none. */
static void tell_odd(const struct telling *t, const struct odd *odd, const char *one,
                     const char *several, const char *what)
{
    if (odd->n > 0) {
        tell(t, "%zu %s %s; first: %.80s:%llu", odd->n, odd->n == 1 ? one : several, what,
             odd->first->file, (unsigned long long)odd->first->line);
    }
}

static const char *rows_word(size_t n)
{
    return n == 1 ? "row" : "rows";
}

/* What single rows show. */
static void note_counts(const struct telling *t)
{
    size_t unlabelled = 0;
    size_t weightless = 0;
    struct odd empty = {0};
    struct odd invalid = {0};
    for (size_t r = 0; r < t->rows->n; r++) {
        const struct sl_row *row = &t->rows->row[r];
        bool labelled = sl_row_labelled(row);
        unlabelled += !labelled;
        weightless += labelled && row->weight == 0;
        count(&empty, labelled && row->text.len == 0, row);
        count(&invalid, sl_utf8_count_invalid(row->text.p, row->text.len) > 0, row);
    }
    if (unlabelled > 0) {
        tell(t, "%zu of %zu rows have no label and are left out", unlabelled, t->rows->n);
    }
    if (weightless > 0) {
        tell(t, "%zu of %zu rows have the weight 0 and teach nothing", weightless, t->rows->n);
    }
    tell_odd(t, &empty, "labelled row has", "labelled rows have", "no text");
    tell_odd(t, &invalid, "row holds", "rows hold",
             "bytes that are not UTF-8, read as U+FFFD (convert the file with iconv)");
    if (t->rows->n - unlabelled < FEW) {
        tell(t,
             "%zu labelled %s: figures and probabilities will be rough; a few hundred are better",
             t->rows->n - unlabelled, rows_word(t->rows->n - unlabelled));
    }
}

static bool same_text(const struct sl_row *a, const struct sl_row *b)
{
    return a->subject == b->subject && a->text.len == b->text.len &&
           memcmp(a->text.p, b->text.p, a->text.len) == 0 && a->n_mask == b->n_mask &&
           (a->n_mask == 0 ||
            (a->mask[0].begin == b->mask[0].begin && a->mask[0].end == b->mask[0].end));
}

static bool other_label(const struct sl_row *a, const struct sl_row *b)
{
    bool other = false;
    for (size_t h = 0; h < SL_N_HEAD; h++) {
        other = other || (a->label[h] != SL_LABEL_NONE && b->label[h] != SL_LABEL_NONE &&
                          a->label[h] != b->label[h]);
    }
    return other;
}

/* One text, about one target, with two labels. */
static bool note_conflicts(const struct telling *t)
{
    const size_t n = t->rows->n;
    struct sl_keyed *key = sl_array(n, sizeof *key);
    struct sl_keyed *spare = sl_array(n, sizeof *spare);
    const struct sl_row *first[2] = {NULL, NULL};
    size_t conflicts = 0;
    bool good = key != NULL && spare != NULL;
    for (size_t r = 0; good && r < n; r++) {
        key[r] = (struct sl_keyed){sl_hash(t->rows->row[r].text.p, t->rows->row[r].text.len, 0),
                                   (uint32_t)r};
    }
    if (good) {
        sl_radix_sort(key, spare, n, UINT64_MAX);
    }
    for (size_t i = 1; good && i < n;
         i++) { /* each with the one before: rows of a key keep their order */
        const struct sl_row *a = &t->rows->row[key[i - 1].at];
        const struct sl_row *b = &t->rows->row[key[i].at];
        if (key[i].key == key[i - 1].key && same_text(a, b) && other_label(a, b)) {
            conflicts++;
            if (first[0] == NULL || a < first[0]) {
                first[0] = a;
                first[1] = b;
            }
        }
    }
    if (conflicts > 0) {
        tell(t,
             "%zu %s the text of another row and another label, such as %.80s:%llu and %.80s:%llu",
             conflicts, conflicts == 1 ? "row has" : "rows have", first[0]->file,
             (unsigned long long)first[0]->line, first[1]->file,
             (unsigned long long)first[1]->line);
    }
    free(key);
    free(spare);
    return good;
}

/* Where every label is a side, sentences that take none get one. */
static void note_background(const struct telling *t)
{
    for (size_t h = 0; h < SL_N_HEAD; h++) {
        bool background = t->rows->n_label[h] != 2;
        for (uint32_t k = 0; k < t->rows->n_label[h]; k++) {
            const char *label = t->rows->label[h][k];
            background = background || strcmp(label, "none") == 0 || strcmp(label, "neutral") == 0;
        }
        if (!background) {
            tell(t, "no row has the %s label %s: every sentence will get a side, background too",
                 sl_head_name[h], h == 0 ? "none" : "neutral");
        }
    }
}

enum slant_status sl_note_rows(const struct sl_rows *rows, slant_note *note, void *user,
                               struct slant_error *err)
{
    const struct telling t = {rows, note, user};
    if (note == NULL) {
        return SLANT_OK;
    }
    if (rows->unread != NULL && *rows->unread != 0) {
        tell(&t, "not read, but nearly named as columns that are: %s", rows->unread);
    }
    note_counts(&t);
    note_background(&t);
    return note_conflicts(&t) ? SLANT_OK : sl_fail_nomem(err);
}

void sl_note_figures(const struct sl_figures *f, const char *head, slant_note *note, void *user)
{
    const struct telling t = {NULL, note, user};
    if (note != NULL && sl_is_guessing(f->headline[SL_MACRO_F1], f->n_label)) {
        tell(&t,
             "%s: a macro_f1 of 0.%03u in cross-validation is hardly better than that of guessing; "
             "label more, or look at the labels again",
             head, (unsigned)lround(1000 * f->headline[SL_MACRO_F1]));
    }
}
