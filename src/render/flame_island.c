/* SPDX-License-Identifier: MIT */
/* The data island of a flame graph: every frame in a few bytes.
 *
 * Functions are numbered as they come in preorder; what several of them share,
 * files and packages, stands once.  Frames are a few digits each, gathered in a
 * small buffer, so that a million of them cost no memory.
 */
#include "flame_island.h"

#include "flame_change.h"
#include "flame_island_words.h"
#include "flame_isle.h"
#include "flame_order.h"
#include "label.h"
#include "number.h"
#include "symtab.h"

#define NOT_SEEN UINT32_MAX

/* What functions of one file share: it is looked up once for the last files. */
enum { KNOWN_FILES = 128 };
typedef struct known_file {
    uint32_t file; /* symbol; 0: none yet */
    uint32_t number, package_number;
    pv_str package;
} known_file;

typedef struct island {
    pv_picture *p;
    const pv_stacks *s;
    pv_isle out;
    uint32_t *number; /* of each function, or NOT_SEEN */
    uint32_t *line;   /* that all frames of a function share, or 0 */
    uint32_t *order;  /* functions as numbered */
    uint32_t functions;
    pv_symtab *shared; /* files and packages, numbered as they come */
    known_file *known;
    uint32_t *frames; /* in the order of the picture; NULL: as they stand */
    pv_buf text;
} island;

/* ---- frames, in the order of the picture ---- */

static uint32_t frame_at(const island *o, uint32_t i)
{
    return o->frames ? o->frames[i] : i;
}

/* ---- functions ---- */

static bool number_functions(island *o)
{
    const pv_profile *p = o->s->p;
    uint32_t n = p->functions.len;
    pv_arena *a = &o->p->arena;

    o->number = PV_NEW_N(a, uint32_t, n);
    o->order = PV_NEW_N(a, uint32_t, n);
    o->line = PV_NEW_N(a, uint32_t, n);
    o->shared = pv_symtab_new(a);
    o->known = PV_NEW_N(a, known_file, KNOWN_FILES);
    if (!o->number || !o->order || !o->line || !o->shared || !o->known)
        return pv_fail_nomem(o->p->err);
    for (uint32_t i = 0; i < n; i++)
        o->number[i] = NOT_SEEN;
    for (uint32_t i = 0; i < p->frames.len; i++) {
        const pv_frame *f = &p->frames.at[frame_at(o, i)];
        uint32_t fn = f->fn.i;
        uint32_t line = f->line ? f->line : p->functions.at[fn].line;

        if (o->number[fn] == NOT_SEEN) {
            o->order[o->functions] = fn;
            o->line[fn] = line;
            o->number[fn] = o->functions++;
        } else if (o->line[fn] != line) {
            o->line[fn] = 0;
        }
    }
    return true;
}

/* With the mark of its origin, which is never shown, for those who read the
 * picture again. */
static void put_name(island *o, uint32_t fn)
{
    pv_str name = pv_profile_text(o->s->p, o->s->p->functions.at[fn].name);

    pv_buf_clear(&o->text);
    if (fn == 0)
        pv_buf_puts(&o->text, "all");
    else if (name.n)
        pv_buf_str(&o->text, name);
    else
        pv_label_function(&o->text, o->s->p, (pv_fn){fn});
    pv_isle_string(&o->out, pv_buf_text(&o->text));
}

/* The number of the file, or of the word that stands for one. */
static uint32_t file_of(island *o, uint32_t fn)
{
    pv_buf_clear(&o->text);
    pv_label_place(&o->text, o->s->p, (pv_fn){fn}, 0);
    return pv_symtab_add(o->shared, pv_buf_text(&o->text)).i;
}

static known_file look_up(island *o, uint32_t fn)
{
    pv_str package = o->s->whence[fn].package;
    uint32_t file = o->s->p->functions.at[fn].file.i;

    return (known_file){file, file_of(o, fn),
                        pv_symtab_add(o->shared, package).i, package};
}

/* Functions of one file differ in their packages where their origins do. */
static known_file known(island *o, uint32_t fn)
{
    pv_str package = o->s->whence[fn].package;
    uint32_t file = o->s->p->functions.at[fn].file.i;
    known_file *k = &o->known[file % KNOWN_FILES];

    if (k->file != file || k->package.p != package.p)
        *k = look_up(o, fn);
    return *k;
}

