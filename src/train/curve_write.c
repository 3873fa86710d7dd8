/* Learning curves as text and JSON. */
#include "base/plain.h"
#include "train/curve.h"
#include "train/eval_text.h"

static const enum sl_headline shown[] = {SL_MACRO_F1, SL_F_AVG};
enum { N_SHOWN = sizeof shown / sizeof shown[0] };

static void next_text(struct sl_buf *b, const struct sl_curve *c, enum sl_headline f)
{
    const struct sl_curve_next *next = &c->next[f];
    sl_buf_text(b, "  the next ");
    sl_buf_uint(b, SL_CURVE_NEXT);
    sl_buf_text(b, " labels, ");
    sl_buf_text(b, sl_headline_name[f]);
    sl_buf_text(b, ": ");
    if (next->why_not != NULL) {
        sl_buf_text(b, "cannot tell: ");
        sl_buf_text(b, next->why_not);
        sl_buf_byte(b, '\n');
        return;
    }
    sl_put_signed(b, next->gain, 4);
    sl_buf_byte(b, ' ');
    sl_put_interval(b, next->low, next->high, 4);
    sl_buf_text(b, " from ");
    sl_put_figure(b, next->now);
    sl_buf_text(b, " (");
    sl_put_figure(b, next->law.a);
    sl_buf_text(b, " - ");
    sl_put_figure(b, next->law.b);
    sl_buf_text(b, " n^-");
    sl_put_figure(b, next->law.c);
    sl_buf_text(b, ", R2 ");
    sl_buf_fixed(b, next->law.r2, 2);
    sl_buf_text(b, ")\n");
}

void sl_curve_text(struct sl_buf *b, const char *head, const struct sl_curve *c)
{
    sl_buf_text(b, head);
    sl_buf_text(b, ": learning curve, of ");
    sl_buf_fixed(b, c->n_label, 0);
    sl_buf_text(b, " labels\n     labels  draws");
    for (int i = 0; i < N_SHOWN; i++) {
        sl_buf_text(b, "  ");
        sl_plain_padded(b, sl_headline_name[shown[i]], 20);
    }
    sl_buf_byte(b, '\n');
    for (size_t p = 0; p < c->n; p++) {
        const struct sl_curve_point *point = &c->point[p];
        sl_put_number(b, (uint64_t)(point->n + 0.5), 11);
        sl_put_number(b, point->n_draw, 7);
        for (int i = 0; i < N_SHOWN; i++) {
            sl_buf_text(b, "  ");
            sl_put_figure(b, point->figure[shown[i]]);
            sl_buf_byte(b, ' ');
            sl_put_interval(b, point->low[shown[i]], point->high[shown[i]], 3);
        }
        sl_buf_byte(b, '\n');
    }
    for (int i = 0; i < N_SHOWN; i++) {
        next_text(b, c, shown[i]);
    }
    sl_buf_byte(b, '\n');
}

static void next_json(struct sl_json *j, const struct sl_curve_next *next)
{
    sl_json_open(j, '{');
    sl_json_key(j, "gain");
    if (next->why_not != NULL) {
        sl_json_raw(j, "null");
        sl_json_key(j, "why");
        sl_json_text(j, next->why_not);
    } else {
        sl_json_fixed(j, next->gain, 4);
        sl_json_key(j, "ci");
        sl_json_pair(j, next->low, next->high, 4);
        sl_json_key(j, "now");
        sl_json_fixed(j, next->now, 4);
        sl_json_key(j, "law");
        sl_json_open(j, '{');
        sl_json_key(j, "a");
        sl_json_fixed(j, next->law.a, 4);
        sl_json_key(j, "b");
        sl_json_fixed(j, next->law.b, 4);
        sl_json_key(j, "c");
        sl_json_fixed(j, next->law.c, 4);
        sl_json_key(j, "r2");
        sl_json_fixed(j, next->law.r2, 4);
        sl_json_close(j, '}');
    }
    sl_json_close(j, '}');
}

static void point_json(struct sl_json *j, const struct sl_curve_point *p)
{
    sl_json_open(j, '{');
    sl_json_key(j, "n");
    sl_json_fixed(j, p->n, 0);
    sl_json_key(j, "draws");
    sl_json_uint(j, p->n_draw);
    for (int i = 0; i < N_SHOWN; i++) {
        sl_json_key(j, sl_headline_name[shown[i]]);
        sl_json_fixed(j, p->figure[shown[i]], 4);
    }
    sl_json_key(j, "ci");
    sl_json_open(j, '{');
    for (int i = 0; i < N_SHOWN; i++) {
        sl_json_key(j, sl_headline_name[shown[i]]);
        sl_json_pair(j, p->low[shown[i]], p->high[shown[i]], 4);
    }
    sl_json_close(j, '}');
    sl_json_close(j, '}');
}

void sl_curve_json(struct sl_json *j, const struct sl_curve *c)
{
    sl_json_open(j, '{');
    sl_json_key(j, "n");
    sl_json_fixed(j, c->n_label, 0);
    sl_json_key(j, "points");
    sl_json_open(j, '[');
    for (size_t p = 0; p < c->n; p++) {
        point_json(j, &c->point[p]);
    }
    sl_json_close(j, ']');
    sl_json_key(j, "next");
    sl_json_open(j, '{');
    sl_json_key(j, "labels");
    sl_json_uint(j, SL_CURVE_NEXT);
    for (int i = 0; i < N_SHOWN; i++) {
        sl_json_key(j, sl_headline_name[shown[i]]);
        next_json(j, &c->next[shown[i]]);
    }
    sl_json_close(j, '}');
    sl_json_close(j, '}');
}
