/* SPDX-License-Identifier: MIT */
/* Code objects in marshal.
 *
 * Nothing in the stream says which Python wrote it, so the outermost code
 * object is read under each layout in turn; every field's type is checked, and
 * position and tables are rolled back when one does not fit.  Code objects
 * inside it follow the same layout.
 */
#include "marshal_code.h"

/* What an object of a field may be: b bytes, t tuple, s string; L is a raw
 * int32 (the first line). */
static const struct {
    int ints; /* raw int32 in front */
    const char *fields;
    int file, name;
} layouts[] = {
    {5, "btttbsssLbb", 5, 6}, /* 3.11 and later */
    {6, "btttttssLb", 6, 7},  /* 3.8 to 3.10 */
    {5, "btttttssLb", 6, 7},  /* 3.0 to 3.7 */
    {4, "btttttssLb", 6, 7},  /* 2.x */
};
enum { LAYOUTS = sizeof layouts / sizeof layouts[0] };

static bool read_ints(machine *m)
{
    int32_t ignored;

    for (int i = 0; i < layouts[m->layout].ints; i++)
        if (!pv_marshal_i32(m, "a code object", &ignored))
            return false;
    return true;
}

static void begin_trial(machine *m)
{
    trial *t = &m->trial;

    t->on = true;
    t->tried = 1;
    t->pos = m->c->pos;
    t->refs = m->refs.len;
    t->strings = m->strings.len;
    t->stack = m->stack.len;
    t->open = m->open.len;
    t->pool = m->d->pool.len;
    t->strs = m->d->strs.len;
    t->real = m->c->src;
    t->src = *m->c->src;
    t->err = (pv_error){0};
    t->furthest = (pv_error){0};
    t->src.err = &t->err;
    m->c->src = &t->src;
}

bool pv_marshal_code_open(machine *m)
{
    if (!m->trial.on)
        begin_trial(m);
    return read_ints(m);
}

bool pv_marshal_code_field(machine *m, unfinished *f)
{
    const char *fields = layouts[m->layout].fields;
    pv_py v = m->stack.at[m->stack.len - 1];
    bool text = pv_py_is(v, PV_PY_BYTES) || pv_py_is(v, PV_PY_STR);

    if (fields[f->field] == 't' ? !pv_py_is(v, PV_PY_TUPLE) : !text)
        return pv_source_fail_at(m->c->src, PV_E_FORMAT, f->offset,
                                 "code object: %s as field %d",
                                 pv_py_kind_name(v), f->field + 1);
    f->field++;
    if (fields[f->field] != 'L')
        return true;
    f->field++;
    return pv_marshal_i32(m, "a code object", &f->line);
}

bool pv_marshal_code_complete(const machine *m, const unfinished *f)
{
    return layouts[m->layout].fields[f->field] == '\0';
}

pv_py pv_marshal_code_value(machine *m, const unfinished *f)
{
    const pv_py *at = m->stack.at + f->base;
    pv_py items[3] = {at[layouts[m->layout].name], at[layouts[m->layout].file],
                      pv_py_int(m->d, f->line)};

    return pv_py_tuple(m->d, PV_PY_CODE, items, 3, f->offset);
}

static void end_trial(machine *m)
{
    m->c->src = m->trial.real;
    m->trial.on = false;
}

void pv_marshal_code_done(machine *m)
{
    if (m->trial.on && m->open.len == m->trial.open)
        end_trial(m);
}

static void roll_back(machine *m)
{
    trial *t = &m->trial;
    unfinished *f;

    m->c->pos = t->pos;
    m->refs.len = t->refs;
    m->strings.len = t->strings;
    m->stack.len = t->stack;
    m->open.len = t->open;
    m->d->pool.len = t->pool;
    m->d->strs.len = t->strs;
    f = &m->open.at[m->open.len - 1];
    f->field = 0;
    f->line = 0;
    t->err = (pv_error){0};
}

bool pv_marshal_code_retry(machine *m)
{
    trial *t = &m->trial;

    if (!t->on)
        return false;
    if (t->furthest.code == PV_OK || t->err.at.offset > t->furthest.at.offset)
        t->furthest = t->err;
    while (t->err.code == PV_E_FORMAT && t->tried < LAYOUTS) {
        t->tried++;
        m->layout = (m->layout + 1) % LAYOUTS;
        roll_back(m);
        if (read_ints(m))
            return true;
    }
    if (t->err.code == PV_E_FORMAT)
        t->err = t->furthest;
    end_trial(m);
    if (m->c->src->err && m->c->src->err->code == PV_OK)
        *m->c->src->err = t->err;
    return false;
}

void pv_marshal_code_end(machine *m)
{
    if (m->trial.on)
        end_trial(m);
}
