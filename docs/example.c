/* Scores a text and explains its first sentence:
 *     cc example.c $(pkg-config --cflags --libs slant) -o example
 *     ./example models/vendor-ban.slant "The court lifted the ban. Norvane was glad." Norvane */
#include <slant.h>
#include <stdio.h>
#include <string.h>

static void explain(struct slant_session *session, size_t head, uint32_t label)
{
    const struct slant_term *term;
    size_t n;
    double bias;
    if (slant_session_explain(session, head, label, &term, &n, &bias, NULL) != SLANT_OK) {
        return;
    }
    printf("    %+.3f  bias\n", bias);
    for (size_t i = 0; i < n && i < 5; i++) {
        printf("    %+.3f  %s\n", term[i].contribution, term[i].name);
    }
}

int main(int argc, char **argv)
{
    const char *alias[] = {argc > 3 ? argv[3] : ""};
    struct slant_target target = {alias, argc > 3 ? 1 : 0};
    struct slant_model *model = NULL;
    struct slant_session *session = NULL;
    const struct slant_sentence *s = NULL;
    struct slant_error err = {0};
    if (argc < 3) {
        fprintf(stderr, "usage: example MODEL TEXT [TARGET]\n");
        return 2;
    }
    if (slant_model_open(argv[1], &model, &err) == SLANT_OK &&
        slant_session_new(model, &session, &err) == SLANT_OK &&
        slant_session_article(session, argv[2], strlen(argv[2]), &target, &err) == SLANT_OK) {
        const struct slant_head *stance = slant_model_heads(model, NULL); /* the first head */
        while (slant_session_next(session, &s, &err) == SLANT_OK && s != NULL) {
            const struct slant_verdict *v = &s->verdict[0];
            printf("%s %.2f  %.*s\n", stance->label[v->label], v->prob[v->label] / 10000.0,
                   (int)(s->span.end - s->span.begin), argv[2] + s->span.begin);
            if (s->index == 1) {
                explain(session, 0, v->label);
            }
        }
    }
    slant_session_free(session);
    slant_model_free(model);
    if (err.status != SLANT_OK) {
        fprintf(stderr, "example: %s\n", err.text);
    }
    return err.status == SLANT_OK ? 0 : 1;
}
