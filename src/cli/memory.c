/* jansson does not look whether its buffer for a string could grow: a string then loses its end, and
 * nothing tells. So the command, whose process it is, ends where jansson gets no memory. */
#include "cli/cli.h"

#include <jansson.h>
#include <stdlib.h>

static void *get(size_t size)
{
    void *p = malloc(size > 0 ? size : 1);
    if (p == NULL) {
        cli_say(NULL, "out of memory");
        cli_abandon(CLI_FAILED);
    }
    return p;
}

void cli_memory_begin(void)
{
    json_set_alloc_funcs(get, free);
}
