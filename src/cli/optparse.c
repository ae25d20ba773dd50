/* SPDX-License-Identifier: MIT */
/* The command line parser: argv against a set of option tables. */
#include "optset.h"

#include "number.h"

/* One option as it was typed: "--depth" or "-n", and its value if any. */
typedef struct typed {
    const pv_optref *row;
    pv_str shown; /* with its dashes, for messages */
    pv_str value;
} typed;

static size_t write_bound(char *out, const pv_opt *o, int64_t v)
{
    return o->kind == PV_OPT_DECIMAL ? pv_write_decimal(out, v, 3)
                                     : pv_write_i64(out, v);
}

static bool unbounded(const pv_opt *o)
{
    return o->min == 0 && o->max == 0;
}

static bool fail_number(const typed *t, pv_error *err)
{
    const pv_opt *o = t->row->opt;
    const char *what = o->kind == PV_OPT_INT ? "a whole number" : "a number";
    char low[PV_NUMBER_MAX], high[PV_NUMBER_MAX];
    int l = (int)write_bound(low, o, o->min);
    int h = (int)write_bound(high, o, o->max);

    if (unbounded(o))
        return pv_fail(err, PV_E_USAGE, NULL, "%s wants %s, not '%s'",
                       PV_QUOTE(t->shown), what, PV_QUOTE(t->value));
    if (o->max == INT64_MAX)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "%s wants %s of at least %.*s, not '%s'",
                       PV_QUOTE(t->shown), what, l, low, PV_QUOTE(t->value));
    return pv_fail(
        err, PV_E_USAGE, NULL, "%s wants %s from %.*s to %.*s, not '%s'",
        PV_QUOTE(t->shown), what, l, low, h, high, PV_QUOTE(t->value));
}

static bool take_number(const typed *t, char *to, pv_error *err)
{
    const pv_opt *o = t->row->opt;
    pv_str text = t->value;
    int64_t v;
    bool ok;

    if (o->arg && strchr(o->arg, '%') && pv_str_ends(text, PV_STR("%")))
        text.n--;
    ok = o->kind == PV_OPT_INT ? pv_parse_i64(text, &v)
                               : pv_parse_scaled(text, 3, &v);
    if (!ok || (!unbounded(o) && (v < o->min || v > o->max)))
        return fail_number(t, err);
    memcpy(to, &v, sizeof v);
    return true;
}

static bool fail_choice(const typed *t, pv_error *err)
{
    const char *const *choices = t->row->opt->choices;
    char list[200] = "";
    size_t n = 0;

    for (size_t i = 0; choices[i]; i++) {
        size_t len = strlen(choices[i]);

        if (n + len + 3 > sizeof list)
            break;
        if (i)
            list[n++] = ',', list[n++] = ' ';
        memcpy(list + n, choices[i], len + 1);
        n += len;
    }
    return pv_fail(err, PV_E_USAGE, NULL, "%s wants one of %s; not '%s'",
                   PV_QUOTE(t->shown), list, PV_QUOTE(t->value));
}

static bool take_choice(const typed *t, char *to, pv_error *err)
{
    const char *const *choices = t->row->opt->choices;

    for (int i = 0; choices[i]; i++)
        if (pv_str_equal(pv_str_of(choices[i]), t->value)) {
            memcpy(to, &i, sizeof i);
            return true;
        }
    return fail_choice(t, err);
}

/* Lists grow by doubling at each power of two; the arena keeps the old. */
static bool take_item(const typed *t, char *to, pv_arena *a, pv_error *err)
{
    pv_opt_list list;
    pv_str *at;

    memcpy(&list, to, sizeof list);
    if ((list.len & (list.len - 1)) == 0) {
        at = PV_NEW_N(a, pv_str, list.len ? list.len * 2 : 1);
        if (!at)
            return pv_fail_nomem(err);
        if (list.len)
            memcpy(at, list.at, list.len * sizeof *at);
        list.at = at;
    }
    ((pv_str *)(uintptr_t)list.at)[list.len++] = t->value;
    memcpy(to, &list, sizeof list);
    return true;
}

