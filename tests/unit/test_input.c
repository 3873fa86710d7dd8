/* The input floor: tables, labelled rows, JSON, articles in chunks, scored lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "input/aliases.h"
#include "input/articles.h"
#include "input/json.h"
#include "input/rows.h"
#include "input/scored.h"
#include "input/table.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- helpers ---- */

#define BOM "\xef\xbb\xbf"

static char folder[64];

static int group_setup(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/slant_input_XXXXXX");
    return mkdtemp(folder) == NULL;
}

/* Files are made under these names only, so that they can be removed again. */
static const char *const file_name[] = {"a.tsv",   "a.csv",   "a.jsonl", "a.txt",    "b.tsv",
                                        "b.jsonl", "a.lines", "fifo",    "a.scored", "a"};

static char *path_of(const char *name)
{
    static char path[8][128];
    static unsigned turn;
    char *p = path[turn++ % 8];
    (void)snprintf(p, sizeof path[0], "%s/%s", folder, name);
    return p;
}

static int group_teardown(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof file_name / sizeof file_name[0]; i++) {
        (void)unlink(path_of(file_name[i]));
    }
    return rmdir(folder);
}

static const char *write_bytes(const char *name, const void *bytes, size_t len)
{
    const char *path = path_of(name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
    return path;
}
#define WRITE(name, text) write_bytes(name, text, sizeof(text) - 1)

static const char *done(struct sl_buf *b)
{
    sl_buf_byte(b, 0);
    assert_false(b->failed);
    return b->p;
}

static bool is_text(const struct sl_text *t, const char *want)
{
    return want == NULL ? t->p == NULL
                        : t->p != NULL && t->len == strlen(want) && memcmp(t->p, want, t->len) == 0;
}

static uint64_t shift_state = 88172645463325252u;
static uint64_t xorshift(void)
{
    shift_state ^= shift_state << 13;
    shift_state ^= shift_state >> 7;
    shift_state ^= shift_state << 17;
    return shift_state;
}

/* ---- tables ---- */

static const char *const wanted[] = {"text", "stance"};

/* The rows of a table's columns text and stance: "LINE:text|stance;" each, "-" for absent; then what
 * went wrong, without the folder: "!STATUS file:line: message". */
static void put_table(struct sl_buf *b, const char *path, enum slant_format format)
{
    struct sl_arena arena = {NULL};
    struct sl_table t;
    struct sl_text value[2];
    struct slant_error err = {0};
    bool more = true;
    enum slant_status status = sl_table_open(&t, path, format, wanted, 2, &arena, &err);
    if (status == SLANT_OK) {
        while ((status = sl_table_next(&t, value, &more, &err)) == SLANT_OK && more) {
            sl_buf_uint(b, t.row_line);
            for (int i = 0; i < 2; i++) {
                sl_buf_byte(b, i == 0 ? ':' : '|');
                sl_buf_put(b, value[i].p == NULL ? "-" : value[i].p,
                           value[i].p == NULL ? 1 : value[i].len);
            }
            sl_buf_byte(b, ';');
        }
        sl_table_close(&t);
    }
    if (status != SLANT_OK) {
        const char *text = err.text;
        assert_int_equal(err.status, status);
        if (strncmp(text, folder, strlen(folder)) == 0) {
            text += strlen(folder) + 1;
        }
        sl_buf_byte(b, '!');
        sl_buf_uint(b, (uint64_t)status);
        sl_buf_byte(b, ' ');
        sl_buf_text(b, text);
    }
    sl_arena_free(&arena);
}

static void check_table(const char *name, const void *bytes, size_t len, const char *want,
                        bool whole, int line)
{
    struct sl_buf b = {0};
    put_table(&b, write_bytes(name, bytes, len), SLANT_FORMAT_AUTO);
    (void)done(&b);
    if (!whole && strlen(b.p) > strlen(want)) {
        b.p[strlen(want)] = 0;
    }
    _assert_string_equal(b.p, want, __FILE__, line);
    sl_buf_free(&b);
}
#define TSV(text, want) check_table("a.tsv", text, sizeof(text) - 1, want, true, __LINE__)
#define CSV(text, want) check_table("a.csv", text, sizeof(text) - 1, want, true, __LINE__)
#define JSONL(text, want) check_table("a.jsonl", text, sizeof(text) - 1, want, true, __LINE__)
/* The same, but only how it begins: the rest of a message may be reworded. */
#define TSV_BEGINS(text, want) check_table("a.tsv", text, sizeof(text) - 1, want, false, __LINE__)
#define CSV_BEGINS(text, want) check_table("a.csv", text, sizeof(text) - 1, want, false, __LINE__)
#define JSONL_BEGINS(text, want) \
    check_table("a.jsonl", text, sizeof(text) - 1, want, false, __LINE__)

/* Catches: a format guessed from the middle of a name, or from a name that is all extension. */
static void format_by_extension(void **state)
{
    (void)state;
    assert_int_equal(sl_format_of("x/y.tsv"), SLANT_FORMAT_TSV);
    assert_int_equal(sl_format_of("y.csv"), SLANT_FORMAT_CSV);
    assert_int_equal(sl_format_of("y.jsonl"), SLANT_FORMAT_JSONL);
    assert_int_equal(sl_format_of("y.ndjson"), SLANT_FORMAT_JSONL);
    assert_int_equal(sl_format_of("y.txt"), SLANT_FORMAT_TEXT);
    assert_int_equal(sl_format_of("y.html"), SLANT_FORMAT_HTML);
    assert_int_equal(sl_format_of("y.htm.zst"), SLANT_FORMAT_HTML);
    assert_int_equal(sl_format_of("y.tsv.gz"), SLANT_FORMAT_TSV);
    assert_int_equal(sl_format_of("y.gz"), SLANT_FORMAT_AUTO);
    assert_int_equal(sl_format_of(".gz"), SLANT_FORMAT_AUTO);
    assert_int_equal(sl_format_of("tsv"), SLANT_FORMAT_AUTO);
    assert_int_equal(sl_format_of(""), SLANT_FORMAT_AUTO);
    assert_int_equal(sl_format_of("-"), SLANT_FORMAT_AUTO);
}

/* Catches: columns read by place instead of name, quotes that mean something in TSV. */
static void tsv_plain(void **state)
{
    (void)state;
    TSV("text\tstance\nIt flew.\tfavor\nIt fell.\tagainst\n",
        "2:It flew.|favor;3:It fell.|against;");
    TSV("stance\tid\ttext\nfavor\t7\tIt flew.\n", "2:It flew.|favor;");
    TSV("text\nIt flew.\n", "2:It flew.|-;");
    TSV("text\tstance\n\"a\"\t\"\n", "2:\"a\"|\";");
    TSV("text\tstance\n\t\n a \t\n", "2:|;3: a |;");
    TSV("Text\tstance\nx\tfavor\n", "2:-|favor;");
}

/* Catches: a lost last line, CRs left in fields, blank lines read as rows or not counted. */
static void tsv_line_ends(void **state)
{
    (void)state;
    TSV("text\tstance\nIt flew.\tfavor", "2:It flew.|favor;");
    TSV("text\tstance\r\nIt flew.\tfavor\r\n", "2:It flew.|favor;");
    TSV("\n\ntext\tstance\n\nIt flew.\tfavor\n\r\n\nIt fell.\tnone\n\n",
        "5:It flew.|favor;8:It fell.|none;");
    TSV(BOM "text\tstance\nIt flew.\tfavor\n", "2:It flew.|favor;");
    TSV("text\tstance\n", "");
}

/* Catches: short or long rows taken in silence, errors without file and line. */
static void tsv_malformed(void **state)
{
    (void)state;
    TSV_BEGINS("text\tstance\na\tfavor\nb\n", "2:a|favor;!20 a.tsv:3: expected 2 fields");
    TSV_BEGINS("text\tstance\n\na\tb\tc\n", "!20 a.tsv:3: expected 2 fields");
    TSV_BEGINS("", "!20 a.tsv: empty");
    TSV_BEGINS("\n\r\n", "!20 a.tsv: empty");
    TSV_BEGINS(BOM, "!20 a.tsv: empty");
    TSV_BEGINS("text\tid\ttext\n", "!20 a.tsv:1: two columns are named text");
}

/* Catches: more columns than there is room for, written out of bounds. */
static void table_column_limit(void **state)
{
    struct sl_buf b = {0};
    struct sl_buf got = {0};
    (void)state;
    for (int n = SL_TABLE_MAX_COLUMN; n <= SL_TABLE_MAX_COLUMN + 1; n++) {
        for (int csv = 0; csv < 2; csv++) {
            bool good = n == SL_TABLE_MAX_COLUMN;
            b.len = 0;
            got.len = 0;
            for (int line = 0; line < 2; line++) {
                sl_buf_text(&b, "text");
                for (int i = 1; i < n; i++) {
                    sl_buf_byte(&b, csv ? ',' : '\t');
                }
                sl_buf_byte(&b, '\n');
            }
            assert_false(b.failed);
            put_table(&got, write_bytes(csv ? "a.csv" : "a.tsv", b.p, b.len), SLANT_FORMAT_AUTO);
            (void)done(&got);
            if (good) {
                assert_string_equal(got.p, "2:text|-;");
            } else {
                assert_memory_equal(got.p, "!11 a.", 6);
                assert_non_null(strstr(got.p, ":1: more than"));
            }
        }
    }
    sl_buf_free(&b);
    sl_buf_free(&got);
}

/* Catches: commas, quotes and line ends inside quotes read as structure; "" not undone. */
static void csv_quotes(void **state)
{
    (void)state;
    CSV("text,stance\nIt flew.,favor\n", "2:It flew.|favor;");
    CSV("text,stance\n\"It flew, far.\",favor\n", "2:It flew, far.|favor;");
    CSV("text,stance\n\"He said \"\"go\"\".\",favor\n", "2:He said \"go\".|favor;");
    CSV("text,stance\n\"\"\"\",\"\"\n", "2:\"|;");
    CSV("text,stance\n\"one\ntwo\",favor\nthree,none\n", "2:one\ntwo|favor;4:three|none;");
    CSV("text,stance\n\"one\r\n\r\ntwo\",favor\r\nthree,none\r\n",
        "2:one\r\n\r\ntwo|favor;5:three|none;");
    CSV("\"text\",\"stance\"\na,b\n", "2:a|b;");
    CSV("text,stance\na \"b\" c,d\n", "2:a \"b\" c|d;"); /* quotes inside a bare field are text */
    CSV("text,stance\na\tb,c\n", "2:a\tb|c;");
}

/* Catches: a lost last line, CRs left in fields, blank lines read as rows or not counted. */
static void csv_line_ends(void **state)
{
    (void)state;
    CSV("text,stance\nIt flew.,favor", "2:It flew.|favor;");
    CSV("text,stance\nIt flew.,\"favor\"", "2:It flew.|favor;");
    CSV("text,stance\nIt flew.,", "2:It flew.|;");
    CSV("text,stance\r\nIt flew.,favor\r\n\"a\",\"b\"\r\n", "2:It flew.|favor;3:a|b;");
    CSV("\n\r\ntext,stance\n\na,b\n\r\n\nc,d\n\n", "5:a|b;8:c|d;");
    CSV(BOM "text,stance\na,b\n", "2:a|b;");
    CSV(BOM "\"text\",stance\na,b\n", "2:a|b;");
    CSV("text,stance\na\rb,c\n", "2:a\rb|c;"); /* a CR that ends no line is text */
}

/* Catches: malformed quotes and short rows taken in silence, errors without file and line. */
static void csv_malformed(void **state)
{
    (void)state;
    CSV_BEGINS("text,stance\na,b\n\"open,c\nd,e\n",
               "2:a|b;!20 a.csv:3: a quoted field has no clos");
    CSV_BEGINS("text,stance\n\"a\"b,c\n", "!20 a.csv:2: text behind a field's closing quote");
    CSV_BEGINS("text,stance\n\"a\nb\",c\nd\n", "2:a\nb|c;!20 a.csv:4: expected 2 fields");
    CSV_BEGINS("text,stance\na,b,\n",
               "!20 a.csv:2: expected 2 fields as in the header, found 3; a text with a comma");
    CSV_BEGINS("", "!20 a.csv: empty");
    CSV_BEGINS("text,x,text\n", "!20 a.csv:1: two columns are named text");
}

/* Catches: the byte behind a quoted field's CR dropped in silence. */
static void csv_cr_behind_closing_quote(void **state)
{
    (void)state;
    CSV_BEGINS("text,stance\n\"a\"\rXb\n", "!20 a.csv:2: ");
    CSV_BEGINS("text,stance\n\"a\"\r\rb\n", "!20 a.csv:2: ");
    CSV("text,stance\na,\"b\"\r", "2:a|b;"); /* at the end it is a cut-off line end */
}

/* Catches: wrong text for a JSON value's kind; null read as "null"; nested unwanted values refused. */
static void jsonl_values(void **state)
{
    (void)state;
    JSONL("{\"text\":\"It flew.\",\"stance\":\"favor\"}\n", "1:It flew.|favor;");
    JSONL("{\"stance\":\"favor\",\"x\":{\"text\":\"no\"},\"y\":[1,[2]],\"text\":\"yes\"}\n",
          "1:yes|favor;");
    JSONL("{\"text\":12,\"stance\":-7}\n{\"text\":1.5,\"stance\":1e300}\n",
          "1:12|-7;2:1.5|1e+300;");
    JSONL("{\"text\":9223372036854775807,\"stance\":-9223372036854775808}",
          "1:9223372036854775807|-9223372036854775808;");
    JSONL("{\"text\":true,\"stance\":false}\n", "1:true|false;");
    JSONL("{\"text\":\"x\",\"stance\":null}\n{}\n", "1:x|-;2:-|-;");
    JSONL("{\"text\":\"\",\"stance\":\"\"}\n", "1:|;");
    JSONL("{\"text\":\"\\u00e9\\ud83d\\ude00\\n\\\"\"}\n", "1:\xc3\xa9\xf0\x9f\x98\x80\n\"|-;");
}

/* Catches: blank lines or a BOM as errors, lines miscounted, the last line lost. */
static void jsonl_lines(void **state)
{
    (void)state;
    JSONL(BOM "{\"text\":\"a\"}\r\n\r\n \t \n\n  {\"text\":\"b\"} \n{\"text\":\"c\"}",
          "1:a|-;5:b|-;6:c|-;");
    JSONL("", "");
    JSONL("\n\n", "");
}

/* Catches: text behind an object, duplicate keys and lists let through; no file and line told. */
static void jsonl_malformed(void **state)
{
    (void)state;
    JSONL_BEGINS("{\"text\":\"a\"}\n\n{\"text\":\n", "1:a|-;!20 a.jsonl:3: not a JSON object");
    JSONL_BEGINS("{\"text\":\"a\"} x\n", "!20 a.jsonl:1: not a JSON object");
    JSONL_BEGINS("{\"text\":\"a\"}{}\n", "!20 a.jsonl:1: not a JSON object");
    JSONL_BEGINS("{\"text\":\"a\",\"text\":\"b\"}\n", "!20 a.jsonl:1: not a JSON object");
    JSONL_BEGINS("[1]\n", "!20 a.jsonl:1: JSON, but not an object");
    JSONL_BEGINS("text\n", "!20 a.jsonl:1: not a JSON object");
    JSONL_BEGINS("{\"text\":{\"a\":1}}\n", "!20 a.jsonl:1: \"text\" is an object or a list");
    JSONL_BEGINS("{\"text\":\"a\",\"stance\":[\"favor\"]}\n",
                 "!20 a.jsonl:1: \"stance\" is an object");
    JSONL_BEGINS("{\"text\":[[1]]}\n", "!20 a.jsonl:1: \"text\" is an object or a list");
    JSONL_BEGINS("{\"text\":\"\\ud800\"}\n", "!20 a.jsonl:1: not a JSON object");
}

/* Catches: a stack overflow by nesting. */
static void jsonl_deep_nesting(void **state)
{
    enum { DEEP = 300000 };
    struct sl_buf b = {0};
    struct sl_buf got = {0};
    (void)state;
    sl_buf_text(&b, "{\"text\":\"a\",\"x\":");
    for (int i = 0; i < DEEP; i++) {
        sl_buf_byte(&b, '[');
    }
    for (int i = 0; i < DEEP; i++) {
        sl_buf_byte(&b, ']');
    }
    sl_buf_text(&b, "}\n");
    assert_false(b.failed);
    put_table(&got, write_bytes("a.jsonl", b.p, b.len), SLANT_FORMAT_AUTO);
    assert_memory_equal(done(&got), "!20 a.jsonl:1: ", 15);
    sl_buf_free(&b);
    sl_buf_free(&got);
}

/* Catches: a record lost for one bad byte, replacements miscounted, a NUL that cuts a value. */
static void json_invalid_utf8_and_nul(void **state)
{
    static const char line[] =
        "{\"text\":\"a\xff z \xe2\x82 \xed\xa0\x80\",\"stance\":\"\\u0000b\"}";
    struct sl_arena arena = {NULL};
    struct sl_text value[2];
    struct slant_error err = {0};
    uint64_t n_invalid = 1;
    (void)state;
    assert_int_equal(
        sl_json_object(line, sizeof line - 1, 1, wanted, 0, 2, &arena, value, &n_invalid, &err),
        SLANT_OK);
    assert_true(
        is_text(&value[0], "a\xef\xbf\xbd z \xef\xbf\xbd \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"));
    assert_int_equal(n_invalid, 1 + 5); /* added to, not set */
    assert_int_equal(value[1].len, 2);
    assert_memory_equal(value[1].p, "\0b", 3);
    sl_arena_free(&arena);
}

/* Catches: unknown formats read as something, missing files without their name. */
static void table_open_errors(void **state)
{
    struct sl_buf b = {0};
    (void)state;
    put_table(&b, WRITE("a.txt", "text\n"), SLANT_FORMAT_AUTO);
    assert_memory_equal(done(&b), "!21 a.txt: labelled data are", 28);
    b.len = 0;
    put_table(&b, path_of("a.txt"), SLANT_FORMAT_TSV);
    assert_string_equal(done(&b), "");
    b.len = 0;
    put_table(&b, path_of("absent.tsv"), SLANT_FORMAT_AUTO);
    assert_memory_equal(done(&b), "!40 absent.tsv: cannot open", 27);
    b.len = 0;
    put_table(&b, folder, SLANT_FORMAT_TSV);
    assert_memory_equal(done(&b), "!40 ", 4);
    sl_buf_free(&b);
}

/* ---- rows ---- */

static enum slant_status read_rows(struct sl_rows *r, const char *path, const char *leave_out,
                                   const struct slant_head *head, struct slant_error *err)
{
    const struct sl_rows_options opt = {.path = &path,
                                        .n_path = 1,
                                        .leave_out = leave_out,
                                        .head = head,
                                        .n_head = head == NULL ? 0 : 1};
    return sl_rows_read(r, &opt, err);
}

static void rows_ok(struct sl_rows *r, const char *name, const void *bytes, size_t len)
{
    struct slant_error err = {0};
    enum slant_status status = read_rows(r, write_bytes(name, bytes, len), NULL, NULL, &err);
    if (status != SLANT_OK) {
        print_error("%s\n", err.text);
    }
    assert_int_equal(status, SLANT_OK);
}
#define ROWS(r, text) rows_ok(r, "a.tsv", text, sizeof(text) - 1)

/* The file must be refused with the status, at the line, with the place first in the message. */
static void rows_refused(const char *name, const void *bytes, size_t len, enum slant_status want,
                         uint64_t at, const char *says, int line)
{
    struct sl_rows r;
    struct slant_error err = {0};
    char place[200];
    const char *path = write_bytes(name, bytes, len);
    enum slant_status status = read_rows(&r, path, NULL, NULL, &err);
    (void)snprintf(place, sizeof place, "%s:%llu: ", path, (unsigned long long)at);
    _assert_int_equal((uint64_t)status, (uint64_t)want, __FILE__, line);
    _assert_int_equal(err.line, at, __FILE__, line);
    if (strncmp(err.text, place, strlen(place)) != 0 || strstr(err.text, says) == NULL) {
        print_error("\"%s\" does not start with \"%s\" or tell \"%s\"\n", err.text, place, says);
        _fail(__FILE__, line);
    }
    assert_null(r.row); /* nothing kept */
}
#define REFUSED(text, status, at, says) \
    rows_refused("a.tsv", text, sizeof(text) - 1, status, at, says, __LINE__)

static void check_mask(const struct sl_row *row, size_t i, const char *want, int line)
{
    char got[100];
    _assert_true(row->n_mask > i, "n_mask > i", __FILE__, line);
    (void)snprintf(got, sizeof got, "%.*s", (int)(row->mask[i].end - row->mask[i].begin),
                   row->text.p + row->mask[i].begin);
    _assert_string_equal(got, want, __FILE__, line);
}
#define MASK(row, i, want) check_mask(row, i, want, __LINE__)

/* Catches: label order by sight instead of by meaning, labels of rows not renumbered with it. */
/* A label that letter case alone tells from another. */
static void rows_label_twins(void **state)
{
    struct sl_rows r;
    struct slant_error err = {0};
    (void)state;
    assert_int_equal(read_rows(&r, WRITE("a.tsv", "text\tstance\na\tfavor\nb\tnone\nc\tFavor\n"),
                               NULL, NULL, &err),
                     SLANT_ERR_ROW);
    assert_int_equal(err.line, 4);
}

static void rows_labels_in_order(void **state)
{
    struct sl_rows r;
    (void)state;
    ROWS(&r, "text\tstance\tsentiment\n"
             "a\tnone\tpositive\nb\tagainst\tneutral\nc\tfavor\tnegative\nd\t\t\n");
    assert_int_equal(r.n, 4);
    assert_int_equal(r.n_label[0], 3);
    assert_string_equal(r.label[0][0], "favor");
    assert_string_equal(r.label[0][1], "against");
    assert_string_equal(r.label[0][2], "none");
    assert_string_equal(r.label[1][0], "negative");
    assert_string_equal(r.label[1][1], "neutral");
    assert_string_equal(r.label[1][2], "positive");
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(r.row[i].label[0], 2 - i);
        assert_int_equal(r.row[i].label[1], 2 - i);
        assert_true(sl_row_labelled(&r.row[i]));
    }
    assert_true(r.row[3].label[0] == SL_LABEL_NONE);
    assert_true(r.row[3].label[1] == SL_LABEL_NONE);
    assert_false(sl_row_labelled(&r.row[3]));
    sl_rows_free(&r);
    ROWS(&r, "text\tstance\na\tzeta\nb\tnone\nc\tbeta\nd\tDelta\n");
    assert_int_equal(r.n_label[0], 4);
    assert_int_equal(r.n_label[1], 0);
    assert_string_equal(r.label[0][0], "none");
    assert_string_equal(r.label[0][1], "Delta");
    assert_string_equal(r.label[0][2], "beta");
    assert_string_equal(r.label[0][3], "zeta");
    assert_int_equal(r.row[0].label[0], 3);
    assert_int_equal(r.row[3].label[0], 1);
    sl_rows_free(&r);
}

