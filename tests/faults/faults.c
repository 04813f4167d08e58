/* faults.c: loaded into the program by the tests of faults: one call for memory, or one that changes files, fails.
 * SPDX-License-Identifier: MIT
 *
 * FAULT_BOOK     a file that all processes of a run map: who there was, how many calls each made, whether it failed one
 * FAULT_MEMORY   WHO:N:SPAN    the SPAN calls from the N-th on have no memory, in process number WHO (0: the first, 1: its first fork, …)
 * FAULT_FILE     N:SPAN:ERRNO  the same for calls that make, write, flush, name files; in any process
 * FAULT_BYTES    K             regular files take K bytes in all, then the disk is full
 * FAULT_DEAD     N             the program dies (SIGKILL) instead of making the N-th of those calls */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PROCESSES = 1000 };

typedef struct {
    atomic_uint number;                 /* processes so far */
    atomic_uint files;                  /* calls that change files */
    atomic_ulong bytes;                 /* that regular files took */
    atomic_ulong flushed;               /* calls that waited for the disk */
    struct {
        atomic_uint calls, failed;
    } process[PROCESSES];
} Book;

/* The program has a malloc() of its own before libc's (base/heap.c), which gets its memory by these names. */
static void *(*libc_malloc)(size_t), *(*libc_calloc)(size_t, size_t), *(*libc_realloc)(void *, size_t), *(*libc_memalign)(size_t, size_t);
/* The size of its shelf, which would keep most calls from us: it gets none. */
enum { SHELF = 528 };

static Book *book;
static unsigned own;                    /* number of this process */
static unsigned long memory_at, memory_span, file_at, file_span, dead_at, bytes_most = ~0ul;
static unsigned memory_who, counts;
static int file_errno;
static dev_t memory_files;              /* memfd_create()'s are on no disk */

static void
count_process(void)
{
    own = atomic_fetch_add(&book->number, 1);
    if (own >= PROCESSES)
        own = PROCESSES - 1;
}

__attribute__((constructor)) static void
begin(void)
{
    const char *path = getenv("FAULT_BOOK"), *memory = getenv("FAULT_MEMORY"), *file = getenv("FAULT_FILE"), *bytes = getenv("FAULT_BYTES"),
               *dead = getenv("FAULT_DEAD");
    const int fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC) : -1;
    void *map = fd >= 0 ? (void *)syscall(SYS_mmap, NULL, sizeof(Book), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : MAP_FAILED;

    if (map == MAP_FAILED)
        return;
    syscall(SYS_close, fd);
    book = map;
    if (memory && sscanf(memory, "%u:%lu:%lu", &memory_who, &memory_at, &memory_span) != 3)
        abort();
    if (file && sscanf(file, "%lu:%lu:%d", &file_at, &file_span, &file_errno) != 3)
        abort();
    if (bytes)
        bytes_most = strtoul(bytes, NULL, 10);
    if (dead)
        dead_at = strtoul(dead, NULL, 10);
    struct stat info;
    const int probe = (int)syscall(SYS_memfd_create, "probe", 1);
    if (probe >= 0 && syscall(SYS_fstat, probe, &info) == 0)
        memory_files = info.st_dev;
    syscall(SYS_close, probe);
    count_process();
    pthread_atfork(NULL, NULL, count_process);
    counts = 1;
}

/* ---- memory ---- */

static int
starves(void)
{
    if (!counts)
        return 0;
    const unsigned long call = atomic_fetch_add(&book->process[own].calls, 1) + 1ul;
    if (memory_at == 0 || own != memory_who || call < memory_at || call - memory_at >= memory_span)
        return 0;
    atomic_fetch_add(&book->process[own].failed, 1);
    errno = ENOMEM;
    return 1;
}

static void
find_libc(void)
{
    libc_malloc = (void *(*)(size_t))dlsym(RTLD_NEXT, "__libc_malloc");
    libc_calloc = (void *(*)(size_t, size_t))dlsym(RTLD_NEXT, "__libc_calloc");
    libc_realloc = (void *(*)(void *, size_t))dlsym(RTLD_NEXT, "__libc_realloc");
    libc_memalign = (void *(*)(size_t, size_t))dlsym(RTLD_NEXT, "__libc_memalign");
}

#define CALL(function, ...) (libc_##function ? (void)0 : find_libc(), starves() ? NULL : libc_##function(__VA_ARGS__))

void *
__libc_malloc(size_t size)
{
    return CALL(malloc, size);
}

