/* SPDX-License-Identifier: MIT */
/* What was run, out of the command that mprof notes. */
#include "flame_words.h"
#include "timeline_chart.h"
#include "number.h"

/* The first word of a command; *rest is what stands behind it. */
static pv_str take_word(pv_str *rest)
{
    size_t end;
    pv_str word;

    while (rest->n && rest->p[0] == ' ')
        *rest = pv_str_slice(*rest, 1, rest->n);
    end = pv_str_find(*rest, ' ');
    word = pv_str_slice(*rest, 0, end);
    *rest = pv_str_slice(*rest, word.n, rest->n);
    return word;
}

/* "['python3', '-c', 'x']", as Python prints a list, is "python3 -c x". */
static pv_str without_list(pv_str s, pv_arena *a)
{
    const pv_str between = PV_STR("', '");
    char *out;
    size_t n = 0;

    if (!pv_str_starts(s, PV_STR("['")) || !pv_str_ends(s, PV_STR("']")) ||
        s.n < 4)
        return s;
    s = pv_str_slice(s, 2, s.n - 2);
    out = PV_NEW_N(a, char, s.n + 1);
    for (size_t i = 0; out && i < s.n; i++) {
        bool gap = pv_str_starts(pv_str_slice(s, i, s.n), between);

        out[n++] = gap ? ' ' : s.p[i];
        i += gap ? between.n - 1 : 0;
    }
    return (pv_str){out ? out : "", n};
}

/* A path may hold blanks: then it goes on to the word that ends in .py. */
static pv_str script(pv_str word, pv_str rest)
{
    const char *end;

    if (pv_str_find(word, '/') == SIZE_MAX || pv_str_ends(word, PV_STR(".py")))
        return pv_base_name(word);
    while (rest.n) {
        pv_str more = take_word(&rest);

        if (more.n == 0 || more.p[0] == '-')
            break;
        end = more.p + more.n;
        if (pv_str_ends(more, PV_STR(".py")))
            return pv_base_name((pv_str){word.p, (size_t)(end - word.p)});
    }
    return pv_base_name(word);
}

/* `python -m memory_profiler -o FILE app.py` ran app.py. */
static pv_str module(pv_str rest)
{
    pv_str name = take_word(&rest);

    if (!pv_str_equal(name, PV_STR("memory_profiler")))
        return name;
    while (rest.n) {
        pv_str word = take_word(&rest);

        if (pv_str_ends(word, PV_STR(".py")))
            return pv_base_name(word);
    }
    return name;
}

static bool is_option(pv_str word, const char *one, const char *other)
{
    return pv_str_equal(word, pv_str_of(one)) ||
           pv_str_equal(word, pv_str_of(other));
}

/* What stands behind "python". */
static pv_str of_python(pv_str program, pv_str rest)
{
    while (rest.n) {
        pv_str word = take_word(&rest);

        if (is_option(word, "-W", "-X"))
            (void)take_word(&rest);
        else if (is_option(word, "-m", "-m"))
            return module(rest);
        else if (is_option(word, "-c", "-"))
            break;
        else if (word.n && word.p[0] != '-')
            return script(word, rest);
    }
    return program;
}

pv_str pv_chart_program(pv_str command, pv_arena *a)
{
    pv_str rest = without_list(command, a), all = rest;
    pv_str word = take_word(&rest), found;

    if (pv_is_digits(word) && rest.n == 0)
        return pv_arena_join(a, PV_STR("process "), word);
    if (!word.n || word.p[0] == '[')
        return command;
    word = pv_base_name(word);
    if (!pv_str_starts(word, PV_STR("python")))
        return word;
    found = of_python(word, rest);
    /* no script: the code that it was given */
    return found.p == word.p
               ? (pv_str){word.p, (size_t)(all.p + all.n - word.p)}
               : found;
}