/* Catches: a label the model does not know let through, or the row's place not told. */
static void rows_unknown_label(void **state)
{
    static const char *const label[] = {"against", "favor"};
    static const struct slant_head stance = {"stance", label, 2};
    static const struct slant_head other = {"sentiment", label, 2};
    struct sl_rows r;
    struct slant_error err = {0};
    char want[200];
    const char *path = WRITE("a.tsv", "text\tstance\na\tfavor\nb\t\nc\tagainst\n");
    (void)state;
    assert_int_equal(read_rows(&r, path, NULL, &stance, &err), SLANT_OK);
    assert_int_equal(r.row[0].label[0], 1); /* the model's order, not ours */
    assert_true(r.row[1].label[0] == SL_LABEL_NONE);
    assert_int_equal(r.row[2].label[0], 0);
    assert_int_equal(r.n_label[0], 2);
    assert_string_equal(r.label[0][0], "against");
    sl_rows_free(&r);
    assert_int_equal(read_rows(&r, path, NULL, &other, &err), SLANT_OK);
    assert_true(r.row[0].label[0] == SL_LABEL_NONE); /* the model has no such head */
    sl_rows_free(&r);
    path = WRITE("a.tsv", "text\tstance\na\tfavor\nb\tFavor\n");
    assert_int_equal(read_rows(&r, path, NULL, &stance, &err), SLANT_ERR_ROW);
    (void)snprintf(want, sizeof want,
                   "%s:3: unknown stance label \"Favor\"; expected one of: "
                   "against, favor, or nothing",
                   path);
    assert_string_equal(err.text, want);
    assert_int_equal(err.line, 3);
}

