/* A web page, or packed bytes, read as an article. The first byte chooses: a page, or what comes out
 * of unpacking. The text of a page is valid UTF-8 without marks of a tag's inside going lost, read
 * twice it is the same; unpacking ends, at the limit at the latest. */
#include "fuzz.h"

#include "base/utf8.h"
#include "input/html_article.h"
#include "input/stream.h"

static void check_page(const char *bytes, size_t len)
{
    struct sl_arena arena = {0};
    struct sl_html_article a;
    struct sl_html_article again;
    struct slant_error err = {0};
    enum slant_status status = sl_html_article_read(bytes, len, &arena, &a, &err);
    LAW(status == SLANT_OK || status == SLANT_ERR_ROW);
    LAW((status == SLANT_OK) == (err.text[0] == 0));
    if (status == SLANT_OK) {
        LAW(sl_utf8_count_invalid(a.text.p, a.text.len) == 0);
        LAW(a.title.p == NULL || a.title.len > 0);
        LAW(sl_html_article_read(bytes, len, &arena, &again, &err) == SLANT_OK);
        LAW(again.text.len == a.text.len && memcmp(again.text.p, a.text.p, a.text.len) == 0);
    }
    sl_arena_free(&arena);
}

static void check_stream(const char *bytes, size_t len)
{
    enum { LIMIT = 1 << 20 };
    struct slant_error err = {0};
    struct sl_stream *s;
    char *whole = NULL;
    size_t whole_len = 0;
    size_t at = 0;
    size_t got;
    char piece[7];
    enum slant_status status;
    LAW(sl_stream_open(fuzz_file(bytes, len), &s, &err) == SLANT_OK);
    status = sl_stream_read_all(s, LIMIT, &whole, &whole_len, &err);
    LAW(status == SLANT_OK || status == SLANT_ERR_IO || status == SLANT_ERR_LIMIT);
    sl_stream_close(s);
    if (status == SLANT_OK) { /* the same in small pieces */
        LAW(sl_stream_open(fuzz_file(bytes, len), &s, &err) == SLANT_OK);
        do {
            LAW(sl_stream_read(s, piece, sizeof piece, &got, &err) == SLANT_OK);
            LAW(at + got <= whole_len && memcmp(whole + at, piece, got) == 0);
            at += got;
        } while (got > 0);
        LAW(at == whole_len);
        LAW(sl_stream_taken(s) == len);
        sl_stream_close(s);
        free(whole);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > FUZZ_MAX) {
        return 0;
    }
    if (data[0] % 2 == 0) {
        check_page((const char *)data + 1, size - 1);
    } else {
        check_stream((const char *)data + 1, size - 1);
    }
    return 0;
}
