/* SPDX-License-Identifier: MIT */
/* Memory over time as rows: points of every process, or the spans of
 * functions, as CSV and JSON. */
#include "buf.h"
#include "grid.h"
#include "number.h"
#include "process_sum.h"
#include "timeline.h"

enum { COLUMNS_MAX = 7 };

typedef struct rows {
    pv_grid grid;
    const pv_timeline_options *options;
    bool runs; /* a leading column tells them apart */
    int64_t from, to;
    pv_buf work;
    pv_arena *scratch;
    pv_error *err;
} rows;

/* The run's name: the path, and its number where one file holds several. */
static void put_run_name(pv_buf *out, pv_str path, const pv_profile *p,
                         uint32_t run)
{
    pv_buf_str(out, path);
    if (pv_timeline_runs(p) > 1)
        pv_buf_format(out, " (run %u)", run + 1);
}

static void put_run(rows *r, pv_str path, const pv_profile *p, uint32_t run)
{
    if (!r->runs)
        return;
    pv_buf_clear(&r->work);
    put_run_name(&r->work, path, p, run);
    pv_grid_text(&r->grid, pv_buf_text(&r->work));
}

static void put_points(rows *r, pv_str path, const pv_profile *p,
                       const pv_series *s, pv_str name)
{
    for (uint32_t i = 0; i < s->len; i++) {
        if (s->at[i].t < r->from || s->at[i].t > r->to)
            continue;
        put_run(r, path, p, s->run);
        pv_grid_text(&r->grid, name);
        if (s->pid >= 0)
            pv_grid_int(&r->grid, s->pid);
        else
            pv_grid_none(&r->grid);
        pv_grid_value(&r->grid, s->at[i].t, PV_NANOSECONDS, 0);
        pv_grid_value(&r->grid, s->at[i].value, s->unit, 0);
    }
}

static bool put_sum(rows *r, pv_str path, const pv_profile *p)
{
    for (uint32_t run = 0; run < pv_timeline_runs(p); run++) {
        pv_series sum = {.unit = PV_BYTES, .pid = -1, .run = run};

        if (!pv_process_sum(p, run, r->scratch, &sum, r->err))
            return false;
        put_points(r, path, p, &sum, PV_STR("total"));
    }
    return true;
}

static bool put_series(rows *r, pv_str path, const pv_profile *p)
{
    if (r->options->children == PV_CHILDREN_SUM)
        return put_sum(r, path, p);
    for (uint32_t i = 0; i < p->series.len; i++)
        put_points(r, path, p, &p->series.at[i],
                   pv_profile_text(p, p->series.at[i].name));
    return true;
}

static bool put_marks(rows *r, pv_str path, const pv_profile *p)
{
    for (uint32_t i = 0; i < p->marks.len; i++) {
        const pv_mark *m = &p->marks.at[i];

        if (m->end < r->from || m->begin > r->to)
            continue;
        put_run(r, path, p, m->run);
        pv_grid_text(&r->grid, pv_profile_text(p, m->label));
        pv_grid_value(&r->grid, m->begin, PV_NANOSECONDS, 0);
        pv_grid_value(&r->grid, m->end, PV_NANOSECONDS, 0);
        pv_grid_value(&r->grid, m->begin_value, PV_BYTES, 0);
        pv_grid_value(&r->grid, m->end_value, PV_BYTES, 0);
        pv_grid_int(&r->grid, m->level);
    }
    return true;
}

static void begin(rows *r, pv_str columns[COLUMNS_MAX])
{
    static const pv_str points[] = {PV_STR_INIT("run"), PV_STR_INIT("series"),
                                    PV_STR_INIT("pid"), PV_STR_INIT("time"),
                                    PV_STR_INIT("memory")};
    static const pv_str marks[] = {
        PV_STR_INIT("run"),          PV_STR_INIT("name"),
        PV_STR_INIT("start"),        PV_STR_INIT("end"),
        PV_STR_INIT("start_memory"), PV_STR_INIT("end_memory"),
        PV_STR_INIT("level")};
    size_t n = r->options->functions ? 7 : 5, skip = r->runs ? 0 : 1;

    memcpy(columns, r->options->functions ? marks : points,
           n * sizeof *columns);
    pv_grid_rows(&r->grid, columns + skip, n - skip);
}