/* Catches: 17 labels written into room for 16, or 16 refused. */
static void rows_seventeen_labels(void **state)
{
    struct sl_buf b = {0};
    struct sl_rows r;
    (void)state;
    sl_buf_text(&b, "text\tsentiment\n");
    for (uint64_t i = 0; i < 16; i++) {
        sl_buf_text(&b, "a\tlabel");
        sl_buf_uint(&b, 10 + i);
        sl_buf_byte(&b, '\n');
    }
    assert_false(b.failed);
    rows_ok(&r, "a.tsv", b.p, b.len);
    assert_int_equal(r.n_label[1], 16);
    assert_string_equal(r.label[1][15], "label25");
    sl_rows_free(&r);
    sl_buf_text(&b, "b\tlabel99\n");
    rows_refused("a.tsv", b.p, b.len, SLANT_ERR_LIMIT, 18, "label99", __LINE__);
    sl_buf_free(&b);
}

/* Catches: labels with NUL, invalid UTF-8 or a whole sentence (a wrong column) taken. */
static void rows_odd_labels(void **state)
{
    struct sl_buf b = {0};
    (void)state;
    REFUSED("text\tstance\na\tfa\0vor\n", SLANT_ERR_ROW, 2, "label");
    REFUSED("text\tstance\na\tfa\xffvor\n", SLANT_ERR_ROW, 2, "label");
    sl_buf_text(&b, "text\tstance\na\t");
    for (int i = 0; i < 201; i++) {
        sl_buf_byte(&b, 'x');
    }
    assert_false(b.failed);
    rows_refused("a.tsv", b.p, b.len, SLANT_ERR_ROW, 2, "label", __LINE__);
    sl_buf_free(&b);
}

/* Catches: " against " taken for another label than "against", blanks alone for one, in any format. */
static void rows_blanks_around_labels(void **state)
{
    static const struct {
        const char *name, *text;
    } file[] = {{"a.tsv", "text\tstance\tsentiment\na\t against \tbad\nb\tagainst\t bad\n"
                          "c\t no side\t  \n"},
                {"a.csv", "text,stance,sentiment\na, against ,bad\nb,against,\"bad\n\"\n"
                          "c,no side ,  \n"},
                {"a.jsonl", "{\"text\":\"a\",\"stance\":\" against \",\"sentiment\":\"bad\"}\n"
                            "{\"text\":\"b\",\"stance\":\"against\",\"sentiment\":\"bad\\t\"}\n"
                            "{\"text\":\"c\",\"stance\":\" no side \",\"sentiment\":\" \"}\n"}};
    uint64_t digest = 0;
    (void)state;
    for (size_t i = 0; i < sizeof file / sizeof file[0]; i++) {
        struct sl_rows r;
        rows_ok(&r, file[i].name, file[i].text, strlen(file[i].text));
        assert_int_equal(r.n_label[0], 2);
        assert_string_equal(r.label[0][0], "against");
        assert_string_equal(r.label[0][1], "no side");
        assert_int_equal(r.row[0].label[0], r.row[1].label[0]);
        assert_int_equal(r.n_label[1], 1);
        assert_int_equal(r.row[2].label[1], SL_LABEL_NONE);
        assert_true(i == 0 || r.digest == digest);
        digest = r.digest;
        sl_rows_free(&r);
    }
}

/* Catches: a long label cut inside a character in the message. */
static void rows_message_cuts_between_characters(void **state)
{
    static const char *const label[] = {"favor", "none"};
    static const struct slant_head stance = {"stance", label, 2};
    struct slant_error err = {0};
    struct sl_rows r;
    struct sl_buf b = {0};
    (void)state;
    sl_buf_text(&b, "text\tstance\na\t");
    for (int i = 0; i < 30; i++) {
        sl_buf_text(&b, "\xe2\x82\xac");
    }
    assert_false(b.failed);
    assert_int_equal(read_rows(&r, write_bytes("a.tsv", b.p, b.len), NULL, &stance, &err),
                     SLANT_ERR_ROW);
    assert_true(sl_utf8_count_invalid(err.text, strlen(err.text)) == 0);
    sl_buf_free(&b);
}

/* Catches: weights ignored, refused weights taken, and `weighted` set by weights of 1. */
static void rows_weights(void **state)
{
    struct sl_rows r;
    (void)state;
    ROWS(&r, "text\tweight\na\t\nb\t1\nc\t1.0\n");
    assert_false(r.weighted);
    assert_true(r.row[0].weight == 1 && r.row[1].weight == 1 && r.row[2].weight == 1);
    sl_rows_free(&r);
    ROWS(&r, "text\tweight\na\t0\nb\t2.5\nc\t1000000\nd\t1e-3\n");
    assert_true(r.weighted);
    assert_true(r.row[0].weight == 0 && r.row[1].weight == 2.5 && r.row[2].weight == 1e6 &&
                r.row[3].weight == 1e-3);
    sl_rows_free(&r);
    REFUSED("text\tweight\na\t1\nb\t-1\n", SLANT_ERR_ROW, 3, "weight");
    REFUSED("text\tweight\na\t1000001\n", SLANT_ERR_ROW, 2, "weight");
    REFUSED("text\tweight\na\tnan\n", SLANT_ERR_ROW, 2, "weight");
    REFUSED("text\tweight\na\t1,5\n", SLANT_ERR_ROW, 2, "weight");
    REFUSED("text\tweight\na\t 1\n", SLANT_ERR_ROW, 2, "weight");
    REFUSED("text\tweight\na\tten\n", SLANT_ERR_ROW, 2, "weight");
}

