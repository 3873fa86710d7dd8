/* One fit, from a table to a saved model, with the time of each step; and the fit's vectors for
 * liblinear's train.
 *
 * usage: fit MODEL.slant ROWS.tsv [VECTORS]
 * Writes VECTORS.stance and VECTORS.sentiment, and the costs of the labels beside them as options. */
#include "base/file.h"
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

static void write_vectors(const char *prefix, const struct sl_training *t, const struct sl_fit *fit)
{
    const struct sl_features *f = &t->features;
    for (size_t h = 0; h < SL_N_HEAD; h++) {
        size_t n[SLANT_MAX_LABEL] = {0};
        char path[4096];
        FILE *out;
        size_t total = 0;
        if (t->rows.n_label[h] == 0) {
            continue;
        }
        (void)snprintf(path, sizeof path, "%s.%s", prefix, sl_head_name[h]);
        out = fopen(path, "wb");
        if (out == NULL) {
            perror(path);
            exit(1);
        }
        for (size_t r = 0; r < f->n_row; r++) {
            double sum[SL_N_BLOCK] = {0};
            uint32_t label = t->rows.row[r].label[h];
            if (label == SL_LABEL_NONE) {
                continue;
            }
            n[label]++;
            total++;
            fprintf(out, "%u", label + 1);
            for (int write = 0; write < 2; write++) {
                for (size_t i = f->start[r]; i < f->start[r + 1]; i++) {
                    uint32_t feature = fit->local[f->count[i].feature];
                    enum sl_block b;
                    if (feature == SL_FEATURE_NONE) {
                        continue;
                    }
                    b = sl_feature_block(&fit->vocabulary, feature);
                    if (write == 0) {
                        sum[b] += (double)f->count[i].n *
                                  sl_bfloat_value(fit->norm_part[feature]);
                    } else {
                        fprintf(out, " %u:%.9g", feature + 1,
                                t->settings.scale[b] * (double)f->count[i].n *
                                    sl_idf(b, sl_bfloat_value(fit->norm_part[feature])) *
                                    sl_norm_inverse(b, sum[b], f->n_token[r]));
                    }
                }
            }
            fputc('\n', out);
        }
        (void)fclose(out);
        (void)snprintf(path, sizeof path, "%s.%s.options", prefix, sl_head_name[h]);
        out = fopen(path, "wb");
        if (out == NULL) {
            perror(path);
            exit(1);
        }
        /* liblinear weighs by class alone; slant weighs both sides of each machine */
        fprintf(out, "-s 1 -B 1 -e 0.01 -c %.9g", t->settings.cost);
        (void)total;
        fputc('\n', out);
        (void)fclose(out);
    }
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
