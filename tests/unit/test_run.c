/* SPDX-License-Identifier: MIT */
/* Whole commands with too little memory: status 4 and no output, or done. */
#include "testing.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "command.h"
#include "mem.h"

enum { WORDS = 12 };

typedef struct place {
    char dir[64], in[96], out[96];
} place;

static int run(char **words)
{
    pv_arena arena;
    pv_cli cli = {.argv = words, .arena = &arena};
    pv_error err = {0};
    pv_command c;
    int status;

    while (words[cli.argc])
        cli.argc++;
    pv_arena_init(&arena, 0);
    if (pv_command_find(pv_str_of(words[1]), &c, &err))
        status = c.run(&cli, &c, cli.argc - 1, words + 1);
    else
        status = pv_cli_fail(&cli, &err);
    pv_arena_done(&arena);
    return status;
}

static void set_up(place *p)
{
    static const char stacks[] = "main;load (a.py:3);parse 3\nmain;run 5\n"
                                 "main;run;\xff\x1b 2\nno count\n";
    FILE *f;

    snprintf(p->dir, sizeof p->dir, "/tmp/profviz-test-XXXXXX");
    assert_non_null(mkdtemp(p->dir));
    snprintf(p->in, sizeof p->in, "%s/in.folded", p->dir);
    snprintf(p->out, sizeof p->out, "%s/out", p->dir);
    f = fopen(p->in, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(stacks, 1, sizeof stacks - 1, f),
                     sizeof stacks - 1);
    assert_int_equal(fclose(f), 0);
}

static void tear_down(const place *p)
{
    unlink(p->in);
    unlink(p->out);
    assert_int_equal(rmdir(p->dir), 0); /* so nothing else is in it */
}

/* Words apart by blanks; IN and OUT stand for the two files. */
static void split(const char *line, place *p, char *text, char **words)
{
    size_t n = 1;

    words[0] = text;
    strcpy(text, "profviz");
    text += 8;
    strcpy(text, line);
    for (char *w = strtok(text, " "); w; w = strtok(NULL, " "))
        words[n++] = strcmp(w, "IN") == 0    ? p->in
                     : strcmp(w, "OUT") == 0 ? p->out
                                             : w;
    words[n] = NULL;
}

static bool quiet_stderr(int *kept)
{
    int null = open("/dev/null", O_WRONLY);

    *kept = dup(STDERR_FILENO);
    return null >= 0 && dup2(null, STDERR_FILENO) >= 0 && close(null) == 0;
}

static void run_until_it_works(const char *line)
{
    char text[400], *words[WORDS];
    place p;
    int status = -1, kept;

    set_up(&p);
    assert_true(quiet_stderr(&kept));
    for (int64_t n = 0; status != 0; n++) {
        split(line, &p, text, words);
        pv_mem_fail_after(n);
        status = run(words);
        pv_mem_fail_after(-1);
        if (status != 4 && status != 0)
            break;
        if (status == 4 && access(p.out, F_OK) == 0)
            status = -2;
    }
    dup2(kept, STDERR_FILENO);
    close(kept);
    if (status == 0)
        assert_int_equal(access(p.out, F_OK), 0);
    tear_down(&p);
    if (status != 0)
        fail_msg("'%s': status %d", line, status);
}

static void run__no_memory(void **state)
{
    static const char *const lines[] = {
        "top IN -f csv -o OUT",
        "top IN -f txt -o OUT --focus run --by file",
        "tree IN -o OUT --metric samples",
        "info IN IN -f json -o OUT",
        "convert IN IN -f folded -o OUT",
        "flame IN -f svgz -o OUT --stamp",
        "flame IN -f html -o OUT --ignore parse",
        "flame IN -f svg -o OUT --classic",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++)
        run_until_it_works(lines[i]);
}

static void run__wrong_usage_leaves_nothing(void **state)
{
    static const char *const lines[] = {
        "top IN -o OUT --limits x", "top IN -o OUT --metric x",
        "top IN -o OUT -f svg",     "flame IN -o OUT --focus (",
        "top IN -o OUT --theme x",
    };
    char text[400], *words[WORDS];
    place p;
    int kept, status;

    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++) {
        set_up(&p);
        split(lines[i], &p, text, words);
        assert_true(quiet_stderr(&kept));
        status = run(words);
        dup2(kept, STDERR_FILENO);
        close(kept);
        assert_int_equal(status, 2);
        assert_int_not_equal(access(p.out, F_OK), 0);
        tear_down(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(run__no_memory),
        cmocka_unit_test(run__wrong_usage_leaves_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
