/* What is read without a tree is what jansson reads. */
#include "learned.h"

#include "base/rng.h"
#include "base/utf8.h"
#include "input/plain_json.h"

#include <jansson.h>

static const char *const key[] = {"id", "text", "n"};
enum { N_KEY = 3 };

/* Pieces of JSON, whole and broken, put together at random. */
static size_t random_line(struct sl_rng *rng, char *out, size_t cap)
{
    static const char *const names[] = {"\"id\"",     "\"text\"",  "\"n\"",        "\"\"",
                                        "\"i\\\"d\"", "\"other\"", "\"\\u0069d\"", "id"};
    static const char *const values[] = {"\"\"",
                                         "\"a b\"",
                                         "\"caf\xc3\xa9 \\n\\t\\\\\"",
                                         "12",
                                         "0",
                                         "01",
                                         "-1",
                                         "1.5",
                                         "1e3",
                                         "true",
                                         "false",
                                         "null",
                                         "nul",
                                         "[1]",
                                         "{\"a\":1}",
                                         "\"\\u00e9\"",
                                         "\"\\x\"",
                                         "\"a\x01\"",
                                         "999999999999999999",
                                         "9999999999999999999",
                                         "\"a long string, longer than a vector \\/ of bytes\"",
                                         "\"\xff\"",
                                         "\"\x7f\"",
                                         "\"open"};
    static const char *const marks[] = {",", ":", "}", "{", " ", "\t", "\n", "\"", "x"};
    size_t n = 0;
#define PUT(p) n += (size_t)snprintf(out + n, cap - n, "%s", p)
    PUT("{");
    for (uint64_t i = sl_rng_below(rng, 5); i > 0; i--) {
        PUT(names[sl_rng_below(rng, sl_rng_below(rng, 3) == 0 ? 8 : 3)]);
        PUT(sl_rng_below(rng, 4) == 0 ? " : " : ":");
        PUT(values[sl_rng_below(rng, sizeof values / sizeof values[0])]);
        PUT(i > 1 ? "," : "");
        if (sl_rng_below(rng, 12) == 0) {
            PUT(marks[sl_rng_below(rng, sizeof marks / sizeof marks[0])]);
        }
    }
    PUT(sl_rng_below(rng, 20) == 0 ? "} x" : "}");
    return n;
}

static void assert_same(const json_t *v, const struct sl_text *got, uint64_t round)
{
    char number[32] = "";
    const char *want = number;
    size_t len;
    if (v == NULL || json_is_null(v)) {
        assert_null(got->p);
        return;
    }
    if (json_is_string(v)) {
        want = json_string_value(v);
        len = json_string_length(v);
    } else {
        assert_true(json_is_integer(v) || json_is_boolean(v));
        (void)snprintf(number, sizeof number, "%lld", (long long)json_integer_value(v));
        want = json_is_true(v) ? "true" : json_is_false(v) ? "false" : number;
        len = strlen(want);
    }
    if (got->p == NULL || got->len != len || memcmp(got->p, want, len) != 0) {
        fail_msg("round %llu", (unsigned long long)round);
    }
}

static void plain_objects_are_jansson_s(void **state)
{
    size_t n_read = 0;
    (void)state;
    for (uint64_t round = 0; round < (uint64_t)trials(60000); round++) {
        struct sl_rng rng = {round};
        struct sl_arena arena = {0};
        struct sl_text value[N_KEY];
        char text[512];
        size_t len = random_line(&rng, text, sizeof text);
        char *line = malloc(len); /* of exactly its size, for a sanitizer */
        assert_non_null(line);
        memcpy(line, text, len);
        if (sl_utf8_count_invalid(line, len) == 0 &&
            sl_plain_object(line, len, key, N_KEY, &arena, value)) {
            json_error_t why;
            json_t *object = json_loadb(line, len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);
            if (object == NULL || !json_is_object(object)) {
                fail_msg("round %llu: %.*s", (unsigned long long)round, (int)len, line);
            }
            for (size_t i = 0; i < N_KEY; i++) {
                assert_same(json_object_get(object, key[i]), &value[i], round);
            }
            json_decref(object);
            n_read++;
        }
        free(line);
        sl_arena_free(&arena);
    }
    assert_true(n_read > (size_t)trials(60000) / 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_objects_are_jansson_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
