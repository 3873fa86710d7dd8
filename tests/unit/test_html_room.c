/* What libxml2 holds at once for a page, against what is asked for beforehand; and what makes it slow. A
 * program of its own, as libxml2 takes its allocator once. */
#include "input/html_article.h"

#include <libxml/xmlmemory.h>
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static size_t live, peak;

static size_t taken(void *p)
{
    return p == NULL ? 0 : malloc_usable_size(p) + sizeof(size_t);
}

static void note(size_t beside)
{
    peak = live + beside > peak ? live + beside : peak;
}

static void give_back(void *p)
{
    live -= taken(p);
    free(p);
}

static void *take(size_t n)
{
    void *p = malloc(n);
    live += taken(p);
    note(0);
    return p;
}

static void *change(void *p, size_t n)
{
    live -= taken(p);
    note(taken(p) + n); /* both, while it is copied */
    p = realloc(p, n);
    live += taken(p);
    note(0);
    return p;
}

static char *copy(const char *text)
{
    size_t n = strlen(text) + 1;
    char *p = take(n);
    return p == NULL ? NULL : memcpy(p, text, n);
}

struct kind {
    const char *begin, *unit; /* % in the unit: another number each time */
    int wide;                 /* as UTF-16 */
};

static const struct kind kinds[] = {
    {"", "<p>x", 0},
    {"", "<p>", 0},
    {"", "<p> ", 0},
    {"", "<a>x", 0},
    {"", "<hr>", 0},
    {"", "<br>x", 0},
    {"", "<b>x</b>", 0},
    {"", "<!---->x", 0},
    {"", "<?a>x", 0},
    {"", "<p a=>", 0},
    {"", "<p a=a>x", 0},
    {"", "<p a b c d e f g h>", 0},
    {"", "<p a=1 b=1 c=1 d=1 e=1 f=1 g=1 h=1>", 0},
    {"", "<p a=''b=''c=''d=''e=''f=''g=''h=''>", 0},
    {"", "<p a=&lt; b=&pi;>&lt;x", 0},
    {"", "<p id=%>x", 0},
    {"", "<a name=% id=z%>x", 0},
    {"", "<q%></q%>", 0},
    {"", "<p q%=q%>", 0},
    {"<p>", "&x%;", 0},
    {"<p ", "q% ", 0},
    {"<p ", "q%=1 ", 0},
    {"", "<div>", 0},
    {"<table><tr>", "<td>x", 0},
    {"<select>", "<option>x", 0},
    {"<script>", "x", 0},
    {"", "<script>x</script>", 0},
    {"<p>", "The port did not ban it. ", 0},
    {"<p>", "aaaaaaaa", 0},
    {"<p>", "\xe9\x80\x80", 0}, /* windows-1252: \x80 takes three bytes of UTF-8 */
    {"", "<p>\x80", 0},
    {"", "<p a=\x80>", 0},
    {"<meta charset=iso-8859-1>", "<p>\xe9", 0},
    {"<!--", "x", 0},
    {"<p a='", "x", 0},
    {"<p a='", "&lt;", 0},
    {"<?a ", "x", 0},
    {"<", "x", 0},
    {"\xff\xfe", "<p>x", 1},
};

static size_t put(char *page, size_t len, char c, int wide)
{
    page[len++] = c;
    if (wide) {
        page[len++] = 0;
    }
    return len;
}

static size_t make(const struct kind *k, char *page, size_t size)
{
    size_t len = strlen(k->begin);
    memcpy(page, k->begin, len);
    for (unsigned i = 0; len + 100 < size; i++) {
        char number[16];
        (void)snprintf(number, sizeof number, "%x", i);
        for (const char *u = k->unit; *u != 0; u++) {
            for (const char *p = number; *u == '%' && *p != 0; p++) {
                len = put(page, len, *p, k->wide);
            }
            len = *u == '%' ? len : put(page, len, *u, k->wide);
        }
    }
    return len;
}

static void test_room(void **state)
{
    static char page[1 << 20];
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        for (size_t size = 200; size <= sizeof page; size = size * 4) {
            size_t len = make(&kinds[i], page, size);
            struct sl_arena arena = {0};
            struct sl_html_article out;
            struct slant_error err;
            size_t before;
            (void)sl_html_article_read("<p>", 3, &arena, &out, &err); /* what is made once */
            before = peak = live;
            (void)sl_html_article_read(page, len, &arena, &out, &err);
            sl_arena_free(&arena);
            if (peak - before > sl_html_article_room(len)) {
                print_error("%s%s: %zu bytes take %zu\n", kinds[i].begin, kinds[i].unit, len,
                            peak - before);
            }
            assert_true(peak - before <= sl_html_article_room(len));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_room)};
    if (xmlMemSetup(give_back, take, change, copy) != 0) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
