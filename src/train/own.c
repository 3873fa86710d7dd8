#include "train/own.h"
#include "base/buf.h"
#include "base/memory.h"
#include "model/model.h"
#include "quote/affiliation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The rows of an article as one text. */
struct article {
    struct sl_buf text;
    struct sl_spans mention;
    struct slant_span *span; /* [n] of each row in the text */
    size_t *row;             /* [n] */
    size_t n;
};

static void article_free(struct article *a)
{
    sl_buf_free(&a->text);
    free(a->mention.p);
    free(a->span);
    free(a->row);
}

static bool article_room(struct article *a, size_t most)
{
    a->span = sl_array(most, sizeof *a->span);
    a->row = sl_array(most, sizeof *a->row);
    return a->span != NULL && a->row != NULL;
}

static bool add_row(struct article *a, const struct sl_row *row, size_t r)
{
    size_t at = a->text.len;
    if (!sl_grow(&a->mention.p, &a->mention.cap, a->mention.n + row->n_mask,
                 sizeof *a->mention.p)) {
        return false;
    }
    for (size_t k = 0; k < row->n_mask; k++) {
        a->mention.p[a->mention.n++] =
            (struct slant_span){at + row->mask[k].begin, at + row->mask[k].end};
    }
    sl_buf_put(&a->text, row->text.p, row->text.len);
    a->span[a->n] = (struct slant_span){at, a->text.len};
    a->row[a->n++] = r;
    sl_buf_byte(&a->text, '\n');
    return !a->text.failed;
}

static size_t shared(struct slant_span a, struct slant_span b)
{
    size_t begin = a.begin > b.begin ? a.begin : b.begin;
    size_t end = a.end < b.end ? a.end : b.end;
    return end > begin ? end - begin : 0;
}

/* Sets own[row] of the rows whose larger part an own speaker says; who is innermost says it. */
static enum slant_status mark_article(struct sl_quoter *quoter, const struct sl_language *language,
                                      const struct article *a, bool *own, struct slant_error *err)
{
    const struct sl_quotes *q;
    if (a->mention.n == 0) {
        return SLANT_OK;
    }
    sl_quoter_target(quoter, a->mention.p, a->mention.n);
    SL_TRY(sl_quoter_read(quoter, a->text.p, a->text.len, false, language, &q, err));
    for (size_t i = 0; i < q->n; i++) {
        const struct sl_attribution *x = &q->attribution[i];
        bool is_own =
            x->speaker != 0 && sl_affiliated(&q->speaker[x->speaker], a->mention.p, a->mention.n);
        for (uint32_t k = 0; k < x->n_content; k++) {
            struct slant_span content = q->content[x->content + k];
            for (size_t r = sl_first_behind(a->span, a->n, content.begin);
                 r < a->n && a->span[r].begin < content.end; r++) {
                if (shared(content, a->span[r]) * 2 > a->span[r].end - a->span[r].begin) {
                    own[a->row[r]] = is_own;
                }
            }
        }
    }
    return SLANT_OK;
}

/* Rows by article, each one's in their order. */
static void order_rows(const struct sl_rows *rows, size_t *start, size_t *order)
{
    memset(start, 0, ((size_t)rows->n_article + 2) * sizeof *start);
    for (size_t r = 0; r < rows->n; r++) {
        start[rows->row[r].article + 2]++;
    }
    for (size_t g = 2; g <= rows->n_article; g++) {
        start[g] += start[g - 1];
    }
    for (size_t r = 0; r < rows->n; r++) {
        order[start[rows->row[r].article + 1]++] = r;
    }
}

static enum slant_status mark_articles(const struct sl_rows *rows, const size_t *start,
                                       const size_t *order, struct sl_quoter *quoter,
                                       const struct sl_language *language, struct article *a,
                                       bool *own, struct slant_error *err)
{
    for (size_t g = 0; g < rows->n_article; g++) {
        a->text.len = a->mention.n = a->n = 0;
        for (size_t k = start[g]; k < start[g + 1]; k++) {
            if (!add_row(a, &rows->row[order[k]], order[k])) {
                return sl_fail_nomem(err);
            }
        }
        SL_TRY(mark_article(quoter, language, a, own, err));
    }
    return SLANT_OK;
}