/* File, line, package, origin: zeros at the end are left out. */
static void put_whence(island *o, uint32_t fn, const char *class)
{
    bool has_line = pv_label_has_line(o->s->p, (pv_fn){fn});
    uint32_t part[4] = {0};
    size_t n = 0;

    if (fn) {
        known_file k = has_line ? known(o, fn) : look_up(o, fn);

        part[0] = k.number;
        part[1] = has_line ? o->line[fn] : 0;
        part[2] = k.package_number;
    }
    for (size_t i = 0; i < 3; i++)
        if (part[i])
            n = i + 1;
    if (*class == 'p') { /* which does not say the origin */
        part[3] = o->s->whence[fn].origin;
        n = 4;
    }
    for (size_t i = 0; i < n; i++) {
        pv_isle_raw(&o->out, ",");
        pv_isle_int(&o->out, part[i]);
    }
}

static void put_shared(island *o)
{
    pv_isle_key(&o->out, "s");
    pv_isle_raw(&o->out, "[\"\"");
    for (uint32_t i = 1; i < pv_symtab_len(o->shared); i++) {
        pv_isle_raw(&o->out, ",");
        pv_isle_string(&o->out, pv_symtab_text(o->shared, (pv_sym){i}));
    }
    pv_isle_raw(&o->out, "]");
}

/* "k2 v" -> "2 v"; the hatch has no class of its own here. */
static const char *class_of(const island *o, uint32_t fn)
{
    const char *name = o->p->scene.paints.at[o->s->paint[fn]].name;

    return *name == 'k' ? name + 1 : "6";
}

static void put_functions(island *o)
{
    pv_isle_key(&o->out, "f");
    pv_isle_raw(&o->out, "[");
    for (uint32_t i = 0; i < o->functions; i++) {
        uint32_t fn = o->order[i];
        const char *class = class_of(o, fn);

        pv_isle_raw(&o->out, i ? ",[" : "[");
        put_name(o, fn);
        pv_isle_raw(&o->out, ",");
        pv_isle_string(&o->out, pv_str_of(class));
        put_whence(o, fn, class);
        pv_isle_raw(&o->out, "]");
    }
    pv_isle_raw(&o->out, "]");
}

/* ---- frames ---- */

/* Levels up and self, three bits of each in one digit; then the function; then
 * what is more than three bits. */
static void put_frame(island *o, uint64_t up, uint32_t fn, uint64_t self)
{
    pv_isle_vlq_pair(&o->out, up, self);
    pv_isle_vlq(&o->out, o->number[fn]);
    if (up >= PV_ISLE_MORE)
        pv_isle_vlq(&o->out, up - PV_ISLE_MORE);
    if (self >= PV_ISLE_MORE)
        pv_isle_vlq(&o->out, self - PV_ISLE_MORE);
}

/* How many levels up the next frame's parent is, from the frames that are
 * open: each with the one behind its subtree. */
static bool put_frames(island *o)
{
    const pv_frame *at = o->s->p->frames.at;
    PV_VEC(uint32_t) open = {0};

    pv_isle_key(&o->out, "t");
    pv_isle_raw(&o->out, "\"");
    for (uint32_t i = 0; i < o->s->p->frames.len; i++) {
        uint32_t f = frame_at(o, i);
        size_t before = open.len;

        while (open.len && (f < open.at[open.len - 1] ||
                            f >= at[open.at[open.len - 1]].end))
            open.len--;
        if (!PV_VEC_GROW(&open, 1)) {
            PV_VEC_DONE(&open);
            return pv_fail_nomem(o->p->err);
        }
        put_frame(o, before - open.len, at[f].fn.i,
                  (uint64_t)pv_stacks_self(o->s, f));
        open.at[open.len++] = f;
    }
    PV_VEC_DONE(&open);
    pv_isle_raw(&o->out, "\"");
    return true;
}

/* "[pruned] 1,234 frames" -> 1234 */
static int64_t frames_in(pv_str name)
{
    int64_t n = 0;

    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] >= '0' && name.p[i] <= '9' && n < INT64_MAX / 16)
            n = 10 * n + (name.p[i] - '0');
    return n;
}

