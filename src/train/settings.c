#include "train/settings.h"
#include "base/buf.h"
#include "train/solver.h"

#include <math.h>
#include <string.h>

static const char *const kind_name[SL_N_KIND] = {"word", "bigram", "trigram", "char", "listed"};

static const double block_scale[SL_N_BLOCK] = {1, 1, 0.5, 0.5, 1,   1,   1,  1,
                                               1, 1, 1,   0.5, 0.5, 0.5, 0.5};

struct sl_settings sl_settings_default(enum slant_solver solver, const struct sl_rows *rows)
{
    struct sl_settings s = {.solver = solver,
                            .balanced = true,
                            .weight_power = 1,
                            .seed = 1,
                            .min_df = {1, 2, 2, 2, 2}};
    if (solver == SLANT_SOLVER_AUTO) {
        s.solver = rows->n <= SL_LIBSVM_AUTO_ROW && !rows->weighted ? SLANT_SOLVER_LIBSVM
                                                                    : SLANT_SOLVER_DUAL;
    }
    memcpy(s.scale, block_scale, sizeof s.scale);
    s.cost = s.solver == SLANT_SOLVER_LIBSVM ? 0.2 : 0.05;
    s.ratio = s.solver == SLANT_SOLVER_LIBSVM ? 0 : 0.5;
    return s;
}

static bool starts_with(const char *text, size_t len, const char *prefix, const char *name)
{
    size_t a = strlen(prefix);
    return len == a + strlen(name) && memcmp(text, prefix, a) == 0 &&
           memcmp(text + a, name, len - a) == 0;
}

enum slant_status sl_settings_set(struct sl_settings *s, const char *text, struct slant_error *err)
{
    const char *equals = strchr(text, '=');
    size_t len = equals == NULL ? 0 : (size_t)(equals - text);
    double value;
    if (equals == NULL || !sl_parse_double(equals + 1, strlen(equals + 1), &value) ||
        !(value >= 0 && value <= 1e6)) {
        return sl_fail(err, SLANT_ERR_ARG, 0,
                       "setting \"%.60s\": expected NAME=NUMBER, such as scale.char=0.7", text);
    }
    if (starts_with(text, len, "cost", "") && value > 0) {
        s->cost = value;
        return SLANT_OK;
    }
    if (starts_with(text, len, "balanced", "") && (value == 0 || value == 1)) {
        s->balanced = value == 1;
        return SLANT_OK;
    }
    if (starts_with(text, len, "weight.power", "") && value <= 10) {
        s->weight_power = value;
        return SLANT_OK;
    }
    if (starts_with(text, len, "ratio", "") && value <= 1) {
        s->ratio = value;
        return SLANT_OK;
    }
    for (int b = 0; b < SL_N_BLOCK; b++) {
        if (starts_with(text, len, "scale.", sl_block_name[b]) && value <= 1000) {
            s->scale[b] = value;
            return SLANT_OK;
        }
    }
    if (starts_with(text, len, "place", "") && (value == 0 || value == 1)) {
        for (int b = SL_BLOCK_NEAR; b < SL_N_BLOCK; b++) {
            if (b != SL_BLOCK_POLARITY && b != SL_BLOCK_VECTOR) {
                s->scale[b] = value * block_scale[b];
            }
        }
        return SLANT_OK;
    }
    for (int k = 0; k < SL_N_KIND; k++) {
        if (starts_with(text, len, "rows.", kind_name[k]) && value >= 1 && value == floor(value)) {
            s->min_df[k] = (uint32_t)value;
            return SLANT_OK;
        }
    }
    return sl_fail(err, SLANT_ERR_ARG, 0,
                   "setting \"%.60s\": unknown, or out of range; slant-train(1) lists the names",
                   text);
}

enum slant_status sl_settings_check(const struct sl_settings *s, struct slant_error *err)
{
    const uint32_t *m = s->min_df;
    if (m[SL_KIND_WORD] > m[SL_KIND_BIGRAM] || m[SL_KIND_BIGRAM] > m[SL_KIND_TRIGRAM] ||
        m[SL_KIND_BIGRAM] > m[SL_KIND_LISTED]) {
        return sl_fail(err, SLANT_ERR_ARG, 0,
                       "rows.word may not be above rows.bigram, nor rows.bigram above rows.trigram "
                       "or rows.listed");
    }
    if (s->ratio > 0 && s->solver == SLANT_SOLVER_LIBSVM) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "ratio goes with the dual solver alone");
    }
    return SLANT_OK;
}

void sl_settings_json(struct sl_json *j, const struct sl_settings *s)
{
    sl_json_key(j, "solver");
    sl_json_text(j, s->solver == SLANT_SOLVER_LIBSVM ? "libsvm" : "dual");
    sl_json_key(j, "seed");
    sl_json_uint(j, s->seed);
    sl_json_key(j, "cost");
    sl_json_double(j, s->cost);
    sl_json_key(j, "balanced");
    sl_json_bool(j, s->balanced);
    sl_json_key(j, "weight.power");
    sl_json_double(j, s->weight_power);
    if (s->ratio > 0) { /* as in models from before it */
        sl_json_key(j, "ratio");
        sl_json_double(j, s->ratio);
    }
    sl_json_key(j, "scale");
    sl_json_open(j, '{');
    for (int b = 0; b < SL_N_BLOCK; b++) {
        sl_json_key(j, sl_block_name[b]);
        sl_json_double(j, s->scale[b]);
    }
    sl_json_close(j, '}');
    sl_json_key(j, "rows");
    sl_json_open(j, '{');
    for (int k = 0; k < SL_N_KIND; k++) {
        sl_json_key(j, kind_name[k]);
        sl_json_uint(j, s->min_df[k]);
    }
    sl_json_close(j, '}');
}
