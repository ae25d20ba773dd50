/* SPDX-License-Identifier: MIT */
/* What a file is that is no profile which is read here, and what reads it.
 * Looks at the first bytes only; promises nothing about the rest. */
#include "strangers.h"

bool pv_head_has(pv_bytes head, pv_str text)
{
    return head.n && memmem(head.p, head.n, text.p, text.n) != NULL;
}

/* ---- by the first bytes ---- */

static const struct {
    const char *magic;
    size_t n;
    const char *name;
    bool sure; /* holds bytes that no text begins with: asked before bids */
} magics[] = {
    {"BZh", 3, "bzip2 data; unpack it first (bunzip2)", false},
    {"\xfd"
     "7zXZ\0",
     6, "xz data; unpack it first (unxz)", true},
    {"\x28\xb5\x2f\xfd", 4, "zstd data; unpack it first (unzstd)", true},
    {"PK\3\4", 4, "a zip archive; unpack it first", true},
    {"PERFILE2", 8,
     "perf.data; run `perf script`, fold it with stackcollapse-perf.pl and "
     "give the stacks to `profviz flame`",
     false},
    {"SQLite format 3", 15, "an SQLite database", false},
    {"\x93NUMPY", 6, "a NumPy array; numpy.load reads it", true},
    {"\x89PNG", 4, "a PNG picture", true},
    {"%PDF", 4, "a PDF", false},
    {"\x7f"
     "ELF",
     4, "an ELF binary", true},
    {"MZ\x90\0", 4, "a Windows program", true},
    {"\xff\xfe", 2, "UTF-16 text; convert it to UTF-8 first", false},
    {"\xfe\xff", 2, "UTF-16 text; convert it to UTF-8 first", false},
    {"MOJ", 3, "austin's binary MOJO; convert it with mojo2austin", false},
    {"HCAT\1\0\0\0", 8,
     "a recording of Python's sampling profiler (--binary); `python -m "
     "profiling.sampling replay --collapsed` makes stacks of it",
     true},
    {"TACH\0\0\0\1", 8,
     "a recording of Python's sampling profiler (--binary); `python -m "
     "profiling.sampling replay --collapsed` makes stacks of it",
     true},
};

static const char *find_magic(pv_bytes head, bool only_sure)
{
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++)
        if (head.n >= magics[i].n && (magics[i].sure || !only_sure) &&
            memcmp(head.p, magics[i].magic, magics[i].n) == 0)
            return magics[i].name;
    return NULL;
}

/* Compiled Python: two bytes of a version, CR and LF, flags. */
static bool is_pyc(pv_bytes head)
{
    return head.n >= 16 && head.p[1] >= 0x0c && head.p[1] <= 0x0f &&
           head.p[2] == '\r' && head.p[3] == '\n' && head.p[5] == 0 &&
           head.p[6] == 0;
}

/* Archives and databases of which the contents tell more. */
static const char *inside_of(pv_bytes head)
{
    pv_str text = {(const char *)head.p, head.n};

    if (pv_str_starts(text, PV_STR("PK\3\4")) &&
        pv_head_has(head, PV_STR(".npy")))
        return "an archive of NumPy arrays (.npz); numpy.load reads it";
    if (pv_str_starts(text, PV_STR("SQLite format 3")) &&
        pv_head_has(head, PV_STR("coverage_schema")))
        return "data of coverage.py, which lines ran and not what they cost; "
               "`coverage report` and `coverage html` show it";
    if (head.n > 262 && memcmp(head.p + 257, "ustar", 5) == 0)
        return "a tar archive; unpack it first";
    if (is_pyc(head))
        return "compiled Python (.pyc), not a recording of it; record one "
               "first (python -m cProfile -o FILE PROGRAM.py)";
    return NULL;
}

const char *pv_magic_name(pv_bytes head)
{
    pv_bytes start = {head.p, head.n < 24 ? head.n : 24};
    const char *name;

    if (pv_head_has(start, PV_STR("memray")))
        return "a memray capture; memray itself reads it (memray flamegraph)";
    name = inside_of(head);
    return name ? name : find_magic(head, false);
}

bool pv_is_sure_stranger(pv_bytes head)
{
    return find_magic(head, true) != NULL;
}

/* ---- text ---- */

typedef struct words {
    const char *one, *other; /* both are in it; NULL: one is enough */
    const char *name;
} words;

static const char *first_of(const words *list, pv_bytes head)
{
    for (; list->one; list++)
        if (pv_head_has(head, pv_str_of(list->one)) &&
            (!list->other || pv_head_has(head, pv_str_of(list->other))))
            return list->name;
    return NULL;
}