/* Catches: character offsets used as bytes. */
static void rows_places_count_characters(void **state)
{
    struct sl_rows r;
    (void)state;
    ROWS(&r, "text\tfrom\tto\n"
             "Acme flew\t0\t4\n"
             "\xc3\xa9t\xc3\xa9 \xf0\x9f\x98\x80 Acm\xc3\xa9!\t6\t10\n"
             "un Acme\t3\t7\n"
             "no place\t\t\n");
    MASK(&r.row[0], 0, "Acme");
    MASK(&r.row[1], 0, "Acm\xc3\xa9");
    MASK(&r.row[2], 0, "Acme"); /* up to the very end */
    assert_int_equal(r.row[1].n_mask, 1);
    assert_int_equal(r.row[3].n_mask, 0);
    sl_rows_free(&r);
}

/* Catches: places outside the text, empty, swapped or not numbers. */
static void rows_bad_places(void **state)
{
    (void)state;
    REFUSED("text\tfrom\tto\nabc\t0\t4\n", SLANT_ERR_ROW, 2, "behind the end");
    REFUSED("text\tfrom\tto\n\xc3\xa9\xc3\xa9\t0\t3\n", SLANT_ERR_ROW, 2, "behind the end");
    REFUSED("text\tfrom\tto\nabc\t5\t18446744073709551615\n", SLANT_ERR_ROW, 2, "behind the end");
    REFUSED("text\tfrom\tto\nabc\t2\t2\n", SLANT_ERR_ROW, 2, "from and to");
    REFUSED("text\tfrom\tto\nabc\t2\t1\n", SLANT_ERR_ROW, 2, "from and to");
    REFUSED("text\tfrom\tto\nabc\t1\t\n", SLANT_ERR_ROW, 2, "from and to");
    REFUSED("text\tfrom\nabc\t1\n", SLANT_ERR_ROW, 2, "from and to");
    REFUSED("text\tfrom\tto\nabc\t-1\t2\n", SLANT_ERR_ROW, 2, "from and to");
    REFUSED("text\tfrom\tto\nabc\t0\t1.0\n", SLANT_ERR_ROW, 2, "from and to");
}

/* Catches: spellings not parted at "|", mentions not masked, from and to not preferred. */
static void rows_targets(void **state)
{
    static const char json[] = "{\"text\":\"Acme met ADC\",\"target\":[\"ADC\",\"Acme\"]}";
    struct sl_rows r;
    (void)state;
    ROWS(&r, "text\ttarget\tfrom\tto\n"
             "Acme Drone and ADC's fleet, acme too\tAcme Drone|ADC|Acme\t\t\n"
             "nobody here\tAcme\t\t\n"
             "Acme met Vale\tAcme\t9\t13\n"
             "Acme\t|\t\t\n"
             "Acme\t|Acme|\t\t\n");
    assert_int_equal(r.row[0].n_mask, 3);
    MASK(&r.row[0], 0, "Acme Drone");
    MASK(&r.row[0], 1, "ADC's");
    MASK(&r.row[0], 2, "acme");
    assert_int_equal(r.row[1].n_mask, 0);
    assert_int_equal(r.row[2].n_mask, 1);
    MASK(&r.row[2], 0, "Vale");
    assert_int_equal(r.row[3].n_mask, 0);
    MASK(&r.row[4], 0, "Acme");
    sl_rows_free(&r);
    rows_ok(&r, "a.jsonl", json, sizeof json - 1);
    assert_int_equal(r.row[0].n_mask, 2);
    sl_rows_free(&r);
    REFUSED("text\ttarget\na\tAcme\nb\tAcme|-\n", SLANT_ERR_ROW, 3, "target");
}

/* Catches: the 65th spelling of a target dropped in silence instead of refused. */
static void rows_too_many_spellings(void **state)
{
    struct sl_buf b = {0};
    struct sl_rows r;
    (void)state;
    sl_buf_text(&b, "text\ttarget\nName64 flew\tAcme");
    for (uint64_t i = 1; i < 64; i++) {
        sl_buf_text(&b, "|Name");
        sl_buf_uint(&b, i + 1);
    }
    assert_false(b.failed);
    rows_ok(&r, "a.tsv", b.p, b.len); /* 64 are read */
    MASK(&r.row[0], 0, "Name64");
    sl_rows_free(&r);
    sl_buf_text(&b, "|Vale");
    rows_refused("a.tsv", b.p, b.len, SLANT_ERR_LIMIT, 2, "spellings", __LINE__);
    sl_buf_free(&b);
}

/* Catches: unnamed rows put into one group, a group of the data met by an unnamed row. */
static void rows_groups_and_subjects(void **state)
{
    struct sl_rows r;
    struct slant_error err = {0};
    const char *path;
    (void)state;
    ROWS(&r,
         "text\tgroup\tsubject\na\tg\tdrones\nb\t\t\nc\tg\tdrones\nd\t\tmaps\ne\t1\t\nf\t3\t\n");
    assert_int_equal(r.row[0].group, r.row[2].group);
    for (size_t i = 0; i < r.n; i++) {
        for (size_t k = 0; k < i; k++) {
            if (!(k == 0 && i == 2)) {
                assert_int_not_equal(r.row[i].group, r.row[k].group);
            }
        }
    }
    assert_int_equal(r.row[0].subject, r.row[2].subject);
    assert_int_equal(r.row[1].subject, r.row[4].subject);
    assert_string_equal(sl_strings_get(&r.subject, r.row[0].subject), "drones");
    assert_string_equal(sl_strings_get(&r.subject, r.row[1].subject), "");
    assert_string_equal(sl_strings_get(&r.subject, r.row[3].subject), "maps");
    sl_rows_free(&r);
    path =
        WRITE("a.tsv", "text\tgroup\ttarget\tplace\na\tg\tAcme\tx\nb\tg\tVale\ty\nc\th\tAcme\tx\n");
    assert_int_equal(read_rows(&r, path, "target", NULL, &err), SLANT_OK);
    assert_int_equal(r.row[0].group, r.row[2].group);
    assert_int_not_equal(r.row[0].group, r.row[1].group);
    sl_rows_free(&r);
    assert_int_equal(read_rows(&r, path, "place", NULL, &err), SLANT_OK);
    assert_int_equal(r.row[0].group, r.row[2].group);
    assert_int_not_equal(r.row[0].group, r.row[1].group);
    sl_rows_free(&r);
    assert_int_equal(read_rows(&r, path, "absent", NULL, &err), SLANT_ERR_ROW);
    assert_non_null(strstr(err.text, "absent"));
}

/* Catches: a model's head that answers for a column by half of its name, or not for its subject. */
static void rows_head_number(void **state)
{
    (void)state;
    assert_int_equal(sl_head_number("stance"), 0);
    assert_int_equal(sl_head_number("stance:bridge"), 0);
    assert_int_equal(sl_head_number("stance:"), 0);
    assert_int_equal(sl_head_number("sentiment"), 1);
    assert_int_equal(sl_head_number("sentiment:stance"), 1);
    assert_int_equal(sl_head_number("stances"), SL_N_HEAD);
    assert_int_equal(sl_head_number("stanc"), SL_N_HEAD);
    assert_int_equal(sl_head_number("Stance"), SL_N_HEAD);
    assert_int_equal(sl_head_number(":stance"), SL_N_HEAD);
    assert_int_equal(sl_head_number(""), SL_N_HEAD);
}

/* Catches: a digest blind to something that changes the training, or one that depends on the file's
 * form or on ids. */
static void rows_digest(void **state)
{
    static const char *const other[] = {
        "text\tstance\tsubject\tgroup\tweight\ttarget\nb\tfavor\ts\tg\t2\ta\n",
        "text\tstance\tsubject\tgroup\tweight\ttarget\na\tnone\ts\tg\t2\ta\n",
        "text\tstance\tsubject\tgroup\tweight\ttarget\na\tfavor\tz\tg\t2\ta\n",
        "text\tstance\tsubject\tgroup\tweight\ttarget\na\tfavor\ts\th\t2\ta\n",
        "text\tstance\tsubject\tgroup\tweight\ttarget\na\tfavor\ts\tg\t3\ta\n",
        "text\tstance\tsubject\tgroup\tweight\ttarget\na\tfavor\ts\tg\t2\tb\n",
        "text\tsentiment\tsubject\tgroup\tweight\ttarget\na\tfavor\ts\tg\t2\ta\n",
        "text\tstance\tsubject\tgroup\tweight\ttarget\na\tfavor\ts\tg\t2\ta\na\t\t\t\t\t\n",
        "text\tstance\n",
    };
    static const char csv[] =
        "target,id,text,stance,subject,group,weight\r\n\"a\",7,a,favor,s,g,2\r\n";
    static const char json[] =
        "{\"text\":\"a\",\"stance\":\"favor\",\"subject\":\"s\",\"group\":\"g\","
        "\"weight\":2,\"target\":[\"a\"],\"sentiment\":null}\n";
    struct sl_rows r;
    uint64_t digest;
    (void)state;
    ROWS(&r, "text\tstance\tsubject\tgroup\tweight\ttarget\na\tfavor\ts\tg\t2\ta\n");
    digest = r.digest;
    sl_rows_free(&r);
    rows_ok(&r, "a.csv", csv, sizeof csv - 1);
    assert_true(r.digest == digest);
    sl_rows_free(&r);
    rows_ok(&r, "a.jsonl", json, sizeof json - 1);
    assert_true(r.digest == digest);
    sl_rows_free(&r);
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
        rows_ok(&r, "a.tsv", other[i], strlen(other[i]));
        if (r.digest == digest) {
            print_error("case %zu\n", i);
            fail();
        }
        sl_rows_free(&r);
    }
}

