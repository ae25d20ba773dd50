/* SPDX-License-Identifier: MIT */
/* Pickle as data: every opcode, what is refused and what is malformed. */
#include "testing.h"

#include "pickle.h"
#include "python_kit.h"

static void pickle__numbers_and_text(void **state)
{
    static const python_row rows[] = {
        {"none", BYTES("\x80\2N."), "None"},
        {"booleans", BYTES("\x88\x89\x86."), "(True, False)"},
        {"text booleans", BYTES("I01\nI00\n\x86."), "(True, False)"},
        {"bytes of one, two", BYTES("K\xffM\xff\xff\x86."), "(255, 65535)"},
        {"four bytes have a sign", BYTES("J\xfe\xff\xff\xff."), "-2"},
        {"int text", BYTES("I5000000000\n."), "5000000000"},
        {"long text", BYTES("L-12L\n."), "-12"},
        {"long 1", BYTES("\x8a\0."), "0"},
        {"long 1 below 0", BYTES("\x8a\1\xff."), "-1"},
        {"long 1 of 5", BYTES("\x8a\5\0\xf2\5*\1."), "5000000000"},
        {"long 1 of 9 that fits", BYTES("\x8a\t\xff\0\0\0\0\0\0\0\0."), "255"},
        {"long 4", BYTES("\x8b\2\0\0\0\0\1."), "256"},
        {"wide", BYTES("\x8a\t\0\0\0\0\0\0\0\0\1."), "inff"},
        {"wide below 0", BYTES("\x8a\t\0\0\0\0\0\0\0\0\xff."), "-inff"},
        {"float", BYTES("G?\xd0\0\0\0\0\0\0."), "0.25f"},
        {"float text", BYTES("F1e-06\n."), "9.9999999999999995e-07f"},
        {"string", BYTES("S'a\\x41\\n\\'\\\\'\n."), "b'aA\n'\\'"},
        {"octal", BYTES("S\"\\101\\q\"\n."), "b'A\\q'"},
        {"binstring", BYTES("T\1\0\0\0aU\1b\x86."), "(b'a', b'b')"},
        {"unicode", BYTES("V\\u00e9\xe9\\U0001f600\n."),
         "'\xc3\xa9\xc3\xa9\xf0\x9f\x98\x80'"},
        {"two halves", BYTES("V\\ud83d\\ude00\n."), "'\xf0\x9f\x98\x80'"},
        {"one half", BYTES("V\\ud83d\n."), "'\xed\xa0\xbd'"},
        {"binunicode", BYTES("X\1\0\0\0a\x8c\1b\x8d\1\0\0\0\0\0\0\0c\x87."),
         "('a', 'b', 'c')"},
        {"bytes", BYTES("B\1\0\0\0aC\1b\x8e\1\0\0\0\0\0\0\0c\x87."),
         "(b'a', b'b', b'c')"},
        {"bytearray", BYTES("\x96\1\0\0\0\0\0\0\0c."), "b'c'"},
    };

    (void)state;
    check_python(pv_pickle_read, rows, COUNT(rows));
}

static void pickle__containers_and_memo(void **state)
{
    static const python_row rows[] = {
        {"tuples", BYTES(")N\x85NN\x86NNN\x87(NNNNtt."),
         "0x10: opcode TUPLE: no MARK to go back to"},
        {"marked tuple", BYTES("(NK\1t."), "(None, 1)"},
        {"list", BYTES("]Na(K\1K\2e."), "[None, 1, 2]"},
        {"old list", BYTES("(K\1l."), "[1]"},
        {"dict", BYTES("}K\1Ns(K\2NK\3Nu."), "{1: None, 2: None, 3: None}"},
        {"old dict", BYTES("(K\1Nd."), "{1: None}"},
        {"sets", BYTES("\x8f(K\1\x90(K\2\x91\x86."), "(set(1), set(2))"},
        {"pop",
         BYTES("K\1K\2"
               "0."),
         "1"},
        {"pop a mark", BYTES("K\1(0."), "1"},
        {"pop to the mark", BYTES("K\1(NN1."), "1"},
        {"dup",
         BYTES("K\1"
               "2\x86."),
         "(1, 1)"},
        {"memo", BYTES("K\1q\3K\2r\1\0\0\0h\3j\1\0\0\0\x86."),
         "1 warning: (1, 2)"},
        {"memo as text", BYTES("K\1p5\n0g5\n."), "1"},
        {"memoize",
         BYTES("K\1\x94"
               "0K\2\x94"
               "0h\0h\1\x86."),
         "(1, 2)"},
        {"later list is the same", BYTES("]\x94K\1\x85h\0K\2a\x86."),
         "1 warning: ((1), [2])"},
        {"cycle", BYTES("]\x94h\0a."), "[[[[[[[[[...]]]]]]]]]"},
        {"equal frames are one",
         BYTES("\x8c\1aK\1\x86\x85\x8c\1aK\1\x86\x85"
               "\x86."),
         "((('a', 1)), (('a', 1)))"},
    };

    (void)state;
    check_python(pv_pickle_read, rows, COUNT(rows));
}

