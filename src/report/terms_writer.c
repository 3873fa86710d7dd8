#include "report/terms_writer.h"
#include "base/json_out.h"
#include "base/plain.h"
#include "report/sentence_writer.h"

#include <string.h>

static size_t shown(const struct slant_explain_options *opt, size_t n)
{
    return opt->top == 0 || opt->top > n ? n : opt->top;
}

static double rest_of(const struct slant_term *term, size_t from, size_t n)
{
    double sum = 0;
    for (size_t i = from; i < n; i++) {
        sum += term[i].contribution;
    }
    return sum;
}

static void terms_json(struct sl_json *j, const struct sl_article *a, const struct slant_term *term,
                       size_t n, size_t n_shown)
{
    sl_json_key(j, "terms");
    sl_json_open(j, '[');
    for (size_t i = 0; i < n_shown; i++) {
        sl_json_open(j, '{');
        sl_json_key(j, "feature");
        sl_json_text(j, term[i].name);
        sl_json_key(j, "spans");
        sl_json_open(j, '[');
        for (size_t k = 0; k < term[i].n_span; k++) {
            sl_json_open(j, '[');
            sl_json_uint(j, a->offset + term[i].span[k].begin);
            sl_json_uint(j, a->offset + term[i].span[k].end);
            sl_json_close(j, ']');
        }
        sl_json_close(j, ']');
        sl_json_key(j, "value");
        sl_json_fixed(j, term[i].value, 12);
        sl_json_key(j, "weight");
        sl_json_fixed(j, term[i].weight, 12);
        sl_json_key(j, "contribution");
        sl_json_fixed(j, term[i].contribution, 12);
        sl_json_close(j, '}');
    }
    sl_json_close(j, ']');
    if (n_shown < n) {
        sl_json_key(j, "rest");
        sl_json_open(j, '{');
        sl_json_key(j, "terms");
        sl_json_uint(j, n - n_shown);
        sl_json_key(j, "contribution");
        sl_json_fixed(j, rest_of(term, n_shown, n), 12);
        sl_json_close(j, '}');
    }
}

static enum slant_status label_json(struct sl_json *j, struct slant_session *session, size_t h,
                                    uint32_t label, const struct sl_article *a,
                                    const struct slant_sentence *s,
                                    const struct slant_explain_options *opt,
                                    struct slant_error *err)
{
    const struct slant_term *term;
    size_t n;
    double bias;
    SL_TRY(slant_session_explain(session, h, label, &term, &n, &bias, err));
    sl_json_key(j, "margin");
    sl_json_fixed(j, s->verdict[h].margin[label], 12);
    sl_json_key(j, "bias");
    sl_json_fixed(j, bias, 12);
    terms_json(j, a, term, n, shown(opt, n));
    return SLANT_OK;
}

static enum slant_status write_json(struct sl_buf *b, struct slant_session *session,
                                    const struct slant_model *m, const struct sl_article *a,
                                    const struct slant_sentence *s,
                                    const struct slant_explain_options *opt,
                                    struct slant_error *err)
{
    struct sl_json j = {b, false};
    sl_json_open(&j, '{');
    sl_write_sentence_keys(&j, a, s);
    for (size_t h = 0; h < m->n_head; h++) {
        const struct slant_head *head = &m->head[h];
        uint32_t label = s->verdict[h].label;
        sl_json_key(&j, head->name);
        sl_json_open(&j, '{');
        sl_json_key(&j, "label");
        sl_json_text(&j, head->label[label]);
        sl_json_key(&j, "p");
        sl_json_fixed(&j, s->verdict[h].prob[label] / 10000.0, 4);
        if (opt->every_label) {
            sl_json_key(&j, "labels");
            sl_json_open(&j, '{');
            for (uint32_t k = 0; k < head->n_label; k++) {
                sl_json_key(&j, head->label[k]);
                sl_json_open(&j, '{');
                SL_TRY(label_json(&j, session, h, k, a, s, opt, err));
                sl_json_close(&j, '}');
            }
            sl_json_close(&j, '}');
        } else {
            SL_TRY(label_json(&j, session, h, label, a, s, opt, err));
        }
        sl_json_close(&j, '}');
    }
    sl_json_close(&j, '}');
    sl_buf_byte(b, '\n');
    return SLANT_OK;
}