/* Catches: rows of a second file lost, put first, or named by the wrong file. */
static void rows_of_many_files(void **state)
{
    const char *path[2];
    struct sl_rows_options opt = {.path = path, .n_path = 2};
    struct sl_rows r;
    struct slant_error err = {0};
    (void)state;
    path[0] = WRITE("a.tsv", "text\tstance\none\tnone\n");
    path[1] = WRITE("b.jsonl", "\n{\"stance\":\"favor\",\"text\":\"two\"}\n");
    assert_int_equal(sl_rows_read(&r, &opt, &err), SLANT_OK);
    assert_int_equal(r.n, 2);
    assert_true(is_text(&r.row[0].text, "one"));
    assert_true(is_text(&r.row[1].text, "two"));
    assert_int_equal(r.row[0].label[0], 1);
    assert_int_equal(r.row[1].label[0], 0);
    assert_string_equal(r.row[0].file, path[0]);
    assert_string_equal(r.row[1].file, path[1]);
    assert_int_equal(r.row[0].line, 2);
    assert_int_equal(r.row[1].line, 2);
    sl_rows_free(&r);
    path[1] = WRITE("b.tsv", "text\tstance\none\ttwo\tthree\n");
    assert_int_equal(sl_rows_read(&r, &opt, &err), SLANT_ERR_ROW);
    assert_non_null(strstr(err.text, "b.tsv:2: "));
    path[1] = path_of("absent.tsv");
    assert_int_equal(sl_rows_read(&r, &opt, &err), SLANT_ERR_IO);
    assert_int_equal(err.sys, ENOENT);
}

/* Catches: a table or record without text read as empty text. */
static void rows_need_text(void **state)
{
    static const char json[] = "{\"text\":\"\"}\n{\"stance\":\"favor\"}\n";
    (void)state;
    REFUSED("Text\tstance\na\tfavor\n", SLANT_ERR_ROW, 1, "text");
    rows_refused("a.jsonl", json, sizeof json - 1, SLANT_ERR_ROW, 2, "text", __LINE__);
}

/* ---- articles ---- */

static void put_field(struct sl_buf *b, const char *name, const struct sl_text *t)
{
    if (t->p != NULL) {
        sl_buf_byte(b, ' ');
        sl_buf_text(b, name);
        sl_buf_byte(b, '=');
        sl_buf_put(b, t->p, t->len);
    }
}

/* One record: "LINE doc=... text=... [@OFFSET] [#NUMBER] [invalid=N] [error=...];" */
static void put_article(struct sl_buf *b, const struct sl_article *a)
{
    sl_buf_uint(b, a->line);
    put_field(b, "doc", &a->doc);
    put_field(b, "text", &a->text);
    put_field(b, "title", &a->title);
    put_field(b, "date", &a->date);
    put_field(b, "source", &a->source);
    put_field(b, "url", &a->url);
    put_field(b, "target", &a->target);
    if (a->one_line) {
        sl_buf_text(b, " #");
        sl_buf_uint(b, a->number);
        sl_buf_text(b, " @");
        sl_buf_uint(b, a->offset);
    }
    if (a->n_invalid > 0) {
        sl_buf_text(b, " invalid=");
        sl_buf_uint(b, a->n_invalid);
    }
    if (a->error != NULL) {
        sl_buf_text(b, " error=");
        sl_buf_text(b, a->error);
    }
    sl_buf_byte(b, ';');
}

static void put_chunk(struct sl_buf *b, const struct sl_chunk *chunk)
{
    struct sl_arena arena = {NULL};
    struct sl_articles it;
    struct sl_article a;
    struct slant_error err = {0};
    bool more = true;
    sl_articles_init(&it, chunk, &arena);
    while (more) {
        assert_int_equal(sl_articles_next(&it, &a, &more, &err), SLANT_OK);
        if (more) {
            put_article(b, &a);
        }
    }
    assert_int_equal(sl_articles_next(&it, &a, &more, &err), SLANT_OK);
    assert_false(more); /* still at the end */
    sl_arena_free(&arena);
}

/* All records of an input, and into how many chunks they were cut. */
static size_t put_input(struct sl_buf *b, const struct slant_input *in)
{
    struct sl_chunks chunks;
    struct sl_chunk chunk = {0};
    struct slant_error err = {0};
    size_t n = 0;
    bool more = true;
    assert_int_equal(sl_chunks_init(&chunks, in, &err), SLANT_OK);
    for (;;) {
        assert_int_equal(sl_chunks_next(&chunks, &chunk, &more, &err), SLANT_OK);
        if (!more) {
            break;
        }
        n++;
        put_chunk(b, &chunk);
    }
    sl_chunks_free(&chunks);
    free(chunk.bytes);
    return n;
}

/* Takes the folder out of a listing, so that it can be compared. */
static void drop_folder(struct sl_buf *b)
{
    char *at;
    size_t n = strlen(folder) + 1;
    (void)done(b);
    while ((at = strstr(b->p, folder)) != NULL) {
        memmove(at, at + n, strlen(at + n) + 1);
    }
}

static void check_input(const char *const *path, size_t n_path, enum slant_format format,
                        const char *want, int line)
{
    struct slant_input in = {sizeof in, .path = path, .n_path = n_path, .format = format};
    struct sl_buf b = {0};
    (void)put_input(&b, &in);
    drop_folder(&b);
    _assert_string_equal(b.p, want, __FILE__, line);
    sl_buf_free(&b);
}

static void check_one(const char *name, const void *bytes, size_t len, enum slant_format format,
                      const char *want, int line)
{
    const char *path = write_bytes(name, bytes, len);
    check_input(&path, 1, format, want, line);
}
#define TEXT(text, want) \
    check_one("a.txt", text, sizeof(text) - 1, SLANT_FORMAT_AUTO, want, __LINE__)
#define LINES(text, want) \
    check_one("a.lines", text, sizeof(text) - 1, SLANT_FORMAT_LINES, want, __LINE__)
#define RECORDS(text, want) \
    check_one("a.jsonl", text, sizeof(text) - 1, SLANT_FORMAT_AUTO, want, __LINE__)

/* Catches: a file cut at its lines, an empty file without a record, a BOM that moves offsets. */
static void articles_text_is_whole(void **state)
{
    (void)state;
    TEXT("It flew.\nIt fell.\n", "1 doc=a.txt text=It flew.\nIt fell.\n;");
    TEXT("", "1 doc=a.txt text=;");
    TEXT(BOM "It", "1 doc=a.txt text=" BOM "It;");
}

/* Catches: blank lines skipped, numbers or byte offsets that drift, the last line lost. */
static void articles_lines(void **state)
{
    (void)state;
    LINES("one\n\ntwo\r\n\r\nthree",
          "1 doc=a.lines text=one #1 @0;2 doc=a.lines text= #2 @4;3 doc=a.lines text=two #3 @5;"
          "4 doc=a.lines text= #4 @10;5 doc=a.lines text=three #5 @12;");
    LINES("one\n", "1 doc=a.lines text=one #1 @0;");
    LINES("\n", "1 doc=a.lines text= #1 @0;");
    LINES("", "");
    LINES(BOM "one\n" BOM "two\n",
          "1 doc=a.lines text=one #1 @3;2 doc=a.lines text=" BOM "two #2 @7;");
    LINES("a\rb\n", "1 doc=a.lines text=a\rb #1 @0;");
}

/* Catches: fields of a record mixed up, names by line miscounted over blank lines. */
static void articles_json(void **state)
{
    (void)state;
    RECORDS("{\"id\":\"x1\",\"text\":\"It flew.\",\"title\":\"T\",\"date\":\"2031-02-03\","
            "\"source\":\"S\",\"url\":\"U\",\"target\":[\"Acme\",\"ADC\",3],\"other\":{}}\n",
            "1 doc=x1 text=It flew. title=T date=2031-02-03 source=S url=U target=Acme|ADC|3;");
    RECORDS(BOM "\n{\"text\":\"a\"}\r\n \n{\"id\":\"\",\"text\":\"b\"}\n{\"id\":9,\"text\":\"\"}",
            "2 doc=a.jsonl:2 text=a;4 doc=a.jsonl:4 text=b;5 doc=9 text=;");
    RECORDS("{\"text\":\"a\xff\"}\n{\"text\":\"b\"}\n",
            "1 doc=a.jsonl:1 text=a\xef\xbf\xbd invalid=1;2 doc=a.jsonl:2 text=b;");
    RECORDS("", "");
}

#define UNNAMED(text, want) \
    check_one("a", text, sizeof(text) - 1, SLANT_FORMAT_AUTO, want, __LINE__)

/* Catches: JSON Lines that nothing names taken for prose, or prose for them; bytes that were looked at
 * lost or read twice. */
static void articles_unnamed(void **state)
{
    (void)state;
    UNNAMED("{\"text\":\"a\"}\n{\"text\":\"b\"}\n{\"id\":\"k\"}\n",
            "1 doc=a:1 text=a;2 doc=a:2 text=b;3 doc=k error=a:3: no \"text\";");
    UNNAMED("{\"text\":\"a\"}", "1 doc=a:1 text=a;");
    UNNAMED(BOM "{\"n\": [1], \"text\": 7}\r\n\n", "1 doc=a:1 text=7;");
    UNNAMED("{\"text\":\"a\xff\"}\n", "1 doc=a:1 text=a\xef\xbf\xbd invalid=1;");
    UNNAMED("\n \r\n\t{ \"text\":\"a\"}\n", "3 doc=a:3 text=a;");
    UNNAMED("{\"text\":\"a\n{\"text\":\"b\"}\n",
            "1 doc=a:1 error=a:1: not a JSON object: premature end of input near '\"a';2 doc=a:2 "
            "text=b;");
    UNNAMED("{\"id\":\"k\"}\n", "1 doc=k error=a:1: no \"text\";");
    UNNAMED("", "1 doc=a text=;");
    UNNAMED("\xef", "1 doc=a text=\xef;");
    UNNAMED("{", "1 doc=a text={;");
    UNNAMED(BOM, "1 doc=a text=" BOM ";");
    UNNAMED("{text} it.\n{\"text\":\"b\"}\n", "1 doc=a text={text} it.\n{\"text\":\"b\"}\n;");
    UNNAMED("It.\n{\"text\":\"b\"}\n", "1 doc=a text=It.\n{\"text\":\"b\"}\n;");
    check_one("a.txt", "{\"text\":\"a\"}\n", 13, SLANT_FORMAT_AUTO,
              "1 doc=a.txt text={\"text\":\"a\"}\n;", __LINE__);
    check_one("a", "{\"text\":\"a\"}\n", 13, SLANT_FORMAT_LINES,
              "1 doc=a text={\"text\":\"a\"} #1 @0;", __LINE__);
}

