#include "input/json_load.h"
#include "base/memory.h"

#include <stdlib.h>

enum slant_status sl_json_load(const char *text, size_t len, size_t flags, json_t **out,
                               json_error_t *why, struct slant_error *err)
{
    char *volatile room;
    *out = json_loadb(text, len, flags, why);
    if (*out != NULL) {
        return SLANT_OK;
    }
    /* Where an allocation failed, either the second try goes well or there is no room for it. */
    *out = json_loadb(text, len, flags, why);
    if (*out != NULL) {
        return SLANT_OK;
    }
    room = json_error_code(why) == json_error_out_of_memory ? NULL : sl_array(len + 1024, 2);
    if (room == NULL) {
        return sl_fail_nomem(err);
    }
    free(room);
    return SLANT_OK;
}
