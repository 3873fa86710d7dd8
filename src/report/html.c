#include "report/html.h"
#include "base/memory.h"
#include "base/plain.h"

#include <stdarg.h>
#include <string.h>

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* What was appended from begin on. */
static void escape(struct sl_buf *b, size_t begin)
{
    size_t more = 0;
    size_t to;
    if (b->failed) {
        return;
    }
    for (size_t i = begin; i < b->len; i++) {
        const char *e = entity(b->p[i]);
        more += e == NULL ? 0 : strlen(e) - 1;
    }
    if (more == 0) {
        return;
    }
    if (!sl_grow(&b->p, &b->cap, b->len + more, 1)) {
        b->failed = true;
        return;
    }
    to = b->len + more; /* from the end, so that nothing is overwritten before it has moved */
    for (size_t i = b->len; i-- > begin;) {
        const char *e = entity(b->p[i]);
        size_t size = e == NULL ? 1 : strlen(e);
        to -= size;
        if (e == NULL) {
            b->p[to] = b->p[i];
        } else {
            memcpy(b->p + to, e, size);
        }
    }
    b->len += more;
}

void sl_html_text(struct sl_buf *b, const char *p, size_t len)
{
    const size_t begin = b->len;
    sl_plain_text(b, p, len);
    escape(b, begin);
}

void sl_html_name(struct sl_buf *b, const char *text)
{
    sl_html_text(b, text, strlen(text));
}

void sl_html_percent(struct sl_buf *b, double share)
{
    const size_t begin = b->len;
    sl_plain_percent(b, share);
    escape(b, begin);
}

/* At most one decimal, none where it is 0. */
static void put_short(struct sl_buf *b, double v)
{
    sl_buf_fixed(b, v, 1);
    if (b->len >= 2 && !b->failed && b->p[b->len - 1] == '0' && b->p[b->len - 2] == '.') {
        b->len -= 2;
    }
}

void sl_html_put(struct sl_buf *b, const char *markup, ...)
{
    va_list args;
    va_start(args, markup);
    while (*markup != 0) {
        const char *percent = strchr(markup, '%');
        if (percent == NULL) {
            sl_buf_text(b, markup);
            break;
        }
        sl_buf_put(b, markup, (size_t)(percent - markup));
        switch (percent[1]) {
        case 's':
            sl_html_name(b, va_arg(args, const char *));
            break;
        case 'u':
            sl_buf_uint(b, va_arg(args, uint64_t));
            break;
        case 'p':
            sl_html_percent(b, va_arg(args, double));
            break;
        case 'f':
            put_short(b, va_arg(args, double));
            break;
        default: /* %% */
            sl_buf_byte(b, '%');
            break;
        }
        markup = percent + 2;
    }
    va_end(args);
}