/* Catches: JSON that is no article taken for JSON Lines, or for prose. */
static void articles_unnamed_json(void **state)
{
    static const char *const json[] = {"[{\"text\":\"a\"}]\n", "{\n\"text\":\"a\"}\n"};
    (void)state;
    for (size_t i = 0; i < sizeof json / sizeof json[0]; i++) {
        const char *path = write_bytes("a", json[i], strlen(json[i]));
        struct slant_input in = {sizeof in, .path = &path, .n_path = 1};
        struct sl_buf b = {0};
        assert_int_equal(put_input(&b, &in), 1);
        assert_non_null(strstr(done(&b), "JSON, but no object a line"));
        sl_buf_free(&b);
    }
}

/* Catches: a bad record that ends the run or hides its place. */
static void articles_bad_records(void **state)
{
    struct sl_buf b = {0};
    const char *path =
        WRITE("a.jsonl", "{\"text\":\"a\"}\n{\"text\":\n{\"id\":\"k\"}\n"
                         "{\"id\":\"l\",\"text\":null}\n{\"text\":[[]]}\n{\"text\":\"b\"}\n");
    struct slant_input in = {sizeof in, .path = &path, .n_path = 1};
    const char *record;
    static const char *const begins[] = {
        "1 doc=a.jsonl:1 text=a",
        "2 doc=a.jsonl:2 error=a.jsonl:2: not a JSON object",
        "3 doc=k error=a.jsonl:3: no \"text\"",
        "4 doc=l error=a.jsonl:4: no \"text\"",
        "5 doc=a.jsonl:5 error=a.jsonl:5: \"text\" is an object or a list",
        "6 doc=a.jsonl:6 text=b"};
    (void)state;
    (void)put_input(&b, &in);
    drop_folder(&b);
    record = b.p;
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++) {
        const char *at = strstr(record, begins[i]);
        if (at != record) {
            print_error("\"%s\" does not begin with \"%s\"\n", record, begins[i]);
            fail();
        }
        /* the next record: a message may hold a semicolon, so look for the next number */
        record = i + 1 < sizeof begins / sizeof begins[0] ? strstr(record, begins[i + 1]) : record;
        assert_non_null(record);
    }
    sl_buf_free(&b);
}

/* Catches: a missing file that ends the run, or that gives no record. */
static void articles_missing_file(void **state)
{
    const char *path[3];
    (void)state;
    path[0] = WRITE("a.txt", "one");
    path[1] = path_of("absent.txt");
    path[2] = WRITE("b.jsonl", "{\"text\":\"two\"}\n");
    check_input(path, 3, SLANT_FORMAT_AUTO,
                "1 doc=a.txt text=one;0 doc=absent.txt error=absent.txt: cannot open: No such file "
                "or directory;1 doc=b.jsonl:1 text=two;",
                __LINE__);
    path[0] = path_of("absent.jsonl");
    check_input(path, 1, SLANT_FORMAT_AUTO,
                "0 doc=absent.jsonl error=absent.jsonl: cannot open: No such file or directory;",
                __LINE__);
    check_input(path, 1, SLANT_FORMAT_LINES,
                "0 doc=absent.jsonl error=absent.jsonl: cannot open: No such file or directory;",
                __LINE__);
    check_input(path, 0, SLANT_FORMAT_AUTO, "", __LINE__);
}

/* Catches: a table read as an article, a folder read as a file. */
static void articles_refused_files(void **state)
{
    const char *path[2];
    struct slant_input in = {sizeof in, .path = path, .n_path = 2};
    struct sl_buf b = {0};
    (void)state;
    path[0] = WRITE("a.tsv", "text\nIt flew.\n");
    path[1] = WRITE("a.txt", "one");
    (void)put_input(&b, &in);
    drop_folder(&b);
    assert_memory_equal(b.p, "0 doc=a.tsv error=a.tsv: a table", 32);
    assert_non_null(strstr(b.p, ";1 doc=a.txt text=one;"));
    b.len = 0;
    path[0] = folder;
    (void)put_input(&b, &in);
    assert_non_null(strstr(done(&b), "expected a file"));
    assert_non_null(strstr(b.p, "text=one;"));
    sl_buf_free(&b);
}

/* Catches: numbers and offsets that run on from one file into the next. */
static void articles_each_file_counts_anew(void **state)
{
    const char *path[2];
    (void)state;
    path[0] = WRITE("a.lines", "one\ntwo");
    path[1] = WRITE("a.txt", BOM "three\n");
    check_input(path, 2, SLANT_FORMAT_LINES,
                "1 doc=a.lines text=one #1 @0;2 doc=a.lines text=two #2 @4;"
                "1 doc=a.txt text=three #1 @3;",
                __LINE__);
}

/* Catches: a given text mixed with files, or an input struct of another version taken. */
static void articles_given_text(void **state)
{
    struct slant_input in = {sizeof in, .text = "It flew.\nIt fell."};
    struct sl_chunks chunks;
    struct slant_error err = {0};
    struct sl_buf b = {0};
    (void)state;
    assert_int_equal(put_input(&b, &in), 1);
    assert_string_equal(done(&b), "1 doc=text text=It flew.\nIt fell.;");
    sl_buf_free(&b);
    in.size--;
    assert_int_equal(sl_chunks_init(&chunks, &in, &err), SLANT_ERR_ARG);
    assert_int_equal(sl_chunks_init(&chunks, NULL, &err), SLANT_ERR_ARG);
}

/* Text of many lines, some empty, some with CR LF, one longer than any read; the last without end. */
static void make_lines(struct sl_buf *b, bool json)
{
    shift_state = 4242;
    for (int i = 0; i < 900; i++) {
        uint64_t r = xorshift() >> 20;
        size_t n = i == 500 ? 700000 : r % 5 == 0 ? 0 : r % 3000;
        bool object = json && n > 0;
        if (object) {
            sl_buf_text(b, r % 7 == 0 ? "{\"text\":7,\"title\":\"" : "{\"text\":\"");
        }
        for (size_t k = 0; k < n; k++) {
            sl_buf_byte(b, (char)('a' + (k * 7 + (size_t)i) % 26));
        }
        if (object) {
            sl_buf_text(b, i % 50 == 0 ? "" : "\"}"); /* some are broken */
        }
        sl_buf_text(b, i == 899 ? "" : r % 11 == 0 ? "\r\n" : "\n");
    }
    assert_false(b->failed);
}

struct writer {
    const char *path;
    const struct sl_buf *bytes;
};

/* Writes to a pipe in uneven pieces, so that the reader meets each line's end anywhere. */
static void *write_pieces(void *arg)
{
    const struct writer *w = arg;
    const struct timespec wait = {0, 300000};
    uint64_t r = 99;
    size_t at = 0;
    int fd = open(w->path, O_WRONLY);
    while (fd >= 0 && at < w->bytes->len) {
        size_t n;
        ssize_t put;
        r = r * 6364136223846793005u + 1442695040888963407u;
        n = (size_t)(r >> 33) % 9000 + 1;
        n = n < w->bytes->len - at ? n : w->bytes->len - at;
        put = write(fd, w->bytes->p + at, n);
        if (put <= 0) {
            break;
        }
        at += (size_t)put;
        (void)nanosleep(&wait, NULL);
    }
    if (fd >= 0) {
        (void)close(fd);
    }
    return NULL;
}

static void check_chunking(bool json, bool told)
{
    enum slant_format format = json ? SLANT_FORMAT_JSONL : SLANT_FORMAT_LINES;
    char fifo[128];
    const char *path = fifo;
    struct slant_input in = {sizeof in, .path = &path, .n_path = 1,
                             .format = told ? format : SLANT_FORMAT_AUTO};
    struct sl_buf bytes = {0};
    struct sl_buf want = {0};
    struct sl_buf got = {0};
    struct sl_chunk whole = {.path = fifo, .format = format, .line = 1};
    size_t begin = 0;
    uint64_t line = 1;
    (void)snprintf(fifo, sizeof fifo, "%s/fifo", folder);
    if (!told) { /* its first line, longer than any read, tells */
        sl_buf_text(&bytes, "{\"title\":\"");
        for (size_t k = 0; k < 600000; k++) {
            sl_buf_byte(&bytes, (char)('a' + k % 26));
        }
        sl_buf_text(&bytes, "\",\"text\":\"b\"}\n");
    }
    make_lines(&bytes, json);
    whole.bytes = bytes.p;
    whole.len = bytes.len;
    put_chunk(&want, &whole);
    assert_false(want.failed);

    /* chunks cut by hand, of one line up to many */
    while (begin < bytes.len) {
        struct sl_chunk part = {.path = fifo, .format = format, .line = line, .offset = begin};
        size_t end = begin;
        for (uint64_t n = xorshift() % 7 + 1; n > 0 && end < bytes.len; n--) {
            const char *newline = memchr(bytes.p + end, '\n', bytes.len - end);
            end = newline == NULL ? bytes.len : (size_t)(newline - bytes.p) + 1;
            line++;
        }
        part.bytes = bytes.p + begin;
        part.len = end - begin;
        put_chunk(&got, &part);
        begin = end;
    }
    assert_int_equal(got.len, want.len);
    assert_memory_equal(got.p, want.p, want.len);

    /* a file, cut where the reader cuts */
    got.len = 0;
    (void)write_bytes("fifo", bytes.p, bytes.len);
    assert_true(put_input(&got, &in) > 1);
    assert_int_equal(got.len, want.len);
    assert_memory_equal(got.p, want.p, want.len);

    /* a pipe, cut where its writer pauses */
    {
        struct writer w = {fifo, &bytes};
        pthread_t thread;
        got.len = 0;
        assert_int_equal(unlink(fifo), 0);
        assert_int_equal(mkfifo(fifo, 0600), 0);
        assert_int_equal(pthread_create(&thread, NULL, write_pieces, &w), 0);
        assert_true(put_input(&got, &in) > 1);
        assert_int_equal(pthread_join(thread, NULL), 0);
        assert_int_equal(got.len, want.len);
        assert_memory_equal(got.p, want.p, want.len);
        assert_int_equal(unlink(fifo), 0);
    }
    sl_buf_free(&bytes);
    sl_buf_free(&want);
    sl_buf_free(&got);
}

/* Catches: a line lost, doubled, cut or misnumbered at the edge of a chunk. */
static void chunking_never_shows_in_lines(void **state)
{
    (void)state;
    check_chunking(false, true);
}