static void put_aggregates(island *o)
{
    const pv_profile *p = o->s->p;
    const char *before = "{\"";

    if (!o->p->pruned.frames)
        return;
    pv_isle_key(&o->out, "agg");
    for (uint32_t i = 1; i < p->frames.len; i++) {
        uint32_t fn = p->frames.at[frame_at(o, i)].fn.i;

        if (o->s->paint[fn] != PV_P_PRUNED)
            continue;
        pv_isle_raw(&o->out, before);
        pv_isle_int(&o->out, i);
        pv_isle_raw(&o->out, "\":");
        pv_isle_int(&o->out,
                    frames_in(pv_profile_text(p, p->functions.at[fn].name)));
        before = ",\"";
    }
    pv_isle_raw(&o->out, *before == '{' ? "{}" : "}");
}

/* ---- further columns ---- */

static void put_column(island *o, const char *name,
                       int64_t (*of)(island *, uint32_t))
{
    pv_isle_raw(&o->out, name);
    for (uint32_t i = 0; i < o->s->p->frames.len; i++) {
        int64_t v = of(o, frame_at(o, i));

        pv_isle_vlq(&o->out, v > 0 ? (uint64_t)v : 0);
    }
    pv_isle_raw(&o->out, "\"");
}

static int64_t before_of(island *o, uint32_t i)
{
    const pv_profile *p = o->s->p;

    return p->frames.cost ? p->frames.cost[(size_t)i * p->metrics.len] : 0;
}

static int64_t low_of(island *o, uint32_t i)
{
    return o->s->p->bounds[i].low;
}

static int64_t high_of(island *o, uint32_t i)
{
    return o->s->p->bounds[i].high;
}

static void put_marks(island *o)
{
    static const char letters[] = "ebs";

    pv_isle_raw(&o->out, "\"mark\":\"");
    for (uint32_t i = 0; i < o->s->p->frames.len; i++) {
        if (o->out.used == sizeof o->out.chunk)
            pv_isle_flush(&o->out);
        o->out.chunk[o->out.used++] =
            letters[o->s->p->frames.at[frame_at(o, i)].certainty % 3];
    }
    pv_isle_raw(&o->out, "\"");
}

static void put_steps(island *o)
{
    pv_isle_raw(&o->out, ",\"step\":\"");
    for (uint32_t i = 0; i < o->s->p->frames.len; i++) {
        if (o->out.used == sizeof o->out.chunk)
            pv_isle_flush(&o->out);
        o->out.chunk[o->out.used++] =
            (char)('0' + o->p->change.step[frame_at(o, i)]);
    }
    pv_isle_raw(&o->out, "\"");
}

static void put_columns(island *o)
{
    const pv_profile *p = o->s->p;

    if (p->flags & PV_DIFFERENTIAL && o->s->metric == 1) {
        pv_isle_key(&o->out, "cols");
        put_column(o, "{\"before\":\"", before_of);
        if (o->p->diff)
            put_steps(o);
        pv_isle_raw(&o->out, "}");
    } else if (p->flags & PV_ESTIMATED) {
        pv_isle_key(&o->out, "cols");
        pv_isle_raw(&o->out, "{");
        put_marks(o);
        if (p->bounds && o->s->metric == 0) {
            put_column(o, ",\"lo\":\"", low_of);
            put_column(o, ",\"hi\":\"", high_of);
        }
        pv_isle_raw(&o->out, "}");
    }
}

/* ---- all of it ---- */

bool pv_flame_island(pv_picture *p, pv_markup *m)
{
    island o = {.p = p, .s = &p->data, .out = {.m = m}};
    bool ok =
        (!p->by_total || pv_flame_order(o.s, &o.frames, &p->arena, p->err)) &&
        number_functions(&o);

    if (ok) {
        pv_isle_raw(&o.out, "{\"v\":2");
        pv_isle_number(&o.out, "n", o.s->p->frames.len);
        pv_isle_geometry(&o.out, p);
        pv_isle_words(&o.out, p, p->upper ? o.number[p->sandwich.i] : 0);
        put_functions(&o);
        put_shared(&o);
        ok = put_frames(&o);
        put_aggregates(&o);
        put_columns(&o);
        pv_isle_raw(&o.out, "}");
        pv_isle_flush(&o.out);
    }
    if (o.text.failed || (o.shared && pv_symtab_failed(o.shared)))
        ok = pv_fail_nomem(p->err);
    pv_buf_done(&o.text);
    pv_symtab_free(o.shared);
    return ok;
}
