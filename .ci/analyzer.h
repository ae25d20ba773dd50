/* SPDX-License-Identifier: MIT */
/* What the static analyzer cannot see across files: these return false.
 *
 * Forced into each file by .ci/static, so that `return pv_fail(...)` does not
 * look like a success that leaves its results unset.
 */
#include "profviz/error.h"
#define pv_fail(...) ((void)(pv_fail)(__VA_ARGS__), false)
#define pv_fail_sys(...) ((void)(pv_fail_sys)(__VA_ARGS__), false)
#define pv_fail_nomem(...) ((void)(pv_fail_nomem)(__VA_ARGS__), false)
#if __has_include("source.h")
#include "source.h"
#define pv_source_fail(...) ((void)(pv_source_fail)(__VA_ARGS__), false)
#define pv_source_fail_line(...)                                               \
    ((void)(pv_source_fail_line)(__VA_ARGS__), false)
#define pv_source_fail_at(...) ((void)(pv_source_fail_at)(__VA_ARGS__), false)
#endif