/* Catches: the same for JSON Lines, with blank lines and broken records. */
static void chunking_never_shows_in_json(void **state)
{
    (void)state;
    check_chunking(true, true);
    check_chunking(true, false);
}

/* Catches: the end of a failing file's records lost, or its error told twice. */
static void chunk_that_fails_midway(void **state)
{
    static char bytes[] = "one\ntwo\n";
    struct sl_chunk chunk = {.path = "p",
                             .format = SLANT_FORMAT_LINES,
                             .bytes = bytes,
                             .len = sizeof bytes - 1,
                             .line = 5,
                             .offset = 40,
                             .failed = true,
                             .error = {.text = "p: cannot read"}};
    struct sl_buf b = {0};
    (void)state;
    put_chunk(&b, &chunk);
    assert_string_equal(done(&b), "5 doc=p text=one #5 @40;6 doc=p text=two #6 @44;"
                                  "0 doc=p error=p: cannot read;");
    sl_buf_free(&b);
}

/* ---- scored lines ---- */

static struct sl_arena scored_arena;

static int free_scored(void **state)
{
    (void)state;
    sl_arena_free(&scored_arena);
    return 0;
}

/* Catches: fields mixed up, labels out of order, probabilities off by one ten-thousandth. */
static void scored_sentence(void **state)
{
    static const char line[] =
        "{\"doc\":\"d1\",\"n\":2,\"from\":10,\"to\":18,\"title\":\"T\",\"date\":\"2031-02-03\","
        "\"source\":\"S\",\"url\":\"U\",\"text\":\"It f\\u0000ll.\",\"mentions\":1,"
        "\"stance\":{\"label\":\"none\",\"p\":{\"favor\":0.3333,\"against\":0.0001,"
        "\"none\":0.6666},\"margin\":{\"favor\":-1.000000,\"against\":0,\"none\":2}},"
        "\"sentiment\":{\"label\":\"b\",\"p\":{\"a\":0,\"b\":1}}}";
    struct sl_scored s;
    struct slant_error err = {0};
    (void)state;
    assert_int_equal(sl_scored_read(line, sizeof line - 1, 3, &scored_arena, &s, &err), SLANT_OK);
    assert_int_equal(s.kind, SL_SCORED_SENTENCE);
    assert_true(is_text(&s.doc, "d1"));
    assert_int_equal(s.n, 2);
    assert_int_equal(s.from, 10);
    assert_int_equal(s.to, 18);
    assert_true(is_text(&s.title, "T"));
    assert_true(is_text(&s.date, "2031-02-03"));
    assert_true(is_text(&s.source, "S"));
    assert_null(s.error.p);
    assert_int_equal(s.text.len, 8);
    assert_memory_equal(s.text.p, "It f\0ll.", 8);
    assert_int_equal(s.n_head, 2);
    assert_string_equal(s.head[0].name, "stance");
    assert_int_equal(s.head[0].n_label, 3);
    assert_string_equal(s.head[0].label[0], "favor");
    assert_string_equal(s.head[0].label[1], "against");
    assert_string_equal(s.head[0].label[2], "none");
    assert_int_equal(s.head[0].prob[0], 3333);
    assert_int_equal(s.head[0].prob[1], 1);
    assert_int_equal(s.head[0].prob[2], 6666);
    assert_string_equal(s.head[1].name, "sentiment");
    assert_int_equal(s.head[1].prob[0], 0);
    assert_int_equal(s.head[1].prob[1], 10000);
}

/* Catches: a ten-thousandth lost on the way through its decimal form. */
static void scored_probabilities_come_back(void **state)
{
    (void)state;
    for (unsigned p = 0; p <= 10000; p++) {
        struct sl_buf b = {0};
        struct sl_scored s;
        struct slant_error err = {0};
        sl_buf_text(
            &b, "{\"doc\":\"d\",\"n\":1,\"from\":0,\"to\":1,\"text\":\"a\",\"h\":{\"p\":{\"x\":");
        sl_buf_fixed(&b, p / 10000.0, 4);
        sl_buf_text(&b, ",\"y\":");
        sl_buf_fixed(&b, (10000 - p) / 10000.0, 4);
        sl_buf_text(&b, "}}}");
        assert_int_equal(sl_scored_read(b.p, b.len, 1, &scored_arena, &s, &err), SLANT_OK);
        assert_int_equal(s.head[0].prob[0], p);
        assert_int_equal(s.head[0].prob[1], 10000 - p);
        sl_buf_free(&b);
    }
}

/* Catches: an error record or a trailer read as a sentence. */
static void scored_other_records(void **state)
{
    static const char error[] = "{\"doc\":\"a.jsonl:2\",\"line\":2,\"error\":\"no \\\"text\\\"\"}";
    static const char trailer[] = "{\"trailer\":{\"records\":3,\"sentences\":5,\"model\":\"m\","
                                  "\"digest\":\"00ff\"}}";
    struct sl_scored s;
    struct slant_error err = {0};
    (void)state;
    assert_int_equal(sl_scored_read(error, sizeof error - 1, 1, &scored_arena, &s, &err), SLANT_OK);
    assert_int_equal(s.kind, SL_SCORED_ERROR);
    assert_true(is_text(&s.doc, "a.jsonl:2"));
    assert_true(is_text(&s.error, "no \"text\""));
    assert_int_equal(sl_scored_read(trailer, sizeof trailer - 1, 1, &scored_arena, &s, &err),
                     SLANT_OK);
    assert_int_equal(s.kind, SL_SCORED_TRAILER);
    assert_string_equal(s.model, "m");
    assert_string_equal(s.digest, "00ff");
    assert_int_equal(sl_scored_read("{\"trailer\":{}}", 14, 1, &scored_arena, &s, &err), SLANT_OK);
    assert_null(s.model);
    assert_null(s.digest);
}

#define HEAD "{\"doc\":\"d\",\"n\":1,\"from\":0,\"to\":1,\"text\":\"a\","

/* A line with n heads. */
static const char *heads_line(char *line, size_t cap, int n)
{
    size_t len = (size_t)snprintf(line, cap, HEAD);
    for (int i = 0; i < n; i++) {
        len += (size_t)snprintf(line + len, cap - len, "%s\"h%d\":{\"p\":{\"x\":0,\"y\":1}}",
                                i > 0 ? "," : "", i);
    }
    len += (size_t)snprintf(line + len, cap - len, "}");
    assert_true(len < cap);
    return line;
}

/* Catches: a line that score does not write taken for one, and its number not told. */
static void scored_malformed(void **state)
{
    char too_many_heads[1024];
    const char *const bad[] = {
        "",
        "{",
        "[]",
        "{}",
        "{\"text\":\"a\"}",
        "{\"doc\":1}",
        "{\"doc\":\"d\",\"text\":\"a\",\"h\":{\"p\":{\"x\":0,\"y\":1}}}",
        "{\"doc\":\"d\",\"n\":-1,\"from\":0,\"to\":1,\"text\":\"a\",\"h\":{\"p\":{\"x\":0,\"y\":1}}"
        "}",
        "{\"doc\":\"d\",\"n\":1.5,\"from\":0,\"to\":1,\"text\":\"a\",\"h\":{\"p\":{\"x\":0,\"y\":1}"
        "}}",
        "{\"doc\":\"d\",\"n\":1,\"from\":0,\"to\":1,\"h\":{\"p\":{\"x\":0,\"y\":1}}}",
        HEAD "\"title\":3,\"h\":{\"p\":{\"x\":0,\"y\":1}}}",
        HEAD "\"h\":{\"q\":{\"x\":0,\"y\":1}}}",
        HEAD "\"h\":{\"p\":{\"x\":1}}}",
        HEAD "\"h\":{\"p\":{\"x\":1.5,\"y\":0}}}",
        HEAD "\"h\":{\"p\":{\"x\":-0.1,\"y\":0}}}",
        HEAD "\"h\":{\"p\":{\"x\":\"1\",\"y\":0}}}",
        HEAD "\"h\":{\"p\":{\"x\":0,\"x\":1}}}",
        HEAD "\"h\":{\"p\":{\"x\":0,\"y\":1}}} {}",
        heads_line(too_many_heads, sizeof too_many_heads, SLANT_MAX_HEAD + 1),
        HEAD
        "\"h\":{\"p\":{\"a\":0,\"b\":0,\"c\":0,\"d\":0,\"e\":0,\"f\":0,\"g\":0,\"h\":0,\"i\":0,"
        "\"j\":0,\"k\":0,\"l\":0,\"m\":0,\"n\":0,\"o\":0,\"p\":0,\"q\":1}}}",
        "{\"doc\":\"d\xff\"}",
        "doc\tn\tfrom\tto",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct sl_scored s;
        struct slant_error err = {0};
        enum slant_status status =
            sl_scored_read(bad[i], strlen(bad[i]), 77, &scored_arena, &s, &err);
        if (status != SLANT_ERR_ROW || err.line != 77 || err.text[0] == 0) {
            print_error("%s: %d, line %d\n", bad[i], (int)status, (int)err.line);
            fail();
        }
    }
    {
        struct sl_scored s;
        const char *line = heads_line(too_many_heads, sizeof too_many_heads, SLANT_MAX_HEAD);
        assert_int_equal(sl_scored_read(line, strlen(line), 1, &scored_arena, &s, NULL), SLANT_OK);
        assert_int_equal(s.n_head, SLANT_MAX_HEAD);
    }
}

/* Catches: what score writes of a holder read otherwise than by the reader of any JSON, which another
 * order of the keys calls for. */
static void scored_holder_both_ways(void **state)
{
#define REST                                                                           \
    "\"text\":\"t\",\"stance\":{\"label\":\"a\",\"p\":{\"a\":0.6000,\"b\":0.4000},"    \
    "\"margin\":{\"a\":0.100000,\"b\":-0.100000}},\"holder\":{\"name\":\"the firm\","  \
    "\"generic\":true,\"mention\":null,\"content\":[[1,2]],\"of_target\":\"Norvane\"," \
    "\"reporter\":\"Ada\",\"stance\":{\"label\":\"b\",\"p\":{\"a\":0.2500,\"b\":0.7500}}}}"
    static const char *const line[] = {"{\"doc\":\"d\",\"n\":1,\"from\":0,\"to\":1," REST,
                                       "{\"n\":1,\"doc\":\"d\",\"from\":0,\"to\":1," REST};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct sl_scored s;
        assert_int_equal(sl_scored_read(line[i], strlen(line[i]), 1, &scored_arena, &s, NULL),
                         SLANT_OK);
        assert_int_equal(s.n_statement, 1);
        assert_true(s.statement[0].generic);
        assert_string_equal(s.statement[0].speaker.p, "the firm");
        assert_int_equal(s.statement[0].prob[0], 2500);
        assert_int_equal(s.statement[0].prob[1], 7500);
    }
