/* One fit, from a table to a saved model, with the time of each step; and the fit's vectors for
 * liblinear's train.
 *
 * usage: fit MODEL.slant ROWS.tsv [VECTORS]
 * Writes VECTORS.stance and VECTORS.sentiment, and the costs of the labels beside them as options. */
#include "base/file.h"
#include "base/order.h"
#include "train/training.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double seconds(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void check(enum slant_status status, const struct slant_error *err)
{
    if (status != SLANT_OK) {
        fprintf(stderr, "fit: %s\n", err->text);
        exit(1);
    }
}

/* The row's features in the fit, with how often each occurs; n and at have room for all features, and
 * n is zero outside. Returns how many there are. */
static size_t row_features(const struct sl_features *f, const struct sl_fit *fit, size_t r, double *n,
                           uint32_t *at)
{
    size_t k = 0;
    for (size_t i = f->start[r]; i < f->start[r + 1]; i++) {
        uint32_t feature = fit->local[f->count[i].feature];
        if (feature != SL_FEATURE_NONE) {
            at[k++] = feature;
            n[feature] = (double)f->count[i].n;
        }
    }
    for (size_t i = f->spelled_start[r]; i < f->spelled_start[r + 1]; i++) {
        const size_t *gram = f->gram_start + f->spelled[i].feature;
        for (size_t g = gram[0]; g < gram[1]; g++) {
            uint32_t feature = fit->local[f->gram[g]];
            if (feature != SL_FEATURE_NONE) {
                at[k] = feature;
                k += n[feature] == 0;
                n[feature] += (double)f->spelled[i].n;
            }
        }
    }
    qsort(at, k, sizeof *at, sl_by_u32);
    return k;
}

static void write_row(FILE *out, const struct sl_training *t, const struct sl_fit *fit, size_t r,
                      double *n, uint32_t *at)
{
    size_t k = row_features(&t->features, fit, r, n, at);
    double sum[SL_N_BLOCK] = {0};
    for (size_t i = 0; i < k; i++) {
        enum sl_block b = sl_feature_block(&fit->vocabulary, at[i]);
        sum[b] += n[at[i]] * sl_fit_norm_part(fit, b, at[i]);
    }
    for (size_t i = 0; i < k; i++) {
        enum sl_block b = sl_feature_block(&fit->vocabulary, at[i]);
        fprintf(out, " %u:%.9g", at[i] + 1,
                t->settings.scale[b] * n[at[i]] *
                    sl_idf(b, sl_fit_norm_part(fit, b, at[i])) *
                    sl_norm_inverse(b, sum[b], t->features.n_token[r]));
        n[at[i]] = 0;
    }
    fputc('\n', out);
}

static FILE *open_output(const char *prefix, const char *head, const char *suffix)
{
    char path[4096];
    FILE *out;
    (void)snprintf(path, sizeof path, "%s.%s%s", prefix, head, suffix);
    out = fopen(path, "wb");
    if (out == NULL) {
        perror(path);
        exit(1);
    }
    return out;
}

static void write_vectors(const char *prefix, const struct sl_training *t, const struct sl_fit *fit)
{
    double *n = calloc(sl_n_feature(&fit->vocabulary), sizeof *n);
    uint32_t *at = calloc(sl_n_feature(&fit->vocabulary), sizeof *at);
    if (n == NULL || at == NULL) {
        exit(1);
    }
    for (size_t h = 0; h < SL_N_HEAD; h++) {
        FILE *out;
        if (t->rows.n_label[h] == 0) {
            continue;
        }
        out = open_output(prefix, sl_head_name[h], "");
        for (size_t r = 0; r < t->rows.n; r++) {
            if (t->rows.row[r].label[h] != SL_LABEL_NONE) {
                fprintf(out, "%u", t->rows.row[r].label[h] + 1);
                write_row(out, t, fit, r, n, at);
            }
        }
        (void)fclose(out);
        out = open_output(prefix, sl_head_name[h], ".options");
        /* liblinear weighs by class alone; slant weighs both sides of each machine */
        fprintf(out, "-s 1 -B 1 -e 0.01 -c %.9g\n", t->settings.cost);
        (void)fclose(out);
    }
    free(n);
    free(at);
}

int main(int argc, char **argv)
{
    struct sl_training t;
    struct sl_fit fit;
    struct sl_calibration calibration[SLANT_MAX_HEAD];
    struct slant_train_options opt = {.size = sizeof opt, .seed = 1, .n_fold = 2};
    const char *settings[] = {"rows.bigram=1", "rows.trigram=1", "rows.listed=1"};
    const char *path[1];
    struct slant_input in = {.size = sizeof in, .n_path = 1, .n_thread = 1};
    struct slant_error err = {0};
    struct slant_model *model;
    struct sl_buf file = {0};
    bool *rows;
    double at[5];
    if (argc < 3) {
        fputs("usage: fit MODEL.slant ROWS.tsv [VECTORS]\n", stderr);
        return 2;
    }
    path[0] = argv[2];
    in.path = path;
    opt.setting = settings;
    opt.n_setting = 3;
    at[0] = seconds();
    check(sl_training_prepare(&t, &in, &opt, &err), &err);
    at[1] = seconds();
    rows = malloc(t.rows.n);
    if (rows == NULL) {
        return 1;
    }
    memset(rows, 1, t.rows.n);
    check(sl_fit(&t.rows, &t.features, &t.heads, rows, &t.settings, &fit, &err), &err);
    at[2] = seconds();
    if (argc > 3) {
        write_vectors(argv[3], &t, &fit);
        at[0] += seconds() - at[2];
        at[1] += seconds() - at[2];
        at[2] = seconds();
    }
    for (size_t i = 0; i < SLANT_MAX_HEAD; i++) {
        memset(&calibration[i], 0, sizeof calibration[i]);
        calibration[i].slope = 1;
    }
    check(sl_fit_complete(&fit, &t.material, &t.features.all, &t.settings, &err), &err);
    check(sl_training_model(&t, &fit, calibration, NULL, "bench", "{}", &model, &err), &err);
    sl_model_write(model, &file);
    at[3] = seconds();
    check(file.failed ? SLANT_ERR_NOMEM : sl_file_replace(argv[1], file.p, file.len, &err), &err);
    at[4] = seconds();
    printf("rows and features %.3f  fit %.3f  model %.3f  save %.3f  all %.3f\n", at[1] - at[0],
           at[2] - at[1], at[3] - at[2], at[4] - at[3], at[4] - at[0]);
    slant_model_free(model);
    sl_fit_free(&fit);
    sl_training_free(&t);
    sl_buf_free(&file);
    free(rows);
    return 0;
}
