/* Articles out of web pages, and packed files. The pages are invented. */
#include "input/articles.h"
#include "input/html_article.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct sl_arena arena;

static struct sl_html_article page_of(const char *bytes, size_t len)
{
    struct sl_html_article a;
    struct slant_error err = {0};
    assert_int_equal(sl_html_article_read(bytes, len, &arena, &a, &err), SLANT_OK);
    return a;
}

static void text_is(const char *html, const char *wanted)
{
    struct sl_html_article a = page_of(html, strlen(html));
    assert_string_equal(a.text.p, wanted);
    assert_int_equal(a.text.len, strlen(wanted));
    sl_arena_free(&arena);
}

static const char *const page =
    "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>Gates | Harbour Post</title>"
    "<meta property=\"og:title\" content=\"Gates  must go\"><meta property=\"og:site_name\" "
    "content=\"Harbour Post\"><meta property=\"article:published_time\" "
    "content=\"2031-04-05T06:07:08Z\"><link rel=\"canonical\" "
    "href=\"https://www.harbour.example/2031/gates\"><style>p{}</style></head><body>"
    "<header role=\"banner\"><p>Harbour Post, the paper of the port since long ago</p></header>"
    "<nav><ul><li><a href=\"/\">Home</a><li><a href=\"/port\">Port</a></ul></nav>"
    "<div id=\"content\"><article><h1>Gates must go</h1><p class=\"byline\">By A. Writer</p>"
    "<p>The gates at the harbour <em>must</em> go,\n the minister said.</p>"
    "<h2>A cost</h2><p>They cost too much &mdash; &euro;5 a day.<br>Nobody uses them.</p>"
    "<blockquote><p>&ldquo;I never saw them open.&rdquo;</p></blockquote>"
    "<div class=\"related-stories\"><p>Another story of the port that is long enough to "
    "count.</p></div>"
    "<figure><img src=\"x\"><figcaption>The gates</figcaption></figure>"
    "<ul><li>One gate</li><li>Two gates</li></ul><p><a href=\"/more\">More on this story</a></p>"
    "<script>var p = '<p>no</p>';</script></article>"
    "<div class=\"comments\"><p>First! A comment of a reader that is as long as any "
    "paragraph.</p></div></div>"
    "<aside><p>Subscribe now, and never miss a story from the port of the harbour.</p></aside>"
    "<footer><p>Copyright of the Harbour Post, all rights reserved by "
    "someone.</p></footer></body></html>";

static void the_article_and_nothing_else(void **state)
{
    struct sl_html_article a = page_of(page, strlen(page));
    (void)state;
    assert_string_equal(a.text.p, "The gates at the harbour must go, the minister said.\n\n"
                                  "A cost\n\n"
                                  "They cost too much \xe2\x80\x94 \xe2\x82\xac"
                                  "5 a day.\n\nNobody uses them.\n\n"
                                  "\xe2\x80\x9cI never saw them open.\xe2\x80\x9d\n\n"
                                  "One gate\n\nTwo gates");
    assert_string_equal(a.title.p, "Gates must go");
    assert_string_equal(a.source.p, "Harbour Post");
    assert_string_equal(a.date.p, "2031-04-05T06:07:08Z");
    assert_string_equal(a.url.p, "https://www.harbour.example/2031/gates");
    sl_arena_free(&arena);
}

static void pages_without_landmarks(void **state)
{
    (void)state;
    text_is(
        "<div><div><a href=1>One</a> <a href=2>Two</a> <a href=3>Three and more "
        "links</a></div><div>"
        "<p>A first paragraph of the text, of some length.<p>A second one, as long as the first."
        "</div><div><p>Short.</div></div>",
        "A first paragraph of the text, of some length.\n\nA second one, as long as the first.");
    text_is("Only text, no element.", "Only text, no element.");
    text_is("<title>T</title><nav><a href=/>Home</a></nav><article><p>No body, no head.</article>",
            "No body, no head.");
    text_is("", "");
    text_is("<html></html>", "");
    text_is("<p>a</p>b<p>c</p>", "a\n\nb\n\nc");
    text_is("<div>x<div>y</div>z</div>", "x\n\ny\n\nz");
    text_is("<p>unclosed <b>bold <i>both</b> end", "unclosed bold both end");
}

static void what_the_page_does_not_tell(void **state)
{
    static const char plain[] =
        "<title>A title</title><link rel=canonical href='http://www.port.example:80/x'>"
        "<time datetime=2031-01-02>2 January</time><p>Text.</p>";
    struct sl_html_article a = page_of(plain, strlen(plain));
    (void)state;
    assert_string_equal(a.title.p, "A title");
    assert_string_equal(a.date.p, "2031-01-02");
    assert_string_equal(a.source.p, "port.example");
    a = page_of("<p>x", 4);
    assert_null(a.title.p);
    assert_null(a.date.p);
    assert_null(a.source.p);
    sl_arena_free(&arena);
}