static const words jsons[] = {
    {"speedscope", NULL, "a speedscope file; https://speedscope.app shows it"},
    {"\"traceEvents\"", NULL,
     "a Chrome trace; https://ui.perfetto.dev shows it"},
    {"\"root_frame\"", "\"sample_count\"",
     "pyinstrument's JSON; `pyinstrument -r pstats -o FILE` writes what is "
     "read here"},
    {"\"start_call_stack\"", "\"sample_count\"",
     "a session of pyinstrument; `pyinstrument --load FILE -r pstats -o OUT` "
     "writes what is read here"},
    {"\"alloc_samples\"", "\"args\"",
     "JSON of Scalene; `scalene view` shows it"},
    {"\"executed_lines\"", NULL,
     "a report of coverage.py: which lines ran, not what they cost"},
    {"\"callFrame\"", NULL,
     "JSON of V8's profiler; https://speedscope.app and Chrome's developer "
     "tools "
     "show it"},
    {"\"bailoutReason\"", NULL,
     "JSON of V8's profiler; https://speedscope.app and Chrome's developer "
     "tools show it"},
    {"\"geckoProfileVersion\"", NULL,
     "JSON of Firefox's profiler; https://profiler.firefox.com shows it"},
    {"\"markers\"", "\"profile\"",
     "JSON of Firefox's profiler; https://profiler.firefox.com shows it"},
    {"\"meta\"", "\"processType\"",
     "JSON of Firefox's profiler; https://profiler.firefox.com shows it"},
    {"\"sample_interval_usec\"", NULL,
     "records of Python's sampling profiler (--jsonl); record with "
     "--collapsed or --pstats"},
    {"\"total_num_allocations\"", NULL,
     "statistics of memray; the capture goes to `memray flamegraph`"},
    {"\"nbformat\"", NULL,
     "a Jupyter notebook; save the reports that it shows as text"},
    {"\"cells\"", "\"cell_type\"",
     "a Jupyter notebook; save the reports that it shows as text"},
    {"\"machine_info\"", NULL,
     "results of pytest-benchmark; `pytest-benchmark compare` shows them"},
    {"\"benchmarks\"", "\"metadata\"",
     "results of pyperf; `pyperf show` shows them"},
    {"\"dhatFileVersion\"", NULL,
     "JSON of DHAT; Valgrind's dh_view.html shows it"},
    {NULL, NULL, NULL},
};

/* A list of events, which is a Chrome trace, too. */
static const char *json_list_name(pv_bytes head, pv_str line)
{
    if (line.n == 0 || line.p[0] != '[' || !pv_head_has(head, PV_STR("\"ph\"")))
        return NULL;
    return "a Chrome trace; https://ui.perfetto.dev shows it";
}

const char *pv_json_name(pv_bytes head, pv_str line)
{
    size_t next = 1;
    const char *name;

    while (next < line.n && (line.p[next] == ' ' || line.p[next] == '\r'))
        next++;
    if (line.n == 0 || line.p[0] != '{' ||
        (next < line.n && line.p[next] != '"' && line.p[next] != '}'))
        return json_list_name(head, line);
    if (pv_str_starts(line, PV_STR("{\"profviz\"")))
        return "what profviz wrote as JSON; give it the profile that this was "
               "made from";
    name = first_of(jsons, head);
    return name ? name
                : "JSON, of which no kind is read; have the profiler write "
                  "folded stacks or its own format";
}

static const words pages[] = {
    {"pyinstrument", NULL,
     "a page of pyinstrument; `pyinstrument -r pstats -o FILE` writes what is "
     "read here"},
    {"memray", NULL,
     "a page of memray; the capture that it was made from goes to `memray "
     "flamegraph`"},
    {NULL, NULL, NULL},
};

static const words xmls[] = {
    {"<testsuite", NULL, "a JUnit report: tests, not a profile of them"},
    {"<coverage", NULL,
     "a report of coverage.py: which lines ran, not what they cost"},
    {NULL, NULL, NULL},
};

static const words texts[] = {
    {"import time: ", "| imported package",
     "what `python -X importtime` prints; `python -m cProfile -o FILE` "
     "records who imported what"},
    {"# callgrind format", NULL,
     "output of callgrind; kcachegrind and qcachegrind show it"},
    {"\nevents: ", "\nfn=",
     "output of callgrind; kcachegrind and qcachegrind show it"},
    {"Time and Allocation Profiling Report", NULL, "output of GHC's profiler"},
    {"Flat profile:\n\nEach sample counts", NULL, "what gprof prints"},
    {"desc: ", "\ncmd: ", "output of Massif; `ms_print` shows it"},
    {"/_//_/", "Recorded: ",
     "a tree that pyinstrument printed; `pyinstrument -r pstats -o FILE` "
     "writes what is read here"},
    {"cpu-clock:", "\n\t",
     "what `perf script` prints; fold it with stackcollapse-perf.pl and give "
     "the stacks to `profviz flame`"},
    {"cycles:", "\n\t",
     "what `perf script` prints; fold it with stackcollapse-perf.pl and give "
     "the stacks to `profviz flame`"},
    {NULL, NULL, NULL},
};

static bool is_page(pv_str line)
{
    return pv_str_starts(line, PV_STR("<!DOCTYPE html")) ||
           pv_str_starts(line, PV_STR("<!doctype html")) ||
           pv_str_starts(line, PV_STR("<html"));
}

const char *pv_text_name(pv_bytes head, pv_str line)
{
    const char *name;

    if (is_page(line)) {
        name = first_of(pages, head);
        return name ? name
                    : "a page of another program; give it the profile that "
                      "this was made from";
    }
    if (pv_str_starts(line, PV_STR("<?xml"))) {
        name = first_of(xmls, head);
        return name ? name : "XML, of which only flame graphs (SVG) are read";
    }
    return first_of(texts, head);
}