#define TRACE "(K\0K h\0K\1t\x94"
#define STACK                                                                  \
    "\x8c\1aK\1\x86\x85\x94"                                                   \
    "0"

static void pickle__traces_are_one_word(void **state)
{
    static const python_row rows[] = {
        {"one by one", BYTES(STACK "(K\0K h\0K\1t."), "trace(32 at 0)"},
        {"list of them",
         BYTES(STACK "](" TRACE "(K\0M\0\1h\0K\1t\x94(K\5K h\0K\1t\x94"
                     "h\1e}"
                     "0}"
                     "0}"
                     "0}"
                     "0}"
                     "0}"
                     "0}"
                     "0}"
                     "0."),
         "[trace(32 at 0), trace(256 at 0), trace(32 at 1), trace(32 at 0)]"},
        {"the traceback is still itself",
         BYTES(STACK TRACE TRACE "h\0\x87N0N0N0N0N0N0N0N0N0."),
         "(trace(32 at 0), trace(32 at 0), (('a', 1)))"},
        {"too large for a word", BYTES(STACK "(K\0\x8a\6\0\0\0\0\0\1h\0K\1t."),
         "(0, 1099511627776, (('a', 1)), 1)"},
    };

    (void)state;
    check_python(pv_pickle_read, rows, COUNT(rows));
}

#define STATS "c_line_profiler\nLineStats\n"

static void pickle__classes(void **state)
{
    static const python_row rows[] = {
        {"newobj", BYTES(STATS ")\x81}b."), "_line_profiler.LineStats{}"},
        {"stack global", BYTES("\x8c\x0btracemalloc\x8c\x08Snapshot\x93)\x81."),
         "tracemalloc.Snapshot"},
        {"protocol 0",
         BYTES("ccopy_reg\n_reconstructor\n(" STATS "c__builtin__\nobject\n"
               "NtR."),
         "_line_profiler.LineStats"},
        {"os.system", BYTES("cos\nsystem\n."),
         "0x0: opcode GLOBAL: refusing to load os.system; a pickle is read "
         "only where it holds a line_profiler LineStats or a tracemalloc "
         "Snapshot"},
        {"call of a class", BYTES(STATS ")R."),
         "0x1b: opcode REDUCE: refusing to call anything"},
        {"call of a number", BYTES("K\1)R."),
         "0x3: opcode REDUCE: refusing to call anything"},
        {"arguments", BYTES(STATS "K\1\x85\x81."),
         "0x1d: opcode NEWOBJ: expected no arguments for "
         "_line_profiler.LineStats"},
        {"object of object", BYTES("cbuiltins\nobject\n)\x81."),
         "0x12: opcode NEWOBJ: refusing to make an object"},
        {"state", BYTES(STATS ")\x81Nb."),
         "0x1d: opcode BUILD: the state of _line_profiler.LineStats is None, "
         "not a dict"},
        {"state of a number", BYTES("K\1}b."),
         "0x3: opcode BUILD: the target is an int"},
        {"state twice", BYTES(STATS ")\x81}b}b."),
         "0x1f: opcode BUILD: the object has its state already"},
        {"obj", BYTES("o."), "0x0: opcode OBJ: refusing to make an object"},
        {"inst", BYTES("i."), "0x0: opcode INST: refusing to make an object"},
        {"newobj ex", BYTES("\x92."),
         "0x0: opcode NEWOBJ_EX: refusing to make an object"},
        {"extension", BYTES("\x82\1."),
         "0x0: opcode EXT1: extension registry codes are not supported"},
        {"persistent", BYTES("Pa\n."),
         "0x0: opcode PERSID: persistent ids are not supported"},
        {"buffer", BYTES("\x97."),
         "0x0: opcode NEXT_BUFFER: out-of-band buffers are not supported"},
    };

    (void)state;
    check_python(pv_pickle_read, rows, COUNT(rows));
}