void *
__libc_calloc(size_t n, size_t size)
{
    return n == 1 && size == SHELF ? NULL : CALL(calloc, n, size);
}

void *
__libc_realloc(void *at, size_t size)
{
    return CALL(realloc, at, size);
}

void *
malloc(size_t size)
{
    return CALL(malloc, size);
}

void *
calloc(size_t n, size_t size)
{
    return CALL(calloc, n, size);
}

void *
realloc(void *at, size_t size)
{
    return CALL(realloc, at, size);
}

void *
memalign(size_t align, size_t size)
{
    return CALL(memalign, align, size);
}

void *
aligned_alloc(size_t align, size_t size)
{
    return CALL(memalign, align, size);
}

int
posix_memalign(void **at, size_t align, size_t size)
{
    void *got = CALL(memalign, align, size);

    if (got)
        *at = got;
    return got ? 0 : ENOMEM;
}

void *
mmap(void *at, size_t length, int protection, int flags, int fd, off_t offset)
{
    return starves() ? MAP_FAILED : (void *)syscall(SYS_mmap, at, length, protection, flags, fd, offset);
}

void *
mmap64(void *at, size_t length, int protection, int flags, int fd, off_t offset)
{
    return mmap(at, length, protection, flags, fd, offset);
}

/* ---- files ---- */

static int
breaks(void)
{
    if (!counts)
        return 0;
    const unsigned long call = atomic_fetch_add(&book->files, 1) + 1ul;
    if (call == dead_at)
        syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
    if (file_at == 0 || call < file_at || call - file_at >= file_span)
        return 0;
    errno = file_errno;
    return 1;
}

static int
is_regular(int fd)
{
    struct stat info;

    return syscall(SYS_fstat, fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_dev != memory_files;
}

static int
makes(int flags)
{
    return (flags & (O_CREAT | O_TRUNC)) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
}

static int
open_at(int folder, const char *path, int flags, unsigned mode)
{
    return makes(flags) && breaks() ? -1 : (int)syscall(SYS_openat, folder, path, flags, mode);
}

#define MODE(flags)                                                                                                    \
    unsigned mode = 0;                                                                                                 \
    if (makes(flags)) {                                                                                                \
        va_list list;                                                                                                  \
        va_start(list, flags);                                                                                         \
        mode = va_arg(list, unsigned);                                                                                 \
        va_end(list);                                                                                                  \
    }

int
open(const char *path, int flags, ...)
{
    MODE(flags)
    return open_at(AT_FDCWD, path, flags, mode);
}

int
open64(const char *path, int flags, ...)
{
    MODE(flags)
    return open_at(AT_FDCWD, path, flags, mode);
}

int
openat(int folder, const char *path, int flags, ...)
{
    MODE(flags)
    return open_at(folder, path, flags, mode);
}

ssize_t
write(int fd, const void *bytes, size_t length)
{
    if (counts && length > 0 && is_regular(fd)) {
        if (breaks())
            return -1;
        const unsigned long before = atomic_fetch_add(&book->bytes, length);
        if (before >= bytes_most) {
            errno = ENOSPC;
            return -1;
        }
        if (length > bytes_most - before)
            length = bytes_most - before;
    }
    return syscall(SYS_write, fd, bytes, length);
}

int
fallocate(int fd, int mode, off_t offset, off_t length)
{
    return is_regular(fd) && breaks() ? -1 : (int)syscall(SYS_fallocate, fd, mode, offset, length);
}

int
fsync(int fd)
{
    if (counts)
        atomic_fetch_add(&book->flushed, 1);
    return breaks() ? -1 : (int)syscall(SYS_fsync, fd);
}

int
fdatasync(int fd)
{
    return breaks() ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int
rename(const char *from, const char *to)
{
    return breaks() ? -1 : (int)syscall(SYS_rename, from, to);
}

int
renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    return breaks() ? -1 : (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
}

int
renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    return renameat2(from_folder, from, to_folder, to, 0);
}

int
link(const char *from, const char *to)
{
    return breaks() ? -1 : (int)syscall(SYS_link, from, to);
}

int
linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
    return breaks() ? -1 : (int)syscall(SYS_linkat, from_folder, from, to_folder, to, flags);
}

int
mkdir(const char *path, mode_t mode)
{
    return breaks() ? -1 : (int)syscall(SYS_mkdir, path, mode);
}

int
ftruncate(int fd, off_t length)
{
    return is_regular(fd) && breaks() ? -1 : (int)syscall(SYS_ftruncate, fd, length);
}
