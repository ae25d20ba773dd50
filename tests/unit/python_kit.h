/* SPDX-License-Identifier: MIT */
/* For tests of Python data: bytes in, the value as Python would print it out,
 * or the error as people see it. */
#ifndef PYTHON_KIT_H
#define PYTHON_KIT_H

#include "buf.h"
#include "pickle.h"
#include "trace.h"
#include "value.h"

typedef bool python_reader(pv_cursor *c, pv_py_data *d, pv_py *out);

typedef struct python_row {
    const char *name;
    pv_str bytes;
    const char *outcome; /* a value, or "0xOFFSET: text" */
} python_row;

#define BYTES(lit)                                                             \
    {                                                                          \
        "" lit "", sizeof(lit) - 1                                             \
    }

static void print_value(pv_buf *b, const pv_py_data *d, pv_py v, int depth);

static void print_items(pv_buf *b, const pv_py_data *d, pv_py v, int depth)
{
    pv_py item;
    pv_py_walk w;

    if (pv_py_is(v, PV_PY_TUPLE) || pv_py_is(v, PV_PY_CODE)) {
        for (size_t i = 0; i < pv_py_len(d, v); i++) {
            pv_buf_puts(b, i ? ", " : "");
            print_value(b, d, pv_py_items(d, v)[i], depth + 1);
        }
        return;
    }
    pv_py_walk_init(d, v, &w);
    for (size_t i = 0; pv_py_walk_next(d, &w, &item); i++) {
        bool value = pv_py_is(v, PV_PY_DICT) && i % 2;

        pv_buf_puts(b, value ? ": " : i ? ", " : "");
        print_value(b, d, item, depth + 1);
    }
}

static void print_around(pv_buf *b, const pv_py_data *d, pv_py v, int depth,
                         const char *open, const char *shut)
{
    pv_buf_puts(b, open);
    print_items(b, d, v, depth);
    pv_buf_puts(b, shut);
}

static void print_number(pv_buf *b, const pv_py_data *d, pv_py v)
{
    int64_t i;
    double f;

    if (pv_py_get_int(d, v, &i))
        pv_buf_format(b, "%lld", (long long)i);
    else if (pv_py_get_number(d, v, &f))
        pv_buf_format(b, "%.17gf", f);
}

static void print_value(pv_buf *b, const pv_py_data *d, pv_py v, int depth)
{
    pv_str text;

    if (depth > 8) {
        pv_buf_puts(b, "...");
        return;
    }
    switch (pv_py_kind_of(v)) {
    case PV_PY_NONE: pv_buf_puts(b, "None"); break;
    case PV_PY_BOOL: pv_buf_puts(b, pv_py_payload(v) ? "True" : "False"); break;
    case PV_PY_INT:
    case PV_PY_LONG:
    case PV_PY_WIDE:
    case PV_PY_FLOAT: print_number(b, d, v); break;
    case PV_PY_BYTES:
    case PV_PY_STR:
        (void)pv_py_get_text(d, v, &text);
        pv_buf_puts(b, pv_py_is(v, PV_PY_BYTES) ? "b'" : "'");
        pv_buf_str(b, text);
        pv_buf_char(b, '\'');
        break;
    case PV_PY_TUPLE: print_around(b, d, v, depth, "(", ")"); break;
    case PV_PY_LIST: print_around(b, d, v, depth, "[", "]"); break;
    case PV_PY_DICT: print_around(b, d, v, depth, "{", "}"); break;
    case PV_PY_SET: print_around(b, d, v, depth, "set(", ")"); break;
    case PV_PY_CODE: print_around(b, d, v, depth, "code(", ")"); break;
    case PV_PY_OBJECT:
        pv_buf_puts(b, pv_py_class_name(pv_py_class(d, v)));
        if (pv_py_state(d, v).w != 0)
            print_value(b, d, pv_py_state(d, v), depth + 1);
        break;
    case PV_PY_TRACE:
        pv_buf_format(b, "trace(%lld at %lu)", (long long)pv_py_trace_size(v),
                      (unsigned long)pv_py_trace_place(v));
        break;
    case PV_PY_UNSET:
    case PV_PY_UNDONE:
    case PV_PY_CLASS:
    case PV_PY_PLACED:
    case PV_PY_OTHER: pv_buf_puts(b, pv_py_kind_name(v)); break;
    }
}

/* The outcome of reading `bytes`, warnings in front. */
static void read_python(python_reader *reader, pv_str bytes, pv_buf *out)
{
    static const pv_read_options options = {.limits = {.memory = 1 << 24}};
    pv_error err = {0};
    pv_limits limits = options.limits;
    pv_source src = {.options = &options, .err = &err};
    pv_cursor c = {.src = &src};
    pv_py_data d;
    pv_py v;

    src.input = pv_input_bytes((pv_bytes){(const uint8_t *)bytes.p, bytes.n},
                               PV_STR("t"), &limits, &err);
    assert_non_null(src.input);
    pv_py_init(&d, options.limits.memory);
    if (pv_cursor_init(&c, &src) && reader(&c, &d, &v)) {
        assert_int_equal(err.code, PV_OK);
        if (src.warnings)
            pv_buf_format(out, "%d warning: ", (int)src.warnings);
        print_value(out, &d, v, 0);
    } else {
        assert_int_not_equal(err.code, PV_OK);
        pv_buf_format(out, "0x%llx: %s", (unsigned long long)err.at.offset,
                      err.text);
    }
    pv_buf_char(out, '\0');
    pv_py_done(&d);
    pv_input_close(src.input);
}

static void check_python(python_reader *reader, const python_row *rows,
                         size_t len)
{
    for (size_t i = 0; i < len; i++) {
        pv_buf out = {0};

        read_python(reader, rows[i].bytes, &out);
        if (strcmp(out.p, rows[i].outcome) != 0)
            print_error("%s\n", rows[i].name);
        assert_string_equal(out.p, rows[i].outcome);
        pv_buf_done(&out);
    }
}

#endif