static void pickle__malformed(void **state)
{
    static const python_row rows[] = {
        {"no stop", BYTES("N"),
         "0x1: the file ends before the opcode STOP; truncated?"},
        {"empty stack", BYTES("."),
         "0x0: opcode STOP: the stack holds too few values"},
        {"more behind", BYTES("N.N."), "1 warning: None"},
        {"unknown", BYTES("\xff"), "0x0: unknown pickle opcode 0xff"},
        {"protocol", BYTES("\x80\6N."),
         "0x0: opcode PROTO: pickle protocol 6 is not supported (0 to 5 are)"},
        {"frame", BYTES("\x95\xff\xff\xff\xff\xff\xff\xff\xffN."),
         "0x0: opcode FRAME: frame of 18446744073709551615 bytes announced, 2 "
         "left; truncated?"},
        {"string",
         BYTES("\x8d\xff\xff\xff\xff\xff\xff\xff\x7f"
               "a"),
         "0x0: opcode BINUNICODE8: 9223372036854775807 bytes announced, 1 "
         "left; truncated?"},
        {"negative", BYTES("T\xff\xff\xff\xff"),
         "0x0: opcode BINSTRING: length -1"},
        {"not UTF-8", BYTES("\x8c\1\xff."),
         "0x0: opcode SHORT_BINUNICODE: '\\xff' is not UTF-8"},
        {"memo far away", BYTES("Nr\xff\xff\xff\xff."),
         "0x1: opcode LONG_BINPUT: memo index 4294967295 out of range"},
        {"memo below 0", BYTES("Np-1\n."),
         "0x1: opcode PUT: memo index '-1' out of range"},
        {"memo empty", BYTES("h\5."),
         "0x0: opcode BINGET: memo index 5 was never stored"},
        {"target", BYTES("NNa."), "0x2: opcode APPEND: the target is None"},
        {"list as dict", BYTES("]NNs."),
         "0x3: opcode SETITEM: the target is a list"},
        {"odd", BYTES("}(Nu."), "0x3: opcode SETITEMS: a key without a value"},
        {"key", BYTES("}]Ns."),
         "0x3: opcode SETITEM: a list cannot be a dict key"},
        {"beyond the mark", BYTES("K\1(\x85."),
         "0x3: opcode TUPLE1: the stack holds too few values"},
        {"int", BYTES("I12x\n."),
         "0x0: opcode INT: '12x' is not a whole number"},
        {"float", BYTES("Fabc\n."), "0x0: opcode FLOAT: 'abc' is not a number"},
        {"quotes", BYTES("Sabc\n."),
         "0x0: opcode STRING: 'abc' is not in quotes"},
        {"escape", BYTES("S'\\x4'\n."),
         "0x0: opcode STRING: ''\\x4'' has a bad escape"},
        {"line", BYTES("I12"),
         "0x0: opcode INT: the file ends inside its line; truncated?"},
    };

    (void)state;
    check_python(pv_pickle_read, rows, COUNT(rows));
}

static void pickle__bids_on_what_it_sees(void **state)
{
    static const struct {
        pv_str head;
        bool line_stats, other;
    } rows[] = {
        {BYTES("\x80\4\x95\0\0\0\0\0\0\0\0\x8c\x1cline_profiler."
               "_line_profiler\x94\x8c\tLineStats"),
         true, true},
        {BYTES("\x80\4N."), false, true},
        {BYTES("ccopy_reg\n_reconstructor\n(c_line_profiler\nLineStats\n"),
         true, true},
        {BYTES("cos\nsystem\n(S'x'\ntR."), false, true},
        {BYTES("main;run 10\n"), false, false},
        {BYTES("calls\nand\nreturns"), false, false},
        {BYTES(""), false, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        pv_bytes head = {(const uint8_t *)rows[i].head.p, rows[i].head.n};
        int bid = pv_pickle_bid(head, false, PV_STR("line_profiler"),
                                PV_STR("LineStats"));

        assert_int_equal(bid > 100, rows[i].line_stats);
        assert_int_equal(bid > 0, rows[i].other);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pickle__numbers_and_text),
        cmocka_unit_test(pickle__containers_and_memo),
        cmocka_unit_test(pickle__traces_are_one_word),
        cmocka_unit_test(pickle__classes),
        cmocka_unit_test(pickle__malformed),
        cmocka_unit_test(pickle__bids_on_what_it_sees),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