static void signed_number(struct sl_buf *b, double x)
{
    sl_buf_byte(b, x < 0 ? '-' : '+');
    sl_buf_fixed(b, x < 0 ? -x : x, 3);
}

static enum slant_status label_text(struct sl_buf *b, struct slant_session *session,
                                    const struct slant_model *m, size_t h, uint32_t label,
                                    const struct slant_sentence *s,
                                    const struct slant_explain_options *opt,
                                    struct slant_error *err)
{
    const struct slant_term *term;
    size_t n;
    size_t n_shown;
    double bias;
    SL_TRY(slant_session_explain(session, h, label, &term, &n, &bias, err));
    n_shown = shown(opt, n);
    sl_buf_text(b, "  ");
    sl_plain_text(b, m->head[h].name, strlen(m->head[h].name));
    sl_buf_text(b, ": ");
    sl_plain_text(b, m->head[h].label[label], strlen(m->head[h].label[label]));
    sl_buf_text(b, " ");
    sl_plain_right_percent(b, s->verdict[h].prob[label] / 10000.0);
    sl_buf_text(b, " %   margin ");
    signed_number(b, s->verdict[h].margin[label]);
    sl_buf_text(b, "  =  bias ");
    signed_number(b, bias);
    for (size_t i = 0; i < n_shown; i++) {
        sl_buf_text(b, "\n    ");
        if (opt->color) {
            sl_buf_text(b, term[i].contribution < 0 ? "\033[2m" : "\033[1m");
        }
        signed_number(b, term[i].contribution);
        sl_buf_text(b, "  ");
        sl_plain_text(b, term[i].name, strlen(term[i].name));
        if (opt->color) {
            sl_buf_text(b, "\033[0m");
        }
    }
    if (n_shown < n) {
        sl_buf_text(b, "\n    ");
        signed_number(b, rest_of(term, n_shown, n));
        sl_buf_text(b, "  ");
        sl_buf_uint(b, n - n_shown);
        sl_buf_text(b, n - n_shown == 1 ? " other term" : " other terms");
    }
    sl_buf_byte(b, '\n');
    return SLANT_OK;
}

static enum slant_status write_text(struct sl_buf *b, struct slant_session *session,
                                    const struct slant_model *m, const struct sl_article *a,
                                    const struct slant_sentence *s,
                                    const struct slant_explain_options *opt,
                                    struct slant_error *err)
{
    sl_plain_wrapped(b, a->text.p + s->span.begin, s->span.end - s->span.begin, 0, 80);
    sl_buf_byte(b, '\n');
    for (size_t h = 0; h < m->n_head; h++) {
        for (uint32_t k = 0; k < m->head[h].n_label; k++) {
            if (opt->every_label || k == s->verdict[h].label) {
                SL_TRY(label_text(b, session, m, h, k, s, opt, err));
            }
        }
    }
    sl_buf_byte(b, '\n');
    return SLANT_OK;
}

void sl_write_article(struct sl_buf *b, const struct sl_article *a,
                      const struct slant_explain_options *opt)
{
    const struct sl_text name = sl_doc_name(a->doc);
    sl_buf_text(b, opt->color ? "\033[1m" : "");
    sl_plain_text(b, name.p, name.len);
    sl_buf_text(b, opt->color ? "\033[0m\n\n" : "\n\n");
}

enum slant_status sl_write_terms(struct sl_buf *b, struct slant_session *session,
                                 const struct slant_model *m, const struct sl_article *a,
                                 const struct slant_sentence *s,
                                 const struct slant_explain_options *opt, struct slant_error *err)
{
    if (s == NULL && opt->text) {
        sl_plain_text(b, a->doc.p, a->doc.len);
        sl_buf_text(b, ": ");
        sl_plain_text(b, a->error, strlen(a->error));
        sl_buf_text(b, "\n\n");
    } else if (s == NULL) {
        sl_write_error_json(b, a, "doc");
    } else if (opt->text) {
        SL_TRY(write_text(b, session, m, a, s, opt, err));
    } else {
        SL_TRY(write_json(b, session, m, a, s, opt, err));
    }
    return b->failed ? sl_fail_nomem(err) : SLANT_OK;
}
