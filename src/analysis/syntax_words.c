/* SPDX-License-Identifier: MIT */
/* Languages, their file names and keywords. */
#include "syntax_parts.h"

/* Words stand between blanks. */
static const char python[] =
    " False None True and as assert async await break class continue def del "
    "elif else except finally for from global if import in is lambda nonlocal "
    "not or pass raise return try while with yield ";
static const char cython[] = " cdef cpdef cimport ctypedef include nogil ";
static const char c[] =
    " auto bool break case char const continue default do double else enum "
    "extern false float for goto if inline int long register restrict return "
    "short signed sizeof static struct switch true typedef union unsigned void "
    "volatile while NULL ";
static const char cpp[] =
    " alignas alignof catch class concept consteval constexpr constinit "
    "const_cast co_await co_return co_yield decltype delete dynamic_cast "
    "explicit export final friend mutable namespace new noexcept nullptr "
    "operator override private protected public reinterpret_cast requires "
    "static_assert static_cast template this thread_local throw try typeid "
    "typename using virtual ";
static const char rust[] =
    " as async await break const continue crate dyn else enum extern false fn "
    "for if impl in let loop match mod move mut pub ref return self Self "
    "static struct super trait true type unsafe use where while ";
static const char go[] =
    " break case chan const continue default defer else fallthrough false for "
    "func go goto if import interface iota map nil package range return select "
    "struct switch true type var ";
static const char java[] =
    " abstract assert boolean break byte case catch char class const continue "
    "default do double else enum extends false final finally float for if "
    "implements import instanceof int interface long native new null package "
    "private protected public record return short static strictfp super switch "
    "synchronized this throw throws transient true try var void volatile while "
    "yield ";
static const char js[] =
    " abstract any as async await boolean break case catch class const "
    "continue debugger declare default delete do else enum export extends "
    "false finally for from function get if implements import in instanceof "
    "interface let namespace new null number of private protected public "
    "readonly return set static string super switch this throw true try type "
    "typeof undefined var void while with yield ";

static const struct {
    pv_language language;
    const char *words, *more, *defining, *extensions;
} languages[] = {
    {PV_LANG_PYTHON, python, NULL, " def class ", " py pyw pyi "},
    {PV_LANG_CYTHON, python, cython, " def class ", " pyx pxd pxi "},
    {PV_LANG_C, c, NULL, " ", " c h "},
    {PV_LANG_CPP, c, cpp, " class namespace ", " cc cpp cxx hh hpp hxx cu "},
    {PV_LANG_RUST, rust, NULL, " fn struct enum trait mod type ", " rs "},
    {PV_LANG_GO, go, NULL, " func type ", " go "},
    {PV_LANG_JAVA, java, NULL, " class interface enum record ",
     " java kt scala "},
    {PV_LANG_JS, js, NULL, " function class interface enum namespace ",
     " js jsx ts tsx mjs cjs "},
};

enum { LANGUAGES = sizeof languages / sizeof languages[0], WORD_MAX = 24 };

/* Is `word` one of `list`, which has blanks around each? */
static bool is_listed(const char *list, pv_str word)
{
    char wanted[WORD_MAX + 3];

    if (!list || word.n == 0 || word.n > WORD_MAX ||
        memchr(word.p, ' ', word.n))
        return false;
    wanted[0] = ' ';
    memcpy(wanted + 1, word.p, word.n);
    wanted[word.n + 1] = ' ';
    wanted[word.n + 2] = '\0';
    return strstr(list, wanted) != NULL;
}

bool pv_syn_is_keyword(pv_language l, pv_str word)
{
    for (size_t i = 0; i < LANGUAGES; i++)
        if (languages[i].language == l)
            return is_listed(languages[i].words, word) ||
                   is_listed(languages[i].more, word);
    return false;
}

bool pv_syn_defines(pv_language l, pv_str word)
{
    for (size_t i = 0; i < LANGUAGES; i++)
        if (languages[i].language == l)
            return is_listed(languages[i].defining, word);
    return false;
}

pv_language pv_language_of(pv_str file)
{
    size_t dot = pv_str_rfind(file, '.');

    for (size_t i = 0; dot != SIZE_MAX && i < LANGUAGES; i++)
        if (is_listed(languages[i].extensions,
                      pv_str_slice(file, dot + 1, file.n)))
            return languages[i].language;
    return PV_LANG_NONE;
}
