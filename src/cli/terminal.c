/* SPDX-License-Identifier: MIT */
/* Width, colour and glyphs from the options, the terminal, the environment. */
#include "terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "number.h"
#include "wrap.h"

static bool set_in_environment(const char *name)
{
    const char *v = getenv(name);

    return v && *v;
}

/* A variable that asks for something unless it is empty or 0. */
static bool forced_by(const char *name)
{
    const char *v = getenv(name);

    return v && *v && strcmp(v, "0") != 0;
}

static bool wants_colour(bool tty, int asked)
{
    const char *term = getenv("TERM");

    if (asked != PV_AUTO)
        return asked == PV_ALWAYS;
    if (forced_by("CLICOLOR_FORCE") || forced_by("FORCE_COLOR"))
        return true;
    return tty && term && strcmp(term, "dumb") != 0 &&
           !set_in_environment("NO_COLOR");
}

static int terminal_width(int fd)
{
    struct winsize size = {0};
    const char *columns = getenv("COLUMNS");
    uint64_t n;

    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    if (columns && pv_parse_u64(pv_str_of(columns), &n) && n > 0 && n < 10000)
        return (int)n;
    return 100;
}

enum { LEAST_COLUMNS = 16 };

size_t pv_terminal_prose(void)
{
    int width = isatty(STDOUT_FILENO) ? terminal_width(STDOUT_FILENO) : 0;

    if (width == 0 || width > PV_HELP_COLUMNS)
        return PV_HELP_COLUMNS;
    return (size_t)(width < LEAST_COLUMNS ? LEAST_COLUMNS : width);
}

/* "de_DE.UTF-8@euro" */
static bool names_utf8(pv_str locale)
{
    static const char *const spellings[] = {"UTF-8", "utf-8", "UTF8", "utf8"};
    size_t dot = pv_str_find(locale, '.'), at = pv_str_find(locale, '@');
    pv_str codeset;

    if (dot == SIZE_MAX)
        return false;
    codeset = pv_str_slice(locale, dot + 1, at < locale.n ? at : locale.n);
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        if (pv_str_equal(codeset, pv_str_of(spellings[i])))
            return true;
    return false;
}

/* Read from the locale's name: the terminal may well have one that is not
 * installed here, and in a program that is linked statically the C library
 * cannot tell. */
static bool locale_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (set_in_environment(names[i]))
            return names_utf8(pv_str_of(getenv(names[i])));
    return false;
}

pv_text_style pv_terminal_style(int fd, const pv_shared *o)
{
    bool tty = fd >= 0 && isatty(fd);
    pv_text_style s = {.colour = wants_colour(tty, o->color),
                       .unicode = o->unicode || locale_utf8(),
                       .width = (int)o->width};

    if (!s.width && tty)
        s.width = terminal_width(fd);
    return s;
}