static bool take_value(const pv_optset *s, const typed *t, pv_error *err)
{
    const pv_opt *o = t->row->opt;
    char *to = t->row->base + o->offset;

    if (o->given)
        *(bool *)(t->row->base + o->given) = true;
    switch (o->kind) {
    case PV_OPT_FLAG: *(bool *)to = true; return true;
    case PV_OPT_INT:
    case PV_OPT_DECIMAL: return take_number(t, to, err);
    case PV_OPT_CHOICE: return take_choice(t, to, err);
    case PV_OPT_TEXT: memcpy(to, &t->value, sizeof t->value); return true;
    case PV_OPT_LIST:
    case PV_OPT_FILES: return take_item(t, to, s->arena, err);
    }
    return pv_fail(err, PV_E_BUG, NULL, "option of an unknown kind");
}

/* argv as it is walked through. */
typedef struct walk {
    char **argv;
    int argc, next;
} walk;

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1];
}

static bool need_value(walk *w, typed *t, pv_error *err)
{
    const char *arg = t->row->opt->arg;
    bool files = t->row->opt->kind == PV_OPT_FILES;

    if (w->next == w->argc || (files && is_option(w->argv[w->next])))
        return pv_fail(err, PV_E_USAGE, NULL, "%s wants a value (%s)",
                       PV_QUOTE(t->shown), arg ? arg : "one of its words");
    t->value = pv_str_of(w->argv[w->next++]);
    return true;
}

static bool fail_unknown(pv_str shown, pv_args *args, pv_error *err)
{
    args->unknown = shown;
    return pv_fail(err, PV_E_USAGE, NULL, "no option %s", PV_QUOTE(shown));
}

/* The value, and of files those that follow it. */
static bool take_values(const pv_optset *s, walk *w, typed *t, pv_error *err)
{
    bool ok = take_value(s, t, err);

    while (ok && t->row->opt->kind == PV_OPT_FILES && w->next < w->argc &&
           !is_option(w->argv[w->next])) {
        t->value = pv_str_of(w->argv[w->next++]);
        ok = take_value(s, t, err);
    }
    return ok;
}

static bool take_long(const pv_optset *s, walk *w, pv_str word, pv_args *args,
                      pv_error *err)
{
    size_t eq = pv_str_find(word, '=');
    typed t = {.shown = pv_str_slice(word, 0, eq)};

    t.row = pv_optset_find(s, pv_str_slice(t.shown, 2, SIZE_MAX));
    if (!t.row)
        return fail_unknown(t.shown, args, err);
    if (eq != SIZE_MAX && t.row->opt->kind == PV_OPT_FLAG)
        return pv_fail(err, PV_E_USAGE, NULL, "%s takes no value",
                       PV_QUOTE(t.shown));
    if (eq != SIZE_MAX)
        t.value = pv_str_slice(word, eq + 1, word.n);
    else if (t.row->opt->kind != PV_OPT_FLAG && !need_value(w, &t, err))
        return false;
    return take_values(s, w, &t, err);
}

/* "-qv", "-oPATH", "-o PATH": letters up to the first that takes a value. */
static bool take_letters(const pv_optset *s, walk *w, pv_str word,
                         pv_args *args, pv_error *err)
{
    for (size_t i = 1; i < word.n; i++) {
        char dashed[2] = {'-', word.p[i]};
        typed t = {.shown = {dashed, 2}};

        t.row = pv_optset_letter(s, word.p[i]);
        if (!t.row) {
            pv_str kept = pv_arena_copy(s->arena, t.shown);
            return fail_unknown(i == 1 && word.n > 2 ? word : kept, args, err);
        }
        if (t.row->opt->kind == PV_OPT_FLAG) {
            if (!take_value(s, &t, err))
                return false;
            continue;
        }
        t.value = pv_str_slice(word, i + 1, word.n);
        return (t.value.n || need_value(w, &t, err)) &&
               take_values(s, w, &t, err);
    }
    return true;
}

bool pv_optset_parse(const pv_optset *s, int argc, char **argv, pv_args *args,
                     pv_error *err)
{
    walk w = {argv, argc, 0};
    bool only_args = false;

    *args = (pv_args){.at = PV_NEW_N(s->arena, char *, (size_t)argc + 1)};
    if (s->arena->failed)
        return pv_fail_nomem(err);
    while (w.next < argc) {
        char *text = argv[w.next++];
        pv_str word = pv_str_of(text);
        bool ok = true;

        if (only_args || word.n < 2 || word.p[0] != '-')
            args->at[args->len++] = text;
        else if (word.p[1] != '-')
            ok = take_letters(s, &w, word, args, err);
        else if (word.n == 2)
            only_args = true;
        else
            ok = take_long(s, &w, word, args, err);
        if (!ok)
            return false;
    }
    return true;
}
