/* hook.c: loaded into the program by screen.t: does on marked bodies what somebody would who had taken it over.
 * SPDX-License-Identifier: MIT
 *
 * "please try: open" tries a call and writes what came of it into $HOOK_BOOK, which was mapped before the process was confined;
 * "please die: crash", abort, wait, spin, memory; "please say: 0A0B…" writes these bytes to the line that leads to the terminal. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

enum { BOOK = 65536, LINE = 3 };

static char *book;

__attribute__((constructor)) static void
open_book(void)
{
    const char *path = getenv("HOOK_BOOK");
    const int fd = path ? open(path, O_RDWR) : -1;

    if (fd >= 0)
        book = mmap(NULL, BOOK, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (fd >= 0)
        close(fd);
}

static void
note(const char *what, long result, int number)
{
    snprintf(book + strlen(book), BOOK - strlen(book), "%s %s %d\n", what, result < 0 ? "no" : "yes", number);
}

static long
try_connect(void)
{
    struct sockaddr_un to = { .sun_family = AF_UNIX, .sun_path = "/tmp/nobody" };

    return connect(LINE, (struct sockaddr *)&to, sizeof to);
}

static long
try_call(const char *word)
{
    char *const arguments[] = { "/bin/true", NULL };

    if (strncmp(word, "open", 4) == 0)
        return open("/etc/passwd", O_RDONLY);
    if (strncmp(word, "create", 6) == 0)
        return open(getenv("HOOK_FILE"), O_WRONLY | O_CREAT, 0600);
    if (strncmp(word, "stat", 4) == 0)
        return access("/etc/passwd", R_OK);
    if (strncmp(word, "unlink", 6) == 0)
        return unlink(getenv("HOOK_BOOK"));
    if (strncmp(word, "socket", 6) == 0)
        return socket(AF_INET, SOCK_STREAM, 0);
    if (strncmp(word, "tty", 3) == 0)
        return open("/dev/tty", O_RDWR);
    if (strncmp(word, "stdout", 6) == 0)
        return isatty(0) || isatty(1) || isatty(2) ? 0 : -1;
    if (strncmp(word, "exec", 4) == 0)
        return execv(arguments[0], arguments);
    if (strncmp(word, "fork", 4) == 0)
        return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (strncmp(word, "kill", 4) == 0)
        return kill(getppid(), SIGTERM);
    if (strncmp(word, "ptrace", 6) == 0)
        return ptrace(PTRACE_ATTACH, getppid(), 0, 0);
    if (strncmp(word, "connect", 7) == 0)
        return try_connect();
    if (strncmp(word, "code", 4) == 0)
        return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0;
    return 0;
}

static void
die(const char *how)
{
    if (strncmp(how, "crash", 5) == 0)
        raise(SIGSEGV);
    if (strncmp(how, "abort", 5) == 0)
        abort();
    if (strncmp(how, "wait", 4) == 0)
        sleep(1000);
    if (strncmp(how, "spin", 4) == 0)
        for (volatile int i = 0;; i++)
            ;
    for (size_t got = 0; strncmp(how, "memory", 6) == 0; got += 1 << 20) {
        char *more = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (more == MAP_FAILED) {
            note("memory", (long)(got >> 20), (int)(got >> 20));
            abort();
        }
        more[0] = 1;
    }
}

static void
say(const char *hex)
{
    unsigned byte;

    for (; sscanf(hex, "%2X", &byte) == 1; hex += 2) {
        const char one = (char)byte;
        if (write(LINE, &one, 1) != 1)
            return;
    }
}

static const char *
find(const char *at, size_t length, const char *word)
{
    const size_t size = strlen(word);

    for (size_t i = 0; length >= size && i <= length - size; i++)
        if (at[i] == word[0] && strncmp(at + i, word, size) == 0)
            return at + i + size;
    return NULL;
}

static int inside;

static void
obey(const void *bytes, size_t length)
{
    static int done;
    const char *found;

    if (length <= 12 || length >= 60000 || inside)
        return;
    inside = 1;
    const int alone = length < 3000;        /* no mailbox, which is searched as a whole */
    if ((found = find(bytes, length, "please try: ")) && alone && book && !done++) {
        errno = 0;
        const long result = try_call(found);
        char word[16] = "";
        sscanf(found, "%15[a-z]", word);
        note(word, result, errno);
    }
    if ((found = find(bytes, length, "please say: ")) && !done++)
        say(found);
    if ((found = find(bytes, length, "please die: ")) && (alone || done))
        die(found);
    inside = 0;
}

/* It looks for the ends of lines in a file's body … */
void *
memchr(const void *bytes, int byte, size_t length)
{
    static void *(*own)(const void *, int, size_t);

    if (!own)
        own = (void *(*)(const void *, int, size_t))dlsym(RTLD_NEXT, "memchr");
    if (byte == '\n')
        obey(bytes, length);
    return own(bytes, byte, length);
}

/* … and for quoted lines in that of a mailbox. */
void *
memmem(const void *bytes, size_t length, const void *word, size_t size)
{
    static void *(*own)(const void *, size_t, const void *, size_t);

    if (!own)
        own = (void *(*)(const void *, size_t, const void *, size_t))dlsym(RTLD_NEXT, "memmem");
    obey(bytes, length);
    return own(bytes, length, word, size);
}