#undef REST
}

/* ---- names of speakers ---- */

static const char *write_names(const char *name, const char *text)
{
    return write_bytes(name, text, strlen(text));
}

static const char *listed(const struct slant_aliases *a, const char *name)
{
    static char text[64];
    const uint32_t number = sl_alias_find(a, (struct sl_text){name, strlen(name)});
    const struct sl_text t =
        number == SL_TABLE_NONE ? (struct sl_text){name, strlen(name)} : sl_alias_name(a, number);
    (void)snprintf(text, sizeof text, "%.*s", (int)t.len, t.p);
    return text;
}

static void aliases_join(void **state)
{
    struct slant_aliases *a = NULL;
    struct slant_error err = {0};
    (void)state;
    (void)write_names("a.tsv", "note\tspeaker\talias\n"
                               "x\tFelland\tOstry\n"
                               "\tFelland\tthe Felland  government\n"
                               "\tFelland\tOstry\n"
                               "\tElin \xc3\x85str\xc3\xb6m\t\xc3\x85str\xc3\xb6m\n");
    assert_int_equal(slant_aliases_open(path_of("a.tsv"), &a, &err), SLANT_OK);
    assert_string_equal(listed(a, "Ostry"), "Felland");
    assert_string_equal(listed(a, "OSTRY"), "Felland");
    assert_string_equal(listed(a, "The Felland\ngovernment"), "Felland");
    assert_string_equal(listed(a, "felland"), "Felland");
    assert_string_equal(listed(a, "\xc3\xa5STR\xc3\x96M"), "Elin \xc3\x85str\xc3\xb6m");
    assert_string_equal(listed(a, "Ostry's"), "Ostry's");
    assert_string_equal(listed(a, "Mevia"), "Mevia");
    assert_string_equal(listed(a, "the"), "the");
    assert_string_equal(listed(a, ""), "");
    assert_string_equal(listed(a, "\xc2\xa0Ostry "), "Felland"); /* a no-break space */
    assert_string_equal(listed(NULL, "Ostry"), "Ostry");
    assert_int_equal(sl_alias_find(a, (struct sl_text){NULL, 0}), SL_TABLE_NONE);
    slant_aliases_free(a);
}

/* A speaker may be spelled in several ways in its column: the first is listed, blanks made one. */
static void aliases_of_one_speaker(void **state)
{
    struct slant_aliases *a = NULL;
    struct slant_error err = {0};
    (void)state;
    (void)write_names("a.tsv", "speaker\talias\n"
                               " The  United States \tAmerica\n"
                               "United States\tWashington\n"
                               "UNITED STATES\tthe US\n");
    assert_int_equal(slant_aliases_open(path_of("a.tsv"), &a, &err), SLANT_OK);
    assert_int_equal(a->name.n, 1);
    assert_string_equal(listed(a, "Washington"), "The United States");
    assert_string_equal(listed(a, "us"), "The United States");
    slant_aliases_free(a);
}

/* Words are compared whole, however long. */
static void aliases_of_long_words(void **state)
{
    struct slant_aliases *a = NULL;
    struct slant_error err = {0};
    char word[2][101];
    char text[256];
    (void)state;
    memset(word, 'x', sizeof word);
    word[0][99] = 'a';
    word[1][99] = 'b';
    word[0][100] = word[1][100] = 0;
    (void)snprintf(text, sizeof text, "speaker\talias\nA\t%s\nB\t%s\n", word[0], word[1]);
    (void)write_names("a.tsv", text);
    assert_int_equal(slant_aliases_open(path_of("a.tsv"), &a, &err), SLANT_OK);
    assert_string_equal(listed(a, word[0]), "A");
    assert_string_equal(listed(a, word[1]), "B");
    slant_aliases_free(a);
}

/* Names of 16 words are joined; of more they are errors in the file, and nobody's in a text. */
static void aliases_of_many_words(void **state)
{
    static const char sixteen[] = "a b c d e f g h i j k l m n o p";
    struct slant_aliases *a = NULL;
    struct slant_error err = {0};
    char text[128];
    (void)state;
    (void)snprintf(text, sizeof text, "speaker,alias\nX,%s\n", sixteen);
    (void)write_names("a.csv", text);
    assert_int_equal(slant_aliases_open(path_of("a.csv"), &a, &err), SLANT_OK);
    assert_string_equal(listed(a, sixteen), "X");
    assert_string_equal(listed(a, "the a b c d e f g h i j k l m n o p"), "X");
    assert_string_equal(listed(a, "a b c d e f g h i j k l m n o p q"),
                        "a b c d e f g h i j k l m n o p q");
    slant_aliases_free(a);
    a = NULL;
    (void)snprintf(text, sizeof text, "speaker,alias\nX,%s q\n", sixteen);
    (void)write_names("a.csv", text);
    assert_int_equal(slant_aliases_open(path_of("a.csv"), &a, &err), SLANT_ERR_ROW);
    assert_null(a);
}

static void aliases_refused(void **state)
{
    static const struct {
        const char *text, *told;
        enum slant_status status;
    } bad[] = {
        {"", "such as: speaker<TAB>alias", SLANT_ERR_ROW},
        {"speaker\talias\n", "holds no aliases", SLANT_ERR_DATA},
        {"speaker\tname\nX\tY\n", ":1: no column is named alias", SLANT_ERR_ROW},
        {"name\talias\nX\tY\n", ":1: no column is named speaker", SLANT_ERR_ROW},
        {"speaker\talias\nX\tY\nZ\ty\n", ":3: y is an alias of X in line 2", SLANT_ERR_ROW},
        {"speaker\talias\nX\tY\nZ\tX\n", ":3: X is a speaker in line 2", SLANT_ERR_ROW},
        {"speaker\talias\nX\tY\nY\tZ\n", ":3: Y is an alias of X in line 2", SLANT_ERR_ROW},
        {"speaker\talias\n\tY\n", ":2: the speaker is empty", SLANT_ERR_ROW},
        {"speaker\talias\nX\t \n", ":2: the alias has no word", SLANT_ERR_ROW},
        {"speaker\talias\nX\n", ":2: ", SLANT_ERR_ROW},
        {"speaker\talias\nThe Unknown\tY\n", ":2: the speaker may not be unknown", SLANT_ERR_ROW},
        {"speaker\talias\nX\tunknown\n", ":2: the alias may not be unknown", SLANT_ERR_ROW},
        {"speaker\talias\nX\tBras\xedlia\n", ":2: the alias is not UTF-8", SLANT_ERR_ROW}};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct slant_aliases *a = NULL;
        struct slant_error err = {0};
        (void)write_names("a.tsv", bad[i].text);
        assert_int_equal(slant_aliases_open(path_of("a.tsv"), &a, &err), bad[i].status);
        assert_non_null(strstr(err.text, bad[i].told));
        assert_null(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(format_by_extension),
        cmocka_unit_test(tsv_plain),
        cmocka_unit_test(tsv_line_ends),
        cmocka_unit_test(tsv_malformed),
        cmocka_unit_test(table_column_limit),
        cmocka_unit_test(csv_quotes),
        cmocka_unit_test(csv_line_ends),
        cmocka_unit_test(csv_malformed),
        cmocka_unit_test(csv_cr_behind_closing_quote),
        cmocka_unit_test(jsonl_values),
        cmocka_unit_test(jsonl_lines),
        cmocka_unit_test(jsonl_malformed),
        cmocka_unit_test(jsonl_deep_nesting),
        cmocka_unit_test(json_invalid_utf8_and_nul),
        cmocka_unit_test(table_open_errors),
        cmocka_unit_test(rows_labels_in_order),
        cmocka_unit_test(rows_label_twins),
        cmocka_unit_test(rows_unknown_label),
        cmocka_unit_test(rows_seventeen_labels),
        cmocka_unit_test(rows_odd_labels),
        cmocka_unit_test(rows_blanks_around_labels),
        cmocka_unit_test(rows_message_cuts_between_characters),
        cmocka_unit_test(rows_weights),
        cmocka_unit_test(rows_places_count_characters),
        cmocka_unit_test(rows_bad_places),
        cmocka_unit_test(rows_targets),
        cmocka_unit_test(rows_too_many_spellings),
        cmocka_unit_test(rows_groups_and_subjects),
        cmocka_unit_test(rows_head_number),
        cmocka_unit_test(rows_digest),
        cmocka_unit_test(rows_of_many_files),
        cmocka_unit_test(rows_need_text),
        cmocka_unit_test(articles_text_is_whole),
        cmocka_unit_test(articles_lines),
        cmocka_unit_test(articles_json),
        cmocka_unit_test(articles_unnamed),
        cmocka_unit_test(articles_unnamed_json),
        cmocka_unit_test(articles_bad_records),
        cmocka_unit_test(articles_missing_file),
        cmocka_unit_test(articles_refused_files),
        cmocka_unit_test(articles_each_file_counts_anew),
        cmocka_unit_test(articles_given_text),
        cmocka_unit_test(chunking_never_shows_in_lines),
        cmocka_unit_test(chunking_never_shows_in_json),
        cmocka_unit_test(chunk_that_fails_midway),
        cmocka_unit_test(aliases_join),
        cmocka_unit_test(aliases_of_one_speaker),
        cmocka_unit_test(aliases_of_long_words),
        cmocka_unit_test(aliases_of_many_words),
        cmocka_unit_test(aliases_refused),
        cmocka_unit_test_teardown(scored_sentence, free_scored),
        cmocka_unit_test_teardown(scored_probabilities_come_back, free_scored),
        cmocka_unit_test_teardown(scored_other_records, free_scored),
        cmocka_unit_test_teardown(scored_malformed, free_scored),
        cmocka_unit_test_teardown(scored_holder_both_ways, free_scored),
    };
    return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
