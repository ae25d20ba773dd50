/* SPDX-License-Identifier: MIT */
/* The progress line: a thread that sleeps until the work takes long. */
#include "progress.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "mem.h"
#include "profviz/error.h"

enum { FIRST_MS = 500, EVERY_MS = 250 };

struct pv_progress {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct timespec begin;
    bool stop, shown;
    char stage[200];
};

static struct timespec later(struct timespec t, long ms)
{
    t.tv_nsec += ms % 1000 * 1000000;
    t.tv_sec += ms / 1000 + t.tv_nsec / 1000000000;
    t.tv_nsec %= 1000000000;
    return t;
}

static void put(const char *text, size_t n)
{
    ssize_t ignored = write(STDERR_FILENO, text, n);

    (void)ignored; /* a progress line may be lost */
}

static void show(pv_progress *p)
{
    char line[sizeof p->stage + 40];
    struct timespec now;
    int n;

    clock_gettime(CLOCK_MONOTONIC, &now);
    n = snprintf(line, sizeof line, "\r\033[K%s (%lld s)", p->stage,
                 (long long)(now.tv_sec - p->begin.tv_sec));
    if (n > 0)
        put(line, (size_t)n);
    p->shown = true;
}

static void hide(pv_progress *p)
{
    if (p->shown)
        put("\r\033[K", 4);
    p->shown = false;
}

static void *run(void *ctx)
{
    pv_progress *p = ctx;
    struct timespec when = later(p->begin, FIRST_MS);

    pthread_mutex_lock(&p->lock);
    while (!p->stop) {
        if (pthread_cond_timedwait(&p->wake, &p->lock, &when) == 0)
            continue; /* woken to stop, or for nothing */
        show(p);
        when = later(when, EVERY_MS);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

static void init_condition(pv_progress *p)
{
    pthread_condattr_t monotonic;

    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&p->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&p->lock, NULL);
}

pv_progress *pv_progress_start(void)
{
    pv_progress *p;

    if (!isatty(STDERR_FILENO))
        return NULL;
    p = pv_mem_alloc(1, sizeof *p);
    if (!p)
        return NULL;
    init_condition(p);
    clock_gettime(CLOCK_MONOTONIC, &p->begin);
    snprintf(p->stage, sizeof p->stage, "working");
    if (pthread_create(&p->thread, NULL, run, p) == 0)
        return p;
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->wake);
    pv_mem_free(p);
    return NULL;
}

void pv_progress_stage(pv_progress *p, const char *verb, pv_str what)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    snprintf(p->stage, sizeof p->stage, "%s %s", verb, PV_QUOTE(what));
    pthread_mutex_unlock(&p->lock);
}

void pv_progress_hold(pv_progress *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    hide(p);
}

void pv_progress_go_on(pv_progress *p)
{
    if (p)
        pthread_mutex_unlock(&p->lock);
}

void pv_progress_stop(pv_progress *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    hide(p);
    p->stop = true;
    pthread_cond_signal(&p->wake);
    pthread_mutex_unlock(&p->lock);
    pthread_join(p->thread, NULL);
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->wake);
    pv_mem_free(p);
}