static void what_a_reader_does_not_see(void **state)
{
    (void)state;
    text_is("<p style='display:none'>a</p><p style='color:red; DISPLAY : none !important'>b</p>"
            "<p style=\"visibility:hidden;\">c</p><p hidden>d</p><p aria-hidden=TRUE>e</p>"
            "<article hidden><p>f</article><p>g <span style=display:none>h</span>i</p>",
            "g i");
    text_is(
        "<p style='display:block'>a</p><p style='--x-display:none'>b</p><p style='display'>c</p>"
        "<p style='display:nonesuch'>d</p><p style=';;'>e</p><p style>f</p>"
        "<p style='x:display:none'>g</p>",
        "a\n\nb\n\nc\n\nd\n\ne\n\nf\n\ng");
    text_is("<body style='visibility:hidden'><p>shown by a script", "shown by a script");
    text_is("<p>It is <del>bad</del><s>poor</s><ins>good</ins>.<sup><a href=#1>1</a></sup> Ten "
            "m<sup>2</sup>, re&shy;built.",
            "It is good. Ten m2, rebuilt.");
}

static void quotation_marks_of_elements(void **state)
{
    (void)state;
    text_is("<p>He said <q>no</q>, she said <q>he <b>said</b> <q>no</q> twice</q>.",
            "He said “no”, she said “he said ‘no’ twice”.");
    text_is("<p>With <q>“marks”</q> and <q>\"others\"</q>, <q></q><q> </q>none.",
            "With “marks” and \"others\", none.");
    text_is("<p>The last <q>word</q></p><p><q>The first</q> one",
            "The last “word”\n\n“The first” one");
    text_is("<blockquote><p>We object.</p><footer>Lo</footer></blockquote><footer>Imprint</footer>",
            "We object.\n\nLo");
    text_is("<main><table><caption>Costs</caption><tr><th>The port</th><th>The "
            "ban</th></tr><tr><td>c<td>d</table>",
            "Costs\n\nThe port\n\nThe ban\n\nc\n\nd");
}

static struct sl_html_article linked(const char *json, const char *rest)
{
    char html[2000];
    (void)snprintf(html, sizeof html,
                   "<script type=application/ld+json>%s</script><link rel=publisher "
                   "href=https://x.example>%s<p>Text.",
                   json, rest);
    return page_of(html, strlen(html));
}

static void linked_data(void **state)
{
    static const char graph[] =
        "{\"@graph\":[{\"@type\":\"WebPage\",\"datePublished\":\"2030-01-01\"},{\"@type\":"
        "[\"Thing\",\"NewsArticle\"],\"headline\":\"Gates \\u2013 go\",\"datePublished\":"
        "\"2031-02-03T04:05:06+01:00\",\"publisher\":[{\"name\":\"Post\"}]},"
        "{\"@type\":\"Article\",\"datePublished\":\"2032-01-01\"}]}";
    struct sl_html_article a = linked(graph, "<h1>H</h1><time datetime=2029-01-01>x</time>");
    (void)state;
    assert_string_equal(a.title.p, "Gates – go");
    assert_string_equal(a.date.p, "2031-02-03T04:05:06+01:00");
    assert_string_equal(a.source.p, "Post");
    /* what the page says in so many words goes first */
    a = linked(graph, "<meta name=date content=2033-01-01><meta property=og:title content=T>"
                      "<meta property=og:site_name content=S>");
    assert_string_equal(a.title.p, "T");
    assert_string_equal(a.date.p, "2033-01-01");
    assert_string_equal(a.source.p, "S");
    a = linked("[{\"@type\":\"WebPage\",\"datePublished\":\"2030-01-01\",\"publisher\":\"P\"}]",
               "");
    assert_string_equal(a.date.p, "2030-01-01");
    assert_string_equal(a.source.p, "P");
    /* other articles, no JSON, other kinds of values */
    a = linked("{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"Article\","
               "\"datePublished\":\"2030-01-01\"}]}",
               "");
    assert_null(a.date.p);
    a = linked("{\"datePublished\":", "<time datetime=2029-01-01>x</time>");
    assert_string_equal(a.date.p, "2029-01-01");
    a = linked("{\"@type\":7,\"datePublished\":20300101,\"publisher\":[[]],\"@graph\":[[[[[[[[[[[]]"
               "]]]]]]]]}",
               "");
    assert_null(a.date.p);
    assert_null(a.source.p);
    sl_arena_free(&arena);
}

static void character_sets(void **state)
{
    (void)state;
    text_is("<p>Bogot\xc3\xa1</p>", "Bogot\xc3\xa1"); /* valid UTF-8 */
    text_is("<p>Bogot\xe1 \x93x\x94</p>",
            "Bogot\xc3\xa1 \xe2\x80\x9cx\xe2\x80\x9d"); /* windows-1252 */
    text_is("<meta charset=iso-8859-2><p>\xb1</p>", "\xc4\x85");
    text_is("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'><p>\xd4\xc1</p>",
            "\xd1\x82\xd0\xb0");
}

static void too_deep_is_told(void **state)
{
    char *deep = malloc(5 * 100000 + 1);
    struct sl_html_article a;
    struct slant_error err = {0};
    (void)state;
    assert_non_null(deep);
    for (int i = 0; i < 100000; i++) {
        memcpy(deep + 5 * (size_t)i, "<div>", 5);
    }
    assert_int_equal(sl_html_article_read(deep, 500000, &arena, &a, &err), SLANT_ERR_ROW);
    assert_non_null(strstr(err.text, "256"));
    free(deep);
    sl_arena_free(&arena);
}

