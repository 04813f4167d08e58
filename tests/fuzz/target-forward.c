/* target-forward.c: who hands questions on to the process that asks DNS, which was taken over: it says what it likes, hangs and dies
 * when it likes. Each question is answered once, in time, and nobody who did not ask hears anything.
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.h"

/* A process and a clock of our own, in the place of those that the file has. */
#define g_get_monotonic_time() forward_now
#define service_fork forward_fork
static gint64 forward_now;
#include "dns/service.c"

enum { CLIENTS = 4, STEPS_MAX = 200, TIMEOUT_S = 5, PID_OF_NOBODY = 0x7FFFFFF0 };

typedef struct {
    gboolean waits;
    gint64   since;
    guint32  message;
    guint32  lost;          /* the message on which the process died; 0: none */
    gboolean was_lost;
} Wait;

typedef struct {
    Service *service;
    int      process;       /* its end of the line; -1: none is there */
    guint    started;
    Wait     waits[CLIENTS];
    GBytes  *said;          /* for whom it speaks just now; NULL: it does not */
    guint    about;
    gboolean loose;         /* it said bytes that may be frames */
} Run;

static Run *running;

pid_t
service_fork(const LiveOptions *options, int *fd)
{
    int ends[2];

    FUZZ_REQUIRE(options->timeout == TIMEOUT_S && running->process < 0);
    FUZZ_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0);
    FUZZ_REQUIRE(++running->started <= STARTS_MAX);
    *fd = ends[0];
    running->process = ends[1];
    running->loose = FALSE;
    return PID_OF_NOBODY;
}

/* What it said for that client, or that there is no answer. */
static void
reply(guint number, GBytes *answer, gpointer data)
{
    Run *run = data;

    FUZZ_REQUIRE(number < CLIENTS && run->waits[number].waits);
    run->waits[number].waits = FALSE;
    if (run->loose || (run->said && run->about == number && g_bytes_equal(run->said, answer)))
        return;
    DnsAnswer *none = wire_read_answer(answer, "example.com", DNS_TXT);
    FUZZ_REQUIRE(none && none->status == DNS_OFFLINE && none->why);
    record_free(&dns_answer_type, none);
}

/* ---- the process ---- */

/* The questions come as they were asked. */
static void
hear_questions(Run *run)
{
    guint8 bytes[65536];
    gssize got;

    while (run->process >= 0 && (got = recv(run->process, bytes, sizeof bytes, MSG_DONTWAIT)) > 0)
        FUZZ_REQUIRE(got >= 8);
}

static void
turn(Run *run)
{
    service_turn(run->service);
    if (service_pid(run->service) == 0 && run->process >= 0) {
        close(run->process);
        run->process = -1;
    }
}

static void
send_bytes(const Run *run, const void *bytes, gsize length)
{
    if (run->process >= 0 && length > 0)
        FUZZ_REQUIRE(send(run->process, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL) == (gssize)length);
}

/* A whole frame, behind what it may have begun: then nobody knows what comes of it. */
static void
say(Run *run, guint number, FuzzPart part)
{
    const guint32 head[] = { GUINT32_TO_BE(number), GUINT32_TO_BE((guint32)part.length) };

    send_bytes(run, head, sizeof head);
    send_bytes(run, part.bytes, part.length);
    run->said = fuzz_bytes(part);
    run->about = number;
    turn(run);
    g_clear_pointer(&run->said, g_bytes_unref);
}

/* ---- who asks ---- */

static void
ask(Run *run, guint number, guint32 message)
{
    g_autoptr(GBytes) question = wire_question(message, "example.com", DNS_TXT);
    Wait *wait = &run->waits[number];

    /* One question at a time. */
    if (wait->waits)
        return;
    *wait = (Wait){ TRUE, forward_now, message, wait->lost, wait->was_lost && wait->lost == message };
    service_forward(run->service, number, question);
    if (wait->was_lost)
        FUZZ_REQUIRE(!wait->waits);
}

/* Those that wait when it dies are not tried again with the same message. */
static void
lose(Run *run, gboolean dies)
{
    for (guint i = 0; i < CLIENTS; i++) {
        Wait *wait = &run->waits[i];
        if (dies && wait->waits)
            *wait = (Wait){ TRUE, wait->since, wait->message, wait->message, TRUE };
    }
}

static void
die(Run *run)
{
    if (run->process < 0)
        return;
    lose(run, TRUE);
    close(run->process);
    run->process = -1;
    turn(run);
}

static void
pass(Run *run, gint64 ms)
{
    forward_now += ms * 1000;
    turn(run);
    for (guint i = 0; i < CLIENTS; i++)
        FUZZ_REQUIRE(!run->waits[i].waits || forward_now - run->waits[i].since < SLACK + TIMEOUT_S * G_USEC_PER_SEC);
}

static void
forget(Run *run, guint number)
{
    run->waits[number] = (Wait){ .waits = FALSE };
    service_forget(run->service, number);
}

static const guint8 *
step(Run *run, const guint8 *at, const guint8 *end)
{
    const guint what = at[0], more = at[1];
    const FuzzPart part = { (const char *)at + 2, MIN((gsize)(end - at) - 2, more % 64u) };

    switch (what % 8) {
    case 0:
    case 1:
    case 2:
        ask(run, what / 8 % CLIENTS, 1 + more % 4);
        return at + 2;
    case 3:
    case 4:
        say(run, what / 8 % (CLIENTS + 1), part);
        return at + 2 + part.length;
    case 5:
        run->loose = TRUE;
        send_bytes(run, part.bytes, part.length);
        turn(run);
        return at + 2 + part.length;
    case 6:
        if (what & 8)
            forget(run, more % CLIENTS);
        else
            pass(run, more * 100);
        return at + 2;
    default:
        die(run);
        return at + 2;
    }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    const LiveOptions options = { .server = "192.0.2.53", .timeout = TIMEOUT_S };
    Run run = { .process = -1 };
    const guint8 *at = data;

    running = &run;
    forward_now = 1000000;
    run.service = service_new(&options, reply, &run);
    for (guint i = 0; i < STEPS_MAX && (gsize)(at - data) + 2 <= size; i++) {
        at = step(&run, at, data + size);
        hear_questions(&run);
    }
    pass(&run, SLACK / 1000 + TIMEOUT_S * 1000);
    service_free(run.service);
    if (run.process >= 0)
        close(run.process);
    running = NULL;
    return 0;
}
