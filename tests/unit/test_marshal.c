/* SPDX-License-Identifier: MIT */
/* Python's marshal: every type byte, both tables, code objects, and what is
 * malformed, each with its place. */
#include "testing.h"

#include "marshal.h"
#include "python_kit.h"

static void marshal__every_type(void **state)
{
    static const python_row rows[] = {
        {"none", BYTES("N"), "None"},
        {"true", BYTES("T"), "True"},
        {"false", BYTES("F"), "False"},
        {"ellipsis", BYTES("."), "another object"},
        {"int", BYTES("i\xff\xff\xff\xff"), "-1"},
        {"int64", BYTES("I\0\0\0\x80\0\0\0\0"), "2147483648"},
        {"int64 least", BYTES("I\0\0\0\0\0\0\0\x80"), "-9223372036854775808"},
        {"long 0", BYTES("l\0\0\0\0"), "0"},
        {"long", BYTES("l\2\0\0\0\1\0\1\0"), "32769"},
        {"long below 0", BYTES("l\xfe\xff\xff\xff\1\0\1\0"), "-32769"},
        {"long 2^62", BYTES("l\5\0\0\0\0\0\0\0\0\0\0\0\4\0"),
         "4611686018427387904"},
        {"long 2^63", BYTES("l\5\0\0\0\0\0\0\0\0\0\0\0\x08\0"), "inff"},
        {"long 2^70", BYTES("l\5\0\0\0\0\0\0\0\0\0\0\0\0\4"), "inff"},
        {"float", BYTES("g\0\0\0\0\0\0\xd0?"), "0.25f"},
        {"float as text",
         BYTES("f\4"
               "0.25"),
         "0.25f"},
        {"complex", BYTES("y\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
         "another object"},
        {"complex as text",
         BYTES("x\1"
               "1\1"
               "2"),
         "another object"},
        {"bytes", BYTES("s\3\0\0\0a\0b"), "b'a"},
        {"unicode", BYTES("u\2\0\0\0\xc3\xa9"), "'\xc3\xa9'"},
        {"lone surrogate", BYTES("u\3\0\0\0\xed\xb3\xbf"), "'\xed\xb3\xbf'"},
        {"ascii", BYTES("a\1\0\0\0f"), "'f'"},
        {"ascii holds Latin-1", BYTES("z\1\xe9"), "'\xc3\xa9'"},
        {"short interned", BYTES("Z\1f"), "'f'"},
        {"tuple", BYTES("(\1\0\0\0N"), "(None)"},
        {"small tuple", BYTES(")\2NT"), "(None, True)"},
        {"empty tuple", BYTES(")\0"), "()"},
        {"list", BYTES("[\1\0\0\0N"), "[None]"},
        {"dict", BYTES("{z\1aN0"), "{'a': None}"},
        {"empty dict", BYTES("{0"), "{}"},
        {"frozendict", BYTES("}z\1aN0"), "{'a': None}"},
        {"set", BYTES("<\1\0\0\0N"), "set(None)"},
        {"frozenset", BYTES(">\0\0\0\0"), "set()"},
        {"slice", BYTES(":NNN"), "another object"},
    };

    (void)state;
    check_python(pv_marshal_read, rows, COUNT(rows));
}

static void marshal__references(void **state)
{
    static const python_row rows[] = {
        {"in preorder", BYTES("\xa9\2\xda\1fr\1\0\0\0"), "('f', 'f')"},
        {"of a key",
         BYTES("{\xa9\1\xda\1ar\0\0\0\0"
               "0"),
         "{('a'): ('a')}"},
        {"none takes no slot", BYTES("\xa9\3\xce\xda\1fr\1\0\0\0"),
         "(None, 'f', 'f')"},
        {"Python 2's strings", BYTES(")\2t\1\0\0\0fR\0\0\0\0"), "('f', 'f')"},
        {"a flagged t is in the other table",
         BYTES(")\2\xf4\1\0\0\0fR\0\0\0\0"),
         "0x8: string reference #0 but only 0 so far"},
        {"none so far", BYTES("r\7\0\0\0"),
         "0x0: reference #7 but only 0 objects so far"},
        {"negative", BYTES("r\xff\xff\xff\xff"),
         "0x0: reference #-1 but only 0 objects so far"},
        {"to itself", BYTES("\xa9\1r\0\0\0\0"),
         "0x2: reference #0 to an object that is not complete"},
    };

    (void)state;
    check_python(pv_marshal_read, rows, COUNT(rows));
}

#define INT          "\1\0\0\0"
#define STR(n, text) "z" n text
#define EMPTY        ")\0"

static void marshal__code_of_every_layout(void **state)
{
    static const python_row rows[] = {
        {"3.11",
         BYTES("c" INT INT INT INT INT "s\0\0\0\0" EMPTY EMPTY EMPTY
               "s\0\0\0\0" STR("\4", "f.py") STR("\1", "g")
                   STR("\1", "q") "\7\0\0\0"
                                  "s\0\0\0\0"
                                  "s\0\0\0\0"),
         "code('g', 'f.py', 7)"},
        {"3.8",
         BYTES("c" INT INT INT INT INT INT
               "s\0\0\0\0" EMPTY EMPTY EMPTY EMPTY EMPTY STR("\4", "f.py")
                   STR("\1", "g") "\7\0\0\0"
                                  "s\0\0\0\0"),
         "code('g', 'f.py', 7)"},
        {"3.0",
         BYTES("c" INT INT INT INT INT
               "s\0\0\0\0" EMPTY EMPTY EMPTY EMPTY EMPTY STR("\4", "f.py")
                   STR("\1", "g") "\7\0\0\0"
                                  "s\0\0\0\0"),
         "code('g', 'f.py', 7)"},
        {"2.7, and what follows",
         BYTES(")\2c" INT INT INT INT "s\0\0\0\0(\0\0\0\0(\0\0\0\0(\0\0\0\0"
               "(\0\0\0\0(\0\0\0\0s\4\0\0\0f.pyt\1\0\0\0g\7\0\0\0s\0\0\0\0"
               "R\0\0\0\0"),
         "(code('g', b'f.py', 7), 'g')"},
        {"of none", BYTES("c" INT INT INT INT INT "NNNNNNN"),
         "0x11: unknown marshal type 0x01"},
    };

    (void)state;
    check_python(pv_marshal_read, rows, COUNT(rows));
}

static void marshal__malformed(void **state)
{
    static const python_row rows[] = {
        {"cut float", BYTES("gabc"),
         "0x1: file ends inside a float (needs 8 bytes, 3 left); truncated?"},
        {"nothing", BYTES(")\1"), "0x0: tuple of 1 items but 0 bytes left"},
        {"unknown type", BYTES("\x7f"), "0x0: unknown marshal type 0x7f"},
        {"writer's error", BYTES("?"),
         "0x0: '?': an object that Python could not write"},
        {"null", BYTES("0"), "0x0: NULL where a value should be"},
        {"null in a tuple",
         BYTES(")\1"
               "0"),
         "0x2: NULL where a value should be"},
        {"null as value", BYTES("{N0"),
         "0x2: dict ends after a key without its value"},
        {"list as key", BYTES("{[\0\0\0\0N0"),
         "0x1: a list cannot be a dict key"},
        {"2^31 items",
         BYTES("(\xff\xff\xff\x7f"
               "0"),
         "0x0: tuple of 2147483647 items but 1 bytes left"},
        {"-1 items", BYTES("[\xff\xff\xff\xff"), "0x0: list of -1 items"},
        {"2^31 bytes",
         BYTES("s\xff\xff\xff\x7f"
               "a"),
         "0x5: file ends inside a string (needs 2147483647 bytes, 1 left); "
         "truncated?"},
        {"-1 bytes", BYTES("s\xff\xff\xff\xff"), "0x0: string of -1 bytes"},
        {"digit", BYTES("l\1\0\0\0\0\x80"),
         "0x0: digit of a long out of range"},
        {"digit 0", BYTES("l\1\0\0\0\0\0"),
         "0x0: a long that is not normalised"},
        {"not UTF-8", BYTES("u\1\0\0\0\xff"), "0x0: text '\\xff' is not UTF-8"},
        {"float text", BYTES("f\2ab"), "0x0: float 'ab' is not a number"},
    };

    (void)state;
    check_python(pv_marshal_read, rows, COUNT(rows));
}

static void marshal__nests_up_to_a_limit(void **state)
{
    char deep[2 * 400];
    pv_buf out = {0};

    (void)state;
    for (size_t i = 0; i < sizeof deep; i += 2) {
        deep[i] = ')';
        deep[i + 1] = 1;
    }
    read_python(pv_marshal_read, (pv_str){deep, sizeof deep}, &out);
    assert_string_equal(out.p, "0x190: nested deeper than 200 levels");
    pv_buf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marshal__every_type),
        cmocka_unit_test(marshal__references),
        cmocka_unit_test(marshal__code_of_every_layout),
        cmocka_unit_test(marshal__malformed),
        cmocka_unit_test(marshal__nests_up_to_a_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