/* The greatest value, as the metric's one figure. */
static int64_t peak_of(const pv_job *job)
{
    int64_t peak = 0;

    for (size_t k = 0; k < job->count; k++)
        for (uint32_t i = 0; i < job->inputs[k]->series.len; i++) {
            const pv_series *s = &job->inputs[k]->series.at[i];

            for (uint32_t j = 0; s->pid < 0 && j < s->len; j++)
                if (s->at[j].value > peak)
                    peak = s->at[j].value;
        }
    return peak;
}

static void put_metrics(rows *r, const pv_job *job)
{
    static const pv_metric memory = {.unit = PV_BYTES, .inclusive = true};

    if (job->medium != PV_M_JSON)
        return;
    pv_json_key(&r->grid.json, "metrics");
    pv_json_array(&r->grid.json);
    pv_json_object(&r->grid.json);
    pv_json_metric(&r->grid.json, PV_STR("memory"), &memory, peak_of(job));
    pv_json_end(&r->grid.json);
    pv_json_end(&r->grid.json);
}

/* Of the main process of one run, in bytes a second. */
static bool put_slope(rows *r, pv_str path, const pv_profile *p, uint32_t run)
{
    const pv_series *own = pv_timeline_own(p, run);
    pv_json *j = &r->grid.json;
    char text[PV_NUMBER_MAX];
    pv_series_facts f;
    pv_slope s;

    if (!own)
        return true;
    f = pv_series_facts_of(own, r->from, r->to);
    if (!pv_timeline_slope(own, &f, &s, r->err))
        return false;
    pv_json_line(j);
    pv_json_object(j);
    pv_json_key(j, "run");
    pv_buf_clear(&r->work);
    put_run_name(&r->work, path, p, run);
    pv_json_text(j, pv_buf_text(&r->work));
    for (int i = 0; i < 3; i++) {
        static const char *const keys[] = {"bytes_per_second", "low", "high"};
        int64_t v = i == 0 ? s.rate : i == 1 ? s.low : s.high;

        pv_json_key(j, keys[i]);
        if (s.known)
            pv_json_number(j, (pv_str){text, pv_write_fixed(text, v, 3)});
        else
            pv_json_null(j);
    }
    pv_json_end(j);
    return true;
}

static bool put_slopes(rows *r, const pv_job *job)
{
    if (!r->options->slope || job->medium != PV_M_JSON)
        return true;
    pv_json_key(&r->grid.json, "slopes");
    pv_json_array(&r->grid.json);
    for (size_t k = 0; k < job->count; k++)
        for (uint32_t i = 0; i < pv_timeline_runs(job->inputs[k]); i++)
            if (!put_slope(r, job->paths[k], job->inputs[k], i))
                return false;
    pv_json_end(&r->grid.json);
    return true;
}

static void warn_without_marks(const pv_job *job, size_t at)
{
    pv_log_say(&job->log, NULL,
               "%s holds no FUNC lines: no function was decorated with the "
               "@profile that mprof run provides, or the program imported "
               "memory_profiler's profile, which prints tables instead",
               PV_QUOTE(job->paths[at]));
}

static bool put_all(rows *r, const pv_job *job)
{
    pv_str columns[COLUMNS_MAX];

    for (size_t k = 0; k < job->count; k++)
        r->runs =
            r->runs || job->count > 1 || pv_timeline_runs(job->inputs[k]) > 1;
    pv_grid_begin(&r->grid, r->grid.csv.out, job->medium);
    put_metrics(r, job);
    if (!put_slopes(r, job))
        return false;
    begin(r, columns);
    for (size_t k = 0; k < job->count; k++) {
        const pv_profile *p = job->inputs[k];

        if (r->options->functions && p->marks.len == 0)
            warn_without_marks(job, k);
        if (!(r->options->functions ? put_marks(r, job->paths[k], p)
                                    : put_series(r, job->paths[k], p)))
            return false;
    }
    r->grid.failed = r->grid.failed || r->work.failed;
    return pv_grid_end(&r->grid, r->err);
}

bool pv_timeline_rows(const pv_job *job, pv_sink *out, pv_error *err)
{
    pv_arena scratch;
    rows r = {.options = job->options, .scratch = &scratch, .err = err};
    bool ok;

    pv_arena_init(&scratch, 0);
    r.grid.csv.out = out;
    ok = pv_timeline_window(r.options->window, &r.from, &r.to, err) &&
         put_all(&r, job);
    pv_buf_done(&r.work);
    pv_arena_done(&scratch);
    return ok;
}
