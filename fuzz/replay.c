/* SPDX-License-Identifier: MIT */
/* A plain main() for a fuzz target: runs it over files and folders.
 *
 * So a corpus and the inputs that once crashed are ordinary tests, with any
 * compiler and without libFuzzer.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "fuzz_kit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int run_file(const char *path)
{
    size_t n;
    uint8_t *data = fuzz_slurp(path, &n);

    if (!data)
        return 0; /* a folder in a folder, or gone */
    LLVMFuzzerTestOneInput(data, n);
    free(data);
    return 1;
}

static int run_folder(const char *path)
{
    DIR *d = opendir(path);
    struct dirent *e;
    char file[4096];
    int done = 0;

    if (!d)
        return run_file(path);
    while ((e = readdir(d)))
        if (e->d_name[0] != '.' &&
            snprintf(file, sizeof file, "%s/%s", path, e->d_name) > 0)
            done += run_file(file);
    closedir(d);
    return done;
}

int main(int argc, char **argv)
{
    int done = 0;

    for (int i = 1; i < argc; i++)
        done += run_folder(argv[i]);
    printf("%d inputs\n", done);
    return done > 0 ? 0 : 1;
}