static enum slant_status mark_own(const struct sl_rows *rows, const struct sl_language *language,
                                  bool *own, struct slant_error *err)
{
    size_t *start = sl_array((size_t)rows->n_article + 2, sizeof *start);
    size_t *order = sl_array(rows->n, sizeof *order);
    struct sl_quoter *quoter = sl_quoter_new();
    struct article a = {0};
    enum slant_status status;
    if (start == NULL || order == NULL || quoter == NULL || !article_room(&a, rows->n)) {
        status = sl_fail_nomem(err);
    } else {
        order_rows(rows, start, order);
        status = mark_articles(rows, start, order, quoter, language, &a, own, err);
    }
    article_free(&a);
    sl_quoter_free(quoter);
    free(order);
    free(start);
    return status;
}

/* Of log_p[n][n_label] under slope and shift. */
static double log_loss(double slope, const double *shift, const double *log_p,
                       const uint32_t *label, size_t n, uint32_t n_label)
{
    double sum = 0;
    double p[SLANT_MAX_LABEL];
    for (size_t i = 0; i < n; i++) {
        sl_model_softmax(slope, shift, n_label, log_p + i * n_label, p);
        sum -= log(fmax(p[label[i]], 1e-300));
    }
    return sum;
}

/* The held-out rows that own people say. */
struct sayings {
    double *log_p; /* [n][n_label] */
    uint32_t *label;
    double *weight;
    size_t n;
};

static bool sayings_room(struct sayings *s, size_t n_row, uint32_t n_label)
{
    s->log_p = sl_array(n_row * n_label, sizeof *s->log_p);
    s->label = sl_array(n_row, sizeof *s->label);
    s->weight = sl_array(n_row, sizeof *s->weight);
    return s->log_p != NULL && s->label != NULL && s->weight != NULL;
}

static void collect(const struct sl_rows *rows, const struct sl_heads *heads, size_t i,
                    const bool *own, const struct sl_held_out *held_out,
                    const struct sl_calibration *calibration, struct sayings *s)
{
    size_t head = heads->of_rows[i];
    uint32_t n_label = rows->n_label[head];
    for (size_t r = 0; r < rows->n; r++) {
        double *p = s->log_p + s->n * n_label;
        if (!own[r] || !sl_head_learns(heads, i, &rows->row[r]) || rows->row[r].weight <= 0 ||
            held_out->fold[r] == SL_NO_FOLD) {
            continue;
        }
        sl_model_softmax(calibration->slope, calibration->shift, n_label,
                         held_out->margin + r * heads->n_column + heads->column[i], p);
        for (uint32_t k = 0; k < n_label; k++) {
            p[k] = log(fmax(p[k], 0.5 / 10000)); /* as the model's user has them */
        }
        s->label[s->n] = rows->row[r].label[head];
        s->weight[s->n++] = 1;
    }
}

/* Slope and shifts, where they pay. */
static enum slant_status fit(const struct sayings *s, uint32_t n_label, struct sl_own *out,
                             struct slant_error *err)
{
    static const double none[SLANT_MAX_LABEL] = {0};
    struct sl_calibration found;
    double before = log_loss(1, none, s->log_p, s->label, s->n, n_label);
    SL_TRY(sl_calibrate(s->log_p, s->label, s->weight, s->n, n_label, 1.0 / (double)s->n, &found,
                        err));
    if (before - log_loss(found.slope, found.shift, s->log_p, s->label, s->n, n_label) > n_label) {
        out->slope = found.slope;
        memcpy(out->shift, found.shift, sizeof out->shift);
    }
    return SLANT_OK;
}

enum slant_status sl_own_fit(const struct sl_rows *rows, const struct sl_heads *heads,
                             const struct sl_language *language, const struct sl_held_out *held_out,
                             const struct sl_calibration *calibration, struct sl_own *out,
                             struct slant_error *err)
{
    bool *own = sl_array_zero(rows->n, sizeof *own);
    enum slant_status status =
        own == NULL ? sl_fail_nomem(err) : mark_own(rows, language, own, err);
    for (size_t i = 0; i < heads->n && status == SLANT_OK; i++) {
        uint32_t n_label = rows->n_label[heads->of_rows[i]];
        struct sayings s = {0};
        out[i] = (struct sl_own){.slope = 1};
        if (sayings_room(&s, rows->n, n_label)) {
            collect(rows, heads, i, own, held_out, &calibration[i], &s);
            status = s.n >= SL_MIN_OWN ? fit(&s, n_label, &out[i], err) : SLANT_OK;
        } else {
            status = sl_fail_nomem(err);
        }
        free(s.log_p);
        free(s.label);
        free(s.weight);
    }
    free(own);
    return status;
}