/* ---- packed files ---- */

static void write_file(char *path, const void *bytes, size_t len)
{
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, len), len);
    (void)close(fd);
}

static bool is_refused(const char *html)
{
    struct sl_html_article a;
    struct slant_error err = {0};
    enum slant_status status = sl_html_article_read(html, strlen(html), &arena, &a, &err);
    sl_arena_free(&arena);
    assert_true(status == SLANT_OK || strstr(err.text, "not an article") != NULL);
    return status == SLANT_ERR_ROW;
}

static void a_report_is_no_article(void **state)
{
    (void)state;
    assert_true(is_refused("<meta name=generator content='" SL_HTML_OUR_GENERATOR " 9.8'><p>x"));
    assert_true(is_refused("<META content='slant report 0.1.0' NAME=Generator><p>x"));
    assert_false(is_refused("<meta name=generator content='slant'><p>x"));
    assert_false(is_refused("<meta name=generator content='slant reports 2'><p>x"));
    assert_false(is_refused("<meta name=description content='slant report 0.1.0'><p>x"));
    assert_false(is_refused("<p>&lt;meta name=generator content='slant report 0.1.0'><!-- <meta "
                            "name=generator content='slant report 0.1.0'> -->"));
}

static void damaged_files_are_told(void **state)
{
    /* gzip of "Text.\n", its last bytes cut, and its checksum changed */
    static const unsigned char packed[] = {0x1f, 0x8b, 8,    0,    0,    0,    0,    0, 0,
                                           3,    0x0b, 0x49, 0xad, 0x28, 0xd1, 0xe3, 2, 0,
                                           0xb2, 0xbb, 0xae, 0x61, 6,    0,    0,    0};
    static const struct {
        size_t len;
        int flip; /* -1: none */
    } damage[] = {
        {sizeof packed - 3, -1}, {12, -1}, {sizeof packed, 14}, {sizeof packed, 20}, {3, -1}};
    char whole[] = "/tmp/slant-test-XXXXXX";
    struct sl_stream *intact;
    struct slant_error none = {0};
    char *text = NULL;
    size_t len;
    (void)state;
    write_file(whole, packed, sizeof packed);
    assert_int_equal(sl_stream_open(whole, &intact, &none), SLANT_OK);
    assert_int_equal(sl_stream_read_all(intact, 1000, &text, &len, &none), SLANT_OK);
    assert_string_equal(text, "Text.\n");
    free(text);
    sl_stream_close(intact);
    (void)unlink(whole);
    for (size_t i = 0; i < sizeof damage / sizeof damage[0]; i++) {
        char path[] = "/tmp/slant-test-XXXXXX";
        unsigned char bytes[sizeof packed];
        struct sl_stream *s;
        struct slant_error err = {0};
        text = NULL;
        memcpy(bytes, packed, sizeof bytes);
        if (damage[i].flip >= 0) {
            bytes[damage[i].flip] ^= 0x55;
        }
        write_file(path, bytes, damage[i].len);
        assert_int_equal(sl_stream_open(path, &s, &err), SLANT_OK);
        assert_int_equal(sl_stream_read_all(s, 1000, &text, &len, &err), SLANT_ERR_IO);
        assert_non_null(strstr(err.text, "damaged"));
        assert_null(text);
        sl_stream_close(s);
        (void)unlink(path);
    }
}

static void limits_hold_for_what_comes_out(void **state)
{
    char path[] = "/tmp/slant-test-XXXXXX";
    char bytes[3000];
    struct sl_stream *s;
    struct slant_error err = {0};
    char *text = NULL;
    size_t len;
    (void)state;
    memset(bytes, 'x', sizeof bytes);
    write_file(path, bytes, sizeof bytes);
    assert_int_equal(sl_stream_open(path, &s, &err), SLANT_OK);
    assert_int_equal(sl_stream_read_all(s, 2999, &text, &len, &err), SLANT_ERR_LIMIT);
    sl_stream_close(s);
    assert_int_equal(sl_stream_open(path, &s, &err), SLANT_OK);
    assert_int_equal(sl_stream_read_all(s, 3000, &text, &len, &err), SLANT_OK);
    assert_int_equal(len, 3000);
    assert_int_equal(sl_stream_taken(s), 3000);
    free(text);
    sl_stream_close(s);
    (void)unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_article_and_nothing_else),
        cmocka_unit_test(pages_without_landmarks),
        cmocka_unit_test(what_the_page_does_not_tell),
        cmocka_unit_test(what_a_reader_does_not_see),
        cmocka_unit_test(quotation_marks_of_elements),
        cmocka_unit_test(linked_data),
        cmocka_unit_test(character_sets),
        cmocka_unit_test(too_deep_is_told),
        cmocka_unit_test(a_report_is_no_article),
        cmocka_unit_test(damaged_files_are_told),
        cmocka_unit_test(limits_hold_for_what_comes_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
