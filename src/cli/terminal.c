/* SPDX-License-Identifier: MIT */
/* Width, colour and glyphs from the options, the terminal, the environment. */
#include "terminal.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "number.h"

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

static bool names_utf8(const char *codeset)
{
    static const char *const spellings[] = {"UTF-8", "utf-8", "UTF8", "utf8"};

    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        if (strcmp(codeset, spellings[i]) == 0)
            return true;
    return false;
}

/* What the environment says the locale's codeset is, for a locale that is not
 * installed here (the terminal may well have it). */
static bool locale_text_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *dot;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (!set_in_environment(names[i]))
            continue;
        dot = strchr(getenv(names[i]), '.');
        return dot && names_utf8(dot + 1);
    }
    return false;
}

/* The program's own locale stays "C": only the question is asked. */
static bool locale_utf8(void)
{
    locale_t l = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    bool utf8;

    if (l == (locale_t)0)
        return locale_text_utf8();
    utf8 = names_utf8(nl_langinfo_l(CODESET, l));
    freelocale(l);
    return utf8;
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
